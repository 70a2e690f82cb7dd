"""Open data as tables: paths, glob patterns, folders, frames, and lists of these."""

import glob
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from ..errors import ArgumentError, DataError, OutputError, UnsupportedFrameError
from ..extras import CHECK
from .tables import ColumnarTable, CsvTable, FrameTable, Table
from .temporary_files import Scratch

with CHECK:
    import polars as pl

SEPARATORS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
COMPRESSED = {".gz", ".bz2", ".xz", ".zst"}
COLUMNAR = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "ipc",
    ".feather": "ipc",
    ".ipc": "ipc",
}
STANDARD_INPUT = "-"


@contextmanager
def open_tables(
    data: object, separator: str | None = None, output: str | PathLike[str] | None = None
) -> Iterator[list[Table]]:
    """Open data as a list of tables; temporary files are removed when the block ends.

    Args:
        data: Path of a CSV or TSV file (plain, .gz, .bz2, .xz or .zst), a Parquet file or an Arrow
            file; a glob pattern or a folder of such files; "-" for CSV on standard input; a frame;
            or a list of these.
        separator: Separator of CSV files; None to choose by the suffix of the file.
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
        yield find_tables(data, separator, scratch, output)


def find_tables(
    data: object,
    separator: str | None,
    scratch: Scratch,
    output: str | PathLike[str] | None = None,
) -> list[Table]:
    """Return the tables of data; see `open_tables` for arguments and errors.

    Args:
        data: The data.
        separator: Separator of CSV files; None to choose by the suffix of the file.
        scratch: Temporary folder for a copy of standard input, which can be read only once.
        output: Path of a file that will be written. It must not be one of the input files.
    """
    require_separator(separator)
    if isinstance(data, list | tuple):
        if not data:
            raise ArgumentError("the list of files is empty: pass at least one path or frame.")
        return [table for item in data for table in find_tables(item, separator, scratch, output)]
    if isinstance(data, str) and data == STANDARD_INPUT:
        return [CsvTable(_copy_standard_input(scratch), STANDARD_INPUT, separator or ",")]
    if isinstance(data, str | Path):
        paths = _paths(str(data))
        if output is not None and Path(output).resolve() in {path.resolve() for path in paths}:
            raise OutputError(f"{output} is one of the input files: choose another output file.")
        return [_open_file(path, separator) for path in paths]
    return [FrameTable(_to_lazy(data))]


def require_separator(separator: str | None) -> None:
    """Raise ArgumentError if a separator is not valid; None is valid."""
    if separator is None:
        return
    if len(separator) != 1 or not separator.isascii() or separator in '"\r\n':
        raise ArgumentError(
            f"separator {separator!r} is not valid: pass one ASCII character other than a quote or "
            "a line break."
        )


def _copy_standard_input(scratch: Scratch) -> Path:
    try:
        path = scratch.path / "standard-input.csv"
        with path.open("wb") as file:
            copyfileobj(sys.stdin.buffer, file)
    except OSError as error:
        raise scratch.full("standard input", error) from error
    return path


def _paths(data: str) -> list[Path]:
    path = Path(data)
    if path.is_dir():
        paths = sorted(file for file in path.rglob("*") if file_format(file) and not file.is_dir())
        if not paths:
            raise DataError(
                f"{data} contains no file to check: use one of the suffixes {_suffixes()}."
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
    """Return the separator, or the name of the columnar format, for the suffix of a file."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in COMPRESSED:
        return SEPARATORS.get("".join(suffixes[-2:-1]))
    last = suffixes[-1] if suffixes else ""
    return SEPARATORS.get(last) or COLUMNAR.get(last)


def _open_file(path: Path, separator: str | None) -> Table:
    format_ = file_format(path)
    absolute = path.absolute()  # Spark workers have another current folder
    if format_ in COLUMNAR.values():
        return ColumnarTable(absolute, str(path), str(format_))
    if format_ is None and separator is None:
        raise DataError(f"{path} has an unknown format: use one of the suffixes {_suffixes()}.")
    return CsvTable(absolute, str(path), separator or format_ or ",")


def _suffixes() -> str:
    compressed = [
        f"{suffix}{ending}" for suffix in (".csv", ".tsv") for ending in sorted(COMPRESSED)
    ]
    return ", ".join([*SEPARATORS, *compressed, *COLUMNAR])


def _to_lazy(data: Any) -> "pl.LazyFrame":
    try:
        return _convert(data)
    except (ValueError, TypeError, pl.exceptions.PolarsError) as error:
        if isinstance(error, UnsupportedFrameError):
            raise
        reason = str(error).rstrip(".")
        raise DataError(
            f"the frame cannot be read: {reason}. Change the types of its columns, or write the "
            "frame to a file and check the file."
        ) from error


def _convert(data: Any) -> "pl.LazyFrame":
    if isinstance(data, pl.LazyFrame):
        return data
    if isinstance(data, pl.DataFrame):
        return data.lazy()
    for kind in type(data).__mro__:
        library = kind.__module__.partition(".")[0]
        if library == "pandas" and kind.__name__ == "DataFrame":
            return pl.DataFrame(pl.from_pandas(data, nan_to_null=True)).lazy()
        if library == "pyarrow" and kind.__name__ in {"Table", "RecordBatch"}:
            return pl.DataFrame(pl.from_arrow(data)).lazy()
        if library == "pyspark" and kind.__name__ == "DataFrame":
            raise UnsupportedFrameError('a Spark DataFrame requires engine="spark".')
    raise UnsupportedFrameError(
        f"a {type(data).__name__} cannot be checked: "
        "pass a path, or a pandas, Polars or Arrow frame."
    )
