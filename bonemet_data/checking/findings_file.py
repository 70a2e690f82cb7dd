"""Write all findings to a file."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory

from ..atomic import atomic_file
from ..extras import CHECK
from ..names import unknown
from .collector import COLUMNS, Sink

with CHECK:
    import polars as pl

FORMATS: Mapping[str, Callable[[pl.LazyFrame, Path], object]] = {
    "parquet": pl.LazyFrame.sink_parquet,
    "csv": pl.LazyFrame.sink_csv,
    "json": pl.LazyFrame.sink_ndjson,
}


@contextmanager
def open_output(path: str | PathLike[str]) -> Iterator[Sink]:
    """Open a file for findings; the file is written when the block ends without an error.

    Args:
        path: Path of the file: .parquet, .csv, or .json (one object per line).

    Yields:
        A function that adds a frame of findings.

    Raises:
        UnknownNameError: The suffix is not supported.
        OutputError: The file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        raise unknown("output format", suffix, FORMATS)
    parts: list[Path] = []

    def add(frame: pl.DataFrame) -> None:
        part = Path(folder, f"{len(parts):09}.arrow")
        with _as_os_error():
            frame.select(*COLUMNS).write_ipc(part)
        parts.append(part)

    prefix = f".{path.name}."
    with atomic_file(path) as target, TemporaryDirectory(dir=path.parent, prefix=prefix) as folder:
        yield add
        findings = pl.scan_ipc(parts, glob=False) if parts else pl.LazyFrame(schema=COLUMNS)
        with _as_os_error():
            FORMATS[suffix](findings, target)


@contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except pl.exceptions.PolarsError as error:
        raise OSError(str(error)) from error
