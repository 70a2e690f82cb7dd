"""Measure importing and loading in new processes, as ratios within one run.

Each line compares the fastest of many interleaved runs of two programs with the limit that the
project promises. Run it with `./dev bench`.
"""

import os
import subprocess
import sys
import time

RUNS = 30
PASS = "pass"
IMPORT = "import bonemet_data"
STANDARD = "import csv, json"
RECORDS = "import bonemet_data as bm; bm.load('symptoms', engine='records')"
PANDAS = "import pandas"
FRAME = "import bonemet_data as bm; bm.load('symptoms')"


def fastest(*programs: str) -> dict[str, float]:
    """Return the fastest time of each program in new processes, in milliseconds."""
    env = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    best = dict.fromkeys(programs, float("inf"))
    for _ in range(RUNS + 1):  # the first run also writes bytecode
        for program in programs:
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", program], check=True, env=env)
            best[program] = min(best[program], (time.perf_counter() - start) * 1000)
    return best


def main() -> None:
    """Print the table of measured values and limits."""
    best = fastest(PASS, IMPORT, STANDARD, RECORDS, PANDAS, FRAME)
    print(f"{'what':<44} {'measured':>10} {'limit':>10}")
    for what, measured, limit in (
        ("import bonemet_data, over bare Python", f"{best[IMPORT] - best[PASS]:.1f} ms", "10 ms"),
        (
            "load(engine='records') / import csv, json",
            f"{best[RECORDS] / best[STANDARD]:.2f}",
            "2.00",
        ),
        ("load() / import pandas", f"{best[FRAME] / best[PANDAS]:.2f}", ""),
        ("load(), over import pandas", f"{best[FRAME] - best[PANDAS]:.1f} ms", "30 ms"),
    ):
        print(f"{what:<44} {measured:>10} {limit:>10}")


if __name__ == "__main__":
    main()
