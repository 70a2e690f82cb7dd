"""Compare validating other people's packages with frictionless, in one process after imports.

Figures: the packages of `tests/standard/corpus`, which have few rows each, so that fixed costs
decide; a table with 100,000 rows and 500 findings; a table with 10,000 fields; tables with 11,000
rows of several shapes; and all packages but the two large ones together. Packages with remote data
are left out, since frictionless fetches them. Times are CPU times of all threads.

Usage:
    python benchmarks/validating_corpus.py
"""

import gzip
import hashlib
import json
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import frictionless  # noqa: E402
import polars as pl  # noqa: E402

import bonemet_data as bm  # noqa: E402
from tests.standard.corpus import CASES  # noqa: E402
from tests.standard.corpus.case import package, resource  # noqa: E402

RUNS = 3
TOTAL_LIMIT = 0.5
FINDINGS_LIMIT = 0.2
FIELDS_SECONDS = 2.0


def ours(folder: Path) -> None:
    """Validate a package, which may be refused."""
    with suppress(bm.BonemetError):
        bm.validate_package(folder)


def theirs(folder: Path) -> None:
    """Validate a package with frictionless, and survive its exceptions."""
    try:
        frictionless.validate(str(folder / "datapackage.json"), limit_errors=10**6)
    except Exception as error:
        print(f"frictionless: {type(error).__name__} in {folder.name}", file=sys.stderr)


