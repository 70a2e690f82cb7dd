"""Compare two Table Schemas: fields, keys, and the values that constraints allow."""

import datetime
import math
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..tableschema.constraints import nullable
from ..tableschema.model import Field, ForeignKey, TableSchema
from ..tableschema.types import TYPES
from .changes import Change, Kind
from .metadata import text

_UNORDERED = {"trueValues", "falseValues"}


def schema_changes(resource: str, old: TableSchema, new: TableSchema) -> Iterator[Change]:
    """Compare the schemas of two versions of a resource."""
    for name in old.names:
        if name not in new.names:
            yield Change(Kind.FIELD_REMOVED, resource, column=name, old=name)
    for name in new.names:
        if name not in old.names:
            yield Change(Kind.FIELD_ADDED, resource, column=name, new=name)
    common = [name for name in old.names if name in new.names]
    order = [name for name in new.names if name in old.names]
    if common != order:
        yield Change(Kind.FIELD_MOVED, resource, old=", ".join(common), new=", ".join(order))
    missing = ({"missingValues": sorted(schema.missing_values)} for schema in (old, new))
    yield from _differing(resource, Kind.TYPE, "", *missing)
    yield from _differing(resource, Kind.METADATA, "", old.annotations, new.annotations)
    for name in common:
        yield from _field_changes(resource, old, new, name)
    yield from _key_changes(resource, old, new)
    yield from _foreign_key_changes(resource, old, new)


