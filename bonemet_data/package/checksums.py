"""Checksums in the format of a descriptor."""

import hashlib
import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

_PIECE = 2**20
"""Bytes of a file that are read at a time."""


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


def checksum_of(sources: Iterable[Path | bytes], algorithm: str = "sha256") -> tuple[str, int]:
    """Return the checksum of concatenated files, which need not fit in memory, and their size.

    Args:
        sources: Paths or contents of the files.
        algorithm: Name of the algorithm in `hashlib`.

    Returns:
        The hexadecimal digits, and the number of bytes.

    Example:
        >>> checksum_of([b"a", b"bc"], "md5") == checksum_of([b"abc"], "md5")
        True
    """
    digest, size = hashlib.new(algorithm, usedforsecurity=False), 0
    for source in sources:
        with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            while data := file.read(_PIECE):
                digest.update(data)
                size += len(data)
    return digest.hexdigest(), size
