"""Changes of the descriptor: the package's and the resources' own properties."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .change import Change, Kind

_IDENTITY = {"name", "id"}
_ACCESS = {"path", "dialect", "encoding", "format", "type", "data"}
_APART = {"$schema", "version", "resources", "schema", "bytes", "hash", "rows"}
_SAME_AS_NONE: Mapping[str, Any] = {
    "encoding": "utf-8",
    "dialect": {},
    "type": "table",
    "format": "csv",
}


def package_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Compare two descriptors, but for their version and resources."""
    yield from _changes(None, old, new, _IDENTITY, Kind.IDENTITY)


def resource_changes(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Compare two descriptions of a resource, but for its schema and what its data decide."""
    yield from _changes(name, old, new, _ACCESS, Kind.ACCESS)


def _changes(
    resource: str | None,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    weighty: set[str],
    kind: Kind,
) -> Iterator[Change]:
    for keyword in dict.fromkeys((*old, *new)):
        before, after = (each.get(keyword, _SAME_AS_NONE.get(keyword)) for each in (old, new))
        if keyword not in _APART and before != after:
            found = kind if keyword in weighty else Kind.METADATA
            yield Change(found, resource, None, keyword, as_text(before), as_text(after))


def as_text(value: object) -> str | None:
    """Write a property's value on one line."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
