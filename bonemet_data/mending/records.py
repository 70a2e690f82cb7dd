"""Records of CSV files in which some cells get another text, and nothing else changes."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..errors import DataError, OutputError
from ..package.csv_reading import CsvReader
from ..reporting.escaping import quoted


class MendedRecord(NamedTuple):
    """A record before and after its cells were replaced.

    Attributes:
        old: Text of the record, with the line ending.
        new: Text with the new cells.
        is_risky: Whether the new quotes could close quotes that an earlier, malformed record lacks.
    """

    old: str
    new: str
    is_risky: bool


def mend_record(
    reader: CsvReader, text: str, replacements: Mapping[int, str], place: str
) -> MendedRecord:
    r"""Replace cells of the first record of a text.

    A cell that was in quotes stays in quotes; another cell gets quotes only if it needs them.

    Args:
        reader: Reader of the file.
        text: Text that starts with the record, which is not malformed.
        replacements: New text of cells, by the index of the cell.
        place: Location of the record, for messages.

    Raises:
        OutputError: The dialect cannot express the text of a cell.

    Example:
        >>> mend_record(CsvReader(), 'a,"b",c\r\nd', {1: "x", 2: "y,z"}, "").new
        'a,"x","y,z"\r\n'
    """
    _, end, cells, fault = next(reader.spans(text))
    if cells is None:
        raise DataError(f"{place}: {fault}.")
    old, cells = text[:end], cells or [""]
    spans = [*reader.cell_spans(old)]
    new, is_risky, last = "", False, 0
    for index in sorted(replacements):
        start, stop = spans[index]
        cells[index] = cell = replacements[index]
        before, after = new + old[last:start], old[stop:]
        was_quoted = bool(reader.quote) and old.startswith(reader.quote, start)
        spellings = _spellings(reader, cell, was_quoted=was_quoted)
        spelling = next((s for s in spellings if _cells(reader, before + s + after) == cells), None)
        if spelling is None:
            raise OutputError(
                f"{place}: the text {quoted(cell)} cannot be written in the dialect of the file, "
                "which has no quotes or escapes for it: choose another replacement."
            )
        if reader.quote and reader.quote in spelling:
            is_plain = was_quoted and cell[:1].isalnum() and reader.quote not in cell
            is_risky = is_risky or not is_plain
        new, last = before + spelling, stop
    return MendedRecord(old, new + old[last:], is_risky)


def _cells(reader: CsvReader, text: str) -> list[str] | None:
    """Return the cells of a text that is one record; None if it is something else."""
    _, end, cells, _ = next(reader.spans(text), (0, 0, None, ""))
    if cells is None or end < len(text):
        return None
    return cells or ([] if reader.quote else [""])  # a blank line has one cell, in one column


def _spellings(reader: CsvReader, text: str, *, was_quoted: bool) -> Iterator[str]:
    """Iterate over the ways to write a cell, the best first."""
    quote, escape = reader.quote, reader.escape
    special = {*reader.delimiter, *reader.terminator, quote, escape, "\r", "\n", "\ufeff"} - {""}
    needs_quotes = was_quoted or bool(special & {*text})
    if not needs_quotes:
        yield text
    escaped = text.replace(escape, escape * 2) if escape else text
    if quote and reader.double_quote:
        yield quote + escaped.replace(quote, quote * 2) + quote
    elif quote and escape:
        yield quote + escaped.replace(quote, escape + quote) + quote
    elif quote and quote not in text:
        yield quote + text + quote
    if escape:
        yield "".join(escape + char if char in special else char for char in text)
    yield text
