"""Validation: the real package is valid, and one that is broken in one way says just that.

Every broken package is stamped anew, so that its hashes cannot be what gives the fault away.
"""

import json

import pytest

import bonemet_data as bm
from bonemet_data import Code, Issue
from tests.conftest import ROOT


def places(issues):
    return [(issue.code, issue.resource, issue.row, issue.column) for issue in issues]


def test_the_installed_package_is_valid():
    assert bm.validate_package() == []


def test_a_package_is_found_by_its_folder_or_its_descriptor(copy):
    assert bm.validate_package(copy.root) == []
    assert bm.validate_package(str(copy.root / "datapackage.json")) == []


# file, what is replaced, by what; then the issues: code, resource, line, column
FORM = [
    ("types", b"type_id", b"\xef\xbb\xbftype_id", [("byte-order-mark", "types", 1, None)]),
    ("types", b";7\n", b";7", [("final-newline", "types", 4, None)]),
    ("types", b"12;14\n", b"12;14\r\n", [("line-ending", "types", 2, None)]),
    ("types", b"12;14\n", b"12;14\r", [("line-ending", "types", 2, None)]),
    ("types", b"Excess new", b"Excess\0new", [("control-character", "types", 3, "main_feature")]),
    ("types", b"Excess new", b"Excess\tnew", [("control-character", "types", 3, "main_feature")]),
    ("types", b"Excess new", b"Excess\x7fnew", [("control-character", "types", 3, "main_feature")]),
    ("types", "Excess new", "Excess\u2028new", [("control-character", "types", 3, "main_feature")]),
    ("types", b"formation,P", b"formation ,P", [("surrounding-space", "types", 3, "main_feature")]),
    ("types", b",Excess", b", Excess", [("surrounding-space", "types", 3, "main_feature")]),
    ("types", ",Excess", ",\u00a0Excess", [("surrounding-space", "types", 3, "main_feature")]),
    ("types", "Excess new", "Excess\u200bnew", [("zero-width", "types", 3, "main_feature")]),
    ("types", "formation,P", "formation\u200b,P", [("zero-width", "types", 3, "main_feature")]),
    ("types", "Excess new", "Excess\u202enew", [("zero-width", "types", 3, "main_feature")]),
    ("types", "Excess new", "Exce\u0301s new", [("not-nfc", "types", 3, "main_feature")]),
    ("types", b",Excess", b",=Excess", [("formula", "types", 3, "main_feature")]),
    ("types", b",Excess", b",+Excess", [("formula", "types", 3, "main_feature")]),
    ("types", b",Excess", b",-Excess", [("formula", "types", 3, "main_feature")]),
    ("types", b",Excess", b",@Excess", [("formula", "types", 3, "main_feature")]),
    ("types", b"5;6;7\n", b"5;6;7\n\n", [("blank-line", "types", 5, None)]),
    ("types", b"type,main", b"type_id,main", [("duplicate-header", "types", 1, None)]),
    ("types", b",Prostate", b',"Prostate"', [("quoting", "types", 3, None)]),
    ("types", b'"Breast, lung, kidney"', b'"Breast, lung', [("not-csv", "types", 2, None)]),
    ("types", b"Excess", b"Exc\xff\xfess", [("encoding", "types", 3, None)]),
    (
        "sources",
        b"16,unresolved,",
        b"16,unresolved,,",
        [("ragged-row", "sources", 16, None)],
    ),
    (
        "symptoms",
        b",75,",
        b",INF,",
        [
            ("not-finite", "symptoms", 2, "prevalence_upper_percent"),
            ("maximum", "symptoms", 2, "prevalence_upper_percent"),
            ("prevalence", "symptoms", 2, "prevalence_upper_percent"),
        ],
    ),
    (
        "concepts",
        b"mixed,type,Mixed",
        b"mixed,type,Mixture",
        [("concept-label", "types", 4, "type")],
    ),
    (
        "synonyms",
        b"fatigue,Tired,",
        b"fatigue,TIREDNESS,",
        [("id-case", "synonyms", 7, "concept_id, synonym")],
    ),
]
SCHEMA = [
    (
        "types",
        b"type_id,type,",
        b"type_id,kind,",
        [("columns", "types", 1, "kind"), ("columns", "types", 1, "type")],
    ),
    (
        "sources",
        b"1,unresolved,,,,",
        b"1,unresolved,,,1_0,",
        [("type", "sources", 2, "year")],
    ),
    (
        "symptoms",
        b",75,",
        b",175,",
        [
            ("maximum", "symptoms", 2, "prevalence_upper_percent"),
            ("prevalence", "symptoms", 2, "prevalence_upper_percent"),
        ],
    ),
    ("concepts", b"finding,Nausea", b"feeling,Nausea", [("enum", "concepts", 26, "kind")]),
    ("causes", b"Provides growth signals", b"", [("required", "causes", 4, "description")]),
    (
        "concepts",
        b"finding,Confusion",
        b"finding,Nausea",
        [
            ("unique", "concepts", 26, "label"),
            ("unique", "concepts", 27, "label"),
            ("exact-synonym", "synonyms", 329, "synonym"),
        ],
    ),
]
KEYS = [
    (
        "citations",
        b"pain,3\n",
        b"pain,2\n",
        [
            ("primaryKey", "citations", 3, "concept_id, source_id"),
            ("primaryKey", "citations", 4, "concept_id, source_id"),
            ("source-ids", "symptoms", 2, "source_ids"),
        ],
    ),
    (
        "citations",
        b"mixed,7\n",
        b"mixed,11\n",
        [
            ("foreignKeys", "citations", 25, "source_id"),
            ("source-ids", "types", 4, "source_ids"),
        ],
    ),
]
CONSISTENCY = [
    ("types", b"5;6;7", b"5;7;6", [("source-ids", "types", 4, "source_ids")]),
    ("citations", b"mixed,5\nmixed,6\n", b"mixed,6\nmixed,5\n", [("source-ids", "types", 4, "source_ids")]),
    ("citations", b"emerging_therapies,16\n", b"emerging_therapies,16\nnausea,1\n", [("source-ids", "citations", 59, "concept_id")]),
    ("types", b"5;6;7", b"5;6;7;17", [("source-ids", "types", 4, "source_ids"), ("unknown-source", "types", 4, "source_ids")]),
    ("sources", b"16,unresolved,,,,,,,\n", b"16,unresolved,,,,,,,\n17,unresolved,,,,,,,\n", [("uncited-source", "sources", 17, "source_id")]),
    ("concepts", b"mixed,type", b"mixed,cancer", [("concept-kind", "types", 4, "type_id")]),
    ("concepts", b"nausea,finding", b"nausea,type", [("concept-kind", "concepts", 26, "concept_id")]),
    ("symptoms", b",75,", b",74,", [("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", b",75,", b",,", [("prevalence", "symptoms", 2, "prevalence_upper_percent")]),
    ("symptoms", b"Highly prevalent", b"Up to 60% of patients", [("prevalence", "symptoms", 7, "prevalence_upper_percent")]),
    ("sources", b"1,unresolved,", b"1,resolved,", [("source-status", "sources", 2, "status")]),
    ("sources", b"1,unresolved,,,,,,,", b"1,resolved,A title,,,,,,", [("source-status", "sources", 2, "status")]),
    ("sources", b"1,unresolved,,,,,,,", b"1,resolved,,,,,10.1000/182,,", [("source-status", "sources", 2, "status")]),
    ("sources", b"1,unresolved,,,,,,,", b"1,resolved,A title,,,,10.1000/182,,", []),
    ("sources", b"1,unresolved,,", b"1,unresolved,A title,", [("source-status", "sources", 2, "status")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FORM + SCHEMA + KEYS + CONSISTENCY)
def test_one_fault_gives_its_code_at_its_place(copy, table, old, new, expected):
    copy.edit(f"datapackage/{table}.csv", old, new)
    copy.restamp()
    assert places(bm.validate_package(copy.root)) == expected


def test_an_id_that_serves_two_rows(copy):
    copy.edit("datapackage/types.csv", "mixed,", "pain,")
    copy.restamp()
    found = places(bm.validate_package(copy.root))
    assert ("reused-id", "types", 4, "type_id") in found


def test_ids_that_differ_only_in_case(copy):
    copy.edit("schemas/types.json", "^[a-z][a-z0-9_]*$", "^[A-Za-z][a-z0-9_]*$")
    copy.edit("datapackage/types.csv", "mixed,", "Osteolytic,")
    copy.restamp()
    assert ("id-case", "types", 4, "type_id") in places(bm.validate_package(copy.root))


def test_a_header_without_rows(copy):
    place = copy.root / "datapackage/types.csv"
    place.write_bytes(place.read_bytes().splitlines(keepends=True)[0])
    copy.restamp()
    assert ("no-rows", "types", 1, None) in places(bm.validate_package(copy.root))


def test_an_empty_file(copy):
    (copy.root / "datapackage/types.csv").write_bytes(b"")
    assert ("not-csv", "types", 1, None) in places(bm.validate_package(copy.root))


def test_line_numbers_count_the_lines_inside_quoted_cells(copy):
    copy.edit("datapackage/types.csv", "Bone destruction/breakdown", '"Bone\ndestruction"')
    copy.edit("datapackage/types.csv", ",Prostate", ",=Prostate")
    copy.restamp()
    assert places(bm.validate_package(copy.root)) == [("formula", "types", 4, "common_cancers")]


def test_the_text_NA_is_a_value(copy):
    copy.edit("datapackage/causes.csv", "Provides growth signals", "NA")
    copy.restamp()
    assert bm.validate_package(copy.root) == []


DEEP = "(" * 3000 + "x" + ")" * 3000


def refers(fields, resource, to):
    return {"fields": fields, "reference": {"resource": resource, "fields": to}}


def first(document):
    return document["resources"][0]


# what is done to the descriptor, and the issues
DESCRIPTOR = [
    (lambda d: d.update(titel="x"), [("unknown-keyword", None, None, "titel")]),
    (lambda d: d.update({"my:title": "x"}), []),
    (lambda d: first(d).update(discription="x"), [("unknown-keyword", None, None, "resources[0].discription")]),
    (lambda d: d["licenses"][0].update(titel="x"), [("unknown-keyword", None, None, "licenses[0].titel")]),
    (lambda d: d.update(created="yesterday"), [("profile", None, None, "created")]),
    (lambda d: d.update(title=5), [("profile", None, None, "title")]),
    (lambda d: d.update({"$schema": "https://example.org/x.json"}), [("unsupported", None, None, "$schema")]),
    (lambda d: first(d).update(bytes=1), [("bytes", "symptoms", None, None)]),
    (lambda d: first(d).update(hash="sha256:" + "0" * 64), [("hash", "symptoms", None, None)]),
    (lambda d: first(d).update(rows=7), [("rows", "symptoms", None, None)]),
    (lambda d: first(d).pop("rows"), [("unstamped", "symptoms", None, "rows")]),
    (lambda d: first(d).pop("hash"), [("unstamped", "symptoms", None, "hash")]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), DESCRIPTOR)
def test_a_fault_of_the_descriptor(copy, change, expected):
    copy.describe(change)
    assert places(bm.validate_package(copy.root)) == expected


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        (lambda r: r.update(dialect={"commentChar": "#"}), "unsupported", "resources[0].dialect"),
        (lambda r: r.update(encoding="latin-1"), "unsupported", "resources[0].encoding"),
        (lambda r: r.update(format="xlsx"), "unsupported", "resources[0].format"),
        (lambda r: r.update(hash="0" * 32), "unsupported", "resources[0].hash"),
        (lambda r: r.update(rows="six"), "profile", "resources[0].rows"),
        (lambda r: r.update(path=["a.csv", "b.csv"]), "unsupported", "resources[0].path"),
        (lambda r: r.pop("schema"), "unsupported", "resources[0].schema"),
        (lambda r: r.update(name=""), "name", "resources[0].name"),
        (lambda r: r.update(name="types"), "name", "resources[1].name"),
    ],
)
def test_a_resource_that_cannot_be_checked_is_an_issue(copy, change, code, column):
    copy.describe(lambda document: change(first(document)))
    assert (code, column) in {(i.code, i.column) for i in bm.validate_package(copy.root)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: s["fields"][1].update(desciption="x"), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(requird=True), "unsupported"),
        (lambda s: s["fields"][1].update(type="geopoint"), "unsupported"),
        (lambda s: s["fields"][1].update(format="email"), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(pattern="(?i)a"), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(pattern="["), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(minimum=3), "unsupported"),
        (lambda s: s["fields"][1].update(name="symptom_id"), "unsupported"),
        (lambda s: s.update(primaryKey=["nothing"]), "unsupported"),
        (lambda s: s.update(fieldsMatch=["subset"]), "unsupported"),
        (lambda s: s["fields"][1].update(title=5), "profile"),
        (lambda s: s.update(foreignKeys=None), "unsupported"),
        (lambda s: s.update(foreignKeys=5), "unsupported"),
        (lambda s: s.update(uniqueKeys=5), "unsupported"),
        (lambda s: s.update(foreignKeys=[refers("symptom", "", "zz")]), "unsupported"),
        (lambda s: s["fields"][1].update(type="boolean", trueValues=5), "unsupported"),
        (lambda s: s["fields"][1].update(type="boolean", trueValues=[1]), "unsupported"),
        (lambda s: s["fields"][1].update(type="boolean", trueValues=["0"]), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(enum=["x", "x"]), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(pattern="x{99999999999}"), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(pattern=DEEP), "unsupported"),
        (lambda s: s["fields"][0].update(example="1_a"), "example"),
        (lambda s: s["fields"][4].update(example="many"), "example"),
        (lambda s: s["fields"][4].update(example="101"), "example"),
    ],
)
def test_a_schema_that_is_not_understood_is_an_issue(copy, change, code):
    place = copy.root / "schemas/symptoms.json"
    document = json.loads(place.read_text(encoding="utf-8"))
    change(document)
    place.write_text(json.dumps(document), encoding="utf-8")
    assert (code, "symptoms") in {(i.code, i.resource) for i in bm.validate_package(copy.root)}


