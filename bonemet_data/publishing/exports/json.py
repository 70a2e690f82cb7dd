"""Export to one JSON file."""

import json
from pathlib import Path

from ...package.descriptor import Package
from .content import read_content, whole_descriptor


def write(package: Package, target: Path) -> None:
    """Write the descriptor with its schemas, and the rows of each table with their types."""
    document = {
        "package": whole_descriptor(package),
        "tables": {table.name: list(table.records()) for table in read_content(package)},
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    target.write_text(f"{text}\n", encoding="utf-8", newline="\n")
