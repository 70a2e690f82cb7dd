"""Files of fixes: written for spreadsheets, and read as spreadsheets save them."""

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from ..atomic import atomic_file
from ..errors import DataError, OutputError
from ..extras import CHECK
from ..package.csv_reading import BOM, CsvReader
from ..package.dialect import DEFAULT
from ..reading.formats import KINDS, Format, suffix_of, text_format
from ..reading.opening import open_table
from ..reading.row_tables import required_header
from ..reading.sniffing import detected_encoding, detected_separator
from ..reading.table_writers import table_writer
from ..reporting.fixes import COLUMNS, fix_rows
from ..reporting.frames import INTEGERS
from ..reporting.groups import FindingGroup
from .fixes import REQUIRED, Fix, require_columns
from .sheet_texts import read_text, write_text

with CHECK:
    import polars as pl

WINDOWS = "cp1252"
"""Encoding of CSV files that Excel saves, unless it is told to use UTF-8."""

_WRITTEN = (".csv", ".xlsx")


def require_new(path: str | PathLike[str]) -> None:
    """Raise OutputError if a file of fixes cannot be written: it exists, or has another suffix."""
    if Path(path).suffix.lower() not in _WRITTEN:
        raise OutputError(f"{path} has an unknown format: use the extension .csv or .xlsx.")
    if Path(path).exists():
        raise OutputError(
            f"{path} exists, and may have replacements that a person entered: choose another file, "
            "or remove it."
        )


def write_fixes(path: str | PathLike[str], groups: Iterable[FindingGroup]) -> None:
    """Write fixes for a spreadsheet: CSV in UTF-8 with a byte order mark, or xlsx.

    Raises:
        OutputError: The file exists, has another suffix, or cannot be written.
    """
    require_new(path)
    rows = fix_rows(groups)
    columns = {
        name: [
            write_text(str(cell)) if isinstance(cell := getattr(row, name), str) else cell
            for row in rows
        ]
        for name in COLUMNS
    }
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        types = {name: pl.Int64() if name in INTEGERS else pl.String() for name in columns}
        with table_writer(path, [*columns]) as write:
            write(pl.DataFrame(columns, schema=types))
        return
    reader = CsvReader()
    with atomic_file(path) as temporary, temporary.open("wb") as file:
        file.write(BOM)
        for row in ([*columns], *zip(*columns.values(), strict=True)):
            texts = ("" if cell is None else str(cell) for cell in row)
            file.write(f"{reader.join(texts)}\r\n".encode())


def read_fixes(path: str | PathLike[str]) -> tuple[list[Fix], list[str]]:
    """Read fixes from a file that a spreadsheet may have saved.

    The format follows from the suffix. The separator of CSV is found by the names of the columns,
    and its encoding is UTF-8, that of a byte order mark, or else Windows-1252.

    Returns:
        The rows with a replacement, and notes on how the file was read.

    Raises:
        DataError: The file cannot be read, or a cell is not valid.
        ArgumentError: The file lacks a column.
    """
    path, name = Path(path), str(path)
    format_, notes = _format(path, name)
    table = open_table(path, name, format_, None)
    header = required_header(table.header, name)
    require_columns(header, name)
    places = {each: header.index(each) for each in (*REQUIRED, "rule") if each in header}
    fixes: list[Fix] = []
    number = 1
    for pending in table.batches(header):
        batch = pending.parse()
        for fault in batch.faults:
            if fault.row is None and fault.value:
                raise DataError(f"{name}: {fault.value!r}: {fault.message}.")
        columns = {each: batch.frame[f"c{at}"].cast(pl.String) for each, at in places.items()}
        for cells in zip(*columns.values(), strict=True):
            number += 1
            row = dict(zip(columns, (cell or "" for cell in cells), strict=True))
            fix = _fix(f"{name}: row {number}", row)
            if row["replacement"]:
                fixes.append(fix)
    return fixes, notes


def _fix(place: str, cells: dict[str, str]) -> Fix:
    try:
        column, value, replacement = (read_text(cells[name]) for name in REQUIRED)
    except ValueError as error:
        raise DataError(
            f"{place}: a text in double quotes is not valid ({error}): write a backslash and a "
            "quote between the quotes with a backslash before it."
        ) from error
    return Fix(place, column, value, replacement, cells.get("rule", ""))


def _format(path: Path, name: str) -> tuple[Format, list[str]]:
    suffix, compression = suffix_of(name)
    kind = KINDS.get(suffix, "csv")
    if kind not in {"csv", "tsv"} or compression:
        return text_format(Format(kind, DEFAULT, compression=compression), separator=None), []
    format_ = detected_encoding(path, name, Format())
    data, notes = path.read_bytes(), []
    if not format_.encoding and not _is_utf8(data):
        format_ = Format(encoding=WINDOWS)
        notes.append(f"{name} is not UTF-8, and was read as {WINDOWS}")
    head = data.decode(format_.encoding or "utf-8", "replace").removeprefix("\ufeff")
    separator = detected_separator(head.encode(), REQUIRED, "")
    return text_format(format_, separator=separator), notes


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
