"""mcp: tests/assistant starts the server; here is what happens without the SDK."""

import sys


def test_without_the_sdk_the_extra_is_named(run, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("bonemet_data.assistant.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    result = run("mcp")
    assert result.exit_code == 2
    assert "pip install '.[mcp]'" in result.stderr
    assert result.stdout == ""


def test_the_end_of_the_input_ends_the_server(run):
    result = run("mcp")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
