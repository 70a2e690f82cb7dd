"""Atomic writing: a file is replaced as a whole or not at all, and nothing else is left."""

import os
import stat
from pathlib import Path

import pytest

from bonemet_data.errors import OutputError
from bonemet_data.package.atomic import atomic_file, write_atomically


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
