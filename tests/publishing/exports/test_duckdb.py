"""The export to DuckDB, read with DuckDB."""

import duckdb
import pytest

import bonemet_data as bm
from tests.publishing.exports.conftest import DESCRIPTOR, RESOURCES, SCHEMAS, header, rows, typed

TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


@pytest.fixture(scope="module")
def database(exported):
    with duckdb.connect(str(exported("duckdb")), read_only=True) as connection:
        yield connection


def parents_first(name):
    """The rows of a table; those of one that refers to itself, sorted, as its order is free."""
    own = any("resource" not in key["reference"] for key in SCHEMAS[name].get("foreignKeys", []))
    return (sorted if own else list), rows(name)


@pytest.mark.parametrize("name", RESOURCES)
def test_every_value_type_and_missing_cell(database, name):
    relation = database.sql(f'SELECT * FROM "{name}"')
    assert relation.columns == header(name)
    assert [str(each) for each in relation.types] == [
        TYPES[field["type"]] for field in SCHEMAS[name]["fields"]
    ]
    order, expected = parents_first(name)
    key = {"key": str} if order is sorted else {}
    assert typed(order(relation.fetchall(), **key)) == typed(order(expected, **key))


@pytest.mark.parametrize("name", RESOURCES)
def test_the_keys_are_those_of_the_schema(database, name):
    schema = SCHEMAS[name]
    query = (
        "SELECT constraint_type, constraint_column_names, referenced_table, "
        "referenced_column_names FROM duckdb_constraints() WHERE table_name = ?"
    )
    found = database.execute(query, [name]).fetchall()
    assert [row[1] for row in found if row[0] == "PRIMARY KEY"] == [schema["primaryKey"]]
    assert sorted(row[1:] for row in found if row[0] == "FOREIGN KEY") == sorted(
        (key["fields"], key["reference"].get("resource", name), key["reference"]["fields"])
        for key in schema.get("foreignKeys", [])
    )
    unique = [
        [field["name"]]
        for field in schema["fields"]
        if field.get("constraints", {}).get("unique") and [field["name"]] != schema["primaryKey"]
    ]
    unique += schema.get("uniqueKeys", [])
    assert sorted(row[1] for row in found if row[0] == "UNIQUE") == sorted(unique)
    required = {f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")}
    assert {row[1][0] for row in found if row[0] == "NOT NULL"} == required | {
        *schema["primaryKey"]
    }


def test_the_comments_are_those_of_the_schemas(database):
    columns = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    found = {row for row in database.execute(columns).fetchall() if row[0] in RESOURCES}
    assert found == {
        (name, field["name"], field["description"])
        for name, schema in SCHEMAS.items()
        for field in schema["fields"]
    }
    tables = "SELECT table_name, comment FROM duckdb_tables() WHERE comment IS NOT NULL"
    assert dict(database.execute(tables).fetchall()) == {
        name: f"{entry['title']}. {entry['description']}" for name, entry in RESOURCES.items()
    }


def test_the_database_states_what_the_data_are(database):
    about = dict(database.execute("SELECT * FROM _about").fetchall())
    assert about["version"] == DESCRIPTOR["version"]
    assert DESCRIPTOR["licenses"][0]["path"] in about["licenses"]
    assert f"version {DESCRIPTOR['version']}" in about["citation"]


def test_two_exports_have_the_same_content_in_the_same_order(database, tmp_path):
    with duckdb.connect(str(bm.export("duckdb", tmp_path / "out.duckdb")), read_only=True) as other:
        for query in (
            "SELECT sql, comment FROM duckdb_tables()",
            *(f'SELECT * FROM "{name}"' for name in (*RESOURCES, "_about")),
        ):
            assert other.execute(query).fetchall() == database.execute(query).fetchall()
