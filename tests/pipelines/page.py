"""The examples of the page about continuous integration."""

import re
from typing import Any

import yaml

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "how-to" / "ci.md").read_text(encoding="utf-8")

YAML = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


def blocks_with(key: str) -> list[dict[str, Any]]:
    """Return the YAML blocks that have a key at the top."""
    return [block for block in YAML if key in block]


def action_steps() -> list[dict[str, Any]]:
    """Return the steps that use the action."""
    jobs = [job for block in blocks_with("jobs") for job in block["jobs"].values()]
    steps = [step for job in [*jobs, *blocks_with("steps")] for step in job["steps"]]
    return [step for step in steps if step.get("uses") == "OWNER/bonemet-data@REF"]
