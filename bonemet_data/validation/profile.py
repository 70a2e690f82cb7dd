"""Stage 1: the descriptor and the schemas, before any data file is opened."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import PackageError, UnsupportedSchemaError
from ..package.csv_reading import csv_reader
from ..package.descriptor import Package, parse_resource
from ..package.resource import Resource
from ..package.storage import is_safe
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from ..tableschema.model import TableSchema
from .json_profile import PROFILES, known_properties, violations
from .location import Location, clause, file_rule, location

_BEYOND_STANDARD = {"rows"}  # the number of rows, as frictionless writes it


@dataclass(frozen=True, slots=True)
class TableResource:
    """A resource whose entry in the descriptor and whose schema can be used.

    Attributes:
        resource: The entry in the descriptor.
        schema: The Table Schema.
        location: The data file.
    """

    resource: Resource
    schema: TableSchema
    location: Location


def check(package: Package) -> tuple[list[Finding], dict[str, TableResource]]:
    """Check the descriptor and the schemas.

    Returns:
        The findings, and the resources that can be read, by name.
    """
    entries = package.descriptor["resources"]
    profile = list(_profile(package.descriptor, "datapackage.json", location(package)))
    findings: list[Finding] = []
    resources: dict[str, TableResource] = {}
    names: set[str] = set()
    for at, entry in enumerate(entries):
        found = list(_entry(package, entry, f"resources[{at}]", names))
        if not found:
            resource = parse_resource(entry)
            schema, found = _schema(package, resource)
            if schema:
                place = location(package, resource.name, resource.path)
                resources[resource.name] = TableResource(resource, schema, place)
        findings += found
    if not entries:
        message = "the package has no resources: list at least one"
        findings.append(location(package).error(Rule.PROFILE, message, column="resources"))
    places = {(finding.file, finding.column) for finding in findings}
    return [*(f for f in profile if (f.file, f.column) not in places), *findings], resources


def _entry(package: Package, entry: object, path: str, names: set[str]) -> Iterator[Finding]:
    """Check a resource; `names` are the names of the resources before it."""
    if not isinstance(entry, dict):
        message = "a resource must be an object"
        yield location(package).error(Rule.PROFILE, message, column=path)
        return
    name = entry.get("name")
    known = name if isinstance(name, str) and name else None
    place = location(package, known)
    if not known:
        message = "a resource must have a name, in lower-case letters"
        yield place.error(Rule.NAME, message, column=f"{path}.name", value=_text(name))
    elif known in names:
        message = "is also the name of another resource"
        yield place.error(Rule.NAME, message, column=f"{path}.name", value=known)
    else:
        names.add(known)
    for keyword in ("path", "schema"):
        value, column = entry.get(keyword), f"{path}.{keyword}"
        if isinstance(value, str) and not is_safe(value):
            message = (
                "was not opened: write the path of a file inside the package, without '..', "
                "a drive or a URL"
            )
            yield place.error(Rule.UNSAFE_PATH, message, column=column, value=value)
        elif not isinstance(value, str) and not (keyword == "schema" and isinstance(value, dict)):
            message = f"only a resource with one {keyword} is checked: write the path of one file"
            yield place.not_checked(Rule.UNSUPPORTED, message, column=column)
    yield from _properties(entry, place, path)


def _properties(entry: Mapping[str, Any], place: Location, path: str) -> Iterator[Finding]:
    try:
        if not isinstance(dialect := entry.get("dialect", {}), dict):
            raise UnsupportedSchemaError(
                "only a dialect in the descriptor is checked: write an object"
            )
        csv_reader(dialect)
    except UnsupportedSchemaError as error:
        yield place.not_checked(
            Rule.UNSUPPORTED, clause(error, "The dialect's"), column=f"{path}.dialect"
        )
    for keyword, only in (("encoding", "utf-8"), ("format", "csv"), ("type", "table")):
        value = entry.get(keyword, only)
        if not isinstance(value, str) or value.lower().replace("utf8", "utf-8") != only:
            message = f"is not checked: only {only} is supported"
            yield place.not_checked(
                Rule.UNSUPPORTED, message, column=f"{path}.{keyword}", value=_text(value)
            )
    for keyword, kind in (("bytes", int), ("rows", int), ("hash", str)):
        if keyword in entry and type(entry[keyword]) is not kind:
            message = (
                f"is not {'an integer' if kind is int else 'a string'}: run `bonemet-data stamp`"
            )
            column, value = f"{path}.{keyword}", _text(entry[keyword])
            yield place.error(Rule.PROFILE, message, column=column, value=value)
    checksum = entry.get("hash")
    if isinstance(checksum, str) and not checksum.startswith("sha256:"):
        message = "is not checked: only sha256 is supported; run `bonemet-data stamp`"
        yield place.not_checked(Rule.UNSUPPORTED, message, column=f"{path}.hash", value=checksum)


def _schema(package: Package, resource: Resource) -> tuple[TableSchema | None, list[Finding]]:
    """Read the schema of a resource; compare it with the profile if it has its own file."""
    inline = not isinstance(resource.schema, str)
    column = "schema" if inline else str(resource.schema)
    place = location(package, resource.name)
    try:
        document = package.schema_document(resource)
    except PackageError as error:
        rule = file_rule(error, Rule.UNREADABLE_SCHEMA)
        return None, [place.error(rule, clause(error, column), column=column)]
    findings: list[Finding] = []
    if not inline:  # the profile of the package includes that of inline schemas
        file = location(package, resource.name, column)
        findings += _profile(document, "tableschema.json", file)
    try:
        return package.schema(resource), findings
    except UnsupportedSchemaError as error:
        return None, [
            *findings,
            place.not_checked(Rule.UNSUPPORTED, clause(error, column), column=column),
        ]


def _profile(document: Mapping[str, Any], profile: str, place: Location) -> Iterator[Finding]:
    """Compare a descriptor with its JSON profile, and its properties with the known ones."""
    stated = document.get("$schema", PROFILES + profile)
    if stated != PROFILES + profile:
        message = f"is not checked: only {PROFILES}{profile} is supported, and was used instead"
        yield place.not_checked(Rule.UNSUPPORTED, message, column="$schema", value=_text(stated))
    for violation in violations(document, profile):
        column, value = violation.path, violation.value
        yield place.error(Rule.PROFILE, violation.message, column=column, value=value)
    if profile == "datapackage.json":
        for column, keyword in _unknown(document, known_properties(profile), ""):
            message = f"is not a known property: correct it, remove it, or write my:{keyword}"
            yield place.error(Rule.UNKNOWN_KEYWORD, message, column=column)


def _unknown(document: Any, profile: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """Find the properties that the profile does not know; return the path and name of each."""
    if isinstance(document, list) and isinstance(profile.get("items"), dict):
        for at, item in enumerate(document):
            yield from _unknown(item, profile["items"], f"{path}[{at}]")
    known = profile.get("properties")
    if not isinstance(document, dict) or not known:
        return
    for keyword, value in document.items():
        place = f"{path}.{keyword}".lstrip(".")
        if keyword in known:
            if keyword not in {"schema", "dialect", "data"}:  # these have strict parsers
                yield from _unknown(value, known[keyword], place)
        elif keyword not in _BEYOND_STANDARD and ":" not in keyword:
            yield place, keyword


def _text(value: object) -> str | None:
    return None if value is None else str(value)[:200]
