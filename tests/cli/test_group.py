"""Help texts, exit status, and how errors are printed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import bonemet_data as bm
from bonemet_data import cli
from bonemet_data.cli import terminal
from bonemet_data.errors import DataError, IntegrityError

COMMANDS = sorted(cli.main.commands)


def process(*arguments, **options):
    command = [sys.executable, "-m", "bonemet_data", *map(str, arguments)]
    return subprocess.run(command, check=False, **options)


def test_version(run):
    assert run("--version").output == f"bonemet-data {bm.__version__}\n"


@pytest.mark.parametrize("command", ["", *COMMANDS])
class TestHelp:
    def lines(self, run, command):
        result = run(*command.split(), "--help")
        assert result.exit_code == 0
        return result.output.splitlines()

    def test_has_no_control_sequence_and_fits_80_columns(self, run, command):
        lines = self.lines(run, command)
        assert [line for line in lines if r"\b" in line or not line.isprintable()] == []
        assert [line for line in lines if len(line) > 80] == []

    def test_ends_with_examples_that_a_shell_reads_as_they_are_meant(self, run, command):
        examples = cli.main.commands[command].examples if command else cli.main.examples
        text = "\n".join(self.lines(run, command)).partition("Examples:\n")[2]
        shown = re.sub(r" \\\n +", " ", text).splitlines()[: len(examples)]
        assert examples
        assert shown == [f"  {example}" for example in examples]
        assert all(example.split()[1] == command for example in examples if command)

    def test_describes_every_option(self, run, command):
        group = cli.main.commands[command] if command else cli.main
        options = [each for each in group.params if isinstance(each, click.Option)]
        assert [option.name for option in options if not option.help] == []
        arguments = {each for each in group.params if isinstance(each, click.Argument)}
        for argument in arguments:
            metavar = argument.make_metavar(click.Context(group)).strip("[].")
            assert metavar in group.help, "the text says what each argument is"

    def test_begins_with_a_sentence_that_is_not_cut_off_in_the_list(self, run, command):
        if command:
            (line,) = [line for line in self.lines(run, "") if line.startswith(f"  {command} ")]
            assert line.endswith(".")
            assert "..." not in line


def test_the_help_lists_the_exit_statuses(run):
    output = run("--help").output
    for status in cli.group.Status:
        assert f"\n  {int(status):<3}  {status.meaning.split('.')[0]}" in output


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["show"], ["show", "types", "--format", "x"], ["validate", "a", "b"], []],
)
def test_wrong_usage_exits_with_2(run, arguments):
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("exception", "status", "message"),
    [
        (DataError("a\x1b[2J\n::error::b"), 2, "Error: a\\x1b[2J\n  | \\x3a:error::b\n"),
        (IntegrityError("differs"), 1, "Error: differs\n"),
        (PermissionError(13, "Permission denied", "x.csv"), 2, "Error: Permission denied: x.csv\n"),
        (KeyboardInterrupt(), 130, "Interrupted: there is no result, and no file was changed.\n"),
    ],
)
def test_an_exception_becomes_a_line_and_an_exit_status(
    run, monkeypatch, exception, status, message
):
    def fail(*_):
        raise exception

    monkeypatch.setattr(bm, "lookup", fail)
    monkeypatch.setattr(terminal, "discard_output", lambda: None)
    result = run("lookup", "x")
    assert (result.exit_code, result.stderr) == (status, message)


def test_an_unexpected_exception_exits_with_2_and_a_traceback(run, monkeypatch):
    monkeypatch.setattr(bm, "lookup", lambda _: 1 / 0)
    result = run("lookup", "x")
    assert result.exit_code == 2
    assert "ZeroDivisionError" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")
class TestOutput:
    @pytest.mark.parametrize("arguments", [["list"], ["--help"], ["show", "--help"]])
    def test_a_full_disk_ends_without_a_traceback(self, arguments):
        with Path("/dev/full").open("w") as full:
            done = process(*arguments, stdout=full, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 2
        assert done.stderr == "Error: No space left on device\n"

    def test_a_closed_pipe_ends_without_a_traceback(self):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "w") as closed:
            done = process("list", stdout=closed, stderr=subprocess.PIPE)
        assert (done.returncode, done.stderr) == (141, b"")


def test_the_output_is_utf_8_even_if_the_terminal_has_a_code_page():
    env = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = process("show", "causes", capture_output=True, env=env)
    assert "TGF-β" in done.stdout.decode("utf-8")
