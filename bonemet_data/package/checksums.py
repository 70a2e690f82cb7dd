"""Checksums in the format of a descriptor."""

import hashlib
from pathlib import Path


def sha256(data: bytes) -> str:
    """Return the SHA-256 checksum of bytes, with the prefix "sha256:".

    Example:
        >>> sha256(b"")[:20]
        'sha256:e3b0c44298fc1'
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 checksum of a file, which need not fit in memory."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
