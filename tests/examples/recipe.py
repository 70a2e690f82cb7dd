"""A recipe: a folder of examples/ and its page, whose commands run with the tool that they name."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

OVERVIEW = ROOT / "docs" / "how-to" / "pipelines.md"
_RELEASED_BEFORE = "2026-11-28"
"""Day of the versions that are installed: the tools need other ones than constraints.txt has."""
_CLOSED_PORT = "http://127.0.0.1:9"
_SETTINGS = {
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "DO_NOT_TRACK": "1",
    "PYTHONUTF8": "1",
    "GX_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # No request leaves this machine.
    "HTTP_PROXY": _CLOSED_PORT,
    "HTTPS_PROXY": _CLOSED_PORT,
    "NO_PROXY": "127.0.0.1,localhost",
}
_OTHER_ENVIRONMENTS = {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"}


@dataclass(frozen=True)
class Recipe:
    """A folder of examples/ and the page that explains it."""

    name: str

    @property
    def page(self) -> Path:
        """The page that shows the files and commands of the recipe."""
        return ROOT / "docs" / "how-to" / f"{self.name.replace('_', '-')}.md"

    def blocks(self, language: str) -> list[str]:
        """Return the blocks of a language on the page."""
        text = self.page.read_text(encoding="utf-8")
        return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)

    def copy(self, target: Path) -> Path:
        """Copy the files that the page and the overview show, and return the recipe's folder."""
        for page in (OVERVIEW, self.page):
            for name in re.findall(r"\{literalinclude\} (\S+)", page.read_text(encoding="utf-8")):
                source = (page.parent / name).resolve()
                file = target / source.relative_to(ROOT / "examples")
                file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, file)
        return target / self.name

    def install(self, folder: Path) -> "Environment":
        """Run the first command of the page in a new environment, or skip the test."""
        python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        program, verb, *packages = shlex.split(self.blocks("sh")[0])
        assert (program, verb) == ("pip", "install"), self.page
        editable = [part for each in packages for part in (["-e"] * (each[0] == ".") + [each])]
        uv = (sys.executable, "-m", "uv", "--quiet")
        for command in (
            (*uv, "venv", "--python", sys.executable, folder),
            (*uv, "pip", verb, "--python", python, "--exclude-newer", _RELEASED_BEFORE, *editable),
        ):
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                reason = f"{self.name} cannot be installed here: {done.stderr.strip()}"
                absent = pytest.fail if os.environ.get("BONEMET_CLIENTS") == "all" else pytest.skip
                absent(reason)
        return Environment(python.parent)


@dataclass(frozen=True)
class Environment:
    """The programs of an installed tool."""

    programs: Path

    def run(self, commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run the commands of a block in a folder, with a home folder beside it."""
        home = folder.parent / "home"
        (home / "dagster").mkdir(parents=True, exist_ok=True)
        (home / "dagster" / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
        inherited = {
            name: value for name, value in os.environ.items() if name not in _OTHER_ENVIRONMENTS
        }
        return subprocess.run(
            ["sh", "-e", "-c", commands],
            cwd=folder,
            env={
                **inherited,
                **_SETTINGS,
                "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
                "HOME": str(home),
                "AIRFLOW_HOME": str(home / "airflow"),
                "DAGSTER_HOME": str(home / "dagster"),
                "PREFECT_HOME": str(home / "prefect"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
