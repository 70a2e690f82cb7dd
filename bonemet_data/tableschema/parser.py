"""The parser of Table Schemas. A property that is not implemented is an error.

Properties with a namespace, such as `qudt:unit`, are annotations, which are stored unchanged.
"""

from collections.abc import Collection, Container, Mapping
from typing import Any

from ..errors import UnsupportedSchemaError
from .model import Field, ForeignKey, TableSchema
from .patterns import check_pattern
from .types import FALSE_VALUES, TRUE_VALUES, TYPES, Parser

_SCHEMA = {"$schema", "fields", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys"}
_FIELD = {
    *("name", "type", "title", "description", "example"),
    *("rdfType", "constraints", "missingValues"),
}
_ANNOTATIONS = {"rdfType", "$schema"}
_DEFAULTS: Mapping[str, Any] = {
    "format": "default",
    "bareNumber": True,
    "decimalChar": ".",
    "trueValues": list(TRUE_VALUES),
    "falseValues": list(FALSE_VALUES),
}
_LIMITS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}


def parse_table_schema(document: Mapping[str, Any], name: str) -> TableSchema:
    """Parse a Table Schema descriptor.

    Args:
        document: Table Schema as a JSON object.
        name: Name of the schema in error messages, such as its path.

    Raises:
        UnsupportedSchemaError: A property, type or value is unknown or not supported.
    """
    _require_known(document, _SCHEMA, name)
    entries = document.get("fields")
    if not isinstance(entries, list) or not entries:
        raise UnsupportedSchemaError(f"{name}: 'fields' must be a list of at least one field.")
    fields = tuple(
        _field(entry, f"{name}: field {number}") for number, entry in enumerate(entries, 1)
    )
    names: set[str] = set()
    for field in fields:
        if field.name in names:
            raise UnsupportedSchemaError(
                f"{name}: two fields are named {field.name!r}: rename one."
            )
        names.add(field.name)
    primary_key = document.get("primaryKey", [])
    return TableSchema(
        fields=fields,
        primary_key=_columns(primary_key, f"{name}: primaryKey", names) if primary_key else (),
        unique_keys=tuple(
            _columns(key, f"{name}: uniqueKeys", names)
            for key in _list(document, "uniqueKeys", name)
        ),
        foreign_keys=tuple(
            _foreign_key(key, f"{name}: foreignKeys", names)
            for key in _list(document, "foreignKeys", name)
        ),
        missing_values=_missing_values(document.get("missingValues", [""]), name),
        annotations=_annotations(document),
    )


def make_parser(name: str, options: Mapping[str, Any], where: str) -> Parser:
    """Return the parser of a type in the format of a field.

    Args:
        name: Name of the type, such as "integer".
        options: Properties of the field that affect parsing and differ from their defaults.
        where: Location of the field in error messages.

    Raises:
        UnsupportedSchemaError: The value of an option is not supported.

    Example:
        >>> make_parser("integer", {}, "age")("75")
        75
        >>> make_parser("integer", {}, "age")("1_0")
        Traceback (most recent call last):
        ...
        ValueError: Is not an integer
    """
    parse = TYPES[name].parse
    if parse is not None and not options:
        return parse
    from .formats import format_parser  # not needed by the published tables

    return format_parser(name, options, where)


def _field(entry: object, where: str) -> Field:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise UnsupportedSchemaError(f"{where} must be an object with the string 'name'.")
    where = f"{where} ({entry['name']})"
    name = entry.get("type", "any")
    if not isinstance(name, str) or name not in TYPES:
        raise UnsupportedSchemaError(
            f"{where}: type {name!r} is not supported; use one of: {', '.join(TYPES)}."
        )
    options = TYPES[name].options
    for keyword in _DEFAULTS.keys() & entry.keys() - options:
        if entry[keyword] != _DEFAULTS[keyword]:
            raise UnsupportedSchemaError(
                f"{where}: {keyword} {entry[keyword]!r} is not supported for the type {name}: "
                "remove it."
            )
    _require_known(entry, _FIELD | options, where, _DEFAULTS)
    chosen = {
        key: entry[key]
        for key in sorted(options)
        if key in entry and entry[key] != _DEFAULTS.get(key)
    }
    parse = make_parser(name, chosen, where)
    return Field(
        name=entry["name"],
        type=name,
        title=str(entry.get("title", "")),
        description=str(entry.get("description", "")),
        example=str(entry.get("example", "")),
        constraints=_constraints(entry.get("constraints", {}), name, parse, where),
        annotations=_annotations(entry),
        options=chosen,
        missing_values=_missing_values(entry["missingValues"], where)
        if "missingValues" in entry
        else None,
        parse=parse,
    )