def seconds(validate: Callable[[Path], None], folders: Sequence[Path], runs: int = RUNS) -> float:
    """Return the median CPU time of validating all packages."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        for folder in folders:
            validate(folder)
        times.append(time.process_time() - start)
    return statistics.median(times)


def write(folder: Path, descriptor: Any, text: str) -> Path:
    """Write a package of one table."""
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return folder


def many_rows(folder: Path) -> Path:
    """Write 100,000 rows with 500 wrong cells."""
    fields: list[str | Mapping[str, Any]] = [
        {"name": "id", "type": "integer", "constraints": {"unique": True}},
        {"name": "day", "type": "date"},
        {"name": "age", "type": "integer", "constraints": {"minimum": 0, "maximum": 120}},
        {"name": "weight", "type": "number"},
        {"name": "kind", "type": "string", "constraints": {"enum": ["a", "b"]}},
    ]
    lines = ["id,day,age,weight,kind"]
    for number in range(100_000):
        kind = "x" if number % 200 == 0 else "a"
        day = f"2024-01-{number % 28 + 1:02}"
        lines.append(f"{number},{day},{number % 120},{number / 8},{kind}")
    return write(folder, package(resource(fields)), "\n".join(lines) + "\n")


def many_fields(folder: Path) -> Path:
    """Write a table with 10,000 fields and 3 rows."""
    names = [f"f{number}" for number in range(10_000)]
    fields = [{"name": name, "type": "integer"} for name in names]
    row = ",".join("1" for _ in names)
    text = "\n".join([",".join(names), row, row, row]) + "\n"
    return write(folder, package(resource(fields)), text)


def shapes(root: Path) -> dict[str, Path]:
    """Write packages with 11,000 rows each, of several shapes."""
    numbers = range(11_000)

    def columns(kind: str, count: int, **properties: Any) -> list[Mapping[str, Any]]:
        return [{"name": f"c{at}", "type": kind, **properties} for at in range(count)]

    def csv(count: int, cell: Callable[[int, int], object]) -> str:
        header = ",".join(f"c{at}" for at in range(count))
        rows = (",".join(str(cell(row, at)) for at in range(count)) for row in numbers)
        return "\n".join([header, *rows]) + "\n"

    def keyed(**properties: Any) -> Mapping[str, Any]:
        return resource(None, schema={"fields": columns("integer", 2), **properties})

    strings = csv(10, lambda row, at: f"text {row} {at}")
    pairs = csv(2, lambda row, _: row)
    dates = csv(3, lambda row, at: f"{row % 28 + 1:02}/{at + 1:02}/20{row % 90 + 10}")
    objects = [{"c0": row, "c1": f"text {row}"} for row in numbers]
    half = len(pairs[: len(pairs) // 2].rpartition("\n")[0]) + 1
    mixed = [*columns("integer", 1), *columns("string", 2)[1:]]
    target = resource(columns("integer", 2), name="u", path="t.csv")
    reference = {"fields": "c0", "reference": {"resource": "u", "fields": "c1"}}
    table = resource(columns("string", 10)) | {"profile": "tabular-data-resource"}
    v1 = package(table, profile="tabular-data-package")
    descriptors: dict[str, tuple[Any, str]] = {
        "strings": (package(resource(columns("string", 10))), strings),
        "numbers": (package(resource(columns("number", 10))), csv(10, lambda r, at: r / (at + 3))),
        "dates with a pattern": (package(resource(columns("date", 3, format="%d/%m/%Y"))), dates),
        "primary key": (package(keyed(primaryKey=["c0"])), pairs),
        "foreign key": (package(keyed(foreignKeys=[reference]), target), pairs),
        "100 fields": (
            package(resource(columns("integer", 100))),
            csv(100, lambda row, at: row + at),
        ),
        "version 1": ({k: v for k, v in v1.items() if k != "$schema"}, strings),
        "MD5 checksum": (
            package(
                resource(columns("string", 10))
                | {"hash": hashlib.md5(strings.encode()).hexdigest(), "bytes": len(strings)}
            ),
            strings,
        ),
        "gz": (package(resource(columns("string", 10), path="t.csv.gz")), strings),
        "two files": (package(resource(columns("integer", 2), path=["t.csv", "b.csv"])), pairs),
        "latin-1": (
            package(resource(columns("string", 2), encoding="iso-8859-1")),
            csv(2, lambda row, _: f"K\u00f6ln {row}"),
        ),
        "semicolons and comments": (
            package(
                resource(columns("integer", 2), dialect={"delimiter": ";", "commentChar": "#"})
            ),
            "#\n" + pairs.replace(",", ";"),
        ),
        "JSON": (package(resource(mixed, path="t.json")), ""),
        "inline": (package({k: v for k, v in resource(mixed).items() if k != "path"}
                   | {"data": objects}), ""),
        "xlsx": (package(resource(columns("integer", 2), path="t.xlsx")), ""),
    }  # fmt: skip
    written = {}
    for number, (title, (descriptor, text)) in enumerate(descriptors.items()):
        folder = write(root / f"shape{number}", descriptor, text)
        (folder / "t.csv.gz").write_bytes(gzip.compress(text.encode()))
        (folder / "t.json").write_text(json.dumps(objects), encoding="utf-8")
        if title == "latin-1":
            (folder / "t.csv").write_text(text, encoding="iso-8859-1")
        if title == "two files":
            (folder / "t.csv").write_text(text[:half], encoding="utf-8")
            (folder / "b.csv").write_text("c0,c1\n" + text[half:], encoding="utf-8")
        if title == "xlsx":
            pl.DataFrame({"c0": numbers, "c1": numbers}).write_excel(folder / "t.xlsx")
        assert bm.validate_package(folder).valid, (title, str(bm.validate_package(folder))[:500])
        written[title] = folder
    return written


def main() -> None:
    """Print the times and their ratios."""
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        folders = []
        for number, case in enumerate(CASES):
            if "://example.org" not in json.dumps(case.descriptor):
                (root / str(number)).mkdir()
                folders.append(case.write(root / str(number)))
        rows, fields = many_rows(root / "rows"), many_fields(root / "fields")
        ours(folders[0])  # import what is imported late
        theirs(folders[0])
        total = [0.0, 0.0]
        for title, chosen, runs, limit in [
            ("100,000 rows, 500 findings", [rows], RUNS, f"ratio {FINDINGS_LIMIT}"),
            ("10,000 fields", [fields], 1, f"{FIELDS_SECONDS} s"),
            *((title, [folder], RUNS, "ratio 1") for title, folder in shapes(root).items()),
            (f"corpus of {len(folders)} packages", folders, RUNS, None),
        ]:
            times = [seconds(validate, chosen, runs) for validate in (ours, theirs)]
            show(title, times, limit)
            if chosen not in ([rows], [fields]):
                total = [sum(pair) for pair in zip(total, times, strict=True)]
        show("corpus and shapes together", total, f"ratio {TOTAL_LIMIT}")


def show(title: str, times: Sequence[float], limit: str | None) -> None:
    """Print the two times and their ratio."""
    own, peer = times
    suffix = f"   (limit: {limit})" if limit else ""
    print(
        f"{title:32}  {own:7.2f} s   frictionless {peer:7.2f} s   ratio {own / peer:6.3f}{suffix}"
    )


if __name__ == "__main__":
    main()
