"""Open the tables of a resource, also if the descriptor does not say how they are written."""

from collections.abc import Sequence
from dataclasses import replace

from ..errors import ArgumentError
from ..package.descriptor import Package
from ..reading.null_sequences import with_null_sequence
from ..reading.resources import open_resource
from ..reading.sniffing import has_lone_returns, require_text
from ..reading.tables import CsvTable, Table
from ..reading.temporary_files import Scratch
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .location import clause
from .profile import ResourceEntry


def open_tables(
    package: Package, entry: ResourceEntry, scratch: Scratch
) -> tuple[ResourceEntry, list[Table], list[Finding]]:
    """Open the files of a resource, or its inline data.

    Returns:
        The resource with the schema and the dialect that were used, its tables, and findings about
        the dialect.

    Raises:
        DataError: The data cannot be read.
        PackageError: A file is missing.
    """
    schema, dialect = entry.schema, entry.dialect
    if schema and dialect:
        schema = with_null_sequence(schema, dialect)
    tables = open_resource(package, entry.resource, scratch, schema, dialect)
    findings = []
    if dialect and not dialect.line_terminator and any(map(_has_lone_returns, tables)):
        dialect = dialect._replace(line_terminator="\r")
        tables = open_resource(package, entry.resource, scratch, schema, dialect)
        message = "lines end with CR: save the file with LF, or state the lineTerminator"
        findings.append(entry.location.warning(Rule.LINE_ENDING, message, line=1))
    _require_text(tables)
    return replace(entry, schema=schema, dialect=dialect), tables, findings


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


def wrong_separator(entry: ResourceEntry, tables: Sequence[Table]) -> Finding | None:
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
