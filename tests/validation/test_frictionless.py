"""The second opinion: a disagreement with frictionless is a finding, on request."""

import pytest

import bonemet_data as bm
from bonemet_data.package.descriptor import open_package
from bonemet_data.validation import stages

from .helpers import places


def validate(small):
    return stages.validate(open_package(small.root), frictionless=True)


def test_frictionless_agrees_about_the_installed_package():
    findings = bm.validate_package(frictionless=True).findings
    assert not [finding for finding in findings if finding.rule == "frictionless-disagrees"]


def test_frictionless_is_not_asked_without_request(small, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "frictionless", None)
    assert bm.validate_package(small.root).valid


@pytest.mark.parametrize(
    ("table", "old", "new", "rule"),
    [
        ("sites", "North field", "", "required"),
        ("samples", "clay", "mud", "enum"),
        ("samples", "3,south", "3,west", "foreignKeys"),
        ("samples", "3,south", "2,south", "primaryKey"),
        ("samples", "0.5", "x", "type"),
        ("sites", "North", "=North", "formula"),
    ],
)
def test_no_disagreement_about_a_fault_that_both_find_or_only_one_knows(
    small, table, old, new, rule
):
    small.edit(f"data/{table}.csv", old, new)
    small.restamp()
    rules = {finding.rule for finding in validate(small).findings}
    assert rule in rules
    assert "frictionless-disagrees" not in rules


def test_a_fault_that_only_frictionless_finds(small, monkeypatch):
    monkeypatch.setattr(stages.schema, "check", lambda *_: ([], []))
    small.edit("data/sites.csv", "North field", "")
    small.restamp()
    report = validate(small)
    assert places(report) == [("frictionless-disagrees", "sites", 2, None)]
    assert "required" in report.findings[0].message


def test_a_fault_that_frictionless_does_not_find(small, monkeypatch):
    monkeypatch.setattr("bonemet_data.validation.frictionless._errors", lambda *_: iter(()))
    small.edit("data/sites.csv", "North field", "")
    small.restamp()
    assert places(validate(small)) == [
        ("required", "sites", 2, "name"),
        ("frictionless-disagrees", "sites", 2, "name"),
    ]


def test_an_exception_of_frictionless_is_a_finding(small, monkeypatch):
    import frictionless

    def fail(*_, **__):
        raise frictionless.FrictionlessException("no")

    monkeypatch.setattr(frictionless.Package, "from_descriptor", fail)
    assert places(validate(small)) == [("frictionless-disagrees", None, None, None)]


def test_a_package_without_a_readable_table_is_not_given_to_frictionless(small):
    small.describe(lambda d: [entry.update(format="xlsx") for entry in d["resources"]])
    assert {finding.rule for finding in validate(small).findings} == {"unsupported"}
