"""Streams: the bytes of a file, decompressed, or of an object in memory."""

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
"""Bytes that are decompressed at once."""


class Stream(Protocol):
    """Bytes that are read from the beginning towards the end."""

    @property
    def size(self) -> int | None:
        """Number of bytes; None if it is known only at the end."""

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes from one offset to another; fewer only at the end of the stream.

        Raises:
            DataError: They cannot be read, or the file has become shorter.
        """

    def release(self, offset: int) -> None:
        """Declare that nothing before an offset will be read again."""


@dataclass(frozen=True, slots=True)
class FileState:
    """Properties of a file that change when its content does."""

    device: int
    inode: int
    size: int
    modified: int


def file_state(path: Path, name: str) -> FileState:
    """Return the state of a file.

    Raises:
        DataError: It does not exist, or is not a regular file.
    """
    with _read_errors(name):
        status = path.stat()
    if not S_ISREG(status.st_mode):
        raise DataError(
            f"{name} is not a regular file, so it cannot be read twice: "
            "pipe it to standard input, and give - as the file."
        )
    return FileState(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def require_unchanged(path: Path, name: str, state: FileState) -> None:
    """Raise DataError if a file is not in the state that it was in."""
    if file_state(path, name) != state:
        raise changed(name)


@contextmanager
def open_stream(path: Path, name: str, state: FileState | None = None) -> Iterator[Stream]:
    """Open a file; decompress gzip, bzip2, xz and Zstandard by the suffix of its name.

    Args:
        path: Path of the file.
        name: Name of the file in messages.
        state: State that it must be in, before and after; None for the present one.

    Raises:
        DataError: It cannot be opened, or is not in that state.
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
    """Bytes of a file, up to the size that it had when it was opened, or of bytes in memory."""

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
        """Do nothing: a file can be read anywhere."""


class CompressedStream:
    """Content of a compressed file; decompressed bytes are kept until they are released."""

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
        """Drop everything before an offset."""
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
    """Return the error for data that differ when they are read again."""
    return DataError(f"{name} changed while it was read: check it again when it is complete.")


@contextmanager
def _read_errors(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise DataError(f"{name} does not exist: correct the path or the link.") from error
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{name} cannot be read: {reason}. Get a new copy of the file.") from error
