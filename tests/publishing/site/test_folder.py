"""Writing a site: complete or not at all, and nothing of anybody else's is touched."""

import json
import os

import pytest

from bonemet_data.errors import OutputError, UnsafePathError
from bonemet_data.publishing.site import MARKER, write_folder

FILES = {"index.html": b"start", "concepts/pain.html": b"pain"}


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def test_a_new_folder_and_its_parents_are_created(tmp_path):
    write_folder(tmp_path / "a" / "site", FILES)
    assert content(tmp_path / "a" / "site") == FILES
    assert [each.name for each in (tmp_path / "a").iterdir()] == ["site"]


def test_an_empty_folder_is_filled(tmp_path):
    write_folder(tmp_path, FILES)
    assert content(tmp_path) == FILES


def test_a_former_site_is_replaced_and_other_files_stay(tmp_path):
    write_folder(tmp_path, FILES)
    (tmp_path / "notes.txt").write_bytes(b"mine")
    write_folder(tmp_path, {"index.html": b"new"})
    assert content(tmp_path) == {"index.html": b"new", "notes.txt": b"mine"}


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_bytes(b"mine")
    with pytest.raises(OutputError, match="is not empty"):
        write_folder(tmp_path, FILES)
    assert content(tmp_path) == {"notes.txt": b"mine"}


def test_overwriting_keeps_files_of_other_names(tmp_path):
    (tmp_path / "notes.txt").write_bytes(b"mine")
    (tmp_path / "index.html").write_bytes(b"old")
    write_folder(tmp_path, FILES, overwrite=True)
    assert content(tmp_path) == {**FILES, "notes.txt": b"mine"}


def test_a_file_is_refused(tmp_path):
    (tmp_path / "site").write_bytes(b"mine")
    with pytest.raises(OutputError, match="is a file"):
        write_folder(tmp_path / "site", FILES, overwrite=True)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "x", "files": []}', "\udcff"])
def test_a_file_with_the_name_of_the_marker_makes_no_site(text, tmp_path):
    (tmp_path / MARKER).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(OutputError, match="is not empty"):
        write_folder(tmp_path, FILES)


@pytest.mark.parametrize("path", ["../victim.txt", "..\\victim.txt", "a/../../victim.txt"])
def test_a_forged_marker_removes_nothing_outside(path, tmp_path):
    victim = tmp_path / "victim.txt"
    victim.write_bytes(b"mine")
    folder = tmp_path / "site"
    write_folder(folder, FILES)
    marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    marker["files"] += [path, str(victim)]
    (folder / MARKER).write_text(json.dumps(marker), encoding="utf-8")
    write_folder(folder, FILES)
    assert victim.read_bytes() == b"mine"


@pytest.mark.parametrize("link", ["index.html", "concepts"])
def test_a_link_in_the_folder_is_refused(link, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / link).symlink_to(outside, target_is_directory=True)
    with pytest.raises(UnsafePathError):
        write_folder(folder, FILES, overwrite=True)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("exists", [False, True])
def test_a_failure_leaves_everything_as_it_was(exists, tmp_path, monkeypatch):
    folder = tmp_path / "site"
    if exists:
        write_folder(folder, {"index.html": b"old"})
    before = content(tmp_path)

    def fail(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("pathlib.Path.write_bytes", fail)
    with pytest.raises(OutputError, match="cannot be written"):
        write_folder(folder, FILES)
    monkeypatch.undo()
    assert content(tmp_path) == before
