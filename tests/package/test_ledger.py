"""The manifest of releases: written and read alike, and refused when it is damaged."""

import json
from dataclasses import replace

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
    first, second = read_ledger(folder)
    assert first == FIRST
    assert second == replace(SECOND, previous=first.checksum)
    assert FIRST.path == "datapackage/releases/x-1.0.0.zip"


def test_a_package_without_releases(tmp_path):
    assert read_ledger(Folder(tmp_path)) == ()


def test_the_archive_of_a_release(folder):
    assert open_release(folder, FIRST).version == "1.0.0"
    (folder.root / FIRST.path).write_bytes(ARCHIVE + b"x")
    with pytest.raises(IntegrityError, match=r"x-1\.0\.0\.zip has the checksum .*, but .*ledger"):
        open_release(folder, FIRST)


def nested(depth):
    """Return an object inside of objects, deeper than a recursive function can follow."""
    return {"a": nested(depth - 1)} if depth else {}


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
        (lambda d: d["releases"][0].update(resources=nested(800)), "must be a string"),
        (lambda d: d["releases"][0].update(summary=nested(800)), "must be a string"),
        (lambda d: d["releases"][0].pop("date"), "missing 1 required"),
        (lambda d: d["releases"][0].update(previous=""), "must not be empty"),
        (lambda d: d.update(latest=5), "the string 'latest'"),
        (lambda d: d.update(more="x"), "the string 'latest'"),
        # the chain
        (lambda d: d["releases"][0].update(date="2025-01-01"), "1.10.0 does not follow the entry 1.0.0"),
        (lambda d: d["releases"][0].update(summary="Old."), "1.10.0 does not follow the entry 1.0.0"),
        (lambda d: d["releases"][0].update(archive="y.zip"), "1.10.0 does not follow the entry 1.0.0"),
        (lambda d: d["releases"][0]["schemas"].pop("a"), "1.10.0 does not follow the entry 1.0.0"),
        (lambda d: d["releases"].pop(0), "1.10.0 does not follow the start of the list"),
        (lambda d: d["releases"].pop(), "the entry 1.0.0 is not the latest entry"),
        (lambda d: d["releases"].clear(), "the start of the list is not the latest entry"),
        (lambda d: d["releases"][1].update(summary="x"), "the entry 1.10.0 is not the latest entry"),
        (lambda d: d["releases"][1].update(date="2026-01-02"), "the entry 1.10.0 is not the latest"),
        (lambda d: d["releases"][1].pop("previous"), "1.10.0 does not follow the entry 1.0.0"),
        (lambda d: d.pop("latest"), "the entry 1.10.0 is not the latest entry"),
    ],
)  # fmt: skip
def test_a_damaged_manifest(folder, change, message):
    path = folder.root / LEDGER
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(PackageError, match=rf"ledger\.json is damaged: .*{message}"):
        read_ledger(folder)


def test_the_formatting_of_the_manifest_does_not_matter(folder):
    path = folder.root / LEDGER
    before = read_ledger(folder)
    path.write_text(json.dumps(json.loads(path.read_bytes()), sort_keys=True))
    assert read_ledger(folder) == before


def test_the_installed_package_and_its_releases():
    latest = installed.installed_releases()[-1].version
    assert installed.open_version(latest).version == latest
    assert installed.open_version(None) is installed.installed()
    assert installed.installed_version() == installed.installed().version
    with pytest.raises(UnknownNameError, match=r"no release '9\.9\.9'.* Valid: 1\.0\.0"):
        installed.open_version("9.9.9")
