"""Table Schema: the strict reading of `schemas/*.json`.

Every keyword is either understood or refused; none is passed over. Namespaced keywords, such as
`qudt:unit`, are annotations and are kept as they stand.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import UnsupportedSchemaError
from .patterns import check_pattern
from .types import FALSE_VALUES, TRUE_VALUES, Reader, reader

_COMPARED = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
_ANY_TYPE = {"required", "unique", "enum"}
CONSTRAINTS_OF: Mapping[str, frozenset[str]] = {
    "string": frozenset(_ANY_TYPE | {"minLength", "maxLength", "pattern"}),
    "integer": frozenset(_ANY_TYPE | _COMPARED),
    "number": frozenset(_ANY_TYPE | _COMPARED),
    "year": frozenset(_ANY_TYPE | _COMPARED),
    "date": frozenset(_ANY_TYPE | _COMPARED),
    "boolean": frozenset({"required", "enum"}),
}
_CHECKED = {
    **CONSTRAINTS_OF,
    "time": frozenset(_ANY_TYPE | _COMPARED),
    "datetime": frozenset(_ANY_TYPE | _COMPARED),
    "yearmonth": frozenset(_ANY_TYPE | _COMPARED),
    "duration": frozenset(_ANY_TYPE),  # a month has no fixed length, so durations have no order
}
_SCHEMA = {"$schema", "fields", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys"}
_FIELD = {"name", "type", "format", "title", "description", "example", "rdfType", "constraints"}
_DESCRIBING = {"rdfType", "$schema"}
_BOOLEAN = {"trueValues", "falseValues"}
_ONLY_DEFAULTS: Mapping[str, Any] = {"format": "default", "bareNumber": True, "decimalChar": "."}


class Field(NamedTuple):
    """One column: its name, type, meaning and constraints, with limits as typed values.

    `spellings` are those of true and of false, where the column is boolean. `plain` tells that
    values are spelled in the type's default way. `missing` are the column's own missing values.
    """

    name: str
    type: str
    title: str
    description: str
    example: str
    constraints: Mapping[str, Any]
    annotations: Mapping[str, Any]
    spellings: tuple[tuple[str, ...], tuple[str, ...]] | None
    read: Reader
    plain: bool = True
    missing: frozenset[str] | None = None

    @property
    def categories(self) -> tuple[str, ...] | None:
        """The closed list of a string column, in the schema's order, or None."""
        enum = self.constraints.get("enum")
        return tuple(enum) if enum and self.type == "string" else None


class ForeignKey(NamedTuple):
    """Columns whose values must stand in columns of a target resource ("" is the table itself).

    `package` names the package of the resource, where it is another ("" is the table's own).
    """

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]
    package: str = ""


class TableSchema(NamedTuple):
    """The columns, keys and missing values of one resource."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    missing_values: frozenset[str]
    annotations: Mapping[str, Any] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field | None:
        """The column of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def missing(self, field: Field) -> frozenset[str]:
        """Give the texts that stand for a missing value in a column."""
        return self.missing_values if field.missing is None else field.missing


def read_table_schema(
    document: Mapping[str, Any], name: str, *, checking: bool = False
) -> TableSchema:
    """Read a Table Schema descriptor.

    Args:
        document: the JSON object.
        name: what to call it in an error, such as its path.
        checking: whether to read what only `check` supports: more types and spellings, a
            column's own missing values, foreign keys to other packages.

    Raises:
        UnsupportedSchemaError: a keyword, type or argument is unknown or not implemented.
    """
    _only(document, _SCHEMA, name)
    entries = document.get("fields")
    if not isinstance(entries, list) or not entries:
        raise UnsupportedSchemaError(f"{name}: 'fields' must list at least one field.")
    fields = tuple(
        _field(entry, f"{name}: field {at}", checking) for at, entry in enumerate(entries, 1)
    )
    names = [field.name for field in fields]
    for twice in {each for each in names if names.count(each) > 1}:
        raise UnsupportedSchemaError(f"{name}: two fields are named {twice!r}: rename one.")

    def columns(value: object, keyword: str, known: list[str] | None = names) -> tuple[str, ...]:
        chosen = (value,) if isinstance(value, str) else value
        if (
            not isinstance(chosen, list | tuple)
            or not chosen
            or not all(isinstance(each, str) for each in chosen)
            or (known is not None and not set(chosen) <= set(known))
        ):
            raise UnsupportedSchemaError(f"{name}: {keyword} must name fields of the schema.")
        return tuple(chosen)

    def listed(keyword: str) -> list[Any]:
        value = document.get(keyword, [])
        if not isinstance(value, list):
            raise UnsupportedSchemaError(f"{name}: {keyword} must be a list.")
        return value

    return TableSchema(
        fields=fields,
        primary_key=columns(document["primaryKey"], "primaryKey")
        if document.get("primaryKey", []) != []
        else (),
        unique_keys=tuple(columns(key, "uniqueKeys") for key in listed("uniqueKeys")),
        foreign_keys=tuple(
            _foreign_key(key, name, columns, checking) for key in listed("foreignKeys")
        ),
        missing_values=_missing(document.get("missingValues", [""]), name),
        annotations=_annotations(document),
    )


