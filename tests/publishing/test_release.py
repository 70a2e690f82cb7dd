"""Releases: an archive never changes, a version cannot lie, and writing is all or nothing."""

import datetime
import json
import shutil
import subprocess
import sys
from pathlib import Path

import frictionless
import pytest
from click.testing import CliRunner

import bonemet_data as bm
from bonemet_data.cli import main
from bonemet_data.comparison.compare import compare
from bonemet_data.errors import IntegrityError, PackageError, UnknownNameError
from bonemet_data.package import ledger as _ledger
from bonemet_data.package.archive import Archive
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.ledger import LEDGER, open_release, read_ledger
from bonemet_data.package.storage import Folder
from bonemet_data.publishing.release import ReleaseError, release
from bonemet_data.publishing.transaction import STAGING, finish, write_all
from tests.conftest import ROOT

RELEASES = bm.releases()
DATE = datetime.date(2027, 1, 31)


def places(issues):
    return [(issue.code, issue.resource, issue.column) for issue in issues]


def set_version(copy, version):
    copy.describe(lambda document: document.update(version=version))


@pytest.fixture
def first(copy):
    """A package that has been released once, as 1.0.0, and has not changed since."""
    set_version(copy, "1.0.0")
    shutil.copy(ROOT / "LICENSE", copy.root)
    (copy.root / "CHANGELOG.md").write_text("# Changelog\n\n## 0.9.0\n\nOld.\n")
    release(copy.root, datetime.date(2026, 12, 24), "")
    return copy


class TestPublished:
    """The releases that are in the tree."""

    @pytest.mark.parametrize("line", RELEASES, ids=[line.version for line in RELEASES])
    def test_frictionless_opens_and_validates_the_archive(self, line):
        package = frictionless.Package(str(ROOT / line.path))
        report = package.validate()
        assert report.valid, report.flatten(["type", "note"])
        assert package.version == line.version

    @pytest.mark.parametrize("line", RELEASES, ids=[line.version for line in RELEASES])
    def test_the_archive_is_a_valid_package_by_itself(self, line, tmp_path):
        shutil.unpack_archive(ROOT / line.path, tmp_path)
        assert bm.validate_package(tmp_path) == []

    @pytest.mark.parametrize("line", RELEASES, ids=[line.version for line in RELEASES])
    def test_every_table_of_it_can_be_loaded(self, line):
        for name in line.resources:
            assert len(bm.load(name, version=line.version)) > 0
            assert len(bm.load(name, "records", version=line.version)) > 0
            frame = bm.load(name, version=line.version)
            assert bm.schema(name, version=line.version).validate(frame).equals(frame)

    def test_the_first_release_has_the_first_seven_resources(self):
        assert RELEASES[0].version == "1.0.0"
        assert sorted(RELEASES[0].resources) == sorted(
            ["symptoms", "types", "causes", "treatments", "sources", "concepts", "citations"]
        )

    def test_what_has_been_published_is_there_and_unchanged(self):
        """A line for each release, added by hand when it is made, and never edited."""
        published = {
            "1.0.0": "sha256:3829a3a416200c1bc703ac8b55f9a69eefac7f81ba68706f7a9138aacabec456",
            "1.1.0": "sha256:bb8dd38bb6b813afea21c262a6769afd13ef43ab8f97320d4245eb59fee27a20",
        }
        assert {line.version: line.sha256 for line in RELEASES} == published

    def test_the_changelog_has_a_section_for_each(self):
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        for line in RELEASES:
            assert f"\n## {line.version} ({line.date})\n" in changelog

    def test_an_unknown_version_lists_those_that_exist(self):
        with pytest.raises(UnknownNameError, match=RELEASES[-1].version):
            bm.load("types", version="0.0.1")


def test_a_release_writes_archive_ledger_and_changelog(first):
    (line,) = read_ledger(Folder(first.root))
    assert (line.version, line.date, line.summary) == ("1.0.0", "2026-12-24", "The first release.")
    archive = Archive((first.root / line.path).read_bytes(), "archive")
    assert {"datapackage.json", "LICENSE", "schemas/types.json"} <= set(archive.files(""))
    changelog = (first.root / "CHANGELOG.md").read_text()
    section = "## 1.0.0 (2026-12-24)\n\n- The first release.\n\n## 0.9.0"
    assert section in changelog
    assert bm.validate_package(first.root) == []


