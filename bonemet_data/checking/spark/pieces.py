"""Pieces: tables taken apart, so that many readers see the batches that one would see."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...errors import DataError
from ...extras import ARROW, CHECK
from ..chunks import Block
from ..program import Program
from ..sources import ColumnarTable, CsvTable, Load, csv_load
from ..streams import open_stream
from .cuts import Pending, Survey

with CHECK:
    import polars as pl

_GROUP = 2**18
"""Records of a piece of Parquet, or more: whole row groups, for each is unpacked as one."""

_SLICE = 2**20
"""Records of a piece of Arrow."""

PLACES = 2**32
"""Places of a table, more than it can have pieces."""

FileTable = CsvTable | ColumnarTable


class Piece(NamedTuple):
    """A part of a file that one reader reads in one go.

    Args:
        table: the index of its table.
        number: its own index in the table.
        start: the byte or the record at which it begins.
        end: where it ends; None for the end of the file.
    """

    table: int
    number: int
    start: int
    end: int | None

    @property
    def place(self) -> int:
        """A number that orders pieces as their data."""
        return place(self.table, self.number)


def place(table: int, number: int) -> int:
    """Give a number that orders pieces by their table, and then by their own number."""
    return table * PLACES + number


def table_of(place: int) -> int:
    """Give the index of the table in which a place lies."""
    return place // PLACES


def cells(at: int, table: FileTable) -> Iterator[Piece]:
    """Give the cells of a plain CSV file, at each of whose ends one machine looks where to cut."""
    if isinstance(table, ColumnarTable) or table.size is None:
        return
    for number, start in enumerate(range(table.begin, table.size - table.block + 1, table.block)):
        yield Piece(at, number, start, start + table.block)


def pieces(at: int, table: FileTable, surveys: Iterable[Survey]) -> Iterator[Piece]:
    """Give the pieces of a file in order: blocks of CSV, groups of records, or a packed file."""
    if isinstance(table, ColumnarTable):
        start, ends = 0, _groups(table)
    elif table.size is None:
        yield Piece(at, 0, 0, None)
        return
    else:
        start, ends = table.begin, cuts(table.begin, table.size, surveys)
    for number, end in enumerate(ends):
        yield Piece(at, number, start, end)
        start = end


def loads(table: FileTable, piece: Piece, program: Program) -> Iterator[Load]:
    """Give the batches of a piece in order."""
    if piece.end is None:
        yield from table.loads(program)
    elif isinstance(table, ColumnarTable):
        yield from table.part(piece.start, piece.end - piece.start).loads(program)
    else:
        data = content(table, piece)
        block = Block(piece.start, data, b'"' in data)
        yield csv_load(0, block, len(program.header), table.separator)


def content(table: CsvTable, piece: Piece) -> bytes:
    """Read the bytes of a piece of plain CSV."""
    end = table.state.size if piece.end is None else piece.end
    with open_stream(table.path, table.name, table.state) as stream:
        return stream.read(piece.start, end)


def cuts(begin: int, size: int, surveys: Iterable[Survey]) -> Iterator[int]:
    """Give the byte at which each piece ends."""
    end, pending = begin, Pending()
    for cell in surveys:
        length, pending = pending.cut(cell)
        if length:
            end += length
            yield end
    if end < size:
        yield size


def _groups(table: ColumnarTable) -> Iterator[int]:
    """Give the number of the record at which each piece ends."""
    try:
        if table.kind == "parquet":
            with ARROW:
                import pyarrow.parquet as pq
            metadata = pq.read_metadata(table.path)
            sizes = [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)]
            every, least = sum(sizes), _GROUP
        else:
            every = table.part(0, None).frame.select(pl.len()).collect().item()
            sizes, least = [_SLICE] * -(-every // _SLICE), _SLICE
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataError(f"{table.name} cannot be read: {error}.") from error
    end = begun = 0
    for size in sizes:
        end, begun = min(end + size, every), begun + size
        if begun >= least or end == every:
            yield end
            begun = 0
