"""Stage 4, continued: the functional dependencies that schemas declare.

A schema declares them under `bonemet:functionalDependencies`, as a list of objects with the lists
`determinant` and `dependent` of its fields. With a `reference`, an object with `resource` and the
same two lists, rows are compared with those of another resource.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..package.descriptor import DESCRIPTOR, Package
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from ..tableschema.model import TableSchema
from .location import location
from .profile import ResourceEntry
from .typed_tables import Tables, TypedTable

ANNOTATION = "bonemet:functionalDependencies"
"""Property of a schema that lists its functional dependencies."""

_KEYWORDS = {"determinant", "dependent"}


@dataclass(frozen=True, slots=True)
class Dependency:
    """Columns of a table whose values follow from those of other columns.

    Attributes:
        determinant: The columns that determine.
        dependent: The columns that are determined.
        resource: The resource of the table; "" for the table with the declaration.
    """

    determinant: tuple[str, ...]
    dependent: tuple[str, ...]
    resource: str = ""

    def rows(self, table: TypedTable) -> Iterator[tuple[int, tuple[Any, ...], tuple[Any, ...]]]:
        """Iterate over the line, the determinant and the dependent values of each row."""
        lines = (record.line for record in table.records)
        keys = zip(*map(table.column, self.determinant), strict=True)
        values = zip(*map(table.column, self.dependent), strict=True)
        return zip(lines, keys, values, strict=True)

    def readable(self, tables: Tables, name: str) -> bool:
        """Return whether the table can be read and has the columns."""
        return name in tables and {*self.determinant, *self.dependent} <= {*tables[name].names}


def needed(resources: Iterable[ResourceEntry]) -> set[str]:
    """Return the names of the tables that declare dependencies or that these refer to."""
    names = set()
    for entry in resources:
        for declared in _declared(entry.schema):
            names.add(entry.name)
            reference = declared.get("reference") if isinstance(declared, dict) else None
            if isinstance(reference, dict):
                names.add(str(reference.get("resource")))
    return names


def _declared(schema: TableSchema | None) -> list[Any]:
    if schema is None:
        return []
    declared = schema.annotations.get(ANNOTATION, [])
    return declared if isinstance(declared, list) else [declared]


def check(
    package: Package, resources: Mapping[str, ResourceEntry], tables: Tables
) -> Iterator[Finding]:
    """Check the functional dependencies of every table.

    Args:
        package: The package.
        resources: Its resources that can be read, by name.
        tables: The tables whose file can be read.
    """
    for name, resource in resources.items():
        for at, entry in enumerate(_declared(resource.schema)):
            path = resource.resource.schema
            place = location(package, name, path if isinstance(path, str) else DESCRIPTOR)
            column = f"{ANNOTATION}[{at}]"
            try:
                own, reference = _parse(entry, resource, resources, package.names)
            except ValueError as error:
                yield place.error(Rule.FUNCTIONAL_DEPENDENCY, str(error), column=column)
                continue
            if reference and not reference.readable(tables, reference.resource):
                message = f"cannot be checked, since {reference.resource} cannot be read"
                yield place.not_checked(Rule.FUNCTIONAL_DEPENDENCY, message, column=column)
            elif own.readable(tables, name):  # otherwise that has been reported
                yield from _compare(tables[name], own, tables, reference)


def _parse(
    entry: object,
    resource: ResourceEntry,
    resources: Mapping[str, ResourceEntry],
    names: Collection[str],
) -> tuple[Dependency, Dependency | None]:
    """Parse a declaration and its reference; raise ValueError with the message of the finding."""
    if not isinstance(entry, dict) or not _KEYWORDS <= {*entry} <= {*_KEYWORDS, "reference"}:
        raise ValueError("must be an object with determinant, dependent and perhaps reference")
    own = _dependency(entry, _names(resource))
    if "reference" not in entry:
        return own, None
    reference = entry["reference"]
    if not isinstance(reference, dict) or {*reference} != {*_KEYWORDS, "resource"}:
        raise ValueError("the reference must have a resource, a determinant and a dependent")
    name = reference["resource"]
    if not isinstance(name, str) or name not in names:
        raise ValueError(f"refers to the resource {name!r}, which does not exist: correct it")
    target = _dependency(reference, _names(resources.get(name)))
    if any(len(getattr(own, each)) != len(getattr(target, each)) for each in _KEYWORDS):
        raise ValueError("the lists of the reference must be as long as those of the dependency")
    return own, replace(target, resource=name)


def _names(resource: ResourceEntry | None) -> tuple[str, ...] | None:
    schema = resource.schema if resource else None
    return schema.names if schema else None


def _dependency(entry: Mapping[str, Any], known: Collection[str] | None) -> Dependency:
    """Parse the two lists of fields; `known` are the fields of the schema, if it can be read."""
    for keyword in sorted(_KEYWORDS):
        columns = entry[keyword]
        if not isinstance(columns, list) or not columns:
            raise ValueError(f"{keyword} must list at least one field")
        for column in columns:
            if not isinstance(column, str) or (known is not None and column not in known):
                raise ValueError(
                    f"{keyword} lists {column!r}, which is not a field: correct the name"
                )
    return Dependency(tuple(entry["determinant"]), tuple(entry["dependent"]))


def _compare(
    table: TypedTable, own: Dependency, tables: Tables, reference: Dependency | None
) -> Iterator[Finding]:
    """Compare each row with the first row that has the same determinant.

    In one table it is not known which row is right: rows that differ from the first row in the
    same way are reported once.
    """
    first: dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]] = {}
    if reference:
        for line, key, values in reference.rows(tables[reference.resource]):
            first.setdefault(key, (line, values))
    where = f"{reference.resource} " if reference else ""
    reported: set[tuple[Any, ...]] = set()
    for row, (line, key, values) in enumerate(own.rows(table), 1):
        if None in key:
            continue
        other = first.get(key) if reference else first.setdefault(key, (line, values))
        if other is None or other[1] == values or (key, values) in reported:
            continue
        if not reference:
            reported.add((key, values))
        for column, value, expected in zip(own.dependent, values, other[1], strict=True):
            if value != expected:
                text = "missing" if expected is None else repr(str(expected))
                message = (
                    f"differs from {where}line {other[0]}, where it is {text} for the same "
                    f"{', '.join(own.determinant)}: correct one"
                )
                cell = None if value is None else str(value)
                yield table.error(Rule.FUNCTIONAL_DEPENDENCY, row, column, cell, message)
