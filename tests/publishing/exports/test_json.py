"""The exports to JSON and JSON Lines, read with the json module of Python."""

import hashlib
import json

import pytest

from tests.publishing.exports.conftest import DESCRIPTOR, RESOURCES, SCHEMAS, header, rows, typed


@pytest.fixture(scope="module")
def document(exported):
    return json.loads(exported("json").read_bytes())


def lines(exported, name):
    text = (exported("jsonl") / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", RESOURCES)
def test_every_value_type_and_missing_cell_of_json(document, name):
    records = document["tables"][name]
    assert all(list(record) == header(name) for record in records)
    assert typed(record.values() for record in records) == typed(rows(name))


@pytest.mark.parametrize("name", RESOURCES)
def test_every_value_type_and_missing_cell_of_json_lines(exported, name):
    records = lines(exported, name)
    assert all(list(record) == header(name) for record in records)
    assert typed(record.values() for record in records) == typed(rows(name))


def test_json_states_what_the_data_are(document):
    package = document["package"]
    assert list(document["tables"]) == list(RESOURCES)
    assert {key: package[key] for key in DESCRIPTOR if key != "resources"} == {
        key: DESCRIPTOR[key] for key in DESCRIPTOR if key != "resources"
    }
    assert {each["name"]: each["schema"] for each in package["resources"]} == SCHEMAS
    assert f"version {DESCRIPTOR['version']}" in package["dcterms:bibliographicCitation"]


def test_the_descriptor_of_a_folder_names_its_files_and_its_source(exported):
    document = json.loads((exported("jsonl") / "datapackage.json").read_bytes())
    assert document["name"] == "bonemet-data-jsonl"
    assert document["sources"][0]["path"] == DESCRIPTOR["id"]
    for entry in document["resources"]:
        data = (exported("jsonl") / entry["path"]).read_bytes()
        assert entry["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert entry["rows"] == len(data.splitlines())
