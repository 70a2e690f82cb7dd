"""Run a page of the documentation as its reader would: every block, from top to bottom.

What a block is follows from its language and the sentence before it:

- a file, if the sentence ends with its name in backticks and a colon. If the file exists, because a
  command wrote it, the block must be its content.
- `pycon`: a session of Python. `console`: commands after "$", and what they print.
- `sh`: what the reader installs. npm is run; for pip, the extras must exist.
- `sql`: a query for DuckDB. The block after it, of the language `text`, is its result.
"""

import doctest
import re
import shlex
import shutil
import subprocess
import sys
import tomllib

import duckdb
import pytest
from click.testing import CliRunner

from bonemet_data.cli import main
from tests.conftest import ROOT

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]
DOCS = ROOT / "docs"
RUN = (
    "index.md",
    *sorted(f"tutorials/{page.name}" for page in (DOCS / "tutorials").glob("*.md")),
    "how-to/duckdb.md",
    "how-to/javascript.md",
    "how-to/pandas.md",
    "how-to/polars.md",
    "how-to/r.md",
    "how-to/spreadsheets.md",
    "how-to/sql.md",
)
"""Pages whose blocks run together, from top to bottom."""
_BLOCK = re.compile(r"([^\n]*)\n\n```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^\$ (.*)\n((?:[^$].*\n|\n)*)", re.MULTILINE)


def run_page(page, folder):
    """Run the blocks of a page in a folder that contains the published tables."""
    shutil.copytree(ROOT / "datapackage", folder / "datapackage")
    shutil.copy(ROOT / "datapackage.json", folder)
    names, rows = {}, None
    for before, language, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        file = re.search(r"`([\w./-]+)`[^`]*:$", before)
        if language == "pycon":
            _run_session(block, names, page)
        elif language == "console":
            for command, shown in _COMMAND.findall(block):
                printed = _run_command(shlex.split(command), folder)
                assert doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS), (
                    printed
                )
        elif language == "sh":
            _install(block, folder)
        elif language == "text":
            assert rows == block.splitlines(), page
        elif language == "sql" and not file:
            result = duckdb.sql(block)
            rows = [" | ".join(map(str, row)) for row in (result.columns, *result.fetchall())]
        else:
            assert file, f"{page}: no name of a file before the block {block!r}"
            path = folder / file[1]
            if path.exists():
                assert path.read_text(encoding="utf-8-sig") == block, path
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block, encoding="utf-8")


def _install(block, folder):
    for command in block.splitlines():
        program, verb, *names = shlex.split(command)
        assert verb == "install", command
        if program == "npm":
            install(names, folder)
        else:
            extras = re.fullmatch(r"\.(?:\[([a-z,]+)\])?", names[0])[1]
            assert program == "pip", command
            assert set((extras or "all").split(",")) <= set(EXTRAS), command


def install(names, folder):
    """Install packages of npm in a folder, or skip the test."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed here")
    command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", ".", *names]
    _run_command(command, folder)
    if not (folder / "node_modules").exists():
        pytest.skip(f"npm cannot install {', '.join(names)} here")


def _run_session(block, names, page):
    session = doctest.DocTestParser().get_doctest(block, names, page.stem, str(page), 0)
    printed = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(session, out=printed.append, clear_globs=False)
    names.update(session.globs)
    assert not printed, "".join(printed)


def _run_command(words, folder):
    """Return what a command prints."""
    program, *arguments = words
    if program == "bonemet-data":
        return CliRunner().invoke(main, arguments).output
    if program == "python":
        program = sys.executable
    elif shutil.which(program) is None:
        pytest.skip(f"{program} is not installed here")
    done = subprocess.run(
        [program, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout
