"""Chunks: a stream of CSV cut into pieces of whole records, without parsing it.

A stream is read in cells of equal size. Each cell is surveyed by itself, and the surveys alone
decide where to cut, so that cells may be surveyed in any order and on any machine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..extras import CHECK
from .streams import Stream

with CHECK:
    import numpy as np

SIZE = 16 * 2**20
"""Bytes of a cell: enough to keep Polars busy, and few enough for the cache of the processor."""

MAX_OPEN = 64 * 2**20
"""Bytes after which an open quote counts as a lost one, and the chunk ends at a line."""

_WINDOW = 2**16
"""Bytes at the end of a cell that usually contain a line feed."""

_STRIDE = 2**18
_FEED, _QUOTE = b'\n"'


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole records.

    Attributes:
        offset: Byte of the stream at which they begin.
        data: Their bytes.
        has_quotes: Whether there are quotes among them.
    """

    offset: int
    data: bytes
    has_quotes: bool

    @classmethod
    def of(cls, offset: int, data: bytes) -> "Chunk":
        """Return the chunk of some bytes."""
        return cls(offset, data, b'"' in data)


@dataclass(frozen=True, slots=True)
class Survey:
    """What one cell contributes to the decision where to cut.

    Attributes:
        size: Number of bytes.
        odd: 1 if the number of quotes is odd, else 0.
        ends: Where the last line ends that ends outside quotes, if the cell begins outside quotes
            (first) or inside quotes (second); 0 if there is none.
        last_end: Where the last line ends, inside quotes or not; 0 if there is none.
    """

    size: int
    odd: int
    ends: tuple[int, int]
    last_end: int


@dataclass(frozen=True, slots=True)
class CutState:
    """The bytes since the last cut.

    Attributes:
        size: Number of bytes.
        inside: 1 if they end inside quotes, else 0.
        last_end: Where their last line ends; 0 if there is none.
    """

    size: int = 0
    inside: int = 0
    last_end: int = 0

    def add(self, survey: Survey) -> "tuple[int, CutState]":
        """Add a cell; return the number of bytes up to the new cut, 0 for none, and the rest."""
        size, inside = self.size + survey.size, self.inside ^ survey.odd
        last_end = self.size + survey.last_end if survey.last_end else self.last_end
        cut = survey.ends[self.inside]
        if cut:
            cut += self.size
        elif size > MAX_OPEN and last_end:  # the quote must have been lost
            cut, inside = last_end, inside ^ 1
        return cut, CutState(size - cut, inside, last_end - cut if last_end > cut else 0)


def survey(data: bytes, begin: int = 0, inside: int | None = None) -> Survey:
    """Survey the cell that starts at a byte of some data.

    Args:
        data: Bytes.
        begin: Where the cell starts.
        inside: Whether it begins inside quotes (1) or outside (0), if that is known; the end for
            the other case may then be missing.
    """
    feed = data.rfind(b"\n", begin)
    last_end = feed + 1 - begin if feed >= 0 else 0
    if data.find(b'"', begin) < 0:
        return Survey(len(data) - begin, 0, (last_end, 0), last_end)
    array = np.frombuffer(data, np.uint8)[begin:]
    strides = [array[at : at + _STRIDE] for at in range(0, len(array), _STRIDE)]
    odd = [0]
    for stride in strides:
        odd.append(odd[-1] ^ (int(np.count_nonzero(stride == _QUOTE)) & 1))
    wanted = (0, 1) if inside is None else (inside,)
    ends = [0, 0]
    for index in reversed(range(len(strides))):
        if all(ends[side] for side in wanted):
            break
        feeds = np.flatnonzero(strides[index] == _FEED)
        before = np.searchsorted(np.flatnonzero(strides[index] == _QUOTE), feeds)
        sides = (before & 1) ^ odd[index]
        for side in wanted:
            feeds_outside = feeds[sides == side]
            if not ends[side] and len(feeds_outside):
                ends[side] = index * _STRIDE + int(feeds_outside[-1]) + 1
    return Survey(len(array), odd[-1], (ends[0], ends[1]), last_end)


def cut_points(begin: int, size: int, surveys: Iterable[Survey]) -> Iterator[int]:
    """Return the byte at which each chunk of a stream ends.

    Args:
        begin: Where the first record begins.
        size: Number of bytes of the stream.
        surveys: Surveys of its cells, in order; what is left after the last one is not surveyed.
    """
    end, state = begin, CutState()
    for cell in surveys:
        length, state = state.add(cell)
        if length:
            end += length
            yield end
    if end < size:
        yield size


def read_chunks(stream: Stream, begin: int, size: int) -> Iterator[Chunk]:
    """Cut a stream where `cut_points` would, reading each chunk once.

    Args:
        stream: CSV.
        begin: Where the first record begins.
        size: Bytes of a cell.
    """
    start, reach, state = begin, begin, CutState()
    while True:
        window = max(reach, reach + size - _WINDOW)
        reach += size
        edge = stream.read(window, reach)
        if window + len(edge) < reach:  # the stream ends here
            if rest := stream.read(start, reach):
                yield Chunk.of(start, rest)
            return
        tail = len(edge) - edge.rfind(b"\n") - 1  # after the last line feed
        if tail == len(edge):
            tail = 0
        data = stream.read(start, reach - tail)
        cell = survey(data, state.size, state.inside)
        odd = cell.odd ^ (edge.count(b'"', len(edge) - tail) & 1)
        cell = Survey(size, odd, cell.ends, cell.last_end)
        cut, state = state.add(cell)
        if cut:
            yield Chunk.of(start, data[:cut])
            start += cut
            stream.release(start)


def read_chunk(stream: Stream, start: int, end: int) -> Chunk:
    """Read a chunk whose place is known."""
    stream.release(start)
    return Chunk.of(start, stream.read(start, end))


def read_head(stream: Stream) -> bytes:
    """Read the first record of a stream, or more; less if a quote was lost in it."""
    size = _WINDOW
    while True:
        data = stream.read(0, size)
        feed = data.find(b"\n")
        quotes = data.count(b'"', 0, max(feed, 0))
        while feed >= 0 and quotes % 2:
            start = feed
            feed = data.find(b"\n", feed + 1)
            quotes += data.count(b'"', start, feed)
        if feed >= 0 or len(data) < size or size > MAX_OPEN:
            return data
        size *= 2
