"""Copy a stream with edits, in the encoding of the file, and byte for byte elsewhere."""

import codecs
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from ..errors import UnsupportedDataError
from ..reading.byte_streams import Stream, file_state, is_utf8, normalized, open_stream
from ..reading.formats import Format
from .edits import Edit

_STEP = 2**20
"""Bytes to copy at a time."""

_MARKED = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""Encodings in which a byte order mark is a character like any other, by the mark."""


def exact_encoding(source: Path, name: str, format_: Format) -> str:
    """Return the encoding of a file, in which a byte order mark is part of the text."""
    encoding = normalized(format_.encoding)
    if encoding in {"utf-16", "utf-32"}:
        with open_stream(source, name, compression=format_.compression) as stream:
            head = stream.read(0, 4)
        marked = {mark: each for mark, each in _MARKED.items() if each.startswith(encoding)}
        native = f"{encoding}-{'le' if sys.byteorder == 'little' else 'be'}"
        return next((each for mark, each in marked.items() if head.startswith(mark)), native)
    return encoding


def copy_with_edits(
    source: Path,
    name: str,
    format_: Format,
    edits: Iterable[Edit],
    write: Callable[[bytes], object],
) -> None:
    """Copy a file with edits, whose offsets are those of its text in UTF-8.

    Args:
        source: Path of the file.
        name: Name of the file in error messages.
        format_: Format of the file, with the result of `exact_encoding` as its encoding.
        edits: The edits, in order.
        write: Function that writes bytes.

    Raises:
        UnsupportedDataError: The file has bytes that another way to write its text would change.
    """
    state = file_state(source, name)
    compression, encoding = format_.compression, format_.encoding
    with ExitStack() as stack:
        texts = stack.enter_context(
            open_stream(source, name, state, compression=compression, encoding=encoding)
        )
        encoders: list[_Encoder] = []
        original: Callable[[bytes], object] = _ignore
        if not is_utf8(encoding):
            raw = stack.enter_context(open_stream(source, name, state, compression=compression))
            comparison = _Comparison(raw, name, encoding)
            encoders = [_Encoder(encoding, comparison), _Encoder(encoding, write)]
            original, write = encoders
        position = 0
        for edit in edits:
            _copy(texts, position, edit.start, original, write)
            original(texts.read(edit.start, edit.end))
            write(edit.data)
            position = edit.end
        _copy(texts, position, None, original, write)
        for encoder in encoders:
            encoder.finish()
        if encoders:
            comparison.finish()


def _ignore(_: bytes) -> None:
    """Do nothing."""


def _copy(
    stream: Stream,
    start: int,
    end: int | None,
    original: Callable[[bytes], object],
    write: Callable[[bytes], object],
) -> None:
    """Copy the bytes of a stream between two offsets, or up to its end."""
    while end is None or start < end:
        data = stream.read(start, start + _STEP if end is None else min(end, start + _STEP))
        if not data:
            return
        original(data)
        write(data)
        start += len(data)
        stream.release(start)


class _Encoder:
    """Function that writes text, given in UTF-8, in another encoding."""

    def __init__(self, encoding: str, write: Callable[[bytes], object]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._encoder = codecs.getincrementalencoder(encoding)("surrogateescape")
        self._write = write

    def __call__(self, data: bytes) -> None:
        self._write(self._encoder.encode(self._decoder.decode(data)))

    def finish(self) -> None:
        """Write what is still buffered."""
        self._write(self._encoder.encode(self._decoder.decode(b"", True), True))


class _Comparison:
    """Function that requires that bytes are those of a stream."""

    def __init__(self, stream: Stream, name: str, encoding: str) -> None:
        self._stream, self._name, self._encoding, self._start = stream, name, encoding, 0

    def __call__(self, data: bytes) -> None:
        end = self._start + len(data)
        if self._stream.read(self._start, end) != data:
            raise self._differs()
        self._stream.release(end)
        self._start = end

    def finish(self) -> None:
        """Require that there are no more bytes."""
        if self._stream.read(self._start, self._start + 1):
            raise self._differs()

    def _differs(self) -> UnsupportedDataError:
        return UnsupportedDataError(
            f"{self._name} cannot be copied byte for byte, because its text has several forms in "
            f"{self._encoding}: convert the file to UTF-8."
        )
