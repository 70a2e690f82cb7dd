"""Streams: the bytes of a file or of an object in memory, decompressed and encoded in UTF-8."""

import bz2
import codecs
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path
from stat import S_ISREG
from typing import Any, Protocol

from ..errors import DataError, UnsupportedDataError
from ..extras import ARROW

COMPRESSIONS = ("gz", "bz2", "xz", "zst", "zip")
"""Compressions that can be read; a ZIP file must contain one file."""

_READ_SIZE = 2**20
"""Bytes to decompress or decode at a time."""

_UTF8 = {"utf-8", "ascii"}
"""Normalized names of encodings that need no conversion."""


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
    changed: int


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
    return FileState(
        status.st_dev,
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,  # changes even if a program restores the time of the last change
    )


def require_unchanged(path: Path, name: str, state: FileState) -> None:
    """Raise DataError if the state of a file differs from an earlier state."""
    if file_state(path, name) != state:
        raise changed(name)


@contextmanager
def open_stream(
    source: Path | bytes,
    name: str,
    state: FileState | None = None,
    *,
    compression: str | None = None,
    encoding: str = "",
) -> Iterator[Stream]:
    """Open a file or bytes in memory as a stream of UTF-8.

    Args:
        source: Path of the file, or its content.
        name: Name of the file in error messages.
        state: State that the file must have before and after; None for its current state.
        compression: One of `COMPRESSIONS`, or "" for none; None for the suffix of the path.
        encoding: Encoding of the data; "" for UTF-8.

    Raises:
        DataError: The file cannot be opened, or has another state.
        UnsupportedDataError: The compression or the encoding is unknown.
    """
    if isinstance(source, Path):
        if state is None:
            state = file_state(source, name)
        else:
            require_unchanged(source, name, state)
        if compression is None:
            compression = compression_of(source)
        with _read_errors(name):
            plain: FileIO | BytesIO = FileIO(source)
        size = state.size
    else:
        plain, size = BytesIO(source), len(source)
    with plain:
        decode = not is_utf8(encoding)
        if not compression and not decode:
            yield FileStream(plain, name, size)
        else:
            with _read_errors(name):
                unpacked = _decompress(plain, compression or "", name)
            yield ForwardStream(_Transcoder(unpacked, encoding) if decode else unpacked, name)
    if isinstance(source, Path) and state is not None:
        require_unchanged(source, name, state)


def compression_of(path: Path) -> str:
    """Return the compression for the suffix of a path, or ""."""
    suffix = path.suffix.lower().removeprefix(".")
    return suffix if suffix in COMPRESSIONS else ""


def is_utf8(encoding: str) -> bool:
    """Return whether an encoding needs no conversion; "" is UTF-8."""
    return normalized(encoding) in _UTF8


def normalized(encoding: str) -> str:
    """Return the name that Python has for an encoding; "" is UTF-8.

    Raises:
        UnsupportedDataError: The encoding is unknown.

    Example:
        >>> normalized("UTF8"), normalized("latin-1"), normalized("utf-8-sig")
        ('utf-8', 'iso8859-1', 'utf-8')
    """
    try:
        codec = codecs.lookup(encoding or "utf-8")
        if not codec._is_text_encoding:
            raise LookupError
    except (LookupError, ValueError) as error:
        raise UnsupportedDataError(
            f"the encoding {encoding!r:.80} is unknown: use a name such as utf-8 or latin-1."
        ) from error
    return codec.name.removesuffix("-sig")


def _decompress(file: FileIO | BytesIO, compression: str, name: str) -> Any:
    """Return an object with the method `read`, which returns the decompressed bytes."""
    match compression:
        case "":
            return file
        case "gz" | "gzip":
            return gzip.GzipFile(fileobj=file)
        case "bz2":
            return bz2.BZ2File(file)
        case "xz":
            return lzma.LZMAFile(file)
        case "zst" | "zstd":
            with ARROW:
                import pyarrow as pa
            return pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd")
        case "zip":
            return _only_member(file, name)
    raise UnsupportedDataError(
        f"{name}: the compression {compression!r:.80} is not implemented: use one of "
        f"{', '.join(COMPRESSIONS)}."
    )


def _only_member(file: FileIO | BytesIO, name: str) -> Any:
    try:
        archive = zipfile.ZipFile(file)
        members = [entry for entry in archive.infolist() if not entry.is_dir()]
        members = [entry for entry in members if not entry.filename.startswith("__MACOSX/")]
        if len(members) == 1:
            return archive.open(members[0])
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise DataError(f"{name} cannot be read: {error}. Get a new copy of the file.") from error
    raise UnsupportedDataError(
        f"{name} contains {len(members)} files: only a ZIP file with one file is read as a table."
    )


class _Transcoder:
    """Reader of a file in any encoding as UTF-8. Bytes that are not valid stay as they are."""

    def __init__(self, source: Any, encoding: str) -> None:
        self._source, self._encoding = source, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")

    def read(self, size: int) -> bytes:
        while data := self._source.read(size):
            if text := self._decode(data):
                return text
        return self._decode(b"", final=True)

    def _decode(self, data: bytes, *, final: bool = False) -> bytes:
        try:
            return self._decoder.decode(data, final).encode("utf-8", "surrogateescape")
        except UnicodeError as error:  # bytes below 0x80 cannot be escaped
            raise ValueError(f"it is not encoded in {self._encoding}: {error}") from error


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


class ForwardStream:
    """Stream of a file that can only be read once; bytes stay in memory until they are released."""

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
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise DataError(f"{name} does not exist: correct the path or the link.") from error
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{name} cannot be read: {reason}. Get a new copy of the file.") from error
