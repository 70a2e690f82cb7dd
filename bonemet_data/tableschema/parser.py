"""The parser of Table Schemas, versions 1 and 2. It accepts any JSON value, and lists its problems.

The standard allows further properties. They are no problem, unless they seem to be misspelled.
Source: https://datapackage.org/standard/table-schema/
"""

from collections.abc import Iterable, Mapping
from typing import Any

from .fields import make_parser, missing_values, read_field
from .model import ForeignKey, TableSchema
from .problems import Problem, Problems
from .spelling import check_spelling, printable, shown

__all__ = ["make_parser", "parse_table_schema", "read_table_schema"]

FIELDS_MATCH = ("exact", "equal", "subset", "superset", "partial")
_SCHEMA = ("fieldsMatch", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys")
_KNOWN = {"$schema", "fields", "name", "title", "description", *_SCHEMA}


def read_table_schema(document: object, name: str) -> tuple[TableSchema, tuple[Problem, ...]]:
    """Read a Table Schema, and list its problems.

    What cannot be used is left out: a field without a usable type becomes a field of the type
    `any`, and a constraint or key that cannot be used is dropped.

    Args:
        document: Table Schema, as parsed from JSON; any value.
        name: Name of the schema in messages, such as its path.

    Returns:
        The schema, and its problems in the order of the document.

    See Also:
        parse_table_schema: Read a schema without problems.

    Example:
        >>> fields = [{"name": "age", "type": "integer", "constraints": {"minimum": "x"}}]
        >>> schema, problems = read_table_schema({"fields": fields}, "schema")
        >>> schema.field("age").constraints
        {}
        >>> print(*problems)
        fields[0].constraints.minimum (age): 'x' is not an integer: correct or remove it
    """
    problems = Problems()
    if not isinstance(document, Mapping):
        problems.error(f"{name} must be a JSON object, but is {shown(document)}")
        return TableSchema(fields=()), tuple(problems.found)
    document = _printable(document, problems)
    check_spelling(document, _KNOWN, _SCHEMA, problems)
    repeated: set[str] = set()
    fields = tuple(_fields(document.get("fields"), repeated, problems.at("fields")))
    names = {field.name for field in fields}
    schema = TableSchema(
        fields=fields,
        primary_key=_primary_key(document, names, problems),
        unique_keys=tuple(_unique_keys(document, names, problems.at("uniqueKeys"))),
        foreign_keys=tuple(_foreign_keys(document, names, problems.at("foreignKeys"))),
        missing_values=frozenset({""})
        if "missingValues" not in document
        else missing_values(document["missingValues"], problems.at("missingValues")),
        annotations={
            key: value for key, value in document.items() if ":" in key or key == "$schema"
        },
        fields_match=_fields_match(document, problems.at("fieldsMatch")),
        repeated_names=frozenset(repeated),
    )
    return schema, tuple(problems.found)


def parse_table_schema(document: object, name: str) -> TableSchema:
    """Read a Table Schema that must not have problems.

    Args:
        document: Table Schema, as parsed from JSON.
        name: Name of the schema in messages, such as its path.

    Raises:
        UnsupportedSchemaError: The schema breaks the standard, uses a feature that is not
            supported, or has a property that seems to be misspelled. The message is about the
            first problem.

    See Also:
        read_table_schema: Read any schema, and list all of its problems.
    """
    schema, problems = read_table_schema(document, name)
    Problems(found=[*problems]).raise_first(name)
    return schema


def _printable(document: Mapping[str, Any], problems: Problems) -> Mapping[str, Any]:
    cleaned: Mapping[str, Any] = printable(document, problems)
    return cleaned


def _fields(entries: object, repeated: set[str], problems: Problems) -> Iterable[Any]:
    """Iterate over the fields of different names; the other names are added to `repeated`."""
    if not isinstance(entries, list) or not entries:
        problems.error("'fields' must be a list of at least one field")
        return
    names: set[str] = set()
    for index, entry in enumerate(entries):
        at = problems.at(index)
        if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
            at.error("a field must be an object with the string 'name'")
            continue
        field = read_field(entry, problems.at(index, entry["name"]))
        if field.name in names:  # version 1 allowed this, but no software can tell them apart
            at.not_checked(
                f"two fields are named {field.name!r}, and only the first is checked: rename one"
            )
            repeated.add(field.name)
            continue
        names.add(field.name)
        yield field


def _fields_match(document: Mapping[str, Any], problems: Problems) -> str:
    value = document.get("fieldsMatch", "exact")
    if isinstance(value, list) and len(value) == 1:  # the profile of version 2.0 wants a list
        value = value[0]
    if isinstance(value, str) and value in FIELDS_MATCH:
        return value
    problems.error(f"{shown(value)} is not one of: {', '.join(FIELDS_MATCH)}")
    return "exact"


def _primary_key(
    document: Mapping[str, Any], names: set[str], problems: Problems
) -> tuple[str, ...]:
    value = document.get("primaryKey", [])
    return () if value == [] else _columns(value, names, problems.at("primaryKey")) or ()


def _unique_keys(
    document: Mapping[str, Any], names: set[str], problems: Problems
) -> Iterable[tuple[str, ...]]:
    if "uniqueKeys" not in document:
        return
    keys = document["uniqueKeys"]
    if not isinstance(keys, list) or not keys:
        problems.error(f"must be a list of one or more keys, but is {shown(keys)}")
        return
    for index, key in enumerate(keys):
        if columns := _columns(key, names, problems.at(index)):
            yield columns


def _foreign_keys(
    document: Mapping[str, Any], names: set[str], problems: Problems
) -> Iterable[ForeignKey]:
    keys = document.get("foreignKeys", [])
    if not isinstance(keys, list):
        problems.error(f"must be a list of foreign keys, but is {shown(keys)}")
        return
    for index, key in enumerate(keys):
        at = problems.at(index)
        if isinstance(key, Mapping) and isinstance(key.get("reference"), Mapping):
            if found := _foreign_key(key, names, at):
                yield found
        else:
            at.error("a foreign key must be an object with 'fields' and 'reference'")


def _foreign_key(
    entry: Mapping[str, Any], names: set[str], problems: Problems
) -> ForeignKey | None:
    reference = entry["reference"]
    at = problems.at("reference")
    resource, package = (reference.get(key, "") for key in ("resource", "package"))
    for keyword, value in (("resource", resource), ("package", package)):
        if not isinstance(value, str):
            at.at(keyword).error(f"must be a string, but is {shown(value)}")
            return None
    if package and not resource:
        at.error(f"the reference to the package {package!r} has no resource: add 'resource'")
        return None
    fields = _columns(entry.get("fields"), names, problems.at("fields"))
    targets = _columns(reference.get("fields"), None if resource else names, at.at("fields"))
    if not fields or not targets:
        return None
    if len(fields) != len(targets):
        problems.error("'fields' and the fields of 'reference' must have the same length")
        return None
    return ForeignKey(fields, resource, targets, package)


def _columns(value: object, names: set[str] | None, problems: Problems) -> tuple[str, ...] | None:
    """Read one or more field names; `names` are the valid names, if known."""
    columns = [value] if isinstance(value, str) else value
    if (
        not isinstance(columns, list | tuple)
        or not columns
        or not all(isinstance(name, str) for name in columns)
        or (names is not None and not names.issuperset(columns))
    ):
        what = "names of fields" if names is None else "names of fields of the schema"
        problems.error(f"must be {what}, but is {shown(value)}")
        return None
    return tuple(columns)
