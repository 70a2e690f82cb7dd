"""A full or read-only disk: one line, exit status 2, and nothing is half written."""

import errno
import os
import subprocess
import sys
import tempfile

import pytest

from bonemet_data.errors import OutputError
from bonemet_data.package.archive import Archive, write_archive
from bonemet_data.publishing.exports.formats import FORMATS
from bonemet_data.reading.temporary_files import Scratch
from tests.conftest import ROOT, contents

LIMITED = """
import resource, sys
from bonemet_data.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
main()
"""


@pytest.fixture
def limited(small, tmp_path):
    """Run a command where no file may grow beyond some bytes, as on a full disk."""
    pytest.importorskip("resource", reason="this system cannot limit the size of a file")
    (tmp_path / "scratch").mkdir()
    variables = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    variables |= {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "scratch")}

    def run(size, *command):
        before = contents(small.root)
        done = subprocess.run(
            [sys.executable, "-P", "-c", LIMITED, str(size), *command],
            cwd=small.root,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert contents(small.root) == before
        assert not list((tmp_path / "scratch").iterdir())
        return done

    return run


SUFFIXES = ["csv", "tsv", "csv.gz", "csv.bz2", "csv.xz", "csv.zst", "parquet", "arrow", "xlsx"]


@pytest.mark.parametrize(
    ("command", "suffix"), [*(("annotate", suffix) for suffix in SUFFIXES), ("normalize", "csv")]
)
def test_a_table(small, limited, command, suffix):
    rows = "".join(f"{number * 7919 % 100_003}\n" for number in range(20_000))
    (small.root / "t.csv").write_text(f"code\n{rows}")
    done = limited(5_000, command, "t.csv", "--column", "code", "-o", f"out.{suffix}")
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: out.{suffix} cannot be written: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", FORMATS)
def test_an_export(limited, name):
    done = limited(500, "export", name, "-o", "out")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: out cannot be written: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("size", [0, 500, 1500, 6000])
def test_a_release(small, limited, size):
    text = "# Changelog\n\n" + 10_000 * "x"
    (small.root / "CHANGELOG.md").write_text(text)
    done = limited(size, "release")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert " cannot be written: File too large. Check the folder" in done.stderr
    assert not (small.root / "datapackage").exists()


def test_a_descriptor(small, limited):
    small.edit("data/sites.csv", "North", "South")
    done = limited(500, "stamp")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: datapackage.json cannot be written: File too large.")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["release"], ["stamp"]])
def test_a_read_only_disk(run, small, monkeypatch, command):
    """As `open` fails for anyone, also for the superuser, who ignores permissions."""
    small.edit("data/sites.csv", "North", "South")
    if command == ["release"]:
        small.restamp()
    before = contents(small.root)
    original = os.open

    def read_only(path, flags, *args, **kwargs):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return original(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", read_only)
    result = run(*command, small.root)
    assert result.exit_code == 2
    assert "cannot be written: Read-only file system. Check the folder" in result.stderr
    assert contents(small.root) == before


def no_folder(*_, **__):
    raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")


def test_no_temporary_folder_for_an_archive(monkeypatch):
    monkeypatch.setattr(tempfile, "mkdtemp", no_folder)
    archive = Archive(write_archive({"a.csv": b"a"}), "x.zip")
    message = r"a temporary copy of x\.zip cannot be written: No usable temporary"
    with pytest.raises(OutputError, match=message), archive.on_disk():
        pass


def test_no_temporary_folder_for_a_check(monkeypatch):
    monkeypatch.setattr(tempfile, "mkdtemp", no_folder)
    with pytest.raises(FileNotFoundError) as caught, Scratch() as scratch:
        scratch.path  # noqa: B018 - creates the folder
    message = str(scratch.full("standard input", caught.value))
    assert message.startswith("standard input cannot be stored in a temporary folder: [Errno 2] No")
