"""Checksums in the format of a descriptor."""

import hashlib


def sha256(data: bytes) -> str:
    """Return the SHA-256 checksum of bytes, with the prefix "sha256:".

    Example:
        >>> sha256(b"")[:20]
        'sha256:e3b0c44298fc1'
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()