def test_missing_and_stray_files(copy):
    (copy.root / "datapackage/types.csv").rename(copy.root / "datapackage/typen.csv")
    (copy.root / "schemas/old").mkdir()
    (copy.root / "schemas/old/types.json").write_text("{}")
    found = places(bm.validate_package(copy.root))
    assert found == [
        ("missing-file", "types", None, None),
        ("stray-file", None, None, "datapackage/typen.csv"),
        ("stray-file", None, None, "schemas/old/types.json"),
    ]


@pytest.mark.parametrize("name", bm.tables())
def test_a_resource_that_this_package_must_have(copy, name):
    copy.describe(lambda d: d.update(resources=[r for r in d["resources"] if r["name"] != name]))
    found = places(bm.validate_package(copy.root))
    assert ("missing-resource", name, None, None) in found


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("symptoms", "prevalence_upper_percent"),
        ("types", "source_ids"),
        ("sources", "status"),
        ("concepts", "kind"),
    ],
)
def test_a_column_that_this_package_must_have(copy, table, column):
    """A rule whose column is gone from data and schema does not pass in silence."""
    frame = bm.load(table).astype(object).drop(columns=column)
    frame.to_csv(copy.root / f"datapackage/{table}.csv", index=False, lineterminator="\n")
    place = copy.root / f"schemas/{table}.json"
    document = json.loads(place.read_text(encoding="utf-8"))
    document["fields"] = [f for f in document["fields"] if f["name"] != column]
    place.write_text(json.dumps(document), encoding="utf-8")
    copy.restamp()
    assert ("missing-column", table, 1, column) in places(bm.validate_package(copy.root))


