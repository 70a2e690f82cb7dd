"""Changes of a Table Schema, decided by what it allows and not by how it is written."""

import datetime
import math
from collections.abc import Callable, Iterator
from typing import Any

from ..tableschema.constraints import nullable
from ..tableschema.model import Field, TableSchema
from .changes import Change, Kind
from .language import matches_within
from .metadata import as_text

_DISCRETE = {"integer", "year", "date"}


def schema_changes(resource: str, old: TableSchema, new: TableSchema) -> Iterator[Change]:
    """Compare two schemas of one resource."""
    for name in old.names:
        if name not in new.names:
            yield Change(Kind.FIELD_REMOVED, resource, None, name, name, None)
    for name in new.names:
        if name not in old.names:
            yield Change(Kind.FIELD_ADDED, resource, None, name, None, name)
    common = [name for name in old.names if name in new.names]
    order = [name for name in new.names if name in old.names]
    if common != order:
        yield Change(Kind.FIELD_MOVED, resource, None, None, ", ".join(common), ", ".join(order))
    if old.missing_values != new.missing_values:
        before, after = (as_text(sorted(each.missing_values)) for each in (old, new))
        yield Change(Kind.TYPE, resource, None, "missingValues", before, after)
    if old.annotations != new.annotations:
        texts = [as_text(dict(each.annotations)) for each in (old, new)]
        yield Change(Kind.METADATA, resource, None, "schema", *texts)
    for name in common:
        yield from _field(resource, old, new, name)
    yield from _keys(resource, old, new)


def _field(resource: str, old: TableSchema, new: TableSchema, name: str) -> Iterator[Change]:
    before, after = _named(old, name), _named(new, name)
    for keyword, one, two in (
        ("type", before.type, after.type),
        ("trueValues", _spellings(before), _spellings(after)),
    ):
        if one != two:
            yield Change(Kind.TYPE, resource, None, f"{name}.{keyword}", as_text(one), as_text(two))
    for keyword in ("title", "description", "example", "annotations"):
        one, two = getattr(before, keyword), getattr(after, keyword)
        if one != two:
            place = f"{name}.{keyword}"
            yield Change(Kind.METADATA, resource, None, place, as_text(one), as_text(two))
    if before.type != after.type:
        return  # bounds of different types do not compare
    yield from _constraints(resource, name, (before, old), (after, new))


def _spellings(field: Field) -> list[list[str]] | None:
    return field.spellings and [sorted(words) for words in field.spellings]


def _constraints(
    resource: str, name: str, old: tuple[Field, TableSchema], new: tuple[Field, TableSchema]
) -> Iterator[Change]:
    """Compare what two versions of a field allow, one group of keywords at a time."""
    for keywords, allows in _GROUPS:
        before, after = (
            {key: field.constraints.get(key) for key in keywords} for field, _ in (old, new)
        )
        kind = _verdict(allows(*old), allows(*new))
        if kind is None and _stated(before) != _stated(after):
            kind = Kind.RESTATED
        if kind:
            place = f"{name}.{'/'.join(keywords)}"
            yield Change(kind, resource, None, place, _text(before), _text(after))


def _verdict(old: "Allowed", new: "Allowed") -> Kind | None:
    """Tell whether the new set of values is smaller, larger or the same."""
    if new.within(old):
        return None if old.within(new) else Kind.TIGHTENED
    return Kind.LOOSENED if old.within(new) else Kind.TIGHTENED


class Allowed:
    """A set of values that a constraint allows, which can be compared with another such set.

    Args:
        value: what describes the set.
        within: tells whether one description's set lies within another's.
    """

    def __init__(self, value: Any, within: Callable[[Any, Any], bool]) -> None:
        self.value = value
        self._within = within

    def within(self, other: "Allowed") -> bool:
        """Tell whether every value of this set is in the other."""
        return self._within(self.value, other.value)


def _missing(field: Field, schema: TableSchema) -> Allowed:
    return Allowed(nullable(field, schema), lambda one, other: one <= other)


def _lower(field: Field, _: TableSchema) -> Allowed:
    least, above = field.constraints.get("minimum"), field.constraints.get("exclusiveMinimum")
    if above is not None and field.type in _DISCRETE:
        above, least = None, max(filter(_given, (least, _step(above, 1))))
    bounds = [(value, strict) for value, strict in ((least, 0), (above, 1)) if value is not None]
    return Allowed(max(bounds, default=None), _above)


