"""Failures: frames of what fails in one batch, with a row for each rule that is broken."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..extras import CHECK
from ..tableschema.constraints import Rule
from .batches import Batch
from .prefilter import Column
from .validator import Verdict, Verdicts

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

_FEW = 4096
"""Cells to which Python brings the words of their verdicts faster than a join does."""

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
    cells = batch.frame[column.label][rows]
    frame = _lay(batch, rows, column.field.name, _text(cells, batch))
    if len(rows) <= _FEW and cells.dtype == pl.String:
        known = dict(zip(broken.cells, broken.verdicts, strict=True))
        judged = [known[cell] for cell in cells]
        places = [at for at, verdicts in enumerate(judged) for _ in verdicts]
        words = _words(verdict for verdicts in judged for verdict in verdicts)
        frame = frame[places].hstack(words)
    else:
        places = [at for at, verdicts in enumerate(broken.verdicts) for _ in verdicts]
        words = _words(verdict for verdicts in broken.verdicts for verdict in verdicts)
        words = words.with_columns(cell=broken.cells[places])
        frame = frame.with_columns(cell=cells).join(
            words, on="cell", nulls_equal=True, maintain_order="left_right"
        )
    return Found(rows, (column.field.name,), _finish(frame))


def rule_failures(batch: Batch, columns: Sequence[Column], rows: pl.Series, rule: Rule) -> Found:
    """Write the failures of some records to hold a rule on several columns or records."""
    texts = [_text(batch.frame[column.label][rows], batch) for column in columns]
    value = pl.select(pl.concat_str(texts, separator=", ", ignore_nulls=True)).to_series()
    frame = _lay(batch, rows, "", value).with_columns(**words_of(rule))
    return Found(rows, rule.columns, _finish(frame))


def words_of(rule: Rule) -> dict[str, pl.Expr]:
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


def _words(verdicts: Iterable[Verdict]) -> pl.DataFrame:
    columns = zip(*verdicts, strict=True)
    return pl.DataFrame(dict(zip(_WORDS, columns, strict=True)), schema=_WORDS)


def _lay(batch: Batch, rows: pl.Series, column: str, value: pl.Series) -> pl.DataFrame:
    """Say where some cells stand, and what they are."""
    lines = rows if batch.lines is None else batch.lines[rows]
    places = {"row": rows, "line": lines if batch.line_count else None, "column": column}
    return pl.DataFrame({**places, "value": value})


def _finish(frame: pl.DataFrame) -> pl.LazyFrame:
    """Give failures their columns, when they are asked for."""
    return frame.lazy().select(pl.col(name).cast(dtype) for name, dtype in FAILURES.items())


def _text(cells: pl.Series, batch: Batch) -> pl.Series:
    """Give cells as they stand in the data."""
    text = cells
    if cells.dtype != pl.String:
        text = cells.dt.to_string("iso") if cells.dtype == pl.Time else cells.cast(pl.String)
    return text.fill_null("") if batch.empty and text.null_count() else text
