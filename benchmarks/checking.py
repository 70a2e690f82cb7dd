"""What checking a cohort costs, beside bare parsing and its peers, in one run.

Run it with  python benchmarks/checking.py [ROWS] [ROUNDS] [--write] . It makes the cohort (clean,
with 0.1 % broken cells, and as Parquet), runs each candidate in a process of its own, in turn,
compares the number of failures that each finds with the true one, and prints the best time of
each and its peak memory; with --write also into the last section of
docs/explanation/checking.md. frictionless runs on a million rows.
"""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl

import bonemet_data as bm

VOCABULARIES = {
    "symptom": ("symptoms", "symptom_id"),
    "lesion_type": ("types", "type_id"),
    "cause": ("causes", "cause_id"),
    "treatment": ("treatments", "treatment_id"),
}
SCHEMA: dict[str, Any] = {
    "fields": [
        {"name": "record_id", "type": "string", "constraints": {"required": True, "unique": True}},
        {"name": "visit_id", "type": "string", "constraints": {"required": True}},
        {"name": "age", "type": "integer", "constraints": {"minimum": 0, "maximum": 120}},
        *({"name": name, "type": "string"} for name in VOCABULARIES),
        {"name": "diagnosed", "type": "date"},
        {"name": "note", "type": "string"},
    ],
    "foreignKeys": [
        {
            "fields": [name],
            "reference": {"package": "bonemet-data", "resource": table, "fields": [key]},
        }
        for name, (table, key) in VOCABULARIES.items()
    ],
}
NAMES = [field["name"] for field in SCHEMA["fields"]]
TEXT = dict.fromkeys(NAMES, pl.String)
TYPED = TEXT | {"age": pl.Int64, "diagnosed": pl.Date}
BROKEN = {
    "age": "200",
    "symptom": "Pain",
    "lesion_type": "lytic",
    "cause": "unknown",
    "treatment": "Surgery",
    "diagnosed": "2020-02-30",
}
RATE = 0.001
PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "checking.md"
SECTION = "## Measured\n"
STEP = 1_000_000
PEERS = ("polars", "dataframely", "pandera", "frictionless")


def ids(column: str) -> list[str]:
    """List the ids that a column may hold."""
    table, key = VOCABULARIES[column]
    return [getattr(row, key) for row in bm.load(table, "records")]


def make(folder: Path, rows: int) -> dict[str, int]:
    """Write the cohorts; give the true number of failures of each."""
    random = np.random.default_rng(1)
    failures = 0
    lists = {column: np.array(ids(column)) for column in VOCABULARIES}
    with (folder / "clean.csv").open("wb") as clean, (folder / "broken.csv").open("wb") as broken:
        for start in range(0, rows, STEP):
            size = min(STEP, rows - start)
            numbers = np.arange(start, start + size, dtype=np.uint64)
            shuffled = numbers * np.uint64(2654435761) % np.uint64(2**32)
            frame = pl.DataFrame(
                {
                    "record_id": shuffled,
                    "visit_id": numbers,
                    "age": random.integers(18, 100, size),
                    **{name: random.choice(words, size) for name, words in lists.items()},
                    "diagnosed": random.integers(10957, 20000, size),
                    "note": random.integers(-1000, 1000, size),
                }
            ).with_columns(
                pl.format("P{}", pl.col("record_id").cast(pl.String).str.zfill(10)),
                pl.format("V{}", pl.col("visit_id").cast(pl.String).str.zfill(9)),
                pl.col("diagnosed").cast(pl.Int32).cast(pl.Date),
                note=pl.when(pl.col("note") >= 0).then(pl.format("note {}", "note")),
            )
            frame.write_csv(clean, include_header=not start)
            frame.write_parquet(folder / f"clean-{start:09}.parquet")
            frame = frame.cast(pl.String)
            for column, word in BROKEN.items():
                chosen = random.random(size) < RATE
                failures += int(chosen.sum())
                cell = pl.when(pl.Series(chosen)).then(pl.lit(word)).otherwise(column)
                frame = frame.with_columns(cell.alias(column))
            if not start:  # three records with one id: three failures
                place = pl.int_range(pl.len()).is_in([1, 10, size - 1])
                same = pl.when(place).then(pl.lit("P0000000000x")).otherwise("record_id")
                frame = frame.with_columns(record_id=same)
                failures += 3
            frame.write_csv(broken, include_header=not start)
    parts = sorted(folder.glob("clean-*.parquet"))
    pl.scan_parquet(parts).sink_parquet(folder / "clean.parquet")
    for part in parts:
        part.unlink()
    return {"clean.csv": 0, "broken.csv": failures, "clean.parquet": 0}


