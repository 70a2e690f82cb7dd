"""Export to one JSON file."""

from pathlib import Path

from ...package.descriptor import Package
from .content import read_content, whole_descriptor
from .documents import write_json


def write(package: Package, target: Path) -> None:
    """Write the descriptor with its schemas, and the rows of each table with their types."""
    document = {
        "package": whole_descriptor(package),
        "tables": {table.name: list(table.records()) for table in read_content(package)},
    }
    write_json(target, document, indent=1)
