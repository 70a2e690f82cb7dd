"""Validation as a whole: every stage runs, on time, and runs no code of the package."""

import time

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
    """Each rule is in a table of cases of this folder."""
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("tests/validation/test_*.py")]
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


def test_a_package_with_another_name_is_told_that_some_rules_were_not_applied(small, copy):
    assert validate(open_package(small.root)).notes == (
        "rules specific to the package bonemet-data were not applied",
    )
    assert validate(open_package(copy.root)).notes == (
        "datapackage/releases/ledger.json is missing, so the history was not checked",
    )
    assert validate(open_package(ROOT)).notes == ()
