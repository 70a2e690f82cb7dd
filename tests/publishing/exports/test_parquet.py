"""The export to Parquet, read with pyarrow and with DuckDB."""

import json

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.publishing.exports.conftest import DESCRIPTOR, RESOURCES, SCHEMAS, header, rows, typed

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def read(exported, name):
    return parquet.read_table(exported("parquet") / f"{name}.parquet")


@pytest.mark.parametrize("name", RESOURCES)
def test_every_value_type_and_missing_cell(exported, name):
    table = read(exported, name)
    assert table.column_names == header(name)
    for field, column in zip(SCHEMAS[name]["fields"], table.schema, strict=True):
        is_limited = "enum" in field.get("constraints", {})
        assert pa.types.is_dictionary(column.type) == is_limited
        plain = column.type.value_type if is_limited else column.type
        assert plain == TYPES[field["type"]]
    cells = zip(*(column.to_pylist() for column in table.columns), strict=True)
    assert typed(cells) == typed(rows(name))


@pytest.mark.parametrize("name", RESOURCES)
def test_duckdb_reads_the_same_values(exported, name):
    table = duckdb.read_parquet(str(exported("parquet") / f"{name}.parquet"))
    assert table.columns == header(name)
    assert typed(table.fetchall()) == typed(rows(name))


@pytest.mark.parametrize("name", RESOURCES)
def test_the_metadata_are_those_of_schema_and_package(exported, name):
    schema = read(exported, name).schema
    facts = {key.decode(): text.decode() for key, text in schema.metadata.items()}
    assert json.loads(facts["tableschema"]) == SCHEMAS[name]
    assert (facts["title"], facts["description"]) == (
        RESOURCES[name]["title"],
        RESOURCES[name]["description"],
    )
    assert facts["package version"] == DESCRIPTOR["version"]
    assert f"version {DESCRIPTOR['version']}" in facts["package citation"]
    assert DESCRIPTOR["licenses"][0]["path"] in facts["package licenses"]
    for field, column in zip(SCHEMAS[name]["fields"], schema, strict=True):
        required = field.get("constraints", {}).get("required", False)
        assert column.nullable == (not required)
        assert column.metadata[b"description"].decode() == field["description"]
        constraints = json.loads(column.metadata.get(b"constraints", b"null"))
        assert constraints == field.get("constraints")
