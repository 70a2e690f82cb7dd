"""Stage 4: every table against its schema, by the engine that also checks single tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..checking.cell_validator import CellValidator
from ..checking.collector import Collector
from ..checking.engine import check_tables
from ..checking.plan import Plan
from ..errors import (
    ArgumentError,
    BonemetError,
    DataError,
    PackageError,
    UnknownNameError,
    UnsupportedDataError,
    UnsupportedSchemaError,
)
from ..package.descriptor import Package
from ..package.resource import Resource
from ..reading.foreign_keys import foreign_key_targets
from ..reading.null_sequences import with_null_sequence
from ..reading.resources import open_resource
from ..reading.sniffing import has_lone_returns, require_text
from ..reading.tables import CsvTable, Table
from ..reading.temporary_files import Scratch
from ..reporting.finding import Finding
from ..reporting.results import Results
from ..reporting.rules import Rule
from ..tableschema.model import ForeignKey, TableSchema
from ..tableschema.parser import read_table_schema
from .form import check_form
from .location import clause, file_rule, location
from .profile import ResourceEntry

LIMIT = 1_000
"""Number of findings of a table that are kept; the counts are exact."""


@dataclass(frozen=True, slots=True)
class TableResult:
    """The result of the check of one resource.

    Attributes:
        findings: Findings about the resource as a whole.
        results: Findings and exact counts of the cells and keys; None if no data could be read.
    """

    findings: list[Finding]
    results: Results | None = None


def check(package: Package, resources: Sequence[ResourceEntry]) -> Iterator[TableResult]:
    """Check the table of every resource against its schema.

    A resource without schema is checked if the descriptor says that it is a table: then only the
    form of the file can be wrong.

    Args:
        package: The package.
        resources: Its resources whose files exist.
    """
    targets = TargetReader(package)
    for entry in resources:
        if entry.dialect and (entry.resource.tabular or entry.schema):
            with Scratch() as scratch:
                yield _check(package, entry, targets, scratch)


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
    package: Package, entry: ResourceEntry, targets: "TargetReader", scratch: Scratch
) -> TableResult:
    place = entry.location
    findings: list[Finding] = []
    try:
        schema, dialect = entry.schema, entry.dialect
        if schema and dialect:
            schema = with_null_sequence(schema, dialect)
        tables = open_resource(package, entry.resource, scratch, schema, dialect)
        if dialect and not dialect.line_terminator and any(map(_has_lone_returns, tables)):
            dialect = dialect._replace(line_terminator="\r")
            tables = open_resource(package, entry.resource, scratch, schema, dialect)
            message = "lines end with CR: save the file with LF, or state the lineTerminator"
            findings.append(place.warning(Rule.LINE_ENDING, message, line=1))
        _require_text(tables)
        schema = schema or _untyped(tables)
        if schema is None:
            return TableResult([place.error(Rule.NOT_CSV, "there is no header", line=1)])
        if entry.schema and (wrong := _wrong_separator(entry, tables)):
            return TableResult([wrong])
        values, found = targets.read(entry, schema)
        findings += found
        collector = Collector(LIMIT, resource=entry.name)
        check_tables(Plan.of(schema, values.get), tables, collector, scratch)
        results = collector.report(entry.name)
        return TableResult([*findings, *check_form(entry, tables)], results)
    except (UnsupportedDataError, UnsupportedSchemaError) as error:
        message = f"was not checked: {clause(error, place.file)}"
        return TableResult([*findings, place.not_checked(Rule.UNSUPPORTED, message)])
    except (DataError, PackageError) as error:
        rule = file_rule(error, Rule.UNREADABLE_FILE)
        return TableResult([*findings, place.error(rule, clause(error, place.file))])


def _has_lone_returns(table: Table) -> bool:
    """Return whether the lines of a CSV file end with carriage returns only."""
    if not isinstance(table, CsvTable):
        return False
    with table.open() as stream:
        return has_lone_returns(stream)


def _require_text(tables: Sequence[Table]) -> None:
    """Raise DataError if a CSV file is obviously another kind of file."""
    for table in tables:
        if isinstance(table, CsvTable):
            with table.open() as stream:
                require_text(stream, table.name)


def _wrong_separator(entry: ResourceEntry, tables: Sequence[Table]) -> Finding | None:
    """Return the finding about a file that needs another delimiter, in place of many others."""
    for table in tables:
        if isinstance(table, CsvTable) and entry.schema:
            try:
                table.require_separator(entry.schema.names)
            except ArgumentError as error:
                cause = clause(error, table.name).partition(": ")[0]
                message = f"{cause}: state the delimiter in the dialect of the resource"
                return entry.location.error(Rule.COLUMNS, message, line=1)
    return None


def _untyped(tables: Sequence[Table]) -> TableSchema | None:
    """Return a schema that allows any cell, with the columns of the first table."""
    header = tables[0].header if tables else None
    if not header:
        return None
    fields = [{"name": name, "type": "any"} for name in dict.fromkeys(header)]
    return read_table_schema({"fields": fields, "missingValues": []}, "the table")[0]


class _FaultyPackage(Package):
    """A package whose tables are read as far as possible, since its faults are reported."""

    def schema(self, resource: Resource) -> TableSchema:
        """Read a Table Schema without what cannot be used."""
        return read_table_schema(self.schema_document(resource), resource.label)[0]

    def require_checksum(self, resource: Resource) -> None:
        """Accept any checksum."""


class TargetReader:
    """Reader of the values that foreign keys may have; each target is read once.

    Args:
        package: The package with the tables.
    """

    def __init__(self, package: Package) -> None:
        self.package = _FaultyPackage(package.storage, package.descriptor)
        self._read: dict[tuple[Any, ...], frozenset[tuple[Any, ...]] | BonemetError] = {}

    def read(
        self, entry: ResourceEntry, schema: TableSchema
    ) -> tuple[dict[ForeignKey, frozenset[tuple[Any, ...]]], list[Finding]]:
        """Return the values that each foreign key of a schema may have.

        Returns:
            The values, and a finding for each key that is wrong or cannot be checked.
        """
        values: dict[ForeignKey, frozenset[tuple[Any, ...]]] = {}
        findings = []
        place = location(self.package, entry.resource.name or None)
        for key in schema.foreign_keys:
            column = ", ".join(key.fields)
            if key.package:
                message = f"refers to the package {key.package!r}, which is not read"
                findings.append(place.not_checked(Rule.UNSUPPORTED, message, column=column))
                continue
            try:
                found = self._values(entry.name, schema, key)
            except UnknownNameError as error:
                message = f"the foreign key is wrong: {clause(error)}"
                findings.append(place.error(Rule.FOREIGN_KEYS, message, column=column))
            except BonemetError as error:
                message = f"was not compared with {key.resource}: {clause(error)}"
                findings.append(place.not_checked(Rule.FOREIGN_KEYS, message, column=column))
            else:
                if key.resource:
                    values[key] = found
        return values, findings

    def _values(
        self, name: str, schema: TableSchema, key: ForeignKey
    ) -> frozenset[tuple[Any, ...]]:
        """Read the values of a key; keys to the same table are only compared with its fields."""
        one = TableSchema(fields=schema.fields, foreign_keys=(key,))
        targets = foreign_key_targets(name, one, self.package, {})
        if not key.resource:
            return frozenset()
        fields = tuple(getattr(schema.field(field), "type", "") for field in key.fields)
        cached = key.resource, key.reference_fields, fields
        if cached not in self._read:
            try:
                self._read[cached] = targets(key) or frozenset()
            except BonemetError as error:
                self._read[cached] = error
        found = self._read[cached]
        if isinstance(found, BonemetError):
            raise found
        return found
