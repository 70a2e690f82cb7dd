"""Export to JSON Lines: one file for each table, one object on each line."""

import json
from pathlib import Path

from ...package.descriptor import Package
from .content import read_content
from .documents import write_descriptor


def write(package: Package, target: Path) -> None:
    """Write a folder with the rows of each table, and a descriptor of these files."""
    target.mkdir()
    for table in read_content(package):
        with (target / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for record in table.records():
                file.write(f"{json.dumps(record, ensure_ascii=False, allow_nan=False)}\n")
    write_descriptor(package, target, "jsonl", "application/jsonl")
