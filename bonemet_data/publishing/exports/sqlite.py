"""Export to an SQLite database, with tables of documentation and full-text search over names.

SQLite has no comments on tables and columns: `_tables` and `_fields` contain them.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from ...errors import OutputError
from ...package.descriptor import Package
from ...terminology.older import upgrade_records
from ...terminology.records import PackageRecords
from .content import Content, FieldFacts, TableFacts, about, field_facts, read_content, table_facts
from .sql import create_facts, create_table, insert

_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "year": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
}
_STRICT = " STRICT"
"""Option for a table whose values have the types of their columns (SQLite 3.37)."""


def write(package: Package, target: Path) -> None:
    """Write a database with a table for each resource."""
    tables = list(read_content(package))
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            _fill(database, package, tables)
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"The SQLite database cannot be made: {error}. It requires SQLite 3.37 with the "
                f"extension FTS5; this Python has SQLite {sqlite3.sqlite_version}."
            ) from error
        database.commit()
        try:
            database.execute("VACUUM INTO ?", [str(target)])
        except sqlite3.OperationalError as error:
            raise OSError(error) from error


def _fill(database: sqlite3.Connection, package: Package, tables: Sequence[Content]) -> None:
    for table in tables:
        database.execute(create_table(table, _TYPES, _STRICT))
        database.executemany(insert(table.name, len(table.columns)), table.rows())
    _document(database, "_about", ("name", "text"), about(package).items())
    facts = [table_facts(table, package) for table in tables]
    _document(database, "_tables", TableFacts._fields, facts)
    fields = [fact for table in tables for fact in field_facts(table)]
    _document(database, "_fields", FieldFacts._fields, fields)
    database.execute(
        "CREATE VIRTUAL TABLE _names USING fts5 "
        "(name, concept_id UNINDEXED, scope UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')"
    )
    database.executemany(insert("_names", 3), _names(package))
    database.execute("INSERT INTO _names (_names) VALUES ('optimize')")


def _document(
    database: sqlite3.Connection,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    database.execute(create_facts(name, columns, ["ANY"] * len(columns)) + _STRICT)
    database.executemany(insert(name, len(columns)), rows)


def _names(package: Package) -> Iterator[tuple[str, str, str]]:
    """Iterate over the labels and synonyms, with their concepts and scopes."""
    records = upgrade_records(PackageRecords(package))
    for concept in records["concepts"]:
        yield concept.label, concept.concept_id, "label"
    for synonym in records.get("synonyms", ()):
        yield synonym.synonym, synonym.concept_id, synonym.synonym_scope
