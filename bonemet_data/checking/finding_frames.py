"""Build Polars frames of the findings of a batch, with one row per finding."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..extras import CHECK
from ..reading.batches import Batch
from ..tableschema.constraints import Constraint
from .cell_validator import REQUIRED_MESSAGE, Violation, Violations
from .columns import Column, plain_text

with CHECK:
    import polars as pl

FINDINGS = {
    "line": pl.Int64(),
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "rule": pl.String(),
    "message": pl.String(),
    "suggestion": pl.String(),
    "scope": pl.String(),
}
"""Columns of a frame of findings. Lines and rows are 0-based and relative to the batch."""

CELL = {"row": pl.Int64(), "column": pl.String()}
"""Columns of a frame of cells: the index of the record, and the name of the field."""

_FEW = 4096
"""Up to this many cells, a lookup in Python is faster than a join."""

_VIOLATION = dict.fromkeys(("rule", "message", "suggestion", "scope"), pl.String())


@dataclass(frozen=True, slots=True)
class BatchFindings:
    """Findings in a batch about the same columns.

    Attributes:
        rows: Indices of the invalid records.
        columns: Names of the columns.
        frame: The findings, with the columns `FINDINGS`; None if they are in the frame of others.
    """

    rows: pl.Series
    columns: tuple[str, ...]
    frame: pl.LazyFrame | None


@dataclass(frozen=True, slots=True)
class InvalidCells:
    """Distinct invalid cells of a column, and the violations of each cell."""

    cells: pl.Series
    violations: Sequence[Violations]


def cell_findings(
    batch: Batch, column: Column, rows: pl.Series, invalid: InvalidCells
) -> BatchFindings:
    """Return the findings of the invalid cells of a column.

    Args:
        batch: The records.
        column: Column of the cells.
        rows: Indices of the records with an invalid cell.
        invalid: The distinct invalid cells.
    """
    cells = batch.frame[column.label][rows]
    frame = _locations(batch, rows, column.field.name, cell_text(cells, batch))
    if len(rows) == 1 or (len(rows) <= _FEW and cells.dtype == pl.String):
        # Polars does not join one row of NaN with another; nor is NaN found in a dictionary.
        by_cell = dict(zip(invalid.cells, invalid.violations, strict=True))
        violations = invalid.violations if len(rows) == 1 else [by_cell[cell] for cell in cells]
        frame = frame[_repeated_indices(violations)].hstack(_violation_frame(violations))
    else:
        violation_frame = _violation_frame(invalid.violations).with_columns(
            cell=invalid.cells[_repeated_indices(invalid.violations)]
        )
        frame = frame.with_columns(cell=cells).join(
            violation_frame, on="cell", nulls_equal=True, maintain_order="left_right"
        )
    present = pl.when(pl.col("message") != REQUIRED_MESSAGE).then("value")
    return BatchFindings(rows, (column.field.name,), _as_findings(frame.with_columns(present)))


def few_findings(
    batch: Batch, found: Sequence[tuple[Column, Sequence[tuple[int, str | None, Violations]]]]
) -> Iterator[BatchFindings]:
    """Iterate over the findings of a small batch: one frame for all columns.

    Args:
        batch: The records.
        found: Columns, with the index, text and violations of each invalid cell.
    """
    lines = range(batch.frame.height) if batch.lines is None else batch.lines.to_list()
    rows = [
        (
            lines[row] if batch.line_count else None,
            row,
            column.field.name,
            None if violation.message == REQUIRED_MESSAGE else text,
            *_row(violation),
        )
        for column, cells in found
        for row, text, violations in cells
        for violation in violations
    ]
    frame: pl.LazyFrame | None = pl.LazyFrame(rows, schema=FINDINGS, orient="row")
    for column, cells in found:
        indices = pl.Series([row for row, _, _ in cells], dtype=pl.UInt32)
        yield BatchFindings(indices, (column.field.name,), frame)
        frame = None


def record_findings(
    batch: Batch, columns: Sequence[Column], rows: pl.Series, constraint: Constraint
) -> BatchFindings:
    """Return the findings of records that violate a constraint on several columns.

    Args:
        batch: The records.
        columns: Columns of the constraint.
        rows: Indices of the invalid records.
        constraint: The constraint.
    """
    frame = record_locations(batch, columns, rows).with_columns(
        column=pl.lit(", ".join(constraint.columns)),
        rule=pl.lit(constraint.keyword),
        message=pl.lit(constraint.message),
        suggestion=pl.lit(None, pl.String),
        scope=pl.lit(None, pl.String),
    )
    return BatchFindings(rows, constraint.columns, _as_findings(frame))


def record_locations(batch: Batch, columns: Sequence[Column], rows: pl.Series) -> pl.DataFrame:
    """Return the line, row and joined cells of the given records."""
    texts = [cell_text(batch.frame[column.label][rows], batch) for column in columns]
    value = pl.select(pl.concat_str(texts, separator=", ", ignore_nulls=True)).to_series()
    return _locations(batch, rows, "", value)


def fault_findings(batch: Batch, header: Sequence[str]) -> pl.LazyFrame:
    """Return the findings of the malformed records of a batch."""
    rows = [
        (
            fault.line,
            fault.row,
            None if fault.column is None else header[fault.column],
            fault.value,
            str(fault.rule),
            fault.message,
            None,
            None,
        )
        for fault in batch.faults
    ]
    return pl.LazyFrame(rows, schema=FINDINGS, orient="row")


def without_cells(group: BatchFindings, cells: pl.DataFrame) -> BatchFindings:
    """Return findings without those about the given cells alone.

    Args:
        group: The findings.
        cells: The cells, with the columns `CELL`.
    """
    rows, frame = group.rows, group.frame
    if len(group.columns) == 1:
        faulty = cells.filter(pl.col("column") == group.columns[0])["row"]
        rows = rows.filter(~rows.cast(pl.Int64).is_in(faulty.implode()))
    if frame is not None:
        frame = frame.join(cells.lazy(), on=[*CELL], how="anti", maintain_order="left")
    return BatchFindings(rows, group.columns, frame)


def invalid_cells(
    findings: Sequence[BatchFindings], field_indices: Mapping[str, int]
) -> pl.DataFrame:
    """Return the row and field index of every invalid cell, without duplicates."""
    parts = [
        pl.DataFrame({"row": group.rows.cast(pl.Int64)}).with_columns(
            column=pl.lit(field_indices[name], pl.Int32)
        )
        for group in findings
        for name in group.columns
    ]
    empty = pl.DataFrame(schema={"row": pl.Int64, "column": pl.Int32})
    return pl.concat([empty, *parts]).unique()


def _repeated_indices(violations: Sequence[Violations]) -> list[int]:
    return [index for index, of_cell in enumerate(violations) for _ in of_cell]


def _violation_frame(violations: Iterable[Violations]) -> pl.DataFrame:
    rows = [_row(violation) for of_cell in violations for violation in of_cell]
    return pl.DataFrame(rows, schema=_VIOLATION, orient="row")


def _row(violation: Violation) -> tuple[str, str, str | None, str | None]:
    return violation.rule, violation.message, violation.suggestion, violation.scope


def _locations(batch: Batch, rows: pl.Series, column: str, value: pl.Series) -> pl.DataFrame:
    lines = rows if batch.lines is None else batch.lines[rows]
    return pl.DataFrame(
        {
            "line": lines if batch.line_count else None,
            "row": rows,
            "column": column,
            "value": value,
        }
    )


def _as_findings(frame: pl.DataFrame) -> pl.LazyFrame:
    return frame.lazy().select(pl.col(name).cast(dtype) for name, dtype in FINDINGS.items())


def cell_text(cells: pl.Series, batch: Batch) -> pl.Series:
    """Return cells as text, as they are written in the data."""
    text = cells if cells.dtype == pl.String else plain_text(cells)
    return text.fill_null("") if batch.null_is_empty and text.null_count() else text
