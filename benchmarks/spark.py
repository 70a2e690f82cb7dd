"""What checking a cohort on Spark costs, from Spark's own metrics, on this machine.

Run it with  python benchmarks/spark.py [ROWS] [ROUNDS] . It makes the cohort of checking.py, checks
it on a local Spark with two cores that has checked a little before, each time in a process of its
own, and prints of the best round the time, the time of all tasks together, what is shuffled and
cached for each row, and the peak memory of a Python worker. At last it plans the check of 10
billion rows, without reading any, and sorts one bucket of their hashes, for the memory that these
take.
"""

import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import checking
import numpy as np
import pyarrow as pa
import pyspark
from pyspark.sql import SparkSession

import bonemet_data as bm
from bonemet_data.checking.keys import BatchStart
from bonemet_data.checking.spark.key_exchange import BUCKETS, repeated_members
from bonemet_data.checking.spark.pieces import blocks, pieces
from bonemet_data.reading.chunks import Survey
from bonemet_data.reading.tables import CsvTable

MANY = 10_000_000_000
CORES = 2
HEADER = (
    *("data", "engine", "key", "seconds", "task seconds", "shuffled, bytes a row"),
    *("cached, bytes a row", "a worker's peak, MiB", "failures found"),
)
PLAN = (
    ("clean.csv", "polars", True),
    ("clean.csv", "spark", True),
    ("clean.csv", "spark", False),
    ("broken.csv", "spark", True),
    ("clean.parquet", "spark", True),
)


def session(folder: Path) -> SparkSession:
    """Start a local Spark that logs its metrics into a folder."""
    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.eventLog.compress": False,
        "spark.eventLog.dir": folder.as_uri(),
        "spark.eventLog.enabled": True,
        "spark.eventLog.logBlockUpdates.enabled": True,
        "spark.ui.enabled": False,
        "spark.ui.showConsoleProgress": False,
    }
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = SparkSession.builder.master(f"local[{CORES}]").config(map=settings).getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    small = spark.range(1000).selectExpr("cast(id % 990 as string) as t")
    bm.check(small, columns={"t": "types"}, engine="spark")
    return spark


def events(folder: Path) -> Iterator[dict[str, Any]]:
    """Give what Spark logged."""
    for file in sorted(each for each in folder.rglob("*events*") if each.is_file()):
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def metrics(folder: Path, start: float) -> dict[str, float]:
    """Sum the metrics of tasks since some time: seconds, and bytes shuffled and cached."""
    seconds = shuffled = 0.0
    cached: dict[str, int] = {}
    for event in events(folder):
        if event["Event"] == "SparkListenerTaskEnd":
            if event["Task Info"]["Launch Time"] < start * 1000:
                continue
            task = event["Task Metrics"]
            seconds += task["Executor Run Time"] / 1000
            shuffled += task["Shuffle Write Metrics"]["Shuffle Bytes Written"]
        if event["Event"] == "SparkListenerBlockUpdated":
            block = event["Block Updated Info"]
            if block["Block ID"].startswith("rdd_"):
                size = block["Memory Size"] + block["Disk Size"]
                cached[block["Block ID"]] = max(size, cached.get(block["Block ID"], 0))
    return {
        "task_seconds": seconds,
        "shuffled": shuffled,
        "cached": sum(cached.values()),
    }


def worker_peak() -> float:
    """Give the peak memory, in MiB, of the largest Python worker that is still there."""
    peaks = [0.0]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            status = (process / "status").read_text(encoding="utf-8")
        except OSError:
            continue
        if b"pyspark" in command and b"daemon" in command and _ours(process.name):
            peaks.append(int(status.split("VmHWM:")[1].split()[0]) / 1024)
    return max(peaks)


def _ours(process: str) -> bool:
    """Tell whether a process descends from this one."""
    while process not in {"0", "1"}:
        if process == str(os.getpid()):
            return True
        try:
            status = Path("/proc", process, "status").read_text(encoding="utf-8")
        except OSError:
            return False
        process = status.split("PPid:")[1].split()[0]
    return False


