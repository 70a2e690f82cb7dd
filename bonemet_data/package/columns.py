"""The typed columns of a table."""

from collections.abc import Collection
from typing import Any

from ..errors import DataError
from ..tableschema.model import Field, TableSchema
from .csv_reading import Row, Table, read_table
from .descriptor import Package, Resource


def read_columns(package: Package, resource: Resource) -> tuple[TableSchema, dict[str, list[Any]]]:
    """Read a resource after its checksum has been compared; return its schema and its columns.

    Raises:
        IntegrityError: The checksum differs from the descriptor.
        DataError: The table does not conform to its schema.
    """
    schema = package.schema(resource)
    table = read_table(package.data(resource), resource.dialect)
    return schema, typed_columns(table, schema, resource.path)


def typed_columns(table: Table, schema: TableSchema, path: str) -> dict[str, list[Any]]:
    """Parse every cell of a table.

    Args:
        table: The table.
        schema: Its schema, with the same columns in the same order.
        path: Path of the file, for errors.

    Returns:
        The values of each column; None is a missing value.

    Raises:
        DataError: The table does not conform to the schema.
    """
    if table.header.cells != schema.names or table.records != table.rows:
        raise DataError(
            f"{path} does not have the columns of its schema: run `bonemet-data validate`."
        )
    return {
        field.name: parse_column(table.rows, at, field, schema.missing(field), path)
        for at, field in enumerate(schema.fields)
    }


def parse_column(
    rows: Collection[Row], at: int, field: Field, missing: Collection[str], path: str
) -> list[Any]:
    """Parse the cells of one column.

    Args:
        rows: The rows of the table.
        at: Index of the column.
        field: Its field.
        missing: The texts that represent a missing value.
        path: Path of the file, for errors.

    Raises:
        DataError: A cell cannot be parsed; the message contains its file and line.
    """
    values = []
    for line, cells in rows:
        try:
            values.append(None if cells[at] in missing else field.parse(cells[at]))
        except ValueError as error:
            raise DataError(
                f"{path}:{line}: {field.name}: {cells[at]!r} {error}. Correct the cell; "
                "`bonemet-data validate` lists all such cells."
            ) from error
    return values
