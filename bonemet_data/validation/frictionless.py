"""Stage 7, on request: the second opinion of frictionless; a true disagreement is a finding.

A disagreement about a table that both call invalid is not reported, nor a known deviation of
frictionless from the standard. Tables that were not checked completely are not compared.

What frictionless reports, although the standard allows it, is listed in `_DEVIATIONS`. What it does
not report, although it is an error, is not compared at all: composite primary keys with missing
values (https://github.com/frictionlessdata/frictionless-py/issues/1623), `uniqueKeys`,
`categories`, and everything about the descriptor.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..extras import FRICTIONLESS
from ..package.descriptor import Package
from ..reporting.finding import Finding, Severity
from ..reporting.results import Results
from ..reporting.rules import Rule
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

_DEVIATIONS = {
    # A row is called blank if all its cells are missing values:
    # https://framework.frictionlessdata.io/docs/errors/row.html
    "blank-row",
    # A foreign key with a missing part is compared with its target, against
    # https://datapackage.org/standard/table-schema/#foreignkeys
    "foreign-key",
    # Years of more than four digits, negative years, and numbers with several group characters are
    # called wrong, against https://datapackage.org/standard/table-schema/#year
    "type-error",
}
"""Types of errors about data that may be right by the standard."""


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
        if entry.resource.name and entry.schema and entry.name not in skipped
    }
    errors = {c.resource for c in results.counts if c.severity is Severity.ERROR}
    opinions: dict[str, list[str]] = {name: [] for name in compared}
    try:
        for name, text in _errors(package, compared):
            opinions.setdefault(name, []).append(text)
    except Exception as error:  # whatever frictionless raises is not its opinion about the data
        if isinstance(error, ImportError):
            raise
        message = f"frictionless did not finish: {clause(error)[:200]}"
        yield location(package).not_checked(Rule.FRICTIONLESS_DISAGREES, message)
        return
    for name, texts in opinions.items():
        if texts and name not in errors:
            message = f"frictionless reports an error that was not found here: {texts[0]}"
            yield compared[name].location.error(Rule.FRICTIONLESS_DISAGREES, message)
    for name, entry in compared.items():
        only = [c for c in results.counts if c.resource == name and c.severity is Severity.ERROR]
        if only and not opinions[name] and all(count.rule in _COMPARED for count in only):
            if only[0].rule is Rule.PRIMARY_KEY and len(entry.schema.primary_key or ()) > 1:  # type: ignore[union-attr]
                continue
            message = f"frictionless does not report this error of the rule {only[0].rule}"
            yield entry.location.error(
                Rule.FRICTIONLESS_DISAGREES, message, column=only[0].column
            )


def _errors(
    package: Package, compared: Mapping[str, ResourceEntry]
) -> Iterator[tuple[str, str]]:
    """Iterate over the errors of frictionless: the name of the resource, and the text."""
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
            if fault.type not in _DEVIATIONS:
                yield task.name, f"{fault.type}: {fault.note}"
