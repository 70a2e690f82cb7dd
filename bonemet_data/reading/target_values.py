"""Read the values that foreign keys may have from the tables that the keys refer to."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from ..errors import DataError
from ..package.descriptor import Package
from ..reporting.rules import Rule
from ..tableschema.model import Field, ForeignKey, TableSchema
from ..tableschema.references import OnInvalid, check_reference
from .batches import Batch
from .native_values import text_of
from .null_sequences import with_null_sequence
from .resources import open_resource
from .tables import Table
from .temporary_files import Scratch


def read_targets(
    name: str,
    key: ForeignKey,
    schema: TableSchema,
    package: Package,
    on_invalid: OnInvalid | None = None,
) -> frozenset[tuple[Any, ...]]:
    """Read the values of the columns that a key refers to, without rows with missing values.

    See `foreign_key_targets` for the arguments.
    """
    resource = package.resource(key.resource)
    dialect, _ = package.dialect(resource)
    target = with_null_sequence(package.schema(resource), dialect)
    check_reference(name, key, schema, target)
    package.require_checksum(resource)
    fields = [field for each in key.reference_fields if (field := target.field(each))]
    values: set[tuple[Any, ...]] = set()
    leave_out = partial(on_invalid, key) if on_invalid else None
    with Scratch() as scratch:
        for table in open_resource(package, resource, scratch, target, dialect):
            values |= _table_values(table, fields, target, leave_out)
    return frozenset(values)


def _table_values(
    table: Table,
    fields: Sequence[Field],
    schema: TableSchema,
    leave_out: Callable[[str], None] | None,
) -> set[tuple[Any, ...]]:
    """Return the distinct rows of some columns, without rows with missing values."""
    header = table.header or ()
    for field in fields:
        if field.name not in header:
            raise DataError(
                f"{table.name}: a foreign key refers to the missing column {field.name!r}: "
                "add the column."
            )
    indices = [header.index(field.name) for field in fields]
    missing = [schema.missing(field) for field in fields]
    texts: set[tuple[Any, ...]] = set()
    values: set[tuple[Any, ...]] = set()
    line = table.header_lines + 1
    for pending in table.batches([field.name for field in fields]):
        batch = pending.parse()
        place = _Place(table.name or "", batch, line)
        for fault in batch.faults:
            if fault.column in indices or fault.rule in {Rule.NOT_CSV, Rule.LONG_RECORD}:
                raise DataError(f"{place.of_line(fault.line, fault.row)}: {fault.message}.")
        labels = [f"c{index}" for index in indices]
        rows = batch.frame.select(*dict.fromkeys(labels)).with_row_index("row")
        for row, *distinct in rows.unique(labels, keep="first", maintain_order=True).iter_rows():
            cells = dict(zip(dict.fromkeys(labels), distinct, strict=True))
            raw = tuple(cells[label] for label in labels)
            if raw in texts:
                continue
            texts.add(raw)
            parsed: list[Any] = []
            for cell, field, absent in zip(raw, fields, missing, strict=True):
                cell_ = "" if cell is None and batch.null_is_empty else cell
                try:
                    text = text_of(cell_, field)
                    parsed.append(None if text is None or text in absent else field.parse(text))
                except ValueError as error:
                    message = f"{place.of_row(row)}: {field.name}: {cell_!r} {error}"
                    if leave_out is None:
                        raise DataError(
                            f"{message}. Correct the cell; `bonemet-data validate` lists all "
                            "invalid cells."
                        ) from error
                    leave_out(message)
                    parsed.append(None)
            if None not in parsed:
                values.add(tuple(parsed))
        line += batch.line_count
    return values


class _Place(NamedTuple):
    """Place of a batch in a file, for messages."""

    file: str
    batch: Batch
    line: int

    def of_row(self, row: int) -> str:
        lines = self.batch.lines
        return self.of_line(row if lines is None else lines[row], row)

    def of_line(self, line: int | None, row: int | None) -> str:
        if self.batch.line_count and line is not None:
            return f"{self.file}:{self.line + line}"
        return f"{self.file}: row {(row or 0) + 1}"
