"""Open data as tables: paths, glob patterns, folders, frames, and lists of these."""

import glob
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from shutil import copyfileobj

from ..errors import (
    ArgumentError,
    DataError,
    OutputError,
    UnsupportedDataError,
)
from ..package.dialect import DEFAULT, Dialect
from ..package.resource import Resource
from ..tableschema.model import TableSchema
from .batches import BOM
from .byte_streams import COMPRESSIONS, is_utf8, normalized, open_stream
from .chunks import read_head
from .formats import KINDS, Format, is_text, resource_format, suffix_of, text_format
from .lazy_frames import to_lazy
from .opening import open_table
from .sniffing import (
    detected_encoding,
    detected_separator,
    require_text,
    require_utf8,
    separated_by,
)
from .tables import FrameTable, Table, TextTable
from .temporary_files import Scratch

SEPARATORS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
COMPRESSED = {f".{name}" for name in COMPRESSIONS} - {".zip"}
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How the files of a user are read.

    Attributes:
        separator: Separator of CSV files; None for that of the dialect, or of the suffix.
        encoding: Encoding of text files; None for that of the resource, or UTF-8.
        resource: Resource that describes the files; None for the suffix of each file.
        dialect: Table Dialect of the resource.
        schema: Table Schema, for the names of tables without header and for the types of native
            values; None if it is unknown.
        columns: Names of columns that each file must have. They show which separator a file has
            whose suffix states none, such as .txt.
    """

    separator: str | None = None
    encoding: str | None = None
    resource: Resource | None = None
    dialect: Dialect = DEFAULT
    schema: TableSchema | None = None
    columns: Collection[str] = ()

    def format(self, path: str) -> Format | None:
        """Return the format of a file; None if it cannot be told from the suffix."""
        if self.resource is not None:
            format_ = resource_format(self.resource, self.dialect, path)
        else:
            suffix, compression = suffix_of(path)
            kind = KINDS.get(suffix)
            if kind is None and self.separator is None and path != STANDARD_INPUT:
                return None
            format_ = Format(kind or "csv", compression=compression)
            format_ = replace(format_, dialect=self.dialect)
        if self.encoding is not None:
            format_ = replace(format_, encoding=self.encoding)
        return text_format(format_, separator=self.separator)


@contextmanager
def open_tables(
    data: object,
    options: ReadOptions = ReadOptions(),
    output: str | PathLike[str] | None = None,
) -> Iterator[list[Table]]:
    """Open data as a list of tables; temporary files are removed when the block ends.

    Args:
        data: Path of a CSV or TSV file (plain, .gz, .bz2, .xz or .zst), a Parquet file or an Arrow
            file; a glob pattern or a folder of such files; "-" for CSV on standard input; a frame;
            or a list of these.
        options: How files are read.
        output: Path of a file that will be written. It must not be one of the input files.

    Raises:
        OutputError: The output is one of the input files.
        ArgumentError: The list is empty, or the separator is not one ASCII character.
        DataError: A file does not exist, or its suffix is not supported.
        UnsupportedFrameError: The data are neither a path nor a supported frame.

    Example:
        >>> import polars as pl
        >>> with open_tables(pl.DataFrame({"a": [1, 2]})) as tables:
        ...     [(table.header, frame.height) for table in tables for frame, _ in table.frames()]
        [(('a',), 2)]
    """
    with Scratch() as scratch:
        yield find_tables(data, options, scratch, output)


def find_tables(
    data: object,
    options: ReadOptions,
    scratch: Scratch | None,
    output: str | PathLike[str] | None = None,
) -> list[Table]:
    """Return the tables of data; see `open_tables` for arguments and errors.

    Args:
        data: The data.
        options: How files are read.
        scratch: Temporary folder for copies, such as of standard input, which can be read only
            once; None to read all files in place.
        output: Path of a file that will be written. It must not be one of the input files.
    """
    require_separator(options.separator)
    if options.encoding is not None:
        require_encoding(options.encoding)
    if isinstance(data, list | tuple):
        if not data:
            raise ArgumentError("the list of files is empty: pass at least one path or frame.")
        return [table for item in data for table in find_tables(item, options, scratch, output)]
    if isinstance(data, str) and data == STANDARD_INPUT and scratch is not None:
        if output is not None and _is_standard_input(Path(output)):
            raise _is_input(output)
        return [_open_file(copy_standard_input(scratch), STANDARD_INPUT, options, scratch)]
    if isinstance(data, str | Path):
        paths = input_paths(str(data))
        if output is not None and any(is_same_file(Path(output), path) for path in paths):
            raise _is_input(output)
        # Spark workers have another current folder
        return [_open_file(path.absolute(), str(path), options, scratch) for path in paths]
    return [FrameTable(to_lazy(data))]


def require_encoding(encoding: str) -> None:
    """Raise ArgumentError if an encoding is unknown."""
    try:
        normalized(encoding)
    except UnsupportedDataError as error:
        raise ArgumentError(str(error)) from error


def require_separator(separator: str | None) -> None:
    """Raise ArgumentError if a separator is not valid; None is valid."""
    if separator is None:
        return
    if len(separator) != 1 or not separator.isascii() or separator in '"\r\n':
        raise ArgumentError(
            f"separator {separator!r} is not valid: pass one ASCII character other than a quote or "
            "a line break."
        )


def copy_standard_input(scratch: Scratch) -> Path:
    """Copy standard input to a temporary file, and return its path."""
    try:
        path = scratch.path / "standard-input.csv"
        with path.open("wb") as file:
            copyfileobj(sys.stdin.buffer, file)
    except OSError as error:
        raise scratch.full("standard input", error) from error
    return path


def _is_input(output: str | PathLike[str]) -> OutputError:
    return OutputError(f"{output} is one of the input files: choose another output file.")


def is_same_file(output: Path, path: Path) -> bool:
    """Return whether two paths lead to one file, also by a link."""
    try:
        return output.samefile(path)
    except OSError:  # one of them does not exist
        return output.resolve() == path.resolve()


def _is_standard_input(output: Path) -> bool:
    """Return whether standard input is redirected from a file."""
    try:
        return os.path.samestat(output.stat(), os.fstat(sys.stdin.fileno()))
    except (OSError, ValueError):  # the file does not exist, or standard input is no file
        return False


def input_paths(data: str) -> list[Path]:
    """Return the files of a path, of a folder or of a glob pattern.

    Raises:
        DataError: There is no such file.
    """
    path = Path(data)
    if path.is_dir():
        paths = sorted(file for file in path.rglob("*") if file_format(file) and not file.is_dir())
        if not paths:
            raise DataError(
                f"{data} contains no file to check: use one of the extensions {_suffixes()}."
            )
        return paths
    if path.exists():
        return [path]
    matches = sorted(Path(match) for match in glob.glob(data, recursive=True))  # noqa: PTH207 - a pattern may be absolute
    paths = [match for match in matches if not match.is_dir()]  # includes broken links
    if not paths:
        raise DataError(f"{data} does not exist: correct the path or pattern.")
    return paths


def file_format(path: Path) -> str | None:
    """Return the separator, or the name of the columnar format, for the suffix of a file.

    These are the files that are looked for in a folder.
    """
    suffix, compression = suffix_of(path.name)
    kind = KINDS.get(suffix)
    if kind in {"csv", "tsv"}:
        return SEPARATORS[f".{kind}"] if compression != "zip" else None
    return kind if kind in {"parquet", "ipc"} and not compression else None


def _open_file(path: Path, name: str, options: ReadOptions, scratch: Scratch | None) -> Table:
    return open_formatted(path, name, find_format(path, name, options), options, scratch)


def find_format(path: Path, name: str, options: ReadOptions) -> Format:
    """Return the format of a file.

    Args:
        path: Path of the file.
        name: Name of the file, whose suffix states its format.
        options: How files are read.

    Raises:
        DataError: The format is unknown, or the file obviously has another one.
    """
    format_ = options.format(name)
    if format_ is None and options.columns and is_text(name):
        format_ = _with_separator(path, name, options)
    if format_ is None:
        raise DataError(f"{name} has an unknown format: use one of the extensions {_suffixes()}.")
    if format_.kind == "csv":
        if options.resource is not None and not format_.encoding:
            format_ = detected_encoding(path, name, format_)
        if is_utf8(format_.encoding):
            with open_stream(path, name, compression=format_.compression) as stream:
                require_text(stream, name, format_.dialect.line_terminator)
                if not format_.encoding:
                    require_utf8(stream, name)
    return format_


def open_formatted(
    path: Path, name: str, format_: Format, options: ReadOptions, scratch: Scratch | None
) -> Table:
    """Open a file in a format; the separator must be the one of the expected columns."""
    table = open_table(path, name, format_, scratch, options.schema)
    expected = options.schema.names if options.schema else options.columns
    if isinstance(table, TextTable) and expected:
        require_fitting_separator(table, name, expected)
    return table


def require_fitting_separator(table: TextTable, name: str, expected: Collection[str]) -> None:
    """Raise ArgumentError if another separator yields more of the expected columns."""
    if other := table.better_separator(expected):
        shown = "'\\t'" if other == "\t" else repr(other)
        raise ArgumentError(
            f"{name} {separated_by(table.delimiter, other)}: pass separator={shown} "
            f"(--separator {shown})."
        )


def _with_separator(path: Path, name: str, options: ReadOptions) -> Format:
    """Return the format of a text file whose separator is found by the names of its columns."""
    compression, encoding = suffix_of(name)[1], options.encoding or ""
    with open_stream(path, name, compression=compression, encoding=encoding) as stream:
        head = read_head(stream).removeprefix(BOM)
    separator = detected_separator(head, options.columns, options.dialect.comment_char)
    dialect = options.dialect._replace(delimiter=separator)
    return Format("csv", dialect, encoding, compression)


def _suffixes() -> str:
    compressed = [f"{name}{ending}" for name in (".csv", ".tsv") for ending in sorted(COMPRESSED)]
    others = [f".{suffix}" for suffix in KINDS if f".{suffix}" not in SEPARATORS]
    return ", ".join([*SEPARATORS, *compressed, *others])
