"""The stages of the validation of a package, in order."""

from collections.abc import Collection

from ..checking.engine import Progress
from ..package.descriptor import Package
from ..package.installed import PUBLISHED
from ..reporting.finding import Finding, Severity
from ..reporting.report import Report
from ..reporting.results import Results
from ..reporting.rules import Rule, Stage
from . import dependencies, integrity, profile, tables
from .house import consistency, releases
from .house import stage as house_stage
from .house.causes import without_consequences
from .typed_tables import read_typed_tables


def validate(
    package: Package,
    *,
    house: bool = False,
    frictionless: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Validate a package: every stage runs on what the stages before it could read.

    Args:
        package: Package that has been opened.
        house: Whether to apply the rules of the package `PUBLISHED` to a package of another name.
            Then a warning is an error.
        frictionless: Whether to compare the result with that of frictionless.
        progress: Function to call with the numbers of records and bytes checked so far.

    Raises:
        MissingExtraError: The extra "validate", or "frictionless", is not installed.
    """
    house = house or package.name == PUBLISHED
    findings, entries = profile.check(package)
    for entry in entries:
        findings += tables.check_examples(package, entry)
    found, readable = integrity.check(package, entries)
    findings += found
    unchecked = {each.resource for each in findings if each.severity is Severity.NOT_CHECKED}
    parts: list[Results] = []
    for result in tables.check(package, readable, progress):
        findings += (f for f in result.findings if not _is_told(f, unchecked))
        if result.results:
            parts.append(result.results)
    resources = {entry.name: entry for entry in readable}
    needed = set(resources) if house else dependencies.needed(entries)
    typed = read_typed_tables(package, (resources[n] for n in needed if n in resources))
    findings += dependencies.check(package, {entry.name: entry for entry in entries}, typed)
    if house:
        findings = [each for each in findings if not _is_finer_in_house(each)]
        found = [*house_stage.check(package, resources, typed)]
        parts = [*without_consequences(parts, found)]
        findings += found
    else:
        findings += house_stage.check_name(package)
    if frictionless:
        from . import frictionless as second_opinion

        results = Results.of(findings, parts)
        findings += second_opinion.check(package, readable, results)
    report = Report.of(
        findings,
        parts,
        title=f"{package.name or 'the package'} {package.version}".strip(),
        notes=(*consistency.notes(package), *releases.notes(package)) if house else (),
        resources=len(package.descriptor["resources"]),
        rows=sum(part.rows for part in parts),
        cells=sum(part.cells for part in parts),
    )
    return report.strict() if house else report


def _is_told(finding: Finding, unchecked: Collection[str | None]) -> bool:
    """Return whether the descriptor already says why a resource is not checked."""
    return finding.rule is Rule.UNSUPPORTED and finding.resource in unchecked


def _is_finer_in_house(finding: Finding) -> bool:
    """Return whether the rules of the house report the same in more detail."""
    if finding.severity is not Severity.WARNING:
        return False
    return finding.rule.stage is Stage.CSV_FORM or finding.rule is Rule.UNKNOWN_KEYWORD
