"""mcp: how the server begins and ends; tests/assistant calls its tools."""

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.assistant.conftest import COMMAND, START
from tests.conftest import ROOT


def test_without_the_sdk_the_extra_is_named(run, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("bonemet_data.assistant.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    result = run("mcp")
    assert result.exit_code == 2
    assert "pip install '.[mcp]'" in result.stderr
    assert result.stdout == ""


def test_the_end_of_the_input_ends_the_server():
    done = subprocess.run(
        COMMAND,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_while_it_waits_and_leaves_no_file(number, tmp_path):
    server = subprocess.Popen(
        COMMAND,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    server.stdin.write(f"{json.dumps(START)}\n")
    server.stdin.flush()
    assert json.loads(server.stdout.readline())["id"] == START["id"]
    server.send_signal(number)
    assert server.wait(timeout=30) == 128 + number  # while its standard input is open
    assert server.communicate() == ("", "")
    assert [*tmp_path.iterdir()] == []
