"""Stage 1: the descriptor and the schemas, before any data file is opened."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..errors import BonemetError, PackageError
from ..package.descriptor import DESCRIPTOR, Package
from ..package.dialect import Dialect
from ..package.json_reading import read_document
from ..package.resource import UNOPENED, Resource, is_remote, read_resource
from ..reporting.finding import Finding, Severity
from ..reporting.rules import Rule
from ..tableschema.model import TableSchema
from ..tableschema.parser import read_table_schema
from ..tableschema.problems import Problem
from .json_profile import Version, violations
from .location import Location, clause, file_rule, location, owner
from .properties import further_properties
from .versions import own_profile, version_of

_OF_VERSION_2 = re.compile(
    r"\b(fields\[[0-9]+\]\.(categories(Ordered)?|missingValues)|fieldsMatch|uniqueKeys)\b"
)
"""Properties of schemas that are further properties, with any value, in version 1."""

_PLAIN_NAME = re.compile("[-a-z0-9._/]+")


@dataclass(frozen=True, slots=True)
class ResourceEntry:
    """A resource whose entry in the descriptor can be read.

    Attributes:
        resource: The entry in the descriptor.
        schema: The Table Schema; None if there is none, or if it cannot be used.
        dialect: The Table Dialect; None if it cannot be read.
        location: The data file, or the descriptor for inline data.
    """

    resource: Resource
    schema: TableSchema | None
    dialect: Dialect | None
    location: Location

    @property
    def name(self) -> str:
        """The name of the resource, or its path in the descriptor."""
        return self.resource.label


def check(package: Package) -> tuple[list[Finding], list[ResourceEntry]]:
    """Check the descriptor and the schemas.

    Returns:
        The findings, and the resources that can be read.
    """
    descriptor, place = package.descriptor, location(package)
    version = version_of(descriptor)
    findings = [place.problem(problem, Rule.PROFILE) for problem in package.problems]
    findings += _own_profile(descriptor, place)
    resources: list[ResourceEntry] = []
    names: set[str] = set()
    for at, document in enumerate(_list(descriptor.get("resources"))):
        resource, problems = read_resource(document, at)
        known = location(package, resource.name or None if resource else None)
        findings += _entry_findings(known, problems)
        if resource is None:
            continue
        if resource.name in names:
            message = "is also the name of another resource: rename one of the two"
            column = f"resources[{at}].name"
            findings.append(known.error(Rule.NAME, message, column=column, value=resource.name))
        elif version == 2 and not _PLAIN_NAME.fullmatch(resource.name or "x"):
            # A recommendation of version 2, a requirement of version 1:
            # https://datapackage.org/standard/data-resource/#name
            message = "should consist of lower-case letters, digits and any of . _ -"
            column = f"resources[{at}].name"
            findings.append(known.warning(Rule.NAME, message, column=column, value=resource.name))
        names.add(resource.name)
        schema, found = _schema(package, resource)
        findings += found
        dialect, found = _dialect(package, resource)
        findings += found
        findings += _tabular(known, resource, document)
        path = resource.path if resource.path and not resource.remote else DESCRIPTOR
        data = location(package, known.resource, path)
        resources.append(ResourceEntry(resource, schema, dialect, data))
    if not _list(descriptor.get("resources")):
        message = "the package has no resources: list at least one"
        findings.append(place.error(Rule.PROFILE, message, column="resources"))
    told = [f.column or "" for f in findings if f.file == place.file and _is_error(f)]
    for finding in _profile(descriptor, "datapackage.json", place, version, told):
        findings.append(replace(finding, resource=owner(package, finding.column or "")))
    if version == 1:
        findings = [
            replace(each, severity=Severity.WARNING)
            if _is_error(each) and _OF_VERSION_2.search(each.column or "")
            else each
            for each in findings
        ]
    wrong = {(each.file, each.column) for each in findings if _is_error(each)}
    findings = [f for f in findings if _is_error(f) or (f.file, f.column) not in wrong]
    return [*findings, *_misspelled(package)], resources


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _entry_findings(place: Location, problems: Iterable[Problem]) -> Iterator[Finding]:
    for problem in problems:
        if problem.path.endswith("].type"):  # a further property in version 1; see the profile
            continue
        rule = Rule.NAME if problem.path.endswith(".name") else Rule.PROFILE
        if problem.message.startswith(UNOPENED):
            rule = Rule.UNSAFE_PATH
        yield place.problem(problem, rule)


def _own_profile(descriptor: Mapping[str, Any], place: Location) -> Iterator[Finding]:
    """Tell that the rules of a profile of others are not checked; nothing is fetched."""
    if own := own_profile(descriptor):
        key, value = own
        message = "is not read: only the rules of the Data Package standard were checked"
        yield place.not_checked(Rule.UNSUPPORTED, message, column=key, value=value[:200])


def _tabular(place: Location, resource: Resource, entry: Mapping[str, Any]) -> Iterator[Finding]:
    """Check what a table should have."""
    profile = entry.get("profile")
    if profile == "tabular-data-resource" and resource.schema is None and "schema" not in entry:
        # https://specs.frictionlessdata.io/tabular-data-resource/
        message = "is missing, although the resource is a table: add the Table Schema"
        column = f"resources[{resource.number}].schema"
        yield place.warning(Rule.PROFILE, message, column=column)


def _dialect(package: Package, resource: Resource) -> tuple[Dialect | None, list[Finding]]:
    """Read the Table Dialect of a resource."""
    if is_remote(resource.dialect):
        return None, []  # reported as a problem of the resource
    name = resource.name or None
    path = resource.dialect if isinstance(resource.dialect, str) else DESCRIPTOR
    try:
        dialect, problems = package.dialect(resource)
    except BonemetError as error:
        rule = file_rule(error, Rule.UNREADABLE_SCHEMA)
        column = f"resources[{resource.number}].dialect"
        message, place = clause(error, path), location(package, name)
        return None, [place.error(rule, message, column=column, value=path)]
    place = location(package, name, path)
    prefix = "" if path == DESCRIPTOR else f"{path}."
    return dialect, [
        place.problem(each, Rule.PROFILE, column=each.path.removeprefix(prefix))
        for each in problems
    ]


def _schema(package: Package, resource: Resource) -> tuple[TableSchema | None, list[Finding]]:
    """Read the schema of a resource, and compare it with the profile."""
    column = f"resources[{resource.number}].schema"
    place = location(package, resource.name or None)
    document = resource.schema
    findings: list[Finding] = []
    file = None
    if isinstance(document, str):
        if is_remote(document):
            return None, []  # reported as a problem of the resource
        try:
            file = location(package, resource.name or None, document)
            document, problems = read_document(package.storage.read(document), document)
        except PackageError as error:
            rule = file_rule(error, Rule.UNREADABLE_SCHEMA)
            path = str(resource.schema)
            message = clause(error, path)
            return None, [place.error(rule, message, column=column, value=path)]
        findings += [file.problem(problem, Rule.UNREADABLE_SCHEMA) for problem in problems]
    if document is None:
        return None, findings
    version = version_of(package.descriptor if file is None else document)
    try:
        schema, problems = read_table_schema(document, resource.label)
    except BonemetError as error:
        return None, [*findings, place.error(Rule.PROFILE, clause(error), column=column)]
    prefix = f"{column}." if file is None else ""
    where = file or place
    findings += [
        where.problem(each, Rule.PROFILE, column=(prefix + each.path).rstrip(".") or None)
        for each in problems
    ]
    if file is not None:  # the profile of the package includes that of inline schemas
        told = [finding.column or "" for finding in findings if _is_error(finding)]
        findings += _profile(document, "tableschema.json", file, version, told)
        findings += _own_profile({k: v for k, v in document.items() if k == "$schema"}, file)
    return schema if schema.fields else None, findings


def _profile(
    document: Mapping[str, Any],
    profile: str,
    place: Location,
    version: Version,
    told: Iterable[str],
) -> Iterator[Finding]:
    """Compare a document with its JSON profile, except for properties with other findings."""
    places = {*told}
    above = {path[:at] for path in places for at, char in enumerate(path) if char in ".["}
    for violation in violations(document, profile, version):
        path = violation.path
        parts = {path[:at] for at, char in enumerate(path) if char in ".["}
        if path in places or path in above or parts & places:
            continue
        report = place.error if violation.severity is Severity.ERROR else place.warning
        yield report(Rule.PROFILE, violation.message, column=path, value=violation.value)


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _misspelled(package: Package) -> Iterator[Finding]:
    for each in further_properties(package.descriptor):
        if each.known:
            message = (
                f"is not a property of the standard: correct it to {each.known!r}, or remove it"
            )
            place = location(package, owner(package, each.path))
            yield place.warning(Rule.UNKNOWN_KEYWORD, message, column=each.path)
