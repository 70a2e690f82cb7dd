"""Releases: a tree that does not agree with its releases is not valid."""

import datetime
import shutil
from dataclasses import replace

import pytest

import bonemet_data as bm
from bonemet_data import Rule
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.ledger import LEDGER, read_ledger, write_ledger
from bonemet_data.package.storage import Folder
from bonemet_data.publishing.release import release
from bonemet_data.validation.house import releases
from tests.conftest import ROOT, Copy

from ..helpers import edit_json, places


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
        (lambda r: r[0].update(sha256="sha256:0"), "ledger"),
        (lambda r: r[0].update(sha256="sha256:0"), "archive"),
        (lambda r: r[0]["resources"].update(sites="sha256:0"), "archive"),
        (lambda r: r[0]["schemas"].pop("sites"), "archive"),
        (lambda r: r[0].update(version="1.0.7"), "archive"),
        (lambda r: r[0].update(summary="Another."), "ledger"),
        (lambda r: r[0].update(date="2026-12-25"), "ledger"),
        (lambda r: r.clear(), "ledger"),
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


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda first: replace(first, sha256="sha256:0"), "archive"),
        (lambda first: replace(first, version="1.0.7"), "archive"),
        (lambda first: replace(first, date="2026-12-25"), "changelog"),
    ],
)
def test_an_altered_entry_with_a_new_chain(small, change, rule):
    (small.root / "CHANGELOG.md").write_text("# Changelog\n")
    release(small.root, datetime.date(2026, 12, 24))
    (first,) = read_ledger(Folder(small.root))
    (small.root / LEDGER).write_bytes(write_ledger([change(first)]))
    assert rule in rules(small)


class TestChangelog:
    """Each dated heading has an entry with its date, and each entry a heading."""

    @pytest.fixture
    def house(self, tmp_path):
        """A copy of the published package with its releases."""
        for name in ("datapackage.json", "CHANGELOG.md"):
            shutil.copy(ROOT / name, tmp_path)
        for name in ("datapackage", "schemas"):
            shutil.copytree(ROOT / name, tmp_path / name)
        return Copy(tmp_path)

    def places(self, package):
        report = [*releases.check(open_package(package.root))]
        return [(f.rule, f.line, f.value) for f in report if f.rule != Rule.RELEASED_CONTENT]

    def test_the_published_package(self, house):
        assert self.places(house) == []

    def heading(self, version):
        lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
        return next(n for n, line in enumerate(lines, 1) if line.startswith(f"## {version} "))

    def test_no_releases_at_all(self, house):
        versions = [entry.version for entry in reversed(read_ledger(Folder(house.root)))]
        shutil.rmtree(house.root / "datapackage/releases")
        assert self.places(house) == [("changelog", self.heading(v), v) for v in versions]

    def test_the_last_entry_and_its_archive_are_gone(self, house):
        *others, last = read_ledger(Folder(house.root))
        (house.root / last.path).unlink()
        (house.root / LEDGER).write_bytes(write_ledger(others))
        expected = ("changelog", self.heading(last.version), last.version)
        assert self.places(house) == [expected]

    def test_the_first_entry_and_its_archive_are_gone(self, house):
        first, *others = read_ledger(Folder(house.root))
        (house.root / first.path).unlink()
        edit_json(house.root / LEDGER, lambda document: document["releases"].pop(0))
        assert self.places(house) == [("ledger", None, None)]
        assert others[0].previous == first.checksum

    @pytest.mark.parametrize("version", ["1.0.0", "1.1.0", "2.0.0"])
    def test_a_heading_has_another_date(self, house, version):
        house.edit("CHANGELOG.md", f"## {version} (2026-11-2", f"## {version} (2026-12-2")
        assert self.places(house) == [("changelog", self.heading(version), version)]

    def test_a_heading_is_gone(self, house):
        house.edit("CHANGELOG.md", "## 1.1.0 (", "## (")
        assert self.places(house) == [("changelog", None, "1.1.0")]

    def test_a_date_without_a_release(self, house):
        house.edit("CHANGELOG.md", "## 2.0.0 (", "## 9.0.0 (2027-01-01)\n\n## 2.0.0 (")
        assert self.places(house) == [("changelog", self.heading("2.0.0"), "9.0.0")]

    def test_a_section_that_is_not_released_has_no_date(self, house):
        house.edit("CHANGELOG.md", "## 2.0.0 (", "## 9.0.0\n\n## 2.0.0 (")
        assert self.places(house) == []

    def test_headings_before_the_first_release_and_a_package_without_releases(self, small):
        (small.root / "CHANGELOG.md").write_text("## 0.9.0 (2020-01-01)\n")
        assert rules(small) == []
        release(small.root, datetime.date(2026, 12, 24))
        assert rules(small) == []

    def test_what_cannot_be_read(self, house):
        (house.root / "CHANGELOG.md").write_bytes(b"\xff")
        assert self.places(house) == [("changelog", None, None)]

    def test_what_is_missing_is_noted(self, house):
        (house.root / "CHANGELOG.md").unlink()
        (note,) = releases.notes(open_package(house.root))
        assert note == "CHANGELOG.md is missing, so the dates of releases were not checked"


def test_the_release_of_a_package_whose_section_has_a_date_already(small):
    """Written by hand before the release, or left by one that was killed."""
    release(small.root, datetime.date(2026, 12, 24))
    set_version(small, "1.0.1")
    small.describe(lambda document: document.update(title="x"))
    text = "## 1.0.1 (2027-01-31)\n\n## 1.0.0 (2026-12-24)\n"
    (small.root / "CHANGELOG.md").write_text(text)
    assert rules(small) == ["changelog"]
    release(small.root, datetime.date(2027, 1, 31))
    assert rules(small) == []
