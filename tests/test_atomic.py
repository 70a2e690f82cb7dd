"""Atomic writing: a file is replaced as a whole or not at all, and nothing else is left."""

import os
import stat
from pathlib import Path

import pytest

from bonemet_data.atomic import atomic_file, staged_files, writable_path, write_atomically
from bonemet_data.errors import OutputError, UnsafePathError


def fail_halfway(path, error):
    """Write half of a file, and raise an error."""
    with atomic_file(path) as temporary:
        assert temporary.suffix == path.suffix
        temporary.write_bytes(b"half")
        raise error


def test_a_new_file(tmp_path):
    write_atomically(tmp_path / "a.txt", b"new")
    (tmp_path / "plain.txt").write_bytes(b"")
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    modes = {(tmp_path / name).stat().st_mode for name in ("a.txt", "plain.txt")}
    assert len(modes) == 1, "the mode is not the usual one"


def test_the_mode_of_an_earlier_file_is_kept(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("a.txt")
    write_atomically(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "a.txt").read_bytes() == b"new"


@pytest.mark.parametrize("error", [RuntimeError("x"), KeyboardInterrupt(), ValueError("x")])
def test_an_error_in_the_block_leaves_the_earlier_file(tmp_path, error):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(type(error)):
        fail_halfway(path, error)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_an_output_error(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    full = OSError(28, "No space left on device")
    message = r"a\.txt cannot be written: No space left"
    with pytest.raises(OutputError, match=message):
        fail_halfway(path, full)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_a_folder_that_does_not_exist(tmp_path):
    with pytest.raises(OutputError, match="No such file or directory"):
        write_atomically(tmp_path / "nowhere" / "a.txt", b"")


def test_a_name_that_is_too_long(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        write_atomically(tmp_path / ("a" * 255), b"")
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_a_regular_file_is_not_replaced(tmp_path):
    for path in (tmp_path, Path(os.devnull)):
        with pytest.raises(OutputError, match="not a regular file"):
            write_atomically(path, b"")


class TestSeveralFiles:
    def files(self, root):
        (root / "a.txt").write_bytes(b"old")
        return [(root / "a.txt", b"new"), (root / "b.txt", b"new")]

    def content(self, root):
        return {path.name: path.read_bytes() for path in root.iterdir()}

    def test_appear_when_the_block_ends(self, tmp_path):
        with staged_files(self.files(tmp_path)):
            assert (tmp_path / "a.txt").read_bytes() == b"old"
        assert self.content(tmp_path) == {"a.txt": b"new", "b.txt": b"new"}

    def test_do_not_appear_after_an_error(self, tmp_path):
        with pytest.raises(KeyboardInterrupt), staged_files(self.files(tmp_path)):
            raise KeyboardInterrupt
        assert self.content(tmp_path) == {"a.txt": b"old"}

    def test_do_not_appear_if_one_cannot_be_written(self, tmp_path):
        files = [*self.files(tmp_path), (tmp_path / "nowhere" / "c.txt", b"new")]
        with pytest.raises(OutputError, match=r"c\.txt cannot be written"), staged_files(files):
            pass
        assert self.content(tmp_path) == {"a.txt": b"old"}


class TestWritablePath:
    def test_a_file_that_exists_or_not(self, tmp_path):
        (tmp_path / "a.txt").touch()
        for name in ("a.txt", "b/c.txt"):
            assert writable_path(tmp_path, name) == tmp_path / name

    @pytest.mark.parametrize("name", ["../a.txt", "out/a.txt", "link.txt", "dead.txt", "self"])
    def test_a_link_or_a_path_outside_is_refused(self, tmp_path, name):
        root = tmp_path / "root"
        root.mkdir()
        (root / "out").symlink_to(tmp_path)
        (root / "link.txt").symlink_to("real.txt")
        (root / "real.txt").touch()
        (root / "dead.txt").symlink_to(tmp_path / "nowhere")
        (root / "self").symlink_to(root / "self")
        with pytest.raises(UnsafePathError, match="is a link, or is in a linked folder"):
            writable_path(root, name)
