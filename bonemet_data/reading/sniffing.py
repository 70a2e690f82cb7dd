"""Recognize what a file is from its first bytes, to say which option reads it."""

import codecs
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import DataError
from ..package.csv_reading import CsvReader
from .byte_streams import Stream, open_stream
from .csv_records import read_header
from .formats import Format

_HEAD = 4096
_SAMPLE = 2**20
_OPTION = "pass encoding={0!r} (--encoding {0})"

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

_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_LETTERS = frozenset(range(0xC0, 0xFF)) - {0xD7, 0xF7}
"""Bytes that are letters in most encodings of one byte per character."""

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


def require_text(
    stream: Stream, name: str, line_terminator: str = "", option: str = _OPTION
) -> None:
    """Raise DataError if a stream is obviously no CSV in UTF-8, or has other line ends.

    Args:
        stream: The stream.
        name: Name of the file.
        line_terminator: Line end that is stated; "" for line feeds.
        option: How to state the encoding, as a format string.
    """
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
        step = option.format(encoding)
        raise DataError(f"{name} looks like {encoding.upper()}: {step}, or save the file as UTF-8.")
    if not line_terminator and b"\r" in head and b"\n" not in head and has_lone_returns(stream):
        raise DataError(
            f"{name} has carriage returns as line ends: convert them to line feeds, or describe "
            'the file in a datapackage.json with the lineTerminator "\\r" in its dialect.'
        )


def require_utf8(stream: Stream, name: str) -> None:
    """Raise DataError if a stream looks like text with one byte for each character.

    A single byte that is not UTF-8 is a wrong cell instead.
    """
    runs = _NOT_ASCII.findall(stream.read(0, _SAMPLE))
    wrong = [run for run in runs if _is_wrong(run)]
    letters = sum(byte in _LETTERS for run in wrong for byte in run)
    if len(wrong) > 1 and len(wrong) == len(runs) and 2 * letters > sum(map(len, wrong)):
        step = _OPTION.format("windows-1252")
        raise DataError(
            f"{name} is not UTF-8, and looks like windows-1252 or another encoding with one byte "
            f"for each character: {step}, or save the file as UTF-8."
        )


def _is_wrong(run: bytes) -> bool:
    try:
        run.decode()
    except UnicodeDecodeError:
        return True
    return False


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
    data = stream.read(0, _SAMPLE)
    return b"\n" not in data and data.count(b"\r") > 1


def detected_separator(head: bytes, columns: Collection[str], comment: str) -> str:
    """Return the separator that yields all columns of a header, and most names; or a comma.

    Args:
        head: Start of the file.
        columns: Names of columns that the header must contain.
        comment: Start of lines that are comments, or "".
    """
    mark = comment.encode()
    while mark and head.startswith(mark):
        head = head.partition(b"\n")[2]
    headers = {separator: read_header(CsvReader(separator), head)[0] for separator in _SEPARATORS}
    widths = {
        separator: len(names)
        for separator, names in headers.items()
        if names and {*columns} <= {*names}
    }
    return max(widths, key=lambda separator: widths[separator], default=",")


def better_separator(
    head: bytes, separator: str, header: Sequence[str], expected: Collection[str]
) -> str | None:
    """Return another separator that yields more of the expected columns; None if there is none.

    Args:
        head: Start of the file.
        separator: Separator with which the header was read.
        header: The header.
        expected: Names of the columns that are expected.
    """
    found = len({*header} & {*expected})
    if found and len(header) > 1:
        return None
    signs = header[0] if len(header) == 1 else ""
    unusual = [c for c in signs if c.isascii() and not c.isalnum() and c not in '"_\r\n']
    for other in dict.fromkeys([*_SEPARATORS, *unusual]):
        names, _ = read_header(CsvReader(other), head)
        least = found + 1 if other in _SEPARATORS else max(found + 1, len({*expected}))
        if other != separator and names and len({*names} & {*expected}) >= least:
            return other
    return None


def separated_by(separator: str, other: str) -> str:
    """Return the clause about a file that is separated by another separator.

    Example:
        >>> separated_by(",", ":")
        "is not separated by commas, but by ':'"
    """
    was, is_ = (
        f"{_SEPARATORS[each]}s" if each in _SEPARATORS else repr(each)
        for each in (separator, other)
    )
    return f"is not separated by {was}, but by {is_}"
