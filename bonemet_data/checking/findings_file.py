"""Write all findings to a file."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from ..atomic import atomic_file
from ..errors import ArgumentError
from ..extras import CHECK
from ..names import unknown
from ..reading.table_writers import xlsx_writer
from .collector import COLUMNS, Sink
from .harmless_cells import disarm_formulas, escape_invisible

with CHECK:
    import polars as pl

_Frames: TypeAlias = Iterable[pl.DataFrame]

_BOM = "\ufeff".encode()

_NOT_ASCII = re.compile("[^\x00-\x7e]")


@contextmanager
def open_output(path: str | PathLike[str], *, bom: bool = False) -> Iterator[Sink]:
    """Open a file for findings; the file is written when the block ends without an error.

    Parquet and JSON files contain the true text of the cells. In CSV and xlsx files, which people
    open in a spreadsheet, invisible characters are escaped; in CSV files, a text that would be
    evaluated as a formula gets an apostrophe at its start.

    Args:
        path: Path of the file: .parquet, .csv, .xlsx, .json (an array), or .jsonl or .ndjson (one
            object per line).
        bom: Whether a CSV file begins with a byte order mark, so that Excel reads it as UTF-8.

    Yields:
        A function that adds a frame of findings.

    Raises:
        UnknownNameError: The suffix is not supported.
        ArgumentError: `bom` is True, and the file is not CSV.
        OutputError: The file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        raise unknown("output format", suffix, FORMATS)
    if bom and suffix != "csv":
        raise ArgumentError(f"only a CSV file has a byte order mark, not {path}: omit bom.")
    parts: list[Path] = []

    def add(frame: pl.DataFrame) -> None:
        part = Path(folder, f"{len(parts):09}.arrow")
        with _as_os_error():
            frame.select(*COLUMNS).write_ipc(part)
        parts.append(part)

    prefix = f".{path.name}."
    with atomic_file(path) as target, TemporaryDirectory(dir=path.parent, prefix=prefix) as folder:
        if bom:
            target.write_bytes(_BOM)
        yield add
        with _as_os_error():
            FORMATS[suffix](parts, target, path.name)


def _write_parquet(parts: list[Path], target: Path, _: str) -> None:
    findings = pl.scan_ipc(parts, glob=False) if parts else pl.LazyFrame(schema=COLUMNS)
    findings.sink_parquet(target)


def _write_csv(parts: list[Path], target: Path, _: str) -> None:
    with target.open("ab") as file:
        file.write(f"{','.join(COLUMNS)}\n".encode())
        for frame in _frames(parts):
            disarm_formulas(escape_invisible(frame)).write_csv(file, include_header=False)


def _write_xlsx(parts: list[Path], target: Path, name: str) -> None:
    with xlsx_writer(target, name, [*COLUMNS], cut=True) as write:
        for frame in _frames(parts):
            write(escape_invisible(frame))


def _write_lines(parts: list[Path], target: Path, _: str) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        for frame in _frames(parts):
            file.write(_json_lines(frame))


def _write_array(parts: list[Path], target: Path, _: str) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        start = "[\n"
        for frame in _frames(parts):
            file.write(start + _json_lines(frame).rstrip("\n").replace("\n", ",\n"))
            start = ",\n"
        file.write("[]\n" if start == "[\n" else "\n]\n")


FORMATS: Mapping[str, Callable[[list[Path], Path, str], None]] = {
    "parquet": _write_parquet,
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "json": _write_array,
    "jsonl": _write_lines,
    "ndjson": _write_lines,
}


def _frames(parts: Iterable[Path]) -> _Frames:
    return (frame for part in parts if (frame := pl.scan_ipc(part, glob=False).collect()).height)


def _json_lines(frame: pl.DataFrame) -> str:
    """Return findings as JSON, one object per line; invisible characters are escaped."""
    return _NOT_ASCII.sub(_json_escape, frame.write_ndjson())


def _json_escape(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else json.dumps(match[0])[1:-1]


@contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise OSError(str(error)) from error
