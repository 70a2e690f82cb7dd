"""Split a stream of CSV into chunks of whole records, without parsing the records.

A stream is divided into blocks of equal size. A survey of a block records where lines end, both if
the block begins inside quotes and if it does not. The cut points follow from the surveys alone, so
blocks can be surveyed in any order and on any machine, as long as every quote opens or closes a
cell. From the first other quote on, the ends of the records are found one by one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..extras import CHECK
from ..package.csv_reading import LONGEST_RECORD, CsvReader
from .byte_streams import Stream

with CHECK:
    import numpy as np

SIZE = 16 * 2**20
"""Bytes of a block: large enough to use all threads of Polars, small enough for the CPU cache."""

EXACT_SIZE = 2**20
"""Bytes of a chunk in which the ends of the records are found one by one."""

_SHOWN = 1024
"""Bytes of a skipped record that are kept."""

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
        has_quotes: Whether a cell begins with a quote; quotes elsewhere are not special.
        is_sound: Whether every quote opens or closes a cell, or is doubled.
        is_skipped: Whether the bytes are the start of a record that is too long; its other bytes
            were skipped.
        skipped_lines: Number of lines after the bytes that belong to a record that is too long.
    """

    offset: int
    data: bytes
    has_quotes: bool
    is_sound: bool
    is_skipped: bool = False
    skipped_lines: int = 0

    @classmethod
    def of(cls, offset: int, data: bytes, separator: bytes) -> "Chunk":
        """Build a chunk from bytes at an offset, at which a record begins."""
        if not _has_opening_quote(data, separator):
            return cls(offset, data, has_quotes=False, is_sound=True)
        is_sound = (
            len(data) <= LONGEST_RECORD
            and data.count(b'"') % 2 == 0
            and is_quoting_sound(data, separator)
        )
        return cls(offset, data, True, is_sound)


def _has_opening_quote(data: bytes, separator: bytes) -> bool:
    """Return whether a cell begins with a quote; a quote elsewhere is not special (RFC 4180)."""
    return data.startswith(b'"') or separator + b'"' in data or b'\n"' in data


