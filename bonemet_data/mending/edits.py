"""Edits: the records of a CSV file in which cells are replaced, with their bytes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import DataError
from ..extras import CHECK
from ..package.csv_reading import LONG_CELL, TOO_LONG, CsvReader, Record
from ..reading.batches import BOM, Batch, parse_chunk
from ..reading.chunks import Chunk, read_chunks, read_head
from ..reading.row_tables import DialectTable
from ..reading.tables import CsvTable
from ..reporting.rules import Rule
from .change_log import Change
from .fixes import Fix
from .records import mend_record

with CHECK:
    import numpy as np

_STEP = 10_000
"""Records between two calls of the progress function."""


class Edit(NamedTuple):
    """Bytes of a file that are replaced.

    Attributes:
        start: Offset of the first byte.
        end: Offset after the last byte.
        data: The new bytes.
        changes: The cells that differ.
    """

    start: int
    end: int
    data: bytes
    changes: tuple[Change, ...]


class _Place(NamedTuple):
    """Offset, line and row of a record."""

    offset: int
    line: int
    row: int


@dataclass(slots=True)
class Editor:
    """Find the edits of a CSV file.

    Args:
        name: Name of the file.
        fixes: Fixes by the index of the column and the value.
        progress: Function to call with the numbers of records and bytes read so far.

    Attributes:
        rows: Number of records that were read.
        ragged: Number of cells with a fix that were left, because their row has more or fewer cells
            than the header, so that they may belong to another column.
        malformed: Line of the first record with malformed quoting, or None.
    """

    name: str
    fixes: Mapping[int, Mapping[str, Fix]]
    progress: Callable[[int, int], object]
    rows: int = 0
    ragged: int = 0
    malformed: int | None = None

    def edits(self, table: CsvTable | DialectTable) -> Iterator[Edit]:
        """Iterate over the edits of a table, in order."""
        if isinstance(table, CsvTable):
            return self._edits_of_chunks(table)
        return self._edits_of_rows(table)

    def notes(self) -> list[str]:
        """Return notes on cells that were left."""
        note = (
            f"{self.ragged:,} of the values are in rows with more or fewer cells than the header, "
            "and were left: correct these rows first"
        )
        return [note] if self.ragged else []

    def _edits_of_chunks(self, table: CsvTable) -> Iterator[Edit]:
        """Read chunks with Polars, and only the records that change one by one."""
        width, line = len(table.header or ()), table.header_lines + 1
        reader = CsvReader(table.separator.decode())
        with table.open() as stream:
            for chunk in read_chunks(stream, table.begin, table.block_size, table.separator):
                batch = parse_chunk(chunk, width, table.separator)
                if found := self._found(batch, line):
                    yield from self._chunk_edits(reader, chunk, batch, found, line)
                self.rows += batch.frame.height
                line += batch.line_count
                self.progress(self.rows, chunk.offset + len(chunk.data))

    def _found(self, batch: Batch, line: int) -> dict[int, dict[int, Fix]]:
        """Return the fixes of the cells of a batch, by the index of the record and the column."""
        ragged, undecodable = set(), set()
        for fault in batch.faults:
            if fault.rule == Rule.RAGGED_ROW:
                ragged.add(fault.row)
            elif fault.rule == Rule.ENCODING:
                undecodable.add((fault.row, fault.column))
            elif fault.rule == Rule.NOT_CSV and self.malformed is None:
                self.malformed = line + (fault.line or 0)
        found: dict[int, dict[int, Fix]] = {}
        for column, fixes in self.fixes.items():
            cells = batch.frame[f"c{column}"]
            if "" in fixes:
                cells = cells.fill_null("")
            is_found = cells.is_in([*fixes])
            for row in is_found.arg_true().to_list():
                if row in ragged:
                    self.ragged += 1
                elif (row, column) not in undecodable:
                    found.setdefault(row, {})[column] = fixes[cells[row]]
        return found

    def _chunk_edits(
        self,
        reader: CsvReader,
        chunk: Chunk,
        batch: Batch,
        found: Mapping[int, Mapping[int, Fix]],
        line: int,
    ) -> Iterator[Edit]:
        """Iterate over the edits of the records of a chunk that have fixes."""
        feeds = np.flatnonzero(np.frombuffer(chunk.data, np.uint8) == ord("\n")) + 1
        starts = np.concatenate([[0], feeds])
        for row in sorted(found):
            at = row if batch.lines is None else int(batch.lines[row])
            after = row + 1
            if batch.lines is not None:
                after = int(batch.lines[row + 1]) if row + 1 < len(batch.lines) else len(starts)
            start = int(starts[at])
            end = int(starts[after]) if after < len(starts) else len(chunk.data)
            text = chunk.data[start:end].decode("utf-8", "surrogateescape")
            place = _Place(chunk.offset + start, line + at, self.rows + row + 1)
            yield self._edit(reader, text, place, found[row])

    def _edits_of_rows(self, table: DialectTable) -> Iterator[Edit]:
        """Read all records one by one."""
        width, reader = len(table.header or ()), table.reader
        with table.open() as stream:
            has_mark = read_head(stream).startswith(BOM)
        rows = _LocatedRows(self.name, table.rows(), len(BOM) if has_mark else 0)
        for row in table.data_rows(iter(rows)):
            if row.cells is None:
                self.malformed = row.line + 1 if self.malformed is None else self.malformed
                continue
            if not row.cells and width != 1:
                continue
            self.rows += 1
            cells = row.cells or [""]
            found = {
                column: fixes[cells[column]]
                for column, fixes in self.fixes.items()
                if column < len(cells) and cells[column] in fixes
            }
            if len(cells) != width:
                self.ragged += len(found)
            elif found:
                place = _Place(rows.start, row.line + 1, self.rows)
                yield self._edit(reader, row.raw, place, found)
            if not self.rows % _STEP:
                self.progress(self.rows, rows.end)

    def _edit(self, reader: CsvReader, text: str, at: _Place, fixes: Mapping[int, Fix]) -> Edit:
        """Return the edit of the record at the start of a text."""
        place = f"{self.name}:{at.line}"
        new_cells = {column: fix.replacement for column, fix in fixes.items()}
        mended = mend_record(reader, text, new_cells, place)
        if mended.is_risky and self.malformed is not None and self.malformed < at.line:
            raise DataError(
                f"{place}: the replacement has quotes, but the quoting on line {self.malformed} is "
                "malformed, and could be read up to here: correct that line first."
            )
        old, new = (part.encode("utf-8", "surrogateescape") for part in mended[:2])
        changes = tuple(Change(at.line, at.row, fixes[column]) for column in sorted(fixes))
        return Edit(at.offset, at.offset + len(old), new, changes)


class _LocatedRows:
    """Iterator over the records of a file, with the offsets of the last one.

    Attributes:
        start: Offset of the last record.
        end: Offset after it.
    """

    def __init__(self, name: str, rows: Iterator[Record], start: int) -> None:
        self._name, self._rows, self.start, self.end = name, rows, start, start

    def __iter__(self) -> Iterator[Record]:
        for row in self._rows:
            if row.fault in {TOO_LONG, LONG_CELL}:  # its bytes are not kept
                raise DataError(f"{self._name}:{row.line + 1}: {row.fault}.")
            size = len(row.raw)
            if not row.raw.isascii():
                size = len(row.raw.encode("utf-8", "surrogateescape"))
            self.start, self.end = self.end, self.end + size
            yield row
