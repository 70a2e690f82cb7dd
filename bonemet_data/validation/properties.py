"""Properties of a descriptor that the standard does not know.

The standard allows any, so that a misspelled property is silently ignored by other software.
https://datapackage.org/standard/glossary/#descriptor
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from .json_profile import known_properties

_ELSEWHERE = {
    "author",
    "compression",
    "creator",
    "creators",
    "license",
    "profile",
    "role",
    "rows",
    "scheme",
    "source",
    "url",
}
"""Properties of earlier versions of the standard and of frictionless."""

_OWN_READERS = {"data", "dialect", "schema"}
"""Properties of resources that are read elsewhere."""


class FurtherProperty(NamedTuple):
    """A property that the standard does not know.

    Attributes:
        path: Path of the property, such as "resources[0].titel".
        name: Name of the property.
        known: Similar name of a known property, or "".
    """

    path: str
    name: str
    known: str


def further_properties(descriptor: Mapping[str, Any]) -> Iterator[FurtherProperty]:
    """Iterate over the properties of a descriptor that the standard does not know.

    Example:
        >>> next(further_properties({"titel": "x"}))
        FurtherProperty(path='titel', name='titel', known='title')
    """
    return _further(descriptor, known_properties("datapackage.json"), "")


def _further(document: Any, profile: Mapping[str, Any], path: str) -> Iterator[FurtherProperty]:
    if isinstance(document, list) and isinstance(profile.get("items"), dict):
        for at, item in enumerate(document):
            yield from _further(item, profile["items"], f"{path}[{at}]")
    known = profile.get("properties")
    if not isinstance(document, dict) or not known:
        return
    unused = known.keys() - document.keys()
    for name, value in document.items():
        place = f"{path}.{name}".lstrip(".")
        if name not in known:
            yield FurtherProperty(place, name, _similar(name, unused))
        elif name not in _OWN_READERS:
            yield from _further(value, known[name], place)


def _similar(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, or ""."""
    if name in _ELSEWHERE or ":" in name:
        return ""
    known = [each for each in known if abs(len(each) - len(name)) <= 1]
    swapped = (each for each in known if sorted(each) == sorted(name.lower()))
    return next(iter(get_close_matches(name.lower(), known, n=1, cutoff=0.85)), next(swapped, ""))
