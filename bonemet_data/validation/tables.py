"""Stage 4: every table against its schema, by the engine that also checks single tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..checking.cell_validator import CellValidator
from ..checking.collector import Collector
from ..checking.engine import Progress, check_tables
from ..checking.plan import Plan
from ..errors import DataError, PackageError, UnsupportedDataError, UnsupportedSchemaError
from ..package.descriptor import Package
from ..package.sizes import size_on_disk
from ..reading.tables import Table, TextTable
from ..reading.temporary_files import Scratch
from ..reporting.finding import Finding
from ..reporting.results import Results
from ..reporting.rules import Rule
from ..tableschema.model import TableSchema
from ..tableschema.parser import read_table_schema
from .form import check_form
from .location import clause, file_rule, location
from .opening import open_tables, wrong_separator
from .profile import ResourceEntry
from .targets import TargetReader
from .versions import version_of

LIMIT = 1_000
"""Number of findings of a table that are kept; the counts are exact."""

_HEADER = 2**20
"""Bytes of a header that are looked at."""

_BYTE = re.compile("byte 0x[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class TableResult:
    """The result of the check of one resource.

    Attributes:
        findings: Findings about the resource as a whole.
        results: Findings and exact counts of the cells and keys; None if no data could be read.
    """

    findings: list[Finding]
    results: Results | None = None


def check(
    package: Package, resources: Sequence[ResourceEntry], progress: Progress | None = None
) -> Iterator[TableResult]:
    """Check the table of every resource against its schema.

    A resource without schema is checked if the descriptor says that it is a table: then only the
    form of the file can be wrong.

    Args:
        package: The package.
        resources: Its resources whose files exist.
        progress: Function to call with the numbers of records and bytes checked so far.
    """
    targets = TargetReader(package)
    rows, done = 0, 0
    for entry in resources:
        size = size_on_disk(package, entry.resource)
        result = None
        if entry.dialect and (entry.resource.tabular or entry.schema):
            with Scratch() as scratch:
                result = _check(
                    package, entry, targets, scratch, _after(progress, rows, done, size)
                )
        if result:
            yield result
        rows += result.results.rows if result and result.results else 0
        done += size
        if progress:
            progress(rows, done)


def _after(progress: Progress | None, rows: int, done: int, size: int) -> Progress | None:
    """Return the progress function of a resource after others, whose files have a size."""
    if progress is None:
        return None
    return lambda own, own_size: progress(rows + own, done + min(own_size, size))


def check_examples(package: Package, entry: ResourceEntry) -> Iterator[Finding]:
    """Check the example of each field as if it were a cell of the field."""
    resource, schema = entry.resource, entry.schema
    if schema is None or not any(field.example for field in schema.fields):
        return
    file = {"path": resource.schema} if isinstance(resource.schema, str) else {}
    place = location(package, resource.name or None, **file)
    constraints = Plan.of(schema, lambda _: None).cells
    for field in schema.fields:
        if not field.example:
            continue
        missing = schema.missing(field)
        validator = CellValidator(field, constraints[field.name], missing, "", None)
        for violation in validator.check_text(field.example):
            message = f"{violation.message}; correct the example in the schema"
            yield place.warning(Rule.EXAMPLE, message, column=field.name, value=field.example)


def _check(
    package: Package,
    entry: ResourceEntry,
    targets: TargetReader,
    scratch: Scratch,
    progress: Progress | None,
) -> TableResult:
    place = entry.location
    findings: list[Finding] = []
    try:
        entry, tables, found = open_tables(package, entry, scratch)
        findings += found
        if _may_detect(package, entry) and any(map(_has_unknown_header, tables)):
            message = "the header is not UTF-8: state the encoding, for example iso-8859-1"
            return TableResult([*findings, place.not_checked(Rule.ENCODING, message, line=1)])
        schema = entry.schema or _untyped(tables)
        if schema is None:
            return TableResult([place.error(Rule.NOT_CSV, "there is no header", line=1)])
        if wrong := wrong_separator(entry, tables):
            return TableResult([*findings, wrong])
        values, found = targets.read(entry, schema)
        findings += found
        collector = Collector(LIMIT, resource=entry.name)
        check_tables(Plan.of(schema, values.get), tables, collector, scratch, progress)
        results: Results = collector.report(entry.name)
        if _may_detect(package, entry):
            findings += _not_decoded(entry, tables, results)
            results = _without_encoding(results)
        return TableResult([*findings, *check_form(entry, tables)], results)
    except (UnsupportedDataError, UnsupportedSchemaError) as error:
        message = f"was not checked: {clause(error, place.file)}"
        return TableResult([*findings, place.not_checked(Rule.UNSUPPORTED, message)])
    except (DataError, PackageError) as error:
        rule = file_rule(error, Rule.UNREADABLE_FILE)
        return TableResult([*findings, place.error(rule, clause(error, place.file))])


def _has_unknown_header(table: Table) -> bool:
    """Return whether the first line of a CSV file is not UTF-8."""
    if table.header is not None or not isinstance(table, TextTable):
        return False
    with table.open() as stream:
        line = stream.read(0, _HEADER).partition(b"\n")[0]
    return "\ufffd" in line.decode("utf-8", "replace") and b"\xef\xbf\xbd" not in line


def _may_detect(package: Package, entry: ResourceEntry) -> bool:
    """Return whether the encoding is not stated, so that bytes that are not UTF-8 are no error.

    https://datapackage.org/standard/data-resource/#encoding. In version 1 the default is UTF-8.
    """
    return not entry.resource.encoding and version_of(package.descriptor) != 1


def _not_decoded(
    entry: ResourceEntry, tables: Sequence[Table], results: Results
) -> Iterator[Finding]:
    """Return a finding for each file that is not UTF-8."""
    step = "state the encoding, for example iso-8859-1"
    if not any(count.rule is Rule.ENCODING for count in results.counts):
        return
    found = [finding for finding in results.findings if finding.rule is Rule.ENCODING]
    first = {finding.file: finding for finding in reversed(found)}
    for table in tables:
        if finding := first.get(table.name):
            byte = _BYTE.search(finding.message)
            message = f"is not UTF-8 (line {finding.line}{f', {byte[0]}' if byte else ''}): {step}"
            place = replace(entry.location, file=table.name or "")
            yield place.not_checked(Rule.ENCODING, message, line=finding.line)
    if not first:  # after the findings that are kept
        yield entry.location.not_checked(Rule.ENCODING, f"is not UTF-8: {step}")


def _without_encoding(results: Results) -> Results:
    """Return results without the findings about cells that are not UTF-8."""
    number = sum(count.number for count in results.counts if count.rule is Rule.ENCODING)
    results = results.ignore(Rule.ENCODING.value)
    return replace(results, cells=results.cells - number, ignored=0)


def _untyped(tables: Sequence[Table]) -> TableSchema | None:
    """Return a schema that allows any cell, with the columns of the first table."""
    header = tables[0].header if tables else None
    if not header:
        return None
    fields = [{"name": name, "type": "any"} for name in dict.fromkeys(header)]
    return read_table_schema({"fields": fields, "missingValues": []}, "the table")[0]
