"""The examples of the documentation in R and JavaScript run."""

import re
import shutil
import subprocess

import pytest

from .clients import CLIENTS, MODULES, ROOT
from .outcome import reference

PAGES = ("README.md", "docs/explanation/versions.md")


def example(page, language):
    text = (ROOT / page).read_text(encoding="utf-8")
    (script,) = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return script


def run(command, script, folder, name):
    """Run a script in a folder with the data, and return what it prints."""
    shutil.copytree(ROOT / "datapackage", folder / "datapackage")
    (folder / name).write_text(script, encoding="utf-8")
    done = subprocess.run(
        [*command, name], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def client(name):
    (found,) = (client for client in CLIENTS if client.name == name)
    found.need()
    return found


@pytest.mark.parametrize("page", PAGES)
def test_the_r_examples_run(page, tmp_path):
    command = client("R, read.csv").command
    printed = run(command, example(page, "r") + "cat(nrow(types))\n", tmp_path, "example.R")
    assert printed.endswith(str(len(reference(ROOT)["types"][1])))


@pytest.mark.parametrize("page", PAGES)
def test_the_javascript_examples_print_what_is_published(page, tmp_path):
    command = client("JavaScript, csv-parse").command
    (tmp_path / "node_modules").symlink_to(MODULES, target_is_directory=True)
    printed = run(command, example(page, "js"), tmp_path, "example.mjs")
    fields, rows = reference(ROOT)["types"]
    position = [name for name, _ in fields].index("main_feature")
    assert printed.strip() in {str(len(rows)), rows[-1][position]}


def test_the_readme_reads_as_the_programs_do():
    """The options of the examples are those whose cells are compared."""
    program = (ROOT / "tests/clients/programs/read_csv.R").read_text(encoding="utf-8")
    options = re.findall(r'types <- read\.csv\("[^"]+", (.*)\)', example("README.md", "r"))
    assert len(options) == 1
    assert options[0] in program
