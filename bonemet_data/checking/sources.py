"""Sources: files, folders and frames, as tables whose batches can be read more than once."""

import glob
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from os import PathLike
from pathlib import Path
from shutil import copyfileobj
from typing import Any, NamedTuple, Protocol

from ..errors import DataError, UnsupportedFrameError
from ..extras import CHECK
from .batches import Batch, parse
from .chunks import SIZE, Block, blocks, head, read_block
from .output import OutputError, no_room
from .program import Program
from .records import Tokenizer
from .streams import Stream, confirm, open_stream, state_of
from .typed import native

with CHECK:
    import polars as pl

SEPARATORS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
PACKED = {".gz", ".zst"}
COLUMNAR = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "ipc",
    ".feather": "ipc",
    ".ipc": "ipc",
}
BOM = b"\xef\xbb\xbf"
ROWS = 65_536
"""Records in a batch of typed data."""


class Load(NamedTuple):
    """One batch that is still to be read: its number, its bytes or records, and how to read it."""

    number: int
    size: int
    read: Callable[[], Batch]


class Layout(Protocol):
    """How a file or a frame is laid out."""

    @property
    def name(self) -> str | None:
        """What to call the file, or None."""

    @property
    def header(self) -> tuple[str, ...] | None:
        """The names of the columns; None if a file has no sound header."""

    @property
    def header_lines(self) -> int:
        """How many lines the header takes; 0 if the data are not lines."""


class Table(Layout, Protocol):
    """Some data of one layout."""

    def loads(self, program: Program, wanted: Collection[int] | None = None) -> Iterator[Load]:
        """Give the batches in order, each time anew; those of some numbers if told which."""


class CsvTable:
    """A CSV file, plain or packed.

    Args:
        path: where it is.
        name: what to call it.
        separator: one character.
    """

    def __init__(self, path: Path, name: str, separator: str) -> None:
        self.path, self.name, self.separator = path, name, separator.encode()
        self.state = state_of(path, name)
        with open_stream(path, name, self.state) as stream:
            data = head(stream)
            self.size = stream.size
        mark = len(BOM) if data.startswith(BOM) else 0
        names, length = Tokenizer(self.separator).header(data[mark:])
        self.header = names if names and any(names) else None
        self.begin, self.block = mark + length, SIZE
        record = data[: self.begin]
        self.header_lines = record.count(b"\n") + (not record.endswith(b"\n"))
        self._places: list[tuple[int, int]] = []

    def loads(self, program: Program, wanted: Collection[int] | None = None) -> Iterator[Load]:
        """Give the blocks of the file in order; those of some numbers if told which."""
        width = len(program.header)
        with open_stream(self.path, self.name, self.state) as stream:
            for number, block in self._blocks(stream, wanted):
                yield csv_load(number, block, width, self.separator)

    def _blocks(
        self, stream: Stream, wanted: Collection[int] | None
    ) -> Iterator[tuple[int, Block]]:
        if wanted is None:
            self._places.clear()
            for number, block in enumerate(blocks(stream, self.begin, self.block)):
                self._places.append((block.start, block.start + len(block.data)))
                yield number, block
            return
        for number in sorted(wanted):
            yield number, read_block(stream, *self._places[number])


class FrameTable:
    """Typed data: a frame, or a file in a columnar format.

    Args:
        frame: the data, not read yet.
        name: what to call the file, or None.
    """

    header_lines = 0

    def __init__(self, frame: "pl.LazyFrame", name: str | None = None) -> None:
        self.frame, self.name = frame, name
        try:
            self.header: tuple[str, ...] | None = tuple(frame.collect_schema().names())
        except (pl.exceptions.PolarsError, OSError) as error:
            raise DataError(f"{name or 'The frame'} cannot be read: {error}.") from error

    def loads(self, program: Program, wanted: Collection[int] | None = None) -> Iterator[Load]:
        """Give slices of the frame in order, with the columns that have rules."""
        if wanted is not None and not wanted:
            return
        header = self.header or ()
        chosen = [name for name in header if name in program.columns] or header[:1]
        places = [f"c{header.index(name)}" for name in chosen]
        try:
            frames = self.frame.select(chosen).collect_batches(
                chunk_size=ROWS, maintain_order=True, engine="streaming"
            )
            for number, frame in enumerate(frames):
                if wanted is None or number in wanted:
                    yield frame_load(number, frame, places, program)
        except (pl.exceptions.PolarsError, OSError) as error:
            raise DataError(f"{self.name or 'The frame'} cannot be read: {error}.") from error


class ColumnarTable:
    """A file in a columnar format.

    Args:
        path: where it is.
        kind: "parquet" or "ipc".
    """

    header_lines = 0

    def __init__(self, path: Path, kind: str) -> None:
        self.path, self.name, self.kind = path, str(path), kind
        self.state = state_of(path, self.name)
        self.header = self.part(0, None).header

    def part(self, row: int, rows: int | None) -> FrameTable:
        """Give some rows of the file, or all from one on."""
        if self.kind == "parquet":
            frame = pl.scan_parquet(self.path, glob=False)
        else:
            frame = pl.scan_ipc(self.path, glob=False)
        return FrameTable(frame if rows is None else frame.slice(row, rows), self.name)

    def loads(self, program: Program, wanted: Collection[int] | None = None) -> Iterator[Load]:
        """Give slices of the file in order; those of some numbers if told which."""
        confirm(self.path, self.name, self.state)
        yield from self.part(0, None).loads(program, wanted)
        confirm(self.path, self.name, self.state)


