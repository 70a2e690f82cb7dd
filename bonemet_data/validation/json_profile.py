"""The JSON profiles of the Data Package standard, and what does not conform to them."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..extras import VALIDATE

PROFILES = "https://datapackage.org/profiles/2.0/"
"""Address of the profiles; the files are read from the folder `profiles`."""

_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
_PYTHON = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
_FORMATS = {
    "date-time": "a date and time such as 2025-01-31T12:00:00Z",
    "email": "an email address",
    "uri": "a URI",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """A property of a descriptor that does not conform to its profile.

    Attributes:
        path: Path of the property, such as "resources[0].name".
        value: Text of the property, or None.
        message: What is wrong.
    """

    path: str
    value: str | None
    message: str


def violations(document: Mapping[str, Any], profile: str) -> Iterator[Violation]:
    """Iterate over the properties that do not conform to a profile.

    Args:
        document: Descriptor of a package, or a Table Schema.
        profile: File name of the profile, such as "tableschema.json".
    """
    for error in _validator(profile).iter_errors(document):
        yield from _explain(error)


def known_properties(profile: str) -> Mapping[str, Any]:
    """Return a profile, which lists the properties that the standard knows."""
    known: Mapping[str, Any] = _validator(profile).schema
    return known


@cache
def _validator(profile: str) -> Any:
    with VALIDATE:
        from jsonschema import Draft7Validator
        from jsonschema.validators import extend
    path = Path(__file__).with_name("profiles") / profile
    schema = json.loads(path.read_text(encoding="utf-8"))
    _correct(schema)
    keywords = {"oneOf": _one_of, "required": _required}
    validator: Any = extend(Draft7Validator, keywords)  # type: ignore[no-untyped-call]
    return validator(schema, format_checker=_format_checker())


def _correct(profile: Any) -> None:
    """Correct what the profiles say against the text of the standard."""
    properties = profile["properties"]
    if "resources" in properties:
        properties = properties["resources"]["items"]["properties"]["schema"]["properties"]
    # https://github.com/frictionlessdata/datapackage/issues/965: it is a string, not a list
    del properties["fieldsMatch"]
    # https://github.com/frictionlessdata/datapackage/issues/1089: the type "list" is missing
    properties["fields"]["items"]["oneOf"].append({"properties": {"type": {"enum": ["list"]}}})


def _format_checker() -> Any:
    """Return a checker that does not depend on which other packages are installed.

    The checker of jsonschema prefers packages that compile a grammar when they are imported:
    https://github.com/python-jsonschema/jsonschema/pull/1521
    """
    with VALIDATE:
        from jsonschema import FormatChecker
        from rfc3339_validator import validate_rfc3339
        from rfc3986_validator import validate_rfc3986

    def add(name: str, is_valid: Callable[[str], object]) -> None:
        checker.checks(name)(lambda value: not isinstance(value, str) or bool(is_valid(value)))

    checker = FormatChecker(formats=())
    add("uri", lambda text: validate_rfc3986(text, rule="URI"))
    add("date-time", lambda text: validate_rfc3339(text.upper()))
    add("email", lambda text: "@" in text)
    return checker


def _one_of(validator: Any, branches: list[Any], instance: Any, schema: Any) -> Iterator[Any]:
    """Compare a field with the branch for its type only, so that errors are about that type."""
    from jsonschema import Draft7Validator, ValidationError

    by_type = {
        branch["properties"]["type"]["enum"][0]: branch
        for branch in branches
        if "enum" in branch.get("properties", {}).get("type", {})
    }
    if not by_type:
        yield from Draft7Validator.VALIDATORS["oneOf"](validator, branches, instance, schema)
    elif not isinstance(instance, dict):
        return  # reported by the keyword "type"
    elif not isinstance(kind := instance.get("type", "string"), str) or kind not in by_type:
        types, path = list(by_type), ["type"]
        yield ValidationError("", validator="enum", validator_value=types, instance=kind, path=path)
    else:
        yield from validator.descend(instance, by_type[kind])


def _required(_: Any, names: list[str], instance: Any, __: Any) -> Iterator[Any]:
    """Report a missing property at its own path."""
    from jsonschema import ValidationError

    if isinstance(instance, dict):
        for name in names:
            if name not in instance:
                yield ValidationError("", path=[name])


def _explain(error: Any) -> Iterator[Violation]:
    """Describe an error; of several alternatives, describe the errors of the nearest one."""
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
            yield from _explain(child)
    elif error.context:  # if several alternatives fit, another error says which property is missing
        expected = _types([branch["type"] for branch in branches])
        yield _violation(error, f"must be {expected}, but is {_type(error.instance)}")


def _violation(error: Any, message: str) -> Violation:
    path = error.json_path.removeprefix("$").removeprefix(".")
    text = isinstance(error.instance, str) and message.startswith(("is", "does"))
    return Violation(path, error.instance[:200] if text else None, message)


def _message(error: Any) -> str:
    limit = error.validator_value
    match error.validator:
        case "required":
            return "required property is missing"
        case "type":
            types = [limit] if isinstance(limit, str) else limit
            return f"must be {_types(types)}, but is {_type(error.instance)}"
        case "enum":
            return f"is not one of: {', '.join(map(str, limit))}"
        case "format":
            return f"is not {_FORMATS[limit]}"
        case "pattern":
            return f"does not match the pattern {limit}"
        case "minimum":
            return f"must not be less than {limit}"
        case "uniqueItems":
            return "must not contain an item twice"
        case "minItems" | "minProperties":
            return "must not be empty"
    return str(error.message)


def _types(names: list[str]) -> str:
    return " or ".join(_TYPES[name] for name in names)


def _type(value: object) -> str:
    if value is None:
        return "null"
    return _TYPES[_PYTHON.get(type(value), "object")]
