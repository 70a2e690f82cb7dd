"""Check batches of records against a plan."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from ..extras import CHECK
from ..reading.batches import Batch, PendingBatch
from ..tableschema.constraints import Constraint
from .cell_validator import Violations
from .columns import Column, plain_text
from .finding_frames import (
    FINDINGS,
    BatchFindings,
    InvalidCells,
    cell_findings,
    cell_text,
    fault_findings,
    few_findings,
    invalid_cells,
    record_findings,
)
from .key_texts import canonical_texts, key_texts
from .plan import Plan
from .prefilter import doubtful_cells
from .typed_frames import convert_frame

with CHECK:
    import polars as pl

_FEW = 8
"""For up to this many values, separate comparisons are faster than a set lookup."""

_GROUP = 256
"""Columns checked in one query: the time to plan a query is more than linear in its columns."""

_SMALL = 1024
"""Up to this number of records, no prefilter is used."""

_PART_SIZE = 2**18
"""Records checked at a time. It limits memory: a finding takes hundreds of bytes."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Findings and keys of one batch. The keys are compared with the keys of other batches.

    Attributes:
        rows: Number of records.
        lines: Number of lines.
        cells: Number of invalid cells.
        counts: Number of findings by rule and column.
        findings: The first findings.
        hashes: Hashes of the keys of the records, by the index of the relation.
        targets: Distinct values that a self-reference may have, by the index of the relation.
    """

    rows: int
    lines: int
    cells: int
    counts: tuple[tuple[str, str | None, int], ...]
    findings: pl.DataFrame
    hashes: dict[int, Any]
    targets: dict[int, pl.DataFrame]


class BatchChecker:
    """Checker of the batches of one file or frame.

    Args:
        plan: The plan.
        header: Names of the columns of the data, in order.

    Attributes:
        columns: Columns of the data that are fields of the schema, by name.
        relations: Constraints between records whose columns are in the data, by their index in the
            plan.
    """

    def __init__(self, plan: Plan, header: Sequence[str]) -> None:
        self.plan = plan
        self.header = tuple(header)
        indices: dict[str, int] = {}
        for index, name in enumerate(self.header):
            indices.setdefault(name, index)
        self.columns = {
            field.name: Column.of(plan, field, indices[field.name])
            for field in plan.schema.fields
            if field.name in indices
        }
        self.relations = {
            index: constraint
            for index, constraint in enumerate(plan.relations)
            if indices.keys() >= {*constraint.columns, *_targets(constraint)}
        }
        self._references = [
            (reference, self._canonical(reference))
            for reference in plan.references
            if indices.keys() >= {*reference.columns}
        ]
        self._expressions: dict[object, pl.Expr | None] = {}

    def parse(self, pending: PendingBatch) -> Batch:
        """Parse a batch; typed values are converted to the data types of their fields."""
        batch = pending.parse()
        if batch.null_is_empty:
            return batch
        fields = {column.label: column.field for column in self.columns.values()}
        return replace(batch, frame=convert_frame(batch.frame, fields, self.plan.schema))

    def check(self, batch: Batch, limit: int | None = None) -> BatchResult:
        """Check the records of one batch, except for keys that span batches.

        Args:
            batch: The records.
            limit: Maximum number of findings to return; None for all. The counts are exact.
        """
        cells, findings = 0, [pl.DataFrame(schema=FINDINGS)]
        counts: Counter[tuple[str, str | None]] = Counter()
        for start, part in batch.parts(_PART_SIZE):
            part_findings = self._findings(part)
            cells += self._count_cells(part_findings, part)
            if not part_findings and not part.faults:
                continue
            frames = [
                fault_findings(part, self.header),
                *(f.frame for f in part_findings if f.frame is not None),
            ]
            frame = pl.concat(frames).collect()
            counts.update(frame.select("rule", "column").rows())
            frame = frame.sort("row", "line", maintain_order=True)
            first = frame if limit is None else frame.head(limit)
            findings.append(first.with_columns(pl.col("row") + start) if start else first)
        return BatchResult(
            rows=batch.frame.height,
            lines=batch.line_count,
            cells=cells,
            counts=tuple((*key, number) for key, number in counts.items()),
            findings=pl.concat(findings),
            hashes={
                index: hash_key(self.key(batch, constraint.columns).drop_nulls())
                for index, constraint in self.relations.items()
            },
            targets={
                index: self.key(batch, constraint.argument).drop_nulls().unique()
                for index, constraint in self.relations.items()
                if constraint.internal
            },
        )

    def invalid_cells(self, batch: Batch, rows: pl.Series) -> pl.DataFrame:
        """Return the row and the column index of the invalid cells of the given records."""
        cells = invalid_cells(self._findings(batch.select(rows)), self.plan.field_indices)
        return cells.with_columns(rows.cast(pl.Int64).gather(cells["row"]).alias("row"))

    def key(self, batch: Batch, names: Sequence[str]) -> pl.DataFrame:
        """Return the canonical texts of the columns of a key, in columns k0, k1, …."""

        def typed(column: Column) -> pl.Series:
            cells = batch.frame[column.label]
            if batch.null_is_empty and "" not in column.missing:
                cells = cells.fill_null("")
            return key_texts(cells, column, batch.has_empty)

        series = [typed(self.columns[name]) for name in names]
        return pl.DataFrame({f"k{index}": values for index, values in enumerate(series)})

    def complete_keys(self, batch: Batch, names: Sequence[str]) -> tuple[pl.Series, pl.DataFrame]:
        """Return the keys without a missing value, after the indices of their records."""
        frame = self.key(batch, names).with_row_index("index").drop_nulls()
        return frame["index"], frame.drop("index")

    def _findings(self, batch: Batch) -> list[BatchFindings]:
        return [*self._cell_findings(batch), *self._reference_findings(batch)]

    def _count_cells(self, findings: Sequence[BatchFindings], batch: Batch) -> int:
        """Count the invalid cells, including cells that are not UTF-8."""
        cells = sum(len(group.rows) for group in findings)
        if self._references:
            cells = invalid_cells(findings, self.plan.field_indices).height
        not_utf8 = {
            (fault.row, self.header[fault.column])
            for fault in batch.faults
            if fault.column is not None
        }
        for group in findings if not_utf8 else ():
            not_utf8 -= {(row, name) for row in group.rows for name in group.columns}
        return cells + len(not_utf8)

    def _cell_findings(self, batch: Batch) -> Iterator[BatchFindings]:
        """Validate the distinct cells that the prefilter does not clear, and find invalid cells."""
        if not batch.frame.height:
            return
        cells = {series.name: series for series in batch.frame.get_columns()}
        for group in _groups(self.columns.values()):
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
        conditions = [_is_any(column.label, values.cells) for column, values in invalid]
        located = frame.select(condition.arg_true().implode() for condition in conditions)
        rows = located.collect(engine="in-memory")
        for column, values in invalid:
            yield cell_findings(batch, column, rows[column.label][0], values)

    def _canonical(self, reference: Constraint) -> frozenset[tuple[Any, ...]]:
        """Return the values that a foreign key allows, as canonical texts."""
        values = list(reference.argument)
        columns = [
            canonical_texts([row[i] for row in values], self.columns[name].field.type)
            for i, name in enumerate(reference.columns)
        ]
        return frozenset(zip(*columns, strict=True))

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

    def _reference_findings(self, batch: Batch) -> Iterator[BatchFindings]:
        for constraint, allowed in self._references:
            rows, key = self.complete_keys(batch, constraint.columns)
            distinct = key.unique()
            unknown = [row for row in distinct.rows() if row not in allowed]
            if unknown:
                frame = pl.DataFrame(unknown, schema=distinct.schema, orient="row")
                key = key.with_columns(rows)
                rows = key.join(frame, on=distinct.columns, how="semi")["index"].sort()
                columns = [self.columns[name] for name in constraint.columns]
                yield record_findings(batch, columns, rows, constraint)


def hash_key(key: pl.DataFrame) -> Any:
    """Return the hashes of keys; equal keys have equal hashes."""
    return (key.to_series().hash() if key.width == 1 else key.hash_rows()).to_numpy()


def _groups(columns: Iterable[Column]) -> Iterator[tuple[Column, ...]]:
    iterator = iter(columns)
    while group := tuple(islice(iterator, _GROUP)):
        yield group


def _targets(relation: Constraint) -> tuple[str, ...]:
    """Return the columns that a self-reference refers to."""
    return relation.argument if relation.internal else ()


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


def _is_any(label: str, values: pl.Series) -> pl.Expr:
    """Return an expression that is true if a cell has one of the values, which may include null."""
    cell = pl.col(label)
    if len(values) > _FEW or values.dtype != pl.String:
        return cell.is_in(values.implode(), nulls_equal=True)
    return pl.any_horizontal(cell.eq_missing(pl.lit(value, pl.String)) for value in values)
