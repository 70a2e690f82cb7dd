"""Folders: no file outside the package is opened, whatever a descriptor says."""

import os

import pytest

from bonemet_data.errors import MissingFileError, PackageError, UnsafePathError
from bonemet_data.package.storage import Folder, is_safe

UNSAFE = [
    "",
    "..",
    "../a.csv",
    "a/../../b.csv",
    "/etc/passwd",
    "~/a.csv",
    "a/~b",
    ".hidden",
    "a/.hidden",
    "a//b",
    "a/",
    "https://example.org/a.csv",
    "file:///etc/passwd",
    "C:/a.csv",
    "C:a.csv",
    "C:\\a.csv",
    "..\\a.csv",
    "a.csv\0",
    None,
    5,
    ["a.csv"],
]


UNPORTABLE = [] if os.name == "nt" else ["2024-01-31T12:00.csv", "what?.csv", "a*.csv", 'a"|<b>']
"""Names of files that Windows does not allow."""


@pytest.mark.parametrize("path", UNSAFE)
def test_unsafe_paths(path, tmp_path):
    assert not is_safe(path)
    with pytest.raises(UnsafePathError, match="not a safe path"):
        Folder(tmp_path).read(path)


@pytest.mark.parametrize("path", ["a.csv", "a/b c.csv", "a/é.csv", "a..b/c", *UNPORTABLE])
def test_safe_paths(path, tmp_path):
    assert is_safe(path)
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_bytes(b"x")
    assert Folder(tmp_path).read(path) == b"x"


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "package"
    (root / "data").mkdir(parents=True)
    (root / "data" / "a.csv").write_bytes(b"a")
    (tmp_path / "outside.csv").write_bytes(b"secret")
    return Folder(root)


def test_a_link_inside_the_package_is_followed(folder):
    (folder.root / "b.csv").symlink_to("data/a.csv")
    assert folder.read("b.csv") == b"a"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("../outside.csv", "a link that leads outside the package"),
        ("/etc/passwd", "a link that leads outside the package"),
        ("nowhere.csv", "a broken link"),
        ("b.csv", "not a valid path"),
        ("data", "not a regular file"),
    ],
)
def test_other_links_are_refused(folder, target, message):
    (folder.root / "b.csv").symlink_to(target)
    with pytest.raises(UnsafePathError, match=message):
        folder.read("b.csv")


def test_a_folder_that_is_a_link_is_not_followed(folder, tmp_path):
    (folder.root / "linked").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(UnsafePathError, match="leads outside"):
        folder.read("linked/outside.csv")
    assert list(folder.files("linked")) == ["linked"]
    assert list(folder.files("")) == ["data/a.csv", "linked"]


def test_a_missing_file(folder):
    with pytest.raises(MissingFileError, match=r"b\.csv is missing: restore the file"):
        folder.read("b.csv")


def test_a_name_that_is_too_long(folder):
    with pytest.raises(UnsafePathError, match="not a valid path"):
        folder.read("a" * 5000)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder.root / "b.csv")
    with pytest.raises(UnsafePathError, match="not a regular file"):
        folder.read("b.csv")


def test_a_file_that_cannot_be_read(folder, monkeypatch):
    def fail(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("pathlib.Path.read_bytes", fail)
    with pytest.raises(PackageError, match=r"data/a\.csv cannot be read: Input/output error"):
        folder.read("data/a.csv")


def test_the_folder_is_on_disk_already(folder):
    with folder.on_disk() as root:
        assert root == folder.root
