"""The page on assistants: its tools, limits and examples."""

import json
import os
import re
import subprocess
import sys

from bonemet_data.assistant import limits
from bonemet_data.cli import main
from tests.assistant.conftest import COMMAND
from tests.conftest import ROOT

PAGE = (ROOT / "docs/how-to/assistants.md").read_text(encoding="utf-8")


def test_the_page_lists_every_tool_with_its_arguments(served):
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", PAGE, re.MULTILINE)
    assert {name: re.findall(r"`(\w+)`", arguments) for name, arguments in rows} == {
        tool.name: [*tool.input_schema["properties"]] for tool in served.tools
    }


def test_the_page_lists_every_limit():
    numbers = re.findall(r"^\| .+ \| ([0-9,]+) \|$", PAGE, re.MULTILINE)
    constants = [value for name, value in vars(limits).items() if name.isupper()]
    assert sorted(int(number.replace(",", "")) for number in numbers) == sorted(constants)


def test_the_configuration_names_a_command():
    (block,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    (server,) = json.loads(block)["mcpServers"].values()
    assert server["command"] == "bonemet-data"
    (command,) = server["args"]
    assert command in main.commands


def test_the_client_in_python_runs(tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    installed = 'command="bonemet-data", args=["mcp"]'
    assert installed in code
    command, *arguments = COMMAND
    here = f"command={command!r}, args={arguments!r}, env={{'PYTHONPATH': {str(ROOT)!r}}}"
    done = subprocess.run(
        [sys.executable, "-c", code.replace(installed, here)],
        cwd=tmp_path,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "bone_metastasis\n", done.stderr
