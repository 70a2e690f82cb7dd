"""The examples of the help run as they are printed."""

import re
import shlex

import pytest

from bonemet_data.cli import main
from tests.cli.place import prepare

EXAMPLES = [
    (name, example)
    for name, command in [("bonemet-data", main), *sorted(main.commands.items())]
    for example in command.examples
]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    root = tmp_path_factory.mktemp("place")
    prepare(root)
    return root


# The server needs a process without an event loop: tests/cli/test_assistants.py.
@pytest.mark.parametrize(("command", "example"), [each for each in EXAMPLES if each[0] != "mcp"])
def test_runs_in_a_folder_with_the_files_that_it_names(run, place, monkeypatch, command, example):
    monkeypatch.chdir(place)
    for part in example.split(" && "):
        line = re.split(" > | [|] ", part)[0]
        program, *arguments = shlex.split(line)
        result = run(*arguments)
        assert program == "bonemet-data"
        assert result.exit_code == 0, result.output


def test_every_command_has_examples():
    assert {name for name, _ in EXAMPLES} == {"bonemet-data", *main.commands}
    assert not [example for _, example in EXAMPLES if re.search(r"[\\$`]", example)]
