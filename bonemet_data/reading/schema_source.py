"""Read the schema that a user passes: a Table Schema, or a resource of a data package."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path, PurePath
from typing import Any, NamedTuple, TypeAlias

from ..errors import PackageError, UnknownNameError, UnsupportedSchemaError
from ..package.csv_reading import csv_reader
from ..package.descriptor import DESCRIPTOR, Package, open_package
from ..package.json_reading import read_json
from ..package.resource import Resource
from ..tableschema.constraints import Targets
from ..tableschema.model import TableSchema
from ..tableschema.parser import parse_table_schema
from .foreign_keys import foreign_key_targets

SchemaSource: TypeAlias = str | PathLike[str] | Mapping[str, Any]
"""A Table Schema as an object, or the path of a Table Schema or of a `datapackage.json`."""


class UserSchema(NamedTuple):
    """A schema that a user passed.

    Attributes:
        name: Name of the schema in error messages.
        schema: The Table Schema.
        targets: Function that returns the values that a foreign key may have.
        dialect: Table Dialect in the descriptor; {} without a descriptor.
    """

    name: str
    schema: TableSchema
    targets: Targets
    dialect: Mapping[str, Any]


def read_user_schema(
    source: SchemaSource,
    packages: Mapping[str, Package],
    resource: str | None = None,
    file: str | None = None,
) -> UserSchema:
    """Read the schema that a user passes.

    Args:
        source: The schema.
        packages: Packages that foreign keys may refer to, by name.
        resource: Name of the resource of a data package; None for the resource with the path of
            the data, or the only resource.
        file: Path of the data, or None.

    Raises:
        PackageError: A file cannot be read.
        UnsupportedSchemaError: The schema is not valid, or uses a feature that is not implemented.
        UnknownNameError: There is no such resource, or the choice is ambiguous.
    """
    document, name = _document(source)
    package, dialect = None, {}
    if "resources" in document:
        if isinstance(source, Mapping) or Path(source).name != DESCRIPTOR:
            raise UnsupportedSchemaError(
                f"The schema is a data package: pass the path of its {DESCRIPTOR}."
            )
        package = open_package(Path(source))
        chosen = _choose(package, name, resource, file)
        document, name, dialect = (
            package.schema_document(chosen),
            f"{name}: {chosen.name}",
            dict(chosen.dialect),
        )
        csv_reader(dialect)
    schema = parse_table_schema(document, name)
    targets = foreign_key_targets(name, schema, package, packages)
    return UserSchema(name, schema, targets, dialect)


def _document(source: SchemaSource) -> tuple[Mapping[str, Any], str]:
    if isinstance(source, Mapping):
        return source, "the schema"
    if not isinstance(source, str | PathLike):
        raise UnsupportedSchemaError(
            f"A {type(source).__name__} is not a schema: pass the schema as a dict, or as the path "
            "of a JSON file."
        )
    try:
        return read_json(Path(source).read_bytes(), str(source)), str(source)
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        reason = getattr(error, "strerror", None) or error
        raise PackageError(
            f"{source} cannot be read: {reason}. Pass the path of a JSON file."
        ) from error


def _choose(package: Package, name: str, resource: str | None, file: str | None) -> Resource:
    """Return the resource with a name, the resource of the data file, or the only resource."""
    if resource is not None:
        return package.resource(resource)
    entries = [entry for entry in package.descriptor["resources"] if isinstance(entry, dict)]
    paths = {
        str(entry.get("name")): PurePath(entry["path"])
        for entry in entries
        if isinstance(entry.get("path"), str)
    }
    if file is not None:
        data = PurePath(file)
        same = [key for key, path in paths.items() if path.name == data.name]
        exact = [key for key in same if data.parts[-len(paths[key].parts) :] == paths[key].parts]
        if len(chosen := exact if len(same) > 1 else same) == 1:
            return package.resource(chosen[0])
    if len(package.names) == 1:
        return package.resource(package.names[0])
    raise UnknownNameError(
        f"{name} has the resources {', '.join(package.names)}: pass the one that describes "
        "the data as `resource`."
    )
