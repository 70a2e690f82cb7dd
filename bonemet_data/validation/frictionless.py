"""Stage 7, on request: the second opinion of frictionless; a true disagreement is a finding.

A disagreement about a table that both call invalid is not reported, nor a known deviation of
frictionless from the standard; see `_is_deviation`. Tables that were not checked completely are not
compared. What frictionless does not check is not compared either: composite primary keys with
missing values (https://github.com/frictionlessdata/frictionless-py/issues/1623), `uniqueKeys`,
`categories`, and the descriptor.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..extras import FRICTIONLESS
from ..package.descriptor import Package
from ..reporting.finding import Finding, Severity
from ..reporting.results import Count, Results
from ..reporting.rules import Rule
from ..tableschema.model import TableSchema
from .json_profile import PROFILES
from .location import clause, location
from .profile import ResourceEntry

_MAX_ERRORS = 1_000
_FORWARDED = ("name", "type", "path", "format", "encoding", "dialect", "bytes", "hash")
"""Properties that frictionless gets; others could make it open URLs."""

_COMPARED = {
    Rule.REQUIRED,
    Rule.UNIQUE,
    Rule.MINIMUM,
    Rule.MAXIMUM,
    Rule.MIN_LENGTH,
    Rule.MAX_LENGTH,
    Rule.PATTERN,
    Rule.ENUM,
    Rule.PRIMARY_KEY,
    Rule.FOREIGN_KEYS,
    Rule.BYTES,
    Rule.HASH,
}
"""Rules that frictionless checks too."""

_COMMON_TYPES = {"string", "integer", "number", "boolean", "date"}
"""Types whose default format means the same to both."""


def check(
    package: Package, resources: Sequence[ResourceEntry], results: Results
) -> Iterator[Finding]:
    """Compare the errors of frictionless about the tables with the findings so far.

    Args:
        package: The package.
        resources: Its resources whose files can be opened.
        results: The findings so far, with exact counts.
    """
    skipped = {c.resource for c in results.counts if c.severity is Severity.NOT_CHECKED}
    compared = {
        entry.name: entry
        for entry in resources
        if entry.schema and len(entry.resource.paths) == 1 and entry.name not in skipped
    }
    opinions: dict[str, list[Any]] = {name: [] for name in compared}
    try:
        for name, fault in _errors(package, compared):
            opinions[name].append(fault)
    except ImportError:
        raise
    except Exception as error:  # whatever frictionless raises is not its opinion about the data
        message = f"frictionless did not finish: {clause(error)[:200]}"
        yield location(package).not_checked(Rule.FRICTIONLESS_DISAGREES, message)
        return
    for name, entry in compared.items():
        errors = [c for c in results.counts if (c.resource, c.severity) == (name, Severity.ERROR)]
        if errors and not opinions[name] and all(_is_compared(each, entry) for each in errors):
            yield from _only_here(results, errors[0])
        elif not errors and entry.schema:
            for fault in opinions[name]:
                if not _is_deviation(fault, entry.schema):
                    message = (
                        f"frictionless reports a {fault.type} that was not found here: {fault.note}"
                    )
                    yield entry.location.error(Rule.FRICTIONLESS_DISAGREES, message)
                    break


def _is_compared(count: Count, entry: ResourceEntry) -> bool:
    keys = entry.schema.primary_key if entry.schema else ()
    return count.rule in _COMPARED and not (count.rule is Rule.PRIMARY_KEY and len(keys) > 1)


def _only_here(results: Results, count: Count) -> Iterator[Finding]:
    """Report the first of the errors that frictionless does not report."""
    group = count.severity, count.rule, count.resource, count.column
    for each in results.findings:
        if (each.severity, each.rule, each.resource, each.column) == group:
            message = f"frictionless does not report this {each.rule} error: {each.message}"
            yield replace(each, rule=Rule.FRICTIONLESS_DISAGREES, message=message, suggestion=None)
            return


def _errors(package: Package, compared: Mapping[str, ResourceEntry]) -> Iterator[tuple[str, Any]]:
    """Iterate over the errors of frictionless, with the names of the resources."""
    with FRICTIONLESS:
        import frictionless
    resources: list[dict[str, Any]] = []
    for entry in package.descriptor["resources"]:
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str) and name in compared:
            schema = package.schema_document(compared[name].resource)
            forwarded = {key: entry[key] for key in _FORWARDED if key in entry}
            resources.append(forwarded | {"schema": schema})
    if not resources:
        return
    descriptor = {"$schema": PROFILES + "datapackage.json", "resources": resources}
    with package.storage.on_disk() as root:
        checked = frictionless.Package.from_descriptor(descriptor, basepath=str(root))
        report = checked.validate(limit_errors=_MAX_ERRORS)
    for task in report.tasks:
        for fault in task.errors:
            yield task.name, fault


def _is_deviation(fault: Any, schema: TableSchema) -> bool:
    """Return whether an error of frictionless is one that the standard does not know."""
    name = getattr(fault, "field_name", "")
    field = schema.field(name) if name else None
    match fault.type:
        case "blank-row":  # a row of missing values
            return True
        case "missing-label" | "extra-label" | "incorrect-label":  # it does not know fieldsMatch:
            # https://datapackage.org/standard/table-schema/#fieldsMatch
            return schema.fields_match != "exact"
        case "foreign-key":  # a key with a missing part refers to nothing:
            # https://datapackage.org/standard/table-schema/#foreignKeys
            return bool({*getattr(fault, "field_cells", ())} & {"", *schema.missing_values})
        case "type-error" | "constraint-error":
            if field is None or not field.plain or field.type not in _COMMON_TYPES:
                # for example, it knows only years from 0 to 9999, against
                # https://datapackage.org/standard/table-schema/#year
                return True
            # it joins the pattern with ^ and $, so that an alternative need not match the whole:
            # https://datapackage.org/standard/table-schema/#pattern
            return "|" in str(field.constraints.get("pattern", ""))
    return False
