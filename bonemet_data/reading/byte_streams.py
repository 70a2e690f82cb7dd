"""Streams: the bytes of a file or of an object in memory; files are decompressed."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path
from stat import S_ISREG
from typing import Any, Protocol

from ..errors import DataError
from ..extras import ARROW

_READ_SIZE = 2**20
"""Bytes to decompress at a time."""


class Stream(Protocol):
    """Bytes that are read forward; bytes before a released offset cannot be read again."""

    @property
    def size(self) -> int | None:
        """Number of bytes; None if the file is compressed."""

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes from one offset to another; fewer only at the end of the stream.

        Raises:
            DataError: The file cannot be read, or is shorter than when it was opened.
        """

    def release(self, offset: int) -> None:
        """Allow the stream to discard the bytes before an offset."""


@dataclass(frozen=True, slots=True)
class FileState:
    """Properties of a file that change if its content changes."""

    device: int
    inode: int
    size: int
    modified: int


def file_state(path: Path, name: str) -> FileState:
    """Return the state of a file.

    Raises:
        DataError: The file does not exist, or is not a regular file.
    """
    with _read_errors(name):
        status = path.stat()
    if not S_ISREG(status.st_mode):
        raise DataError(
            f"{name} is not a regular file, so it cannot be read twice: "
            "pipe its content to standard input, and pass - as the file."
        )
    return FileState(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def require_unchanged(path: Path, name: str, state: FileState) -> None:
    """Raise DataError if the state of a file differs from an earlier state."""
    if file_state(path, name) != state:
        raise changed(name)


@contextmanager
def open_stream(path: Path, name: str, state: FileState | None = None) -> Iterator[Stream]:
    """Open a file; files with the suffix .gz, .bz2, .xz or .zst are decompressed.

    Args:
        path: Path of the file.
        name: Name of the file in error messages.
        state: State that the file must have before and after; None for its current state.

    Raises:
        DataError: The file cannot be opened, or has another state.
    """
    if state is None:
        state = file_state(path, name)
    else:
        require_unchanged(path, name, state)
    with _read_errors(name):
        plain = FileIO(path)
    with plain:
        if path.suffix.lower() == ".gz":
            yield CompressedStream(gzip.GzipFile(fileobj=plain), name)
        elif path.suffix.lower() == ".bz2":
            yield CompressedStream(bz2.BZ2File(plain), name)
        elif path.suffix.lower() == ".xz":
            with lzma.LZMAFile(plain) as source:
                yield CompressedStream(source, name)
        elif path.suffix.lower() == ".zst":
            with ARROW:
                import pyarrow as pa
            compressed = pa.CompressedInputStream(pa.PythonFile(plain, "r"), "zstd")
            yield CompressedStream(compressed, name)
        else:
            yield FileStream(plain, name, state.size)
    require_unchanged(path, name, state)


class FileStream:
    """Stream of an uncompressed file, up to its size when it was opened, or of bytes in memory."""

    def __init__(self, file: FileIO | BytesIO, name: str, size: int) -> None:
        self._file, self._name, self.size = file, name, size

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes from one offset to another; fewer only at the end of the file."""
        left = min(end, self.size) - start
        parts = []
        with _read_errors(self._name):
            self._file.seek(start)
            while left > 0:
                parts.append(self._file.read(left))
                if not parts[-1]:
                    raise changed(self._name)
                left -= len(parts[-1])
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def release(self, offset: int) -> None:
        """Do nothing, since a file can be read at any offset."""


class CompressedStream:
    """Stream of a compressed file; decompressed bytes stay in memory until they are released."""

    def __init__(self, source: Any, name: str) -> None:
        self.size = None
        self._source, self._name = source, name
        self._buffer = bytearray()
        self._start = 0

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes from one offset to another; fewer only at the end of the file."""
        self._decompress(end)
        with memoryview(self._buffer) as view:
            return bytes(view[start - self._start : end - self._start])

    def release(self, offset: int) -> None:
        """Discard the bytes before an offset."""
        self._decompress(offset)
        del self._buffer[: offset - self._start]
        self._start = offset

    def _decompress(self, end: int) -> None:
        while self._start + len(self._buffer) < end:
            with _read_errors(self._name):
                data = self._source.read(_READ_SIZE)
            if not data:
                return
            self._buffer += data


def changed(name: str) -> DataError:
    """Return the error for data that changed between two reads."""
    return DataError(
        f"{name} changed during the check: run the check again after all writes are complete."
    )


@contextmanager
def _read_errors(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise DataError(f"{name} does not exist: correct the path or the link.") from error
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{name} cannot be read: {reason}. Get a new copy of the file.") from error
