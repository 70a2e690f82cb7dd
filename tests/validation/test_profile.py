"""The descriptor and the schemas: what is wrong, and what cannot be checked."""

import pytest

import bonemet_data as bm
from bonemet_data.reporting.finding import Severity
from bonemet_data.reporting.rules import Stage

from .helpers import edit_json, places, refers, write_package


def first(document):
    return document["resources"][0]


# what is done to the descriptor, and the findings
DESCRIPTOR = [
    (lambda d: d.update(titel="x"), [("unknown-keyword", None, "titel")]),
    (lambda d: d.update({"my:title": "x"}), []),
    (lambda d: first(d).update(discription="x"), [("unknown-keyword", None, "resources[0].discription")]),
    (lambda d: d.update(licenses=[{"name": "MIT", "titel": "x"}]), [("unknown-keyword", None, "licenses[0].titel")]),
    (lambda d: d.update(created="yesterday"), [("profile", None, "created")]),
    (lambda d: d.update(title=5), [("profile", None, "title")]),
    (lambda d: d.update({"$schema": "https://example.org/x.json"}), [("unsupported", None, "$schema")]),
    (lambda d: first(d).update(rows="six"), [("profile", "sites", "resources[0].rows")]),
    (lambda d: first(d).update(bytes=True), [("profile", "sites", "resources[0].bytes")]),
    (lambda d: d["resources"].pop(1) and first(d).update(name=""), [("name", None, "resources[0].name")]),
    (lambda d: d["resources"].insert(1, first(d)), [("name", "sites", "resources[1].name")]),
    (lambda d: d["resources"].append(5), [("profile", None, "resources[2]")]),
    (lambda d: d["resources"].clear(), [("profile", None, "resources")]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), DESCRIPTOR)
def test_a_fault_of_the_descriptor(small, change, expected):
    small.describe(change)
    findings = bm.validate_package(small.root).findings
    descriptor = [f for f in findings if f.rule.stage is Stage.DESCRIPTOR]
    assert [(f.rule, f.resource, f.column) for f in descriptor] == expected
    assert all(f.file.endswith("datapackage.json") for f in descriptor)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (lambda r: r.update(dialect={"commentChar": "#"}), "dialect"),
        (lambda r: r.update(dialect="dialect.json"), "dialect"),
        (lambda r: r.update(dialect=[]), "dialect"),
        (lambda r: r.update(dialect={"delimiter": 1}), "dialect"),
        (lambda r: r.update(encoding="latin-1"), "encoding"),
        (lambda r: r.update(format="xlsx"), "format"),
        (lambda r: r.update(type="json"), "type"),
        (lambda r: r.update(hash="0" * 32), "hash"),
        (lambda r: r.update(path=["a.csv", "b.csv"]), "path"),
        (lambda r: r.pop("schema"), "schema"),
        (lambda r: r.update(schema=5), "schema"),
        (lambda r: r.update(schema=None), "schema"),
    ],
)
def test_what_is_not_supported_is_not_checked(small, change, column):
    small.describe(lambda d: change(first(d)))
    report = bm.validate_package(small.root)
    unchecked = [f for f in report.findings if f.severity is Severity.NOT_CHECKED]
    assert [(f.rule, f.resource, f.column) for f in unchecked] == [
        ("unsupported", "sites", f"resources[0].{column}"),
        ("foreignKeys", "samples", "site_id"),
    ]
    assert not report.complete
    assert not report.valid


