"""Run the steps of action.yml as GitHub does: each script with bash, and files for the results."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class ActionRun:
    """What a run of the action leaves behind."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str


def run_action(
    workspace: Path,
    inputs: Mapping[str, Any],
    temporary: Path,
    outputs_of: Mapping[str, Mapping[str, str]],
) -> ActionRun:
    """Run the action.

    Args:
        workspace: Folder of the repository.
        inputs: The mapping `with` of a step.
        temporary: Folder of the runner.
        outputs_of: For each step that is not run, its outputs.
    """
    unknown = set(inputs) - set(ACTION["inputs"])
    assert not unknown, f"the action has no inputs {unknown}"
    context = {
        f"inputs.{name}": _text(inputs.get(name, declared.get("default", "")))
        for name, declared in ACTION["inputs"].items()
    }
    temporary.mkdir(exist_ok=True)
    summary = temporary / "summary"
    summary.touch()
    status, log = 0, ""
    for step in ACTION["runs"]["steps"]:
        outputs = outputs_of.get(step["id"])
        if outputs is None:
            assert not status, "a step runs although the one before has failed"
            files = {"GITHUB_OUTPUT": temporary / step["id"], "GITHUB_STEP_SUMMARY": summary}
            files["GITHUB_OUTPUT"].touch()
            script = temporary / f"{step['id']}.sh"
            script.write_text(step["run"], encoding="utf-8", newline="")
            done = subprocess.run(
                # https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                cwd=workspace,
                env={
                    **os.environ,
                    "RUNNER_TEMP": str(temporary),
                    "GITHUB_ACTION_PATH": str(ROOT),
                    **{name: str(file) for name, file in files.items()},
                    **{name: _evaluated(text, context) for name, text in step["env"].items()},
                },
                capture_output=True,
                text=True,
                check=False,
            )
            status, log = done.returncode, log + done.stdout + done.stderr
            lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
            outputs = dict(line.split("=", 1) for line in lines)
        context |= {f"steps.{step['id']}.outputs.{name}": text for name, text in outputs.items()}
    return ActionRun(
        status=status,
        log=log,
        outputs={
            name: _evaluated(declared["value"], context)
            for name, declared in ACTION["outputs"].items()
        },
        summary=summary.read_text(encoding="utf-8"),
    )


THIS_PYTHON = {"python": {"python-path": sys.executable}}
"""Outputs of the step that sets up Python: the one that runs the tests."""

CHECKOUT = {**THIS_PYTHON, "install": {"site": str(ROOT)}}
"""Outputs of the steps before the check, for a check with the code of the checkout."""


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _evaluated(text: str, context: Mapping[str, str]) -> str:
    """Replace the expressions of a text; as on GitHub, an unknown property is empty."""
    result = re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: context.get(match[1], ""), text)
    assert "${{" not in re.sub(r"\$\{\{ [\w.-]+ \}\}", "", text), text
    return result
