"""Archives: a data package frozen in one ZIP file, reproducible, and read with distrust."""

import io
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import MissingFileError, PackageError, UnsafePathError
from .storage import is_safe

LARGEST = 2**30
"""Bytes that an archive may hold when unpacked."""

_LONGEST = 200
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Pack files so that equal files give equal bytes, wherever and whenever they are packed.

    Args:
        files: the content of each file, by its path inside the archive.

    Returns:
        A ZIP file: names in order, one time stamp and one mode for all, nothing compressed, since
        compressors differ between machines.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


class Archive:
    """A package's files inside a ZIP file.

    Args:
        data: the ZIP file.
        name: what to call it in an error.

    Raises:
        PackageError: it is damaged, or not a ZIP file.
        UnsafePathError: an entry's name leads out of the archive, stands twice, or is a link; or
            the archive is larger than `LARGEST` when unpacked. Nothing is unpacked then.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise PackageError(f"{name} is not a sound ZIP file: {error}. Get it anew.") from error
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._entries = {entry.filename: entry for entry in entries}
        for entry in entries:
            if not is_safe(entry.orig_filename) or entry.orig_filename != entry.filename:
                raise self._refusal(f"the name {entry.orig_filename!r} leads out of it")
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise self._refusal(f"{entry.filename} is a link")
            if entry.flag_bits & 0x1:
                raise self._refusal(f"{entry.filename} is encrypted")
        names = {name.lower() for name in self._entries}
        if len(names) < len(entries):
            raise self._refusal("a name stands twice in it, but perhaps for case")
        if any(parent in names for name in names for parent in _parents(name)):
            raise self._refusal("a name is both a file and a folder")
        if any(len(part) > _LONGEST for name in names for part in name.split("/")):
            raise self._refusal("a name is too long for a disk")
        if sum(entry.file_size for entry in entries) > LARGEST:
            raise self._refusal(f"it unpacks to more than {LARGEST} bytes")

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raises PackageError if it is missing, damaged or too large."""
        if path not in self._entries:
            raise MissingFileError(f"{path} is missing from {self.name}.")
        entry = self._entries[path]
        try:
            with self._zip.open(entry) as file:
                data = file.read(entry.file_size + 1)
        except Exception as error:  # each decompressor has an error of its own
            raise PackageError(f"{path} in {self.name} is damaged: {error}.") from error
        if len(data) != entry.file_size:
            raise PackageError(f"{path} in {self.name} is not as long as its entry says.")
        return data

    def files(self, folder: str) -> Iterator[str]:
        """Give the path of every file below a folder, in order; all for an empty name."""
        inside = f"{folder}/" if folder else ""
        return (name for name in sorted(self._entries) if name.startswith(inside))

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Unpack into a folder that is removed afterwards."""
        with TemporaryDirectory(prefix="bonemet-data-") as root:
            for name in self._entries:
                place = Path(root, name)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(self.read(name))
            yield Path(root)

    def _refusal(self, reason: str) -> UnsafePathError:
        return UnsafePathError(f"{self.name} was not unpacked: {reason}. Get a sound archive.")


def _parents(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
