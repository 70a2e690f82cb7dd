"""Blocks: a stream of bytes cut into pieces that hold whole records, without parsing them."""

from collections.abc import Iterator
from typing import IO

SIZE = 8 * 2**20
"""Bytes of a block: large enough that Polars is busy, small enough that several fit in memory."""

LONGEST = 64 * 2**20
"""Bytes after which an open quote is taken to be a lost one, and the block ends at a line."""


def blocks(stream: IO[bytes], size: int = SIZE, rest: bytes = b"") -> Iterator[bytes]:
    r"""Cut a stream at line feeds that lie outside quotes.

    Args:
        stream: CSV.
        size: bytes of a block, more or less.
        rest: what has been read already and comes first.

    Example:
        >>> import io
        >>> list(blocks(io.BytesIO(b'a\n"b\nc"\nd'), size=4))
        [b'a\n', b'"b\nc"\n', b'd']
    """
    while data := stream.read(size):
        block = rest + data
        end = _end(block)
        if end:
            yield block[:end]
        rest = block[end:]
    if rest:
        yield rest


def first_record(stream: IO[bytes], size: int = 2**16) -> tuple[bytes, bytes]:
    """Read the first record of a stream; give it, and what has been read beyond it."""
    record = b""
    while data := stream.read(size):
        record += data
        at = -1
        while (at := record.find(b"\n", at + 1)) >= 0:
            if record.count(b'"', 0, at) % 2 == 0:
                return record[: at + 1], record[at + 1 :]
        if len(record) > LONGEST:
            break
    return record, b""


def _end(block: bytes) -> int:
    """Give the end of the last whole record; 0 if there is none."""
    quotes = block.count(b'"') if b'"' in block else 0
    end = len(block)
    while True:
        at = block.rfind(b"\n", 0, end)
        if at < 0:
            # No line ends outside quotes: go on reading, unless the quote must have been lost.
            return block.rfind(b"\n") + 1 if len(block) > LONGEST else 0
        if quotes:
            quotes -= block.count(b'"', at, end)
        if quotes % 2 == 0:
            return at + 1
        end = at
