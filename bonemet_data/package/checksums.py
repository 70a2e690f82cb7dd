"""Checksums in the format of a descriptor."""

import hashlib
import json
from pathlib import Path


def sha256(data: bytes) -> str:
    """Return the SHA-256 checksum of bytes, with the prefix "sha256:".

    Example:
        >>> sha256(b"")[:20]
        'sha256:e3b0c44298fc1'
    """
    return "sha256:" + hashlib.sha256(data).hexdigest()


def canonical_sha256(document: object) -> str:
    """Return the checksum of a JSON document, whatever its formatting.

    The document is serialized in canonical form: sorted keys, no white space, UTF-8, as in RFC 8785
    (https://www.rfc-editor.org/rfc/rfc8785) for lists, objects and strings.

    Example:
        >>> canonical_sha256({"b": "é", "a": []}) == sha256('{"a":[],"b":"é"}'.encode())
        True
    """
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode())


def sha256_of(path: Path) -> str:
    """Return the SHA-256 checksum of a file, which need not fit in memory."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