def is_quoting_sound(
    data: bytes, separator: bytes, begin: int = 0, end: int | None = None, inside: int = 0
) -> bool:
    """Return whether every quote opens or closes a cell, or is doubled; Polars does not check.

    Args:
        data: Bytes of CSV.
        separator: One byte.
        begin: Offset of the first byte to check; the bytes before it are only looked at.
        end: Offset after the last byte to check.
        inside: 1 if the bytes begin inside quotes, else 0.
    """
    array = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(array[begin:end] == _QUOTE) + begin
    opening, closing = quotes[inside::2], quotes[1 - inside :: 2]
    size, between = len(array), ord(separator)

    def byte(offsets: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Any:
        exists = (offsets >= 0) & (offsets < size)
        return np.where(exists, array[offsets.clip(0, size - 1)], _FEED)

    before, after = byte(opening - 1), byte(closing + 1)
    opens = (before == between) | (before == _FEED) | (before == _QUOTE)
    closes = (after == between) | (after == _FEED) | (after == _QUOTE)
    closes |= (after == ord("\r")) & (byte(closing + 2) == _FEED)
    return bool(opens.all() and closes.all())


@dataclass(frozen=True, slots=True)
class Survey:
    """Quotes and line ends of one block, which determine where the stream can be cut.

    Attributes:
        size: Number of bytes.
        odd: 1 if the number of quotes is odd, else 0.
        ends: Ends of the last line that ends outside quotes, if the block begins outside quotes
            (first item) or inside quotes (second item); 0 if there is no such line.
        sound: Whether every quote opens or closes a cell, if the block begins outside quotes (first
            item) or inside quotes (second item).
    """

    size: int
    odd: int
    ends: tuple[int, int]
    sound: tuple[bool, bool] = (True, True)


def survey(data: bytes, inside: int | None = None) -> Survey:
    """Survey a block.

    Args:
        data: Bytes of the block.
        inside: 1 if the block begins inside quotes, 0 if it begins outside quotes, None if that is
            unknown. If it is known, `ends` may lack the other case.
    """
    if b'"' not in data:
        return Survey(len(data), 0, (data.rfind(b"\n") + 1, 0))
    array = np.frombuffer(data, np.uint8)
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
    return Survey(len(array), odd[-1], (ends[0], ends[1]))


def survey_block(before: bytes, data: bytes, after: bytes, separator: bytes) -> Survey:
    """Survey a block with its neighbors, to tell also whether the quoting is sound.

    Args:
        before: The byte before the block; empty at the start of the records.
        data: Bytes of the block.
        after: The two bytes after the block, if there are as many.
        separator: One byte.
    """
    if b'"' not in data:
        return survey(data)
    whole, begin, end = before + data + after, len(before), len(before) + len(data)
    sound = [is_quoting_sound(whole, separator, begin, end, side) for side in (0, 1)]
    return replace(survey(data), sound=(sound[0], sound[1]))


def are_sound(surveys: Iterable[Survey], limit: int) -> bool:
    """Return whether the records of blocks follow from their surveys.

    Args:
        surveys: Surveys of consecutive blocks, beginning at the start of a record.
        limit: Maximum number of bytes of a record.
    """
    inside, size = 0, 0
    for block in surveys:
        size = block.size - block.ends[inside] if block.ends[inside] else size + block.size
        if not block.sound[inside] or size > limit:
            return False
        inside ^= block.odd
    return True


def cut_points(begin: int, size: int, surveys: Iterable[Survey]) -> Iterator[int]:
    """Iterate over the offsets at which the chunks of a stream of sound quoting end.

    Args:
        begin: Offset of the first record.
        size: Number of bytes of the stream.
        surveys: Surveys of the complete blocks, in order. The remaining bytes need no survey.
    """
    end, start, inside = begin, begin, 0
    for block in surveys:
        if block.ends[inside]:
            end = start + block.ends[inside]
            yield end
        start += block.size
        inside ^= block.odd
    if end < size:
        yield size


def read_chunks(stream: Stream, begin: int, size: int, separator: bytes) -> Iterator[Chunk]:
    """Iterate over the chunks of a stream.

    The records do not depend on the size of the blocks.

    Args:
        stream: Stream of CSV.
        begin: Offset of the first record.
        size: Bytes of a block.
        separator: One byte.
    """
    reader = CsvReader(separator.decode())
    start, step = begin, size
    while data := _read_lines(stream, start, step):
        is_last = not stream.read(start + len(data), start + len(data) + 1)
        is_whole = is_last or data.endswith(b"\n")
        chunk, longer = None, min(2 * step, reader.limit + 2 * EXACT_SIZE)
        if is_whole and len(data) <= reader.limit:
            chunk = _sound_chunk(start, data, separator, is_last=is_last)
        if chunk:
            step, end = min(2 * step, size), start + len(chunk.data)
        else:
            exact, is_unfinished, inside = _whole_records(
                reader, stream.read(start, start + step), final=is_last
            )
            if not exact and step < longer:
                step = longer
                continue
            step = EXACT_SIZE
            if exact:
                end, lines = start + len(exact), 0
                if is_unfinished:
                    end, lines = _end_of_quotes(stream, end, reader, inside=inside)
                chunk = Chunk(start, exact, True, False, skipped_lines=lines)
            else:
                chunk = Chunk(start, stream.read(start, start + _SHOWN), True, False, True)
                end = _end_of_line(stream, start + len(data))
        yield chunk
        start = end
        stream.release(start)


def _read_lines(stream: Stream, start: int, size: int) -> bytes:
    """Read up to `size` bytes that end with a line, or `size` bytes if there is no line end."""
    window_start = start + max(0, size - _WINDOW)
    window = stream.read(window_start, start + size)
    if window_start + len(window) < start + size:  # the stream ends here
        return stream.read(start, start + size)
    tail = len(window) - window.rfind(b"\n") - 1  # bytes after the last line feed
    if tail < len(window):
        return stream.read(start, start + size - tail)
    data = stream.read(start, start + size)
    return data[: data.rfind(b"\n") + 1] or data


def _sound_chunk(start: int, data: bytes, separator: bytes, *, is_last: bool) -> Chunk | None:
    """Return the whole records of lines, or None if they cannot be told from the quotes."""
    if not _has_opening_quote(data, separator):
        return Chunk(start, data, has_quotes=False, is_sound=True)
    end = len(data) if is_last else survey(data, inside=0).ends[0]
    chunk = Chunk.of(start, data[:end] if end < len(data) else data, separator)
    return chunk if end and chunk.is_sound else None


def _whole_records(reader: CsvReader, data: bytes, *, final: bool) -> tuple[bytes, bool, bool]:
    """Return the first records, of at least `EXACT_SIZE` bytes if there are as many.

    Returns:
        The records, whether the last one is too long and continues, and whether inside quotes.
    """
    end, is_open, inside = 0, False, False
    text = data.decode("latin-1")
    for start, end, _, fault in reader.spans(text, final=final):
        is_open, inside = reader.continues(text, start, end, fault)
        if end >= EXACT_SIZE:
            break
    return data[:end], is_open and not final, inside


def _end_of_quotes(
    stream: Stream, start: int, reader: CsvReader, *, inside: bool
) -> tuple[int, int]:
    """Return the end of a record, which is not kept in memory, and the lines up to it."""
    lines, text = 0, "\n"
    while data := stream.read(start, start + EXACT_SIZE):
        text = data.decode("latin-1")
        end, inside = reader.end_of_quotes(text, inside=inside)
        start += end or len(data)
        lines += text.count("\n", 0, end or len(text))
        stream.release(start)
        if end:
            return start, lines
    return start, lines + (not text.endswith("\n"))


def _end_of_line(stream: Stream, start: int) -> int:
    """Return the end of the line at an offset, without keeping the line in memory."""
    while data := stream.read(start, start + EXACT_SIZE):
        if (feed := data.find(b"\n")) >= 0:
            return start + feed + 1
        start += len(data)
        stream.release(start)
    return start


def read_chunk(stream: Stream, start: int, end: int, separator: bytes) -> Chunk:
    """Read the chunk between two offsets."""
    stream.release(start)
    return Chunk.of(start, stream.read(start, end), separator)


def read_head(stream: Stream) -> bytes:
    """Read the start of a stream, with at least the first record unless it is too long."""
    size = _WINDOW
    while True:
        data = stream.read(0, size)
        feed = data.find(b"\n")
        quotes = data.count(b'"', 0, max(feed, 0))
        while feed >= 0 and quotes % 2:
            start = feed
            feed = data.find(b"\n", feed + 1)
            quotes += data.count(b'"', start, feed)
        if feed >= 0 or len(data) < size or size > LONGEST_RECORD:
            return data
        size *= 2
