"""Releases: a tree that does not agree with its releases is not valid."""

import datetime

import pytest

import bonemet_data as bm
from bonemet_data.package.ledger import LEDGER, read_ledger
from bonemet_data.package.storage import Folder
from bonemet_data.publishing.release import release

from .helpers import edit_json, places


def set_version(small, version):
    small.describe(lambda document: document.update(version=version))


@pytest.fixture
def released(small):
    """A package with one release, 1.0.0, that has not changed since."""
    (small.root / "LICENSE").write_text("License 2026\n")
    release(small.root, datetime.date(2026, 12, 24))
    return small


def rules(released):
    return [finding.rule for finding in bm.validate_package(released.root, house=True).findings]


def test_a_tree_that_agrees_with_its_releases_is_valid(released):
    assert rules(released) == []


def test_content_that_differs_under_a_released_version(released):
    released.edit("data/samples.csv", "2,north,12,clay", "2,north,12,sand")
    released.restamp()
    report = bm.validate_package(released.root, house=True)
    assert places(report) == [("released-content", "samples", None, "soil")]
    assert "differs from the release 1.0.0 (2): " in report.findings[0].message
    assert report.findings[0].file.endswith("data/samples.csv")


def test_other_bytes_under_a_released_version(released):
    released.edit("data/samples.csv", "2,north", '2,"north"')
    released.restamp()
    assert places(bm.validate_package(released.root, house=True)) == [
        ("released-content", "samples", None, None)
    ]


def test_a_description_that_differs_under_a_released_version(released):
    released.describe(lambda document: document.update(title="x"))
    assert places(bm.validate_package(released.root, house=True)) == [
        ("released-content", None, None, "title")
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("schemas/sites.json", '"primaryKey": [', '"primaryKey":  ['),
        ("schemas/sites.json", '"type": "date"', '"type": "date", "my:note": "x"'),
        ("LICENSE", "2026", "2027"),
    ],
)
def test_any_other_byte_under_a_released_version(released, path, old, new):
    released.edit(path, old, new)
    assert set(rules(released)) == {"released-content"}


def test_a_file_that_is_missing_beside_the_data_is_allowed(released):
    (released.root / "LICENSE").unlink()
    assert rules(released) == []


def test_a_version_that_is_too_low_for_the_changes(released):
    constraint = {"maxLength": 99}
    edit_json(
        released.root / "schemas/sites.json",
        lambda s: s["fields"][0]["constraints"].update(constraint),
    )
    set_version(released, "1.5.0")
    report = bm.validate_package(released.root, house=True)
    assert places(report) == [("version-too-low", None, None, "version")]
    assert "write 2.0.0 or higher" in report.findings[0].message
    set_version(released, "2.0.0")
    assert rules(released) == []


@pytest.mark.parametrize("version", ["0.9.0", "one"])
def test_a_version_that_falls_or_is_none(released, version):
    set_version(released, version)
    assert "version-too-low" in rules(released)


def test_a_missing_archive(released):
    (released.root / read_ledger(Folder(released.root))[0].path).unlink()
    assert rules(released) == ["archive"]


def test_a_damaged_archive(released):
    path = released.root / read_ledger(Folder(released.root))[0].path
    path.write_bytes(path.read_bytes()[:-1])
    assert rules(released) == ["archive"]


def test_a_stray_archive(released):
    (released.root / "datapackage/releases/small-9.0.0.zip").write_bytes(b"")
    assert rules(released) == ["stray-file"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda r: r[0].update(sha256="sha256:0"), "archive"),
        (lambda r: r[0]["resources"].update(sites="sha256:0"), "archive"),
        (lambda r: r[0]["schemas"].pop("sites"), "archive"),
        (lambda r: r[0].update(version="1.0.7"), "archive"),
        (lambda r: r[0].update(archive="../datapackage.json"), "ledger"),
        (lambda r: r[0].pop("date"), "ledger"),
        (lambda r: r[0].update(date=5), "ledger"),
        (lambda r: r[0].update(extra=""), "ledger"),
        (lambda r: r.append(r[0]), "ledger"),
        (lambda r: r[0].update(version="1.0"), "ledger"),
        (lambda r: r.append(None), "ledger"),
        (lambda r: r[0].update(resources=[]), "ledger"),
        (lambda r: r[0].update(date="9999-99-99"), "ledger"),
        (lambda r: r[0].update(version="1" * 5000 + ".0.0"), "ledger"),
    ],
)
def test_a_manifest_that_is_not_right(released, change, rule):
    edit_json(released.root / LEDGER, lambda document: change(document["releases"]))
    assert rule in rules(released)


def test_a_manifest_that_is_not_json(released):
    (released.root / LEDGER).write_text("{")
    assert rules(released) == ["ledger"]
