"""The wheel: built, installed in a clean environment outside the checkout, and used there."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from packaging.metadata import Metadata

import bonemet_data as bm
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

HISTORY = (
    "CHANGELOG.md",
    "datapackage/releases/ledger.json",
    "datapackage/releases/quotations.json",
)
RELEASES = (*HISTORY, *(line.path for line in bm.releases()))
DATA = ("datapackage.json", *(f"datapackage/{name}.csv" for name in bm.tables()), *RELEASES)
SCHEMAS = tuple(f"schemas/{name}.json" for name in bm.tables())
PROFILES = tuple(
    f"bonemet_data/validation/profiles/{name}"
    for name in ("datapackage.json", "tableschema.json", "LICENSE")
)
PAGES = tuple(
    f"bonemet_data/reporting/html/{name}"
    for name in ("page.html", "page.css", "page.js", "report.css")
)

SITE = tuple(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "bonemet_data/publishing/site").rglob("*.*")
    if path.parent.name in {"templates", "assets"}
)


def run(*command, cwd):
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=env,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel and the sdist, built from the checkout, without a network connection."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return out


@pytest.fixture(scope="module")
def python(built, tmp_path_factory):
    """The Python of a clean environment with the wheel and all its extras."""
    place = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", place / "env", cwd=place)
    python = place / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    (wheel,) = built.glob("*.whl")
    constraints = ROOT / "constraints.txt"
    run(python, "-m", "pip", "install", "--quiet", "-c", constraints, f"{wheel}[all]", cwd=place)
    return python


def test_the_wheel_contains_the_files_of_the_data_package(built):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for name in DATA + SCHEMAS:
            assert archive.read(f"bonemet_data/{name}") == (ROOT / name).read_bytes(), name
        for name in PROFILES + PAGES + SITE:
            assert archive.read(name) == (ROOT / name).read_bytes(), name
        names = archive.namelist()
    assert not [name for name in names if name.startswith(("tests/", "docs/", "benchmarks/"))]
    assert "bonemet_data/py.typed" in names


def test_the_wheel_has_the_version_of_the_data(built):
    (wheel,) = built.glob("*.whl")
    assert wheel.name.split("-")[1] == bm.__version__


def test_two_builds_are_byte_identical(built, tmp_path):
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    first = {place.name: place.read_bytes() for place in built.iterdir()}
    assert {place.name: place.read_bytes() for place in tmp_path.iterdir()} == first


def test_a_wheel_built_from_the_sdist_is_byte_identical(built, tmp_path):
    (sdist,), (wheel,) = built.glob("*.tar.gz"), built.glob("*.whl")
    command = [sys.executable, "-m", "pip", "wheel", "--no-index", "--no-deps"]
    run(*command, "--no-build-isolation", "--wheel-dir", tmp_path, sdist, cwd=tmp_path)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_wheel_installs_from_a_folder_without_an_index(built, tmp_path):
    run(sys.executable, "-m", "venv", "env", cwd=tmp_path)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    command = [python, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", built]
    run(*command, "--no-deps", "bonemet-data", cwd=tmp_path)
    code = "import bonemet_data as bm; print(bm.__version__, len(bm.load('types', 'records')))"
    assert run(python, "-c", code, cwd=tmp_path) == f"{bm.__version__} 3\n"


def test_the_metadata_are_valid_and_name_no_address(built):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = Metadata.from_email(archive.read(name))
    assert (metadata.name, str(metadata.version)) == ("bonemet-data", bm.__version__)
    assert not metadata.project_urls
    assert metadata.description_content_type.startswith("text/markdown")
    assert "](docs/" not in metadata.description


@pytest.mark.skipif(shutil.which("rattler-build") is None, reason="rattler-build is not installed")
def test_the_conda_package_builds_and_passes_its_tests(tmp_path):
    recipe = ROOT / "conda/recipe.yaml"
    command = ["rattler-build", "build", "--experimental", "--recipe", recipe]
    run(*command, "--output-dir", tmp_path, cwd=tmp_path)
    assert [*tmp_path.glob(f"noarch/bonemet-data-{bm.__version__}-*.conda")]


def test_the_sdist_contains_the_files_that_the_tests_need(built):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        *DATA,
        *SCHEMAS,
        *PROFILES,
        *PAGES,
        *SITE,
        "tests/article.py",
        "constraints.txt",
        "LICENSE-DATA",
    } <= names


def test_the_installed_wheel_loads_and_validates(python):
    code = """
import json, bonemet_data as bm
print(json.dumps({
    "file": bm.__file__,
    "version": bm.__version__,
    "rows": {name: [len(bm.load(name, e)) for e in ("pandas", "polars", "arrow", "records")]
             for name in bm.tables()},
    "valid": all(bm.validate(bm.load(name, e), name) is not None
                 for name in bm.tables() for e in ("pandas", "polars")),
    "first": len(bm.load("types", version="1.0.0")),
    "report": str(bm.validate_package(frictionless=True)),
}))
"""
    facts = json.loads(run(python, "-c", code, cwd=python.parent))
    assert not Path(facts["file"]).is_relative_to(ROOT)
    assert facts["version"] == bm.__version__
    assert facts["rows"] == {name: [len(bm.load(name))] * 4 for name in bm.tables()}
    assert facts["valid"] is True
    assert facts["first"] == 3
    assert facts["report"] == str(bm.validate_package())


def test_the_installed_command_line_works(python):
    command = python.parent / "bonemet-data"
    report = run(command, "validate", cwd=python.parent)
    assert report.endswith(f"\n{bm.validate_package()}\n")
    assert "Osteolytic" in run(command, "show", "types", cwd=python.parent)
    run(command, "site", "pages", cwd=python.parent)
    assert (python.parent / "pages" / "assets" / "site.css").is_file()


def test_without_extras_loading_works_and_validation_names_the_extra(built, tmp_path):
    run(sys.executable, "-m", "venv", "env", cwd=tmp_path)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    (wheel,) = built.glob("*.whl")
    constraints = ROOT / "constraints.txt"
    run(python, "-m", "pip", "install", "--quiet", "-c", constraints, wheel, cwd=tmp_path)
    command = python.parent / "bonemet-data"
    assert "Osteolytic" in run(command, "show", "types", cwd=tmp_path)
    done = subprocess.run(
        [str(command), "validate"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 2
    assert "pip install '.[validate]'" in done.stderr
    assert "Traceback" not in done.stderr
