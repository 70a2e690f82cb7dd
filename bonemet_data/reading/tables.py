"""Tables: CSV files, columnar files and frames, which are read in batches."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeAlias

from ..errors import DataError
from ..extras import CHECK
from ..package.csv_reading import CsvReader
from .batches import BOM, Batch, PendingBatch, parse_chunk
from .byte_streams import Stream, file_state, open_stream, require_unchanged
from .chunks import SIZE, Chunk, read_chunk, read_chunks, read_head
from .csv_records import fitted, probable_names, read_header
from .formats import Format
from .row_tables import DialectTable, RowTable, empty_frame, require_no_fault, required_header
from .sniffing import better_separator

with CHECK:
    import polars as pl

FRAME_ROWS = 65_536
"""Records per batch of typed data."""


class CsvTable:
    """A CSV file in which only delimiter, encoding and compression differ from the defaults.

    Args:
        source: Path or content of the file.
        name: Name of the file in findings and error messages.
        separator: One ASCII character.
        format_: Encoding and compression; None for UTF-8, and for the compression of the suffix.
        first: Header of the first part of the table. A part with other names has no header.
        without_header: Names of the columns of a file without header.

    Attributes:
        header: Names of the columns; None if there is no valid header.
        probable_header: Names of the columns of a header that is malformed, as far as known.
        header_lines: Number of lines of the header.
        size: Number of bytes; None if the file is compressed or decoded.
        begin: Offset of the first record.
        block_size: Bytes of a block; see `chunks`.
    """

    probable_header: tuple[str, ...] = ()

    def __init__(
        self,
        source: Path | bytes,
        name: str,
        separator: str,
        format_: Format | None = None,
        *,
        first: Sequence[str] | None = None,
        without_header: Sequence[str] | None = None,
    ) -> None:
        self.source, self.name, self.separator = source, name, separator.encode()
        self.format = format_
        self.state = file_state(source, name) if isinstance(source, Path) else None
        with self.open() as stream:
            head = read_head(stream)
            self.size = stream.size
        bom = len(BOM) if head.startswith(BOM) else 0
        self.block_size = SIZE
        self._offsets: list[tuple[int, int]] = []
        if without_header:
            self.header: tuple[str, ...] | None = tuple(without_header)
            self.begin, self.header_lines = bom, 0
            return
        reader = CsvReader(separator)
        names, length = read_header(reader, head[bom:])
        self.begin = bom + length
        record = head[: self.begin]
        if names is None and record.endswith(b"\n"):
            text = record[bom:].decode("utf-8", "surrogateescape")
            self.probable_header = probable_names(reader, text)
        if first and sorted(names or self.probable_header) != sorted(first):
            self.header, self.begin, self.header_lines = tuple(first), bom, 0
            return
        self.header = names if names and any(names) else None
        self.header_lines = record.count(b"\n") + (not record.endswith(b"\n"))

    @property
    def delimiter(self) -> str:
        """Text between cells."""
        return self.separator.decode()

    def better_separator(self, expected: Collection[str]) -> str | None:
        """Return another separator that yields more of the expected columns, or None."""
        with self.open() as stream:
            head = read_head(stream).removeprefix(BOM)
        return better_separator(head, self.delimiter, self.header or (), expected)

    def fit_rows(self) -> None:
        """Resize a header that is wrong to the number of cells of most rows."""
        with self.open() as stream:
            head = read_head(stream)
            final = not stream.read(len(head), len(head) + 1)
        text = head[self.begin :].decode("latin-1")
        spans = CsvReader(self.separator.decode()).spans(text, final=final)
        self.header = fitted(self.header, (cells for _, _, cells, _ in spans))

    def open(self) -> AbstractContextManager[Stream]:
        """Open the file; reading raises DataError if the file has changed."""
        compression = self.format.compression if self.format else None
        if compression is None and isinstance(self.source, bytes):
            compression = ""
        encoding = self.format.encoding if self.format else ""
        return open_stream(
            self.source, self.name, self.state, compression=compression, encoding=encoding
        )

    def batches(
        self,
        columns: Collection[str],  # noqa: ARG002 - for the other tables
        numbers: Collection[int] | None = None,
    ) -> Iterator[PendingBatch]:
        """Iterate over the batches of the table.

        Args:
            columns: Names of the columns that are needed. A CSV file has all columns anyway.
            numbers: Numbers of the batches; None for all.
        """
        width = len(self.header or ())
        for number, chunk in self._chunks(numbers):
            yield self.pending(number, chunk, width)

    def pending(self, number: int, chunk: Chunk, width: int) -> PendingBatch:
        """Return the batch of a chunk, whose records have `width` cells."""
        return PendingBatch(
            number, len(chunk.data), lambda: parse_chunk(chunk, width, self.separator)
        )

    def frames(self) -> Iterator[tuple[pl.DataFrame, int]]:
        """Iterate over frames of text, in which empty cells are "", and their sizes in bytes.

        The columns are named `c0`, `c1`, … by their position, since a header may repeat a name.

        Raises:
            DataError: The file cannot be read, or a record is malformed.
        """
        header = required_header(self.header, self.name)
        line = self.header_lines + 1
        for _, chunk in self._chunks(None):
            batch = parse_chunk(chunk, len(header), self.separator)
            require_no_fault(batch.faults, self.name, line)
            line += batch.line_count
            yield batch.frame.fill_null(""), len(chunk.data)
        if line == self.header_lines + 1:
            yield empty_frame(len(header)), 0

    def _chunks(self, numbers: Collection[int] | None) -> Iterator[tuple[int, Chunk]]:
        with self.open() as stream:
            if numbers is not None:
                for number in sorted(numbers):
                    yield number, read_chunk(stream, *self._offsets[number], self.separator)
                return
            self._offsets.clear()
            for number, chunk in enumerate(
                read_chunks(stream, self.begin, self.block_size, self.separator)
            ):
                self._offsets.append((chunk.offset, chunk.offset + len(chunk.data)))
                yield number, chunk


class FrameTable:
    """A typed frame, or a slice of a columnar file.

    Args:
        frame: The data.
        name: Name of the file, or None.
        rows: Number of records; None if it is unknown.
    """

    probable_header: tuple[str, ...] = ()

    def __init__(
        self, frame: "pl.LazyFrame", name: str | None = None, rows: int | None = None
    ) -> None:
        self.frame, self.name, self._rows = frame, name, rows
        self.header_lines = 0
        with _read_errors(name):
            self.header: tuple[str, ...] | None = tuple(frame.collect_schema().names())

    def batches(
        self, columns: Collection[str], numbers: Collection[int] | None = None
    ) -> Iterator[PendingBatch]:
        """Iterate over batches of typed values; see `CsvTable.batches`."""
        if numbers is not None and not numbers:
            return
        header = self.header or ()
        indices = {name: f"c{index}" for index, name in enumerate(header) if name in columns}
        indices = indices or {name: f"c{index}" for index, name in enumerate(header[:1])}
        for number, (frame, _) in enumerate(self._slices(self.frame.select(*indices))):
            if numbers is None or number in numbers:
                yield typed_batch(number, frame.rename(indices))

    def frames(self) -> Iterator[tuple[pl.DataFrame, int]]:
        """Iterate over slices of the frame, and their numbers of records.

        The columns are named `c0`, `c1`, … by their position. A frame without records has one
        empty slice.

        Raises:
            DataError: The data cannot be read.
        """
        names = {name: f"c{index}" for index, name in enumerate(self.header or ())}
        frame = self.frame.rename(names)
        slices = self._slices(frame)
        yield next(slices, (pl.DataFrame(schema=frame.collect_schema()), 0))
        yield from slices

    def fit_rows(self) -> None:
        """Do nothing: all rows of a frame have as many cells as the header."""

    def _slices(self, frame: "pl.LazyFrame") -> Iterator[tuple[pl.DataFrame, int]]:
        rows = 0
        with _read_errors(self.name):
            for part in frame.collect_batches(
                chunk_size=FRAME_ROWS, maintain_order=True, engine="streaming"
            ):
                rows += part.height
                yield part, part.height
        if self._rows is not None and rows < self._rows:  # a panic of Polars ends the batches
            raise DataError(
                f"{self.name}: only {rows:,} of {self._rows:,} records can be read: change the "
                "types of the columns, or get a new copy of the data."
            )


class ColumnarTable(FrameTable):
    """A Parquet or Arrow file.

    Args:
        path: Path of the file.
        name: Name of the file in findings and error messages.
        format: "parquet" or "ipc".
    """

    name: str

    def __init__(self, path: Path, name: str, format: str) -> None:  # noqa: A002 - the usual name
        self.path, self.format, self.state = path, format, file_state(path, name)
        with _read_errors(name):
            rows = self._scan().select(pl.len()).collect().item()
        super().__init__(self._scan(), name, rows)

    def slice(self, start: int, rows: int) -> FrameTable:
        """Return `rows` consecutive records, from the record with the index `start`."""
        return FrameTable(self._scan().slice(start, rows), self.name, rows)

    def _scan(self) -> "pl.LazyFrame":
        scan = pl.scan_parquet if self.format == "parquet" else pl.scan_ipc
        return scan(self.path, glob=False)

    def _slices(self, frame: "pl.LazyFrame") -> Iterator[tuple[pl.DataFrame, int]]:
        require_unchanged(self.path, self.name, self.state)
        yield from super()._slices(frame)
        require_unchanged(self.path, self.name, self.state)


TextTable: TypeAlias = CsvTable | DialectTable
Table: TypeAlias = CsvTable | FrameTable | RowTable


@contextmanager
def _read_errors(name: str | None) -> Iterator[None]:
    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise DataError(
            f"{name or 'the frame'} cannot be read: {error}. Get a new copy of the data."
        ) from error


def typed_batch(number: int, frame: "pl.DataFrame") -> PendingBatch:
    """Return a batch of typed values, whose columns are named `c0`, `c1`, …."""
    batch = Batch(frame, None, 0, (), null_is_empty=False, has_empty=True)
    return PendingBatch(number, frame.height, lambda: batch)
