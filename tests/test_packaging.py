"""What installers and indexes read: dependencies, extras, the README of an index, the conda recipe."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import readme_renderer.markdown
from rattler_build import PlatformConfig, RenderConfig, Stage0Recipe

import bonemet_data as bm
from bonemet_data import extras
from tests.conftest import ROOT

PACKAGE = Path(bm.__file__).parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
FOR_DEVELOPERS = {"dev", "docs", "mutate"}


def name_of(requirement):
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def imported():
    """The modules outside the standard library that the package imports, each with one file."""
    found = {}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found.update((name.partition(".")[0], file) for name in names)
    return {name: file for name, file in found.items() if name not in sys.stdlib_module_names}


def test_every_library_that_is_imported_is_a_declared_dependency():
    declared = {name_of(requirement) for requirement in PROJECT["dependencies"]}
    declared.add("pytest")  # which itself imports the plugin
    for extra, requirements in PROJECT["optional-dependencies"].items():
        declared |= set() if extra in FOR_DEVELOPERS else set(map(name_of, requirements))
    distributions = packages_distributions()
    modules = imported()
    assert {"click", "pandas", "polars"} <= set(modules)
    undeclared = {
        module: str(file.relative_to(PACKAGE))
        for module, file in modules.items()
        if not declared & set(map(name_of, distributions.get(module, [module])))
    }
    assert undeclared == {}


def test_every_extra_that_an_error_names_is_declared():
    names = {value.name for value in vars(extras).values() if isinstance(value, extras.Extra)}
    assert names - {""} <= set(PROJECT["optional-dependencies"])


def test_every_extra_but_spark_is_in_all():
    (everything,) = PROJECT["optional-dependencies"]["all"]
    named = re.findall(r"[a-z]+", everything.partition("[")[2])
    assert {*named, "check", "spark", "all"} == {*PROJECT["optional-dependencies"]} - FOR_DEVELOPERS


def readme_of(folder):
    """Return the README as the metadata of a distribution contain it."""
    command = [sys.executable, "-m", "hatch_fancy_pypi_readme"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def links_of(readme):
    """Return the links of a page of an index, without those of headings to themselves."""
    html = readme_renderer.markdown.render(readme)
    assert html
    links = re.findall(r'(?:href|src)="([^"]*)"', html)
    return [link for link in links if not link.startswith("#user-content-")]


@pytest.fixture(scope="module")
def readme():
    """The README of the checkout."""
    return readme_of(ROOT)


def test_no_link_on_the_page_of_an_index_is_relative(readme):
    links = links_of(readme)
    assert links
    assert [link for link in links if not link.startswith("https://")] == []


def test_links_lead_to_the_repository_once_it_has_an_address(tmp_path):
    """With the replacement that the page on publishing gives."""
    page = (ROOT / "docs/how-to/publish.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^replacement = .+$", page, re.MULTILINE)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    before, _, after = text.rpartition("replacement = '\\1'")
    (tmp_path / "pyproject.toml").write_text(f"{before}{line}{after}", encoding="utf-8")
    for name in ("README.md", "datapackage.json"):
        shutil.copy(ROOT / name, tmp_path)
    address = "https://github.com/OWNER/bonemet-data/blob/v"
    links = [link for link in links_of(readme_of(tmp_path)) if link.startswith(address)]
    files = {link.removeprefix(address).partition("/")[2] for link in links}
    assert {"NOTICES", "docs/how-to/check-tables.md"} <= files
    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_the_text_of_links_is_kept_and_pictures_are_not(readme):
    original = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "](docs/" in original
    assert "<picture>" in original
    original = "".join(re.split(r"<a [^>]*><picture>[\s\S]*?</a>\n\n", original))
    without_links = re.compile(r"\[([^\]]+)\]\([^)]+\)")
    texts = [without_links.sub(r"\1", text).rstrip() for text in (readme, original)]
    assert texts[0] == texts[1]


def test_an_address_is_stated_everywhere_or_nowhere():
    """None is known; docs/how-to/publish.md says where to add one."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    stated = {
        "pyproject.toml": bool(PROJECT.get("urls")),
        "datapackage.json": "homepage" in bm.descriptor(),
        "CITATION.cff": re.search("^repository-code:", citation, re.MULTILINE) is not None,
    }
    assert len(set(stated.values())) == 1, stated


@pytest.fixture(scope="module")
def recipe():
    """The conda recipe, as rattler-build renders it."""
    config = RenderConfig(platform=PlatformConfig(experimental=True))
    (variant,) = Stage0Recipe.from_file(ROOT / "conda/recipe.yaml").render(render_config=config)
    return variant.recipe.to_dict()


def conda(requirements):
    """The requirements in the notation of conda."""
    return {re.sub(r"(?<=[\w-])(?=[<>=])", " ", requirement) for requirement in requirements}


def test_the_recipe_has_the_name_and_version_of_the_data(recipe):
    about = bm.descriptor()
    assert recipe["package"] == {"name": about["name"], "version": about["version"]}


def test_the_recipe_has_the_dependencies_of_pip(recipe):
    python = f"python{PROJECT['requires-python']}"
    assert {*recipe["requirements"]["run"]} == conda([python, *PROJECT["dependencies"]])
    build = PYPROJECT["build-system"]["requires"]
    assert {*recipe["requirements"]["host"]} == conda([python, "pip", *build])


def test_the_recipe_has_the_commands_summary_and_license_of_pip(recipe):
    scripts = [f"{name} = {function}" for name, function in PROJECT["scripts"].items()]
    assert recipe["build"]["python"]["entry_points"] == scripts
    assert recipe["about"] == {
        "summary": PROJECT["description"],
        "license": PROJECT["license"],
        "license_file": PROJECT["license-files"],
    }
