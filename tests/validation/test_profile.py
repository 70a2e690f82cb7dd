"""The descriptor and the schemas: what is wrong, and what cannot be checked."""

import pytest

import bonemet_data as bm
from bonemet_data.reporting.rules import Stage

from .helpers import edit_json, places, refers, write_package


def first(document):
    return document["resources"][0]


# what is done to the descriptor, and the findings: severity, rule, resource, property
DESCRIPTOR = [
    (lambda d: d.update(titel="x"), [("warning", "unknown-keyword", None, "titel")]),
    (lambda d: d.update({"my:title": "x", "anything": [1]}), []),
    (lambda d: d.update(contributors=[{"title": "x", "role": "author"}]), []),
    (lambda d: first(d).update(discription="x"), [("warning", "unknown-keyword", "sites", "resources[0].discription")]),
    (lambda d: d.update(licenses=[{"name": "MIT", "titel": "x"}]), [("warning", "unknown-keyword", None, "licenses[0].titel")]),
    (lambda d: d.update(created="yesterday"), [("error", "profile", None, "created")]),
    (lambda d: d.update(title=5), [("error", "profile", None, "title")]),
    (lambda d: d.update({"$schema": "https://example.org/x.json"}), [("not_checked", "unsupported", None, "$schema")]),
    (lambda d: d.pop("$schema") and d.update(profile="https://example.org/x.json"), [("not_checked", "unsupported", None, "profile")]),
    (lambda d: d.pop("$schema") and d.update(profile="tabular-data-package"), []),
    (lambda d: first(d).update(rows="six"), [("error", "profile", "sites", "resources[0].rows")]),
    (lambda d: first(d).update(bytes=True), [("error", "profile", "sites", "resources[0].bytes")]),
    (lambda d: first(d).update(path=5), [("error", "profile", "sites", "resources[0].path")]),
    (lambda d: first(d).update(path="https://a.org/x.csv"), [("not_checked", "unsupported", "sites", "resources[0].path")]),
    (lambda d: first(d).update(schema="https://a.org/x.json"), [("not_checked", "unsupported", "sites", "resources[0].schema")]),
    (lambda d: first(d).update(schema=5), [("error", "profile", "sites", "resources[0].schema")]),
    (lambda d: first(d).update(dialect=[]), [("error", "profile", "sites", "resources[0].dialect")]),
    (lambda d: first(d).update(type="json"), [("error", "profile", "sites", "resources[0].type")]),
    (lambda d: d.pop("$schema") and first(d).update(type="json"), []),
    (lambda d: first(d).update(path="file:///etc/passwd"), [("error", "unsafe-path", "sites", "resources[0].path")]),
    (lambda d: d["resources"].pop(1) and first(d).update(name=""), [("error", "name", None, "resources[0].name")]),
    (lambda d: d["resources"].pop(1) and first(d).update(name="Sites"), [("warning", "name", "Sites", "resources[0].name")]),
    (lambda d: d.pop("$schema") and d["resources"].pop(1) and first(d).update(name="Sites"), [("error", "profile", "Sites", "resources[0].name")]),
    (lambda d: d["resources"].insert(1, first(d)), [("error", "name", "sites", "resources[1].name")]),
    (lambda d: d["resources"].append(5), [("error", "profile", None, "resources[2]")]),
    (lambda d: d["resources"].clear(), [("error", "profile", None, "resources")]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), DESCRIPTOR)
def test_a_fault_of_the_descriptor(small, change, expected):
    small.describe(change)
    findings = bm.validate_package(small.root).findings
    descriptor = [f for f in findings if f.rule.stage is Stage.DESCRIPTOR]
    assert [(f.severity, f.rule, f.resource, f.column) for f in descriptor] == expected
    assert all(f.file.endswith("datapackage.json") for f in descriptor)


@pytest.mark.parametrize("name", ["titel", "anything"])
def test_the_house_allows_further_properties_only_in_a_namespace(small, name):
    small.describe(lambda d: d.update({name: "x", "my:title": "x"}))
    report = bm.validate_package(small.root, house=True)
    assert [(f.severity, f.rule, f.column) for f in report.findings] == [
        ("error", "unknown-keyword", name)
    ]


