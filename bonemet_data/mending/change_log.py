"""The log of changed cells: CSV for spreadsheets."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

from ..atomic import atomic_file
from ..package.csv_reading import BOM, CsvReader
from .fixes import Fix
from .sheet_texts import write_text


class Change(NamedTuple):
    """A cell that gets another text.

    Attributes:
        line: Line of the record; None for data that are not text.
        row: Number of the record.
        fix: The fix.
    """

    line: int | None
    row: int
    fix: Fix


WriteChanges: TypeAlias = Callable[[Iterable[Change]], object]
"""Function that writes changes."""


@contextmanager
def open_log(path: Path | None) -> Iterator[WriteChanges]:
    """Yield the function that writes changes to a log, which appears when the block ends.

    The columns are `line`, `row`, `column`, `old` and `new`. Texts are written as in a file of
    fixes; see `write_text`. Without a path, nothing is written.

    Raises:
        OutputError: The file cannot be written.
    """
    if path is None:
        yield lambda _: None
        return
    reader = CsvReader()
    with atomic_file(path) as temporary, temporary.open("wb") as file:
        file.write(BOM + b"line,row,column,old,new\r\n")

        def write(changes: Iterable[Change]) -> None:
            for line, row, fix in changes:
                place = ["" if line is None else str(line), str(row)]
                texts = map(write_text, (fix.column, fix.value, fix.replacement))
                file.write(f"{reader.join([*place, *texts])}\r\n".encode())

        yield write
