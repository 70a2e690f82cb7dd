"""A signal ends a command with its own exit status, and leaves no temporary file."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from bonemet_data.cli.signals import Terminated, terminations
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")

SIGNALS = [(signal.SIGTERM, 143), (signal.SIGINT, 130), (getattr(signal, "SIGHUP", 1), 129)]


@pytest.fixture(autouse=True)
def default_hangup():
    """A command inherits that SIGHUP is ignored, as under nohup, and then goes on."""
    if not hasattr(signal, "SIGHUP"):
        yield
        return
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


COMMANDS = {
    "check": ["check", "-", "--column", "a=types"],
    "check -o": ["check", "-", "--column", "a=types", "-o", "findings.parquet"],
    "annotate": ["annotate", "-", "--column", "a", "-o", "out.csv"],
    "infer": ["infer", "-", "-o", "schema.json"],
    "normalize": ["normalize", "-", "--column", "a", "-o", "out.csv.gz"],
}
KILLED = """
import os, sys
from bonemet_data.cli import main
from bonemet_data.publishing import release, stamp
number, place = int(sys.argv.pop(1)), sys.argv.pop(1)
module, _, name = place.partition(".")
original = getattr({"release": release, "os": os}[module], name)
def end(*args, **kwargs):
    os.kill(os.getpid(), number)
    return original(*args, **kwargs)
setattr({"release": release, "os": os}[module], name, end)
main()
"""


def environment(folder):
    variables = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    return variables | {"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}


@pytest.fixture
def scratch(tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("number", "status"), SIGNALS)
def test_a_signal_while_standard_input_is_copied(tmp_path, scratch, command, number, status):
    place = tmp_path / "place"
    place.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "bonemet_data", *COMMANDS[command]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=place,
        env=environment(scratch),
    )
    with process:
        process.stdin.write(b"a\n1\n")
        process.stdin.flush()
        end = time.monotonic() + 60
        while not any(scratch.rglob("*.csv")):
            assert time.monotonic() < end
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.01)
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == status
    assert b": there is no result, and no file was changed." in errors
    assert b"Traceback" not in errors
    assert [*scratch.iterdir(), *place.iterdir()] == []


@pytest.mark.parametrize(("number", "status"), SIGNALS)
@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("release", "release.validate"),
        ("release", "release.write_archive"),
        ("release", "release.staged_files"),
        ("release", "os.fsync"),
        ("stamp", "os.fsync"),
    ],
)
def test_a_signal_while_a_package_is_written(small, scratch, command, place, number, status):
    small.edit("data/sites.csv", "North", "South")
    if command == "release":
        small.restamp()
    (small.root / "CHANGELOG.md").write_text("# Changelog\n")
    before = {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()}
    done = subprocess.run(
        [sys.executable, "-P", "-c", KILLED, str(int(number)), place, command],
        cwd=small.root,
        env=environment(scratch),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert {p: p.read_bytes() for p in small.root.rglob("*") if p.is_file()} == before
    assert not (small.root / "datapackage").exists()
    assert [*scratch.iterdir()] == []


class TestHandlers:
    def test_are_those_of_before_at_the_end(self):
        with terminations():
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL

    def test_of_the_caller_are_kept(self):
        """As after `nohup`, or in a program that handles signals itself."""
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            with terminations():
                assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        finally:
            signal.signal(signal.SIGHUP, before)

    def test_ignore_a_second_signal(self):
        def end_twice():
            with terminations():
                try:
                    os.kill(os.getpid(), signal.SIGTERM)
                finally:
                    os.kill(os.getpid(), signal.SIGTERM)

        with pytest.raises(Terminated) as caught:
            end_twice()
        assert caught.value.number == signal.SIGTERM

    def test_are_not_set_in_another_thread(self):
        handlers = []

        def run():
            with terminations():
                handlers.append(signal.getsignal(signal.SIGTERM))

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        assert handlers == [signal.SIG_DFL]


STARTED = """
import sys
from pathlib import Path
from bonemet_data.checking import engine
from bonemet_data.cli import main
original = engine._check
def begin(*args):
    Path("started").touch()
    return original(*args)
engine._check = begin
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("pattern", ["(a+)+", "(a|a)*b", "(a{1,50}){1,50}"])
def test_ctrl_c_while_a_hostile_pattern_is_matched(tmp_path, scratch, pattern):
    rows = (f"{'a' * 60}{number}!\n" for number in range(300_000))
    (tmp_path / "data.csv").write_text("a\n" + "".join(rows))
    field = {"name": "a", "type": "string", "constraints": {"pattern": pattern}}
    (tmp_path / "schema.json").write_text(json.dumps({"fields": [field]}))
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", STARTED, "check", "data.csv", "--schema", "schema.json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(scratch),
    )
    with process:
        end = time.monotonic() + 60
        while not (tmp_path / "started").exists():
            assert time.monotonic() < end
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert [*scratch.iterdir()] == []
