"""Parse the records of a chunk of a CSV file, and report malformed records."""

import re
from typing import NamedTuple

from ..package.csv_reading import MALFORMED, CsvReader
from ..reporting.rules import Rule

LONGEST_VALUE = 200
"""Maximum number of characters of a malformed record that a finding shows."""

_ESCAPED = re.compile("[\udc80-\udcff]")
"""A byte that is not UTF-8, as decoded with the surrogateescape error handler."""


class Fault(NamedTuple):
    """A malformed record, or a cell that is not UTF-8.

    Attributes:
        line: Line of the record, 0-based from the start of the chunk.
        row: Index of the record; None if the line does not count as a record.
        column: Index of the column; None for the whole record.
        value: Text of the record or cell.
        rule: Rule that is broken.
        message: Message of the finding.
    """

    line: int
    row: int | None
    column: int | None
    value: str
    rule: Rule
    message: str


class Records(NamedTuple):
    """The records of a chunk of a CSV file.

    Attributes:
        lines: First line of each record, 0-based from the start of the chunk.
        cells: Cells of each record, padded or truncated to the number of columns; None for an
            empty cell.
        faults: Malformed records, in order.
        line_count: Number of lines.
    """

    lines: list[int]
    cells: list[list[str | None]]
    faults: list[Fault]
    line_count: int


def parse_records(reader: CsvReader, data: bytes, width: int) -> Records:
    r"""Parse a chunk of whole records.

    Args:
        reader: The reader.
        data: Bytes of the chunk, without the header.
        width: Number of columns.

    Example:
        >>> parse_records(CsvReader(), b'a,"b\nc"\nd\n', width=2).faults[0].line
        2
    """
    records = Records([], [], [], data.count(b"\n") + (not data.endswith(b"\n")))
    text = data.decode("utf-8", "surrogateescape")
    sound = text.isascii() or _ESCAPED.search(text) is None
    for line, raw, record in reader.records(text):
        row = len(records.cells)
        if record is None:
            value = _shown(raw.rstrip("\r\n"))
            records.faults.append(Fault(line, None, None, value, Rule.NOT_CSV, MALFORMED))
            continue
        cells = record or [""]
        if len(cells) != width:
            if not record:
                message = "blank line: remove it"
                records.faults.append(Fault(line, None, None, "", Rule.BLANK_LINE, message))
                continue
            value = _shown(reader.delimiter.join(cells))
            number = f"{len(cells)} cell{'s' if len(cells) != 1 else ''}"
            message = f"has {number}, but the header has {width}: add or remove cells"
            records.faults.append(Fault(line, row, None, value, Rule.RAGGED_ROW, message))
        values: list[str | None] = [cell or None for cell in cells[:width]]
        values += [None] * (width - len(values))
        if not sound:
            for column, value in enumerate(cells[:width]):
                if byte := _ESCAPED.search(value):
                    values[column] = readable = _readable(value)
                    message = (
                        f"is not UTF-8 (byte 0x{ord(byte[0]) - 0xDC00:02x}): save the file as UTF-8"
                    )
                    fault = Fault(line, row, column, readable, Rule.ENCODING, message)
                    records.faults.append(fault)
        records.lines.append(line)
        records.cells.append(values)
    return records


def read_header(reader: CsvReader, data: bytes) -> tuple[tuple[str, ...] | None, int]:
    """Return the names of the columns and the length of the header in bytes.

    Args:
        reader: The reader.
        data: The start of a file, without a byte order mark.

    Returns:
        The names, or None if the header is malformed; and the number of bytes of the header.
    """
    first = next(reader.records(data.decode("utf-8", "surrogateescape")), None)
    if first is None:
        return (), 0
    if first.cells is None:
        return None, len(data)
    names = tuple(first.cells) or ("",)
    length = len(first.raw.encode("utf-8", "surrogateescape"))
    return (None if any(map(_ESCAPED.search, names)) else names), length


def _shown(text: str) -> str:
    return _readable(text[: LONGEST_VALUE + 1])[:LONGEST_VALUE]


def _readable(text: str) -> str:
    """Replace bytes that are not UTF-8 by escape sequences."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