def test_the_one_form_of_this_package(copy):
    for place in (copy.root / "datapackage").glob("*.csv"):
        place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    copy.describe(lambda d: [entry.pop("dialect") for entry in d["resources"]])
    copy.restamp()
    found = places(bm.validate_package(copy.root))
    assert {("dialect", name, None, "dialect") for name in bm.tables()} <= set(found)


def test_ids_that_differ_only_in_case_across_a_composite_key(copy):
    copy.edit("schemas/citations.json", "^[a-z][a-z0-9_]*$", "^[A-Za-z][a-z0-9_]*$")
    copy.edit("datapackage/citations.csv", "pain,2", "Pain,1")
    copy.restamp()
    found = places(bm.validate_package(copy.root))
    assert ("id-case", "citations", 3, "concept_id, source_id") in found


def test_everything_is_reported_at_once_in_the_order_of_the_stages(copy):
    copy.describe(lambda d: d.update(titel="x"))
    copy.edit("datapackage/types.csv", ",Excess", ", Excess")
    copy.edit("datapackage/symptoms.csv", ",75,", ",74,")
    (copy.root / "datapackage/notes.txt").write_text("")
    issues = bm.validate_package(copy.root)
    codes = [issue.code for issue in issues]
    assert codes == [
        "unknown-keyword", "stray-file", "bytes", "hash", "hash", "surrounding-space", "prevalence",
    ]  # fmt: skip
    assert sorted(set(issues)) == issues