def measure(path: Path, engine: str, unique: bool) -> dict[str, Any]:
    """Check once in this process."""
    key = {"required": True, "unique": unique}
    fields = [{**checking.SCHEMA["fields"][0], "constraints": key}, *checking.SCHEMA["fields"][1:]]
    schema = {**checking.SCHEMA, "fields": fields}
    with TemporaryDirectory() as name:
        spark = session(Path(name)) if engine == "spark" else None
        since, start = time.time(), time.perf_counter()
        report = bm.check(path, schema, limit=10, engine=engine, spark=spark)  # type: ignore[arg-type]
        found: dict[str, Any] = {
            "seconds": time.perf_counter() - start,
            "failures": report.errors,
        }
        if spark:
            found["peak"] = worker_peak()
            spark.stop()
            found |= metrics(Path(name), since)
    return found


def plan(path: Path, rows: int) -> tuple[int, float]:
    """Plan the check of many such rows; return the number of chunks, and the peak in MiB."""
    table = CsvTable(path, path.name, ",")
    table.size = (table.size or 0) * (MANY // rows)
    tracemalloc.start()
    surveys = [
        Survey(block.end - block.start, 0, (1, 0)) for block in blocks(0, table) if block.end
    ]
    chunks = list(pieces(0, table, surveys))
    starts = {(c.piece_id, 0): BatchStart(c.start, c.start, c.start) for c in chunks}
    return len(starts), tracemalloc.get_traced_memory()[1] / 2**20


def bucket(batches: int) -> float:
    """Bring together one bucket of as many hashes as many rows have; give the peak in MiB."""
    random = np.random.default_rng(1)
    part = MANY // BUCKETS // batches
    frames = [
        pa.record_batch(
            {
                "relation": [0],
                "bucket": [0],
                "piece_id": [at],
                "batch": [0],
                "hashes": [np.sort(random.integers(0, 2**54, part)).tobytes()],
            }
        )
        for at in range(batches)
    ]
    tracemalloc.start()
    for _ in repeated_members(frames):
        pass
    return tracemalloc.get_traced_memory()[1] / 2**20


def main() -> None:
    """Make the cohorts and print the table."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(Path(sys.argv[2]), sys.argv[3], sys.argv[4] == "True")))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    print(
        f"{rows} rows, {len(checking.NAMES)} columns, {CORES} cores, Spark {pyspark.__version__}\n"
    )
    print("|", " | ".join(HEADER), "|")
    print("|" + "---|" * len(HEADER), flush=True)
    with TemporaryDirectory() as name:
        truths = checking.make(Path(name), rows)
        for file, engine, unique in PLAN:
            path = Path(name, file)
            command = [sys.executable, __file__, "--measure", str(path), engine, str(unique)]
            runs = [
                json.loads(subprocess.check_output(command, text=True).splitlines()[-1])
                for _ in range(rounds)
            ]
            found = min(runs, key=lambda run: run["seconds"])
            wrong = "" if found["failures"] == truths[file] else " (wrong)"
            line = [file, engine, "yes" if unique else "no", f"{found['seconds']:.1f}"]
            for what, size in (("task_seconds", 1), ("shuffled", rows), ("cached", rows)):
                line.append(f"{found[what] / size:.1f}" if what in found else "")
            line.append(f"{found['peak']:.0f}" if "peak" in found else "")
            print("|", " | ".join(line), f"| {found['failures']}{wrong} |", flush=True)
        number, peak = plan(Path(name, "clean.csv"), rows)
        print(f"\n{MANY} rows: {number} blocks, which take {peak:.0f} MiB of the driver's Python.")
        print(f"One of {BUCKETS} buckets of hashes takes {bucket(number):.0f} MiB of a worker.")


if __name__ == "__main__":
    main()
