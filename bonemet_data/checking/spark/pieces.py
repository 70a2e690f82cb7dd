"""Pieces: parts of files that are read independently, and give the batches of one machine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ...errors import DataError
from ...extras import ARROW, CHECK
from ..batch_checker import BatchChecker
from ..chunks import Chunk, Survey, cut_points
from ..tables import ColumnarTable, CsvTable, PendingBatch

with CHECK:
    import polars as pl

_MIN_GROUP = 2**18
"""Records of a piece of Parquet, or more: whole row groups, since each is decompressed at once."""

_ARROW_ROWS = 2**20
"""Records of a piece of an Arrow file."""

MAX_PIECES = 2**32
"""More than the number of pieces of a table."""

FileTable: TypeAlias = CsvTable | ColumnarTable


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file.

    Attributes:
        table: Index of its table.
        number: Its index in the table.
        start: Byte or record at which it begins.
        end: Byte or record at which it ends; None for the end of the file.
    """

    table: int
    number: int
    start: int
    end: int | None

    @property
    def place(self) -> int:
        """A number that orders pieces as their data."""
        return place_of(self.table, self.number)


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece that is read: its place, the name of its file, its checker and its batches."""

    place: int
    name: str | None
    checker: BatchChecker
    batches: Iterable[PendingBatch]


def place_of(table: int, number: int) -> int:
    """Return a number that orders pieces by table and number."""
    return table * MAX_PIECES + number


def table_of(place: int) -> int:
    """Return the index of the table of a place."""
    return place // MAX_PIECES


def cells(index: int, table: FileTable) -> Iterator[Piece]:
    """Iterate over the cells of an uncompressed CSV file, which are surveyed."""
    if isinstance(table, ColumnarTable) or table.size is None:
        return
    starts = range(table.begin, table.size - table.cell_size + 1, table.cell_size)
    for number, start in enumerate(starts):
        yield Piece(index, number, start, start + table.cell_size)


def pieces(index: int, table: FileTable, surveys: Iterable[Survey]) -> Iterator[Piece]:
    """Iterate over the pieces of a file: chunks of CSV, groups of records, or a compressed file."""
    if isinstance(table, ColumnarTable):
        start, ends = 0, _group_ends(table)
    elif table.size is None:
        yield Piece(index, 0, 0, None)
        return
    else:
        start, ends = table.begin, cut_points(table.begin, table.size, surveys)
    for number, end in enumerate(ends):
        yield Piece(index, number, start, end)
        start = end


def batches(table: FileTable, piece: Piece, checker: BatchChecker) -> Iterator[PendingBatch]:
    """Iterate over the batches of a piece."""
    if piece.end is None:
        yield from table.batches(checker)
    elif isinstance(table, ColumnarTable):
        yield from table.slice(piece.start, piece.end - piece.start).batches(checker)
    else:
        chunk = Chunk.of(piece.start, read(table, piece))
        yield table.pending(0, chunk, len(checker.header))


def read(table: CsvTable, piece: Piece) -> bytes:
    """Read the bytes of a piece of an uncompressed CSV file."""
    with table.open() as stream:
        return stream.read(piece.start, piece.end or 0)


def _group_ends(table: ColumnarTable) -> Iterator[int]:
    """Iterate over the number of the record at which each piece ends."""
    try:
        if table.format == "parquet":
            with ARROW:
                import pyarrow.parquet as pq
            metadata = pq.read_metadata(table.path)
            sizes = [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)]
            total, least = sum(sizes), _MIN_GROUP
        else:
            total = table.frame.select(pl.len()).collect().item()
            sizes, least = [_ARROW_ROWS] * -(-total // _ARROW_ROWS), _ARROW_ROWS
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataError(f"{table.name} cannot be read: {error}.") from error
    end = begun = 0
    for size in sizes:
        end, begun = min(end + size, total), begun + size
        if begun >= least or end == total:
            yield end
            begun = 0
