"""The metadata of CSV on the Web, read by the library csvw."""

import fractions
import json

import csvw
import pytest

from tests.publishing.exports.tables import DESCRIPTOR, TABLES, export, rows_of, schema_of, texts_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return export("csvw", tmp_path_factory.mktemp("csvw"))


@pytest.fixture(scope="module")
def group(folder):
    return csvw.TableGroup.from_file(folder / "csv-metadata.json")


def table_of(group, name):
    return next(table for table in group.tables if table.local_name == f"{name}.csv")


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_has_its_value_type_and_missing_cells_are_none(group, table):
    found = [dict(row) for row in table_of(group, table)]
    expected = rows_of(table)
    assert found == expected  # a Decimal is equal to the Fraction of the same value
    types = [{name: type(value) for name, value in row.items()} for row in found]
    decimal = {fractions.Fraction: "Decimal"}
    for row, reference in zip(types, expected, strict=True):
        for name, value in reference.items():
            assert row[name].__name__ == decimal.get(type(value), type(value).__name__)


def test_every_foreign_key_is_satisfied(group):
    assert group.check_referential_integrity(log=None) is True


def test_a_reference_to_no_row_is_found(folder, tmp_path):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    types = tmp_path / "concepts.csv"
    types.write_bytes(types.read_bytes().replace(b"breast_cancer,", b"breast_tumor,", 1))
    group = csvw.TableGroup.from_file(tmp_path / "csv-metadata.json")
    with pytest.raises(ValueError, match="breast_cancer"):
        group.check_referential_integrity()


@pytest.mark.parametrize("table", TABLES)
def test_the_keys_are_those_of_the_schema(group, table):
    schema, found = schema_of(table), table_of(group, table).tableSchema
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
    rows = texts_of(table)[:1]
    rows[0][column] = text
    lines = [list(rows[0]), list(rows[0].values())]
    text = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)
    (tmp_path / f"{table}.csv").write_text(text, encoding="utf-8")
    group = csvw.TableGroup.from_file(tmp_path / metadata.name)
    with pytest.raises(ValueError, match=column):
        list(table_of(group, table))


def test_the_metadata_states_title_version_license_citation_and_source(folder):
    metadata = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    assert metadata["dc:title"] == DESCRIPTOR["title"]
    assert metadata["dc:hasVersion"] == DESCRIPTOR["version"]
    assert [each["@id"] for each in metadata["dc:license"]] == [
        each["path"] for each in DESCRIPTOR["licenses"] if "path" in each
    ]
    assert f"version {DESCRIPTOR['version']}" in metadata["dc:bibliographicCitation"]
    assert metadata["dc:source"] == DESCRIPTOR["sources"][0]["title"]
