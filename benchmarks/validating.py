"""Compare validating the package with `frictionless validate`, as whole processes in one run.

frictionless runs in a virtual environment that holds nothing else, so that it imports only what
it needs. The script creates one in a temporary folder, or uses the one that is given.

Usage:
    python benchmarks/validating.py [FOLDER_OF_THE_ENVIRONMENT]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 9
LIMIT = 1.0


def seconds(command: Sequence[str]) -> float:
    """Return the wall-clock time of a command that must succeed."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def install_frictionless(folder: Path) -> None:
    """Create a virtual environment with frictionless, at the version that the tests use."""
    venv.create(folder, with_pip=True)
    constraints = str(ROOT / "constraints.txt")
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--constraint", constraints, "frictionless"], check=True)


def main() -> None:
    """Print the median times and their ratio."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        if len(sys.argv) == 1:
            install_frictionless(folder)
        ours = [sys.executable, "-m", "bonemet_data", "validate", "."]
        theirs = [str(folder / "bin" / "frictionless"), "validate", "datapackage.json"]
        times = [(seconds(ours), seconds(theirs)) for _ in range(RUNS + 1)][1:]
    own, peer = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"bonemet-data validate   {own:6.2f} s")
    print(f"frictionless validate   {peer:6.2f} s")
    print(f"ratio                   {own / peer:6.2f}   (limit {LIMIT})")


if __name__ == "__main__":
    main()
