"""The stages of the validation of a package, in order."""

from ..package.descriptor import Package
from ..package.installed import PUBLISHED
from ..reporting.report import Report
from . import consistency, csv_form, dependencies, integrity, profile, releases, schema
from .typed_tables import TypedTable


def validate(package: Package, *, frictionless: bool = False) -> Report:
    """Validate a package: every stage runs on what the stages before it could read.

    Args:
        package: Package that has been opened.
        frictionless: Whether to compare the result with that of frictionless.

    Raises:
        MissingExtraError: The extra "validate", or "frictionless", is not installed.
    """
    findings, resources = profile.check(package)
    for resource in resources.values():
        findings += schema.check_examples(package, resource)
    found, contents = integrity.check(package, resources)
    findings += found
    files, tables = {}, {}
    for name, data in contents.items():
        found, file = csv_form.check(resources[name], data)
        findings += found
        if file:
            files[name] = file
        if file and file.complete:
            tables[name] = TypedTable(resources[name], file.table)
    found, reports = schema.check(package, resources, files, tables)
    findings += found
    findings += dependencies.check(package, resources, tables)
    if package.name == PUBLISHED:
        findings += consistency.check(package, tables, files)
    findings += releases.check(package)
    if frictionless:
        from . import frictionless as second_opinion

        findings += second_opinion.check(package, tables, findings)
    return Report.of(
        findings,
        title=f"{package.name or 'the package'} {package.version}".strip(),
        notes=(*consistency.notes(package), *releases.notes(package)),
        resources=len(package.descriptor["resources"]),
        rows=sum(report.rows for report in reports),
        cells=sum(report.cells for report in reports),
    )
