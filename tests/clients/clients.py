"""The programs that read the data package without its Python package, and how to run them."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
_JARS = (Path("/usr/share/java/commons-csv.jar"), Path("/usr/share/java/gson.jar"))


@dataclass(frozen=True)
class Client:
    """A program in `programs/`, and what it needs.

    It runs in the folder of the data package, and prints an object of tables: each has `rows`, and
    `types` if the columns have types in the client. With `--defaults` it uses no options.
    """

    name: str
    program: str
    command: tuple[str, ...]
    """How to run the program, without its path."""
    options: str = ""
    """The options that keep values, types and missing values, in Markdown; empty if none do."""
    files: tuple[Path, ...] = ()
    """Files that must exist."""
    programs: tuple[str, ...] = ()
    """Further programs that must be in PATH."""
    library: str = ""
    """A package of R that must be installed."""
    slow: bool = False

    @property
    def modes(self) -> tuple[str, ...]:
        """The keys of its outcomes: with options, and without."""
        return ("options", "defaults") if self.options else ("defaults",)

    @property
    def absent(self) -> str:
        """Why the client cannot run here, or empty text."""
        programs = (self.command[0], *self.programs)
        missing = [program for program in programs if shutil.which(program) is None]
        missing += [path.name for path in self.files if not path.exists()]
        if self.library and not missing:
            find = ("Rscript", "-e", f"find.package(c('jsonlite', '{self.library}'))")
            if subprocess.run(find, capture_output=True, check=False).returncode:
                missing.append(f"the package {self.library} or jsonlite of R")
        return f"{self.name}: {', '.join(missing)} not found" if missing else ""

    def need(self) -> None:
        """Skip the test of an absent client, or fail it where all clients must be there."""
        if self.absent and os.environ.get("BONEMET_CLIENTS") == "all":
            pytest.fail(f"{self.absent}. Run tests/clients/install.sh as root.")
        if self.absent:
            pytest.skip(self.absent)

    def read(self, mode: str, root: Path = ROOT) -> dict[str, Any]:
        """Run the program in a package and return the tables that it prints; decimals are exact."""
        command = [*self.command, str(FOLDER / "programs" / self.program)]
        if mode == "defaults":
            command.append("--defaults")
        done = subprocess.run(
            command, cwd=root, capture_output=True, check=False, env={**os.environ, **_ENVIRONMENT}
        )
        if done.returncode:
            message = f"{' '.join(command)}: {done.stderr.decode(errors='replace')}"
            raise RuntimeError(message)
        tables: dict[str, Any] = json.loads(done.stdout.decode("utf-8"), parse_float=Decimal)
        return tables


_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    # A short run ends before Java's second compiler pays: Spark needs half of the time.
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
_PYTHON = (sys.executable,)
_R = ("Rscript", "--vanilla")
_NODE = ("node",)
_JAVA = ("java", "-cp", os.pathsep.join(map(str, _JARS)))

CLIENTS = (
    Client("Python, csv", "read_csv.py", _PYTHON, "`cell or None`"),
    Client(
        "pandas",
        "read_pandas.py",
        _PYTHON,
        '`dtype=` from the schema, `keep_default_na=False`, `na_values=[""]`',
    ),
    Client("Polars", "read_polars.py", _PYTHON, "`schema=` from the schema"),
    Client(
        "PyArrow",
        "read_pyarrow.py",
        _PYTHON,
        '`column_types=` from the schema, `null_values=[""]`, `strings_can_be_null=True`',
    ),
    Client("DuckDB", "read_duckdb.py", _PYTHON, "`dtype=` from the schema"),
    Client(
        "Spark",
        "read_spark.py",
        _PYTHON,
        "`schema=` from the schema, `escape='\"'`",
        slow=True,
    ),
    Client("frictionless", "read_frictionless.py", _PYTHON),
    Client(
        "sqlite3",
        "read_sqlite.sh",
        ("sh",),
        "`CREATE TABLE` from the schema, `.import --skip 1`, then empty text to `NULL` and `true` to 1",
        files=(Path("/usr/bin/sqlite3"),),
    ),
    Client(
        "JavaScript, csv-parse",
        "read_csv_parse.mjs",
        _NODE,
        "`cast:` from the schema",
        (MODULES / "csv-parse",),
    ),
    Client(
        "JavaScript, d3-dsv",
        "read_d3_dsv.mjs",
        _NODE,
        "a row conversion from the schema, not `autoType`",
        (MODULES / "d3-dsv",),
    ),
    Client(
        "JavaScript, datapackage",
        "read_datapackage.mjs",
        _NODE,
        files=(MODULES / "datapackage",),
    ),
    Client(
        "R, read.csv",
        "read_csv.R",
        _R,
        '`na.strings = ""`, `encoding = "UTF-8"`, `colClasses =` from the schema',
        library="jsonlite",
    ),
    Client(
        "R, readr",
        "read_readr.R",
        _R,
        '`na = ""`, `col_types =` from the schema',
        library="readr",
    ),
    Client(
        "Java, Commons CSV",
        "ReadCommonsCsv.java",
        _JAVA,
        '`setNullString("")`',
        _JARS,
        ("javac",),
    ),
    Client(
        "LibreOffice",
        "read_libreoffice.py",
        _PYTHON,
        "type *text* for every column",
        files=(Path("/usr/bin/soffice"),),
        slow=True,
    ),
)
