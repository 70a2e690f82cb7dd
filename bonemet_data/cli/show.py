"""A table as text or Markdown."""

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from ..package.csv_tables import read_table
from ..package.descriptor import Package
from ..package.resource import Resource

if TYPE_CHECKING:
    from rich.console import Console

_GAP = 3
"""Width of the space between two columns."""


def as_text(package: Package, resource: Resource, width: int) -> str:
    """Return a table, or one field a line if the width of the terminal is not enough for it."""
    from rich.console import Console

    header, rows = _cells(package, resource)
    columns = list(zip(header, *rows, strict=True))
    if widths := _widths(columns, width - _GAP * (len(header) - 1)):
        return _table(Console(color_system=None, width=width), widths, header, rows)
    return "\n\n".join(_record(width, header, row) for row in rows)


def _table(console: "Console", widths: list[int], header: list[str], rows: list[list[str]]) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name, width in zip(header, widths, strict=True):
        table.add_column(name, width=width)
    for row in rows:
        table.add_row(*map(Text, row))
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _record(width: int, header: list[str], row: list[str]) -> str:
    """Return one row with one field a line; long cells are wrapped."""
    indent = max(map(len, header)) + 2
    lines = []
    for name, cell in zip(header, row, strict=True):
        parts = textwrap.wrap(cell, width - indent, break_on_hyphens=False) or [""]
        lines += [
            f"{label:{indent}}{part}".rstrip()
            for label, part in zip_longest([name], parts, fillvalue="")
        ]
    return "\n".join(lines)


def as_markdown(package: Package, resource: Resource) -> str:
    """Return a Markdown table."""
    header, rows = _cells(package, resource)
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )


def _widths(columns: list[tuple[str, ...]], room: int) -> list[int] | None:
    """Return the widths of columns that fit the room without breaking words, or None."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in columns]
    longest_words = [max(map(cell_len, " ".join(column).split())) for column in columns]
    while sum(widths) > room:
        spare = [width - least for width, least in zip(widths, longest_words, strict=True)]
        if not max(spare):
            return None
        widths[spare.index(max(spare))] -= 1
    return widths


def _cells(package: Package, resource: Resource) -> tuple[list[str], list[list[str]]]:
    table = read_table(package.data(resource), resource.dialect)
    return list(table.header.cells), [list(row.cells) for row in table.rows]
