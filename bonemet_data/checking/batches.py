"""Batches: some records as a frame of raw cells, wherever they come from."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..extras import CHECK
from .chunks import Block
from .records import Fault, Records, Tokenizer

with CHECK:
    import numpy as np
    import polars as pl

_STRIDE = 2**18
"""Bytes that are compared at once, so that the verdicts stay in the processor's cache."""


class Batch(NamedTuple):
    """Some records in order.

    Args:
        frame: a column `c0`, `c1`, … for each column of the data; text, unless the data are typed.
        lines: for each record its line, from 0 at the first; None if each has just one line.
        line_count: how many lines the records take; 0 if the data are not lines.
        faults: malformed records among them.
        empty: whether null stands for the empty text and not for a missing value.
        quoted: whether an empty text may stand in a cell besides null.
    """

    frame: pl.DataFrame
    lines: pl.Series | None
    line_count: int
    faults: Sequence[Fault]
    empty: bool
    quoted: bool

    def parts(self, size: int) -> Iterator[tuple[int, "Batch"]]:
        """Give the batch in parts of at most so many records, each with the index of its first.

        Lines go on counting from the first record of all; what is malformed and no record is in
        the first part.
        """
        height = self.frame.height
        if height <= size:
            yield 0, self
            return
        lines = pl.int_range(height, eager=True) if self.lines is None else self.lines
        for start in range(0, height, size):
            faults = [
                each if each.row is None else each._replace(row=each.row - start)
                for each in self.faults
                if (start == 0 if each.row is None else start <= each.row < start + size)
            ]
            part = self.frame.slice(start, size)
            yield start, self._replace(frame=part, lines=lines.slice(start, size), faults=faults)

    def part(self, rows: pl.Series) -> "Batch":
        """Give some of the records."""
        lines = None if self.lines is None else self.lines.gather(rows)
        return self._replace(frame=self.frame[rows], lines=lines, faults=())


def parse(block: Block, width: int, separator: bytes) -> Batch:
    """Read a block of CSV: with Polars where it surely reads it right, else record by record.

    Args:
        block: whole records, without the header.
        width: how many cells a record must have.
        separator: one byte.
    """
    data, quoted = block.data, block.quoted
    # Polars drops a carriage return at the end of any bare cell, and not of a line alone.
    alone = b"\r" in data and data.count(b"\r") != data.count(b"\r\n")
    sound = not alone and (not quoted or _sound(data, separator))
    frame = _read(data, width, separator, quoted) if sound else None
    if frame is not None:
        lines = _layout(frame, data, separator, quoted)
        if lines is not None:
            starts, count = lines
            return Batch(frame, starts, count, (), empty=True, quoted=quoted)
    return _exact(Tokenizer(separator).records(data, width, block.start), width)


def _read(block: bytes, width: int, separator: bytes, quoted: bool) -> pl.DataFrame | None:
    ended = block if block.endswith(b"\n") else block + b"\n"  # else Polars lets a cell too many be
    try:
        return pl.read_csv(
            ended,
            has_header=False,
            schema={f"c{at}": pl.String() for at in range(width)},
            separator=separator.decode(),
            quote_char='"' if quoted else None,
        )
    except pl.exceptions.PolarsError:
        return None


def _sound(block: bytes, separator: bytes) -> bool:
    """Tell whether each quote opens or closes a cell, or is doubled; Polars takes others too."""
    data = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(data == ord('"'))
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    end, feed, between = len(data), ord("\n"), ord(separator)

    def byte(places: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Any:
        inside = (places >= 0) & (places < end)
        return np.where(inside, data[places.clip(0, end - 1)], feed)

    before, after = byte(opening - 1), byte(closing + 1)
    begins = (before == between) | (before == feed)
    stops = (after == between) | (after == feed)
    stops |= (after == ord("\r")) & (byte(closing + 2) == feed)
    doubled = opening[1:] == closing[:-1] + 1
    begins[1:] |= doubled
    stops[:-1] |= doubled
    return bool(begins.all() and stops.all())


def _layout(
    frame: pl.DataFrame, block: bytes, separator: bytes, quoted: bool
) -> tuple[pl.Series | None, int] | None:
    """Give where each record begins, or None if Polars filled or dropped something unasked.

    It fills a short record with nulls. Then the separators and line feeds of the block are not
    those that its records have between cells and inside them.
    """
    height, width = frame.shape
    ends = height - (not block.endswith(b"\n"))
    if not quoted:
        if width > 1:
            whole = _count(block, separator) == height * (width - 1)
            return (None, height) if whole else None
        return (None, height) if _count(block, b"\n") == ends else None
    texts = pl.selectors.string()

    def inside(byte: bytes) -> pl.Expr:
        return pl.sum_horizontal(texts.str.count_matches(byte.decode(), literal=True))

    sums = frame.lazy().select(inside(separator).sum(), feeds=inside(b"\n").sum()).collect()
    separators, feeds = (int(each) for each in sums.row(0))
    if _count(block, separator) != height * (width - 1) + separators:
        return None
    count = _count(block, b"\n")
    if count != ends + feeds:
        return None
    if not feeds:
        return None, height
    fed = frame.select(inside(b"\n")).to_series()
    after = (fed.cast(pl.Int64) + 1).cum_sum()
    return after.shift(1, fill_value=0), height + feeds


def _count(block: bytes, byte: bytes) -> int:
    array = np.frombuffer(block, np.uint8)
    wanted = byte[0]
    return sum(
        int(np.count_nonzero(array[at : at + _STRIDE] == wanted))
        for at in range(0, len(array), _STRIDE)
    )


def _exact(records: Records, width: int) -> Batch:
    frame = pl.DataFrame(
        records.cells, schema={f"c{at}": pl.String() for at in range(width)}, orient="row"
    )
    lines = pl.Series(records.lines, dtype=pl.Int64)
    return Batch(frame, lines, records.line_count, records.faults, empty=True, quoted=True)