def _constraints(entry: object, name: str, parse: Parser, where: str) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise UnsupportedSchemaError(f"{where}: 'constraints' must be an object.")
    _require_known(entry, TYPES[name].constraints, f"{where}: constraints of a {name} field")
    return {
        keyword: _argument(keyword, argument, name, parse, where)
        for keyword, argument in entry.items()
    }


def _argument(keyword: str, argument: Any, name: str, parse: Parser, where: str) -> Any:
    """Return the argument of a constraint; limits are converted to typed values."""

    def value(limit: object) -> Any:
        if name == "boolean" and isinstance(limit, bool):
            return limit
        text = f"{limit:.17g}" if isinstance(limit, float) else str(limit)
        try:
            return parse(text)
        except ValueError as error:
            raise UnsupportedSchemaError(f"{where}: {keyword} {limit!r} {error}.") from error

    match keyword:
        case _ if keyword in _LIMITS:
            return value(argument)
        case "enum" if isinstance(argument, list) and argument:
            values = tuple(map(value, argument))
            if len(set(values)) < len(values):
                raise UnsupportedSchemaError(
                    f"{where}: enum contains a value twice: remove the duplicate."
                )
            return values
        case "required" | "unique" if isinstance(argument, bool):
            return argument
        case "minLength" | "maxLength" if type(argument) is int and argument >= 0:
            return argument
        case "pattern" if isinstance(argument, str):
            check_pattern(argument, where)
            return argument
    raise UnsupportedSchemaError(
        f"{where}: {argument!r} is not a valid value of {keyword}: correct or remove it."
    )


def _foreign_key(entry: Any, where: str, names: Container[str]) -> ForeignKey:
    if not isinstance(entry, dict) or not isinstance(entry.get("reference"), dict):
        raise UnsupportedSchemaError(
            f"{where}: a foreign key must be an object with 'fields' and 'reference'."
        )
    _require_known(entry, {"fields", "reference"}, where)
    reference = entry["reference"]
    _require_known(reference, {"resource", "fields", "package"}, f"{where}: reference")
    resource, package = (str(reference.get(key, "")) for key in ("resource", "package"))
    if package and not resource:
        raise UnsupportedSchemaError(
            f"{where}: the reference to the package {package!r} has no resource: add 'resource'."
        )
    key = ForeignKey(
        _columns(entry.get("fields"), where, names),
        resource,
        _columns(reference.get("fields"), where, None if resource else names),
        package,
    )
    if len(key.fields) != len(key.reference_fields):
        raise UnsupportedSchemaError(
            f"{where}: 'fields' and the fields of 'reference' must have the same length."
        )
    return key


def _columns(value: object, where: str, names: Container[str] | None) -> tuple[str, ...]:
    """Parse a list of one or more field names; `names` are the valid names, if known."""
    columns = (value,) if isinstance(value, str) else value
    if (
        not isinstance(columns, list | tuple)
        or not columns
        or not all(isinstance(name, str) for name in columns)
        or (names is not None and not all(name in names for name in columns))
    ):
        raise UnsupportedSchemaError(
            f"{where} must be names of fields of the schema, but is {value!r:.80}."
        )
    return tuple(columns)


def _list(document: Mapping[str, Any], keyword: str, name: str) -> list[Any]:
    value = document.get(keyword, [])
    if not isinstance(value, list):
        raise UnsupportedSchemaError(f"{name}: {keyword} must be a list.")
    return value


def _missing_values(values: object, where: str) -> frozenset[str]:
    if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
        raise UnsupportedSchemaError(f"{where}: 'missingValues' must be a list of strings.")
    return frozenset(values)


def _annotations(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the descriptive properties."""
    return {key: value for key, value in entry.items() if ":" in key or key in _ANNOTATIONS}


def _require_known(
    entry: Mapping[str, Any], known: Collection[str], where: str, ignored: Container[str] = ()
) -> None:
    for keyword in entry:
        if keyword not in known and keyword not in ignored and ":" not in keyword:
            raise UnsupportedSchemaError(
                f"{where}: {keyword!r} is not supported: remove it, correct its spelling "
                f"({', '.join(sorted(known))}), or add a namespace (my:{keyword})."
            )
