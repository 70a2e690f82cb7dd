"""Split a stream of CSV into chunks of whole records, without parsing the records.

A stream is divided into blocks of equal size. A survey of a block records where lines end, both if
the block begins inside quotes and if it does not. The cut points follow from the surveys alone, so
blocks can be surveyed in any order and on any machine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..extras import CHECK
from .byte_streams import Stream

with CHECK:
    import numpy as np

SIZE = 16 * 2**20
"""Bytes of a block: large enough to use all threads of Polars, small enough for the CPU cache."""

MAX_OPEN = 64 * 2**20
"""Bytes after which an open quote is considered unmatched, and the chunk ends at a line feed."""

_WINDOW = 2**16
"""Bytes at the end of a block that usually contain a line feed."""

_STRIDE = 2**18
_FEED, _QUOTE = b'\n"'


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole records.

    Attributes:
        offset: Offset of the first byte in the stream.
        data: The bytes.
        has_quotes: Whether the bytes contain a quote.
    """

    offset: int
    data: bytes
    has_quotes: bool

    @classmethod
    def of(cls, offset: int, data: bytes) -> "Chunk":
        """Build a chunk from bytes at an offset."""
        return cls(offset, data, b'"' in data)


@dataclass(frozen=True, slots=True)
class Survey:
    """Quotes and line ends of one block, which determine where the stream can be cut.

    Attributes:
        size: Number of bytes.
        odd: 1 if the number of quotes is odd, else 0.
        ends: Ends of the last line that ends outside quotes, if the block begins outside quotes
            (first item) or inside quotes (second item); 0 if there is no such line.
        last_end: End of the last line, inside or outside quotes; 0 if there is none.
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
        inside: 1 if the bytes end inside quotes, else 0.
        last_end: End of the last line; 0 if there is none.
    """

    size: int = 0
    inside: int = 0
    last_end: int = 0

    def add(self, survey: Survey) -> "tuple[int, CutState]":
        """Return the bytes up to the next cut (0 for no cut), and the state after a block."""
        size, inside = self.size + survey.size, self.inside ^ survey.odd
        last_end = self.size + survey.last_end if survey.last_end else self.last_end
        cut = survey.ends[self.inside]
        if cut:
            cut += self.size
        elif size > MAX_OPEN and last_end:  # the quote is unmatched
            cut, inside = last_end, inside ^ 1
        return cut, CutState(size - cut, inside, last_end - cut if last_end > cut else 0)


def survey(data: bytes, begin: int = 0, inside: int | None = None) -> Survey:
    """Survey a block.

    Args:
        data: Bytes that end with the block.
        begin: Offset of the block in the data.
        inside: 1 if the block begins inside quotes, 0 if it begins outside quotes, None if that is
            unknown. If it is known, `ends` may lack the other case.
    """
    feed = data.rfind(b"\n", begin)
    last_end = feed + 1 - begin if feed >= 0 else 0
    if data.find(b'"', begin) < 0:
        return Survey(len(data) - begin, 0, (last_end, 0), last_end)
    array = np.frombuffer(data, np.uint8)[begin:]
    strides = [array[start : start + _STRIDE] for start in range(0, len(array), _STRIDE)]
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
    """Iterate over the offsets at which the chunks of a stream end.

    Args:
        begin: Offset of the first record.
        size: Number of bytes of the stream.
        surveys: Surveys of the complete blocks, in order. The remaining bytes need no survey.
    """
    end, state = begin, CutState()
    for block in surveys:
        length, state = state.add(block)
        if length:
            end += length
            yield end
    if end < size:
        yield size


def read_chunks(stream: Stream, begin: int, size: int) -> Iterator[Chunk]:
    """Iterate over the chunks of a stream, with the same cut points as `cut_points`.

    Args:
        stream: Stream of CSV.
        begin: Offset of the first record.
        size: Bytes of a block.
    """
    start, block_end, state = begin, begin, CutState()
    while True:
        window_start = max(block_end, block_end + size - _WINDOW)
        block_end += size
        window = stream.read(window_start, block_end)
        if window_start + len(window) < block_end:  # the stream ends here
            if rest := stream.read(start, block_end):
                yield Chunk.of(start, rest)
            return
        tail = len(window) - window.rfind(b"\n") - 1  # bytes after the last line feed
        if tail == len(window):
            tail = 0
        data = stream.read(start, block_end - tail)
        block = survey(data, state.size, state.inside)
        odd = block.odd ^ (window.count(b'"', len(window) - tail) & 1)
        block = Survey(size, odd, block.ends, block.last_end)
        cut, state = state.add(block)
        if cut:
            yield Chunk.of(start, data[:cut])
            start += cut
            stream.release(start)


def read_chunk(stream: Stream, start: int, end: int) -> Chunk:
    """Read the chunk between two offsets."""
    stream.release(start)
    return Chunk.of(start, stream.read(start, end))


def read_head(stream: Stream) -> bytes:
    """Read the start of a stream, with at least the first record unless a quote is unmatched."""
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
