"""Standard streams that are closed, full or pipes whose reader has gone, for every command."""

import io
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bonemet_data.cli import main
from tests.cli.place import prepare
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")

EXAMPLES = {
    name: command.examples[0]
    for name, command in sorted(main.commands.items())
    if name != "mcp"  # the server ends with its standard input: tests/assistant
}
COMMANDS = [
    *((name, shlex.split(example.split(" && ")[0].split(" | ")[0].split(" > ")[0])) for name, example in EXAMPLES.items()),
    ("annotate to standard output", ["bonemet-data", "annotate", "diagnoses.csv", "--column", "icd_code"]),
    ("normalize to standard output", ["bonemet-data", "normalize", "registry.csv", "--column", "diagnosis"]),
    *((f"{name} --help", ["bonemet-data", name, "--help"]) for name in EXAMPLES),
    ("--help", ["bonemet-data", "--help"]),
    ("--version", ["bonemet-data", "--version"]),
]  # fmt: skip
QUIET = {"annotate", "infer", "normalize", "plot"}
"""Commands whose first example writes a file, and prints nothing to standard output."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    root = tmp_path_factory.mktemp("place")
    prepare(root)
    return root


def closed_pipe():
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def full_disk():
    return os.open("/dev/full", os.O_WRONLY)


@pytest.fixture
def run(place, monkeypatch):
    """Run a command in this process, and return its status and what the streams got."""
    monkeypatch.chdir(place)

    def invoke(arguments, **streams):
        if "release" in arguments:  # a version can be released only once
            shutil.rmtree(place / "datapackage/releases", ignore_errors=True)
        texts = {name: io.TextIOWrapper(io.BytesIO(), "utf-8") for name in ("stdout", "stderr")}
        for name, stream in (texts | streams).items():
            monkeypatch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as caught:
            main(arguments[1:], prog_name="bonemet-data")
        got = {}
        for name, text in texts.items():
            text.flush()
            got[name] = text.buffer.getvalue().decode()
        return int(caught.value.code or 0), got

    return invoke


@pytest.mark.parametrize(("name", "arguments"), COMMANDS)
class TestOutput:
    @pytest.mark.parametrize(
        ("target", "status", "message"),
        [
            (closed_pipe, 141, ""),
            (full_disk, 2, "Error: No space left on device\n"),
        ],
    )
    def test_that_fails_ends_the_command(self, run, name, arguments, target, status, message):
        with os.fdopen(target(), "w", encoding="utf-8") as stream:
            found, got = run(arguments, stdout=stream)
        if name in QUIET:
            status, message = 0, got["stderr"]
        assert (found, got["stderr"]) == (status, message)

    @pytest.mark.parametrize("target", [closed_pipe, full_disk])
    def test_of_notes_that_fails_changes_nothing(self, run, name, arguments, target):
        with os.fdopen(target(), "w", encoding="utf-8") as stream:
            found, got = run(arguments, stderr=stream)
        assert found == 0
        assert bool(got["stdout"]) == (name not in QUIET)


SHELL = [("list", "list"), ("check", "check cohort.csv --column symptom=symptoms"), ("help", "--help")]  # fmt: skip


def shell(place, line):
    """Run a command line in a shell, where `run` runs this package."""
    function = f'run() {{ {shlex.quote(sys.executable)} -P -m bonemet_data "$@"; }}'
    variables = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    return subprocess.run(
        ["/bin/sh", "-c", f"{function}; {line}"],
        cwd=place,
        env=variables | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("name", "command"), SHELL)
class TestClosed:
    def test_output_is_an_error(self, place, name, command):
        done = shell(place, f"run {command} >&-")
        assert (done.returncode, done.stderr) == (2, "Error: standard output is closed.\n")

    def test_input_and_notes_are_not_missed(self, place, name, command):
        done = shell(place, f"run {command} <&- 2>&-")
        assert done.returncode == 0
        assert done.stdout

    def test_everything(self, place, name, command):
        assert shell(place, f"run {command} <&- >&- 2>&-").returncode == 2


@pytest.mark.parametrize("command", ["check - --column a=types", "annotate - --column a", "normalize - --column a", "detect - --column a"])  # fmt: skip
def test_a_closed_input_is_wrong_usage(place, command):
    done = shell(place, f"run {command} <&-")
    assert done.returncode == 2
    assert "Standard input is closed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_written_gets_no_messages(place):
    """The next file that is opened would get the number of the closed stream."""
    done = shell(place, "run annotate diagnoses.csv --column icd_code -o out.csv <&- >&- 2>&-")
    assert done.returncode == 0
    assert Path(place, "out.csv").read_text("utf-8").startswith("icd_code,concept_id,")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "arguments"), COMMANDS)
def test_every_command_without_input_and_notes(place, name, arguments):
    done = shell(place, f"run {shlex.join(arguments[1:])} <&- 2>&-")
    assert done.returncode == 0
    assert bool(done.stdout) == (name not in QUIET)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "arguments"), COMMANDS)
def test_every_command_without_output(place, name, arguments):
    done = shell(place, f"run {shlex.join(arguments[1:])} >&-")
    assert done.returncode == (0 if name in QUIET else 2)
    assert "Traceback" not in done.stderr
