"""The documentation: its examples run, its links work, and generated pages are up to date."""

import doctest
import gzip
import inspect
import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

import bonemet_data as bm
from bonemet_data.cli import main
from bonemet_data.cli.status import Status
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.ledger import read_ledger
from bonemet_data.package.storage import Folder
from bonemet_data.publishing.exports.formats import FORMATS
from tests.conftest import ROOT
from tests.pages import RUN

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"))
)
EXPORT = "docs/how-to/export.md"
RUN_TOGETHER = {EXPORT, *(f"docs/{page}" for page in RUN)}
WITH_PYTHON = [
    page
    for page in PAGES
    if ">>> " in (ROOT / page).read_text(encoding="utf-8") and page not in RUN_TOGETHER
]
VERSIONS = "docs/explanation/versions.md"
DATA = "docs/reference/data.md"
WRITE = "docs/how-to/write-a-schema.md"
PLOT = "docs/how-to/plot.md"


def commands(page, prefix="bonemet-data"):
    """The commands in the shell blocks of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^ *{prefix} (.+)$", text, re.MULTILINE)


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("page", WITH_PYTHON)
def test_python_examples_print_the_shown_output(page, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path if page == PLOT else ROOT)  # its examples write files
    failed, tried = doctest.testfile(
        str(ROOT / page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert tried > 0
    assert failed == 0


def test_every_page_with_python_examples_is_tested():
    assert {
        "README.md",
        "docs/explanation/evidence.md",
        "docs/explanation/limits.md",
        VERSIONS,
        "docs/how-to/annotate.md",
        "docs/how-to/check-tables.md",
        "docs/how-to/cohort.md",
        PLOT,
        "docs/how-to/validate-packages.md",
        WRITE,
        DATA,
    } == set(WITH_PYTHON)


def test_the_commands_on_versions_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert len(commands(VERSIONS)) == 3
    for command in commands(VERSIONS):
        result = CliRunner().invoke(main, shlex.split(command))
        assert result.exit_code == 0, result.output


def test_the_commands_on_checking_run(tmp_path, monkeypatch):
    """On data that satisfy the schema of the page."""
    monkeypatch.chdir(tmp_path)
    page = "docs/how-to/check-tables.md"
    (schema,) = re.findall(r"```json\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    Path("cohort.json").write_text(schema, encoding="utf-8")
    Path("cohort.csv").write_text("lesion_type,symptom\nmixed,pain\n", encoding="utf-8")
    Path("cohort").mkdir()
    with gzip.open("cohort/1.csv.gz", "wt", encoding="utf-8") as file:
        file.write("record_id,age,lesion_type\n1,50,mixed\n")
    Path("export.csv").write_text("record_id;age;lesion_type\né;50;mixed\n", encoding="cp1252")
    resource = {"name": "registry", "path": "registry.csv", "schema": json.loads(schema)}
    Path("datapackage.json").write_text(json.dumps({"name": "p", "resources": [resource]}))
    Path("registry.csv").write_text("record_id,age,lesion_type\n1,50,mixed\n", encoding="utf-8")
    assert len(commands(page)) == 8
    for command in commands(page):
        result = CliRunner().invoke(main, shlex.split(command.partition(" > ")[0]))
        assert result.exit_code == 0, result.output


def test_the_commands_on_plotting_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(commands(PLOT)) == 2
    for command in commands(PLOT):
        result = CliRunner().invoke(main, shlex.split(command))
        assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["osteolytic.png", "pain.svg"]


def test_the_pictures_of_the_readme_are_those_of_the_page():
    """Apart from the path: so that text equivalents are as fresh as the generated page."""
    page = (ROOT / "docs/reference/pictures.md").read_text(encoding="utf-8")
    shown = re.findall(r"<a href=.*?</picture></a>", README, re.DOTALL)
    assert len(shown) == 3
    for element in shown:
        assert element.replace('"docs/pictures/', '"../pictures/') in page


def test_every_picture_that_is_shown_exists():
    shown = set()
    for page in (ROOT / "README.md", ROOT / "docs/reference/pictures.md"):
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r'(?:src|srcset|href)="([^"]+\.svg)"', text):
            shown.add((page.parent / target).resolve())
    assert shown == {path.resolve() for path in (ROOT / "docs/pictures").iterdir()}


def test_the_commands_on_writing_a_schema_print_what_is_shown(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (ROOT / WRITE).read_text("utf-8")
    (table,), (steps,), (schema,) = (
        re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
        for language in ("csv", "text", "json")
    )
    Path("cohort.csv").write_text(table, encoding="utf-8")
    infer, by_schema, by_codes = commands(WRITE)
    result = CliRunner().invoke(main, shlex.split(infer))
    assert (result.stdout, result.stderr) == ("", steps)
    assert Path("schema.json").read_text("utf-8") == schema
    for command in (by_schema, by_codes):
        assert CliRunner().invoke(main, shlex.split(command)).exit_code == 0
        assert command in steps


def test_the_page_on_browsing_names_what_the_command_writes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = "docs/how-to/browse.md"
    (command,) = commands(page)
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0, result.output
    text = (ROOT / page).read_text(encoding="utf-8")
    for named in re.findall(r"`([\w/]+\.html)(?:#ID)?`", text):
        path = named.removeprefix("browser/").replace("ID", "pain")
        assert (tmp_path / "browser" / path).is_file(), named


def test_the_commands_on_releasing_run_in_their_order(copy, monkeypatch):
    """As a maintainer would: change a cell, follow the page, and find a new release."""
    monkeypatch.chdir(copy.root)
    copy.describe(lambda document: document.update(version="2.0.0"))
    first = CliRunner().invoke(main, ["release", "--date", "2026-01-01"])
    assert first.exit_code == 0, first.output
    copy.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    copy.describe(lambda document: document.update(version="2.0.1"))
    for command in commands("docs/how-to/release.md"):
        result = CliRunner().invoke(main, shlex.split(command))
        assert result.exit_code == 0, result.output
    versions = [line.version for line in read_ledger(Folder(copy.root))]
    assert versions == ["2.0.0", "2.0.1"]


def test_the_commands_and_examples_on_exports_run(tmp_path, monkeypatch):
    """Each command writes the file that the example below it reads."""
    monkeypatch.chdir(tmp_path)
    for command in commands(EXPORT):
        result = CliRunner().invoke(main, shlex.split(command))
        assert result.exit_code == 0, result.output
    failed, tried = doctest.testfile(
        str(ROOT / EXPORT), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert tried > len(FORMATS)
    assert failed == 0


def test_every_format_of_exports_has_a_section():
    text = (ROOT / EXPORT).read_text(encoding="utf-8")
    assert re.findall(r"^## ([a-z-]+)$", text, re.MULTILINE) == [*FORMATS]


@pytest.mark.parametrize("query", blocks("sql"))
def test_the_duckdb_examples_run(query, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert duckdb.sql(query).fetchall()[0] == ("Osteolytic", 4)


def test_the_queries_on_the_data_model_return_the_shown_rows(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / DATA).read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n([^`]+)```\n\n```text\n([^`]+)```", text)
    assert len(queries) == text.count("```sql") > 0
    for query, shown in queries:
        result = duckdb.sql(query)
        rows = [" | ".join(map(str, row)) for row in (result.columns, *result.fetchall())]
        assert rows == shown.splitlines(), query


def test_the_data_model_lists_every_foreign_key():
    text = (ROOT / DATA).read_text(encoding="utf-8")
    package = open_package(ROOT)
    rows = []
    for resource in package.resources:
        schema = package.schema(resource)
        for key in schema.foreign_keys:
            required = all(schema.field(name).constraints.get("required") for name in key.fields)
            columns = ", ".join(f"`{name}`" for name in key.fields)
            target = f"`{key.resource or resource.name}`"
            rows.append((f"`{resource.name}`", columns, target, "" if required else "yes"))
    listed = re.findall(r"^\| (`\w+`) \| (`.+`) \| (`\w+`) \| (yes|) ?\|$", text, re.MULTILINE)
    assert sorted(listed) == sorted(rows)
    assert f"The data are {len(package.resources)} CSV files." in text


def test_the_readme_states_the_rows_of_every_resource():
    shown = re.findall(r"^\| `(\w+)` \| ([0-9,]+) \|", README, re.MULTILINE)
    rows = [
        (each.name, len(bm.load(each.name, "records"))) for each in open_package(ROOT).resources
    ]
    assert [(name, int(number.replace(",", ""))) for name, number in shown] == rows


def test_the_date_is_stated_alike():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\ndate-released: {bm.descriptor()['dcterms:issued']}\n" in citation


def test_the_credits_are_those_of_the_vocabularies():
    """Verbatim, since their owners ask for these words."""
    notices = (ROOT / "NOTICES").read_text(encoding="utf-8")
    used = [each for each in bm.load("vocabularies", "records") if each.version]
    assert len(used) > 0
    for vocabulary in used:
        assert f"\n{vocabulary.credit}.\n" in notices
        assert vocabulary.license in notices


def test_the_readme_lists_every_command():
    assert sorted(re.findall(r"^\| `bonemet-data ([a-z-]+)", README, re.MULTILINE)) == sorted(
        main.commands
    )


def test_the_readme_lists_every_public_function():
    listed = set(re.findall(r"(?:bm\.|`)(\w+)\(", README))
    functions = {name for name in bm.__all__ if inspect.isfunction(getattr(bm, name))}
    assert functions - listed == set()


def test_the_readme_lists_every_extra():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (table,) = re.findall(r"\| extra \| enables \|\n(.*?)\n\n", README, re.DOTALL)
    listed = re.findall(r"`(\w+)`", "\n".join(row.split("|")[1] for row in table.splitlines()))
    assert sorted([*listed, "dev", "docs", "mutate"]) == sorted(project["optional-dependencies"])


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file_or_a_heading(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    headings = {
        heading.lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for link in re.findall(r"\]\((?!http)([^)]+)\)", prose):
        target, _, heading = link.partition("#")
        assert ((ROOT / page).parent / target).is_file() if target else heading in headings, link


@pytest.mark.parametrize("page", [page for page in PAGES if page not in RUN_TOGETHER])
def test_every_source_file_that_is_named_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for name in re.findall(r"`([\w/.-]+\.(?:py|yml|json|toml|md))`", text):
        places = (ROOT / name, ROOT / "bonemet_data" / name)
        assert any(place.exists() for place in places) or name == "cohort.json", name


def test_the_page_on_security_names_existing_tests():
    text = (ROOT / "docs/explanation/security.md").read_text(encoding="utf-8")
    promises = re.split(r"^\*\*", text.partition("## What is not promised")[0], flags=re.MULTILINE)
    for promise in promises[1:]:
        tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", promise)
        assert tests, promise
        for path, name in tests:
            code = (ROOT / path).read_text(encoding="utf-8")
            assert re.search(rf"^ *def {name}\(", code, re.MULTILINE), name


def test_the_generated_pages_are_fresh():
    command = [sys.executable, "docs/build.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_page_on_the_command_line_shows_the_help_that_is_printed():
    text = (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8")
    pages = dict(
        re.findall(r"^## ([a-z-]+)\n\n```text\n(.*?)\n```$", text, re.DOTALL | re.MULTILINE)
    )
    assert sorted(pages) == sorted(main.commands)
    for name, page in pages.items():
        options = {"prog_name": "bonemet-data", "terminal_width": 78}  # on 80 columns
        printed = CliRunner().invoke(main, [name, "--help"], **options).output
        assert page == printed.rstrip()


def test_the_page_on_exit_status_lists_what_each_command_adds():
    text = (ROOT / "docs/reference/exit-status.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \| (\d+) \| (.+) \|$", text, re.MULTILINE)
    assert listed == [
        (name, str(int(status)), meaning)
        for name, command in sorted(main.commands.items())
        for status, meaning in command.statuses.items()
    ]
    for status in Status:
        assert f"| {int(status)} | {status.meaning} |" in text


def test_the_page_for_language_models_links_to_every_other_page():
    text = (ROOT / "docs/llms.txt").read_text(encoding="utf-8")
    heading, summary, *_ = text.split("\n\n")
    assert heading == f"# {bm.descriptor()['name']}"
    assert summary.startswith("> ")
    assert "no clinician has reviewed" in summary
    links = re.findall(r"^- \[.+?\]\((.+?)\)", text, re.MULTILINE)
    folders = ("how-to", "reference", "explanation")
    pages = [page for name in folders for page in (ROOT / "docs" / name).rglob("*.md")]
    assert sorted(ROOT / "docs" / link for link in links) == sorted(pages)


def test_contributing_names_existing_commands():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    names = re.findall(r"`\.venv/bin/bonemet-data ([a-z-]+)", text)
    assert names
    assert set(names) <= set(main.commands)


def test_the_hash_of_a_download_is_that_of_the_ledger(monkeypatch):
    monkeypatch.chdir(ROOT)
    (command,) = commands(VERSIONS, "python")
    done = subprocess.run(
        [sys.executable, *shlex.split(command)], capture_output=True, text=True, check=True
    )
    assert f"sha256:{done.stdout.strip()}" == read_ledger(Folder(ROOT))[0].sha256
