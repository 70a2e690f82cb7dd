"""Showing a table in a terminal, and as CSV, JSON or Markdown."""

import json
import shutil
from collections.abc import Callable, Mapping
from typing import TypeAlias

from tabulate import tabulate

from ..package.csv_reading import read_columns, read_table
from ..package.descriptor import Package, Resource
from ..tableschema.frames import to_records

View: TypeAlias = Callable[[Package, Resource], str]


def as_text(package: Package, resource: Resource) -> str:
    """Draw the table, wrapped to the width of the terminal."""
    names, rows = _cells(package, resource)
    columns = list(zip(names, *rows, strict=True))
    widths = _widths(columns, shutil.get_terminal_size((100, 24)).columns - 4 * len(columns))
    drawn: str = tabulate(
        rows, names, tablefmt="simple", disable_numparse=True, maxcolwidths=widths
    )
    return f"{resource.title}\n\n{drawn}"


def as_csv(package: Package, resource: Resource) -> str:
    """Give the file as it is."""
    return package.data(resource).decode("utf-8").removesuffix("\n")


def as_json(package: Package, resource: Resource) -> str:
    """Write a list with an object for each row, typed; a missing value is null."""
    records = [row._asdict() for row in to_records(*read_columns(package, resource))]
    return json.dumps(records, indent=2, ensure_ascii=False, default=str)


def as_markdown(package: Package, resource: Resource) -> str:
    """Write a Markdown table."""
    names, rows = _cells(package, resource)
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    drawn: str = tabulate(escaped, names, tablefmt="github", disable_numparse=True)
    return drawn


VIEWS: Mapping[str, View] = {
    "text": as_text,
    "csv": as_csv,
    "json": as_json,
    "markdown": as_markdown,
}


def _widths(columns: list[tuple[str, ...]], room: int) -> list[int]:
    """Narrow the widest columns until all fit the room, but break no word."""
    widths = [max(map(len, column)) for column in columns]
    words = [max(map(len, " ".join(column).split())) for column in columns]
    while sum(widths) > room:
        spare, widest = max(
            (w - least, at) for at, (w, least) in enumerate(zip(widths, words, strict=True))
        )
        if not spare:
            break
        widths[widest] -= 1
    return widths


def _cells(package: Package, resource: Resource) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    table = read_table(package.data(resource), resource.dialect)
    return table.header.cells, [row.cells for row in table.rows]
