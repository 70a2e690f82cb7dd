"""The JSON profiles of the Data Package standard, corrected where they contradict its text.

The files are those of version 2.0. Version 1 knows fewer properties and requires a few things more,
which `_to_version_1` adds.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from ..extras import VALIDATE
from .profile_messages import Violation, explain

PROFILES = "https://datapackage.org/profiles/2.0/"
"""Address of the profiles; the files are read from the folder `profiles`."""

Version: TypeAlias = Literal[1, 2]
"""Major version of the standard."""

_FIELDS_MATCH = ["exact", "equal", "subset", "superset", "partial"]
_LOWER_CASE = {"pattern": "^[-a-z0-9._/]+$"}
_FREE = ("description", "name", "title")
"""Properties of a field that may be any text."""

_MOST_SHAPES = 1_000
_LISTS = ("contributors", "keywords", "licenses", "sources")


def violations(
    document: Mapping[str, Any], profile: str, version: Version = 2
) -> Iterator[Violation]:
    """Iterate over the properties that do not conform to a profile.

    Args:
        document: Descriptor of a package, or a Table Schema.
        profile: File name of the profile, such as "tableschema.json".
        version: Major version of the standard that the descriptor follows.
    """
    for error in _validator(profile, version).iter_errors(document):
        yield from explain(error)


def known_properties(profile: str) -> Mapping[str, Any]:
    """Return a profile, which lists the properties that the standard knows."""
    known: Mapping[str, Any] = _validator(profile, 2).schema
    return known


@cache
def _validator(profile: str, version: Version) -> Any:
    with VALIDATE:
        from jsonschema import Draft7Validator
        from jsonschema.validators import extend
    path = Path(__file__).with_name("profiles") / profile
    document = json.loads(path.read_text(encoding="utf-8"))
    schema = document
    if profile == "datapackage.json":
        _correct_package(document)
        if version == 1:
            _to_version_1(document)
        schema = document["properties"]["resources"]["items"]["properties"]["schema"]
    _correct_schema(schema)
    keywords = {"byType": _by_type(), "required": _required}
    validator: Any = extend(Draft7Validator, keywords)  # type: ignore[no-untyped-call]
    return validator(document, format_checker=_format_checker())


def _correct_package(profile: Any) -> None:
    """Correct what the profile of packages says against the text of the standard.

    https://datapackage.org/standard/data-package/, https://datapackage.org/standard/data-resource/
    """
    package = profile["properties"]
    resource = package["resources"]["items"]["properties"]
    # https://github.com/frictionlessdata/datapackage/issues/1121: also a path
    resource["dialect"]["type"] = ["object", "string"]
    package["contributors"]["items"]["type"] = "object"
    path = package["licenses"]["items"]["properties"]["path"]["pattern"]
    package["image"]["pattern"] = f"^$|{path}"  # templates contain an empty text
    for properties in (package, resource):
        properties["profile"] = {"type": "string"}  # of version 1
    for properties in (package, resource):
        for name in {*_LISTS} & {*properties}:  # the text does not forbid empty lists
            properties[name].pop("minItems", None)
    # What `read_resource` and the stage `integrity` judge in more detail:
    del package["resources"]["items"]["oneOf"]
    resource["path"] = {}
    # Version 1 writes null for a character that is not set:
    # https://specs.frictionlessdata.io/csv-dialect/
    for name in ("commentChar", "escapeChar", "nullSequence", "quoteChar"):
        resource["dialect"]["properties"][name]["type"] = ["string", "null"]


def _correct_schema(profile: Any) -> None:
    """Correct what the profile of Table Schema says against the text of the standard.

    https://datapackage.org/standard/table-schema/
    """
    # https://github.com/frictionlessdata/datapackage/issues/965: it is a string, not a list
    profile["properties"]["fieldsMatch"] = {
        "oneOf": [
            {"type": "string", "enum": _FIELDS_MATCH},
            {"type": "array", "items": {"enum": _FIELDS_MATCH}, "minItems": 1, "maxItems": 1},
        ]
    }
    items = profile["properties"]["fields"]["items"]
    branches = items.pop("oneOf")
    # https://github.com/frictionlessdata/datapackage/issues/1089: the type "list" is missing
    branches.append({"properties": {"type": {"enum": ["list"]}}, "required": ["name"]})
    for branch in branches:
        properties, branch["required"] = branch["properties"], ["name"]
        properties.pop("example", None)  # an example may have any type
        # What the parser of the schema judges in more detail, and for millions of values:
        properties.pop("categories", None)
        if "constraints" in properties:
            is_text = properties["type"]["enum"] == ["string"]
            enum = {"type": "array", "minItems": 1, "uniqueItems": is_text}
            properties["constraints"]["properties"]["enum"] = enum
        if properties["type"]["enum"] == ["integer"]:  # a limit need not be an integer
            for name, limit in properties["constraints"]["properties"].items():
                if name.lower().endswith("imum"):
                    limit["oneOf"][1]["type"] = "number"
    items["byType"] = {branch["properties"]["type"]["enum"][0]: branch for branch in branches}


def _to_version_1(profile: Any) -> None:
    """Require what version 1 requires, and version 2 does not; `type` is a further property.

    https://specs.frictionlessdata.io/data-package/, https://specs.frictionlessdata.io/data-resource/
    """
    package = profile["properties"]
    resource = package["resources"]["items"]["properties"]
    resource["type"] = {}
    for properties in (package, resource):
        properties["name"].update(_LOWER_CASE)
        for name in {"contributors", "sources"} & {*properties}:
            items = properties[name]["items"]
            items["required"] = ["title"]


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


def _by_type() -> Callable[..., Iterator[Any]]:
    """Return the keyword that compares a field with the branch for its type.

    Errors are then about that type only. Fields that differ in their names are compared once.
    """
    from jsonschema import ValidationError

    sound: set[str] = set()

    def compare(
        validator: Any, branches: Mapping[str, Any], field: Any, _: object
    ) -> Iterator[Any]:
        if not isinstance(field, dict):
            return  # reported by the keyword "type"
        kind = field.get("type", "any" if "format" not in field else "string")
        if not isinstance(kind, str) or kind not in branches:
            types, path = list(branches), ["type"]
            yield ValidationError(
                "", validator="enum", validator_value=types, instance=kind, path=path
            )
            return
        free = {name for name in _FREE if isinstance(field.get(name), str)}
        shape = json.dumps({name: 0 if name in free else field[name] for name in field})
        if shape not in sound:
            errors = list(validator.descend(field, branches[kind]))
            yield from errors
            if not errors and len(sound) < _MOST_SHAPES:
                sound.add(shape)

    return compare


def _required(_: Any, names: list[str], instance: Any, __: Any) -> Iterator[Any]:
    """Report a missing property at its own path."""
    from jsonschema import ValidationError

    if isinstance(instance, dict):
        for name in names:
            if name not in instance:
                yield ValidationError("", path=[name])
