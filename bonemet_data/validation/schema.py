"""Stage 4: every table against its schema, by the engine that also checks other people's data."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..checking.plan import Plan
from ..errors import BonemetError
from ..package.descriptor import Package
from ..reading.foreign_keys import check_reference, referenced_values
from ..reporting.finding import Finding
from ..reporting.report import Report
from ..reporting.rules import Rule, Stage
from ..tableschema.model import ForeignKey
from .csv_form import CsvFile
from .location import clause, location
from .profile import TableResource
from .typed_tables import Tables

_ALL = 10**9
"""Number of findings that the report of a table contains."""


def check(
    package: Package,
    resources: Mapping[str, TableResource],
    files: Mapping[str, CsvFile],
    tables: Tables,
) -> tuple[list[Finding], list[Report]]:
    """Check every table against its schema.

    Args:
        package: The package.
        resources: Its resources that can be read, by name.
        files: Their files.
        tables: The tables that foreign keys can refer to.

    Returns:
        The findings, and the report about each table.
    """
    from ..checking.check import check_csv

    findings: list[Finding] = []
    reports = []
    for name, file in files.items():
        resource = resources[name]
        values, faults = _targets(package, resource, tables)
        findings += faults
        report = check_csv(
            file.data,
            Plan.of(resource.schema, values.get),
            file=resource.location.file,
            resource=name,
            separator=resource.resource.dialect.get("delimiter", ","),
            limit=_ALL,
        )
        reports.append(report)  # what concerns the form of the file has been reported already
        findings += [each for each in report.findings if each.rule.stage is not Stage.CSV_FORM]
    return findings, reports


def check_examples(package: Package, resource: TableResource) -> Iterator[Finding]:
    """Check the example of each field as if it were a cell of the field."""
    from ..checking.cell_validator import CellValidator

    entry, schema = resource.resource, resource.schema
    file = {"path": entry.schema} if isinstance(entry.schema, str) else {}
    place = location(package, entry.name, **file)
    constraints = Plan.of(schema, lambda _: None).cells
    for field in schema.fields:
        if not field.example:
            continue
        missing = schema.missing(field)
        validator = CellValidator(field, constraints[field.name], missing, "", None)
        for violation in validator.check_text(field.example):
            message = f"{violation.message}; correct the example in the schema"
            yield place.error(Rule.EXAMPLE, message, column=field.name, value=field.example)


def _targets(
    package: Package, resource: TableResource, tables: Tables
) -> tuple[dict[ForeignKey, frozenset[tuple[Any, ...]]], list[Finding]]:
    """Return the values that each foreign key may have, and the keys that cannot be checked."""
    values: dict[ForeignKey, frozenset[tuple[Any, ...]]] = {}
    findings = []
    place, schema = resource.location, resource.schema
    for key in schema.foreign_keys:
        column, target = ", ".join(key.fields), tables.get(key.resource)
        referenced = f"{key.resource} ({', '.join(key.reference_fields)})"
        try:
            if key.package:
                message = f"refers to the package {key.package!r}, which is not checked"
                findings.append(place.not_checked(Rule.UNSUPPORTED, message, column=column))
            elif not key.resource:
                check_reference(resource.resource.name, key, schema, schema)
            elif target is not None and {*key.reference_fields} <= {*target.names}:
                check_reference(resource.resource.name, key, schema, target.schema)
                values[key] = referenced_values(map(target.column, key.reference_fields))
            elif target is None and key.resource in package.names:
                message = (
                    f"cannot be checked, since {key.resource} cannot be read: correct that first"
                )
                findings.append(place.not_checked(Rule.FOREIGN_KEYS, message, column=column))
            else:
                message = f"refers to {referenced}, which does not exist: correct the foreign key"
                findings.append(place.error(Rule.FOREIGN_KEYS, message, column=column))
        except BonemetError as error:
            findings.append(place.error(Rule.FOREIGN_KEYS, clause(error), column=column))
    return values, findings
