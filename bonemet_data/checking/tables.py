"""Tables: CSV files, columnar files and frames, whose batches can be read more than once."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..errors import CsvError, DataError
from ..extras import CHECK
from ..package.csv_reading import CsvReader
from ..package.csv_records import read_header
from .batch_checker import BatchChecker
from .batches import BOM, Batch, parse_chunk
from .chunks import SIZE, Chunk, read_chunk, read_chunks, read_head
from .streams import BytesStream, Stream, file_state, open_stream, require_unchanged
from .typed_frames import convert_frame

with CHECK:
    import polars as pl

FRAME_ROWS = 65_536
"""Records of a batch of typed data."""


@dataclass(frozen=True, slots=True)
class PendingBatch:
    """A batch that is not parsed yet.

    Attributes:
        number: Its number in the table.
        size: Number of bytes of CSV, or of records.
        parse: Parses it.
    """

    number: int
    size: int
    parse: Callable[[], Batch]


class Header(Protocol):
    """Name and columns of a table."""

    @property
    def name(self) -> str | None:
        """Name of the file, or None for a frame."""

    @property
    def header(self) -> tuple[str, ...] | None:
        """Names of the columns; None if a file has no valid header."""

    @property
    def header_lines(self) -> int:
        """Number of lines of the header; 0 if the data are not lines."""


class Table(Header, Protocol):
    """A file or a frame."""

    def batches(
        self, checker: BatchChecker, numbers: Collection[int] | None = None
    ) -> Iterator[PendingBatch]:
        """Iterate over the batches, or over those with some numbers; may be called again."""

    def frames(self) -> Iterator[tuple[pl.DataFrame, int]]:
        """Iterate over frames with the columns of the data, at least one, and their size.

        The cells of a CSV file are text, "" if they are empty; other data keep their types. The
        size is the number of bytes of CSV, or of records.

        Raises:
            DataError: The data cannot be read, or a record is malformed.
        """


class CsvTable:
    """A CSV file, plain or compressed, or its bytes.

    Args:
        source: Path or content of the file.
        name: Name of the file in findings and messages.
        separator: One ASCII character.
    """

    def __init__(self, source: Path | bytes, name: str, separator: str) -> None:
        self.source, self.name, self.separator = source, name, separator.encode()
        self.state = file_state(source, name) if isinstance(source, Path) else None
        with self.open() as stream:
            head = read_head(stream)
            self.size = stream.size
        bom = len(BOM) if head.startswith(BOM) else 0
        names, length = read_header(CsvReader(separator), head[bom:])
        self.header = names if names and any(names) else None
        self.begin, self.cell_size = bom + length, SIZE
        record = head[: self.begin]
        self.header_lines = record.count(b"\n") + (not record.endswith(b"\n"))
        self._places: list[tuple[int, int]] = []

    def open(self) -> AbstractContextManager[Stream]:
        """Open the file, which must not have changed."""
        if isinstance(self.source, bytes):
            return nullcontext(BytesStream(self.source))
        return open_stream(self.source, self.name, self.state)

    def batches(
        self, checker: BatchChecker, numbers: Collection[int] | None = None
    ) -> Iterator[PendingBatch]:
        """Iterate over the chunks of the file, or over those with some numbers."""
        for number, chunk in self._chunks(numbers):
            yield self.pending(number, chunk, len(checker.header))

    def pending(self, number: int, chunk: Chunk, width: int) -> PendingBatch:
        """Return the batch of a chunk."""
        return PendingBatch(
            number, len(chunk.data), lambda: parse_chunk(chunk, width, self.separator)
        )

    def frames(self) -> Iterator[tuple[pl.DataFrame, int]]:
        """Iterate over frames of text with the names of the header, and their bytes."""
        header = self.header
        if header is None:
            raise CsvError(f"{self.name} has no header: add the names of the columns.", 1)
        _require_unique(header, self.name)
        line = self.header_lines + 1
        for _, chunk in self._chunks(None):
            batch = parse_chunk(chunk, len(header), self.separator)
            for fault in batch.faults:
                raise CsvError(
                    f"{self.name}:{line + fault.line}: {fault.message}", line + fault.line
                )
            line += batch.line_count
            frame = batch.frame.fill_null("")
            frame.columns = [*header]
            yield frame, len(chunk.data)
        if line == self.header_lines + 1:
            yield pl.DataFrame(schema=dict.fromkeys(header, pl.String)), 0

    def _chunks(self, numbers: Collection[int] | None) -> Iterator[tuple[int, Chunk]]:
        with self.open() as stream:
            if numbers is not None:
                for number in sorted(numbers):
                    yield number, read_chunk(stream, *self._places[number])
                return
            self._places.clear()
            for number, chunk in enumerate(read_chunks(stream, self.begin, self.cell_size)):
                self._places.append((chunk.offset, chunk.offset + len(chunk.data)))
                yield number, chunk


class FrameTable:
    """Typed data: a frame, or a columnar file.

    Args:
        frame: The data.
        name: Name of the file, or None.
    """

    header_lines = 0

    def __init__(self, frame: "pl.LazyFrame", name: str | None = None) -> None:
        self.frame, self.name = frame, name
        try:
            self.header: tuple[str, ...] | None = tuple(frame.collect_schema().names())
        except (pl.exceptions.PolarsError, OSError) as error:
            raise self._error(error) from error

    def batches(
        self, checker: BatchChecker, numbers: Collection[int] | None = None
    ) -> Iterator[PendingBatch]:
        """Iterate over slices of the frame, with the columns that are checked."""
        if numbers is not None and not numbers:
            return
        names = [*checker.columns] or [*(self.header or ())][:1]
        labels = [f"c{checker.header.index(name)}" for name in names]
        for number, (frame, _) in enumerate(self._slices(self.frame.select(names))):
            if numbers is None or number in numbers:
                yield pending_frame(number, frame, labels, checker)

    def frames(self) -> Iterator[tuple[pl.DataFrame, int]]:
        """Iterate over slices of the frame, and their number of records."""
        rows = 0
        for frame, height in self._slices(self.frame):
            rows += height
            yield frame, height
        if not rows:
            yield self.frame.limit(0).collect(), 0

    def _slices(self, frame: "pl.LazyFrame") -> Iterator[tuple[pl.DataFrame, int]]:
        try:
            for part in frame.collect_batches(
                chunk_size=FRAME_ROWS, maintain_order=True, engine="streaming"
            ):
                yield part, part.height
        except (pl.exceptions.PolarsError, OSError) as error:
            raise self._error(error) from error

    def _error(self, error: Exception) -> DataError:
        return DataError(f"{self.name or 'the frame'} cannot be read: {error}.")


class ColumnarTable:
    """A Parquet or Arrow file.

    Args:
        path: Path of the file.
        name: Name of the file in findings and messages.
        format: "parquet" or "ipc".
    """

    header_lines = 0

    def __init__(self, path: Path, name: str, format: str) -> None:  # noqa: A002 - the word for it
        self.path, self.name, self.format = path, name, format
        self.state = file_state(path, self.name)
        self.header = self.slice().header

    def slice(self, start: int = 0, rows: int | None = None) -> FrameTable:
        """Return some rows of the file, or all."""
        scan = pl.scan_parquet if self.format == "parquet" else pl.scan_ipc
        frame = scan(self.path, glob=False)
        return FrameTable(frame if rows is None else frame.slice(start, rows), self.name)

    def batches(
        self, checker: BatchChecker, numbers: Collection[int] | None = None
    ) -> Iterator[PendingBatch]:
        """Iterate over slices of the file, or over those with some numbers."""
        require_unchanged(self.path, self.name, self.state)
        yield from self.slice().batches(checker, numbers)
        require_unchanged(self.path, self.name, self.state)

    def frames(self) -> Iterator[tuple[pl.DataFrame, int]]:
        """Iterate over slices of the file, and their number of records."""
        require_unchanged(self.path, self.name, self.state)
        yield from self.slice().frames()
        require_unchanged(self.path, self.name, self.state)


def pending_frame(
    number: int, frame: "pl.DataFrame", labels: Sequence[str], checker: BatchChecker
) -> PendingBatch:
    """Return the batch of a typed frame, whose columns get some labels."""

    def parse() -> Batch:
        cells = convert_frame(frame, labels, checker.plan.schema)
        return Batch(cells, None, 0, (), null_is_empty=False, has_empty=True)

    return PendingBatch(number, frame.height, parse)


def _require_unique(names: Sequence[str], file: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DataError(f"{file}: two columns have the name {name!r}: rename one of them.")
        seen.add(name)
