"""The table of the documentation that says what each client reads."""

from typing import Any

from .clients import CLIENTS
from .measure import results

HEADER = ("client", "options", "cells equal", "types kept", "missing kept")
_MISSING = {
    "null": "all",
    "empty text": "as empty text",
    "empty text or null": "some as empty text",
}


def rows() -> list[tuple[str, ...]]:
    """Return a row for each client without and with options."""
    recorded = results()
    table = []
    for client in CLIENTS:
        link = f"[{client.name}](../../tests/clients/programs/{client.program})"
        for mode in reversed(client.modes):
            options = client.options if mode == "options" else "none"
            table.append((link, options, *_cells(recorded[client.name][mode])))
    return table


def _cells(outcome: dict[str, Any]) -> tuple[str, str, str]:
    types = "text only" if outcome.get("only_text") else _exceptions(outcome.get("types", {}))
    return _exceptions(outcome.get("cells", {})), types, _MISSING[outcome["missing"]]


def _exceptions(columns: dict[str, str]) -> str:
    """Return "all", or the number of columns that differ with the last of them."""
    if not columns:
        return "all"
    name, difference = list(columns.items())[-1]
    if len(columns) == 1:
        return f"all but `{name}`: {difference}"
    return f"all but {len(columns)} columns, such as `{name}`: {difference}"
