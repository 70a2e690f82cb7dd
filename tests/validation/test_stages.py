"""Validation as a whole: every stage runs, on time, and runs no code of the package."""

import json
import time

import pytest

import bonemet_data as bm
from bonemet_data.package.descriptor import open_package
from bonemet_data.reporting.finding import Finding
from bonemet_data.reporting.rules import Rule
from bonemet_data.validation.stages import validate
from tests.conftest import ROOT

from .helpers import edit_json, places, refers, write_package


def test_the_small_package_is_valid(small):
    report = bm.validate_package(small.root)
    assert report.valid, report
    assert places(bm.validate_package(str(small.root / "datapackage.json"))) == []


def test_the_installed_package_is_valid():
    report = bm.validate_package()
    assert report.valid, report


def test_the_package_is_valid_without_its_releases(copy):
    report = bm.validate_package(copy.root)
    assert report.valid, report


def test_everything_is_reported_at_once_in_the_order_of_the_stages(copy):
    copy.describe(lambda d: d.update(titel="x"))
    copy.edit("datapackage/types.csv", ",Excess", ", Excess")
    copy.edit("datapackage/symptoms.csv", ",75,", ",74,")
    (copy.root / "datapackage/notes.txt").write_text("")
    findings = bm.validate_package(copy.root).findings
    assert [finding.rule for finding in findings] == [
        "unknown-keyword", "stray-file", "bytes", "hash", "hash", "surrounding-space", "prevalence",
    ]  # fmt: skip
    assert sorted(findings, key=Finding.sort_key) == list(findings)


def test_files_are_named_relative_to_the_current_folder(small, monkeypatch):
    small.edit("data/samples.csv", "clay", "mud")
    small.restamp()
    monkeypatch.chdir(small.root.parent)
    assert [f.file for f in bm.validate_package("small").findings] == ["small/data/samples.csv"]
    monkeypatch.chdir(small.root / "data")
    assert [f.file for f in bm.validate_package("..").findings] == ["samples.csv"]


