"""Input files with a column to convert: open and check them, and write them with more columns."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, TypeAlias

import click

from ..errors import ArgumentError, DataError, OutputError, UnknownNameError
from ..extras import CHECK
from ..names import near_names, one_of
from ..package.dialect import DEFAULT
from ..reading.native_tables import NativeTable
from ..reading.row_tables import required_header
from ..reading.sources import STANDARD_INPUT, ReadOptions, open_tables, require_separator
from ..reading.table_writers import Write, csv_writer, table_writer
from ..reading.tables import Table
from . import terminal
from .progress import Show, progress, total_of

with CHECK:
    import polars as pl

if TYPE_CHECKING:
    import pandas as pd

Convert: TypeAlias = Callable[[Sequence[pl.Series]], "pd.DataFrame"]
"""Function that returns the rows of a batch, with their positions, for the required columns."""


_SHOWN = 20
"""Maximum number of columns that an error message names."""

_BATCH_ROWS = 2**17
"""Rows that are converted at a time, so that progress is shown often enough."""

_SEPARATORS = ";\t|,"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file with one table, and how it is read.

    Attributes:
        path: Path of the file, or "-" for CSV on standard input.
        separator: Separator of the file; None for that of its suffix, or of its header.
        encoding: Encoding of the file; None for UTF-8.
        comment: Start of lines that are comments; None for no comments.
    """

    path: Path
    separator: str | None = None
    encoding: str | None = None
    comment: str | None = None

    @contextmanager
    def open(self, columns: Sequence[str], output: Path | None = None) -> Iterator[Table]:
        """Open the table, which must have the given columns, each once, and not be the output."""
        if output is None and self._is_standard_output():
            raise OutputError(f"standard output is the input {self.path}: pass another file to -o.")
        require_separator(self.separator)
        dialect = DEFAULT._replace(comment_char=self.comment or "")
        options = ReadOptions(self.separator, self.encoding, dialect=dialect, columns=columns)
        with open_tables(str(self.path), options, output) as tables:
            if len(tables) != 1:
                raise ArgumentError(f"{self.path} matches {len(tables)} files: choose one of them.")
            header = required_header(tables[0].header, str(self.path))
            for name in columns:
                self._require_column(header, name)
            yield tables[0]

    def _is_standard_output(self) -> bool:
        """Return whether the file is the one to which standard output is redirected."""
        try:
            status = os.fstat(sys.stdout.fileno())
            source = sys.stdin.fileno() if str(self.path) == STANDARD_INPUT else self.path
            return S_ISREG(status.st_mode) and os.path.samestat(status, os.stat(source))  # noqa: PTH116
        except (OSError, ValueError):  # one of them is no file
            return False

    def _require_column(self, header: Sequence[str], name: str) -> None:
        if header.count(name) > 1:
            raise ArgumentError(
                f"{self.path}: two columns have the name {name!r}: rename one of them."
            )
        if name in header:
            return
        message = f"{self.path} has no column {name!r}; it has {_listed(header)}."
        if separator := _other_separator(header):
            message += f" The header looks separated by {separator}: pass --separator {separator}."
        elif near := near_names(name, header):
            message += f" Did you mean {one_of(near)}?"
        if header[0].startswith("#") and not self.comment:
            message += " If lines that start with # are comments, pass --comment '#'."
        raise UnknownNameError(message)

    def columns(
        self, table: Table, names: Sequence[str], show: Show, *, texts: bool
    ) -> Iterator[tuple[pl.DataFrame, list[pl.Series]]]:
        """Iterate over the frames of a table, and their columns with the given names.

        Args:
            table: The table.
            names: Names of the columns.
            show: Function to call with the numbers of rows and bytes that are done.
            texts: Whether the first column must be text. A spreadsheet may contain 250.1 where
                the code is 250.10.
        """
        places = [(table.header or ()).index(name) for name in names]
        if texts and isinstance(table, NativeTable) and (found := table.first_number(places[0])):
            line, number = found
            raise DataError(
                f"{self.path}:{line}: {names[0]}: {number!r} is a number: format the column as "
                "text, and enter its codes again, so that their zeros survive."
            )
        rows, done = 0, 0
        for frame, size in table.frames():
            for part in [*frame.iter_slices(_BATCH_ROWS)] or [frame]:
                yield part, [part.to_series(place) for place in places]
                rows += part.height
                done += size * part.height // max(frame.height, 1)
                show(rows, done)


def add_columns(
    file: InputFile,
    output: Path | None,
    required: Sequence[str],
    added: Sequence[str],
    convert: Convert,
    *,
    texts: bool,
) -> int:
    """Write a file with more columns, and return the number of its rows.

    Args:
        file: File to read.
        output: File to write; None for CSV on standard output.
        required: Columns that the file must have.
        added: Columns of the result of `convert` to add.
        convert: Function that converts the required columns of a batch.
        texts: Whether the first column must be text.

    Raises:
        ArgumentError: The file has one of the added columns already.
    """
    rows = 0
    if output is not None and str(output) == STANDARD_INPUT:
        output = None
    total = total_of([str(file.path)])
    with (
        file.open(required, output) as table,
        progress(str(file.path), total, prints=output is None) as show,
    ):
        header = [*(table.header or ())]
        for name in added:
            if name in header:
                raise ArgumentError(
                    f"{file.path} has a column {name!r} already: rename or remove it first."
                )
        with _writer(output, [*header, *added]) as write:
            for frame, columns in file.columns(table, required, show, texts=texts):
                result = convert(columns)
                repeated = frame[result["position"].to_numpy()]
                write(repeated.with_columns(_to_polars(result, name) for name in added))
                rows += frame.height
    return rows


def _listed(header: Sequence[str]) -> str:
    """Return the first names of a header as text."""
    rest = f" and {len(header) - _SHOWN} more" if len(header) > _SHOWN else ""
    return f"{', '.join(header[:_SHOWN])}{rest}"


def _other_separator(header: Sequence[str]) -> str | None:
    """Return the separator that the only name of a header contains, as in a shell, or None."""
    if len(header) > 1:
        return None
    counts = Counter(char for char in header[0] if char in _SEPARATORS)
    (most, _), *_ = counts.most_common(1) or [("", 0)]
    return "'\\t'" if most == "\t" else f"'{most}'" if most else None


@contextmanager
def _writer(output: Path | None, header: Sequence[str]) -> Iterator[Write]:
    if output is None:
        yield csv_writer(_print, "standard output", header, ",")
        return
    with table_writer(output, header) as write:
        yield write


def _print(data: bytes) -> None:
    """Print CSV unchanged, or escaped if standard output is a terminal."""
    if terminal.is_terminal(sys.stdout):
        terminal.say(data.decode().removesuffix("\n"))
    else:
        click.echo(data, nl=False)


def _to_polars(result: "pd.DataFrame", name: str) -> pl.Series:
    texts = result[name].astype(object)
    return pl.Series(name, texts.where(texts.notna(), None).to_list(), dtype=pl.String)