def test_the_judges_disagree_when_frictionless_alone_finds_a_fault(copy, monkeypatch):
    monkeypatch.setattr("bonemet_data.validation.schema._pandera", lambda *_: iter(()))
    copy.edit("datapackage/causes.csv", "Provides growth signals", "")
    copy.restamp()
    issues = bm.validate_package(copy.root)
    assert places(issues) == [("judges-disagree", "causes", 4, None)]
    assert "required" in issues[0].message


def test_the_judges_disagree_when_frictionless_misses_a_fault(copy, monkeypatch):
    monkeypatch.setattr("bonemet_data.validation.frictionless._verdict", lambda *_: iter(()))
    copy.edit("datapackage/causes.csv", "Provides growth signals", "")
    copy.restamp()
    codes = [issue.code for issue in bm.validate_package(copy.root)]
    assert codes == ["required", "judges-disagree"]


def test_another_package_is_validated_but_for_consistency(tmp_path):
    schema = {
        "fields": [
            {"name": "id", "type": "integer"},
            {"name": "parent", "type": "integer"},
            {"name": "born", "type": "date"},
        ],
        "primaryKey": "id",
        "foreignKeys": [{"fields": "parent", "reference": {"resource": "", "fields": "id"}}],
    }
    resource = {"name": "people", "path": "people.csv", "schema": schema}
    descriptor = {"name": "other", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    (tmp_path / "people.csv").write_bytes(b"id,parent,born\r\n1,,2001-02-28\r\n2,1,2001-02-28\r\n")
    assert bm.validate_package(tmp_path) == []
    (tmp_path / "people.csv").write_bytes(b"id,parent,born\r\n1,,2001-02-30\r\n1,3,2001-02-28\r\n")
    assert places(bm.validate_package(tmp_path)) == [
        ("type", "people", 2, "born"),
        ("primaryKey", "people", 2, "id"),
        ("primaryKey", "people", 3, "id"),
        ("foreignKeys", "people", 3, "parent"),
    ]


GENERIC = [
    # fields and keys, the file, and the issues
    ({"fields": [{"name": "a", "type": "boolean", "constraints": {"enum": [True]}}]}, b"a\nTRUE\n", []),
    ({"fields": [{"name": "a", "type": "number", "bareNumber": True, "decimalChar": "."}]}, b"a\n1.5\n", []),
    ({"fields": [{"name": "a", "constraints": {"enum": ["x", "yyy"], "minLength": 2}, "type": "string"}]}, b"a\nx\nyyy\n", [("minLength", "r", 2, "a")]),
    ({"fields": [{"name": "a", "type": "number"}], "missingValues": ["", "NaN"]}, b"a\n1\nNaN\n", []),
    ({"fields": [{"name": "a", "type": "string"}], "missingValues": ["-"]}, b"a\nx\n-\n", []),
    ({"fields": [{"name": "a", "type": "number"}]}, b"a\n1e400\n", [("type", "r", 2, "a")]),
    ({"fields": [{"name": "a", "type": "string"}]}, b'"a"\n"x"\n', []),
    ({"fields": [{"name": "a", "type": "string"}]}, b'a\r\n"x\ny"\r\nz\r\n', []),
    ({"fields": [{"name": "a", "type": "string"}]}, "a\nstraße\nstrasse\n".encode(), []),
    (
        {"fields": [{"name": n, "type": "string"} for n in "abcd"],
         "foreignKeys": [refers(["a", "b"], "", ["c", "d"])]},
        b"a,b,c,d\nx,,p,q\np,q,p,q\n",
        [],
    ),
    (
        {"fields": [{"name": "a", "type": "date"}, {"name": "b", "type": "string"},
                    {"name": "c", "type": "date"}, {"name": "d", "type": "string"}],
         "foreignKeys": [refers(["a", "b"], "", ["c", "d"])]},
        b"a,b,c,d\n2020-01-01,x,2020-01-01,x\n",
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "data", "expected"), GENERIC)
def test_what_the_standard_allows_any_package(tmp_path, schema, data, expected):
    resource = {"name": "r", "path": "r.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [resource]}))
    (tmp_path / "r.csv").write_bytes(data)
    assert places(bm.validate_package(tmp_path)) == expected


def test_every_code_is_shown_to_be_found():
    """Each code stands in this file, or in the tests of hostile packages and of the compiler."""
    tests = (
        "test_validation.py",
        "test_hostile.py",
        "test_compiler.py",
        "test_release.py",
        "test_entries.py",
    )
    text = "".join((ROOT / "tests" / name).read_text(encoding="utf-8") for name in tests)
    assert [code for code in Code if f'"{code}"' not in text] == []


def test_an_issue_is_frozen_and_ordered():
    one = Issue(Code.PROFILE, None, None, None, None, "")
    two = Issue(Code.ENUM, "types", 3, "type", "x", "")
    assert one < two
    with pytest.raises(AttributeError):
        one.row = 5
