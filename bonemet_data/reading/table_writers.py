"""Writers of tables, one batch of rows at a time: CSV, Parquet, Arrow and xlsx."""

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from ..atomic import atomic_file
from ..errors import OutputError
from ..extras import ARROW, CHECK, EXCEL
from ..package.csv_reading import CsvReader
from .formats import KINDS, suffix_of
from .sheet_cells import SHEET_COLUMNS, SHEET_ROWS, SheetCells, date_formats
from .sources import COMPRESSED, SEPARATORS
from .temporary_files import Scratch

with CHECK:
    import polars as pl

Write: TypeAlias = Callable[[pl.DataFrame], object]
"""Function that writes a batch of rows."""

_SUFFIXES = (*SEPARATORS, *sorted(f".csv{suffix}" for suffix in COMPRESSED))


@contextmanager
def table_writer(path: Path, header: Sequence[str]) -> Iterator[Write]:
    """Yield the function that writes frames to a file; it appears when the block ends.

    Args:
        path: Path of the file, whose suffix determines the format: CSV or TSV, also compressed,
            Parquet, Arrow or xlsx.
        header: Names of the columns. Those of the frames do not matter.

    Raises:
        OutputError: The suffix is not supported, or the format cannot store the table.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with table_writer(Path(folder, "a.csv"), ["code", ""]) as write:
        ...         _ = write(pl.DataFrame({"c0": ["007", None], "c1": ["a,b", "c"]}))
        ...     print(Path(folder, "a.csv").read_text())
        code,
        007,"a,b"
        ,c
    """
    write_table = _writer_of(path)
    if write_table in _COLUMNAR and len({*header}) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise OutputError(
            f"{path} cannot have two columns with the name {twice!r}: rename one of them, or write "
            "a CSV file."
        )
    with atomic_file(path) as temporary, write_table(temporary, path.name, header) as write:
        yield write


def csv_writer(
    write: Callable[[bytes], object], name: str, header: Sequence[str], separator: str
) -> Write:
    """Return the function that writes frames as CSV in UTF-8, the header with the first one.

    Args:
        write: Function that writes bytes.
        name: Name of the file in error messages.
        header: Names of the columns.
        separator: Separator of the cells.
    """
    first = f"{CsvReader(separator).join(header)}\n"

    def write_frame(frame: pl.DataFrame) -> None:
        nonlocal first
        _require_plain(frame, name)
        # Polars quotes an empty text, to tell it from null.
        texts = frame.with_columns(pl.col(pl.String).replace("", None))
        write((first + texts.write_csv(include_header=False, separator=separator)).encode())
        first = ""

    return write_frame


_Open: TypeAlias = Callable[[Path, str, Sequence[str]], AbstractContextManager[Write]]


def _writer_of(path: Path) -> _Open:
    suffix, compression = suffix_of(path.name)
    match KINDS.get(suffix), compression:
        case (("csv" | "tsv"), ("" | "gz" | "bz2" | "xz" | "zst")):
            return _csv
        case "parquet", "":
            return _parquet
        case "ipc", "":
            return _arrow
        case "excel", "" if suffix == "xlsx":
            return xlsx_writer
    known = ", ".join([*_SUFFIXES, ".parquet", ".arrow", ".feather", ".xlsx"])
    raise OutputError(f"{path} has an unknown format: use one of the extensions {known}.")


@contextmanager
def _csv(path: Path, name: str, header: Sequence[str]) -> Iterator[Write]:
    suffix, compression = suffix_of(name)
    with open_compressed(path, compression) as stream:
        yield csv_writer(stream.write, name, header, SEPARATORS[f".{suffix}"])


def open_compressed(path: Path, compression: str) -> Any:
    """Open a file for writing bytes, which are compressed; "" is no compression."""
    match compression:
        case "gz":
            return gzip.open(path, "wb")
        case "bz2":
            return bz2.open(path, "wb")
        case "xz":
            return lzma.open(path, "wb")
        case "zst":
            with ARROW:
                import pyarrow as pa
            return pa.CompressedOutputStream(str(path), "zstd")
    return path.open("wb")


@contextmanager
def _parquet(path: Path, _: str, header: Sequence[str]) -> Iterator[Write]:
    with ARROW:
        from pyarrow.parquet import ParquetWriter
    with _columnar(header, lambda schema: ParquetWriter(path, schema)) as write:
        yield write


@contextmanager
def _arrow(path: Path, _: str, header: Sequence[str]) -> Iterator[Write]:
    with ARROW:
        import pyarrow as pa
    with _columnar(header, lambda schema: pa.ipc.new_file(str(path), schema)) as write:
        yield write


@contextmanager
def _columnar(header: Sequence[str], open_writer: Callable[[Any], Any]) -> Iterator[Write]:
    """Yield the function that writes frames with a writer of Arrow tables.

    The first frame determines the types.
    """
    writer: Any = None
    schema: Any = None

    def write(frame: pl.DataFrame) -> None:
        nonlocal writer, schema
        table = frame.to_arrow(compat_level=pl.CompatLevel.oldest()).rename_columns([*header])
        if writer is None:
            schema = table.schema
            writer = open_writer(schema)
        writer.write_table(table.cast(schema))

    try:
        yield write
    finally:
        if writer is not None:
            writer.close()


@contextmanager
def xlsx_writer(
    path: Path, name: str, header: Sequence[str], *, cut: bool = False
) -> Iterator[Write]:
    """Yield the function that writes frames to a sheet. Text stays text, also that of numbers.

    Args:
        path: Path of the file.
        name: Name of the file in error messages.
        header: Names of the columns.
        cut: Whether a text that is too long for a cell is cut; otherwise, it is an error.

    Raises:
        OutputError: A sheet cannot store the table.
    """
    with EXCEL:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxWriterException

    if len(header) > SHEET_COLUMNS:
        raise OutputError(f"{name}: a sheet has {SHEET_COLUMNS:,} columns at most: write CSV.")
    row = 0

    def write_row(cells: Sequence[Any]) -> None:
        nonlocal row
        if row == SHEET_ROWS:
            raise OutputError(f"{name}: a sheet has {SHEET_ROWS:,} rows at most: write CSV.")
        for column, cell in enumerate(cells):
            sheet_cells.write(row, column, cell)
        row += 1

    with Scratch() as scratch:
        options = {"constant_memory": True, "tmpdir": str(scratch.path)}
        book = xlsxwriter.Workbook(str(path), options)
        sheet = book.add_worksheet()
        sheet_cells = SheetCells(sheet, date_formats(book), name, cut=cut)
        write_row(header)

        def write(frame: pl.DataFrame) -> None:
            _require_plain(frame, name)
            for cells in frame.iter_rows():
                write_row(cells)

        try:
            yield write
            book.close()
        except XlsxWriterException as error:
            raise OutputError(
                f"{name} cannot be written: {error}. Check the free disk space."
            ) from error
        finally:
            sheet.row_data_fh.close()  # the temporary file stays open if the block fails


def _require_plain(frame: pl.DataFrame, name: str) -> None:
    """Raise OutputError if cells have parts or are bytes, which is no text."""
    if any(type_.is_nested() or type_ == pl.Binary for type_ in frame.dtypes):
        raise OutputError(
            f"{name} cannot contain cells that are lists, structures or bytes: write a Parquet "
            "file (.parquet)."
        )


_COLUMNAR = {_parquet, _arrow}
"""Formats in which the names of columns are unique."""