def test_every_rule_is_shown_to_be_found():
    """Each rule is in a table of cases, here or among the tests of checks."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in [
            *ROOT.glob("tests/validation/**/*.py"),
            *ROOT.glob("tests/checking/test_*.py"),
            ROOT / "tests/test_checks.py",
        ]
    ]
    assert [rule for rule in Rule if not any(f'"{rule}"' in text for text in texts)] == []


def seconds(root):
    package = open_package(root)
    start = time.perf_counter()
    validate(package)
    return time.perf_counter() - start


def test_time_grows_no_faster_than_findings(tmp_path):
    fields = [
        {"name": name, "type": "string", "constraints": {"pattern": "[a-z ]+"}} for name in "abc"
    ]
    schema = {"fields": fields, "primaryKey": ["a", "b"], "foreignKeys": [refers("c", "", "a")]}

    def write(number):
        lines = ["a,b,c", *(f" a{n},B,=x" for n in range(number))]
        write_package(tmp_path, schema, "\n".join(lines) + "\n")
        return seconds(tmp_path)

    few, many = write(500), write(4_000)
    assert many < 16 * few + 0.5


def test_many_fields_take_no_long_time(tmp_path):
    names = [f"f{number}" for number in range(1_500)]
    fields = [{"name": name, "type": "string", "constraints": {"maxLength": 9}} for name in names]
    start = time.perf_counter()
    data = ",".join(names) + "\n" + ",".join("x" * len(names)) + "\n"
    assert write_package(tmp_path, {"fields": fields}, data).valid
    assert time.perf_counter() - start < 10


def test_a_schema_that_is_edited_is_read_again(small):
    assert bm.validate_package(small.root).valid
    edit_json(
        small.root / "schemas/samples.json",
        lambda s: s["fields"][3]["constraints"].update(enum=["sand"]),
    )
    assert [f.rule for f in bm.validate_package(small.root).findings] == ["enum", "enum"]


def test_a_renamed_package_is_told_that_the_rules_of_the_house_were_not_applied(small, copy):
    assert validate(open_package(small.root)).findings == ()
    assert validate(open_package(copy.root)).notes == (
        "datapackage/releases/ledger.json is missing, so the history was not checked",
    )
    copy.describe(lambda document: document.update(name="other"))
    (finding,) = validate(open_package(copy.root)).findings
    assert (finding.severity, finding.rule, finding.column) == ("warning", "house", "name")


def test_the_rules_of_the_house_apply_to_a_renamed_package_on_request(copy):
    copy.edit("datapackage/symptoms.csv", ",75,", ",74,")
    copy.restamp()
    expected = places(bm.validate_package(copy.root))
    copy.describe(lambda document: document.update(name="other"))
    assert bm.validate_package(copy.root).valid
    assert places(bm.validate_package(copy.root, house=True)) == expected != []


# file of two columns that is right by the standard, and the rules of its warnings
OTHERS = [
    ("a,b\n-,-5\n+49 30,=1\n", []),
    ("a,b\nTp53,x\nTP53,y\n", []),
    ('a,b\n"x\ty","z\r\nw"\n', []),
    ("a,b\n\U0001f468\u200d\U0001f469,\u05d0\u200f\n", []),
    ("a,b\n", []),
    ("a,b\r\nx,y\r\n", []),
    ("a,b\nx,y", []),
    ("a,b\ne\u0301,y\n", []),
    ('a,b\n"x, y", z\n', ["surrounding-space"]),
    ("\ufeffa,b\nx,y\n", ["byte-order-mark"]),
    ("a,b\r\nx,y\nx,z\n", ["line-ending"]),
]


@pytest.mark.parametrize(("data", "warnings"), OTHERS)
def test_the_rules_of_the_house_are_no_errors_for_others(tmp_path, data, warnings):
    fields = [{"name": name, "type": "string"} for name in "ab"]
    schema = {"fields": fields, "primaryKey": ["a", "b"], "missingValues": []}
    report = write_package(tmp_path, schema, data)
    assert report.valid, report
    assert [(f.severity, f.rule) for f in report.findings] == [("warning", w) for w in warnings]


def test_names_of_columns_that_differ_in_case_are_a_warning(tmp_path):
    fields = [{"name": name, "type": "string"} for name in ("a", "A")]
    report = write_package(tmp_path, {"fields": fields}, "a,A\nx,y\n")
    assert [(f.severity, f.rule) for f in report.findings] == [("warning", "duplicate-header")]


def test_every_stage_goes_on_after_a_fault(tmp_path):
    """The descriptor, a checksum, the form, the header, a type, a constraint and a key at once."""
    fields = [
        {"name": "id", "type": "integer"},
        {"name": "n", "type": "number", "constraints": {"minimum": 0}},
        {"name": "extra"},
    ]
    schema = {"fields": fields, "primaryKey": "id", "uniqueKeys": 5}
    data = "id,n\n1,-1\n1,x\n3\n"
    report = write_package(tmp_path, schema, data, bytes=1, title=5)
    assert {f.rule for f in report.findings} == {
        "profile", "bytes", "columns", "ragged-row", "type", "minimum", "primaryKey",
    }  # fmt: skip


def test_a_wrong_header_is_told_once(tmp_path):
    fields = [{"name": f"f{number}", "type": "string"} for number in range(50)]
    report = write_package(tmp_path, {"fields": fields}, "x,y\n1,2\n3,4\n")
    assert [f.rule for f in report.findings] == ["columns"]


def test_a_missing_file_is_told_once(small):
    (small.root / "data/samples.csv").unlink()
    assert places(bm.validate_package(small.root)) == [("missing-file", "samples", None, None)]


def test_the_first_thousand_findings_are_kept_with_exact_counts(tmp_path):
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "integer"}]
    report = write_package(tmp_path, {"fields": fields}, "a,b\n" + "x,1\n" * 3000)
    assert (len(report.findings), report.errors) == (1000, 3000)
    assert report.findings[-1].line == 1001


NOT_UTF_8 = [
    # data, the findings without a stated encoding as (severity, rule, line)
    ("a,b\nxä,1\nxxxxx,y\nyä,2\n", [("not_checked", "encoding", 2), ("error", "type", 3), ("error", "maxLength", 3)]),
    ("a,b\nxäöüß,1\nxäöüß,1\n", [("not_checked", "encoding", 2)]),
    ("a,ä\n1,2\n", [("not_checked", "encoding", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NOT_UTF_8)
def test_a_file_that_is_not_utf_8_and_whose_encoding_is_not_stated(tmp_path, text, expected):
    rules = {"maxLength": 4, "unique": True}
    fields = [
        {"name": "a", "type": "string", "constraints": rules},
        {"name": "b", "type": "integer"},
    ]
    resource = {"name": "r", "path": "r.csv", "schema": {"fields": fields}}
    descriptor = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    (tmp_path / "r.csv").write_bytes(text.encode("latin-1"))
    place = tmp_path / "datapackage.json"

    def validated(document, **properties):
        place.write_text(json.dumps(document | {"resources": [resource | properties]}))
        return bm.validate_package(tmp_path)

    report = validated(descriptor)
    assert [(f.severity, f.rule, f.line) for f in report.findings] == expected
    assert "state the encoding, for example iso-8859-1" in report.findings[0].message
    stated = validated(descriptor, encoding="utf-8")
    assert {"encoding", "not-csv"} & {f.rule for f in stated.findings if f.severity == "error"}
    assert validated({}).errors  # UTF-8 is the default of version 1
    latin = validated(descriptor, encoding="iso-8859-1")
    assert not {"encoding", "not-csv"} & {f.rule for f in latin.findings}


OPENED = [
    # data, severity and rule of the only finding
    (b"a;b\n1;2\n", ("error", "columns")),
    (b"a,b\r1,2\r3,4\r", ("warning", "line-ending")),
    (b"\x1f\x8b\x08", ("error", "unreadable-file")),
    (b"", ("error", "not-csv")),
]


@pytest.mark.parametrize(("data", "expected"), OPENED)
def test_a_file_that_is_not_written_as_described_is_told_once(tmp_path, data, expected):
    fields = [{"name": name, "type": "integer"} for name in "ab"]
    report = write_package(tmp_path, {"fields": fields}, data)
    assert [(f.severity, f.rule) for f in report.findings] == [expected]
