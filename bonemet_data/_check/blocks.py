"""Blocks: a stream of bytes cut into pieces that hold whole records, without parsing them."""

from collections.abc import Iterator

from .stream import Stream

SIZE = 16 * 2**20
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
    buffer = bytearray(rest)  # read into again and again: new memory costs more than the reading
    filled = len(rest)
    while True:
        if len(buffer) < filled + size:
            buffer.extend(bytes(filled + size - len(buffer)))
        with memoryview(buffer) as view:
            read = stream.readinto(view[filled : filled + size])
            filled += read
            end = _end(buffer, filled) if read else filled
            if not end and filled > LONGEST:  # the quote must have been lost
                end = buffer.rfind(b"\n", 0, filled) + 1 or filled
            if end:
                yield bytes(view[:end])
                filled -= end
                view[:filled] = bytes(view[end : end + filled])
        if not read:
            return


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


def _end(buffer: bytearray, filled: int) -> int:
    """Give the end of the last whole record; 0 if there is none."""
    quotes = buffer.count(b'"', 0, filled) if buffer.find(b'"', 0, filled) >= 0 else 0
    end = filled
    while True:
        at = buffer.rfind(b"\n", 0, end)
        if at < 0:
            return 0
        if quotes:
            quotes -= buffer.count(b'"', at, end)
        if quotes % 2 == 0:
            return at + 1
        end = at