DEEP = "(" * 3000 + "x" + ")" * 3000


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda s: s["fields"][1].update(desciption="x"), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(requird=True), "unsupported"),
        (lambda s: s["fields"][1].update(type="geopoint"), "unsupported"),
        (lambda s: s["fields"][1].update(type="list"), "unsupported"),
        (lambda s: s["fields"][1].update(type="sitename"), "profile"),
        (lambda s: s["fields"][1].update(format="uuid5"), "profile"),
        (lambda s: s["fields"][1]["constraints"].update(pattern="(?i)a"), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(pattern="["), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(pattern="a\0"), None),
        (lambda s: s["fields"][1]["constraints"].update(maxLength=10**30), None),
        (lambda s: s["fields"][1]["constraints"].update(minimum=3), "unsupported"),
        (lambda s: s["fields"][1].update(name="site_id"), "unsupported"),
        (lambda s: s.update(primaryKey=["nothing"]), "unsupported"),
        (lambda s: s.update(fieldsMatch=["subset"]), "unsupported"),
        (lambda s: s.update(fieldsMatch="equal"), "unsupported"),
        (lambda s: s["fields"][1].update(title=5), "profile"),
        (lambda s: s.update(foreignKeys=None), "unsupported"),
        (lambda s: s.update(foreignKeys=5), "unsupported"),
        (lambda s: s.update(uniqueKeys=5), "unsupported"),
        (lambda s: s.update(foreignKeys=[refers("name", "", "zz")]), "unsupported"),
        (lambda s: s["fields"][1].update(type="boolean", trueValues=5), "unsupported"),
        (lambda s: s["fields"][1].update(type="boolean", trueValues=[1]), "unsupported"),
        (lambda s: s["fields"][1].update(type="boolean", trueValues=["0"]), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(enum=["x", "x"]), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(pattern="x{99999999999}"), "unsupported"),
        (lambda s: s["fields"][1]["constraints"].update(pattern=DEEP), "unsupported"),
        (lambda s: s["fields"][0].update(example="1_a"), "example"),
        (lambda s: s["fields"][2].update(example="soon"), "example"),
        (lambda s: s["fields"][1].update(example="x" * 21), "example"),
        (lambda s: s["fields"][1].update(example="x" * 20), None),
    ],
)
def test_a_schema_that_is_not_valid_or_not_supported(small, change, rule):
    edit_json(small.root / "schemas/sites.json", change)
    rules = {f.rule for f in bm.validate_package(small.root).findings if f.resource == "sites"}
    if rule:
        assert rule in rules
        unchecked = {"unsupported", "profile", "example"}
        assert rules <= unchecked
    else:
        assert rules <= {"maxLength", "pattern"}


def test_a_faulty_example_names_the_schema_and_the_field(small):
    edit_json(small.root / "schemas/sites.json", lambda s: s["fields"][0].update(example="1_a"))
    (finding,) = bm.validate_package(small.root).findings
    assert (finding.rule, finding.column, finding.value) == ("example", "site_id", "1_a")
    assert finding.file.endswith("schemas/sites.json")
    assert "does not match the pattern" in finding.message


def test_a_profile_finding_about_a_schema_names_its_file(small):
    edit_json(small.root / "schemas/sites.json", lambda s: s["fields"][1].update(title=5))
    (finding,) = bm.validate_package(small.root).findings
    assert finding.file.endswith("schemas/sites.json")
    assert (finding.column, finding.message) == (
        "fields[1].title",
        "must be a string, but is an integer",
    )


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"a": NaN}', b'{"a": 1, "a": 2}'])
def test_a_schema_that_is_not_a_json_object(small, content):
    (small.root / "schemas/sites.json").write_bytes(content)
    assert ("unreadable-schema", "sites", None, "schemas/sites.json") in places(
        bm.validate_package(small.root)
    )


def test_a_schema_that_is_missing(small):
    (small.root / "schemas/sites.json").unlink()
    report = bm.validate_package(small.root)
    assert places(report) == [
        ("missing-file", "sites", None, "schemas/sites.json"),
        ("foreignKeys", "samples", None, "site_id"),
    ]
    assert report.findings[0].message.startswith("is missing: ")


def test_an_inline_schema_has_its_findings_in_the_descriptor(tmp_path):
    schema = {"fields": [{"name": "a", "type": "number", "title": 1, "example": "x"}]}
    report = write_package(tmp_path, schema, "a\n1\n")
    assert places(report) == [
        ("profile", None, None, "resources[0].schema.fields[0].title"),
        ("example", "r", None, "a"),
    ]
    assert {f.file.rpartition("/")[2] for f in report.findings} == {"datapackage.json"}
