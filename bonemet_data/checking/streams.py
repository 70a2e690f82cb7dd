"""Streams: the bytes of a file, unpacked, whose troubles are told in plain words."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple, Protocol

from ..errors import DataError
from ..extras import ARROW

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


class State(NamedTuple):
    """What changes when a file does."""

    device: int
    inode: int
    size: int
    modified: int


def state_of(path: Path, name: str) -> State:
    """Tell the state of a file.

    Raises:
        DataError: it is not there, or no file that can be read twice.
    """
    with _troubles(name):
        found = path.stat()
    if not S_ISREG(found.st_mode):
        raise DataError(f"{name} is no file that can be read twice: pipe it in, and name it -.")
    return State(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def confirm(path: Path, name: str, state: State) -> None:
    """Raise DataError if a file is not in the state that it was in."""
    if state_of(path, name) != state:
        raise changed(name)


@contextmanager
def open_stream(path: Path, name: str, state: State | None = None) -> Iterator[Stream]:
    """Open a file, unpacking gzip and zstd by the ending of its name.

    Args:
        path: where it is.
        name: what to call it.
        state: the state that it must be in, before and after.

    Raises:
        DataError: it cannot be opened, or is not in that state.
    """
    if state is None:
        state = state_of(path, name)
    else:
        confirm(path, name, state)
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
            yield PlainStream(plain, name, state.size)
    confirm(path, name, state)


class PlainStream:
    """The bytes of a file up to the size that it had when it was opened."""

    def __init__(self, file: FileIO, name: str, size: int) -> None:
        self._file, self._name, self.size = file, name, size

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

    def _unpack(self, end: int) -> None:
        while self._start + len(self._kept) < end:
            with _troubles(self._name):
                piece = self._source.read(_PIECE)
            if not piece:
                return
            self._kept += piece


def changed(name: str) -> DataError:
    """Make the error for data that are not the same when they are read again."""
    return DataError(f"{name} changed while it was read: check it when it is whole.")


@contextmanager
def _troubles(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise DataError(f"{name} is missing: correct the path, or mend the link.") from error
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{name} cannot be read: {reason}. Get it anew.") from error