def ours(path: Path) -> int:
    """Check with this package."""
    return bm.check(path, SCHEMA, limit=10).errors


def without_uniqueness(path: Path, times: int = 1) -> int:
    """Check all but the key."""
    fields = [dict(SCHEMA["fields"][0], constraints={"required": True}), *SCHEMA["fields"][1:]]
    return bm.check([path] * times, {**SCHEMA, "fields": fields}, limit=10).errors


def four_times(path: Path) -> int:
    """Check all but the key, on four times the rows: memory must stay as it is."""
    return without_uniqueness(path, 4)


def bare(path: Path) -> None:
    """Parse every cell to text, and count."""
    pl.scan_csv(path, schema=TEXT).select(pl.all().count()).collect(engine="streaming")


def bare_typed(path: Path) -> None:
    """Parse numbers and dates as such, and count; Polars takes dates that are none of ours."""
    pl.scan_csv(path, schema=TYPED).select(pl.all().count()).collect(engine="streaming")


def _read(path: Path) -> pl.LazyFrame:
    """Parse leniently, as a peer that checks types needs: what cannot be read is null."""
    if path.suffix == ".parquet":
        return pl.scan_parquet(path)
    day = pl.col("diagnosed").str.to_date("%Y-%m-%d", strict=False)
    return pl.scan_csv(path, schema=TEXT).with_columns(pl.col("age").cast(pl.Int64), day)


def dataframely(path: Path) -> int:
    """Check with dataframely; a lazy validation of clean data, a filter of broken ones."""
    import dataframely as dy  # type: ignore[import-not-found,unused-ignore]

    columns = {
        "record_id": dy.String(nullable=False),
        "visit_id": dy.String(nullable=False),
        "age": dy.Int64(nullable=True, min=0, max=120),
        **{name: dy.String(nullable=True, check=_member(ids(name))) for name in VOCABULARIES},
        "diagnosed": dy.Date(nullable=path.name != "broken.csv"),
        "note": dy.String(nullable=True),
        "unrepeated": dy.rule()(lambda cls: pl.col("record_id").is_unique()),  # noqa: ARG005
    }
    schema: Any = type("Cohort", (dy.Schema,), columns)
    if path.name != "broken.csv":
        valid = schema.validate(_read(path), eager=False)
        valid.select(pl.all().count()).collect(engine="streaming")
        return 0
    _, failure = schema.filter(_read(path).collect())
    return sum(failure.counts().values())


def _member(words: list[str]) -> Callable[[pl.Expr], pl.Expr]:
    return lambda column: column.is_in(words)


def pandera(path: Path) -> int:
    """Check with pandera, eagerly, for lazily it looks at no value."""
    import pandera.polars as pa
    from pandera.errors import SchemaErrors

    strict = path.name != "broken.csv"
    schema = pa.DataFrameSchema(
        {
            "record_id": pa.Column(pl.String, unique=True),
            "visit_id": pa.Column(pl.String),
            "age": pa.Column(pl.Int64, pa.Check.in_range(0, 120), nullable=True),
            **{
                name: pa.Column(pl.String, pa.Check.isin(ids(name)), nullable=True)
                for name in VOCABULARIES
            },
            "diagnosed": pa.Column(pl.Date, nullable=strict),
            "note": pa.Column(pl.String, nullable=True),
        }
    )
    try:
        schema.validate(_read(path).collect(), lazy=True)
    except SchemaErrors as error:
        return int(error.failure_cases.height)
    return 0


