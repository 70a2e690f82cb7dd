"""The values that foreign keys may take, read from the tables that they refer to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import CsvError, DataError, UnsupportedSchemaError
from ..names import unknown
from ..tableschema.constraints import Targets
from ..tableschema.model import ForeignKey, TableSchema
from .columns import parse_column
from .csv_reading import read_table
from .descriptor import DESCRIPTOR, Package


def foreign_key_targets(
    name: str, schema: TableSchema, package: Package | None, packages: Mapping[str, Package]
) -> Targets:
    """Return the function that reads the values that a foreign key may take.

    Args:
        name: Name of the schema, for errors.
        schema: The schema with the foreign keys.
        package: The package of the schema, or None.
        packages: Other packages that foreign keys may refer to, by name.

    Raises:
        UnsupportedSchemaError: A foreign key of the table to itself compares different types.
    """
    for key in schema.foreign_keys:
        if not key.resource:
            check_reference(name, key, schema, schema)

    def targets(key: ForeignKey) -> frozenset[tuple[Any, ...]]:
        home = packages.get(key.package) if key.package else package
        if home is None and key.package:
            raise UnsupportedSchemaError(
                f"{name}: foreignKeys refer to the package {key.package!r}, but only "
                f"{', '.join(map(repr, packages)) or 'the same package'} can be referred to."
            )
        if home is None:
            raise UnsupportedSchemaError(
                f"{name}: foreignKeys refer to the resource {key.resource!r}: give the path of "
                f"the whole {DESCRIPTOR} as the schema, or add the package to the reference."
            )
        return _read_targets(name, key, schema, home)

    return targets


def _read_targets(
    name: str, key: ForeignKey, schema: TableSchema, package: Package
) -> frozenset[tuple[Any, ...]]:
    """Read the values of the columns that a key refers to; rows with a missing one are left out."""
    resource = package.resource(key.resource)
    target = package.schema(resource)
    check_reference(name, key, schema, target)
    data = package.data(resource) if resource.hash else package.storage.read(resource.path)
    try:
        table = read_table(data, resource.dialect)
    except CsvError as error:
        raise DataError(f"{resource.path}:{error.line}: {error}.") from error
    columns = []
    for column in key.reference_fields:
        field = target.field(column)
        if field is None or column not in table.header.cells:
            raise DataError(f"{resource.path}: the column {column!r} is missing: add it.")
        at = table.header.cells.index(column)
        missing = target.missing(field)
        columns.append(parse_column(table.records, at, field, missing, resource.path))
    return referenced_values(columns)


def referenced_values(columns: Iterable[Sequence[Any]]) -> frozenset[tuple[Any, ...]]:
    """Return the values that the typed columns of a table allow; rows with a missing one do not."""
    return frozenset(row for row in zip(*columns, strict=True) if None not in row)


def check_reference(name: str, key: ForeignKey, schema: TableSchema, target: TableSchema) -> None:
    """Check that a foreign key refers to columns that exist and can have equal values.

    Raises:
        UnknownNameError: The target has no such column.
        UnsupportedSchemaError: The columns have different types.
    """
    for column in key.reference_fields:
        if column not in target.names:
            raise unknown(f"column of {key.resource or name}", column, target.names)
    for column, other in zip(key.fields, key.reference_fields, strict=True):
        field, reference = schema.field(column), target.field(other)
        if field and reference and field.type != reference.type:
            raise UnsupportedSchemaError(
                f"{name}: foreignKeys refer from {column!r}, of type {field.type}, to {other!r}, "
                f"of type {reference.type}: change one of the types."
            )
