"""Blocks: a stream of bytes cut into pieces that hold whole records, without parsing them."""

from collections.abc import Iterator
from typing import NamedTuple

from .streams import Stream

SIZE = 16 * 2**20
"""Bytes of a block: large enough to keep Polars busy, small enough for the processor's cache."""

LONGEST = 64 * 2**20
"""Bytes after which an open quote is taken to be a lost one, and the block ends at a line."""

_WINDOW = 2**16
"""Bytes in which the end of a record is looked for."""


class Block(NamedTuple):
    """Whole records: where in the stream they begin, and whether quotes may be among them."""

    start: int
    data: bytes
    quoted: bool


def blocks(stream: Stream, start: int, size: int) -> Iterator[Block]:
    """Cut a stream at line feeds that lie outside quotes.

    A block ends at the last of them before a whole number of sizes from the start.

    Args:
        stream: CSV.
        start: where the first record begins.
        size: bytes of a block, more or less.
    """
    reach = start
    while True:
        reach += size
        window = max(start, reach - _WINDOW)
        edge = stream.read(window, reach)
        if window + len(edge) < reach:  # the stream ends here
            if rest := stream.read(start, reach):
                yield Block(start, rest, b'"' in rest)
            return
        feed = edge.rfind(b"\n")
        data = stream.read(start, reach if feed < 0 else window + feed + 1)
        quoted = b'"' in data
        end = _end(data, quoted)
        if not end and reach - start > LONGEST:  # the quote must have been lost
            end = data.rfind(b"\n") + 1
        if end:
            yield Block(start, data[:end], quoted)
            start += end
            stream.release(start)


def read_block(stream: Stream, start: int, end: int) -> Block:
    """Read a block whose place is known."""
    stream.release(start)
    data = stream.read(start, end)
    return Block(start, data, b'"' in data)


def head(stream: Stream) -> bytes:
    """Read what surely holds the first record of a stream, unless a quote has been lost there."""
    size = _WINDOW
    while True:
        data = stream.read(0, size)
        feed = data.find(b"\n")
        while feed >= 0 and data.count(b'"', 0, feed) % 2:
            feed = data.find(b"\n", feed + 1)
        if feed >= 0 or len(data) < size or size > LONGEST:
            return data
        size *= 2


def _end(data: bytes, quoted: bool) -> int:
    """Give the end of the last whole record; 0 if there is none."""
    quotes = data.count(b'"') if quoted else 0
    end = len(data)
    while True:
        at = data.rfind(b"\n", 0, end)
        if at < 0:
            return 0
        if quotes:
            quotes -= data.count(b'"', at, end)
        if quotes % 2 == 0:
            return at + 1
        end = at
