"""The rules of the package named bonemet-data, between its tables."""

import pytest

import bonemet_data as bm

from .helpers import edit_json, places

# file, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("types", b"5;6;7", b"5;7;6", [("source-ids", "types", 4, "source_ids")]),
    ("types", b",Prostate", b',"Prostate"', [("quoting", "types", 3, None)]),
    ("types", b'"Breast, lung, kidney"', b'"Breast, lung', [("not-csv", "types", 2, None)]),
    ("types", b"Excess", b"Exc\xff\xfess", [("encoding", "types", 3, None)]),
    ("types", b"12;14\n", b"12;14\r", [("line-ending", "types", 2, None)]),
    ("types", b"type,main", b"type_id,main", [("duplicate-header", "types", 1, None)]),
    ("types", b"type_id,type,", b"type_id,kind,", [("columns", "types", 1, "kind"), ("columns", "types", 1, "type")]),
    ("sources", b"1,unresolved,,,,", b"1,unresolved,,,1_0,", [("type", "sources", 2, "year")]),
    ("concepts", b"mixed,type,Mixed", b"mixed,type,Mixture", [("concept-label", "types", 4, "type")]),
    ("synonyms", b"fatigue,Tired,", b"fatigue,TIREDNESS,", [("id-case", "synonyms", 7, "concept_id, synonym")]),
    ("causes", b"Provides growth signals", b"", [("required", "causes", 4, "description")]),
    ("concepts", b"finding,Nausea", b"feeling,Nausea", [("enum", "concepts", 26, "kind")]),
    ("concepts", b"finding,Confusion", b"finding,Nausea", [("unique", "concepts", 26, "label"), ("unique", "concepts", 27, "label"), ("exact-synonym", "synonyms", 329, "synonym")]),
    ("citations", b"pain,3\n", b"pain,2\n", [("primaryKey", "citations", 3, "concept_id, source_id"), ("primaryKey", "citations", 4, "concept_id, source_id"), ("source-ids", "symptoms", 2, "source_ids")]),
    ("citations", b"mixed,7\n", b"mixed,11\n", [("foreignKeys", "citations", 25, "source_id"), ("source-ids", "types", 4, "source_ids")]),
    ("citations", b"mixed,5\nmixed,6\n", b"mixed,6\nmixed,5\n", [("source-ids", "types", 4, "source_ids")]),
    ("citations", b"emerging_therapies,16\n", b"emerging_therapies,16\nnausea,1\n", [("source-ids", "citations", 59, "concept_id")]),
    ("types", b"5;6;7", b"5;6;7;17", [("source-ids", "types", 4, "source_ids"), ("unknown-source", "types", 4, "source_ids")]),
    ("sources", b"16,unresolved,,,,,,,\n", b"16,unresolved,,,,,,,\n17,unresolved,,,,,,,\n", [("uncited-source", "sources", 17, "source_id")]),
    ("concepts", b"mixed,type", b"mixed,cancer", [("concept-kind", "types", 4, "type_id")]),
    ("concepts", b"nausea,finding", b"nausea,type", [("concept-kind", "concepts", 26, "concept_id")]),
    ("symptoms", b",75,", b",74,", [("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", b",75,", b",,", [("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", b",75,", b",175,", [("maximum", "symptoms", 2, "prevalence_upper_percent"), ("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", b",75,", b",INF,", [("not-finite", "symptoms", 2, "prevalence_upper_percent"), ("maximum", "symptoms", 2, "prevalence_upper_percent"), ("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", b"Highly prevalent", b"Up to 60% of patients", [("prevalence", "symptoms", 7, "prevalence_upper_percent")]),
    ("sources", b"1,unresolved,", b"1,resolved,", [("source-status", "sources", 2, "status")]),
    ("sources", b"1,unresolved,,,,,,,", b"1,resolved,A title,,,,,,", [("source-status", "sources", 2, "status")]),
    ("sources", b"1,unresolved,,,,,,,", b"1,resolved,,,,,10.1000/182,,", [("source-status", "sources", 2, "status")]),
    ("sources", b"1,unresolved,,,,,,,", b"1,resolved,A title,,,,10.1000/182,,", []),
    ("sources", b"1,unresolved,,", b"1,unresolved,A title,", [("source-status", "sources", 2, "status")]),
    ("causes", b"Provides growth signals", b"NA", []),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(copy, table, old, new, expected):
    copy.edit(f"datapackage/{table}.csv", old, new)
    copy.restamp()
    assert places(bm.validate_package(copy.root)) == expected


def test_a_finding_names_the_row_and_the_remedy(copy):
    copy.edit("datapackage/types.csv", "5;6;7", "5;7;6")
    copy.restamp()
    (finding,) = bm.validate_package(copy.root).findings
    assert (finding.row, finding.value) == (3, "5;7;6")
    assert finding.message == "differs from the citations of mixed, 5;6;7: correct one"


def test_an_id_that_two_rows_have(copy):
    copy.edit("datapackage/types.csv", "mixed,", "pain,")
    copy.restamp()
    assert ("reused-id", "types", 4, "type_id") in places(bm.validate_package(copy.root))


@pytest.mark.parametrize("name", bm.tables())
def test_a_resource_that_must_be_there(copy, name):
    copy.describe(lambda d: d.update(resources=[r for r in d["resources"] if r["name"] != name]))
    assert ("missing-resource", name, None, None) in places(bm.validate_package(copy.root))


def test_resources_that_version_1_0_0_did_not_have(copy):
    since = {"relations", "mappings", "synonyms", "evidence", "prefixes"}

    def change(document):
        document["version"] = "1.0.0"
        document["resources"] = [r for r in document["resources"] if r["name"] not in since]

    copy.describe(change)
    findings = bm.validate_package(copy.root).findings
    assert "missing-resource" not in {finding.rule for finding in findings}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("symptoms", "prevalence_upper_percent"),
        ("types", "source_ids"),
        ("sources", "status"),
        ("concepts", "kind"),
        ("prefixes", "spellings"),
    ],
)
def test_a_column_that_must_be_there(copy, table, column):
    """A rule whose column is missing in data and schema is not skipped silently."""
    frame = bm.load(table).astype(object).drop(columns=column)
    frame.to_csv(copy.root / f"datapackage/{table}.csv", index=False, lineterminator="\n")
    edit_json(
        copy.root / f"schemas/{table}.json",
        lambda s: s.update(fields=[f for f in s["fields"] if f["name"] != column]),
    )
    copy.restamp()
    assert ("missing-column", table, 1, column) in places(bm.validate_package(copy.root))


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
def test_a_checksum_that_must_be_stated(copy, keyword):
    copy.describe(lambda d: d["resources"][0].pop(keyword))
    assert places(bm.validate_package(copy.root)) == [
        ("missing-checksum", "symptoms", None, keyword)
    ]


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


def test_the_rules_apply_to_no_other_package(copy):
    copy.edit("datapackage/types.csv", "5;6;7", "5;7;6")
    copy.describe(lambda d: d.update(name="other"))
    copy.restamp()
    assert bm.validate_package(copy.root).valid
