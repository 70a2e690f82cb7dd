"""Stage 3: the form of CSV files, beyond what makes them unreadable.

RFC 4180 leaves these things open, and most readers do not report them, so that they are warnings.
"""

import re
from collections.abc import Iterator, Sequence

from ..reading.batches import BOM
from ..reading.tables import CsvTable, Table
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .location import Location
from .profile import ResourceEntry

_BLOCK = 2**22
"""Bytes that are read at a time."""


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
    found = _Survey(table.separator)
    with table.open() as stream:
        start = 0
        if stream.read(0, len(BOM)) == BOM:
            message = "starts with a byte order mark: save the file as UTF-8 without it"
            yield place.warning(Rule.BYTE_ORDER_MARK, message, line=1)
        while data := stream.read(start, start + _BLOCK):
            start += len(data)
            stream.release(start)
            found.add(data)
    if found.feeds and found.returns:
        message = (
            f"{found.feeds:,} lines end with LF and {found.returns:,} with CRLF: "
            "save the file with one kind of line ending"
        )
        yield place.warning(Rule.LINE_ENDING, message, line=found.mixed or None)
    if found.spaced:
        message = "cells start or end with white space, from this line on: remove it"
        yield place.warning(Rule.SURROUNDING_SPACE, message, line=found.spaced)


class _Survey:
    """What is found in consecutive blocks of a CSV file, outside quotes.

    Attributes:
        line: Line on which the next block begins.
        feeds: Number of lines that end with LF.
        returns: Number of lines that end with CRLF.
        mixed: First line of a block with both line endings that has the rarer one; 0 for none.
        spaced: First line with white space around a cell; 0 for none.
    """

    def __init__(self, separator: bytes) -> None:
        self.line = 1
        self.feeds = self.returns = self.mixed = self.spaced = 0
        self._inside, self._rest = 0, b""
        spaces = [space for space in (b" ", b"\t") if space != separator]
        self._padded = [
            text
            for space in spaces
            for text in (separator + space, space + separator, b"\n" + space, space + b"\n")
        ]

    def add(self, data: bytes) -> None:
        """Add the next block."""
        data = self._rest + data
        self._rest = data[-1:] if data.endswith(b"\r") else b""
        data = data.removesuffix(self._rest)
        parts = data.split(b'"')
        outside = b'"'.join(parts[self._inside :: 2])
        returns = outside.count(b"\r\n")
        feeds = outside.count(b"\n") - returns
        if not self.mixed and returns + self.returns and feeds + self.feeds:
            ending = rb"\r\n" if returns < feeds else rb"(?<!\r)\n"
            self.mixed = self._line(data, re.search(ending, data))
        self.feeds, self.returns = self.feeds + feeds, self.returns + returns
        if not self.spaced and any(text in outside for text in self._padded):
            pattern = b"|".join(map(re.escape, self._padded))
            self.spaced = self._line(data, re.search(pattern, data))
        self.line += data.count(b"\n")
        self._inside ^= (len(parts) - 1) % 2

    def _line(self, data: bytes, match: re.Match[bytes] | None) -> int:
        """Return the line of a match in a block."""
        return self.line + data.count(b"\n", 0, match.start()) if match else 0


def _header(table: CsvTable, place: Location) -> Iterator[Finding]:
    """Find names of columns that differ only in case."""
    first: dict[str, str] = {}
    for name in table.header or ():
        other = first.setdefault(name.casefold(), name)
        if other != name:
            message = f"differs from {other!r} only in case: rename one of the columns"
            yield place.warning(Rule.DUPLICATE_HEADER, message, line=1, column=name)
