"""Tables whose cells have been parsed, as far as they can be."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeAlias

from ..package.csv_reading import Row, Table
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .profile import TableResource

Tables: TypeAlias = Mapping[str, "TypedTable"]


class TypedTable:
    """A table and its typed columns, each of which is parsed when it is needed.

    Args:
        resource: The resource, with its schema.
        table: The text of the table.
    """

    def __init__(self, resource: TableResource, table: Table) -> None:
        self.resource, self.table = resource, table
        self.schema = resource.schema
        self.names = table.header.cells
        self._columns: dict[str, list[Any]] = {}

    @cached_property
    def records(self) -> tuple[Row, ...]:
        """The rows, each with one cell for each column."""
        return self.table.records

    def column(self, name: str) -> list[Any]:
        """Return the values of a column; None is missing, or cannot be parsed."""
        if name not in self._columns:
            field, at = self.schema.field(name), self.names.index(name)
            missing = self.schema.missing(field) if field else self.schema.missing_values
            parse = field.parse if field else str
            values: list[Any] = []
            for row in self.records:
                try:
                    values.append(None if row.cells[at] in missing else parse(row.cells[at]))
                except ValueError:
                    values.append(None)
            self._columns[name] = values
        return self._columns[name]

    def error(self, rule: Rule, row: int, column: str, value: str | None, message: str) -> Finding:
        """Return an error about a cell; `row` is the number of the record."""
        line = self.records[row - 1].line
        return self.resource.location.error(
            rule, message, line=line, row=row, column=column, value=value
        )


def rows(tables: Tables, resource: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return the number and some values of each record; nothing if a column is missing."""
    table = tables.get(resource)
    if table is None or not set(columns) <= set(table.names):
        return []
    numbers = range(1, len(table.records) + 1)
    return list(zip(numbers, *map(table.column, columns), strict=True))
