"""The Croissant description and its files, read by mlcroissant."""

import hashlib
import json

import mlcroissant
import pytest

from tests.publishing.exports.conftest import DESCRIPTOR, RESOURCES, SCHEMAS, records, types

pytestmark = [
    # Of mlcroissant 1.1.1 with rdflib 7.6 and pandas 3.1.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.reset_index"),
]
PYTHON_TYPES = {"string": bytes, "integer": int, "number": float, "boolean": bool}


@pytest.fixture(scope="module")
def folder(exported):
    return exported("croissant")


@pytest.fixture(scope="module")
def dataset(folder):
    return mlcroissant.Dataset(folder / "croissant.json")


@pytest.fixture(scope="module")
def document(folder):
    return json.loads((folder / "croissant.json").read_text(encoding="utf-8"))


def test_the_reader_has_neither_errors_nor_warnings(dataset):
    issues = dataset.metadata.ctx.issues
    assert (set(issues.errors), set(issues.warnings)) == (set(), set())


@pytest.mark.parametrize("table", RESOURCES)
def test_every_cell_has_its_value_and_type_and_a_missing_cell_is_none(dataset, table):
    kinds = types(table)
    found = [
        {name.removeprefix(f"{table}/"): value for name, value in record.items()}
        for record in dataset.records(table)
    ]
    for record in found:
        for name, value in record.items():
            assert value is None or type(value) is PYTHON_TYPES[kinds[name]], (name, value)
    texts = [
        {name: value.decode() if type(value) is bytes else value for name, value in row.items()}
        for row in found
    ]
    assert texts == records(table)


@pytest.mark.parametrize("table", RESOURCES)
def test_the_keys_and_references_are_those_of_the_schema(document, table):
    records = next(each for each in document["recordSet"] if each["@id"] == table)
    schema = SCHEMAS[table]
    assert [each["@id"] for each in records["key"]] == [
        f"{table}/{n}" for n in schema["primaryKey"]
    ]
    references = {
        each["name"]: (
            each["references"]["fileObject"]["@id"],
            each["references"]["extract"]["column"],
        )
        for each in records["field"]
        if "references" in each
    }
    assert references == {
        key["fields"][0]: (
            f"{key['reference'].get('resource', table)}.parquet",
            key["reference"]["fields"][0],
        )
        for key in schema.get("foreignKeys", [])
        if len(key["fields"]) == 1
    }
    assert [each["description"] for each in records["field"]] == [
        field["description"] for field in schema["fields"]
    ]


def test_every_file_has_its_checksum_and_size(document, folder):
    for file in document["distribution"]:
        data = (folder / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["contentSize"] == f"{len(data)} B"
    assert len(document["distribution"]) == len(RESOURCES)


def test_the_dataset_states_title_version_license_citation_and_source(dataset, document):
    metadata = dataset.metadata
    assert metadata.name == DESCRIPTOR["name"]
    assert metadata.version == DESCRIPTOR["version"]
    assert metadata.license == [each["path"] for each in DESCRIPTOR["licenses"] if "path" in each]
    assert f"Version {DESCRIPTOR['version']}" in metadata.cite_as
    assert document["isBasedOn"]["name"] == DESCRIPTOR["sources"][0]["title"]
