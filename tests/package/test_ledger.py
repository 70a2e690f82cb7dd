"""The manifest of releases: written and read alike, and refused when it is damaged."""

import json

import pytest

from bonemet_data.errors import IntegrityError, PackageError, UnknownNameError
from bonemet_data.package import installed
from bonemet_data.package.archive import write_archive
from bonemet_data.package.checksums import sha256
from bonemet_data.package.ledger import (
    LEDGER,
    Release,
    open_release,
    read_ledger,
    write_ledger,
)
from bonemet_data.package.storage import Folder

ARCHIVE = write_archive({"datapackage.json": b'{"name": "x", "version": "1.0.0", "resources": []}'})
FIRST = Release("1.0.0", "2026-01-01", "x-1.0.0.zip", sha256(ARCHIVE), "New.", {"a": "s"}, {"a": "t"})  # fmt: skip
SECOND = Release("1.10.0", "2026-01-01", "x-1.10.0.zip", sha256(ARCHIVE), "More.", {}, {})


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / LEDGER
    path.parent.mkdir(parents=True)
    path.write_bytes(write_ledger([FIRST, SECOND]))
    (path.parent / FIRST.archive).write_bytes(ARCHIVE)
    return Folder(tmp_path)


def test_what_is_written_is_read(folder):
    assert read_ledger(folder) == (FIRST, SECOND)
    assert FIRST.path == "datapackage/releases/x-1.0.0.zip"


def test_a_package_without_releases(tmp_path):
    assert read_ledger(Folder(tmp_path)) == ()


def test_the_archive_of_a_release(folder):
    assert open_release(folder, FIRST).version == "1.0.0"
    (folder.root / FIRST.path).write_bytes(ARCHIVE + b"x")
    with pytest.raises(IntegrityError, match=r"x-1\.0\.0\.zip has the checksum .*, but .*ledger"):
        open_release(folder, FIRST)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.pop("releases"), "must be a list"),
        (lambda d: d["releases"].append("x"), "must be a mapping"),
        (lambda d: d["releases"].reverse(), "versions are not in ascending order"),
        (lambda d: d["releases"].append(d["releases"][1]), "versions are not in ascending order"),
        (lambda d: d["releases"][1].update(date="2025-12-31"), "dates are not in ascending order"),
        (lambda d: d["releases"][1].update(date="soon"), "Invalid isoformat"),
        (lambda d: d["releases"][0].update(version="1"), "is not a version"),
        (lambda d: d["releases"][0].update(archive="../x.zip"), "is not a file name"),
        (lambda d: d["releases"][0].update(archive="a/x.zip"), "is not a file name"),
        (lambda d: d["releases"][0].update(summary=5), "must be a string"),
        (lambda d: d["releases"][0].update(resources=5), "has no attribute"),
        (lambda d: d["releases"][0]["schemas"].update(a=5), "must be a string"),
        (lambda d: d["releases"][0].update(more="x"), "unexpected keyword"),
        (lambda d: d["releases"][0].pop("date"), "missing 1 required"),
    ],
)
def test_a_damaged_manifest(folder, change, message):
    path = folder.root / LEDGER
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(PackageError, match=rf"ledger\.json is damaged: .*{message}"):
        read_ledger(folder)


def test_the_installed_package_and_its_releases():
    latest = installed.installed_releases()[-1].version
    assert installed.open_version(latest).version == latest
    assert installed.open_version(None) is installed.installed()
    assert installed.installed_version() == installed.installed().version
    with pytest.raises(UnknownNameError, match=r"no release '9\.9\.9'.* Valid: 1\.0\.0"):
        installed.open_version("9.9.9")
