"""Messages about descriptors that do not conform to a JSON profile.

A message names the property and what it may be, never the keyword of the profile.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..reporting.finding import Severity

_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
_LISTS = {
    "integer": "a list of integers",
    "number": "a list of numbers",
    "object": "a list of objects",
    "string": "a list of strings",
}
_PYTHON = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
_FORMATS = {
    "date-time": "a date and time such as 2025-01-31T12:00:00Z",
    "email": "an email address",
    "uri": "a URI such as https://example.org",
}
_PATH = "the relative path of a file in the package, or a URL"
_PATTERNS = {
    "hash": "a checksum: write an MD5 checksum, or the name of the algorithm, a colon and the "
    "checksum, such as sha256:9f86…",
    "image": _PATH,
    "mediatype": "a media type such as text/csv",
    "name": "a valid name: use only the letters a to z, digits, and . _ -",
    "path": _PATH,
}
"""What a property with a pattern may be, by the name of the property."""

_LICENSE = "the id of a license such as CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class Violation:
    """A property of a descriptor that does not conform to its profile.

    Attributes:
        path: Path of the property, such as "resources[0].name".
        value: Text of the property, or None.
        message: What is wrong.
        severity: Severity of the finding.
    """

    path: str
    value: str | None
    message: str
    severity: Severity = Severity.ERROR


def explain(error: Any) -> Iterator[Violation]:
    """Describe an error of jsonschema; of several alternatives, the errors of the nearest one."""
    if error.validator == "format" and error.instance == "":
        # Templates contain such properties; a text without characters states nothing wrong.
        violation = _violation(error, "is empty: remove the property")
        yield replace(violation, severity=Severity.WARNING)
        return
    if error.validator not in {"oneOf", "anyOf"}:
        yield _violation(error, _message(error))
        return
    branches: list[Any] = error.validator_value
    if all("required" in branch for branch in branches):
        names = ", or ".join(" and ".join(branch["required"]) for branch in branches)
        limit = "" if error.context else ", not both"
        yield _violation(error, f"must have the properties {names}{limit}")
        return
    alternatives: dict[int, list[Any]] = {}
    for child in error.context:
        alternatives.setdefault(child.schema_path[0], []).append(child)
    nearest = [
        children
        for children in alternatives.values()
        if not any(child.validator == "type" and not child.relative_path for child in children)
    ]
    if nearest:
        for child in min(nearest, key=len):
            yield from explain(child)
    elif error.context:  # if several alternatives fit, another error says which property is missing
        expected = " or ".join(dict.fromkeys(map(_expected, branches)))
        yield _violation(error, f"must be {expected}, but is {_type(error.instance)}")


def _violation(error: Any, message: str) -> Violation:
    path = error.json_path.removeprefix("$").removeprefix(".")
    text = isinstance(error.instance, str) and message.startswith("is")
    return Violation(path, error.instance[:200] if text else None, message)


def _message(error: Any) -> str:
    limit = error.validator_value
    match error.validator:
        case "required":
            return "required property is missing"
        case "type":
            types = [limit] if isinstance(limit, str) else limit
            expected = " or ".join(_TYPES[name] for name in types)
            return f"must be {expected}, but is {_type(error.instance)}"
        case "enum":
            return f"is not one of: {', '.join(map(str, limit))}"
        case "format":
            return f"is not {_FORMATS[limit]}"
        case "pattern":
            names = [name for name in error.absolute_path if isinstance(name, str)]
            if names[-2:] == ["licenses", "name"]:
                return f"is not {_LICENSE}"
            return f"is not {_PATTERNS[names[-1]]}"
        case "minimum":
            return f"must not be less than {limit}"
        case "uniqueItems":
            return "must not contain an item twice"
        case "minItems" | "minProperties":
            return "must not be empty"
        case "maxItems":
            return "must be one of the items, not a list of several"
    return str(error.message)


def _expected(branch: Any) -> str:
    """Return what an alternative may be, such as "a list of strings"."""
    item = branch.get("items", {}).get("type")
    return _LISTS[item] if branch["type"] == "array" and item in _LISTS else _TYPES[branch["type"]]


def _type(value: object) -> str:
    if value is None:
        return "null"
    return _TYPES[_PYTHON.get(type(value), "object")]
