"""Archives: a data package in one ZIP file, written reproducibly and read with distrust."""

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
"""Size of the unpacked files of an archive, in bytes, above which it is refused."""

_LONGEST_NAME = 200
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file that is equal for equal files, on every machine and at any time.

    The names are sorted, all entries have the same time and mode, and nothing is compressed, since
    compression depends on the version of zlib.

    Args:
        files: The content of each file, by its path in the archive.
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
    """The files of a package in a ZIP file.

    Args:
        data: The ZIP file.
        name: Name of the file, for errors.

    Raises:
        PackageError: The file is damaged, or not a ZIP file.
        UnsafePathError: A name leads outside the archive, is used twice, or belongs to a link; or
            the files are larger than `LARGEST`. Nothing is unpacked.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise PackageError(
                f"{name} is not a valid ZIP file: {error}. Download the file again."
            ) from error
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._entries = {entry.filename: entry for entry in entries}
        for entry in entries:
            if not is_safe(entry.orig_filename) or entry.orig_filename != entry.filename:
                raise self._refusal(f"the name {entry.orig_filename!r} leads outside the archive")
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise self._refusal(f"{entry.filename} is a link")
            if entry.flag_bits & 0x1:
                raise self._refusal(f"{entry.filename} is encrypted")
        names = {name.lower() for name in self._entries}
        if len(names) < len(entries):
            raise self._refusal("two names are equal, or differ only in case")
        if any(parent in names for name in names for parent in _parents(name)):
            raise self._refusal("a name is both a file and a folder")
        if any(len(part) > _LONGEST_NAME for name in names for part in name.split("/")):
            raise self._refusal(f"a name is longer than {_LONGEST_NAME} characters")
        if sum(entry.file_size for entry in entries) > LARGEST:
            raise self._refusal(f"the unpacked files are larger than {LARGEST} bytes")

    def read(self, path: str) -> bytes:
        """Read a file; raise PackageError if it is missing, damaged or of another size."""
        if path not in self._entries:
            raise MissingFileError(f"{path} is missing from {self.name}.")
        entry = self._entries[path]
        try:
            with self._zip.open(entry) as file:
                data = file.read(entry.file_size + 1)
        except Exception as error:  # each decompressor raises exceptions of its own classes
            raise PackageError(f"{path} in {self.name} is damaged: {error}.") from error
        if len(data) != entry.file_size:
            raise PackageError(f"{path} in {self.name} is damaged: its size is wrong.")
        return data

    def files(self, folder: str) -> Iterator[str]:
        """Iterate over the paths of all files below a folder, in order; "" is the archive."""
        prefix = f"{folder}/" if folder else ""
        return (name for name in sorted(self._entries) if name.startswith(prefix))

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Unpack the files into a temporary folder."""
        with TemporaryDirectory(prefix="bonemet-data-") as root:
            for name in self._entries:
                place = Path(root, name)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(self.read(name))
            yield Path(root)

    def _refusal(self, reason: str) -> UnsafePathError:
        return UnsafePathError(f"{self.name} was not unpacked: {reason}. Use another archive.")


def _parents(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
