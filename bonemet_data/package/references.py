"""Schemas of a user's own: from a file, an object or a Data Package, with what they refer to."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path, PurePath
from typing import Any, NamedTuple, TypeAlias

from ..errors import PackageError, UnknownNameError, UnsupportedSchemaError
from ..names import unknown
from ..tableschema.constraints import Targets
from ..tableschema.model import ForeignKey, TableSchema, read_table_schema
from .csv_reading import read_table, typed_columns
from .descriptor import DESCRIPTOR, Package, open_package
from .storage import read_json

PUBLISHED = "bonemet-data"
"""The name by which a foreign key refers to this package."""

Source: TypeAlias = str | PathLike[str] | Mapping[str, Any]
"""A Table Schema or a Data Package descriptor, as an object or a file's path."""


class UserSchema(NamedTuple):
    """A user's Table Schema, what its foreign keys may take, and the separator of its data."""

    name: str
    schema: TableSchema
    targets: Targets
    separator: str | None


def read_user_schema(
    source: Source, published: Package, resource: str | None = None, file: str | None = None
) -> UserSchema:
    """Read a Table Schema, and open the package that it is part of.

    Args:
        source: the schema, or the descriptor of a Data Package that holds it.
        published: the package that foreign keys to "bonemet-data" refer to.
        resource: which resource of a Data Package; the one with the data's file name if None.
        file: the name of the data, if they have one.

    Raises:
        PackageError: a file cannot be read.
        UnsupportedSchemaError: a keyword or type is not implemented.
        UnknownNameError: there is no such resource.
    """
    document, name, package, separator = _read(source, resource, file)
    schema = read_table_schema(document, name, checking=True)
    for key in schema.foreign_keys:
        if not key.resource:
            _confirm_types(name, key, schema, schema)
    return UserSchema(name, schema, _targets(published, package, name, schema), separator)


def _read(
    source: Source, resource: str | None, file: str | None
) -> tuple[Mapping[str, Any], str, Package | None, str | None]:
    if not isinstance(source, str | PathLike | Mapping):
        raise UnsupportedSchemaError(
            f"A {type(source).__name__} is no schema: give the content of one, or a file's path."
        )
    if isinstance(source, Mapping):
        document, name, path = source, "the schema", None
    else:
        path = Path(source)
        name = str(path)
        try:
            document = read_json(path.read_bytes(), name)
        except OSError as error:
            raise PackageError(f"{path} cannot be read: {error.strerror}.") from error
    if "resources" not in document:
        return document, name, None, None
    if path is None or path.name != DESCRIPTOR:
        raise UnsupportedSchemaError(
            f"A Data Package must be given as the path of its {DESCRIPTOR}, beside its files."
        )
    package = open_package(path)
    names = {each.name: each for each in package.resources}
    if resource is None:
        fitting = [n for n, each in names.items() if file and PurePath(each.path).name == file]
        if len(fitting) != 1 and len(names) != 1:
            raise UnknownNameError(
                f"{name} describes {', '.join(names)}: say which one the data are (resource)."
            )
        resource = fitting[0] if len(fitting) == 1 else next(iter(names))
    chosen = package.resource(resource)
    separator = chosen.dialect.get("delimiter")
    return package.schema_document(chosen), f"{name}: {resource}", package, separator


def _confirm_types(name: str, key: ForeignKey, own: TableSchema, other: TableSchema) -> None:
    """Refuse a foreign key between columns whose values could never be equal."""
    for column, target in zip(key.fields, key.reference_fields, strict=True):
        types = [schema.field(each) for schema, each in ((own, column), (other, target))]
        mine, theirs = (field.type if field else "" for field in types)
        if mine != theirs:
            raise UnsupportedSchemaError(
                f"{name}: foreignKeys refer from {column}, of type {mine}, to {target}, of type "
                f"{theirs}: give both one type."
            )


def _targets(published: Package, package: Package | None, name: str, own: TableSchema) -> Targets:
    def targets(key: ForeignKey) -> frozenset[tuple[Any, ...]]:
        if key.package not in {"", PUBLISHED}:
            raise UnsupportedSchemaError(
                f"{name}: foreignKeys refer to the package {key.package!r}; "
                f"only {PUBLISHED!r} is implemented."
            )
        home = published if key.package else package
        if home is None:
            raise UnsupportedSchemaError(
                f"{name}: foreignKeys refer to the resource {key.resource!r}; "
                f"give the whole {DESCRIPTOR} as the schema, or name the reference's package."
            )
        resource = home.resource(key.resource)
        schema = home.schema(resource)
        for column in key.reference_fields:
            if column not in schema.names:
                raise unknown(f"column of {resource.name}", column, schema.names)
        _confirm_types(name, key, own, schema)
        data = home.data(resource) if resource.hash else home.store.read(resource.path)
        columns = typed_columns(read_table(data, resource.dialect), schema)
        rows = zip(*(columns[each] for each in key.reference_fields), strict=True)
        return frozenset(row for row in rows if None not in row)

    return targets
