"""Changes of the descriptor: the package's and the resources' own properties."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .changes import Change, Kind

_IDENTITY = {"name", "id"}
_ACCESS = {"dialect", "encoding", "format", "type", "data"}
_APART = {"version", "resources", "schema", "bytes", "hash", "rows"}
_SAME_AS_NONE: Mapping[str, Any] = {
    "encoding": "utf-8",
    "dialect": {},
    "type": "table",
    "format": "csv",
}


_LIGHT = {"path": Kind.RELOCATED}


def package_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Compare two descriptors, but for their version and resources."""
    yield from _changes(None, old, new, _IDENTITY, Kind.IDENTITY)


def resource_changes(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Compare two descriptions of a resource, but for its schema and what its data decide."""
    yield from _changes(name, old, new, _ACCESS, Kind.ACCESS)


_DIALECT: Mapping[str, Any] = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}


def _changes(
    resource: str | None,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    weighty: set[str],
    kind: Kind,
) -> Iterator[Change]:
    for keyword in dict.fromkeys((*old, *new)):
        before, after = (_plain(keyword, each.get(keyword)) for each in (old, new))
        if keyword not in _APART and before != after:
            found = kind if keyword in weighty else _LIGHT.get(keyword, Kind.METADATA)
            yield Change(found, resource, None, keyword, as_text(before), as_text(after))


def _plain(keyword: str, value: Any) -> Any:
    """Give a property without what it shares with its default."""
    if value is None:
        return _SAME_AS_NONE.get(keyword)
    if keyword == "encoding" and isinstance(value, str):
        return value.lower().replace("utf8", "utf-8")
    if keyword == "dialect" and isinstance(value, dict):
        return {key: each for key, each in value.items() if _DIALECT.get(key) != each}
    return value


def as_text(value: object) -> str | None:
    """Write a property's value on one line."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
