"""Stage 1: the descriptor and its schemas, before any data file is opened."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import (
    MissingFileError,
    PackageError,
    UnsafePathError,
    UnsupportedSchemaError,
)
from ..extras import VALIDATE
from ..package.csv_reading import csv_options
from ..package.descriptor import Package, Resource, read_resource
from ..package.storage import is_safe
from ..reporting._old_issue import Code, Issue
from ..tableschema.model import TableSchema

PROFILES = "https://datapackage.org/profiles/2.0/"
_BEYOND_STANDARD = {"rows"}  # the row count, as frictionless writes it


def check(package: Package) -> tuple[list[Issue], dict[str, tuple[Resource, TableSchema]]]:
    """Check the descriptor; give the resources that are fit to be opened, with their schemas."""
    issues = list(_profile(package.descriptor, "datapackage.json", None))
    sound: dict[str, tuple[Resource, TableSchema]] = {}
    entries = package.descriptor["resources"]
    for at, entry in enumerate(entries):
        found = list(_entry(entry, f"resources[{at}]", entries[:at]))
        if not found:
            resource = read_resource(entry)
            schema, found = _schema(package, resource)
            if schema:
                sound[resource.name] = resource, schema
        issues += found
    return issues, sound


def _entry(entry: object, where: str, before: list[Any]) -> Iterator[Issue]:
    if not isinstance(entry, dict):
        yield Issue(Code.PROFILE, None, None, where, None, "A resource must be an object.")
        return
    name = entry.get("name")
    known = name if isinstance(name, str) else None
    if not known:
        message = "Give it a name, in lower-case letters."
        yield Issue(Code.NAME, None, None, f"{where}.name", _text(name), message)
    elif any(isinstance(other, dict) and other.get("name") == name for other in before):
        yield Issue(
            Code.NAME, known, None, f"{where}.name", known, "Another resource has this name."
        )
    for keyword in ("path", "schema"):
        value = entry.get(keyword)
        if isinstance(value, str) and not is_safe(value):
            yield Issue(
                Code.UNSAFE_PATH,
                known,
                None,
                f"{where}.{keyword}",
                value,
                "It was not opened. Name a file inside the package's folder, without '..', "
                "a drive or an address.",
            )
        elif not isinstance(value, str) and not (keyword == "schema" and isinstance(value, dict)):
            yield Issue(
                Code.UNSUPPORTED,
                known,
                None,
                f"{where}.{keyword}",
                None,
                f"Only resources with one {keyword} are checked: give the {keyword} of a file.",
            )
    yield from _reading(entry, known, where)


def _reading(entry: Mapping[str, Any], name: str | None, where: str) -> Iterator[Issue]:
    dialect = entry.get("dialect", {})
    try:
        if not isinstance(dialect, dict):
            raise UnsupportedSchemaError("The dialect must be an object.")
        csv_options(dialect)
    except UnsupportedSchemaError as error:
        yield Issue(Code.UNSUPPORTED, name, None, f"{where}.dialect", None, str(error))
    for keyword, only in (("encoding", "utf-8"), ("format", "csv"), ("type", "table")):
        value = entry.get(keyword, only)
        if not isinstance(value, str) or value.lower().replace("utf8", "utf-8") != only:
            yield Issue(
                Code.UNSUPPORTED,
                name,
                None,
                f"{where}.{keyword}",
                _text(value),
                f"Only {only} is checked.",
            )
    for keyword, kind in (("bytes", int), ("rows", int), ("hash", str)):
        if keyword in entry and type(entry[keyword]) is not kind:
            yield Issue(
                Code.PROFILE,
                name,
                None,
                f"{where}.{keyword}",
                _text(entry[keyword]),
                "Run  bonemet-data stamp  to write it.",
            )
    if isinstance(entry.get("hash"), str) and not entry["hash"].startswith("sha256:"):
        yield Issue(
            Code.UNSUPPORTED,
            name,
            None,
            f"{where}.hash",
            entry["hash"],
            "Only sha256 is checked: run  bonemet-data stamp  to write it.",
        )


def _schema(package: Package, resource: Resource) -> tuple[TableSchema | None, list[Issue]]:
    """Read a resource's schema, and hold it against the profile if it is a file of its own."""

    def fault(code: Code, error: Exception) -> tuple[None, list[Issue]]:
        column = resource.schema if isinstance(resource.schema, str) else "schema"
        return None, [Issue(code, resource.name, None, column, None, str(error))]

    try:
        document = package.schema_document(resource)
    except UnsafePathError as error:
        return fault(Code.UNSAFE_PATH, error)
    except MissingFileError as error:
        return fault(Code.MISSING_FILE, error)
    except PackageError as error:
        return fault(Code.UNREADABLE_SCHEMA, error)
    inline = not isinstance(resource.schema, str)  # the descriptor's profile has covered that
    issues = [] if inline else list(_profile(document, "tableschema.json", resource.name))
    try:
        schema = package.schema(resource)
    except UnsupportedSchemaError as error:
        _, unsupported = fault(Code.UNSUPPORTED, error)
        return None, issues + unsupported
    return schema, issues


def _profile(document: Mapping[str, Any], kind: str, resource: str | None) -> Iterator[Issue]:
    """Hold a descriptor against its JSON profile, and its keywords against the profile's own."""
    stated = document.get("$schema", PROFILES + kind)
    if stated != PROFILES + kind:
        yield Issue(
            Code.UNSUPPORTED,
            resource,
            None,
            "$schema",
            _text(stated),
            f"Only {PROFILES}{kind} is checked, and the descriptor was held against that.",
        )
    validator = _validator(kind)
    for error in validator.iter_errors(document):
        yield Issue(
            Code.PROFILE,
            resource,
            None,
            error.json_path.removeprefix("$."),
            None,
            error.message if len(error.message) < 300 else f"fails the profile's {error.validator}",
        )
    if kind == "datapackage.json":
        yield from _unknown(document, validator.schema, "")


def _unknown(document: Any, profile: Mapping[str, Any], where: str) -> Iterator[Issue]:
    """Find the keywords that the profile does not list, at any depth that it describes."""
    if isinstance(document, list) and isinstance(profile.get("items"), dict):
        for at, item in enumerate(document):
            yield from _unknown(item, profile["items"], f"{where}[{at}]")
    known = profile.get("properties")
    if not isinstance(document, dict) or not known:
        return
    for keyword, value in document.items():
        place = f"{where}.{keyword}".lstrip(".")
        if keyword in known:
            if keyword not in {"schema", "dialect", "data"}:  # read by a strict reader of its own
                yield from _unknown(value, known[keyword], place)
        elif keyword not in _BEYOND_STANDARD and ":" not in keyword:
            yield Issue(
                Code.UNKNOWN_KEYWORD,
                None,
                None,
                place,
                None,
                f"Correct its spelling, remove it, or give it a namespace, as in my:{keyword}.",
            )


@cache
def _validator(kind: str) -> Any:
    with VALIDATE:
        import dplib
        from jsonschema import Draft7Validator
    profile = Path(dplib.__file__).with_name("profiles") / "2.0" / kind
    return Draft7Validator(
        json.loads(profile.read_text(encoding="utf-8")),
        format_checker=Draft7Validator.FORMAT_CHECKER,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)[:200]