def test_the_same_tree_gives_the_same_bytes(first):
    data = (first.root / read_ledger(Folder(first.root))[0].path).read_bytes()
    shutil.rmtree(first.root / "datapackage/releases")
    release(first.root, DATE, "Another day.")
    assert (first.root / read_ledger(Folder(first.root))[0].path).read_bytes() == data


def test_the_next_release_says_what_has_changed(first):
    first.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    first.restamp()
    set_version(first, "1.0.1")
    release(first.root, DATE, "")
    lines = read_ledger(Folder(first.root))
    assert [line.version for line in lines] == ["1.0.0", "1.0.1"]
    assert lines[1].summary == "`types`: 1 cell changed."
    assert (
        "## 1.0.1 (2027-01-31)\n\n- `types`: 1 cell changed.\n"
        in (first.root / "CHANGELOG.md").read_text()
    )
    old, new = (open_release(Folder(first.root), line) for line in lines)
    assert [change.kind for change in compare(old, new).changes] == ["cell"]


def test_a_section_that_is_written_by_hand_is_kept(first):
    place = first.root / "CHANGELOG.md"
    place.write_text("# Changelog\n\n## 1.1.0 (2027-01-31)\n\nBy hand.\n")
    set_version(first, "1.1.0")
    release(first.root, DATE, "")
    assert place.read_text() == "# Changelog\n\n## 1.1.0 (2027-01-31)\n\nBy hand.\n"


@pytest.mark.parametrize(
    ("table", "old", "new", "version", "words"),
    [
        ("types", "Prostate", "Prostate or bladder", "1.0.0", "is released already"),
        ("sources", "16,unresolved,,,,,,,\n", "16,unresolved,,,,,,,\n", "0.9.0", "too low"),
        ("concepts", "nausea,finding", "nausea,cancer", "0.9.9", "smallest version is 1.0.1"),
        ("concepts", "pthrp,molecule", "pthrp_x,molecule", "1.0.1", "MAJOR.* version is 2.0.0"),
    ],
)
def test_a_version_that_would_lie_is_refused(first, table, old, new, version, words):
    before = snapshot(first.root)
    first.edit(f"datapackage/{table}.csv", old, new)
    first.restamp()
    set_version(first, version)
    edited = snapshot(first.root)
    with pytest.raises(ReleaseError, match=rf"(?s){words}"):
        release(first.root, DATE, "")
    assert snapshot(first.root) == edited != before


def test_a_package_that_is_not_valid_is_refused(first):
    first.edit("datapackage/types.csv", "Prostate", " Prostate")
    first.restamp()
    set_version(first, "1.0.1")
    with pytest.raises(ReleaseError, match="has 1 issues"):
        release(first.root, DATE, "")


