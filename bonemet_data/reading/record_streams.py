"""Records of CSV files in any dialect, read one by one from a stream."""

import codecs
from collections.abc import Iterator

from ..package.csv_reading import TOO_LONG, CsvReader, Record
from .byte_streams import Stream

_STEP = 2**20
"""Bytes to read at a time."""


def stream_records(stream: Stream, reader: CsvReader) -> Iterator[Record]:
    """Iterate over the records of a stream of UTF-8. A byte order mark at its start is dropped.

    The records do not depend on how many bytes are read at a time.

    Args:
        stream: The stream.
        reader: Reader of the dialect.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    text, line, offset, step, final = "", 0, 0, _STEP, False
    while not final:
        data = stream.read(offset, offset + step)
        final = len(data) < step
        text += decoder.decode(data, final)
        if not offset:
            text = text.removeprefix("\ufeff")
        offset += len(data)
        stream.release(offset)
        done, is_open, inside = 0, False, False
        for start, end, cells, fault in reader.spans(text, final=final):
            raw = text[start:end]
            yield Record(line, raw, cells, fault)
            line += reader.count_lines(raw)
            done = end
            is_open, inside = reader.continues(text, start, end, fault)
        if is_open and not final:
            text, offset, lines = _after_quotes(
                stream, offset, reader, decoder, _start_of(reader.line_end, text), inside=inside
            )
            line, step = line + lines, _STEP
            continue
        text = text[done:]
        step = _STEP if done else 2 * step
        if len(text) > reader.limit and reader.line_end not in text and not final:
            yield Record(line, text[:_STEP], None, TOO_LONG)
            text = _start_of(reader.line_end, text)
            text, offset, final = _rest_of_line(stream, offset, reader.line_end, decoder, text)
            line += 1


def _after_quotes(
    stream: Stream,
    offset: int,
    reader: CsvReader,
    decoder: codecs.IncrementalDecoder,
    text: str,
    *,
    inside: bool,
) -> tuple[str, int, int]:
    """Skip the rest of a record; return the text after it, the offset, and the number of lines."""
    lines = 0
    while data := stream.read(offset, offset + _STEP):
        offset += len(data)
        stream.release(offset)
        text += decoder.decode(data)
        end, inside = reader.end_of_quotes(text, inside=inside)
        if end:
            return text[end:], offset, lines + reader.count_lines(text[:end])
        lines += reader.count_lines(text)
        text = _start_of(reader.line_end, text)
    return "", offset, lines


def _start_of(line_end: str, text: str) -> str:
    """Return the start of a line end of several characters, if a text ends with it."""
    starts = (line_end[:size] for size in range(len(line_end) - 1, 0, -1))
    return next((start for start in starts if text.endswith(start)), "")


def _rest_of_line(
    stream: Stream, offset: int, line_end: str, decoder: codecs.IncrementalDecoder, text: str
) -> tuple[str, int, bool]:
    """Skip the rest of a line; return the text after it, the offset, and whether this is all."""
    while True:
        data = stream.read(offset, offset + _STEP)
        offset += len(data)
        stream.release(offset)
        text = text[-len(line_end) :] + decoder.decode(data, len(data) < _STEP)
        if line_end in text or not data:
            return text.partition(line_end)[2], offset, not data