def _upper(field: Field, _: TableSchema) -> Allowed:
    most, below = field.constraints.get("maximum"), field.constraints.get("exclusiveMaximum")
    if below is not None and field.type in _DISCRETE:
        below, most = None, min(filter(_given, (most, _step(below, -1))))
    bounds = [(value, -strict) for value, strict in ((most, 0), (below, 1)) if value is not None]
    return Allowed(min(bounds, default=None), _below)


def _above(one: Any, other: Any) -> bool:
    return other is None or (one is not None and one >= other)


def _below(one: Any, other: Any) -> bool:
    return other is None or (one is not None and one <= other)


def _given(value: object) -> bool:
    return value is not None


def _step(value: Any, step: int) -> Any:
    """Give the neighbor of a whole number or a day; at the calendar's end, the day itself."""
    if not isinstance(value, datetime.date):
        return value + step
    try:
        return value + datetime.timedelta(step)
    except OverflowError:
        return value


def _length(field: Field, _: TableSchema) -> Allowed:
    least = field.constraints.get("minLength", 0)
    most = field.constraints.get("maxLength", math.inf)
    return Allowed((least, most), lambda one, other: one[0] >= other[0] and one[1] <= other[1])


def _list(field: Field, _: TableSchema) -> Allowed:
    enum = field.constraints.get("enum")
    listed = None if enum is None else set(enum)
    return Allowed(listed, lambda a, b: b is None or (a is not None and a <= b))


def _pattern(field: Field, _: TableSchema) -> Allowed:
    def within(one: str | None, other: str | None) -> bool:
        if other is None or one == other:
            return True
        return one is not None and matches_within(one, other)

    return Allowed(field.constraints.get("pattern"), within)


_GROUPS: tuple[tuple[tuple[str, ...], Callable[[Field, TableSchema], Allowed]], ...] = (
    (("required",), _missing),
    (("minimum", "exclusiveMinimum"), _lower),
    (("maximum", "exclusiveMaximum"), _upper),
    (("minLength", "maxLength"), _length),
    (("pattern",), _pattern),
    (("enum",), _list),
)


def _keys(resource: str, old: TableSchema, new: TableSchema) -> Iterator[Change]:
    """Compare keys: a set of columns is unique if some part of it is a key."""
    before, after = _unique_sets(old), _unique_sets(new)
    changed = False
    for kind, ours, theirs in ((Kind.LOOSENED, before, after), (Kind.TIGHTENED, after, before)):
        for columns in ours:
            if not any(set(other) <= set(columns) for other in theirs):
                changed = True
                text = ", ".join(columns)
                texts = (text, None) if kind is Kind.LOOSENED else (None, text)
                yield Change(kind, resource, None, "unique", *texts)
    stated = [(s.primary_key, s.unique_keys, [_unique(f) for f in s.fields]) for s in (old, new)]
    if not changed and old.names == new.names and stated[0] != stated[1]:
        names = [", ".join(s.primary_key) for s in (old, new)]
        yield Change(Kind.RESTATED, resource, None, "primaryKey/uniqueKeys/unique", *names)
    yield from _references(resource, old, new)


def _references(resource: str, old: TableSchema, new: TableSchema) -> Iterator[Change]:
    """Compare foreign keys; one whose columns now refer elsewhere is an updated reference."""
    gone = [key for key in old.foreign_keys if key not in new.foreign_keys]
    come = [key for key in new.foreign_keys if key not in old.foreign_keys]
    for before in gone:
        after = next((key for key in come if key.fields == before.fields), None)
        kind = Kind.LOOSENED if after is None else Kind.REFERENCE
        text = None if after is None else _link(after)
        yield Change(kind, resource, None, "foreignKeys", _link(before), text)
    for after in come:
        if after.fields not in [key.fields for key in gone]:
            yield Change(Kind.TIGHTENED, resource, None, "foreignKeys", None, _link(after))


def _unique_sets(schema: TableSchema) -> list[tuple[str, ...]]:
    singles = [(field.name,) for field in schema.fields if _unique(field)]
    sets = [schema.primary_key] if schema.primary_key else []
    return list(dict.fromkeys([*sets, *schema.unique_keys, *singles]))


def _unique(field: Field) -> bool:
    return bool(field.constraints.get("unique"))


def _link(key: Any) -> str:
    return f"{', '.join(key.fields)} -> {key.resource}: {', '.join(key.reference_fields)}"


def _named(schema: TableSchema, name: str) -> Field:
    return schema.fields[schema.names.index(name)]


def _stated(constraints: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in constraints.items() if value not in (None, False)}


def _text(constraints: dict[str, Any]) -> str | None:
    stated = _stated(constraints)
    return as_text(stated) if stated else None
