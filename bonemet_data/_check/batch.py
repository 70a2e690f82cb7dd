"""Batches: some records as a frame of raw cells, wherever they come from."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .._extras import CHECK
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


class Dialect(NamedTuple):
    """How a CSV file is laid out, and how its columns may be parsed at once."""

    width: int
    separator: bytes
    lists: Mapping[int, tuple[str, ...]]
    """The closed lists of columns, which Polars parses faster than text."""


def parse(block: bytes, dialect: Dialect, offset: int, lists: bool) -> tuple[Batch, bool]:
    """Read a block of CSV: with Polars where it surely reads it right, else record by record.

    Args:
        block: whole records, without the header.
        dialect: the layout.
        offset: where the block begins in the file.
        lists: whether to try the closed lists; a cell outside its list costs a second parse.

    Returns:
        The batch, and whether the closed lists held.
    """
    text = {f"c{at}": pl.String() for at in range(dialect.width)}
    closed = {f"c{at}": pl.Enum(words) for at, words in dialect.lists.items()}
    quoted = b'"' in block
    # Polars drops a carriage return at the end of any bare cell, and not of a line alone.
    alone = b"\r" in block and block.count(b"\r") != block.count(b"\r\n")
    for held in () if alone else (True, False) if lists and closed else (False,):
        frame = _read(block, {**text, **closed} if held else text, dialect.separator)
        if frame is not None:
            lines = _layout(frame, block, dialect, quoted)
            if lines is not None:
                starts, count = lines
                return Batch(frame, starts, count, (), empty=True, quoted=quoted), held
            break
    records = Tokenizer(dialect.separator).records(block, dialect.width, offset)
    return _exact(records, dialect.width), False


def _read(block: bytes, schema: Mapping[str, pl.DataType], separator: bytes) -> pl.DataFrame | None:
    try:
        return pl.read_csv(block, has_header=False, schema=schema, separator=separator.decode())
    except pl.exceptions.PolarsError:
        return None


def _layout(
    frame: pl.DataFrame, block: bytes, dialect: Dialect, quoted: bool
) -> tuple[pl.Series | None, int] | None:
    """Give where each record begins, or None if Polars filled or dropped something unasked.

    It fills a short record with nulls. Then the separators and line feeds of the block are not
    those that its records have between cells and inside them.
    """
    height, width = frame.shape
    ends = height if block.endswith(b"\n") else height - 1
    if not quoted:
        if width > 1:
            return (
                (None, height) if _count(block, dialect.separator) == height * (width - 1) else None
            )
        return (None, height) if _count(block, b"\n") == ends else None
    texts = pl.selectors.string()

    def inside(byte: bytes) -> pl.Expr:
        return pl.sum_horizontal(texts.str.count_matches(byte.decode(), literal=True))

    sums = frame.lazy().select(inside(dialect.separator).sum(), feeds=inside(b"\n").sum()).collect()
    separators, feeds = (int(each) for each in sums.row(0))
    if _count(block, dialect.separator) != height * (width - 1) + separators:
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
