"""The progress display."""

import io

import pytest
import rich.console

from bonemet_data.cli.progress import progress


@pytest.mark.parametrize(("terminal", "shown"), [(True, "check: 1,234 rows"), (False, "")])
def test_rows_are_shown_on_a_terminal_only(monkeypatch, terminal, shown):
    stream = io.StringIO()
    console = rich.console.Console(file=stream, force_terminal=terminal, width=80)
    monkeypatch.setattr(rich.console, "Console", lambda **_: console)
    with progress("check") as show:
        show(1234, "more arguments are ignored")
    assert shown in stream.getvalue()
    assert bool(stream.getvalue()) == terminal
