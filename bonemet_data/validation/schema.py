"""Stage 4: the schema and the keys: every cell read as its type, and pandera on every table."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..extras import PANDERA
from ..package.csv_reading import Row, Table
from ..reporting._old_issue import Code, Issue
from ..tableschema.constraints import Targets
from ..tableschema.frames import pandas_dtype
from ..tableschema.model import Field, ForeignKey, TableSchema
from ..tableschema.to_pandera import compile_pandas

_KEYWORDS = {code.value: code for code in Code}


class Typed(NamedTuple):
    """A table with its schema and its typed values; None is missing or unreadable."""

    table: Table
    schema: TableSchema
    values: Mapping[str, list[Any]]


def cells(typed: Mapping[str, Typed], resource: str, *columns: str) -> list[tuple[Any, ...]]:
    """Give the line and some columns of each row; nothing if a column is not there."""
    each = typed.get(resource)
    if each is None or not set(columns) <= set(each.values):
        return []
    lines = [row.line for row in each.table.records]
    return list(zip(lines, *(each.values[column] for column in columns), strict=True))


def check(
    tables: Mapping[str, tuple[TableSchema, Table]],
) -> tuple[list[Issue], dict[str, Typed]]:
    """Check every table against its schema; give the typed values, as far as they can be read."""
    issues: list[Issue] = []
    typed: dict[str, Typed] = {}
    for name, (schema, table) in tables.items():
        typed[name], found = _read(name, schema, table)
        issues += found
    unread = {(i.resource, i.row, i.column) for i in issues}
    for name, each in typed.items():
        issues += [
            issue
            for issue in dict.fromkeys(_pandera(name, each, typed))
            if (issue.resource, issue.row, issue.column) not in unread
        ]
    return issues, typed


def examples(name: str, schema: TableSchema) -> Iterator[Issue]:
    """Check every field's example against the field's own type and constraints."""
    alone = TableSchema(schema.fields, (), (), (), frozenset())
    header = Row(1, schema.names)
    example = Row(2, tuple(field.example for field in schema.fields))
    typed, issues = _read(name, alone, Table(header, (example,)))
    issues += _pandera(name, typed, {})
    for issue in issues:
        if issue.value:
            message = f"The example {issue.message} Correct it in the schema."
            yield Issue(Code.EXAMPLE, name, None, issue.column, issue.value, message)


def _read(name: str, schema: TableSchema, table: Table) -> tuple[Typed, list[Issue]]:
    issues: list[Issue] = []
    values: dict[str, list[Any]] = {}
    for at, column in enumerate(table.header.cells):
        field = schema.field(column)
        values[column] = []
        for row in table.records:
            cell = row.cells[at]
            value: Any = None
            if cell not in schema.missing_values:
                try:
                    value = field.read(cell) if field else cell
                except ValueError as error:
                    issues.append(Issue(Code.TYPE, name, row.line, column, cell, f"{error}."))
            values[column].append(value)
    return Typed(table, schema, values), issues


def _pandera(name: str, typed: Typed, all_typed: Mapping[str, Typed]) -> Iterator[Issue]:
    """Give pandera's verdict on one table as issues."""
    targets, faults = _targets(name, typed, all_typed)
    yield from faults
    with PANDERA:
        from pandera import errors
    try:
        compile_pandas(name, typed.schema, targets).validate(_frame(typed), lazy=True)
    except errors.SchemaErrors as found:
        for error in found.schema_errors:
            yield from _issues(name, typed, error, errors.SchemaErrorReason)


def _targets(
    name: str, typed: Typed, all_typed: Mapping[str, Typed]
) -> tuple[Targets, list[Issue]]:
    """Give the look-up of foreign keys among the package's own tables, and the keys without one.

    A target that an earlier stage found broken has its issue already; its key is left unchecked.
    """
    faults = []
    for key in typed.schema.foreign_keys:
        target = all_typed.get(key.resource or name)
        schema_names = target.schema.names if target else ()
        if target is None or not set(key.reference_fields) <= set(schema_names):
            columns = ", ".join(key.fields)
            wanted = f"{', '.join(key.reference_fields)} of {key.resource}"
            message = f"refers to {wanted}, which is not there to be checked: mend that first."
            faults.append(Issue(Code.FOREIGN_KEYS, name, None, columns, None, message))

    def targets(key: ForeignKey) -> frozenset[tuple[Any, ...]] | None:
        values = all_typed[key.resource].values if key.resource in all_typed else {}
        if not set(key.reference_fields) <= set(values):
            return None
        return frozenset(zip(*(values[each] for each in key.reference_fields), strict=True))

    return targets, faults


def _frame(typed: Typed) -> Any:
    """Build the frame that pandera judges; a closed list is widened to hold what it should not."""
    import pandas as pd

    def dtype(field: Field | None, values: list[Any]) -> Any:
        if field is None:
            return pd.StringDtype()
        if field.categories:
            seen = dict.fromkeys((*field.categories, *(v for v in values if v is not None)))
            return pd.CategoricalDtype(pd.Index(list(seen), dtype="string"))
        return pandas_dtype(field)

    return pd.DataFrame(
        {
            name: pd.array(values, dtype=dtype(typed.schema.field(name), values))
            for name, values in typed.values.items()
        }
    )


def _issues(name: str, typed: Typed, error: Any, reason: Any) -> Iterator[Issue]:
    if error.reason_code == reason.WRONG_DATATYPE:
        return  # the frame was built to type: only a widened closed list differs, and enum tells
    if error.reason_code in {
        reason.COLUMN_NOT_IN_SCHEMA,
        reason.COLUMN_NOT_IN_DATAFRAME,
        reason.COLUMN_NOT_ORDERED,
    }:
        wanted = ", ".join(typed.schema.names)
        message = f"The header must be, in this order: {wanted}."
        yield Issue(Code.COLUMNS, name, 1, str(error.failure_cases), None, message)
        return
    code, columns, message = _rule(typed.schema, error)
    if error.reason_code == reason.CHECK_ERROR:
        if set(columns) <= set(typed.values):
            raise error
        return  # a key over a column that is not there: the missing column has its issue
    for at in sorted({int(index) for index in error.failure_cases["index"]}):
        row = typed.table.records[at]
        cells = [row.cells[typed.table.header.cells.index(column)] for column in columns]
        yield Issue(code, name, row.line, ", ".join(columns), ", ".join(cells), f"{message}.")


def _rule(schema: TableSchema, error: Any) -> tuple[Code, tuple[str, ...], str]:
    """Name the code, the columns and the words of a pandera failure."""
    if error.check == "not_nullable":
        column = str(error.schema.name)
        field = schema.field(column)
        required = field is not None and field.constraints.get("required")
        code = Code.REQUIRED if required else Code.PRIMARY_KEY
        return code, (column,), "is missing: fill the cell"
    columns = error.check.statistics["columns"]
    return _KEYWORDS[error.check.name], columns, str(error.check.error)
