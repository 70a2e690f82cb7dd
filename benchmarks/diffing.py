"""What comparing two tables of a million rows costs, as a ratio to plain pandas in the same run.

Run it with  python benchmarks/diffing.py [ROWS] . The peer reads both files with pandas, merges
them by key and compares the columns: the least that any comparison by key has to do.
"""

import json
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

import bonemet_data as bm

SCHEMA = {
    "fields": [
        {"name": "id", "type": "integer"},
        *({"name": name, "type": "string"} for name in ("symptom", "type", "note", "date")),
    ],
    "primaryKey": "id",
}


def write(root: Path, rows: int, changed: int) -> None:
    """Write a package with one table, in which every Nth note differs."""
    root.mkdir()
    resource = {"name": "cohort", "path": "cohort.csv", "schema": SCHEMA}
    descriptor = {"name": "cohort", "version": "1.0.0", "resources": [resource]}
    (root / "datapackage.json").write_text(json.dumps(descriptor))
    with (root / "cohort.csv").open("w") as file:
        file.write("id,symptom,type,note,date\n")
        for at in range(rows):
            note = "changed" if changed and at % changed == 0 else f"note {at % 97}"
            file.write(f"{at},pain,osteolytic,{note},2026-01-{at % 28 + 1:02}\n")


def merge(old: Path, new: Path) -> int:
    """Count the cells that differ, with plain pandas."""
    frames = [
        pd.read_csv(place / "cohort.csv", dtype=object, na_filter=False) for place in (old, new)
    ]
    both = frames[0].merge(frames[1], on="id", how="outer", suffixes=("", "_new"))
    columns = [name for name in frames[0].columns if name != "id"]
    return sum(int((both[name] != both[f"{name}_new"]).sum()) for name in columns)


def main() -> None:
    """Print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as folder:
        old, new = Path(folder, "old"), Path(folder, "new")
        write(old, rows, changed=0)
        write(new, rows, changed=1000)
        start = time.perf_counter()
        expected = merge(old, new)
        peer = time.perf_counter() - start
        start = time.perf_counter()
        found = len(bm.diff(old, new).changes)
        ours = time.perf_counter() - start
        if found != expected:
            sys.exit(f"{found} changes were found, and {expected} cells differ")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows} rows, {found} changed cells: diff {ours:.2f} s, pandas {peer:.2f} s")
    print(f"diff / pandas: {ours / peer:.2f}; peak memory of both {peak:.0f} MiB")


if __name__ == "__main__":
    main()
