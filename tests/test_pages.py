"""Every block of code on every page runs, and prints what the page shows."""

import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from click.testing import CliRunner

from bonemet_data.cli import main
from tests.conftest import ROOT
from tests.pages import DOCS, RUN, install, run_page

OTHERS = {
    "explanation/architecture.md": {"text"},  # diagrams
    "explanation/evidence.md": {"pycon"},
    "explanation/limits.md": {"pycon"},
    "explanation/versions.md": {"js", "pycon", "r", "sh"},
    "how-to/airflow.md": {"sh", "text"},  # tests/examples, as the other tools
    "how-to/annotate.md": {"bash", "pycon", "text"},
    "how-to/assistants.md": {"json", "python"},
    "how-to/browse.md": {"sh"},
    "how-to/check-tables.md": {"json", "pycon", "sh"},
    "how-to/ci.md": {"python", "yaml"},  # tests/pipelines
    "how-to/cohort.md": {"pycon"},
    "how-to/dagster.md": {"sh", "text"},
    "how-to/dbt.md": {"sh", "text"},
    "how-to/export.md": {"js", "pycon", "sh"},
    "how-to/great-expectations.md": {"sh", "text"},
    "how-to/plot.md": {"html", "pycon", "sh"},
    "how-to/prefect.md": {"sh", "text"},
    "how-to/publish.md": {"sh", "toml"},
    "how-to/release.md": {"sh"},
    "how-to/snakemake.md": {"sh", "text"},
    "how-to/spark.md": {"python"},  # tests/checking/spark
    "how-to/validate-packages.md": {"pycon", "sh"},
    "how-to/write-a-schema.md": {"csv", "json", "pycon", "sh", "text"},
    "reference/command-line.md": {"text"},
    "reference/data.md": {"pycon", "sql", "text"},
}
"""Languages of the blocks of other pages, which this module and test_docs.py run one by one."""


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN)
def test_the_page_shows_what_happens(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_page(DOCS / page, tmp_path)


def test_the_blocks_of_every_page_are_tested():
    found = {
        page.relative_to(DOCS).as_posix(): set(languages)
        for page in DOCS.rglob("*.md")
        if (
            languages := re.findall(r"^ *```(\w+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        )
    }
    assert {page: found[page] for page in found.keys() - set(RUN)} == OTHERS


POSTCODE = {"name": "postcode", "type": "string", "constraints": {"pattern": "[0-9]+"}}


def block_of(page, language):
    """The only block of a language on a page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    (block,) = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return block


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a POSIX shell")
@pytest.mark.slow
def test_the_commands_on_files_of_codes_run(tmp_path):
    (tmp_path / "export.txt").write_text("patient|dx\n1|C79.51\n", encoding="cp1252")
    visits = pd.DataFrame({"codes": ["C79.51;C61"]})
    visits.to_excel(tmp_path / "visits.xlsx", engine="xlsxwriter", index=False)
    with gzip.open(tmp_path / "registry.csv.gz", "wt", encoding="utf-8") as file:
        file.write("diagnosis\nbreast cancer\n")
    program = f"{shlex.quote(sys.executable)} -m bonemet_data"
    script = block_of("how-to/annotate.md", "bash").replace("bonemet-data", program)
    command = ["bash", "-euo", "pipefail", "-c", script]
    subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    assert pd.read_parquet(tmp_path / "dx.parquet")["concept_id"].tolist()[0] == "bone_metastasis"
    assert len(pd.read_excel(tmp_path / "annotated.xlsx", engine="calamine")) == 3
    assert "breast_cancer" in (tmp_path / "names.csv").read_text(encoding="utf-8")


def test_the_summary_on_the_page_on_codes_is_printed(tmp_path):
    file = tmp_path / "codes.csv"
    file.write_text("dx\nC7951\nC61\nC7951\nI10\n", encoding="utf-8")
    options = ["--column", "dx", "-o", str(tmp_path / "annotated.csv")]
    result = CliRunner().invoke(main, ["annotate", str(file), *options])
    assert result.stderr == block_of("how-to/annotate.md", "text")


def test_the_commands_on_validation_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (DOCS / "how-to/validate-packages.md").read_text(encoding="utf-8").replace("\\\n", "")
    descriptor = {
        "name": "my-package",
        "resources": [{"name": "visits", "path": "visits.csv", "schema": {"fields": [POSTCODE]}}],
    }
    for folder in ("my-package", "path/to", "."):
        package = tmp_path / folder
        package.mkdir(parents=True, exist_ok=True)
        (package / "visits.csv").write_text("postcode\n1234\n", encoding="utf-8")
        (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    shutil.make_archive("my-package", "zip", "my-package")
    commands = re.findall(r"^bonemet-data ([^>\n]+)", text, re.MULTILINE)
    assert len(commands) >= 3
    for command in commands:
        result = CliRunner().invoke(main, shlex.split(command))
        assert result.exit_code == 0, (command, result.output)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/explanation/versions.md"])
def test_the_javascript_example_runs(page, tmp_path):
    if shutil.which("node") is None:
        pytest.skip("node is not installed here")
    shutil.copytree(ROOT / "datapackage", tmp_path / "datapackage")
    script = block_of(ROOT / page, "js")
    packages = set(re.findall(r'from "((?!node:)[\w-]+)', script))
    install(packages, tmp_path)
    (tmp_path / "example.mjs").write_text(script, encoding="utf-8")
    printed = subprocess.run(
        ["node", "example.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert printed in {"Both destruction and formation\n", "3\n"}
