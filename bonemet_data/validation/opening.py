"""Open the tables of a resource, also if the descriptor does not say how they are written."""

import json
from collections.abc import Sequence
from dataclasses import replace

from ..package.descriptor import Package
from ..reading.null_sequences import with_null_sequence
from ..reading.resources import open_resource
from ..reading.sniffing import has_lone_returns, require_text, separated_by
from ..reading.tables import Table, TextTable
from ..reading.temporary_files import Scratch
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .profile import ResourceEntry

_PROPERTY = "state the encoding {0} in the resource"
"""How to state an encoding in a descriptor."""


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
    _require_text(tables, dialect.line_terminator if dialect else "")
    return replace(entry, schema=schema, dialect=dialect), tables, findings


def _has_lone_returns(table: Table) -> bool:
    """Return whether the lines of a CSV file end with carriage returns only."""
    if not isinstance(table, TextTable):
        return False
    with table.open() as stream:
        return has_lone_returns(stream)


def _require_text(tables: Sequence[Table], line_terminator: str) -> None:
    """Raise DataError if a CSV file is obviously another kind of file."""
    for table in tables:
        if isinstance(table, TextTable):
            with table.open() as stream:
                require_text(stream, table.name, line_terminator, _PROPERTY)


def wrong_separator(entry: ResourceEntry, tables: Sequence[Table]) -> Finding | None:
    """Return the finding about a file that needs another delimiter, in place of many others."""
    for table in tables:
        if not isinstance(table, TextTable) or not entry.schema:
            continue
        if other := table.better_separator(entry.schema.names):
            cause = separated_by(table.delimiter, other)
            message = f'{cause}: add "delimiter": {json.dumps(other)} to the dialect'
            return entry.location.error(Rule.COLUMNS, message, line=1)
    return None
