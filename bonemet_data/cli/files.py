"""Large tables in files: read and written piece by piece, so that memory does not follow size.

CSV, also compressed, and Parquet; the ending of the name decides. What is written appears under
its name only when it is whole.
"""

import itertools
import os
import warnings
from collections.abc import Callable, Generator, Iterator
from lzma import LZMAError
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd

from ..errors import BonemetError
from ..extras import ARROW

ROWS = 250_000
"""Rows that are read at a time."""


_COMPRESSIONS = {".gz": "gzip", ".bz2": "bz2", ".xz": "xz", ".zst": "zstd"}
_ENDINGS = (".csv", ".parquet", *_COMPRESSIONS)


_UNREADABLE = (OSError, ValueError, EOFError, ImportError, LZMAError, pd.errors.ParserWarning)


class FileError(BonemetError):
    """A file cannot be read or written; the text says why."""


def read_pieces(path: Path, advance: Callable[[int], object]) -> Generator[pd.DataFrame]:
    """Read a table piece by piece.

    Args:
        path: a file whose name ends in .parquet, or a CSV file, which may be compressed.
        advance: is told how far each piece went, in the units of `length`.

    Returns:
        Frames; the columns of a CSV file are texts, as they stand in it.

    Raises:
        FileError: the file cannot be read.
    """
    try:
        yield from _parquet(path, advance) if _is_parquet(path) else _csv(path, advance)
    except _UNREADABLE as error:
        raise FileError(f"{path} cannot be read: {error}") from error


def length(path: Path) -> int:
    """Give the size of a file: rows of Parquet, bytes of anything else."""
    try:
        return _parquet_file(path).metadata.num_rows if _is_parquet(path) else path.stat().st_size
    except (OSError, ValueError) as error:
        raise FileError(f"{path} cannot be read: {error}") from error


class Writer:
    """Writes pieces of a table into a file that appears when it is whole.

    Args:
        path: its name decides the form, as in `read_pieces`.

    Raises:
        FileError: the file cannot be written; what was there before is untouched.
    """

    def __init__(self, path: Path) -> None:
        if path.suffix not in _ENDINGS:
            raise FileError(f"{path} ends in none of {', '.join(_ENDINGS)}: name it so.")
        self._path = path
        self._part = path.with_name(f".{os.getpid()}-{path.name}")
        self._parquet: Any = None
        self._begun = False

    def __enter__(self) -> Self:
        return self

    def write(self, piece: pd.DataFrame) -> None:
        """Add the rows of a piece."""
        try:
            if _is_parquet(self._path):
                self._write_parquet(piece)
            else:
                piece.to_csv(
                    self._part,
                    mode="a" if self._begun else "w",
                    header=not self._begun,
                    index=False,
                    lineterminator="\n",
                    compression=_compression(self._path),
                )
        except OSError as error:
            raise FileError(f"{self._path} cannot be written: {error}") from error
        self._begun = True

    def _write_parquet(self, piece: pd.DataFrame) -> None:
        with ARROW:
            import pyarrow as pa
            import pyarrow.parquet as pq
        table = pa.Table.from_pandas(piece, preserve_index=False)
        if self._parquet is None:
            self._parquet = pq.ParquetWriter(self._part, table.schema)
        self._parquet.write_table(table.cast(self._parquet.schema))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._parquet is not None:
            self._parquet.close()
        if error is None and self._begun:
            self._part.replace(self._path)
        self._part.unlink(missing_ok=True)


def _csv(path: Path, advance: Callable[[int], object]) -> Iterator[pd.DataFrame]:
    options: dict[str, Any] = {
        "dtype": str,
        "keep_default_na": False,
        "skip_blank_lines": False,
        "index_col": False,
        "compression": _compression(path),
        "encoding": "utf-8-sig",
    }
    header = pd.read_csv(path, header=None, nrows=1, **options).iloc[0].tolist()
    for name in header:
        if header.count(name) > 1:
            raise ValueError(f"two columns are named {name!r}: rename one")
    with (
        path.open("rb") as file,
        pd.read_csv(file, chunksize=ROWS, **options) as pieces,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("error", pd.errors.ParserWarning)  # a row longer than the header
        done = 0
        for piece in pieces:
            yield piece
            here = file.tell()
            advance(here - done)
            done = here


def _parquet(path: Path, advance: Callable[[int], object]) -> Iterator[pd.DataFrame]:
    """Read as Arrow's own types, which keep every integer and every column that is an index."""
    with ARROW:
        import pyarrow as pa
    file = _parquet_file(path)
    first = [file.schema_arrow.empty_table()] if not file.metadata.num_rows else []
    batches = (pa.Table.from_batches([batch]) for batch in file.iter_batches(ROWS))
    for table in itertools.chain(first, batches):
        plain = table.replace_schema_metadata(None)
        yield plain.to_pandas(types_mapper=pd.ArrowDtype)
        advance(table.num_rows)


def _parquet_file(path: Path) -> Any:
    with ARROW:
        import pyarrow.parquet as pq
    return pq.ParquetFile(path)


def _is_parquet(path: Path) -> bool:
    return path.suffix == ".parquet"


def _compression(path: Path) -> Any:
    return _COMPRESSIONS.get(path.suffix)
