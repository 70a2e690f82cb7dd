"""The rules of the package named bonemet-data: its form, and what must be there."""

from dataclasses import replace

import pytest

import bonemet_data as bm
from bonemet_data.package.descriptor import Package
from bonemet_data.reporting.rules import Stage
from bonemet_data.tableschema.parser import parse_table_schema
from bonemet_data.validation.typed_tables import TypedTable

from ..helpers import edit_json, places
from .faults import MESSAGES, PLACES


@pytest.mark.parametrize(("table", "old", "new", "expected"), PLACES)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected


@pytest.mark.parametrize(("table", "old", "new", "message"), MESSAGES)
def test_the_message_names_what_disagrees(house, table, old, new, message):
    assert message in [finding.message for finding in house.edit((table, old, new)).findings]


def test_the_whole_validation_finds_the_same(copy, house):
    copy.edit("datapackage/types.csv", "5;6;7", "5;7;6")
    copy.restamp()
    expected = house.edit(("types", "5;6;7", "5;7;6"))
    assert places(bm.validate_package(copy.root)) == places(expected) != []


@pytest.mark.parametrize("name", bm.tables())
def test_a_resource_that_must_be_there(house, name):
    assert ("missing-resource", name, None, None) in places(house.without(name))


def test_a_missing_resource_causes_no_findings_about_what_refers_to_it(house):
    """Foreign keys and dependencies to a missing resource are reported by their own stages."""
    for name in bm.tables():
        rules = {f.rule for f in house.without(name).findings if f.resource != name}
        assert rules <= {"missing-resource"}, name


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("symptoms", "prevalence_upper_percent"),
        ("types", "source_ids"),
        ("sources", "status"),
        ("concepts", "kind"),
        ("concepts", "broader_id"),
        ("mentions", "basis"),
        ("mention_sources", "mention_id"),
        ("statements", "context_id"),
        ("predicates", "is_symmetric"),
        ("measurements", "denominator"),
        ("descendants", "ancestor_object_id"),
        ("synonyms", "synonym_scope"),
        ("vocabularies", "spellings"),
    ],
)
def test_a_column_that_must_be_there(house, table, column):
    """A rule whose column is missing in data and schema is not skipped silently."""
    assert ("missing-column", table, 1, column) in places(house.without(table, column))


def test_a_number_that_became_a_text_is_compared_as_text(copy):
    def change(schema):
        field = next(f for f in schema["fields"] if f["name"] == "prevalence_upper_percent")
        field["type"] = "string"
        del field["constraints"], field["example"]

    edit_json(copy.root / "schemas/symptoms.json", change)
    copy.edit("datapackage/symptoms.csv", ",75,", ",75.0,")
    copy.restamp()
    assert places(bm.validate_package(copy.root)) == [
        ("prevalence", "symptoms", 2, "prevalence_upper_percent")
    ]


@pytest.mark.parametrize("keyword", ["bytes", "hash", "rows"])
def test_a_checksum_that_must_be_stated(house, keyword):
    first, *others = house.package.descriptor["resources"]
    entry = {key: value for key, value in first.items() if key != keyword}
    descriptor = house.package.descriptor | {"resources": [entry, *others]}
    report = house.report(Package(house.package.storage, descriptor), house.tables)
    assert places(report) == [("missing-checksum", "symptoms", None, keyword)]


def test_the_dialect_of_this_package(copy):
    for path in (copy.root / "datapackage").glob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    copy.describe(lambda d: [entry.pop("dialect") for entry in d["resources"]])
    copy.restamp()
    found = places(bm.validate_package(copy.root))
    assert {("dialect", name, None, "dialect") for name in bm.tables()} <= set(found)


def test_the_tables_of_the_article_come_from_the_schemas(copy):
    """A table is one of the article's if its fields are verbatim, whatever its name is."""
    (copy.root / "datapackage/types.csv").rename(copy.root / "datapackage/kinds.csv")
    (copy.root / "schemas/types.json").rename(copy.root / "schemas/kinds.json")

    def change(document):
        (entry,) = (r for r in document["resources"] if r["name"] == "types")
        entry.update(name="kinds", path="datapackage/kinds.csv", schema="schemas/kinds.json")

    copy.describe(change)
    copy.edit("datapackage/kinds.csv", "5;6;7", "5;7;6")
    copy.restamp()
    found = places(bm.validate_package(copy.root))
    assert ("source-ids", "kinds", 4, "source_ids") in found
    assert ("missing-resource", "types", None, None) in found


@pytest.mark.parametrize("kind", ["integer", "boolean", "date", "year"])
def test_columns_of_another_type_do_not_stop_the_rules(house, kind):
    """A schema that is wrong gives findings and no exception."""
    tables = {}
    for name, table in house.tables.items():
        document = dict(house.package.schema_document(table.resource.resource))
        fields = [{"name": f["name"], "type": kind} for f in document["fields"]]
        changed = parse_table_schema(document | {"fields": fields}, name)
        tables[name] = TypedTable(replace(table.resource, schema=changed), table.table)
    assert "curie" not in {f.rule for f in house.report(house.package, tables).findings}


def test_the_rules_apply_to_no_other_package(copy):
    copy.edit("datapackage/types.csv", "5;6;7", "5;7;6")
    copy.describe(lambda d: d.update(name="other"))
    copy.restamp()
    report = bm.validate_package(copy.root)
    assert report.valid, report


def test_an_older_version_is_checked_by_its_form_alone(house):
    entries = [e for e in house.package.descriptor["resources"] if e["name"] != "evidence"]
    entries[0] = {key: value for key, value in entries[0].items() if key != "hash"}
    expected = [("missing-checksum", "symptoms", None, "hash")]
    for version, more in (("1.1.0", []), ("2.0.0", [("missing-resource", "evidence", None, None)])):
        descriptor = house.package.descriptor | {"version": version, "resources": entries}
        tables = {name: table for name, table in house.tables.items() if name != "evidence"}
        report = house.report(Package(house.package.storage, descriptor), tables)
        assert places(report) == [*more, *expected]


def test_the_unchanged_package_has_no_findings(house):
    assert [f for f in house.check({}).findings if f.rule.stage is Stage.CONSISTENCY] == []
