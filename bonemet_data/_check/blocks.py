"""Blocks: a stream of bytes cut into pieces that hold whole records, without parsing them."""

from collections.abc import Iterator

from .stream import Stream

SIZE = 8 * 2**20
"""Bytes of a block: large enough to keep Polars busy, small enough for the processor's cache."""

LONGEST = 64 * 2**20
"""Bytes after which an open quote is taken to be a lost one, and the block ends at a line."""


def blocks(stream: Stream, rest: bytes, size: int) -> Iterator[bytes]:
    r"""Cut a stream at line feeds that lie outside quotes.

    Args:
        stream: CSV.
        rest: what has been read already and comes first.
        size: bytes of a block, more or less.
    """
    while data := stream.read(size):
        end = _end(rest, data)
        if end:
            yield b"".join((rest, memoryview(data)[:end]))  # one copy, and not two
            rest = data[end:]
        elif len(rest) + len(data) > LONGEST:  # the quote must have been lost
            yield rest + data
            rest = b""
        else:
            rest += data
    if rest:
        yield rest


def first_record(stream: Stream, size: int = 2**16) -> tuple[bytes, bytes]:
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


def _end(rest: bytes, data: bytes) -> int:
    """Give the end of the last whole record, as a place in `data`; 0 if there is none."""
    quotes = rest.count(b'"') + (data.count(b'"') if b'"' in data else 0)
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
