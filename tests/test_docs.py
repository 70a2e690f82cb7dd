"""The documents: their examples run, and the generated pages are fresh."""

import datetime
import doctest
import re
import shlex
import shutil
import subprocess
import sys

import duckdb
import pytest
from click.testing import CliRunner

from bonemet_data.cli import main
from bonemet_data.package.ledger import read_ledger
from bonemet_data.package.storage import Folder
from bonemet_data.publishing.release import release
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/versions.md",
    "docs/releasing.md",
    "docs/checking.md",
]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("page", ["README.md", "docs/versions.md", "docs/checking.md"])
def test_the_python_examples_print_what_they_say(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(
        str(ROOT / page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert tried > 0
    assert failed == 0


def test_the_commands_on_versions_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs/versions.md").read_text(encoding="utf-8")
    commands = re.findall(r"^ *bonemet-data (.+)$", text, re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        done = CliRunner().invoke(main, shlex.split(command))
        assert done.exit_code == 0, done.output


def test_the_commands_on_releasing_run_in_their_order(copy, monkeypatch):
    """As a maintainer would: change a cell, follow the page, and find a new release."""
    monkeypatch.chdir(copy.root)
    copy.describe(lambda document: document.update(version="1.0.0"))
    release(copy.root, datetime.date(2026, 1, 1), "")
    copy.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    copy.describe(lambda document: document.update(version="1.0.1"))
    text = (ROOT / "docs/releasing.md").read_text(encoding="utf-8")
    for command in re.findall(r"^ +bonemet-data (.+)$", text, re.MULTILINE):
        done = CliRunner().invoke(main, shlex.split(command))
        assert done.exit_code == 0, done.output
    versions = [line.version for line in read_ledger(Folder(copy.root))]
    assert versions == ["1.0.0", "1.0.1"]


@pytest.mark.parametrize("query", blocks("sql"))
def test_the_duckdb_examples_run(query, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert duckdb.sql(query).fetchall()[0] == ("Osteolytic", 4)


def test_every_command_of_the_readme_exists():
    commands = re.findall(r"`bonemet-data ([a-z-]+)|`(lookup) TERM`", README)
    assert sorted({one or two for one, two in commands}) == sorted(main.commands)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page):
    place = ROOT / page
    for link in re.findall(r"\]\((?!http)([^)]+)\)", place.read_text(encoding="utf-8")):
        assert (place.parent / link).is_file(), link


def test_the_generated_pages_are_fresh():
    command = [sys.executable, "docs/build.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_contributing_names_commands_that_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for command in re.findall(r"`\.venv/bin/bonemet-data ([^`]+)`", text):
        name = shlex.split(command)[0]
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0, command


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here")
@pytest.mark.parametrize("page", ["README.md", "docs/versions.md"])
def test_the_r_examples_run(page, tmp_path):
    text = (ROOT / page).read_text(encoding="utf-8")
    (script,) = re.findall(r"```r\n(.*?)```", text, re.DOTALL)
    shutil.copytree(ROOT / "datapackage", tmp_path / "datapackage")
    (tmp_path / "example.R").write_text(script + "stopifnot(nrow(types) == 3)\n", encoding="utf-8")
    done = subprocess.run(
        ["Rscript", "example.R"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_hash_of_a_download_is_that_of_the_ledger(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs/versions.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^python (-c .+)$", text, re.MULTILINE)
    done = subprocess.run(
        [sys.executable, *shlex.split(command)], capture_output=True, text=True, check=True
    )
    assert f"sha256:{done.stdout.strip()}" == read_ledger(Folder(ROOT))[0].sha256