def tables(
    data: object,
    separator: str | None,
    folder: Path,
    output: str | PathLike[str] | None = None,
) -> list[Table]:
    """Find the tables of what a caller calls data.

    Args:
        data: a path, a glob, a folder, "-" for standard input, a list of these, or a frame.
        separator: that of the CSV files; by the file's ending if None.
        folder: where standard input may be kept, for it can be read only once.
        output: a file that will be written, which can be none of the data.

    Raises:
        DataError: there is no such file, or its ending is unknown.
        OutputError: the output is one of the data.
        UnsupportedFrameError: it is neither a path nor a known frame.
    """
    if isinstance(data, list | tuple):
        return [table for each in data for table in tables(each, separator, folder, output)]
    if isinstance(data, str) and data == "-":
        path = folder / "standard-input.csv"
        try:
            with path.open("wb") as file:
                copyfileobj(sys.stdin.buffer, file)
        except OSError as error:
            raise no_room("Standard input", folder, error) from error
        return [CsvTable(path, "-", separator or ",")]
    if isinstance(data, str | Path):
        paths = _paths(str(data))
        if output is not None and Path(output).resolve() in {path.resolve() for path in paths}:
            raise OutputError(f"{output} is one of the data: write the failures elsewhere.")
        return [_file(path, separator) for path in paths]
    return [FrameTable(_lazy(data))]


def _paths(data: str) -> list[Path]:
    path = Path(data)
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if _kind(each) and not each.is_dir())
        if not inside:
            raise DataError(f"{data} holds no file whose ending is one of {_endings()}.")
        return inside
    if path.exists():
        return [path]
    matching = sorted(Path(each) for each in glob.glob(data, recursive=True))  # noqa: PTH207 - a pattern may be absolute
    found = [each for each in matching if not each.is_dir()]  # and also links that lead nowhere
    if not found:
        raise DataError(f"{data} is missing: correct the path or the pattern.")
    return found


def _kind(path: Path) -> str | None:
    """Give a separator or the name of a columnar format, by the ending of a file."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in PACKED:
        return SEPARATORS.get("".join(suffixes[-2:-1]))
    last = suffixes[-1] if suffixes else ""
    return SEPARATORS.get(last) or COLUMNAR.get(last)


def _file(path: Path, separator: str | None) -> Table:
    kind = _kind(path)
    if kind in COLUMNAR.values():
        return ColumnarTable(path, str(kind))
    if kind is None and separator is None:
        raise DataError(f"{path} is of no known format: its name must end in one of {_endings()}.")
    return CsvTable(path, str(path), separator or kind or ",")


def _endings() -> str:
    packed = [f"{ending}{pack}" for ending in (".csv", ".tsv") for pack in sorted(PACKED)]
    return ", ".join([*SEPARATORS, *packed, *COLUMNAR])


def _lazy(data: Any) -> "pl.LazyFrame":
    try:
        return _converted(data)
    except (ValueError, TypeError, pl.exceptions.PolarsError) as error:
        if isinstance(error, UnsupportedFrameError):
            raise
        raise DataError(f"The frame cannot be read: {error}. Write it to a file first.") from error


def _converted(data: Any) -> "pl.LazyFrame":
    if isinstance(data, pl.LazyFrame):
        return data
    if isinstance(data, pl.DataFrame):
        return data.lazy()
    for kind in type(data).__mro__:
        library = kind.__module__.partition(".")[0]
        if library == "pandas" and kind.__name__ == "DataFrame":
            return pl.DataFrame(pl.from_pandas(data, nan_to_null=True)).lazy()
        if library == "pyarrow" and kind.__name__ in {"Table", "RecordBatch"}:
            return pl.DataFrame(pl.from_arrow(data)).lazy()
        if library == "pyspark" and kind.__name__ == "DataFrame":
            raise UnsupportedFrameError('A Spark DataFrame is checked with engine="spark".')
    raise UnsupportedFrameError(
        f"A {type(data).__name__} cannot be checked: "
        "give a path, or a pandas, Polars or Arrow frame."
    )


def csv_load(number: int, block: Block, width: int, separator: bytes) -> Load:
    """Make the load of a block of CSV."""
    return Load(number, len(block.data), lambda: parse(block, width, separator))


def frame_load(number: int, frame: "pl.DataFrame", places: Sequence[str], program: Program) -> Load:
    """Make the load of a frame whose columns go to some places of the batch."""

    def read() -> Batch:
        cells = native(frame, places, program.rulebook.schema)
        return Batch(cells, None, 0, (), empty=False, quoted=True)

    return Load(number, frame.height, read)
