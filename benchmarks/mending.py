"""What the fix loop costs: check with fixes beside check, and apply beside a copy, in one run.

Run `python benchmarks/mending.py [ROWS] [ROUNDS]`. One cell in 200 is broken, in 1,000 distinct
ways. Each candidate runs in a process of its own, in turn; the best time, the least time of the
CPU and the peak memory of each are printed.
"""

import csv
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import bonemet_data as bm

NAMES = {"osteolytic": "Osteolytic", "osteoblastic": "Osteoblastic", "mixed": "Mixed"}
COLUMNS = {"lesion_type": "types", "symptom": "symptoms"}


def write_cohort(path: Path, rows: int) -> None:
    """Write a cohort with notes in quotes, in which one cell in 200 is broken."""
    rng = random.Random(7)
    types, symptoms = [*NAMES], [*bm.symptoms()["symptom_id"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n").writerow
        write(["record_id", "lesion_type", "symptom", "age", "note"])
        for number in range(rows):
            kind, symptom = rng.choice(types), rng.choice(symptoms)
            if not number % 100:
                kind, symptom = NAMES[kind], f"pain, grade {rng.randrange(1000)}"
            note = f'seen at visit {number}, "stable"'
            write([f"r{number:08}", kind, symptom, rng.randrange(100), note])


def check(folder: Path) -> None:
    """Check the cohort."""
    bm.check(folder / "cohort.csv", columns=COLUMNS)


def check_with_fixes(folder: Path) -> None:
    """Check the cohort, and write its fixes."""
    from bonemet_data.mending.fixes_file import write_fixes

    target = folder / "fixes.csv"
    target.unlink(missing_ok=True)
    write_fixes(target, bm.check(folder / "cohort.csv", columns=COLUMNS).groups)


def copy(folder: Path) -> None:
    """Copy the cohort."""
    shutil.copyfile(folder / "cohort.csv", folder / "copy.csv")


def apply(folder: Path) -> None:
    """Replace the broken names of types, and every fifth broken symptom."""
    fixes = bm.check(folder / "cohort.csv", columns=COLUMNS).fixes()
    others = fixes["replacement"].isna() & (fixes.index % 5 == 0)
    fixes.loc[others, "replacement"] = "bone_pain"
    start = time.perf_counter()
    applied = bm.apply(
        folder / "cohort.csv", fixes, output=folder / "clean.csv", log=folder / "log.csv"
    )
    print(f"apply alone: {time.perf_counter() - start:.2f} s; {applied}", file=sys.stderr)


CANDIDATES: tuple[Callable[[Path], None], ...] = (check, check_with_fixes, copy, apply)


def run(candidate: str, folder: Path) -> tuple[float, float, int]:
    """Return the seconds, those of the CPU, and the peak memory in MiB of a candidate."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, candidate, str(folder)])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{candidate} failed")
    cpu = usage.ru_utime + usage.ru_stime
    return time.perf_counter() - start, cpu, usage.ru_maxrss // 1024


def main() -> None:
    """Run all candidates, and print a table."""
    numbers = [int(text) for text in sys.argv[1:]]
    rows, rounds = [*numbers, *(2_000_000, 3)[len(numbers) :]]
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_cohort(folder / "cohort.csv", rows)
        size = (folder / "cohort.csv").stat().st_size
        print(f"{rows:,} rows, {size / 1e6:,.0f} MB")
        runs: dict[str, list[tuple[float, float, int]]] = {each.__name__: [] for each in CANDIDATES}
        for _ in range(rounds):
            for candidate, results in runs.items():
                results.append(run(candidate, folder))
    for candidate, results in runs.items():
        seconds, cpu, memory = zip(*results, strict=True)
        print(
            f"{candidate:<16}  {min(seconds):6.2f} s  CPU {min(cpu):6.2f} s  {max(memory):6,} MiB"
        )
    for index, name in enumerate(("time", "CPU time")):
        with_fixes, without = (
            min(result[index] for result in runs[each.__name__])
            for each in (check_with_fixes, check)
        )
        print(f"check with fixes / check, {name}: {with_fixes / without:.2f}")


if __name__ == "__main__":
    by_name = {candidate.__name__: candidate for candidate in CANDIDATES}
    if len(sys.argv) == 3 and sys.argv[1] in by_name:
        by_name[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
