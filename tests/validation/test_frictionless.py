"""The second opinion: a disagreement with frictionless is a finding, on request."""

import builtins

import pytest

import bonemet_data as bm
from bonemet_data.package.descriptor import open_package
from bonemet_data.validation import stages

from .helpers import places, write_package


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


# edits of sites and samples that break one rule; the rule, its line and column in sites, and what
# frictionless calls it
FAULTS = [
    (("North field", ""), None, "required", 2, "name", "constraint-error"),
    (("south,", "north,"), ("3,south", "3,north"), "primaryKey", 3, "site_id", "primary-key"),
]


@pytest.fixture(params=FAULTS, ids=lambda fault: fault[2])
def fault(small, request):
    """The rule that is broken in the package, its line and column, and the error's type."""
    for table, edit in zip(("sites", "samples"), request.param, strict=False):
        if edit:
            small.edit(f"data/{table}.csv", *edit)
    small.restamp()
    return request.param[2:]


def test_a_fault_that_only_frictionless_finds(small, monkeypatch, fault):
    monkeypatch.setattr(stages.tables, "check", lambda *_: [])
    report = validate(small)
    assert places(report) == [("frictionless-disagrees", "sites", None, None)]
    assert fault[-1] in report.findings[0].message


def test_a_fault_that_frictionless_does_not_find(small, monkeypatch, fault):
    monkeypatch.setattr("bonemet_data.validation.frictionless._errors", lambda *_: iter(()))
    rule, line, column, _ = fault
    found = places(validate(small))
    assert (rule, "sites", line, column) in found
    assert [each for each in found if each[0] != rule] == [
        ("frictionless-disagrees", "sites", found[0][2], column)
    ]


@pytest.mark.parametrize("error", ["FrictionlessException", "ZeroDivisionError"])
def test_an_exception_of_frictionless_is_not_checked(small, monkeypatch, error):
    import frictionless

    def fail(*_, **__):
        raise {**vars(frictionless), **vars(builtins)}[error]("no")

    monkeypatch.setattr(frictionless.Package, "from_descriptor", fail)
    (finding,) = validate(small).findings
    assert (finding.severity, finding.rule) == ("not_checked", "frictionless-disagrees")


# field, schema, data that are right by the standard, and that frictionless calls wrong
DEVIATIONS = [
    ({"name": "a", "type": "year"}, {}, "a\n-0044\n"),
    ({"name": "a", "type": "string"}, {}, "a,b\n,\nx,y\n"),
    ({"name": "a", "type": "string", "constraints": {"pattern": "x|y"}}, {}, "a,b\nx,y\n"),
    ({"name": "a", "type": "string"}, {"fieldsMatch": "subset"}, "a,b,c\nx,y,z\n"),
]


@pytest.mark.parametrize(("field", "schema", "data"), DEVIATIONS)
def test_a_known_deviation_is_not_reported(tmp_path, field, schema, data):
    fields = [field, {"name": "b", "type": "string"}] if "," in data else [field]
    assert write_package(tmp_path, schema | {"fields": fields}, data).valid
    report = stages.validate(open_package(tmp_path), frictionless=True)
    assert report.valid, report


def test_a_table_that_was_not_checked_is_not_compared(small):
    small.describe(lambda d: [entry.update(path="https://a.org/b.csv") for entry in d["resources"]])
    assert {finding.rule for finding in validate(small).findings} == {"unsupported"}
