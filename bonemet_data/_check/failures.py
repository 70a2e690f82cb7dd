"""Failures: frames of what fails in one batch, with a row for each rule that is broken."""

from collections.abc import Sequence
from typing import NamedTuple

from .._extras import CHECK
from .._rules import Rule
from .batch import Batch
from .clear import Column
from .judge import Verdict, Verdicts

with CHECK:
    import polars as pl

FAILURES = {
    "row": pl.Int64(),
    "line": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "rule": pl.String(),
    "message": pl.String(),
    "suggestion": pl.String(),
}
"""The columns of a frame of failures; rows and lines count from 0 within a batch."""

_WORDS = dict.fromkeys(Verdict._fields, pl.String())


class Found(NamedTuple):
    """What fails in one batch: which records, in which columns, and in full when asked."""

    rows: pl.Series
    columns: tuple[str, ...]
    failures: pl.LazyFrame


class Broken(NamedTuple):
    """Distinct cells that break a rule, and the verdicts on each."""

    cells: pl.Series
    verdicts: Sequence[Verdicts]


def cell_failures(batch: Batch, column: Column, rows: pl.Series, broken: Broken) -> Found:
    """Write the failures of single cells.

    Args:
        batch: the records.
        column: the column of the cells.
        rows: the records whose cells fail.
        broken: what their cells are, each once.
    """
    table = [(at, *verdict) for at, each in enumerate(broken.verdicts) for verdict in each]
    verdicts = pl.DataFrame(table, schema={"at": pl.UInt32(), **_WORDS}, orient="row")
    judged = verdicts.with_columns(cell=broken.cells.gather(verdicts["at"])).drop("at")
    cells = batch.frame[column.label].gather(rows)
    failures = (
        _lay(batch, rows, column.field.name, _text(cells, batch))
        .with_columns(cell=cells)
        .join(judged.lazy(), on="cell", nulls_equal=True, maintain_order="left_right")
    )
    return Found(rows, (column.field.name,), _finish(failures, batch))


def rule_failures(batch: Batch, columns: Sequence[Column], rows: pl.Series, rule: Rule) -> Found:
    """Write the failures of some records to hold a rule on several columns or records."""
    texts = [_text(batch.frame[column.label].gather(rows), batch) for column in columns]
    value = pl.select(pl.concat_str(texts, separator=", ", ignore_nulls=True)).to_series()
    frame = _lay(batch, rows, "", value).with_columns(**words(rule))
    return Found(rows, rule.columns, _finish(frame, batch))


def words(rule: Rule) -> dict[str, pl.Expr]:
    """Give the words of a rule on several columns, or on several records."""
    return {
        "column": pl.lit(", ".join(rule.columns)),
        "rule": pl.lit(rule.keyword),
        "message": pl.lit(rule.message),
        "suggestion": pl.lit(None, pl.String),
    }


def faults(batch: Batch, header: Sequence[str]) -> pl.LazyFrame:
    """Write what is malformed in a batch."""
    rows = [
        (
            fault.row,
            fault.line,
            "" if fault.column is None else header[fault.column],
            fault.value,
            fault.rule,
            fault.message,
            None,
        )
        for fault in batch.faults
    ]
    return pl.LazyFrame(rows, schema=FAILURES, orient="row")


def failing_cells(found: Sequence[Found], names: Sequence[str]) -> pl.DataFrame:
    """Give the row, and the column's index, of each failing cell once, however much it breaks."""
    parts = [
        pl.DataFrame({"row": each.rows.cast(pl.Int64)}).with_columns(
            column=pl.lit(names.index(name), pl.Int32)
        )
        for each in found
        for name in each.columns
    ]
    empty = pl.DataFrame(schema={"row": pl.Int64, "column": pl.Int32})
    return pl.concat([empty, *parts]).unique()


def _lay(batch: Batch, rows: pl.Series, column: str, value: pl.Series) -> pl.LazyFrame:
    """Say where some cells stand, and what they are."""
    lines = rows if batch.lines is None else batch.lines.gather(rows)
    frame = pl.LazyFrame({"row": rows, "line": lines, "value": value})
    return frame.with_columns(column=pl.lit(column))


def _finish(frame: pl.LazyFrame, batch: Batch) -> pl.LazyFrame:
    """Give failures their columns."""
    placed = frame if batch.line_count else frame.with_columns(line=pl.lit(None))
    return placed.select(pl.col(name).cast(dtype) for name, dtype in FAILURES.items())


def _text(cells: pl.Series, batch: Batch) -> pl.Series:
    """Give cells as they stand in the data."""
    text = cells.dt.to_string("iso") if cells.dtype == pl.Time else cells.cast(pl.String)
    return text.fill_null("") if batch.empty else text
