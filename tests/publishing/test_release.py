"""Releases: archives never change, versions are high enough, interruptions do no harm."""

import datetime
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import replace

import filelock
import pytest

import bonemet_data as bm
from bonemet_data.comparison.compare import compare
from bonemet_data.errors import (
    IntegrityError,
    OutputError,
    PackageError,
    ReleaseError,
    UnsafePathError,
)
from bonemet_data.package import installed
from bonemet_data.package.archive import Archive
from bonemet_data.package.checksums import sha256
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.ledger import (
    FOLDER,
    LEDGER,
    LOCK,
    QUOTATIONS,
    open_release,
    read_ledger,
    write_ledger,
)
from bonemet_data.package.storage import Folder
from bonemet_data.publishing import release as module
from bonemet_data.publishing.release import release
from bonemet_data.reporting.report import Report
from tests.conftest import contents

FIRST = datetime.date(2026, 12, 24)
DATE = datetime.date(2027, 1, 31)


def set_version(small, version):
    small.describe(lambda document: document.update(version=version))


def edit(small, version="1.0.1"):
    """Change a cell and the version."""
    small.edit("data/sites.csv", "North field", "North")
    small.restamp()
    set_version(small, version)


def entries(small):
    return read_ledger(Folder(small.root))


@pytest.fixture
def valid(monkeypatch):
    """Skip the validation, which takes most of the time of a release."""
    monkeypatch.setattr(module, "validate", lambda *_, **__: Report())


@pytest.fixture
def released(small, valid):
    """A package with one release, 1.0.0, that has not changed since."""
    (small.root / "LICENSE").write_text("License\n")
    (small.root / "CHANGELOG.md").write_text("# Changelog\n\n## 0.9.0\n\nOld.\n")
    release(small.root, FIRST)
    return small


def test_a_release_writes_archive_changelog_and_manifest(released):
    (entry,) = entries(released)
    assert (entry.version, entry.date, entry.summary) == (
        "1.0.0",
        "2026-12-24",
        "The first release.",
    )
    archive = Archive((released.root / entry.path).read_bytes(), "archive")
    assert set(archive.files("")) == {
        "datapackage.json",
        "LICENSE",
        *(f"data/{name}.csv" for name in ("samples", "sites")),
        *(f"schemas/{name}.json" for name in ("samples", "sites")),
    }
    changelog = (released.root / "CHANGELOG.md").read_text()
    assert "\n\n## 1.0.0 (2026-12-24)\n\n- The first release.\n\n## 0.9.0" in changelog
    assert {path.name for path in (released.root / FOLDER).iterdir()} == {
        "ledger.json",
        entry.archive,
    }
    assert bm.validate_package(released.root).valid


def test_the_keys_of_the_manifest_are_in_a_fixed_order(released):
    (entry,) = json.loads((released.root / LEDGER).read_text())["releases"]
    assert list(entry) == [
        *("version", "date", "archive", "sha256", "summary", "resources", "schemas")
    ]


def test_the_same_files_give_the_same_archive(released):
    data = (released.root / entries(released)[0].path).read_bytes()
    shutil.rmtree(released.root / "datapackage")
    (released.root / "CHANGELOG.md").unlink()
    release(released.root, DATE, "Another day.")
    assert (released.root / entries(released)[0].path).read_bytes() == data


def test_the_next_release_states_what_has_changed(released):
    edit(released)
    release(released.root, DATE)
    first, second = entries(released)
    assert (second.version, second.summary) == ("1.0.1", "`sites`: 1 cell changed.")
    changelog = (released.root / "CHANGELOG.md").read_text()
    assert "## 1.0.1 (2027-01-31)\n\n- `sites`: 1 cell changed.\n\n## 1.0.0" in changelog
    folder = Folder(released.root)
    old, new = (open_release(folder, entry) for entry in (first, second))
    assert [change.kind for change in compare(old, new).changes] == ["cell"]


def test_a_section_that_exists_is_kept(released):
    text = "# Changelog\n\n## 1.1.0 (2027-01-31)\n\nBy hand.\n"
    (released.root / "CHANGELOG.md").write_text(text)
    set_version(released, "1.1.0")
    release(released.root, DATE, "By hand.")
    assert (released.root / "CHANGELOG.md").read_text() == text
    assert entries(released)[1].summary == "By hand."


def test_a_changelog_without_sections_gets_its_first(released):
    (released.root / "CHANGELOG.md").write_text("# Changelog\n\n")
    edit(released)
    release(released.root, DATE)
    assert "# Changelog\n\n## 1.0.1 (2027-01-31)\n" in (released.root / "CHANGELOG.md").read_text()