def frictionless(path: Path) -> int:
    """Check with frictionless, whose foreign keys stand as enums here."""
    from frictionless import Resource, Schema, system

    fields = [
        dict(field, constraints={"enum": ids(field["name"])})
        if field["name"] in VOCABULARIES
        else field
        for field in SCHEMA["fields"]
    ]
    schema = Schema.from_descriptor({"fields": fields})
    with system.use_context(trusted=True):
        resource = Resource(path=str(path), schema=schema)
        report = resource.validate(limit_errors=10**9)
    return int(report.stats["errors"])


CANDIDATES: dict[str, Callable[[Path], int | None]] = {
    "bare parsing": bare,
    "bare parsing, typed": bare_typed,
    "check": ours,
    "check, nothing unique": without_uniqueness,
    "check, nothing unique, four times the rows": four_times,
    "dataframely": dataframely,
    "pandera": pandera,
    "frictionless": frictionless,
}
PLAN = {
    "clean.csv": tuple(CANDIDATES)[:-1],
    "broken.csv": ("bare parsing", "check", "dataframely", "pandera"),
    "clean.parquet": ("dataframely", "check"),
}
SMALL = 1_000_000
HEADER = """| | seconds | speed | peak MiB | errors found |
|---|---|---|---|---|"""


def measure(candidate: str, path: Path) -> dict[str, Any]:
    """Run a candidate in this process; give its seconds, its peak in MiB and its failures."""
    start = time.perf_counter()
    failures = CANDIDATES[candidate](path)
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    return {"seconds": seconds, "peak": peak, "failures": failures}


def compare(path: Path, candidates: tuple[str, ...], truth: int, rounds: int) -> Iterator[str]:
    """Run candidates in turn, each in a process of its own; give the lines of a table."""
    best: dict[str, dict[str, Any]] = {}
    for _ in range(rounds):
        for candidate in candidates:
            command = [sys.executable, __file__, "--measure", candidate, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                yield f"{candidate} did not run: {done.stderr.splitlines()[-1]}\n"
                continue
            found = json.loads(done.stdout.splitlines()[-1])
            if candidate not in best or found["seconds"] < best[candidate]["seconds"]:
                best[candidate] = found
    first = best[candidates[0]]["seconds"]
    yield HEADER
    for candidate, found in best.items():
        wrong = "" if found["failures"] in {None, truth} else " (wrong)"
        failures = "" if found["failures"] is None else f"{found['failures']:,}{wrong}"
        yield (
            f"| {candidate} | {found['seconds']:.2f} | {first / found['seconds']:.2f} "
            f"| {found['peak']:.0f} | {failures} |"
        )


def tables(rows: int, rounds: int) -> Iterator[str]:
    """Make the cohorts; give what is measured on each, line by line."""
    libraries = [f"{name} {version(name)}" for name in PEERS]
    yield (
        f"{rows:,} rows of {len(NAMES)} columns on {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, {', '.join(libraries)}; the best of {rounds} rounds. Speed "
        "is relative to the first line of each table."
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, truth in make(folder, rows).items():
            path = folder / file
            size = path.stat().st_size / 2**20
            yield f"\n`{file}`, {size:,.0f} MiB, {truth:,} true errors:\n"
            yield from compare(path, PLAN[file], truth, rounds)
        small = folder / "small"
        small.mkdir()
        for file, truth in make(small, min(rows, SMALL)).items():
            if file.endswith(".csv"):
                yield f"\n`{file}`, {min(rows, SMALL):,} rows, {truth:,} true errors:\n"
                yield from compare(small / file, ("frictionless", "check"), truth, rounds)


def main() -> None:
    """Print the tables, and write them where they are shown."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
        return
    numbers = [int(each) for each in sys.argv[1:] if each != "--write"]
    rows, rounds = (*numbers, *(10_000_000, 3)[len(numbers) :])
    lines = []
    for line in tables(rows, rounds):
        print(line, flush=True)
        lines.append(line)
    if "--write" in sys.argv:
        page, _, _ = PAGE.read_text(encoding="utf-8").partition(SECTION)
        text = "\n".join([page + SECTION, *lines, ""])
        PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
