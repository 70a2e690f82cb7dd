"""The releases in the repository: they are unchanged, valid, and can be read by others."""

import shutil

import frictionless
import pytest

import bonemet_data as bm
from bonemet_data.errors import UnknownNameError
from bonemet_data.package.descriptor import open_package
from tests.conftest import ROOT

RELEASES = bm.releases()
PUBLISHED = {
    "1.0.0": "sha256:3829a3a416200c1bc703ac8b55f9a69eefac7f81ba68706f7a9138aacabec456",
    "1.1.0": "sha256:bb8dd38bb6b813afea21c262a6769afd13ef43ab8f97320d4245eb59fee27a20",
    "2.0.0": "sha256:1cf8aec6854c65dc5d2ad34e8dbb1291dde22cb8da6094ce1690d1f46a43e1c6",
    "3.0.0": "sha256:daf5a6e1263367f42a525f6242aeb9589fc5f7f5611e0d435312ba157c5c6d9e",
    "3.1.0": "sha256:f3ed20e985292c7851266da133362bdec7e9fac49ca3fb25717e4c4915529bb2",
    "3.2.0": "sha256:6b4e4b51d27a68b28090255ca18195281d8ca5345e9e1693f7c5323c05804b2d",
}
"""The checksum of each archive, added by hand when the release is made, and never changed."""

LATEST = "sha256:6b36db7df94b733362228759e5645071281a63e06bd0438058923a5229db8335"
"""The checksum of the latest entry, which covers all entries before it; added with the release."""

each_release = pytest.mark.parametrize("entry", RELEASES, ids=[entry.version for entry in RELEASES])


def test_the_archives_are_those_that_were_published():
    assert {entry.version: entry.sha256 for entry in RELEASES} == PUBLISHED


def test_the_entries_are_those_that_were_published():
    assert RELEASES[-1].checksum == LATEST


def test_the_installed_package_is_not_older_than_its_latest_release():
    assert open_package(ROOT).version >= RELEASES[-1].version


def test_the_first_release_has_seven_resources():
    assert sorted(RELEASES[0].resources) == sorted(
        ["symptoms", "types", "causes", "treatments", "sources", "concepts", "citations"]
    )


@each_release
def test_the_changelog_has_a_section(entry):
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {entry.version} ({entry.date})\n" in changelog


@each_release
def test_frictionless_validates_the_archive(entry):
    package = frictionless.Package(str(ROOT / entry.path))
    report = package.validate()
    assert report.valid, report.flatten(["type", "note"])
    assert package.version == entry.version


@each_release
def test_the_archive_is_a_valid_package(entry, tmp_path):
    """The report notes that the rules between tables are about version 2.0.0 and later."""
    shutil.unpack_archive(ROOT / entry.path, tmp_path)
    report = bm.validate_package(tmp_path)
    assert report.valid, report
    *older, history = report.notes
    assert bool(older) == entry.version.startswith("1."), report
    assert "ledger.json is missing, so the history was not checked" in history


@each_release
def test_every_table_can_be_loaded(entry):
    for name in entry.resources:
        frame = bm.load(name, version=entry.version)
        assert len(frame) == len(bm.load(name, "records", version=entry.version)) > 0
        assert bm.schema(name, version=entry.version).validate(frame).equals(frame)


def test_an_unknown_version_lists_those_that_exist():
    valid = ", ".join(entry.version for entry in RELEASES)
    with pytest.raises(UnknownNameError, match=rf"Valid: {valid}\.$"):
        bm.load("types", version="0.0.1")