def test_an_unreleased_section_becomes_that_of_the_release(released):
    (released.root / "CHANGELOG.md").write_text(
        "# Changelog\n\n## Unreleased\n\nBy hand.\n\n## 1.0.0 (2026-12-24)\n"
    )
    edit(released)
    release(released.root, DATE)
    assert (released.root / "CHANGELOG.md").read_text() == (
        "# Changelog\n\n## 1.0.1 (2027-01-31)\n\nBy hand.\n\n## 1.0.0 (2026-12-24)\n"
    )
    assert bm.validate_package(released.root).valid


def test_a_broken_chain_is_not_continued(released):
    first = replace(entries(released)[0], summary="Altered.")
    document = json.loads((released.root / LEDGER).read_text())
    document["releases"] = [first.entry]
    (released.root / LEDGER).write_text(json.dumps(document))
    edit(released)
    with pytest.raises(PackageError, match="is not the latest entry as it was released"):
        release(released.root, DATE)


def test_the_record_of_rows_is_part_of_the_entry(released):
    assert entries(released)[0].quotations == ""
    (released.root / QUOTATIONS).write_text("{}")
    edit(released)
    assert release(released.root, DATE).quotations == sha256(b"{}")


def test_the_citation_must_agree(released):
    edit(released)
    citation = "version: 1.0.1\ndate-released: 2027-01-31\n"
    (released.root / "CITATION.cff").write_text(citation)
    entry = release(released.root, DATE)
    archive = Archive((released.root / entry.path).read_bytes(), "archive")
    assert archive.read("CITATION.cff").decode() == citation


def add(path, text):
    return lambda small: (small.root / path).write_bytes(text.encode("latin-1"))


def inline(document):
    document["resources"][0]["schema"] = {"fields": [{"name": "site_id", "type": "string"}]}


@pytest.mark.parametrize(
    ("version", "change", "date", "summary", "message"),
    [
        ("1.0.0", None, DATE, "", "1.0.0 is already released"),
        ("0.9.0", None, DATE, "", "Version 0.9.0 is too low"),
        ("0.9.9", lambda c: c.edit("data/sites.csv", "North", "N"), DATE, "", "to 1.0.1 or higher"),
        ("1.0.1", lambda c: c.edit("data/sites.csv", "south,", "east,"), DATE, "", "MAJOR. .* to 2.0.0 or higher.*1 row removed"),
        ("1.0", None, DATE, "", "is not a version"),
        ("1.0.1", None, datetime.date(2026, 1, 1), "", "before 2026-12-24, the date of release 1.0.0"),
        ("1.0.1", None, DATE, "two\nlines", "write it in one line"),
        ("1.0.1", add("CITATION.cff", "version: 1.0.0\n"), DATE, "", "does not contain `version: 1.0.1`"),
        ("1.0.1", add("CITATION.cff", "version: 1.0.1\n"), DATE, "", "`date-released: 2027-01-31`"),
        ("1.0.1", add("CHANGELOG.md", "## 1.0.1 (2027-01-30)\n"), DATE, "", r"change it to `## 1.0.1 \(2027-01-31\)`"),
        ("1.0.1", add("CHANGELOG.md", "\xe9"), DATE, "", "not UTF-8"),
        ("2.0.0", lambda c: c.describe(inline), DATE, "", "schema of sites is inline"),
    ],
)  # fmt: skip
def test_a_release_that_would_be_wrong_is_refused(
    released, version, change, date, summary, message
):
    if change:
        change(released)
    set_version(released, version)
    before = contents(released.root)
    with pytest.raises(bm.BonemetError, match=f"(?s){message}"):
        release(released.root, date, summary)
    assert contents(released.root) == before


def test_a_package_that_is_not_valid_is_refused(small):
    small.edit("data/samples.csv", "clay", "mud")
    small.restamp()
    before = contents(small.root)
    with pytest.raises(ReleaseError, match=r"(?s)not valid.*samples\.soil: .*'mud'  line 3"):
        release(small.root, DATE)
    assert contents(small.root) == before


def test_a_package_that_does_not_exist_is_not_released(tmp_path):
    with pytest.raises(PackageError, match="does not exist"):
        release(tmp_path / "nowhere", DATE)


