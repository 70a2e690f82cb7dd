"""A table as text: the rows of a CSV file, with the line on which each begins."""

import csv
import io
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import BonemetError, UnsupportedSchemaError
from ..tableschema.model import TableSchema
from .descriptor import Package, Resource

LONGEST_CELL = 131_072
"""Characters in a cell: the limit of Python's csv module, which other libraries may have lifted."""

_DIALECT = {"$schema", "delimiter", "lineTerminator", "quoteChar", "doubleQuote", "header"}


class TableError(BonemetError):
    """A file is not a CSV table.

    Args:
        message: what is wrong.
        line: the line of the file, from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class EncodingError(TableError):
    """A file is not UTF-8."""


class Row(NamedTuple):
    """One record: the line of the file on which it begins (the header's is 1), and its cells."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """The header and the rows of a CSV file, as text; a blank line is a row without cells."""

    header: Row
    rows: tuple[Row, ...]

    @property
    def records(self) -> tuple[Row, ...]:
        """The rows that are not blank, each with just a cell for each column."""
        width = len(self.header.cells)
        full = (
            Row(row.line, (row.cells + ("",) * width)[:width]) for row in self.rows if row.cells
        )
        return tuple(full)


def read_table(data: bytes, dialect: Mapping[str, Any]) -> Table:
    """Read a CSV file.

    Args:
        data: the file, in UTF-8; a byte order mark is passed over.
        dialect: its Table Dialect.

    Raises:
        EncodingError: it is not UTF-8.
        TableError: it is empty, has a cell longer than `LONGEST_CELL`, or breaks CSV's quoting.
        UnsupportedSchemaError: the dialect asks for something that is not implemented.
    """
    options = csv_options(dialect)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8: save the file as UTF-8",
            line,
        ) from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True, **options)
    rows = []
    line = 1
    try:
        for cells in lines:
            if cells and len(max(cells, key=len)) > LONGEST_CELL:
                message = f"a cell has more than {LONGEST_CELL} characters: look for a lost quote"
                raise TableError(message, line)
            rows.append(Row(line, tuple(cells)))
            line = lines.line_num + 1
    except csv.Error as error:
        raise TableError(f"this is not CSV: {error}", line) from error
    if not rows or not rows[0].cells:
        raise TableError("there is no header: the first line must name the columns", 1)
    return Table(rows[0], tuple(rows[1:]))


def csv_options(dialect: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a Table Dialect into options for Python's csv module, refusing what it lacks.

    Example:
        >>> csv_options({"delimiter": ";"})
        {'delimiter': ';', 'quotechar': '"', 'doublequote': True}
    """
    for keyword in dialect:
        if keyword not in _DIALECT and ":" not in keyword:
            raise UnsupportedSchemaError(f"The dialect's {keyword!r} is not implemented.")
    delimiter, quote = dialect.get("delimiter", ","), dialect.get("quoteChar", '"')
    if not all(isinstance(char, str) and len(char) == 1 for char in (delimiter, quote)):
        raise UnsupportedSchemaError("The dialect's delimiter and quoteChar must be one character.")
    if dialect.get("lineTerminator", "\n") not in ("\n", "\r\n"):
        raise UnsupportedSchemaError("The dialect's lineTerminator must be a line feed or CRLF.")
    if dialect.get("header", True) is not True or dialect.get("doubleQuote", True) is not True:
        raise UnsupportedSchemaError("The dialect's header and doubleQuote must be true.")
    return {"delimiter": delimiter, "quotechar": quote, "doublequote": True}


def typed_columns(table: Table, schema: TableSchema) -> dict[str, list[Any]]:
    """Read every cell of a table that is known to be valid.

    Args:
        table: the text.
        schema: the types.

    Returns:
        For each column, in order, its values; None is missing.

    Raises:
        BonemetError: the table does not fit the schema.
    """
    if table.header.cells != schema.names or table.records != table.rows:
        raise BonemetError("The table does not have its schema's columns: run validate to see.")
    columns: dict[str, list[Any]] = {}
    for at, field in enumerate(schema.fields):
        try:
            columns[field.name] = [
                None if cell in schema.missing_values else field.read(cell)
                for cell in (row.cells[at] for row in table.rows)
            ]
        except ValueError as error:
            raise BonemetError(f"A cell of {field.name} {error}: run validate to see.") from error
    return columns


def read_columns(package: Package, resource: Resource) -> tuple[TableSchema, dict[str, list[Any]]]:
    """Read a resource that its package vouches for: its schema, and its typed columns.

    Raises:
        IntegrityError: the data are not those that the descriptor vouches for.
    """
    schema = package.schema(resource)
    table = read_table(package.data(resource), resource.dialect)
    return schema, typed_columns(table, schema)
