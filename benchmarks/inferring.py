"""What inferring a schema costs, as a ratio to the inference of Polars and frictionless.

Run it with  python benchmarks/inferring.py [ROWS] . Each candidate runs in a process of its own.
Polars infers types from all rows, and loads the table; frictionless looks at 100 rows only, which
is its default. The table is also read four times over: the peak of memory must stay as it is.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

import bonemet_data as bm


def write(path: Path, rows: int) -> None:
    """Write a table of ten columns: ids, numbers, dates, codes, marks and text."""
    random = np.random.default_rng(1)
    frame = pl.DataFrame(
        {
            "record_id": np.arange(rows),
            "mrn": random.integers(0, 10**9, rows),
            "age": random.integers(18, 99, rows),
            "dose": random.random(rows).round(4),
            "born": random.integers(-10_000, 10_000, rows).astype(np.int32),
            "sex": random.choice(["m", "f"], rows),
            "lesion_type": random.choice(["mixed", "osteolytic", "osteoblastic"], rows),
            "grade": random.choice(["NA", "1", "2", "3"], rows),
            "note": random.integers(0, 10**6, rows),
            "seen": random.integers(10**9, 2 * 10**9, rows),
        }
    )
    frame.with_columns(
        pl.format("P{}", pl.col("record_id").cast(pl.String).str.zfill(9)),
        pl.col("mrn").cast(pl.String).str.zfill(9),
        pl.col("born").cast(pl.Date).dt.to_string("%d.%m.%Y"),
        pl.format("note {}", "note"),
        pl.from_epoch("seen").dt.to_string("%Y-%m-%d %H:%M:%S"),
    ).write_csv(path)


def infer(path: Path) -> None:
    """Infer with this package."""
    bm.infer(path)


def infer_four_times(path: Path) -> None:
    """Infer from four times the rows."""
    bm.infer([path] * 4)


def polars(path: Path) -> None:
    """Infer types from all rows with Polars."""
    pl.scan_csv(path, infer_schema_length=None).collect()


def frictionless(path: Path) -> None:
    """Infer types from the first rows with frictionless."""
    from frictionless import describe, system

    with system.use_context(trusted=True):
        describe(str(path))


CANDIDATES: dict[str, Callable[[Path], None]] = {
    each.__name__: each for each in (polars, infer, infer_four_times, frictionless)
}


def measure(candidate: str, path: Path) -> None:
    """Print the seconds, the seconds of all cores, and the peak in MiB of a candidate."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    CANDIDATES[candidate](path)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps([seconds, work, after.ru_maxrss / 1024]))


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], Path(sys.argv[3]))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        write(path, rows)
        print(f"{rows:,} rows of 10 columns; the ratios are to Polars")
        first: list[float] = []
        for candidate in CANDIDATES:
            command = [sys.executable, __file__, "--measure", candidate, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds, work, peak = json.loads(done.stdout.splitlines()[-1])
            first = first or [seconds, work]
            print(
                f"{candidate:<17} {seconds:6.2f} s ({seconds / first[0]:5.2f})  "
                f"{work:6.2f} s of all cores ({work / first[1]:5.2f})  {peak:5.0f} MiB"
            )


if __name__ == "__main__":
    main()