def test_an_edit_during_the_validation_is_noticed(released, monkeypatch):
    set_version(released, "1.0.1")

    def validate(*_, **__):
        released.edit("data/sites.csv", "North field", "North")
        return Report()

    monkeypatch.setattr(module, "validate", validate)
    with pytest.raises(ReleaseError, match="changed during validation"):
        release(released.root, DATE)


def test_every_flipped_bit_of_an_archive_is_noticed(released):
    folder = Folder(released.root)
    (entry,) = read_ledger(folder)
    archive = (released.root / entry.path).read_bytes()
    for position in range(0, len(archive), len(archive) // 100):
        damaged = bytearray(archive)
        damaged[position] ^= 0x01
        (released.root / entry.path).write_bytes(bytes(damaged))
        with pytest.raises(IntegrityError, match="restore the file from version control"):
            open_release(folder, entry)


def test_a_changed_archive_is_not_loaded(released, monkeypatch):
    (released.root / entries(released)[0].path).write_bytes(b"PK")
    monkeypatch.setattr(installed, "installed_folder", lambda: Folder(released.root))
    with pytest.raises(IntegrityError, match="restore the file from version control"):
        bm.load("sites", version="1.0.0")


class TestTwoAtOnce:
    def test_the_second_is_refused(self, released):
        edit(released)
        lock = filelock.FileLock(released.root / LOCK)
        with lock, pytest.raises(ReleaseError, match="Another release of this package"):
            release(released.root, DATE)
        release(released.root, DATE)

    def test_an_entry_that_was_added_meanwhile_is_kept(self, released, monkeypatch):
        edit(released)
        before = contents(released.root)
        staged_files = module.staged_files

        @contextmanager
        def stage_and_interfere(files):
            with staged_files(files):
                first = replace(entries(released)[0], summary="Another release.")
                (released.root / LEDGER).write_bytes(write_ledger([first]))
                yield

        monkeypatch.setattr(module, "staged_files", stage_and_interfere)
        with pytest.raises(ReleaseError, match="changed during the release"):
            release(released.root, DATE)
        assert [entry.summary for entry in entries(released)] == ["Another release."]
        assert {*contents(released.root)} == {*before}


class Killed(BaseException):
    """Raised where a process is killed."""


@pytest.mark.parametrize("stop", range(1, 6))
@pytest.mark.parametrize("operation", ["replace", "fsync", "open"])
def test_a_release_that_is_killed_is_finished_by_the_next(released, monkeypatch, operation, stop):
    """Stop at the Nth call of an operation that writes, without any cleaning up after it."""
    edit(released)
    calls = 0
    original = getattr(os, operation)

    def call(*args, **kwargs):
        nonlocal calls
        if operation != "open" or str(released.root) in str(args[0]):
            calls += 1
        if calls == stop:
            raise Killed
        return original(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(os, operation, call)
        patch.setattr(
            "pathlib.Path.unlink", lambda *_, **__: None
        )  # a dead process removes nothing
        try:
            release(released.root, DATE)
        except Killed:
            pass
        else:
            assert calls < stop, "nothing was interrupted"
    assert open_package(released.root).version == "1.0.1"
    (released.root / LOCK).unlink(missing_ok=True)
    if len(entries(released)) == 1:
        released.edit("data/sites.csv", "North", "Northern field")  # an edit in between
        released.restamp()
        release(released.root, DATE)
    entry = entries(released)[1]
    frozen = open_release(Folder(released.root), entry)
    assert [frozen.data(each) for each in frozen.resources] == [
        (released.root / each.path).read_bytes() for each in frozen.resources
    ]
    assert bm.validate_package(released.root).valid


def test_what_a_killed_release_left_behind_does_not_make_the_package_invalid(small):
    releases = small.root / FOLDER
    releases.mkdir(parents=True)
    for name in (".lock", "small-1.0.0.zip", ".0a1b2c3d-ledger.json"):
        (releases / name).write_bytes(b"half")
    (small.root / ".0a1b2c3d-CHANGELOG.md").write_bytes(b"half")
    assert not bm.validate_package(small.root, house=True).valid
    release(small.root, DATE)
    assert {path.name for path in releases.iterdir()} == {"ledger.json", "small-1.0.0.zip"}
    assert not list(small.root.glob(".*"))
    assert bm.validate_package(small.root, house=True).valid


class TestLinks:
    """Nothing is written outside the folder of the package."""

    @pytest.mark.parametrize("path", ["datapackage", FOLDER, "CHANGELOG.md", LEDGER, LOCK])
    def test_a_link_is_refused(self, small, valid, tmp_path, path):
        outside = tmp_path / "outside"
        outside.mkdir()
        place = small.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.suffix:
            target = outside / place.name
            target.write_text('{"releases": []}')
        else:
            target = outside
        place.symlink_to(target)
        before = contents(outside)
        with pytest.raises(UnsafePathError):
            release(small.root, DATE)
        assert contents(outside) == before
        assert list(outside.rglob("*")) == ([target] if target != outside else [])

    @pytest.mark.parametrize("name", ["../../../victim", "a/b", "..", "~x", "a\x00b", "C:x"])
    def test_a_name_that_is_not_a_file_name_is_refused(self, small, valid, tmp_path, name):
        (small.root / FOLDER).mkdir(parents=True)
        (tmp_path / "victim-1.0.0.zip").write_text("unchanged")
        small.describe(lambda document: document.update(name=name))
        with pytest.raises(ReleaseError, match="is not a file name"):
            release(small.root, DATE)
        assert (tmp_path / "victim-1.0.0.zip").read_text() == "unchanged"

    def test_a_lock_that_is_another_name_of_a_file_is_not_emptied(self, small, valid, tmp_path):
        (small.root / FOLDER).mkdir(parents=True)
        (tmp_path / "victim").write_text("unchanged")
        (small.root / LOCK).hardlink_to(tmp_path / "victim")
        with pytest.raises(OutputError, match="has two names"):
            release(small.root, DATE)
        assert (tmp_path / "victim").read_text() == "unchanged"

    def test_a_lock_that_is_a_folder_is_refused(self, small, valid):
        (small.root / LOCK).mkdir(parents=True)
        with pytest.raises(OutputError, match="is not a regular file"):
            release(small.root, DATE)

    def test_a_forged_lock_is_no_lock(self, small, valid):
        (small.root / FOLDER).mkdir(parents=True)
        (small.root / LOCK).write_text("1\nhost\n")
        release(small.root, DATE)
        assert not (small.root / LOCK).exists()

    def test_a_leftover_that_is_a_link_is_removed_without_its_target(self, small, valid, tmp_path):
        (small.root / FOLDER).mkdir(parents=True)
        (tmp_path / "victim").write_text("unchanged")
        (small.root / FOLDER / ".0a1b2c3d-x").symlink_to(tmp_path / "victim")
        release(small.root, DATE)
        assert (tmp_path / "victim").read_text() == "unchanged"
        assert not (small.root / FOLDER / ".0a1b2c3d-x").is_symlink()

    def test_a_file_system_without_locks(self, small, valid, monkeypatch):
        def acquire(_):
            raise NotImplementedError

        monkeypatch.setattr(filelock.FileLock, "acquire", acquire)
        with pytest.raises(OutputError, match="does not support locks"):
            release(small.root, DATE)
        assert not (small.root / "datapackage").exists()

    def test_a_link_to_itself_is_refused(self, small, valid):
        (small.root / "datapackage").symlink_to(small.root / "datapackage")
        with pytest.raises(UnsafePathError):
            release(small.root, DATE)

    def test_an_archive_that_is_a_link_is_replaced(self, small, valid, tmp_path):
        (small.root / FOLDER).mkdir(parents=True)
        (tmp_path / "outside").write_text("unchanged")
        (small.root / FOLDER / "small-1.0.0.zip").symlink_to(tmp_path / "outside")
        release(small.root, DATE)
        assert (tmp_path / "outside").read_text() == "unchanged"


class TestNoSpace:
    """A disk that is full or read-only is an error without a traceback, and nothing is lost."""

    @pytest.mark.parametrize("number", [1, 2, 3])
    def test_a_full_disk(self, released, monkeypatch, number):
        edit(released)
        before = contents(released.root)[LEDGER]
        calls = 0

        def fsync(_):
            nonlocal calls
            calls += 1
            if calls == number:
                raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            with pytest.raises(OutputError, match="cannot be written: No space left on device"):
                release(released.root, DATE)
        assert contents(released.root)[LEDGER] == before
        assert release(released.root, DATE).version == "1.0.1"

    def test_a_folder_that_cannot_be_made(self, small, valid):
        (small.root / "datapackage").write_text("a file")
        with pytest.raises(OutputError, match="cannot be written"):
            release(small.root, DATE)

    def test_an_archive_that_cannot_be_removed(self, small, valid):
        (small.root / FOLDER / "small-1.0.0.zip").mkdir(parents=True)
        with pytest.raises(OutputError, match="cannot be removed"):
            release(small.root, DATE)