@pytest.mark.parametrize(
    ("text", "severity", "words"),
    [
        ("\ufeff{}", "warning", "byte order mark"),
        ('{"title": "x", "title": "y", {}', "error", "duplicate key 'title'"),
    ],
)
def test_a_fault_of_json_does_not_end_the_look(small, text, severity, words):
    place = small.root / "datapackage.json"
    document = place.read_text(encoding="utf-8")
    place.write_text(text.replace("{}", document if "title" not in text else document[1:]))
    small.edit("data/samples.csv", "clay", "mud")
    found = {f.rule: f for f in bm.validate_package(small.root).findings}
    assert {"hash", "enum"} <= {*found}
    (fault,) = [f for f in bm.validate_package(small.root).findings if words in f.message]
    assert fault.severity == severity


# what is done to a schema, and the severity of the finding
SCHEMAS = [
    (lambda s: s["fields"][1]["constraints"].update(requird=True), "not_checked"),
    (lambda s: s["fields"][1].update(type="sitename"), "error"),
    (lambda s: s["fields"][1].update(format="uuid5"), "error"),
    (lambda s: s["fields"][1]["constraints"].update(pattern="(?=a)"), "not_checked"),
    (lambda s: s["fields"][1]["constraints"].update(minimum=3), "error"),
    (lambda s: s["fields"][1].update(name="site_id"), "not_checked"),
    (lambda s: s.update(primaryKey=["nothing"]), "error"),
    (lambda s: s.update(fieldsMatch="all"), "error"),
    (lambda s: s["fields"][1].update(title=5), "error"),
    (lambda s: s.update(foreignKeys=None), "error"),
    (lambda s: s.update(foreignKeys=5), "error"),
    (lambda s: s.update(uniqueKeys=5), "error"),
    (lambda s: s.update(uniqueKeys=[]), "error"),
    (lambda s: s.update(foreignKeys=[refers("name", "", "zz")]), "error"),
    (lambda s: s["fields"][1].update(type="boolean", trueValues=5), "error"),
    (lambda s: s["fields"][1].update(type="boolean", trueValues=[1]), "error"),
    (lambda s: s["fields"][1]["constraints"].update(enum=["x", "x"]), "error"),
    (lambda s: s["fields"][1]["constraints"].update(enum=[None, True]), "error"),
    (lambda s: s["fields"][0].update(example="1_a"), "warning"),
    (lambda s: s["fields"][2].update(example="soon"), "warning"),
    (lambda s: s["fields"][1].update(example="x" * 21), "warning"),
    (lambda s: s["fields"][1].update(example="x" * 20), None),
    (lambda s: s["fields"][1].update(example=5), None),
    (lambda s: s.update(fieldsMatch="equal"), None),
    (lambda s: s.update(fieldsMatch=["subset"]), None),
    (lambda s: s.update({"$schema": "https://example.org/x.json"}), "not_checked"),
]


@pytest.mark.parametrize(("change", "severity"), SCHEMAS)
def test_a_fault_of_a_schema(small, change, severity):
    edit_json(small.root / "schemas/sites.json", change)
    findings = bm.validate_package(small.root).findings
    schema = [f for f in findings if f.rule.stage is Stage.DESCRIPTOR]
    assert {f.severity for f in schema} == ({severity} if severity else set())
    assert all(f.file.endswith("schemas/sites.json") for f in schema)


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
        "must be a string, but is 5",
    )


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"a": NaN}'])
def test_a_schema_that_is_not_a_json_object(small, content):
    (small.root / "schemas/sites.json").write_bytes(content)
    assert ("unreadable-schema", "sites", None, "resources[0].schema") in places(
        bm.validate_package(small.root)
    )


def test_a_schema_that_is_missing(small):
    (small.root / "schemas/sites.json").unlink()
    report = bm.validate_package(small.root)
    assert places(report) == [
        ("missing-file", "sites", None, "resources[0].schema"),
        ("foreignKeys", "samples", None, "site_id"),
    ]
    assert report.findings[0].message.startswith("is missing: ")


def test_an_inline_schema_has_its_findings_in_the_descriptor(tmp_path):
    schema = {"fields": [{"name": "a", "type": "number", "title": 1, "example": "x"}]}
    report = write_package(tmp_path, schema, "a\n1\n")
    assert places(report) == [
        ("profile", "r", None, "resources[0].schema.fields[0].title"),
        ("example", "r", None, "a"),
    ]
    assert {f.file.rpartition("/")[2] for f in report.findings} == {"datapackage.json"}