def _field(entry: object, where: str, checking: bool) -> Field:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise UnsupportedSchemaError(f"{where} must be an object with a name.")
    where = f"{where} ({entry['name']})"
    kind = entry.get("type", "any")
    types = _CHECKED if checking else CONSTRAINTS_OF
    if not isinstance(kind, str) or kind not in types:
        known = ", ".join(types)
        raise UnsupportedSchemaError(f"{where}: type {kind!r} is not implemented; use {known}.")
    options = _options(kind) if checking else frozenset()
    own_missing = {"missingValues"} if checking else set()
    known_here = _FIELD | own_missing | options
    _only(entry, known_here | (_BOOLEAN if kind == "boolean" else set(_ONLY_DEFAULTS)), where)
    for keyword, default in _ONLY_DEFAULTS.items():
        if keyword not in options and entry.get(keyword, default) != default:
            raise UnsupportedSchemaError(
                f"{where}: {keyword} {entry[keyword]!r} is not implemented; leave it out."
            )
    spellings = _spellings(entry, where) if kind == "boolean" else None
    chosen = {
        key: entry[key] for key in options & entry.keys() if entry[key] != _ONLY_DEFAULTS.get(key)
    }
    if spellings:
        read = reader(kind, *spellings)
    elif chosen or kind not in CONSTRAINTS_OF:
        from .formats import format_reader

        read = format_reader(kind, chosen, where)
    else:
        read = reader(kind)
    return Field(
        name=entry["name"],
        type=kind,
        title=str(entry.get("title", "")),
        description=str(entry.get("description", "")),
        example=str(entry.get("example", "")),
        constraints=_constraints(entry.get("constraints", {}), types[kind], kind, read, where),
        annotations=_annotations(entry),
        spellings=spellings,
        read=read,
        plain=not chosen,
        missing=_missing(entry["missingValues"], where) if "missingValues" in entry else None,
    )


def _missing(values: object, where: str) -> frozenset[str]:
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise UnsupportedSchemaError(f"{where}: 'missingValues' must be a list of strings.")
    return frozenset(values)


def _options(kind: str) -> frozenset[str]:
    """Give the keywords that change how a type is spelled, where that is supported."""
    from .formats import OPTIONS  # not needed, and not paid for, by the published tables

    return OPTIONS.get(kind, frozenset())


def _spellings(entry: Mapping[str, Any], where: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give a boolean's spellings of true and of false."""
    found = []
    for keyword, default in (("trueValues", TRUE_VALUES), ("falseValues", FALSE_VALUES)):
        words = entry.get(keyword, default)
        listed = isinstance(words, list | tuple) and words
        if not listed or not all(isinstance(word, str) for word in words):
            raise UnsupportedSchemaError(f"{where}: {keyword} must be a list of strings.")
        found.append(tuple(words))
    if set(found[0]) & set(found[1]):
        raise UnsupportedSchemaError(f"{where}: a spelling is both true and false.")
    return found[0], found[1]


def _constraints(
    entry: object, known: frozenset[str], kind: str, read: Reader, where: str
) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise UnsupportedSchemaError(f"{where}: 'constraints' must be an object.")
    _only(entry, known, f"{where}: constraints of a {kind}")

    def value(argument: object, keyword: str) -> Any:
        if kind == "boolean" and isinstance(argument, bool):
            return argument
        text = argument if isinstance(argument, str) else json_text(argument)
        try:
            return read(text)
        except ValueError as error:
            raise UnsupportedSchemaError(f"{where}: {keyword} {argument!r} {error}.") from error

    def typed(keyword: str, argument: object) -> Any:
        if keyword in _COMPARED:
            return value(argument, keyword)
        if keyword == "enum" and isinstance(argument, list) and argument:
            values = tuple(value(each, keyword) for each in argument)
            if len(set(values)) == len(values):
                return values
            raise UnsupportedSchemaError(f"{where}: enum lists a value twice: remove one.")
        if keyword in {"required", "unique"} and isinstance(argument, bool):
            return argument
        if keyword in {"minLength", "maxLength"} and type(argument) is int and argument >= 0:
            return argument
        if keyword == "pattern" and isinstance(argument, str):
            check_pattern(argument, where)
            return argument
        raise UnsupportedSchemaError(f"{where}: {keyword} cannot be {argument!r}.")

    return {keyword: typed(keyword, argument) for keyword, argument in entry.items()}


def _foreign_key(entry: Any, name: str, columns: Any, checking: bool) -> ForeignKey:
    where = f"{name}: foreignKeys"
    if not isinstance(entry, dict) or not isinstance(entry.get("reference"), dict):
        raise UnsupportedSchemaError(f"{where} must hold objects with 'fields' and 'reference'.")
    _only(entry, {"fields", "reference"}, where)
    reference = entry["reference"]
    known = {"resource", "fields"} | ({"package"} if checking else set())
    _only(reference, known, f"{where}: reference")
    resource, package = (str(reference.get(each, "")) for each in ("resource", "package"))
    own = columns(entry.get("fields"), "foreignKeys")
    if package and not resource:
        raise UnsupportedSchemaError(f"{where}: reference to {package!r} must name its resource.")
    if resource:
        to = columns(reference.get("fields"), "foreignKeys", None)
        key = ForeignKey(own, resource, to, package)
    else:
        key = ForeignKey(own, "", columns(reference.get("fields"), "foreignKeys"))
    if len(key.fields) != len(key.reference_fields):
        raise UnsupportedSchemaError(f"{where}: 'fields' and 'reference' differ in length.")
    return key


def _annotations(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give what describes and does not bind: namespaced keywords, and the two of the standard."""
    return {key: each for key, each in entry.items() if ":" in key or key in _DESCRIBING}


def json_text(value: object) -> str:
    """Write a limit that JSON gives as a number in the way that a cell would."""
    return f"{value:.17g}" if isinstance(value, float) else str(value)


def _only(entry: Mapping[str, Any], known: frozenset[str] | set[str], where: str) -> None:
    for keyword in entry:
        if keyword not in known and ":" not in keyword:
            raise UnsupportedSchemaError(
                f"{where}: keyword {keyword!r} is not implemented; remove it, correct its "
                f"spelling ({', '.join(sorted(known))}), or give it a namespace (my:{keyword})."
            )
