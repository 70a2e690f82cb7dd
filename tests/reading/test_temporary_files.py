"""A full disk, for everything that is stored while a check runs."""

import json
import os
import subprocess
import sys

import pytest

from tests.checking.cases import INTEGERS

LIMITED = """
import resource, sys
import bonemet_data.checking.hashes as hashes
from bonemet_data.cli import main
hashes.HashStore.__init__.__defaults__ = (0,)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
main()
"""


@pytest.fixture
def limited(tmp_path):
    """Run `bonemet-data check` where no file may grow beyond some bytes, as on a full disk."""
    pytest.importorskip("resource", reason="this system cannot limit the size of a file")
    rules = tmp_path / "s.json"
    rules.write_text(json.dumps(INTEGERS))
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    environment = {name: text for name, text in os.environ.items() if not name.startswith("COV")}

    def run(size, *arguments, **options):
        command = [sys.executable, "-c", LIMITED, str(size), "check", *map(str, arguments), "--schema", str(rules)]  # fmt: skip
        return subprocess.run(
            command,
            capture_output=True,
            check=False,
            env=environment | {"TMPDIR": str(scratch)},
            **options,
        )

    return run


@pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
def test_no_space_for_the_output(tmp_path, limited, ending):
    place, output = tmp_path / "t.csv", tmp_path / f"findings.{ending}"
    place.write_bytes(b"a\n" + b"".join(b"x%d\n" % at for at in range(20_000)))
    done = limited(50_000, place, "-o", output)
    assert done.returncode == 2
    assert f"{output} cannot be written" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["s.json", "scratch", "t.csv"]


def test_no_space_for_hashes(tmp_path, limited):
    place = tmp_path / "t.csv"
    place.write_bytes(b"a\n" + b"".join(b"%d\n" % at for at in range(20_000)))
    done = limited(50_000, place)
    assert done.returncode == 2
    assert b"the hashes of a key cannot be stored" in done.stderr
    assert b"Set TMPDIR to a folder with enough free space" in done.stderr
    assert not list((tmp_path / "scratch").iterdir())


def test_no_space_for_standard_input(tmp_path, limited):
    done = limited(1000, "-", input=b"a\n" + b"1\n" * 1000)
    assert done.returncode == 2
    assert b"standard input cannot be stored" in done.stderr
    assert not list((tmp_path / "scratch").iterdir())
