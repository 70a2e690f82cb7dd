"""Streams: the bytes of a file, unpacked, whose troubles are told in plain words."""

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any, Protocol

from .._extras import ARROW
from ..errors import DataError

_PIECE = 2**20
"""Bytes that are unpacked at once."""


class Stream(Protocol):
    """The bytes of a file, from its beginning towards its end."""

    @property
    def size(self) -> int | None:
        """How many bytes there are; None if that is known only at the end."""

    def read(self, start: int, end: int) -> bytes:
        """Give the bytes from one place to another, fewer only where the file ends.

        Raises:
            DataError: they cannot be read, or the file has become shorter.
        """

    def release(self, place: int) -> None:
        """Tell that nothing before a place will be read again."""

    def confirm(self) -> None:
        """Raise DataError if the file's size has changed since it was opened."""


@contextmanager
def open_stream(path: Path, name: str) -> Iterator[Stream]:
    """Open a file, unpacking gzip and zstd by the ending of its name.

    Raises:
        DataError: it cannot be opened.
    """
    with _troubles(name):
        plain = FileIO(path)
    with plain:
        if path.suffix.lower() == ".gz":
            yield PackedStream(gzip.GzipFile(fileobj=plain), name)
        elif path.suffix.lower() == ".zst":
            with ARROW:
                import pyarrow as pa
            yield PackedStream(pa.CompressedInputStream(pa.PythonFile(plain, "r"), "zstd"), name)
        else:
            yield PlainStream(plain, name)


class PlainStream:
    """The bytes of a file up to the size that it had when it was opened."""

    def __init__(self, file: FileIO, name: str) -> None:
        self._file, self._name = file, name
        self.size = os.fstat(file.fileno()).st_size

    def read(self, start: int, end: int) -> bytes:
        """Give the bytes from one place to another, fewer only where the file ends."""
        left = min(end, self.size) - start
        parts = []
        with _troubles(self._name):
            self._file.seek(start)
            while left > 0:
                parts.append(self._file.read(left))
                if not parts[-1]:
                    raise changed(self._name)
                left -= len(parts[-1])
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def release(self, place: int) -> None:
        """Tell that nothing before a place will be read again."""

    def confirm(self) -> None:
        """Raise DataError if the file's size has changed since it was opened."""
        if os.fstat(self._file.fileno()).st_size != self.size:
            raise changed(self._name)


class PackedStream:
    """The bytes that a packed file holds; what has been unpacked is kept until it is released."""

    def __init__(self, source: Any, name: str) -> None:
        self.size = None
        self._source, self._name = source, name
        self._kept = bytearray()
        self._start = 0

    def read(self, start: int, end: int) -> bytes:
        """Give the bytes from one place to another, fewer only where the file ends."""
        self._unpack(end)
        with memoryview(self._kept) as view:
            return bytes(view[start - self._start : end - self._start])

    def release(self, place: int) -> None:
        """Tell that nothing before a place will be read again."""
        self._unpack(place)
        del self._kept[: place - self._start]
        self._start = place

    def confirm(self) -> None:
        """A packed file tells by itself where it ends."""

    def _unpack(self, end: int) -> None:
        while self._start + len(self._kept) < end:
            with _troubles(self._name):
                piece = self._source.read(_PIECE)
            if not piece:
                return
            self._kept += piece


def read_at(path: Path, name: str, size: int, start: int, end: int) -> bytes:
    """Read a part of a plain file, which must have a size.

    Raises:
        DataError: it cannot be read, or has another size.
    """
    with open_stream(path, name) as stream:
        if stream.size != size:
            raise changed(name)
        return stream.read(start, end)


def changed(name: str) -> DataError:
    """Make the error for data that are not the same when they are read again."""
    return DataError(f"{name} changed while it was read: check it when it is whole.")


@contextmanager
def _troubles(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{name} cannot be read: {reason}. Get it anew.") from error
