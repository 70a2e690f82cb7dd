"""Export to Parquet: one file for each table, with the types of its schema."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...extras import EXPORT
from ...package.descriptor import Package
from ...tableschema.frames import to_arrow
from .content import about, read_content
from .documents import write_descriptor


def write(package: Package, target: Path) -> None:
    """Write a folder with the rows of each table, and a descriptor of these files.

    The metadata of a file contain what is known about the package, the title and description of the
    table, and its Table Schema; those of a column the properties of its field.
    """
    with EXPORT:
        import pyarrow as pa
        from pyarrow import parquet

    target.mkdir()
    package_facts = about(package)
    for table in read_content(package):
        document = package.schema_document(table.resource)
        rows = to_arrow(table.schema, table.columns)
        fields = [
            field.with_metadata(dict(_texts(entry)))
            for field, entry in zip(rows.schema, document["fields"], strict=True)
        ]
        facts = {
            **{f"package {name}": text for name, text in package_facts.items()},
            "title": table.resource.title,
            "description": table.resource.description,
            "tableschema": json.dumps(document, ensure_ascii=False),
        }
        path = target / f"{table.name}.parquet"
        parquet.write_table(rows.cast(pa.schema(fields, facts)), path)
    write_descriptor(package, target, "parquet", "application/vnd.apache.parquet")


def _texts(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Iterate over the properties of a field; one that is not a text is JSON."""
    for key, value in entry.items():
        yield key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
