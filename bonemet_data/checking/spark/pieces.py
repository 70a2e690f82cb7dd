"""Pieces: parts of files that workers read independently.

The batches of the pieces are the same as on one machine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ...errors import DataError
from ...extras import ARROW, CHECK
from ...package.csv_reading import LONGEST_RECORD
from ...reading.batches import PendingBatch
from ...reading.chunks import Chunk, Survey, are_sound, cut_points
from ...reading.tables import ColumnarTable, CsvTable
from ..batch_checker import BatchChecker

with CHECK:
    import polars as pl

_MIN_GROUP = 2**18
"""Minimum number of records of a piece of a Parquet file, which consists of whole row groups."""

_ARROW_ROWS = 2**20
"""Number of records of a piece of an Arrow file."""

MAX_PIECES = 2**32
"""Upper bound on the number of pieces of a table."""

FileTable: TypeAlias = CsvTable | ColumnarTable


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file.

    Attributes:
        table: Index of the table.
        number: Number of the piece in the table.
        start: Offset of the first byte, or index of the first record.
        end: End of the piece, in bytes or records; None for the end of the file.
    """

    table: int
    number: int
    start: int
    end: int | None

    @property
    def piece_id(self) -> int:
        """Id of the piece; ids are in the order of the data."""
        return make_piece_id(self.table, self.number)


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece to read: its id, the name of its file, its checker and its batches."""

    piece_id: int
    name: str | None
    checker: BatchChecker
    batches: Iterable[PendingBatch]


def make_piece_id(table: int, number: int) -> int:
    """Return the id of a piece; ids are ordered by table and number."""
    return table * MAX_PIECES + number


def table_index(piece_id: int) -> int:
    """Return the index of the table of a piece, given the id of the piece."""
    return piece_id // MAX_PIECES


def blocks(index: int, table: FileTable) -> Iterator[Piece]:
    """Iterate over the complete blocks of an uncompressed CSV file; see `chunks`."""
    if isinstance(table, ColumnarTable) or table.size is None:
        return
    starts = range(table.begin, table.size - table.block_size + 1, table.block_size)
    for number, start in enumerate(starts):
        yield Piece(index, number, start, start + table.block_size)


def pieces(index: int, table: FileTable, surveys: Sequence[Survey]) -> Iterator[Piece]:
    """Iterate over the pieces of a file: chunks of CSV, ranges of records, or the whole file.

    A file whose quoting is not sound is one piece, since its records must be found in order.
    """
    if isinstance(table, ColumnarTable):
        start, ends = 0, _group_ends(table)
    elif table.size is None or not are_sound(surveys, LONGEST_RECORD):
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
        yield from table.batches(checker.columns)
    elif isinstance(table, ColumnarTable):
        yield from table.slice(piece.start, piece.end - piece.start).batches(checker.columns)
    else:
        chunk = Chunk.of(piece.start, read(table, piece), table.separator)
        yield table.pending(0, chunk, len(checker.header))


def read(table: CsvTable, piece: Piece) -> bytes:
    """Read the bytes of a piece of an uncompressed CSV file."""
    with table.open() as stream:
        return stream.read(piece.start, piece.end or 0)


def neighborhood(table: CsvTable, block: Piece) -> tuple[bytes, bytes, bytes]:
    """Read the byte before a block, the block, and the two bytes after it."""
    before = max(table.begin, block.start - 1)
    with table.open() as stream:
        data = stream.read(before, (block.end or 0) + 2)
    start, end = block.start - before, (block.end or 0) - before
    return data[:start], data[start:end], data[end:]


def _group_ends(table: ColumnarTable) -> Iterator[int]:
    """Iterate over the indices of the records at which pieces end."""
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
        raise DataError(
            f"{table.name} cannot be read: {error}. Get a new copy of the file."
        ) from error
    end = begun = 0
    for size in sizes:
        end, begun = min(end + size, total), begun + size
        if begun >= least or end == total:
            yield end
            begun = 0
