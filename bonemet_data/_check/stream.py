"""Streams: the bytes of a file, unpacked, whose troubles are told in plain words."""

import gzip
import os
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from .._extras import ARROW
from ..errors import DataError


def open_stream(path: Path, name: str) -> "Stream":
    """Open a file, unpacking gzip and zstd by the ending of its name.

    Raises:
        DataError: it cannot be opened.
    """
    try:
        plain = path.open("rb", buffering=0)
        size = os.fstat(plain.fileno()).st_size
        if path.suffix.lower() == ".gz":
            return Stream(gzip.GzipFile(fileobj=plain), name, size, plain, packed=True)
        if path.suffix.lower() == ".zst":
            with ARROW:
                import pyarrow as pa
            unpacked = pa.CompressedInputStream(pa.PythonFile(plain, "r"), "zstd")
            return Stream(unpacked, name, size, plain, packed=True)
        return Stream(plain, name, size, plain, packed=False)
    except OSError as error:
        raise DataError(f"{name} cannot be read: {error.strerror or error}.") from error


def read_at(path: Path, name: str, whole: int, start: int, end: int) -> bytes:
    """Read a part of a plain file.

    Args:
        path: where it is.
        name: what to call it.
        whole: the size that it must have.
        start: where the part begins.
        end: where it ends.

    Raises:
        DataError: it cannot be read, or has another size.
    """
    with open_stream(path, name) as stream:
        if stream.size != whole:
            raise changed(name)
        data = stream.seek(start).read(end - start)
    if len(data) < end - start:
        raise changed(name)
    return data


def changed(name: str) -> DataError:
    """Make the error for data that are not the same when they are read again."""
    return DataError(f"{name} changed while it was read: check it when it is whole.")


class Stream:
    """The bytes of a file up to the size that it had when it was opened.

    Args:
        source: what gives the bytes.
        name: what to call it.
        size: the size of the file, in bytes.
        plain: the file itself.
        packed: whether `source` unpacks it.
    """

    def __init__(self, source: Any, name: str, size: int, plain: IO[bytes], packed: bool) -> None:
        self._source, self._name, self._plain, self._packed = source, name, plain, packed
        self.size = self._left = size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _: type[BaseException] | None,
        __: BaseException | None,
        ___: TracebackType | None,
    ) -> None:
        self._plain.close()

    def seek(self, place: int) -> Self:
        """Go to a place in a file that is not packed."""
        self._plain.seek(place)
        self._left = self.size - place
        return self

    def read(self, size: int) -> bytes:
        """Give the next bytes, fewer than `size` only at the end."""
        buffer = bytearray(size)
        return bytes(buffer[: self.readinto(memoryview(buffer))])

    def readinto(self, view: memoryview) -> int:
        """Fill a buffer with the next bytes; give how many, fewer than its size at the end."""
        wanted = len(view) if self._packed else min(len(view), self._left)
        filled = 0
        while filled < wanted:
            read = self._fill(view[filled:wanted])
            if not read:
                break
            filled += read
        self._left -= filled
        return filled

    def confirm(self) -> None:
        """Raise DataError if the file's size has changed while it was read."""
        if not self._packed and (self._left or self._fill(memoryview(bytearray(1)))):
            raise changed(self._name)

    def _fill(self, view: memoryview) -> int:
        try:
            return int(self._source.readinto(view))
        except (OSError, EOFError, zlib.error, ValueError) as error:
            raise DataError(f"{self._name} cannot be read: {error}. Get it anew.") from error
