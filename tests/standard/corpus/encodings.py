"""Encodings and compression of files."""

import bz2
import gzip
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from .case import STANDARD, Case, package, resource, table

S = "data-resource/#encoding"
Z = f"{STANDARD.replace('/standard', '')}/recipes/compression-of-resources/"
F: list[str | Mapping[str, Any]] = [
    "id:integer",
    {"name": "n", "type": "string", "constraints": {"maxLength": 3}},
]
TEXT = "id,n\n1,äöü\nx,b\n2,äöüß\n"
FAULTS = ("error type t:3 id", "error maxLength t:4 n")


def zipped(**files: str) -> bytes:
    """Return a ZIP archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return data.getvalue()


def packed(name: str, path: str, data: bytes, *expected: str, **more: Any) -> Case:
    """Return a case of a compressed file."""
    return Case("compression", name, Z, package(resource(F, path=path, **more)), {path: data},
                expected)  # fmt: skip


CASES: list[Case] = [
    *(
        table("encoding", name, S, F, TEXT.encode(codec), *FAULTS, encoding=name)
        for name, codec in [
            ("utf-8", "utf-8"),
            ("UTF-8", "utf-8"),
            ("utf8", "utf-8"),
            ("iso-8859-1", "latin-1"),
            ("latin1", "latin-1"),
            ("windows-1252", "cp1252"),
            ("cp850", "cp850"),
            ("utf-16", "utf-16"),
            ("utf-16-le", "utf-16-le"),
            ("utf-8-sig", "utf-8-sig"),
        ]
    ),
    table("encoding", "shift_jis", S, F, "id,n\n1,表示\nx,b\n".encode("shift_jis"),
          "error type t:3 id", encoding="shift_jis"),
    table("encoding", "not stated: latin-1 should be detected", S, F, TEXT.encode("latin-1"),
          "not_checked? * t", "error? type t:3 id", "error? maxLength t:4 n"),
    table("encoding", "not stated: byte order mark of UTF-8", S, F, TEXT.encode("utf-8-sig"),
          *FAULTS),
    table("encoding", "not stated: byte order mark of UTF-16", S, F, TEXT.encode("utf-16"),
          "not_checked? * t", "error? type t:3 id", "error? maxLength t:4 n"),
    table("encoding", "bytes that are not UTF-8", S, F, b"id,n\n1,\xe4\nx,b\n",
          "error encoding t:2", "error? type t:3 id", encoding="utf-8"),
    table("encoding", "bytes that are not ASCII", S, F, b"id,n\nx,a\n1,\xe4\n",
          "error encoding t:3", "error? type t:2 id", encoding="us-ascii"),
    table("encoding", "unknown to everyone", S, F, "id,n\n1,a\n", "not_checked * t",
          encoding="klingon"),
    table("encoding", "a byte order mark inside the file is a character", S, F,
          "id,n\n1,abc\n2,\ufeffabc\n\ufeff3,a\n".encode(), "error maxLength t:3 n",
          "error type t:4 id", encoding="utf-8"),
    packed("gz by its extension", "t.csv.gz", gzip.compress(TEXT.encode()), *FAULTS),
    packed("gz by its property", "t.csv.gz", gzip.compress(TEXT.encode()), *FAULTS,
           compression="gz", format="csv"),
    packed("gz in two members", "t.csv.gz",
           gzip.compress(TEXT[:9].encode()) + gzip.compress(TEXT[9:].encode()), *FAULTS),
    packed("gz in another encoding", "t.csv.gz", gzip.compress(TEXT.encode("latin-1")), *FAULTS,
           encoding="iso-8859-1"),
    packed("gz, truncated", "t.csv.gz", gzip.compress(TEXT.encode())[:-12],
           "error|not_checked * t", "error? type t:3 id", "error? maxLength t:4 n"),
    packed("not gz at all", "t.csv.gz", TEXT.encode(), "error|not_checked * t"),
    packed("zip", "t.csv.zip", zipped(t_csv=TEXT), *FAULTS, compression="zip", format="csv"),
    packed("zip by its extension", "t.zip", zipped(t_csv=TEXT), *FAULTS, format="csv"),
    packed("bz2, which the recipe does not name", "t.csv.bz2", bz2.compress(TEXT.encode()),
           "not_checked? * t", "error? type t:3 id", "error? maxLength t:4 n"),
]  # fmt: skip
