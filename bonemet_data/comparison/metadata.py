"""Compare the properties of two packages and of their resources."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .changes import Change, Kind

_PACKAGE_KINDS: Mapping[str, Kind] = {"name": Kind.IDENTITY, "id": Kind.IDENTITY}
_RESOURCE_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("dialect", "encoding", "format", "type", "data"), Kind.ACCESS),
    "path": Kind.RELOCATED,
}
_IGNORED = {"version", "resources", "schema", "bytes", "hash", "rows"}
"""Properties that other modules compare, or that are computed from the data."""

_DEFAULTS: Mapping[str, Any] = {
    "encoding": "utf-8",
    "dialect": {},
    "type": "table",
    "format": "csv",
}
_DIALECT_DEFAULTS: Mapping[str, Any] = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}


def package_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Compare the properties of two packages, except for the version and the resources."""
    return _changes(None, old, new, _PACKAGE_KINDS)


def resource_changes(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Compare the properties of two versions of a resource, except for schema and checksums."""
    return _changes(name, old, new, _RESOURCE_KINDS)


def text(value: object) -> str | None:
    """Return the value of a property as one line of text."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _changes(
    resource: str | None,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    kinds: Mapping[str, Kind],
) -> Iterator[Change]:
    for keyword in dict.fromkeys((*old, *new)):
        if keyword in _IGNORED:
            continue
        before, after = (_normalized(keyword, entry.get(keyword)) for entry in (old, new))
        if before != after:
            kind = kinds.get(keyword, Kind.METADATA)
            yield Change(kind, resource, column=keyword, old=text(before), new=text(after))


def _normalized(keyword: str, value: Any) -> Any:
    """Return the value of a property in canonical form, so that defaults compare as equal."""
    if value is None:
        return _DEFAULTS.get(keyword)
    if keyword == "encoding" and isinstance(value, str):
        return value.lower().replace("utf8", "utf-8")
    if keyword == "dialect" and isinstance(value, dict):
        return {k: v for k, v in value.items() if v != _DIALECT_DEFAULTS.get(k)}
    return value
