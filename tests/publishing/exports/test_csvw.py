"""The metadata of CSV on the Web, read by the library csvw."""

import csv
import json
from decimal import Decimal

import csvw
import pytest

from tests.publishing.exports.conftest import DESCRIPTOR, RESOURCES, SCHEMAS, records, types

PYTHON_TYPES = {"string": str, "integer": int, "number": Decimal, "boolean": bool}


@pytest.fixture(scope="module")
def folder(exported):
    return exported("csvw")


@pytest.fixture(scope="module")
def group(folder):
    return csvw.TableGroup.from_file(folder / "csv-metadata.json")


def table_of(group, name):
    return next(table for table in group.tables if table.local_name == f"{name}.csv")


@pytest.mark.parametrize("table", RESOURCES)
def test_every_cell_has_its_value_type_and_missing_cells_are_none(group, table):
    kinds = types(table)
    found = [dict(row) for row in table_of(group, table)]
    for row in found:
        for name, value in row.items():
            assert value is None or type(value) is PYTHON_TYPES[kinds[name]], (name, value)
            row[name] = float(value) if type(value) is Decimal else value
    assert found == records(table)


def test_every_foreign_key_is_satisfied(group):
    assert group.check_referential_integrity(log=None) is True


def test_a_reference_to_no_row_is_found(folder, tmp_path):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    concepts = tmp_path / "concepts.csv"
    concepts.write_bytes(concepts.read_bytes().replace(b"breast_cancer,", b"breast_tumor,", 1))
    group = csvw.TableGroup.from_file(tmp_path / "csv-metadata.json")
    with pytest.raises(ValueError, match="breast_cancer"):
        group.check_referential_integrity()


@pytest.mark.parametrize("table", RESOURCES)
def test_the_keys_are_those_of_the_schema(group, table):
    schema, found = SCHEMAS[table], table_of(group, table).tableSchema
    assert found.primaryKey == schema["primaryKey"]
    assert [
        (key.columnReference, str(key.reference.resource), key.reference.columnReference)
        for key in found.foreignKeys
    ] == [
        (
            key["fields"],
            f"{key['reference'].get('resource', table)}.csv",
            key["reference"]["fields"],
        )
        for key in schema.get("foreignKeys", [])
    ]


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("symptoms", "prevalence_upper_percent", "101"),
        ("symptoms", "prevalence_upper_percent", "much"),
        ("symptoms", "symptom", ""),
        ("sources", "source_id", "0"),
        ("sources", "status", "unknown"),
        ("statements", "subject_id", "Bone Metastasis"),
        ("predicates", "is_symmetric", "maybe"),
    ],
)
def test_an_invalid_cell_is_refused(folder, tmp_path, table, column, text):
    """Each limit of the schema reaches the reader."""
    metadata = folder / "csv-metadata.json"
    (tmp_path / metadata.name).write_bytes(metadata.read_bytes())
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file)) | {column: text}
    with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row, row.values()])
    group = csvw.TableGroup.from_file(tmp_path / metadata.name)
    with pytest.raises(ValueError, match=column):
        list(table_of(group, table))


def test_the_metadata_states_title_version_license_citation_and_source(folder):
    metadata = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    assert metadata["dc:title"] == DESCRIPTOR["title"]
    assert metadata["schema:version"] == DESCRIPTOR["version"]
    assert [each["@id"] for each in metadata["dc:license"]] == [
        each["path"] for each in DESCRIPTOR["licenses"] if "path" in each
    ]
    assert f"version {DESCRIPTOR['version']}" in metadata["dc:bibliographicCitation"]
    assert metadata["dc:source"] == DESCRIPTOR["sources"][0]["title"]
