"""Parse the cells of tables to typed columns."""

from collections.abc import Collection
from typing import Any

from ..errors import DataError
from ..tableschema.model import Field, TableSchema
from .csv_tables import Row, Table, read_table
from .descriptor import Package
from .resource import Resource


def read_columns(package: Package, resource: Resource) -> tuple[TableSchema, dict[str, list[Any]]]:
    """Return the schema and the typed columns of a resource, after verifying its checksum.

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
        schema: Schema of the table.
        path: Path of the file in error messages.

    Returns:
        The values of the columns, by name; None is a missing value.

    Raises:
        DataError: The table does not conform to the schema.
    """
    if table.header.cells != schema.names or table.records != table.rows:
        raise DataError(
            f"{path} does not have the columns of its schema, or has records of another length: "
            "run `bonemet-data validate` on the package."
        )
    return {
        field.name: parse_column(table.rows, index, field, schema.missing(field), path)
        for index, field in enumerate(schema.fields)
    }


def parse_column(
    rows: Collection[Row], index: int, field: Field, missing: Collection[str], path: str
) -> list[Any]:
    """Parse the cells of one column.

    Args:
        rows: The rows of the table.
        index: Index of the column.
        field: Field of the column.
        missing: Texts that represent a missing value.
        path: Path of the file in error messages.

    Raises:
        DataError: A cell cannot be parsed; the message contains its file and line.
    """
    values = []
    for line, cells in rows:
        try:
            values.append(None if cells[index] in missing else field.parse(cells[index]))
        except ValueError as error:
            raise DataError(
                f"{path}:{line}: {field.name}: {cells[index]!r} {error}. Correct the cell; "
                "`bonemet-data validate` lists all invalid cells."
            ) from error
    return values
