"""The documents: their examples run, and the generated pages are fresh."""

import doctest
import re
import shlex
import subprocess
import sys

import duckdb
import pytest
from click.testing import CliRunner

from bonemet_data._cli import main

from .conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_python_examples_print_what_they_say():
    failed, tried = doctest.testfile(
        str(ROOT / "README.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert tried > 0
    assert failed == 0


@pytest.mark.parametrize("query", blocks("sql"))
def test_the_duckdb_examples_run(query, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert duckdb.sql(query).fetchall()[0] == ("Osteolytic", 4)


def test_every_command_of_the_readme_exists():
    commands = re.findall(r"`bonemet-data ([a-z-]+)", README)
    assert sorted(set(commands)) == sorted(main.commands)


def test_every_link_of_the_readme_leads_to_a_file():
    for link in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / link).is_file(), link


def test_the_generated_pages_are_fresh():
    command = [sys.executable, "docs/build.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_contributing_names_commands_that_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for command in re.findall(r"`\.venv/bin/bonemet-data ([^`]+)`", text):
        name = shlex.split(command)[0]
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0, command
