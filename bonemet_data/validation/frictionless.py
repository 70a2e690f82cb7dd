"""Stage 7, on request: the second opinion of frictionless; a disagreement is a finding.

An error that only frictionless finds is always reported. An error that only this package finds is
reported if frictionless checks for it at all: it does not check composite primary keys for missing
values (https://github.com/frictionlessdata/frictionless-py/issues/1623), nor `uniqueKeys`.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..extras import FRICTIONLESS
from ..package.descriptor import Package
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .json_profile import PROFILES
from .location import location
from .typed_tables import Tables, TypedTable

_MAX_ERRORS = 1_000_000  # the default of 1,000 would hide the others
_FORWARDED = ("name", "type", "path", "format", "encoding", "dialect", "bytes", "hash")
"""Properties that frictionless gets; others could make it open URLs."""

_ERROR_TYPES: Mapping[Rule, str] = {
    Rule.REQUIRED: "constraint-error",
    Rule.MINIMUM: "constraint-error",
    Rule.MAXIMUM: "constraint-error",
    Rule.MIN_LENGTH: "constraint-error",
    Rule.MAX_LENGTH: "constraint-error",
    Rule.PATTERN: "constraint-error",
    Rule.ENUM: "constraint-error",
    Rule.UNIQUE: "unique-error",
    Rule.PRIMARY_KEY: "primary-key",
    Rule.FOREIGN_KEYS: "foreign-key",
}
"""Type of the error that frictionless reports for a rule."""


def check(package: Package, tables: Tables, findings: Collection[Finding]) -> Iterator[Finding]:
    """Compare the errors of frictionless about the tables with the findings so far."""
    lines = {(finding.resource, finding.line) for finding in findings}
    resources = {finding.resource for finding in findings}
    types: dict[str | None, set[str]] = {}
    for name, kind, record, note in _errors(package, tables):
        types.setdefault(name, set()).add(kind)
        table = tables[name] if name else None
        line = _line(table, record) if table else None
        known = name in resources if line is None else {(name, line), (name, None)} & lines
        if not known:
            place = table.resource.location if table else location(package)
            message = f"frictionless reports a {kind} that was not found here: {note}"
            yield place.error(Rule.FRICTIONLESS_DISAGREES, message, line=line)
    for finding in findings:
        kind = _ERROR_TYPES.get(finding.rule, "")
        missing = finding.rule is Rule.PRIMARY_KEY and finding.value is None
        table = tables.get(finding.resource or "")
        if not kind or missing or not finding.line or not table:
            continue
        if kind not in types.get(finding.resource, ()):
            message = f"frictionless does not report this {finding.rule} error: {finding.message}"
            yield table.resource.location.error(
                Rule.FRICTIONLESS_DISAGREES,
                message,
                line=finding.line,
                row=finding.row,
                column=finding.column,
                value=finding.value,
            )


def _errors(package: Package, tables: Tables) -> Iterator[tuple[str | None, str, int | None, str]]:
    """Iterate over the errors of frictionless: resource, type, record (the header is 1), note."""
    with FRICTIONLESS:
        import frictionless
    resources: list[dict[str, Any]] = []
    for entry in package.descriptor["resources"]:
        if (
            isinstance(entry, dict)
            and isinstance(entry.get("name"), str)
            and entry["name"] in tables
        ):
            schema = package.schema_document(tables[entry["name"]].resource.resource)
            forwarded = {key: entry[key] for key in _FORWARDED if key in entry}
            resources.append(forwarded | {"schema": schema})
    if not resources:
        return
    descriptor = {"$schema": PROFILES + "datapackage.json", "resources": resources}
    try:
        with package.storage.on_disk() as root:
            checked = frictionless.Package.from_descriptor(descriptor, basepath=str(root))
            report = checked.validate(limit_errors=_MAX_ERRORS)
    except frictionless.FrictionlessException as error:
        yield None, str(error.error.type), None, str(error.error.note)
        return
    for fault in report.errors:
        yield None, fault.type, None, fault.note
    for task in report.tasks:
        table = tables[task.name]
        rows = {row.line: index for index, row in enumerate(table.records)}
        for fault in task.errors:
            record: int | None = getattr(fault, "row_number", None)
            index = rows.get(_line(table, record) or 0)
            if index is None or not _is_deviation(table, fault.type, index):
                yield task.name, fault.type, record, fault.note


def _is_deviation(table: TypedTable, kind: str, index: int) -> bool:
    """Return whether an error is one that the standard does not know.

    frictionless calls a row blank if all its cells are missing, and compares a foreign key with a
    missing part with its target.
    """
    if kind == "blank-row":
        return True
    keys = table.schema.foreign_keys
    missing = {name for name in table.names if table.column(name)[index] is None}
    return kind == "foreign-key" and all(set(key.fields) & missing for key in keys)


def _line(table: TypedTable, record: int | None) -> int | None:
    """Return the line of a record, as frictionless counts them."""
    rows = (table.table.header, *table.table.rows)
    return rows[record - 1].line if record and record <= len(rows) else None
