"""Tables whose cells have been parsed, as far as they can be."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from ..errors import BonemetError
from ..package.csv_tables import Row, Table, read_table
from ..package.descriptor import Package
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from ..tableschema.model import TableSchema
from ..tableschema.types import Parser
from .profile import ResourceEntry

Tables: TypeAlias = Mapping[str, "TypedTable"]


class TypedTable:
    """A table and its typed columns, each of which is parsed when it is needed.

    Args:
        resource: The resource, with its schema.
        table: The text of the table.
    """

    def __init__(self, resource: ResourceEntry, table: Table) -> None:
        self.resource, self.table = resource, table
        self.schema = resource.schema or TableSchema(fields=())
        self.names = table.header.cells
        self._columns: dict[str, list[Any]] = {}
        self._texts: dict[str, list[str | None]] = {}

    @cached_property
    def records(self) -> tuple[Row, ...]:
        """The rows, each with one cell for each column."""
        return self.table.records

    def texts(self, name: str) -> list[str | None]:
        """Return the texts of a column; None is missing."""
        if name not in self._texts:
            field, at = self.schema.field(name), self.names.index(name)
            missing = self.schema.missing(field) if field else self.schema.missing_values
            cells = (row.cells[at] for row in self.records)
            self._texts[name] = [None if cell in missing else cell for cell in cells]
        return self._texts[name]

    def column(self, name: str) -> list[Any]:
        """Return the values of a column; None is missing, or cannot be parsed."""
        if name not in self._columns:
            field, texts = self.schema.field(name), self.texts(name)
            if field and (field.type != "string" or not field.plain):
                self._columns[name] = [_parsed(field.parse, text) for text in texts]
            else:
                self._columns[name] = texts
        return self._columns[name]

    def error(self, rule: Rule, row: int, column: str, value: str | None, message: str) -> Finding:
        """Return an error about a cell; `row` is the number of the record."""
        line = self.records[row - 1].line
        return self.resource.location.error(
            rule, message, line=line, row=row, column=column, value=value
        )


def read_typed_tables(package: Package, resources: Iterable[ResourceEntry]) -> Tables:
    """Read the tables of some resources, as far as they are CSV files in UTF-8."""
    tables = {}
    for resource in resources:
        try:
            data = package.storage.read(resource.resource.path)
            table = read_table(data, resource.resource.dialect)
        except BonemetError:  # reported by the stages before
            continue
        if len(set(table.header.cells)) == len(table.header.cells):
            tables[resource.name] = TypedTable(resource, table)
    return tables


def _parsed(parse: Parser, text: str | None) -> Any:
    try:
        return None if text is None else parse(text)
    except (ValueError, ArithmeticError):  # reported by the stage that checks the tables
        return None


class RequiredTables:
    """Tables that must exist, with every column that a rule reads.

    A rule runs as far as its tables can be read. What it asked for and is missing from the package
    is remembered, so that no rule passes because its table or column is gone.

    Args:
        tables: The tables that can be read.
        complete: Whether they are all the tables, so that a missing row is a fault.

    Attributes:
        requested: Every column that has been read, by resource.
    """

    def __init__(self, tables: Tables, *, complete: bool) -> None:
        self.tables, self.complete = tables, complete
        self.requested: dict[str, dict[str, None]] = {}

    def __getitem__(self, resource: str) -> TypedTable:
        return self.tables[resource]

    def rows(self, resource: str, *columns: str) -> list[tuple[Any, ...]]:
        """Return the number and the text of some cells of each record; None is a missing value.

        Nothing is returned if the table or a column is missing. Texts are the same whatever types
        a schema gives to the columns.
        """
        table = self._table(resource, columns)
        return _numbered(map(table.texts, columns)) if table else []

    def values(self, resource: str, *columns: str) -> list[tuple[Any, ...]]:
        """Return the number and some typed values of each record, like `rows`."""
        table = self._table(resource, columns)
        return _numbered(map(table.column, columns)) if table else []

    def _table(self, resource: str, columns: Iterable[str]) -> TypedTable | None:
        self.requested.setdefault(resource, {}).update(dict.fromkeys(columns))
        table = self.tables.get(resource)
        return table if table and {*columns} <= {*table.names} else None

    def names(self, resource: str) -> tuple[str, ...]:
        """Return the columns of a table; nothing if it cannot be read."""
        return self.tables[resource].names if resource in self.tables else ()

    def enum(self, resource: str, column: str) -> tuple[Any, ...]:
        """Return the allowed values of a column; nothing if the schema does not limit them."""
        table = self._table(resource, (column,))
        field = table.schema.field(column) if table else None
        return tuple(field.constraints.get("enum", ())) if field else ()


def _numbered(columns: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    values = list(columns)
    return list(zip(range(1, len(values[0]) + 1), *values, strict=True))
