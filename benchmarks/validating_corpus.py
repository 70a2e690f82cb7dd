"""Compare validating other people's packages with frictionless, in one process after imports.

Three figures: the packages of `tests/standard/corpus` together, a table with 100,000 rows and 500
findings, and a table with 10,000 fields. Packages with remote data are left out, since frictionless
fetches them.

Usage:
    python benchmarks/validating_corpus.py
"""

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

import bonemet_data as bm  # noqa: E402
from tests.standard.corpus import CASES  # noqa: E402
from tests.standard.corpus.case import package, resource  # noqa: E402

RUNS = 3
CORPUS_LIMIT = 0.5
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
    """Return the median time of validating all packages."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        for folder in folders:
            validate(folder)
        times.append(time.perf_counter() - start)
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
        for title, chosen, runs, limit in [
            (f"corpus of {len(folders)} packages", folders, RUNS, f"ratio {CORPUS_LIMIT}"),
            ("100,000 rows, 500 findings", [rows], RUNS, f"ratio {FINDINGS_LIMIT}"),
            ("10,000 fields", [fields], 1, f"{FIELDS_SECONDS} s"),
        ]:
            own, peer = (seconds(validate, chosen, runs) for validate in (ours, theirs))
            print(f"{title:32}  {own:7.2f} s   frictionless {peer:7.2f} s   ratio {own / peer:6.3f}"
                  f"   (limit: {limit})")  # fmt: skip


if __name__ == "__main__":
    main()
