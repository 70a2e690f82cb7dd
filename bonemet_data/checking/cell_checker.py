"""Find the invalid cells of batches, column by column."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from ..extras import CHECK
from ..reading.batches import Batch
from .cell_validator import Violations
from .columns import Column, plain_text
from .finding_frames import BatchFindings, InvalidCells, cell_findings, cell_text, few_findings
from .prefilter import doubtful_cells

with CHECK:
    import polars as pl

_GROUP = 256
"""Columns checked in one query: the time to plan a query is more than linear in its columns."""

_SMALL = 1024
"""Up to this number of records, no prefilter is used."""


class CellChecker:
    """Checker of the single cells of batches.

    Args:
        columns: Columns of the data that are fields of the schema.
    """

    def __init__(self, columns: Collection[Column]) -> None:
        self._columns = columns
        self._expressions: dict[object, pl.Expr | None] = {}

    def findings(self, batch: Batch) -> Iterator[BatchFindings]:
        """Validate the distinct cells that the prefilter does not clear, and find invalid cells."""
        if not batch.frame.height:
            return
        cells = {series.name: series for series in batch.frame.get_columns()}
        for group in _groups(self._columns):
            if batch.frame.height <= _SMALL:
                yield from _few_findings(batch, group, cells)
            else:
                yield from self._group_findings(batch, group, cells)

    def _group_findings(
        self, batch: Batch, group: Sequence[Column], cells: Mapping[str, pl.Series]
    ) -> Iterator[BatchFindings]:
        expressions = self._distinct_doubtful(batch, group, cells)
        if not expressions:
            return
        # A query takes time for all columns of its frame.
        frame = pl.DataFrame([cells[label] for label in expressions]).lazy()
        distinct = frame.select(expressions.values()).collect(engine="in-memory")
        invalid = [
            (column, values)
            for column in group
            if column.label in expressions
            and (values := _validate(column, distinct[column.label][0], batch.null_is_empty))
        ]
        if not invalid:
            return
        located = frame.select(
            pl.col(column.label)
            .is_in(values.cells.implode(), nulls_equal=True)
            .arg_true()
            .implode()
            for column, values in invalid
        )
        rows = located.collect(engine="in-memory")
        for column, values in invalid:
            yield cell_findings(batch, column, rows[column.label][0], values)

    def _distinct_doubtful(
        self, batch: Batch, group: Sequence[Column], cells: Mapping[str, pl.Series]
    ) -> dict[str, pl.Expr]:
        """Return expressions for the distinct cells that the prefilter does not clear, by label."""
        found = {}
        for column in group:
            dtype = cells[column.label].dtype
            form = (column.index, dtype, batch.null_is_empty, batch.has_empty)
            if form not in self._expressions:
                self._expressions[form] = _distinct(column, dtype, batch)
            expression = self._expressions[form]
            if expression is not None:
                found[column.label] = expression
        return found


def _groups(columns: Iterable[Column]) -> Iterator[tuple[Column, ...]]:
    iterator = iter(columns)
    while group := tuple(islice(iterator, _GROUP)):
        yield group


def _distinct(column: Column, dtype: pl.DataType, batch: Batch) -> pl.Expr | None:
    """Return the distinct cells that must be validated; None if all cells are certainly valid."""
    cells = pl.col(column.label)
    if not (column.is_repetitive and dtype == pl.String):
        doubtful = doubtful_cells(column, dtype, batch.null_is_empty, batch.has_empty)
        if doubtful is None:
            return None
        cells = cells.filter(doubtful)
    return cells.unique().implode()


def _few_findings(
    batch: Batch, group: Sequence[Column], cells: Mapping[str, pl.Series]
) -> Iterator[BatchFindings]:
    """Validate every distinct cell of a small batch, which takes less time than a query."""
    found = []
    for column in group:
        series = cells[column.label]
        texts = cell_text(series, batch).to_list()
        distinct = list(dict.fromkeys(texts))
        invalid = _violations(column, series.dtype, distinct, batch.null_is_empty)
        if invalid:
            violations = {distinct[index]: of_cell for index, of_cell in invalid.items()}
            rows = [
                (i, text, violations[text]) for i, text in enumerate(texts) if text in violations
            ]
            found.append((column, rows))
    if found:
        yield from few_findings(batch, found)


def _validate(column: Column, cells: pl.Series, null_is_empty: bool) -> InvalidCells | None:
    """Return the invalid cells among distinct cells; None if all are valid."""
    texts = cells if isinstance(cells.dtype, pl.String) else plain_text(cells)
    violations = _violations(column, cells.dtype, texts.to_list(), null_is_empty)
    return InvalidCells(cells[[*violations]], [*violations.values()]) if violations else None


def _violations(
    column: Column, dtype: pl.DataType, texts: Sequence[str | None], null_is_empty: bool
) -> dict[int, Violations]:
    """Return the violations of distinct cells, given as text, by their index."""
    validator = column.validator_of(dtype)
    if_null = validator.check_text("") if null_is_empty else validator.if_missing
    return validator.check_texts(texts, if_null)
