"""Check batches of records against a plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..errors import DataError
from ..extras import CHECK
from ..reading.batches import Batch, PendingBatch
from ..reading.csv_records import Fault
from ..tableschema.constraints import Constraint
from .cell_checker import CellChecker
from .columns import Column
from .finding_frames import (
    CELL,
    FINDINGS,
    BatchFindings,
    fault_findings,
    invalid_cells,
    record_findings,
    without_cells,
)
from .group_frames import GROUPS, group_findings, merge_groups
from .key_texts import canonical_texts, key_texts
from .plan import Plan
from .typed_frames import convert_frame

with CHECK:
    import polars as pl

_TEXTS = (pl.String, pl.Categorical, pl.Enum, pl.Null)

_PART_SIZE = 2**18
"""Records checked at a time. It limits memory: a finding takes hundreds of bytes."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Findings and keys of one batch. The keys are compared with the keys of other batches.

    Attributes:
        rows: Number of records.
        lines: Number of lines.
        cells: Number of invalid cells.
        findings: The first findings.
        groups: All findings, grouped; with the columns `GROUPS`.
        hashes: Hashes of the keys of the records, by the index of the relation.
        targets: Distinct values that a self-reference may have, by the index of the relation.
    """

    rows: int
    lines: int
    cells: int
    findings: pl.DataFrame
    groups: pl.DataFrame
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
        self._cells = CellChecker(self.columns.values())

    def parse(self, pending: PendingBatch) -> Batch:
        """Parse a batch; typed values are converted to the data types of their fields.

        Raises:
            DataError: A column cannot be converted, or a column of codes contains numbers.
        """
        batch = pending.parse()
        if batch.null_is_empty:
            return batch
        for column in self.columns.values():
            dtype = batch.frame.schema[column.label]
            if column.has_function and not isinstance(dtype, _TEXTS):
                raise DataError(
                    f"column {column.field.name} must be text, not {dtype}: "
                    "read the column as text, so that leading zeros survive."
                )
        fields = {column.label: column.field for column in self.columns.values()}
        return replace(batch, frame=convert_frame(batch.frame, fields, self.plan.schema))

    def check(self, batch: Batch, limit: int | None = None) -> BatchResult:
        """Check the records of one batch, except for keys that span batches.

        Args:
            batch: The records.
            limit: Maximum number of findings to return; None for all. The groups are exact.
        """
        cells = 0
        findings: list[pl.DataFrame] = []
        groups: list[pl.DataFrame] = []
        for start, part in batch.parts(_PART_SIZE):
            part_findings = self._findings(part)
            cells += self._count_cells(part_findings, part)
            if not part_findings and not part.faults:
                continue
            frames = [f.frame for f in part_findings if f.frame is not None]
            if part.faults:
                frames.insert(0, fault_findings(part, self.header))
            ordered = pl.concat(frames).sort("row", "line", maintain_order=True)
            frame = ordered.with_columns(pl.col("row") + start).collect(engine="in-memory")
            groups.append(group_findings(frame))
            findings.append(frame if limit is None else frame.head(limit))
        return BatchResult(
            rows=batch.frame.height,
            lines=batch.line_count,
            cells=cells,
            findings=_concat(findings, FINDINGS),
            groups=merge_groups(pl.concat(groups)) if len(groups) > 1 else _concat(groups, GROUPS),
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
        """Return the canonical texts of the columns of a key, in columns k0, k1, ….

        A cell that could not be read is null, as is one that is missing or invalid.
        """

        def typed(column: Column) -> pl.Series:
            cells = batch.frame[column.label]
            if batch.null_is_empty and "" not in column.missing:
                cells = cells.fill_null("")
            texts = key_texts(cells, column, batch.has_empty)
            rows = [fault.row for fault in batch.faults if fault.column == column.index]
            return _without(texts, rows) if rows else texts

        series = [typed(self.columns[name]) for name in names]
        return pl.DataFrame({f"k{index}": values for index, values in enumerate(series)})

    def complete_keys(self, batch: Batch, names: Sequence[str]) -> tuple[pl.Series, pl.DataFrame]:
        """Return the keys without a missing value, after the indices of their records."""
        frame = self.key(batch, names).with_row_index("index").drop_nulls()
        return frame["index"], frame.drop("index")

    def _findings(self, batch: Batch) -> list[BatchFindings]:
        """Return the findings of cells and references, except for cells that have a fault."""
        findings = [*self._cells.findings(batch), *self._reference_findings(batch)]
        names = {column.index: name for name, column in self.columns.items()}
        faulty = [
            (fault.row, names[index])
            for fault in batch.faults
            for index in _not_judged(fault, len(self.header))
            if index in names
        ]
        if not faulty:
            return findings
        cells = pl.DataFrame(faulty, schema=CELL, orient="row")
        return [without_cells(group, cells) for group in findings]

    def _count_cells(self, findings: Sequence[BatchFindings], batch: Batch) -> int:
        """Count the invalid cells, including cells that are not UTF-8."""
        cells = sum(len(group.rows) for group in findings)
        if self._references:
            cells = invalid_cells(findings, self.plan.field_indices).height
        faulty = {(fault.row, fault.column) for fault in batch.faults if fault.column is not None}
        return cells + len(faulty)

    def _canonical(self, reference: Constraint) -> frozenset[tuple[Any, ...]]:
        """Return the values that a foreign key allows, as canonical texts."""
        values = list(reference.argument)
        columns = [
            canonical_texts([row[i] for row in values], self.columns[name].field.type)
            for i, name in enumerate(reference.columns)
        ]
        return frozenset(zip(*columns, strict=True))

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


def _concat(frames: Sequence[pl.DataFrame], columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat(frames) if frames else pl.DataFrame(schema=columns)


def _not_judged(fault: Fault, width: int) -> Iterable[int]:
    """Return the indices of the cells of a record that have no other findings."""
    if fault.judged is not None:
        return range(fault.judged, width)
    return () if fault.column is None else (fault.column,)


def _without(texts: pl.Series, rows: Sequence[int | None]) -> pl.Series:
    """Return texts with null in some rows."""
    keep = ~pl.int_range(len(texts), eager=True).is_in(pl.Series(rows, dtype=pl.Int64).implode())
    return texts.to_frame("text").select(pl.when(keep).then("text")).to_series()


def hash_key(key: pl.DataFrame) -> Any:
    """Return the hashes of keys; equal keys have equal hashes."""
    return (key.to_series().hash() if key.width == 1 else key.hash_rows()).to_numpy()


def _targets(relation: Constraint) -> tuple[str, ...]:
    """Return the columns that a self-reference refers to."""
    return relation.argument if relation.internal else ()