def _differing(
    resource: str, kind: Kind, prefix: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    """Iterate over the changes between two mappings: the keys whose values differ."""
    for keyword in dict.fromkeys((*old, *new)):
        before, after = old.get(keyword), new.get(keyword)
        if before != after:
            yield Change(kind, resource, None, prefix + keyword, text(before), text(after))


def _field_changes(
    resource: str, old: TableSchema, new: TableSchema, name: str
) -> Iterator[Change]:
    before, after = (schema.fields[schema.names.index(name)] for schema in (old, new))
    prefix = f"{name}."
    yield from _differing(resource, Kind.TYPE, prefix, _parsing(before, old), _parsing(after, new))
    yield from _differing(resource, Kind.METADATA, prefix, _metadata(before), _metadata(after))
    if before.type == after.type:  # limits of different types cannot be compared
        yield from _constraint_changes(resource, (before, old), (after, new))


def _parsing(field: Field, schema: TableSchema) -> dict[str, Any]:
    """Return the properties of a field that affect the parsing of cells."""
    options = {
        keyword: sorted(value) if keyword in _UNORDERED else value
        for keyword, value in field.options.items()
    }
    missing = schema.missing(field)
    field_missing = None if missing == schema.missing_values else sorted(missing)
    return {"type": field.type, "missingValues": field_missing, **options}


def _metadata(field: Field) -> dict[str, Any]:
    """Return the descriptive properties of a field, which do not affect its values."""
    names = ("title", "description", "example")
    return {name: getattr(field, name) or None for name in names} | dict(field.annotations)


@dataclass(frozen=True, slots=True)
class _Group:
    """Constraints of a field that are compared together.

    Attributes:
        keywords: Keywords of the constraints.
        allowed: Function that returns the values that a field allows, such as a set or a bound.
        within: Function that returns whether the first allowed values are a subset of the second.
    """

    keywords: tuple[str, ...]
    allowed: Callable[[Field, TableSchema], Any]
    within: Callable[[Any, Any], bool]

    def stated(self, field: Field) -> dict[str, Any]:
        """Return the constraints of a field that belong to this group, by keyword."""
        values = {keyword: field.constraints.get(keyword) for keyword in self.keywords}
        return {
            key: value for key, value in values.items() if value is not None and value is not False
        }

    def kind(self, old: tuple[Field, TableSchema], new: tuple[Field, TableSchema]) -> Kind | None:
        """Return the kind of change between two versions of a field; None for no change."""
        before, after = self.allowed(*old), self.allowed(*new)
        smaller, larger = self.within(after, before), self.within(before, after)
        if smaller and larger:
            return None if self.stated(old[0]) == self.stated(new[0]) else Kind.RESTATED
        return Kind.LOOSENED if larger else Kind.TIGHTENED


def _constraint_changes(
    resource: str, old: tuple[Field, TableSchema], new: tuple[Field, TableSchema]
) -> Iterator[Change]:
    compared = {"unique", *(keyword for group in _GROUPS for keyword in group.keywords)}
    others = dict.fromkeys((*old[0].constraints, *new[0].constraints))
    for group in (*_GROUPS, *(_other(keyword) for keyword in others if keyword not in compared)):
        if kind := group.kind(old, new):
            column = f"{new[0].name}.{'/'.join(group.keywords)}"
            before, after = (text(group.stated(field) or None) for field, _ in (old, new))
            yield Change(kind, resource, None, column, before, after)


def _other(keyword: str) -> _Group:
    """Return a group for a constraint whose allowed values cannot be compared, such as a pattern.

    Removing the constraint loosens it, and any other change tightens it.
    """
    return _Group((keyword,), _value(keyword), lambda one, other: other in (None, one))


def _value(keyword: str) -> Callable[[Field, TableSchema], Any]:
    return lambda field, _: field.constraints.get(keyword)


def _enum(field: Field, _: TableSchema) -> frozenset[Any] | None:
    enum = field.constraints.get("enum")
    return None if enum is None else frozenset(enum)


def _lower(field: Field, _: TableSchema) -> tuple[Any, int] | None:
    """Return the lower bound of a field, and 1 if the bound is exclusive, else 0."""
    return max(_bounds(field, "minimum", "exclusiveMinimum", step=1), default=None)


def _upper(field: Field, _: TableSchema) -> tuple[Any, int] | None:
    """Return the upper bound of a field, and -1 if the bound is exclusive, else 0."""
    return min(_bounds(field, "maximum", "exclusiveMaximum", step=-1), default=None)


def _bounds(field: Field, *keywords: str, step: int) -> Iterator[tuple[Any, int]]:
    """Iterate over the bounds of a field; an exclusive bound of whole numbers is the next one."""
    limit, exclusive = map(field.constraints.get, keywords)
    if TYPES[field.type].discrete:
        inwards, outwards = (math.ceil, math.floor) if step > 0 else (math.floor, math.ceil)
        bounds = [
            (_rounded(limit, inwards), 0),
            (_neighbor(_rounded(exclusive, outwards), step), 0),
        ]
    else:
        bounds = [(limit, 0), (exclusive, step)]
    return (bound for bound in bounds if bound[0] is not None)


def _rounded(value: Any, rounding: Callable[[Any], int]) -> Any:
    """Round a limit of an integer field, such as 0.5; return dates unchanged."""
    return value if value is None or isinstance(value, datetime.date) else rounding(value)


def _neighbor(value: Any, step: int) -> Any:
    """Return the next or previous integer or date; the same date at the end of the calendar."""
    if value is None or not isinstance(value, datetime.date):
        return None if value is None else value + step
    try:
        return value + datetime.timedelta(step)
    except OverflowError:
        return value


def _at_least(one: Any, other: Any) -> bool:
    return other is None or (one is not None and one >= other)


def _at_most(one: Any, other: Any) -> bool:
    return other is None or (one is not None and one <= other)


_GROUPS = (
    _Group(("required",), nullable, operator.le),
    _Group(("minimum", "exclusiveMinimum"), _lower, _at_least),
    _Group(("maximum", "exclusiveMaximum"), _upper, _at_most),
    _Group(("minLength",), lambda field, _: field.constraints.get("minLength", 0), operator.ge),
    _Group(("maxLength",), _value("maxLength"), _at_most),
    _Group(("enum",), _enum, _at_most),
)


def _key_changes(resource: str, old: TableSchema, new: TableSchema) -> Iterator[Change]:
    """Compare unique keys; a key that contains another key adds no constraint."""
    before, after = _keys(old), _keys(new)
    removed = [key for key in before if not _implied(key, after)]
    added = [key for key in after if not _implied(key, before)]
    for key in removed:
        yield Change(Kind.LOOSENED, resource, column="unique", old=", ".join(key))
    for key in added:
        yield Change(Kind.TIGHTENED, resource, column="unique", new=", ".join(key))
    if not removed and not added and old.names == new.names and _stated(old) != _stated(new):
        names = (", ".join(schema.primary_key) for schema in (old, new))
        yield Change(Kind.RESTATED, resource, None, "primaryKey/uniqueKeys/unique", *names)


def _keys(schema: TableSchema) -> list[tuple[str, ...]]:
    primary = [schema.primary_key] if schema.primary_key else []
    return list(dict.fromkeys([*primary, *schema.unique_keys, *_unique_fields(schema)]))


def _unique_fields(schema: TableSchema) -> list[tuple[str, ...]]:
    return [(field.name,) for field in schema.fields if field.constraints.get("unique")]


def _implied(key: tuple[str, ...], keys: list[tuple[str, ...]]) -> bool:
    return any(set(other) <= set(key) for other in keys)


def _stated(schema: TableSchema) -> tuple[object, ...]:
    return schema.primary_key, schema.unique_keys, _unique_fields(schema)


def _foreign_key_changes(resource: str, old: TableSchema, new: TableSchema) -> Iterator[Change]:
    """Compare foreign keys; if only the target of a key changed, the reference was updated."""
    removed = [key for key in old.foreign_keys if key not in new.foreign_keys]
    added = [key for key in new.foreign_keys if key not in old.foreign_keys]
    for key in removed:
        successor = next((other for other in added if other.fields == key.fields), None)
        kind = Kind.REFERENCE if successor else Kind.LOOSENED
        after = _link(successor) if successor else None
        yield Change(kind, resource, column="foreignKeys", old=_link(key), new=after)
    for key in added:
        if key.fields not in {other.fields for other in removed}:
            yield Change(Kind.TIGHTENED, resource, column="foreignKeys", new=_link(key))


def _link(key: ForeignKey) -> str:
    target = ": ".join(filter(None, (key.package, key.resource, ", ".join(key.reference_fields))))
    return f"{', '.join(key.fields)} -> {target}"
