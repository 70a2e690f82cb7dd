"""Records: the exact, slow reading of CSV, for what Polars cannot read or reads without a word.

A malformed record is told with its line, and reading goes on at the next line.
"""

import re
from typing import NamedTuple

LONGEST_VALUE = 200
"""Characters of a malformed record that a failure shows."""


class Fault(NamedTuple):
    """A malformed record, or a cell that is not UTF-8.

    `line` counts from 0 within the block; `row` is the record's index, or None if there is none;
    `column` is its index, or None for the record as a whole.
    """

    line: int
    row: int | None
    column: int | None
    value: str
    rule: str
    message: str


class Records(NamedTuple):
    """The records of a block: the line on which each begins, and its cells, filled to the width."""

    lines: list[int]
    cells: list[list[str | None]]
    faults: list[Fault]
    line_count: int


class Tokenizer:
    r"""A reader of records, for one separator.

    Args:
        separator: one byte.

    Example:
        >>> Tokenizer(b",").records(b'a,"b\nc"\nd\n', width=2, offset=0).faults[0].line
        2
    """

    def __init__(self, separator: bytes) -> None:
        sep = re.escape(separator)
        self._separator = separator
        self._quoted = re.compile(rb'"((?:[^"]|"")*)"(' + sep + rb"|\r?\n|\r?\Z)")
        self._plain = re.compile(rb"([^" + sep + rb"\n]*)(" + sep + rb"|\n|\Z)")

    def records(self, block: bytes, width: int, offset: int) -> Records:
        """Read a block of whole records.

        Args:
            block: the bytes.
            width: how many cells a record must have.
            offset: where the block begins in the file, for the position of a bad byte.
        """
        found = Records([], [], [], block.count(b"\n") + (not block.endswith(b"\n")))
        at = line = 0
        while at < len(block):
            record = self._record(block, at)
            if record is None:
                end = _next_line(block, at)
                self._malformed(found, line, block[at:end])
            else:
                cells, places, end = record
                self._add(found, line, cells, width, [offset + place for place in places])
            line += block.count(b"\n", at, end)
            at = end
        return found

    def header(self, data: bytes) -> tuple[tuple[str, ...] | None, int]:
        """Read the names of the columns, None if they are malformed; and how long the header is."""
        found = self._record(data, 0)
        if found is None:
            return None, len(data)
        names, _, end = found
        try:
            return tuple(name.decode("utf-8") for name in names), end
        except UnicodeDecodeError:
            return None, end

    def _record(self, block: bytes, at: int) -> tuple[list[bytes], list[int], int] | None:
        """Give the cells of a record, where each begins, and where the record ends."""
        cells: list[bytes] = []
        places: list[int] = []
        while True:
            quoted = block.startswith(b'"', at)
            match = (self._quoted if quoted else self._plain).match(block, at)
            if match is None:
                return None
            text, end = match[1], match[2]
            if quoted:
                text = text.replace(b'""', b'"')
            elif end != self._separator:
                text = text.removesuffix(b"\r")
            cells.append(text)
            places.append(at)
            at = match.end()
            if end != self._separator:
                return cells, places, at

    def _malformed(self, found: Records, line: int, raw: bytes) -> None:
        message = "breaks CSV's quoting: close the quote, or double each quote inside it"
        value = _text(raw.rstrip(b"\r\n"))[:LONGEST_VALUE]
        found.faults.append(Fault(line, None, None, value, "not-csv", message))

    def _add(
        self, found: Records, line: int, cells: list[bytes], width: int, places: list[int]
    ) -> None:
        row = len(found.cells)
        if len(cells) == 1 and not cells[0] and width > 1:
            found.faults.append(Fault(line, None, None, "", "blank-line", "is blank: remove it"))
            return
        if len(cells) != width:
            message = f"has {len(cells)} cells, and the header has {width}"
            value = self._separator.decode().join(map(_text, cells))[:LONGEST_VALUE]
            found.faults.append(Fault(line, row, None, value, "ragged-row", message))
        texts: list[str | None] = []
        for column, (cell, place) in enumerate(zip(cells[:width], places, strict=False)):
            try:
                texts.append(cell.decode("utf-8") or None)
            except UnicodeDecodeError as error:
                byte = cell[error.start]
                message = f"is not UTF-8 (0x{byte:02x} in the cell that begins at byte {place})"
                texts.append(_text(cell))
                found.faults.append(Fault(line, row, column, _text(cell), "encoding", message))
        texts += [None] * (width - len(texts))
        found.lines.append(line)
        found.cells.append(texts)


def _next_line(block: bytes, start: int) -> int:
    end = block.find(b"\n", start)
    return len(block) if end < 0 else end + 1


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")
