"""The list of mutants that no test can kill is about the code as it is now."""

import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

CONFIG = tomllib.loads(Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", CONFIG["module"], ids=lambda module: module["path"])
def test_a_module_and_its_tests_exist(module):
    assert [name for name in (module["path"], *module["tests"]) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("survivor", CONFIG["survivor"], ids=lambda each: each["line"][:40])
def test_a_survivor_is_a_mutant_of_a_line_of_its_module(survivor):
    text = (ROOT / survivor["module"]).read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    assert survivor["line"] in lines
    assert survivor["reason"]
    assert survivor["line"] not in survivor.get("mutants", [])
