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
        done = 0
        for start, end, cells, fault in reader.spans(text, final=final):
            raw = text[start:end]
            yield Record(line, raw, cells, fault)
            line += reader.count_lines(raw)
            done = end
        text = text[done:]
        step = _STEP if done else 2 * step
        if len(text) > reader.limit and reader.line_end not in text and not final:
            yield Record(line, text[:_STEP], None, TOO_LONG)
            text, offset, final = _rest_of_line(stream, offset, reader.line_end, decoder)
            line += 1


def _rest_of_line(
    stream: Stream, offset: int, line_end: str, decoder: codecs.IncrementalDecoder
) -> tuple[str, int, bool]:
    """Skip the rest of a line; return the text after it, the offset, and whether this is all."""
    text = ""
    while True:
        data = stream.read(offset, offset + _STEP)
        offset += len(data)
        stream.release(offset)
        text = text[-len(line_end) :] + decoder.decode(data, len(data) < _STEP)
        if line_end in text or not data:
            return text.partition(line_end)[2], offset, not data
