"""Blocks: a stream of bytes cut into pieces that hold whole records, without parsing them."""

from collections.abc import Iterator

from .cuts import LONGEST, Pending, survey
from .stream import Stream

SIZE = 16 * 2**20
"""Bytes of a block: large enough to keep Polars busy, small enough for the processor's cache."""

HEAD = 2**16
"""Bytes that are read to find the header."""


def blocks(stream: Stream, rest: bytes, size: int) -> Iterator[bytes]:
    """Cut a stream at line feeds that lie outside quotes.

    Args:
        stream: CSV.
        rest: what has been read already and comes first.
        size: bytes of a block, more or less.
    """
    buffer = bytearray(rest)  # read into again and again: new memory costs more than the reading
    filled, known, pending = len(rest), 0, Pending()
    while True:
        if len(buffer) < filled + size:
            buffer.extend(bytes(filled + size - len(buffer)))
        with memoryview(buffer) as view:
            read = stream.readinto(view[filled : filled + size])
            filled += read
            end = filled
            if read:
                end, pending = pending.cut(survey(buffer, known, filled, {pending.inside}))
            if end:
                yield bytes(view[:end])
                filled -= end
                view[:filled] = bytes(view[end : end + filled])
            known = filled
        if not read:
            return


def first_record(stream: Stream, size: int) -> tuple[bytes, bytes]:
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
