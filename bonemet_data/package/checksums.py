"""Checksums, as a descriptor writes them."""

import hashlib


def sha256(data: bytes) -> str:
    """Return the SHA-256 checksum of some bytes.

    Example:
        >>> sha256(b"")[:20]
        'sha256:e3b0c44298fc1'
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()
