"""The version of the Data Package standard that a descriptor follows, and profiles of others."""

import re
from collections.abc import Mapping
from typing import Any

from .json_profile import Version

_OFFICIAL = re.compile(
    r"https?://(datapackage\.org/profiles/(?P<version>[12])(\.[0-9]+)?"
    r"|specs\.frictionlessdata\.io/schemas|schemas\.frictionlessdata\.io)/[a-z-]+\.json"
)
_NAMES = {
    "data-package",
    "tabular-data-package",
    "data-resource",
    "tabular-data-resource",
    "default",
}
"""Values of `profile` in version 1."""


def version_of(descriptor: Mapping[str, Any]) -> Version:
    """Return the version of the standard that a descriptor follows.

    The default of `$schema` is the profile of version 1:
    https://datapackage.org/standard/data-package/#dollar-schema

    Example:
        >>> version_of({"profile": "data-package"})
        1
        >>> version_of({"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"})
        2
    """
    schema = descriptor.get("$schema")
    official = _OFFICIAL.fullmatch(schema) if isinstance(schema, str) else None
    if "$schema" not in descriptor or (official and official["version"] in {None, "1"}):
        return 1
    return 2


def own_profile(descriptor: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the property that names a profile other than the official ones, and the profile.

    Example:
        >>> own_profile({"$schema": "https://example.org/profile.json"})
        ('$schema', 'https://example.org/profile.json')
    """
    for key in ("$schema", "profile"):
        value = descriptor.get(key)
        if isinstance(value, str) and value not in _NAMES and not _OFFICIAL.fullmatch(value):
            return key, value
    return None
