"""Run the clients that are present and write what they read into results.json.

Usage:
    python -m tests.clients.measure

The entries of absent clients stay. Then run: python docs/build.py
"""

import json
import sys
from typing import Any

from bonemet_data.atomic import write_atomically

from .clients import CLIENTS, FOLDER
from .outcome import compare

RESULTS = FOLDER / "results.json"


def results() -> dict[str, dict[str, Any]]:
    """Return the recorded outcomes by client and mode."""
    recorded: dict[str, dict[str, Any]] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return recorded


def main() -> None:
    """Write the outcomes; absent clients are named on standard error."""
    recorded = results() if RESULTS.exists() else {}
    measured = {}
    for client in CLIENTS:
        if client.absent:
            print(client.absent, file=sys.stderr)
            measured[client.name] = recorded[client.name]
        else:
            measured[client.name] = {
                mode: compare(client.read(mode)).record() for mode in client.modes
            }
    text = json.dumps(measured, indent=2, ensure_ascii=False) + "\n"
    write_atomically(RESULTS, text.encode())


if __name__ == "__main__":
    main()
