"""The export to SQLite, read with the module of Python and with the program sqlite3."""

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from bonemet_data.errors import OutputError
from bonemet_data.package.installed import installed
from bonemet_data.publishing.exports import sqlite
from tests.publishing.exports.conftest import DESCRIPTOR, RESOURCES, SCHEMAS, header, rows, typed


@pytest.fixture
def database(exported):
    uri = f"file:{exported('sqlite')}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        yield connection


@pytest.fixture
def writable(exported, tmp_path):
    """A connection to a copy that enforces foreign keys."""
    with closing(sqlite3.connect(shutil.copy(exported("sqlite"), tmp_path))) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def as_stored(table):
    """SQLite has no booleans: they are 0 and 1."""
    return [[int(cell) if isinstance(cell, bool) else cell for cell in row] for row in table]


@pytest.mark.parametrize("name", RESOURCES)
def test_every_value_type_and_missing_cell(database, name):
    cursor = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')
    assert [column[0] for column in cursor.description] == header(name)
    assert typed(cursor) == typed(as_stored(rows(name)))


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the program sqlite3 is not installed")
@pytest.mark.parametrize("name", RESOURCES)
def test_the_program_reads_the_same_values(exported, name):
    command = ["sqlite3", "-readonly", "-json", exported("sqlite"), f'SELECT * FROM "{name}"']
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    read = json.loads(done.stdout)
    assert [list(record) for record in read] == [header(name)] * len(read)
    assert [list(record.values()) for record in read] == as_stored(rows(name))


@pytest.mark.parametrize("name", RESOURCES)
def test_the_keys_are_those_of_the_schema(database, name):
    schema = SCHEMAS[name]
    columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
    assert [c[1] for c in sorted(columns, key=lambda c: c[5]) if c[5]] == schema["primaryKey"]
    required = {f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")}
    assert {c[1] for c in columns if c[3]} == required | {*schema["primaryKey"]}
    keys = {}
    for number, _, target, column, reference, *_ in database.execute(
        f'PRAGMA foreign_key_list("{name}")'
    ):
        keys.setdefault(number, []).append((target, column, reference))
    declared = [
        [
            (key["reference"].get("resource", name), *pair)
            for pair in zip(key["fields"], key["reference"]["fields"], strict=True)
        ]
        for key in schema.get("foreignKeys", [])
    ]
    assert sorted(keys.values()) == sorted(declared)


@pytest.mark.parametrize("check", ["foreign_key_check", "integrity_check"])
def test_the_database_passes_its_own_checks(database, check):
    assert database.execute(f"PRAGMA {check}").fetchall() in ([], [("ok",)])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE types SET type_id = 'new' WHERE type_id = 'mixed'", "FOREIGN KEY"),
        ("UPDATE types SET type_id = 'mixed'", "UNIQUE"),
        ("UPDATE types SET type = NULL", "NOT NULL"),
        ("UPDATE statements SET value_number = 'many'", "cannot store TEXT value in REAL column"),
        ("UPDATE statements SET value_number = 101", "CHECK"),
        ("UPDATE concepts SET kind = 'tumor'", "CHECK"),
        ("UPDATE evidence SET statement_id = 'st014', publication_id = 'p001'", "UNIQUE"),
        ("UPDATE evidence SET sample_size = 0", "CHECK"),
    ],
)
def test_a_change_that_breaks_the_schema_is_refused(writable, change, message):
    with pytest.raises(sqlite3.IntegrityError, match=message):
        writable.execute(change)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bone AND pain", "pain"),
        ("OSTEOLYTIC", "osteolytic"),
        ('"spinal cord compression"', "cord_compression"),
        ("zoledron*", "bisphosphonates"),
    ],
)
def test_names_are_found_by_full_text_search(database, query, found):
    search = "SELECT concept_id FROM _names WHERE name MATCH ? ORDER BY rank"
    assert found in [row[0] for row in database.execute(search, [query])]


def test_every_label_and_synonym_can_be_found(database):
    names = {(row[2], row[0]) for row in rows("concepts")}
    assert header("concepts")[:3] == ["concept_id", "kind", "label"]
    names |= {(row[1], row[0]) for row in rows("synonyms")}
    assert header("synonyms")[:2] == ["concept_id", "synonym"]
    assert {*database.execute("SELECT name, concept_id FROM _names")} == names


def test_the_documentation_is_that_of_the_schemas(database):
    fields = "SELECT table_name, field_name, type, description, example, unit FROM _fields"
    assert {*database.execute(fields)} == {
        (
            name,
            field["name"],
            field["type"],
            field["description"],
            str(field.get("example", "")),
            field.get("qudt:unit"),
        )
        for name, schema in SCHEMAS.items()
        for field in schema["fields"]
    }
    tables = "SELECT table_name, title, description, rows, path, hash FROM _tables"
    keys = ("name", "title", "description", "rows", "path", "hash")
    assert database.execute(tables).fetchall() == [
        tuple(entry[key] for key in keys) for entry in RESOURCES.values()
    ]
    about = dict(database.execute("SELECT name, text FROM _about"))
    assert (about["title"], about["version"]) == (DESCRIPTOR["title"], DESCRIPTOR["version"])
    assert DESCRIPTOR["licenses"][0]["path"] in about["licenses"]
    assert f"version {DESCRIPTOR['version']}" in about["citation"]


def test_sqlite_without_full_text_search_is_an_error(tmp_path, monkeypatch):
    """Some systems build SQLite without its extensions."""

    class Bare(sqlite3.Connection):
        def execute(self, sql, *arguments):
            if "fts5" in sql:
                raise sqlite3.OperationalError("no such module: fts5")
            return super().execute(sql, *arguments)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path: connect(path, factory=Bare))
    with pytest.raises(OutputError, match=r"no such module: fts5\. It requires SQLite 3\.37"):
        sqlite.write(installed(), tmp_path / "out.sqlite")