class TestGate:
    """What validation says of a tree that does not agree with its releases."""

    def test_content_that_differs_under_a_released_version(self, first):
        first.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
        first.restamp()
        issues = bm.validate_package(first.root)
        assert places(issues) == [("released-content", "types", "common_cancers")]
        assert "row osteoblastic" in issues[0].message

    def test_other_bytes_under_a_released_version(self, first):
        first.edit("datapackage/types.csv", "Prostate", '"Prostate"')
        first.restamp()
        assert ("released-content", "types", None) in places(bm.validate_package(first.root))

    def test_a_description_that_differs_under_a_released_version(self, first):
        first.describe(lambda document: document.update(title="x"))
        assert places(bm.validate_package(first.root)) == [("released-content", None, "title")]

    @pytest.mark.parametrize(
        ("path", "old", "new"),
        [
            ("schemas/types.json", '"primaryKey": [', '"primaryKey":  ['),
            ("LICENSE", "2026", "2027"),
            ("schemas/types.json", '"bonemet:verbatim": true', '"bonemet:verbatim": false'),
        ],
    )
    def test_any_other_byte_under_a_released_version(self, first, path, old, new):
        first.edit(path, old, new)
        assert "released-content" in {code for code, *_ in places(bm.validate_package(first.root))}

    def test_a_version_that_is_lower_than_the_changes_demand(self, first):
        place = first.root / "schemas/types.json"
        document = json.loads(place.read_text(encoding="utf-8"))
        document["fields"][1]["constraints"]["maxLength"] = 99
        place.write_text(json.dumps(document), encoding="utf-8")
        set_version(first, "1.5.0")
        issues = bm.validate_package(first.root)
        assert places(issues) == [("version-too-low", None, "version")]
        assert "write 2.0.0 or more" in issues[0].message
        set_version(first, "2.0.0")
        assert bm.validate_package(first.root) == []

    @pytest.mark.parametrize("version", ["0.9.0", "one"])
    def test_a_version_that_falls_or_is_none(self, first, version):
        set_version(first, version)
        assert ("version-too-low", None, "version") in places(bm.validate_package(first.root))

    def test_a_missing_archive(self, first):
        (first.root / read_ledger(Folder(first.root))[0].path).unlink()
        assert [code for code, *_ in places(bm.validate_package(first.root))] == ["archive"]

    def test_a_stray_archive(self, first):
        (first.root / "datapackage/releases/bonemet-data-9.0.0.zip").write_bytes(b"")
        assert [code for code, *_ in places(bm.validate_package(first.root))] == ["stray-file"]

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda r: r[0].update(sha256="sha256:0"), "archive"),
            (lambda r: r[0]["resources"].update(types="sha256:0"), "archive"),
            (lambda r: r[0]["schemas"].pop("types"), "archive"),
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
    def test_a_ledger_that_does_not_tell_the_truth(self, first, change, code):
        place = first.root / LEDGER
        document = json.loads(place.read_text(encoding="utf-8"))
        change(document["releases"])
        place.write_text(json.dumps(document), encoding="utf-8")
        assert code in {each for each, *_ in places(bm.validate_package(first.root))}

    def test_a_ledger_that_is_not_json(self, first):
        (first.root / LEDGER).write_text("{")
        assert [code for code, *_ in places(bm.validate_package(first.root))] == ["ledger"]

    def test_an_interrupted_release_is_the_only_thing_told(self, first):
        (first.root / STAGING).mkdir()
        (first.root / STAGING / "journal.json").write_text("{}")
        (first.root / "datapackage/releases/bonemet-data-9.0.0.zip").write_bytes(b"half of it")
        assert [code for code, *_ in places(bm.validate_package(first.root))] == ["ledger"]


