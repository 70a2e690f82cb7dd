"""Recognize what a file is from its first bytes, to say which option reads it."""

import codecs
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import ArgumentError, DataError
from ..package.csv_reading import CsvReader
from .byte_streams import Stream, open_stream
from .csv_records import read_header
from .formats import Format

_HEAD = 4096

_MAGIC = {
    b"\x1f\x8b": ("gzip", "gunzip it, or name it .gz"),
    b"BZh": ("bzip2", "unpack it, or name it .bz2"),
    b"\xfd7zXZ\0": ("xz", "unpack it, or name it .xz"),
    b"\x28\xb5\x2f\xfd": ("zstd", "unpack it, or name it .zst"),
    b"PAR1": ("Parquet", "name it .parquet"),
    b"ARROW1": ("Arrow", "name it .arrow"),
    b"\xd0\xcf\x11\xe0": ("Excel (xls)", "name it .xls, or save it as CSV"),
    b"SQLite format 3\0": ("SQLite", "export the table as CSV"),
    b"%PDF": ("PDF", "export the table as CSV"),
}
"""Names of formats and the next step, by the first bytes of a file."""

_ENCODINGS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


def detected_encoding(source: Path | bytes, name: str, format_: Format) -> Format:
    """Return a format with the encoding that a byte order mark states, if there is one.

    A resource may leave out its encoding, which is detected then:
    https://datapackage.org/standard/data-resource/#encoding
    """
    with open_stream(source, name, compression=format_.compression) as stream:
        head = stream.read(0, 4)
    for mark, encoding in _ENCODINGS.items():
        if head.startswith(mark):
            return replace(format_, encoding=encoding)
    return format_


def require_text(stream: Stream, name: str) -> None:
    """Raise DataError if a stream is obviously no CSV in UTF-8 with line feeds."""
    head = stream.read(0, _HEAD)
    for magic, (kind, step) in _MAGIC.items():
        if head.startswith(magic):
            article = "an" if kind[0] in "AE" else "a"
            raise DataError(f"{name} is {article} {kind} file, not CSV: {step}.")
    if head.startswith(b"PK\x03\x04"):
        is_excel = b"[Content_Types].xml" in head or b"xl/" in head
        kind = "an Excel (xlsx) file" if is_excel else "a ZIP file"
        step = "name it .xlsx, or save it as CSV" if is_excel else "unpack it, or name it .zip"
        raise DataError(f"{name} is {kind}, not CSV: {step}.")
    if encoding := _wide_encoding(head):
        raise DataError(
            f"{name} looks like {encoding.upper()}: pass encoding={encoding!r} "
            f"(--encoding {encoding}), or save the file as UTF-8."
        )
    if b"\r" in head and b"\n" not in head and has_lone_returns(stream):
        raise DataError(
            f"{name} has carriage returns as line ends: convert them to line feeds, or describe "
            'the file in a datapackage.json with the lineTerminator "\\r" in its dialect.'
        )


def _wide_encoding(head: bytes) -> str | None:
    """Return the encoding of text with a byte order mark, or with a NUL in every other byte."""
    for mark, encoding in _ENCODINGS.items():
        if head.startswith(mark):
            return encoding
    even, odd = head[::2], head[1::2]
    if len(head) >= 4:
        if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
            return "utf-16-le"
        if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
            return "utf-16-be"
    return None


def has_lone_returns(stream: Stream) -> bool:
    """Return whether a stream has two lines or more that end with a carriage return only."""
    data = stream.read(0, 2**20)
    return b"\n" not in data and data.count(b"\r") > 1


def require_separator_fits(
    head: bytes, name: str, separator: str, header: Sequence[str], expected: Collection[str]
) -> None:
    """Raise ArgumentError if another separator yields the expected columns.

    Args:
        head: Start of the file.
        name: Name of the file.
        separator: Separator with which the header was read.
        header: The header.
        expected: Names of the columns that are expected.
    """
    found = len({*header} & {*expected})
    if found and len(header) > 1:
        return
    for other, label in _SEPARATORS.items():
        if other != separator:
            names, _ = read_header(CsvReader(other), head)
            if names and len(names) > 1 and len({*names} & {*expected}) > found:
                shown = "'\\t'" if other == "\t" else repr(other)
                raise ArgumentError(
                    f"{name} is not separated by {_SEPARATORS.get(separator, repr(separator))}s, "
                    f"but by {label}s: pass separator={shown} (--separator {shown})."
                )
