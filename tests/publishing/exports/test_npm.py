"""The JavaScript package, run by Node.js and checked by the TypeScript compiler."""

import json
import math
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.publishing.exports.conftest import DESCRIPTOR, RESOURCES, files, records, types

# JavaScript has one type of number, and JSON.stringify writes 75.0 as 75.
JAVASCRIPT_TYPES = {"string": str, "integer": int, "number": int | float, "boolean": bool}


def tool(name, *folders):
    """The path of a program: that of the development environment, or of the system."""
    path = ":".join([*map(str, folders), str(Path(sys.executable).parent)])
    return shutil.which(name, path=path) or shutil.which(name)


@pytest.fixture(scope="module")
def project(tmp_path_factory, exported):
    """A project that has the package in its node_modules, as `npm install` puts it there."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(exported("npm"), folder / "node_modules" / "bonemet-data")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return folder


def run(project, source):
    (project / "main.js").write_text(source, encoding="utf-8")
    command = [tool("node"), "main.js"]
    done = subprocess.run(command, check=False, cwd=project, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def imported(project):
    """Everything that the module exports, as Node.js sees it."""
    source = 'import * as data from "bonemet-data"; console.log(JSON.stringify(data));'
    return run(project, source)


def camel(name):
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


@pytest.mark.parametrize("table", RESOURCES)
def test_every_cell_has_its_value_and_type_and_a_missing_cell_is_null(imported, table):
    kinds = types(table)
    found = imported[camel(table)]
    assert found == records(table)
    for row in found:
        for name, value in row.items():
            assert value is None or isinstance(value, JAVASCRIPT_TYPES[kinds[name]])


def test_the_module_exports_each_table_and_what_is_known_about_the_package(imported):
    assert sorted(imported) == sorted(["about", *map(camel, RESOURCES)])
    assert imported["about"]["version"] == DESCRIPTOR["version"]
    assert f"version {DESCRIPTOR['version']}" in imported["about"]["citation"]


def test_the_example_of_the_documentation_runs(project):
    page = (ROOT / "docs/how-to/export.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```js\n(.*?)```", page, re.DOTALL)
    assert run(project, example) == 75


def test_a_table_can_be_imported_alone(project):
    source = """
        import types from "bonemet-data/data/types.json" with { type: "json" };
        console.log(JSON.stringify(types.map((row) => row.type_id)));"""
    assert run(project, source) == [row["type_id"] for row in records("types")]


def test_the_package_has_the_version_of_the_data_and_no_dependency(project):
    path = project / "node_modules" / "bonemet-data" / "package.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert (manifest["name"], manifest["version"]) == (DESCRIPTOR["name"], DESCRIPTOR["version"])
    assert not {"dependencies", "devDependencies", "scripts"} & set(manifest)
    readme = (path.parent / "README.md").read_text(encoding="utf-8")
    for license_ in DESCRIPTOR["licenses"]:
        assert license_["title"] in readme


RIGHT = """
import { symptoms, statements, about, type SymptomsRow } from "bonemet-data";
const first: SymptomsRow = symptoms[0]!;
const percent: number | null = first.prevalence_upper_percent;
const label: string = first.symptom;
const unit: "percent" | null = statements[0]!.unit;
console.log(percent, label, unit, about.version);
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("", "", ""),
        ("number | null", "number", "'null' is not assignable to type 'number'"),
        ('"percent" | null', '"days" | null', "'\"percent\"' is not assignable"),
        ("first.symptom;", "first.sympton;", "Property 'sympton' does not exist"),
        ("console.log(", 'symptoms[0]!.symptom = "x"; console.log(', "read-only property"),
    ],
)
def test_the_types_are_those_of_the_schemas(project, old, new, error):
    compiler = tool("tsc", ROOT / ".venv" / "typescript" / "node_modules" / ".bin")
    if compiler is None:
        pytest.skip("the TypeScript compiler is not installed: run ./dev check")
    (project / "main.ts").write_text(RIGHT.replace(old, new, 1), encoding="utf-8")
    options = "--noEmit --strict --noUncheckedIndexedAccess --module nodenext --target esnext"
    command = [compiler, *options.split(), "--types", "", "main.ts"]
    done = subprocess.run(command, check=False, cwd=project, capture_output=True, text=True)
    assert error in done.stdout
    assert bool(done.returncode) is bool(error), done.stdout


def test_no_number_is_too_large_for_javascript():
    for table in RESOURCES:
        for row in records(table):
            for value in row.values():
                if not isinstance(value, str | bool | None):
                    assert abs(value) < 2**53
                    assert math.isfinite(value)


@pytest.mark.slow
def test_npm_packs_every_file(exported):
    """npm accepts the folder, without network."""
    command = [tool("npm"), "pack", "--dry-run", "--json", "--offline"]
    done = subprocess.run(command, check=True, cwd=exported("npm"), capture_output=True, text=True)
    (package,) = json.loads(done.stdout)
    assert {file["path"] for file in package["files"]} == set(files(exported("npm")))