def test_every_flipped_byte_of_an_archive_is_caught(first):
    store = Folder(first.root)
    (line,) = read_ledger(store)
    sound = (first.root / line.path).read_bytes()
    for place in range(0, len(sound), max(1, len(sound) // 300)):
        flipped = bytearray(sound)
        flipped[place] ^= 0x01
        (first.root / line.path).write_bytes(bytes(flipped))
        with pytest.raises(IntegrityError, match="is not the archive that the ledger vouches for"):
            open_release(store, line)


def test_a_changed_archive_is_not_loaded(first, monkeypatch):
    (line,) = read_ledger(Folder(first.root))
    (first.root / line.path).write_bytes(b"PK")
    monkeypatch.setattr(_ledger, "installed_folder", lambda: Folder(first.root))
    with pytest.raises(IntegrityError, match="restore it from version control"):
        bm.load("types", version="1.0.0")


def snapshot(root):
    return {
        str(place.relative_to(root)): place.read_bytes()
        for place in sorted(root.rglob("*"))
        if place.is_file() and STAGING not in place.parts
    }


# Kills the process, without any cleaning up, at its Nth operation on a file below the folder.
KILLED = """
import os, sys
from pathlib import Path
from bonemet_data.publishing.transaction import write_all
root, fatal = sys.argv[1], int(sys.argv[2])
seen = 0
def count(event, args):
    global seen
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"):
        if str(args[0]).startswith(root) or isinstance(args[0], int):
            seen += 1
            if seen == fatal:
                os._exit(9)
sys.addaudithook(count)
write_all(Path(root), {"a.txt": b"new a", "sub/b.txt": b"new b", "c.txt": b"new c"})
"""


def test_a_kill_at_any_point_leaves_the_tree_as_before_or_complete(tmp_path):
    before = {"a.txt": b"old a", "c.txt": b"old c"}
    after = {"a.txt": b"new a", "sub/b.txt": b"new b", "c.txt": b"new c"}
    outcomes = []
    for fatal in range(1, 60):
        root = tmp_path / str(fatal)
        root.mkdir()
        for name, data in before.items():
            (root / name).write_bytes(data)
        command = [sys.executable, "-c", KILLED, str(root), str(fatal)]
        done = subprocess.run(command, check=False)
        finish(root)
        found = {name.replace("\\", "/"): data for name, data in snapshot(root).items()}
        assert found in (before, after), f"killed at operation {fatal}"
        assert not (root / STAGING).exists()
        outcomes.append(found == after)
        if done.returncode == 0:
            break
    assert done.returncode == 0, "the writing was never let through"
    assert outcomes == sorted(outcomes), "there is one point of no return"
    assert True in outcomes[:-1]
    assert False in outcomes


def test_an_interrupted_release_is_finished_by_the_next_call(first, monkeypatch):
    set_version(first, "1.0.1")
    replace = Path.replace
    calls = []

    def fail_at_the_second(self, target):
        calls.append(target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        release(first.root, DATE, "")
    assert [code for code, *_ in places(bm.validate_package(first.root))] == ["ledger"]
    monkeypatch.undo()
    assert release(first.root, DATE, "").version == "1.0.1"
    assert bm.validate_package(first.root) == []


@pytest.mark.parametrize("path", ["../evil", "/tmp/evil", "a/../../evil"])
def test_a_journal_cannot_write_outside(tmp_path, path):
    (tmp_path / "package" / STAGING).mkdir(parents=True)
    (tmp_path / "package" / STAGING / "0.new").write_text("evil")
    (tmp_path / "package" / STAGING / "journal.json").write_text(json.dumps({"0.new": path}))
    with pytest.raises(PackageError, match="not one of ours"):
        finish(tmp_path / "package")
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    ("citation", "date", "summary", "words"),
    [
        ("version: 1.0.0\ndate-released: 2027-01-31\n", DATE, "", "does not state  version: 1.0.1"),
        ("version: 1.0.1\ndate-released: 2027-01-30\n", DATE, "", "date-released: 2027-01-31"),
        (
            "version: 1.0.1\ndate-released: 2026-01-01\n",
            datetime.date(2026, 1, 1),
            "",
            "before that",
        ),
        ("version: 1.0.1\ndate-released: 2027-01-31\n", DATE, "two\nlines", "one line"),
    ],
)
def test_what_would_be_frozen_untrue_is_refused(first, citation, date, summary, words):
    set_version(first, "1.0.1")
    (first.root / "CITATION.cff").write_text(citation)
    with pytest.raises(ReleaseError, match=words):
        release(first.root, date, summary)


def test_an_error_while_the_files_are_laid_ready_changes_nothing(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(TypeError):
        write_all(tmp_path, {"a.txt": b"new", "b.txt": None})
    finish(tmp_path)
    assert snapshot(tmp_path) == {"a.txt": b"old"}


def test_the_command_line_releases_and_refuses(first, monkeypatch):
    monkeypatch.chdir(first.root)
    refused = CliRunner().invoke(main, ["release"])
    assert (refused.exit_code, "is released already" in refused.output) == (2, True)
    set_version(first, "1.0.1")
    done = CliRunner().invoke(main, ["release", "--date", "2027-01-31", "--summary", "Nothing."])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Released 1.0.1: datapackage/releases/bonemet-data-1.0.1.zip")
    assert read_ledger(Folder(first.root))[1].summary == "Nothing."


def test_the_command_line_compares(first):
    first.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    done = CliRunner().invoke(main, ["diff", str(ROOT), str(first.root)])
    assert "types[osteoblastic].common_cancers" in done.output


def test_a_package_without_a_ledger_has_no_releases(copy):
    assert read_ledger(Folder(copy.root)) == ()
    assert bm.validate_package(copy.root) == []


def test_a_package_that_is_not_there_is_not_released(tmp_path):
    with pytest.raises(PackageError):
        release(tmp_path / "nowhere", DATE, "")


def test_the_installed_package_has_a_ledger():
    assert RELEASES[-1].version <= open_package(ROOT).version
