"""What a client makes of the data, compared cell by cell with the reference reader."""

import dataclasses
import functools
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.reference import read as read_value
from tests.standard.reference_reader import read as read_csv

from .clients import ROOT

_TYPES = {
    "string": {"string", "str", "object", "varchar", "character", "text"},
    "integer": {"int64", "bigint", "int", "integer"},
    "number": {"float64", "double", "numeric", "real", "number"},
    "boolean": {"bool", "boolean", "logical"},
}
"""The types of clients, in lower case, that keep a type of the schema."""

_JSON = {str: "string", int: "integer", Decimal: "number", bool: "boolean"}
"""The types of values of clients whose columns have none."""


@dataclass(frozen=True)
class Outcome:
    """What differs, by column as `resource.field`."""

    cells: dict[str, str]
    """Columns with a cell of another value, with the first such cell."""
    types: dict[str, str]
    """Columns of another type, with that type."""
    missing: str
    """What missing cells are read as: `null`, `empty text`, or both."""
    only_text: bool
    """Whether all cells are text, as in clients without types; then `types` is empty."""

    def record(self) -> dict[str, Any]:
        """Return what is written into results.json: all that is not empty."""
        return {name: value for name, value in dataclasses.asdict(self).items() if value}


@functools.cache
def reference(root: Path) -> dict[str, tuple[tuple[tuple[str, str], ...], list[list[str]]]]:
    """Return the names and types of the fields and the cells of every resource."""
    tables = {}
    for resource in json.loads((root / "datapackage.json").read_text("utf-8"))["resources"]:
        schema = json.loads((root / resource["schema"]).read_text("utf-8"))
        fields = tuple((field["name"], field["type"]) for field in schema["fields"])
        table = read_csv((root / resource["path"]).read_bytes(), {})
        assert table.header == [name for name, _ in fields]
        rows = [[str(cell) for cell in record.cells] for record in table.records]
        tables[resource["name"]] = fields, rows
    return tables


def compare(tables: dict[str, Any], root: Path = ROOT) -> Outcome:
    """Compare the tables that a client printed with the reference."""
    cells: dict[str, str] = {}
    types: dict[str, str] = {}
    missing: set[str] = set()
    seen: set[type] = set()
    assert list(tables) == list(reference(root))
    for name, (fields, rows) in reference(root).items():
        table = tables[name]
        assert len(table["rows"]) == len(rows), f"{name} has another number of rows"
        for position, (field, kind) in enumerate(fields):
            column = f"{name}.{field}"
            texts = [row[position] for row in rows]
            values = [row[field] for row in table["rows"]]
            seen.update(type(value) for value in values if value is not None)
            for text, value in zip(texts, values, strict=True):
                if text == "":
                    missing.add({None: "null", "": "empty text"}[value])
                elif not _equal(kind, text, value):
                    cells.setdefault(column, f"`{text}` as `{_spell(value)}`")
            other = _types(table, field, values) - _TYPES[kind]
            if kind == "number" and "types" not in table:
                other.discard("integer")  # 75 in JSON can be a double
            if other:
                types[column] = ", ".join(sorted(other))
    only_text = seen == {str}
    return Outcome(cells, {} if only_text else types, " or ".join(sorted(missing)), only_text)


def _types(table: dict[str, Any], field: str, values: list[Any]) -> set[str]:
    """Return the types of a column in lower case: its own, or those of its values."""
    if "types" in table:
        return {str(table["types"][field]).lower()}
    return {_JSON[type(value)] for value in values if value not in {None, ""}}


def _equal(kind: str, text: str, value: object) -> bool:
    if value is None:
        return False
    spelled = _spell(value)
    if kind == "string":
        return spelled == text
    if kind == "integer" and isinstance(value, Decimal):
        return value == int(text)  # as a double
    try:
        return bool(read_value(kind, spelled) == read_value(kind, text))
    except ValueError:
        return False


def _spell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
