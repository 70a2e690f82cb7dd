"""Each recipe of examples/ fails on the broken table, and passes once it is mended."""

import re
import shutil

import duckdb
import pandas as pd
import pytest

from tests.conftest import ROOT

from .recipe import OVERVIEW, Recipe

RECIPES = [
    Recipe(folder.name) for folder in sorted((ROOT / "examples").iterdir()) if folder.is_dir()
]
BROKEN, MENDED = "P002,C7951,lytic,", "P002,C7951,osteolytic,"
CONCEPTS = [
    ("P001", "bone_metastasis", "skos:exactMatch"),
    ("P001", "advanced_cancer", "skos:narrowMatch"),
    ("P002", "bone_metastasis", "skos:exactMatch"),
    ("P002", "advanced_cancer", "skos:narrowMatch"),
    ("P003", "prostate_cancer", "skos:exactMatch"),
    ("P004", "breast_cancer", "skos:narrowMatch"),
]
"""For each patient, the concepts of the code."""


def concepts(folder):
    """What the recipe has written: a CSV file, or a table of a database."""
    if (folder / "cohort.duckdb").exists():
        with duckdb.connect(str(folder / "cohort.duckdb"), read_only=True) as database:
            table = database.table("cohort_concepts").df()
    else:
        table = pd.read_csv(folder / "cohort_concepts.csv")
    return [*table[["patient_id", "concept_id", "predicate"]].itertuples(index=False, name=None)]


@pytest.fixture
def large(tmp_path):
    """A folder that is removed after the test."""
    yield tmp_path / "large"
    shutil.rmtree(tmp_path / "large", ignore_errors=True)


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_fails_with_the_report_and_passes_once_the_table_is_mended(
    recipe, large, tmp_path
):
    environment = recipe.install(large)
    folder = recipe.copy(tmp_path / "examples")
    *prepare, run = recipe.blocks("sh")[1:]
    for commands in prepare:
        done = environment.run(commands, folder)
        assert done.returncode == 0, done.stdout
    failed = environment.run(run, folder)
    assert failed.returncode != 0, failed.stdout
    for line in recipe.blocks("text")[0].splitlines():
        assert line in failed.stdout, failed.stdout
    assert not (folder / "cohort_concepts.csv").exists()
    table = folder.parent / "cohort.csv"
    text = table.read_text(encoding="utf-8")
    assert text.count(BROKEN) == 1
    table.write_text(text.replace(BROKEN, MENDED), encoding="utf-8")
    passed = environment.run(run, folder)
    assert passed.returncode == 0, passed.stdout
    for block in recipe.blocks("text")[1:]:
        for line in block.splitlines():
            assert line in passed.stdout, passed.stdout
    if recipe.name != "great_expectations":
        assert concepts(folder) == CONCEPTS


def test_the_overview_links_to_the_page_of_every_recipe():
    rows = re.findall(
        r"^\| \[.+?\]\((.+?)\) \|", OVERVIEW.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(rows) == sorted(recipe.page.name for recipe in RECIPES)


def test_a_tool_that_cannot_be_installed_is_named(monkeypatch, tmp_path):
    """Skipped, or an error where all tools must be there."""
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    recipe = Recipe("prefect")
    monkeypatch.delenv("BONEMET_CLIENTS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="prefect cannot be installed here"):
        recipe.install(tmp_path / "skipped")
    monkeypatch.setenv("BONEMET_CLIENTS", "all")
    with pytest.raises(pytest.fail.Exception, match="prefect cannot be installed here"):
        recipe.install(tmp_path / "failed")
