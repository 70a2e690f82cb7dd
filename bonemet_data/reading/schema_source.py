"""Read the schema that a user passes: a Table Schema, or a resource of a data package."""

from collections.abc import Mapping
from itertools import takewhile
from os import PathLike
from pathlib import Path, PurePath
from typing import Any, NamedTuple, TypeAlias

from ..errors import PackageError, UnknownNameError, UnsupportedSchemaError
from ..package.descriptor import DESCRIPTOR, Package, open_package, parse_resource
from ..package.dialect import DEFAULT, PROPERTIES, Dialect
from ..package.json_reading import read_json
from ..package.resource import Resource, is_remote
from ..tableschema.constraints import Targets
from ..tableschema.model import TableSchema
from ..tableschema.parser import parse_table_schema
from ..tableschema.references import OnInvalid
from .foreign_keys import foreign_key_targets
from .null_sequences import with_null_sequence

SchemaSource: TypeAlias = str | PathLike[str] | Mapping[str, Any]
"""A Table Schema as an object, or the path of a Table Schema or of a `datapackage.json`."""


class UserSchema(NamedTuple):
    """A schema that a user passed.

    Attributes:
        name: Name of the schema in error messages.
        schema: The Table Schema.
        targets: Function that returns the values that a foreign key may have.
        resource: Resource of the data package; None for a Table Schema.
        dialect: Table Dialect of the resource.
        package: The data package; None for a Table Schema.
    """

    name: str
    schema: TableSchema
    targets: Targets
    resource: Resource | None = None
    dialect: Dialect = DEFAULT
    package: Package | None = None


def read_user_schema(
    source: SchemaSource,
    packages: Mapping[str, Package],
    resource: str | None = None,
    file: str | None = None,
    on_invalid: OnInvalid | None = None,
) -> UserSchema:
    """Read the schema that a user passes.

    Args:
        source: The schema.
        packages: Packages that foreign keys may refer to, by name.
        resource: Name of the resource of a data package; None for the resource with the path of
            the data, or the only resource.
        file: Path of the data, or None.
        on_invalid: See `foreign_key_targets`.

    Raises:
        PackageError: A file cannot be read.
        UnsupportedSchemaError: The schema is not valid, or uses a feature that is not implemented.
        UnknownNameError: There is no such resource, or the choice is ambiguous.
    """
    package, chosen, dialect = None, None, DEFAULT
    if _is_package(source):
        package, name = open_package(str(source)), str(source)
        document: Mapping[str, Any] = {}
    else:
        document, name = _document(source)
        if "resources" in document:
            raise UnsupportedSchemaError(
                f"The schema is a data package: pass the path of its {DESCRIPTOR}."
            )
    if package is not None:
        chosen = _choose(package, name, resource, file)
        document, name = package.schema_document(chosen), f"{name}: {chosen.label}"
        dialect, problems = package.dialect(chosen)
        for problem in problems:
            unknown_property = problem.path.rpartition(".")[2] not in PROPERTIES
            if problem.severity == "error" or unknown_property:
                raise UnsupportedSchemaError(f"{name}: {problem}.")
    schema = with_null_sequence(parse_table_schema(document, name), dialect)
    targets = foreign_key_targets(name, schema, package, packages, on_invalid)
    return UserSchema(name, schema, targets, chosen, dialect, package)


def _is_package(source: SchemaSource) -> bool:
    """Return whether a schema is the path of a data package."""
    if not isinstance(source, str | PathLike):
        return False
    path = Path(source)
    return path.name == DESCRIPTOR or path.suffix.lower() == ".zip" or is_remote(str(source))


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
    if file is not None:
        tails: dict[int, list[int]] = {}
        for each, _ in package.read_resources():
            if each is not None:
                length = max((_tail(file, path) for path in each.paths), default=0)
                tails.setdefault(length, []).append(each.number)
        longest = max(tails, default=0)
        if longest and len(best := tails[longest]) == 1:
            return parse_resource(package.descriptor["resources"][best[0]], best[0])
    if len(package.descriptor["resources"]) == 1:
        return parse_resource(package.descriptor["resources"][0])
    raise UnknownNameError(
        f"{name} has the resources {', '.join(package.names)}: pass the one that describes "
        "the data as `resource`."
    )


def _tail(file: str, path: str) -> int:
    """Return the number of parts, from the end, in which two paths agree."""
    parts = zip(reversed(PurePath(file).parts), reversed(PurePath(path).parts), strict=False)
    return len([*takewhile(lambda pair: pair[0] == pair[1], parts)])
