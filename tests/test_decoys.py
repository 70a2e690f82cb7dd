"""Nothing is imported from the folder under judgment, even if it is the current folder.

It contains a decoy of every module that the commands import; a decoy leaves a mark when it runs.
"""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.checking.spark.conftest import HAS_JAVA
from tests.conftest import ROOT

SCRIPT = Path(sys.executable).with_name("bonemet-data")
ENVIRONMENT = {name: text for name, text in os.environ.items() if name != "PYSPARK_PYTHON"}
ENVIRONMENT |= {"PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"}
IMPORT_ALL = """
import importlib.util, sys
for name in ("pyarrow.parquet", "pyspark.sql", "pandera.polars", "filelock", "rapidfuzz"):
    if importlib.util.find_spec(name.partition(".")[0]):
        __import__(name)
from bonemet_data.cli import main
try:
    main(["validate", "--frictionless"])
finally:
    print("modules:", *sorted(sys.modules))
"""
PLUGINS = {"frictionless_decoy", "sitecustomize", "usercustomize"}
"""Names that Python or a dependency looks for, whether they exist or not."""


@cache
def modules():
    """Return the names of the top-level modules that a real run imports."""
    command = [sys.executable, "-P", "-c", IMPORT_ALL]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=True)
    names = {name.partition(".")[0] for name in done.stdout.rpartition("modules:")[2].split()}
    assert {"bonemet_data", "json", "click", "polars", "frictionless", "jsonschema"} <= names
    return names | PLUGINS


class Hostile:
    """A package full of decoys, which is also the current folder."""

    def __init__(self, root, names):
        self.root, self.mark = root, root.parent / "imported"
        for place in (root, root / "data"):
            for name in names:
                (place / f"{name}.py").write_text(
                    f"with open({str(self.mark)!r}, 'ab', 0) as file:\n"
                    f"    file.write(b'{name} ')\n"
                    f"raise ImportError('decoy')\n"
                )

    def run(self, *command):
        return subprocess.run(
            [*map(str, command)],
            cwd=self.root,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )

    def imported(self):
        return self.mark.read_text() if self.mark.exists() else ""


@pytest.fixture
def hostile(small):
    (small.root / "table.csv").write_text("t\nmixed\nMixed\n")
    return Hostile(small.root, modules())


COMMANDS = {
    "validate .": 0,
    "validate --frictionless .": 0,
    "check table.csv --column t=types -o findings.parquet": 1,
    "check data/sites.csv --schema datapackage.json": 0,
    "infer table.csv -o schema.json": 0,
    "diff . .": 0,
    "release . --date 2026-12-24": 0,
    "stamp .": 0,
    "annotate table.csv --column t -o out.csv": 0,
    "normalize table.csv --column t -o out.parquet": 0,
    "show types": 0,
}


def test_decoys_leave_a_mark(hostile):
    """Without protection, as `python -c` imports from the current folder.

    With -S, nothing that measures coverage imports the module before.
    """
    hostile.run(sys.executable, "-S", "-c", "import json")
    assert hostile.imported() == "json "


@pytest.mark.skipif(not SCRIPT.exists(), reason="the script bonemet-data is not installed")
@pytest.mark.parametrize(("command", "status"), COMMANDS.items())
def test_no_module_is_imported_from_the_folder_under_judgment(hostile, command, status):
    done = hostile.run(SCRIPT, *command.split())
    assert done.returncode == status, done.stderr
    assert hostile.imported() == ""


def test_no_module_is_imported_by_the_module_as_a_program_in_safe_mode(hostile):
    done = hostile.run(sys.executable, "-P", "-m", "bonemet_data", "validate", ".")
    assert done.returncode == 0, done.stderr
    assert hostile.imported() == ""


def test_no_dependency_is_imported_by_the_module_as_a_program(hostile):
    """Python itself imports parts of the standard library before this package can prevent it."""
    for path in hostile.root.glob("*.py"):
        if path.stem == "bonemet_data" or path.stem in sys.stdlib_module_names:
            path.unlink()
    done = hostile.run(sys.executable, "-m", "bonemet_data", "validate", "--frictionless", ".")
    assert done.returncode == 0, done.stderr
    assert hostile.imported() == ""


@pytest.mark.slow
@pytest.mark.skipif(not HAS_JAVA or os.name == "nt", reason="Spark needs Java")
def test_no_module_is_imported_by_the_workers_of_spark(hostile):
    done = hostile.run(SCRIPT, "check", "table.csv", "--column", "t=types", "--engine", "spark")
    assert done.returncode == 1, done.stderr
    assert "1 error in 2 rows" in done.stdout
    assert hostile.imported() == ""
