"""Stage 3: the form of CSV files, beyond what makes them unreadable.

RFC 4180 leaves these things open, and most readers do not report them, so that they are warnings.
"""

import re
from collections.abc import Iterator, Sequence

from ..reading.batches import BOM
from ..reading.chunks import read_chunks
from ..reading.tables import CsvTable, Table
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .location import Location
from .profile import ResourceEntry

_QUOTED = re.compile(rb'"[^"]*+"')
_SPACES = (b" ", b"\t")


def check_form(entry: ResourceEntry, tables: Sequence[Table]) -> Iterator[Finding]:
    """Check the form of the CSV files of a resource, with few findings for each file.

    Args:
        entry: The resource.
        tables: Its files.
    """
    for table in tables:
        if isinstance(table, CsvTable):
            place = Location(entry.resource.name or None, table.name)
            yield from _bytes(table, place)
            yield from _header(table, place)


def _bytes(table: CsvTable, place: Location) -> Iterator[Finding]:
    """Check the byte order mark, the line endings and the spaces around cells."""
    spaced: int | None = None
    line, feeds, returns, first = 1, 0, 0, 0
    separator = table.separator
    padded = tuple(
        text
        for space in _SPACES
        if space != separator
        for text in (separator + space, space + separator, b"\n" + space, space + b"\n")
    )
    with table.open() as stream:
        if stream.read(0, len(BOM)) == BOM:
            message = "starts with a byte order mark: save the file as UTF-8 without it"
            yield place.warning(Rule.BYTE_ORDER_MARK, message, line=1)
        for chunk in read_chunks(stream, 0, table.block_size):
            data = _QUOTED.sub(b"", chunk.data) if chunk.has_quotes else chunk.data
            crlf = data.count(b"\r\n")
            lf = data.count(b"\n") - crlf
            if not first and crlf and (lf or feeds):
                minor = b"\r\n" if crlf < lf else b"\n"
                first = line + _first_ending(data, minor)
            feeds, returns = feeds + lf, returns + crlf
            if spaced is None:
                at = min((i for i in map(data.find, padded) if i >= 0), default=-1)
                if at >= 0:
                    spaced = line + data.count(b"\n", 0, at + 1)
            line += chunk.data.count(b"\n")
    if feeds and returns:
        message = (
            f"{feeds:,} lines end with LF and {returns:,} with CRLF: "
            "save the file with one kind of line ending"
        )
        yield place.warning(Rule.LINE_ENDING, message, line=first or None)
    if spaced is not None:
        message = "cells start or end with white space, from this line on: remove it"
        yield place.warning(Rule.SURROUNDING_SPACE, message, line=spaced)


def _first_ending(data: bytes, ending: bytes) -> int:
    """Return the number of line feeds before the first line with an ending."""
    pattern = rb"\r\n" if ending == b"\r\n" else rb"(?<!\r)\n"
    match = re.search(pattern, data)
    return data.count(b"\n", 0, match.start()) if match else 0


def _header(table: CsvTable, place: Location) -> Iterator[Finding]:
    """Find names of columns that differ only in case."""
    first: dict[str, str] = {}
    for name in table.header or ():
        other = first.setdefault(name.casefold(), name)
        if other != name:
            message = f"differs from {other!r} only in case: rename one of the columns"
            yield place.warning(Rule.DUPLICATE_HEADER, message, line=1, column=name)
