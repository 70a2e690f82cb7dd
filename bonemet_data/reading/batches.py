"""Batches: records as Polars frames of raw cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..extras import CHECK
from ..package.csv_reading import CsvReader
from .chunks import Chunk
from .csv_records import Fault, Records, parse_records, too_long

with CHECK:
    import numpy as np
    import polars as pl

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class PendingBatch:
    """A batch that has not been parsed.

    Attributes:
        number: Number of the batch in the table.
        size: Number of bytes of a CSV chunk, or number of records of other data.
        parse: Function that parses the batch.
    """

    number: int
    size: int
    parse: "Callable[[], Batch]"


_EXACT_SIZE = 2**19
"""Bytes of a chunk that is parsed record by record, since that takes much memory."""

_STRIDE = 2**18
"""Bytes compared at a time; the result fits in the CPU cache."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive records of a table.

    Attributes:
        frame: Raw cells, in columns `c0`, `c1`, … by their position in the data: text, unless the
            data are typed.
        lines: 0-based line of each record, counted from the first record; None if every record is
            one line.
        line_count: Number of lines; 0 for data that are not text.
        faults: Malformed records.
        null_is_empty: Whether null represents an empty cell, as in CSV, and not a missing value.
        has_empty: Whether empty cells may also be stored as "".
    """

    frame: pl.DataFrame
    lines: pl.Series | None
    line_count: int
    faults: Sequence[Fault]
    null_is_empty: bool
    has_empty: bool

    def parts(self, size: int) -> Iterator[tuple[int, "Batch"]]:
        """Iterate over parts of the batch, with the index of the first record of each part.

        Lines are still counted from the start of the batch. Faults that do not belong to a record
        are in the first part.

        Args:
            size: Maximum number of records of a part.
        """
        height = self.frame.height
        if height <= size:
            yield 0, self
            return
        lines = pl.int_range(height, eager=True) if self.lines is None else self.lines
        for start in range(0, height, size):
            faults = [
                fault if fault.row is None else fault._replace(row=fault.row - start)
                for fault in self.faults
                if (start == 0 if fault.row is None else start <= fault.row < start + size)
            ]
            frame = self.frame.slice(start, size)
            yield start, replace(self, frame=frame, lines=lines.slice(start, size), faults=faults)

    def as_native(self, *, has_lines: bool) -> "Batch":
        """Return the batch for text of native values, in which null is a missing value."""
        return replace(self, null_is_empty=False, lines=self.lines if has_lines else None)

    def select(self, rows: pl.Series) -> "Batch":
        """Return the records with the given indices, without faults."""
        lines = None if self.lines is None else self.lines.gather(rows)
        return replace(self, frame=self.frame[rows], lines=lines, faults=())


def parse_chunk(chunk: Chunk, width: int, separator: bytes) -> Batch:
    """Parse a chunk of CSV with Polars, or record by record where Polars would misread it.

    Args:
        chunk: Whole records, without the header.
        width: Number of columns.
        separator: One byte.
    """
    reader = CsvReader(separator.decode())
    if chunk.is_skipped:
        return exact_batch(too_long(chunk.data), width)
    batch = _parse_quickly(chunk, width, separator)
    if batch is not None:
        return batch
    if not chunk.is_sound or not chunk.data:
        batch = exact_batch(parse_records(reader, chunk.data, width), width)
        if chunk.skipped_lines:  # the last line of the data continues there
            batch = replace(batch, line_count=chunk.data.count(b"\n") + chunk.skipped_lines)
        return batch
    parts = (Chunk.of(start, chunk.data[start:end], separator) for start, end in _parts(chunk.data))
    return concat(
        [
            _parse_quickly(part, width, separator)
            or exact_batch(parse_records(reader, part.data, width), width)
            for part in parts
        ]
    )


def _parts(data: bytes) -> Iterator[tuple[int, int]]:
    """Iterate over the start and end of parts of whole records, of at least `_EXACT_SIZE` bytes."""
    start, end, quotes = 0, 0, 0
    while start < len(data):
        feed = data.find(b"\n", max(end, start + _EXACT_SIZE))
        while True:
            stop = feed + 1 if feed >= 0 else len(data)
            quotes += data.count(b'"', end, stop)
            end = stop
            if quotes % 2 == 0 or feed < 0:
                break
            feed = data.find(b"\n", end)
        yield start, end
        start = end


def concat(batches: Sequence[Batch]) -> Batch:
    """Return consecutive batches of text as one."""
    rows, count = 0, 0
    lines, faults = [], []
    for batch in batches:
        own = pl.int_range(batch.frame.height, eager=True) if batch.lines is None else batch.lines
        lines.append(own + count)
        faults += [
            fault._replace(
                line=None if fault.line is None else fault.line + count,
                row=None if fault.row is None else fault.row + rows,
            )
            for fault in batch.faults
        ]
        rows += batch.frame.height
        count += batch.line_count
    return replace(
        batches[0],
        frame=pl.concat([batch.frame for batch in batches]),
        lines=pl.concat(lines),
        line_count=count,
        faults=faults,
        has_empty=any(batch.has_empty for batch in batches),
    )


def _parse_quickly(chunk: Chunk, width: int, separator: bytes) -> Batch | None:
    """Parse a chunk with Polars; return None if Polars would misread it."""
    data, has_quotes = chunk.data, chunk.has_quotes
    if not chunk.is_sound:
        return None
    # Polars drops a carriage return at the end of any unquoted cell, not only at the end of a line.
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    frame = _read_csv(data, width, separator, has_quotes)
    lines = None if frame is None else _line_starts(frame, data, separator, has_quotes)
    if frame is None or lines is None:
        return None
    starts, count = lines
    return Batch(frame, starts, count, (), null_is_empty=True, has_empty=has_quotes)


def _read_csv(data: bytes, width: int, separator: bytes, has_quotes: bool) -> pl.DataFrame | None:
    if not data.endswith(b"\n"):
        data += b"\n"  # otherwise Polars accepts an extra cell at the end
    if data.startswith(BOM):
        data = BOM + data  # Polars drops a byte order mark at the start of every buffer
    try:
        return pl.read_csv(
            data,
            has_header=False,
            schema={f"c{index}": pl.String() for index in range(width)},
            separator=separator.decode(),
            quote_char='"' if has_quotes else None,
        )
    except pl.exceptions.PolarsError:
        return None


def _line_starts(
    frame: pl.DataFrame, data: bytes, separator: bytes, has_quotes: bool
) -> tuple[pl.Series | None, int] | None:
    """Return the line of each record and the number of lines.

    The lines are None if every record is one line. The result is None if Polars padded a short
    record or dropped a byte: then the numbers of separators and line feeds in the data differ from
    those between and inside the cells of the frame.
    """
    height, width = frame.shape
    line_ends = height - (not data.endswith(b"\n"))
    if not has_quotes:
        if width > 1:
            return (None, height) if _count(data, separator) == height * (width - 1) else None
        return (None, height) if _count(data, b"\n") == line_ends else None
    texts = pl.selectors.string()

    def inside(byte: bytes) -> pl.Expr:
        return pl.sum_horizontal(texts.str.count_matches(byte.decode(), literal=True))

    sums = frame.lazy().select(inside(separator).sum(), feeds=inside(b"\n").sum()).collect()
    separators, feeds = (int(number) for number in sums.row(0))
    if _count(data, separator) != height * (width - 1) + separators:
        return None
    if _count(data, b"\n") != line_ends + feeds:
        return None
    if not feeds:
        return None, height
    lines = frame.select(inside(b"\n")).to_series().cast(pl.Int64) + 1
    return lines.cum_sum().shift(1, fill_value=0), height + feeds


def _count(data: bytes, byte: bytes) -> int:
    array = np.frombuffer(data, np.uint8)
    return sum(
        int(np.count_nonzero(array[start : start + _STRIDE] == byte[0]))
        for start in range(0, len(array), _STRIDE)
    )


def exact_batch(records: Records, width: int) -> Batch:
    """Return records that were parsed one by one as a batch."""
    frame = pl.DataFrame(
        records.cells, schema={f"c{index}": pl.String() for index in range(width)}, orient="row"
    )
    lines = pl.Series(records.lines, dtype=pl.Int64)
    return Batch(
        frame, lines, records.line_count, records.faults, null_is_empty=True, has_empty=True
    )
