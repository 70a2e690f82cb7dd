"""Archives: data packages in ZIP files, written reproducibly and checked before they are read."""

import io
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..atomic import output_errors
from ..errors import MissingFileError, PackageError, UnsafePathError
from .storage import is_safe

LARGEST = 2**30
"""Maximum total size of the unpacked files of an archive, in bytes."""

_LONGEST_NAME = 200
_HIDDEN = re.compile(r"(^|/)\.(?!\.?(/|$))")
"""Hidden files and folders, such as those that macOS adds; they are no part of a package."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_archive(files: Mapping[str, bytes], *, compressed: bool = False) -> bytes:
    """Return a reproducible ZIP file: equal files always result in equal bytes.

    Names are sorted, all entries have the same time and mode, and files are stored uncompressed,
    because compression depends on the version of zlib.

    Args:
        files: Content of the files, by path in the archive.
        compressed: Whether to compress the files all the same. Default: False.
    """
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[name], method)
    return out.getvalue()


class Archive:
    """The files of a package in a ZIP file, or in the only folder of one. Hidden files are ignored.

    Args:
        data: Content of the ZIP file.
        name: Name of the ZIP file in error messages.

    Raises:
        PackageError: The file is damaged, or is not a ZIP file.
        UnsafePathError: A name leads outside the archive, is used twice, or belongs to a link; or
            the files are larger than `LARGEST` bytes. Nothing is unpacked.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise PackageError(
                f"{name} is not a valid ZIP file: {error}. Download the file again."
            ) from error
        entries = [
            entry
            for entry in self._zip.infolist()
            if not entry.is_dir() and not _HIDDEN.search(entry.filename)
        ]
        folder = f"{entries[0].filename.partition('/')[0]}/" if entries else ""
        if not all(entry.filename.startswith(folder) for entry in entries):
            folder = ""
        self._entries = {entry.filename.removeprefix(folder): entry for entry in entries}
        for entry in entries:
            if not is_safe(entry.orig_filename) or entry.orig_filename != entry.filename:
                raise self._refusal(f"the name {entry.orig_filename!r} is not a safe relative path")
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise self._refusal(f"{entry.filename} is a link")
            if entry.flag_bits & 0x1:
                raise self._refusal(f"{entry.filename} is encrypted")
        names = {name.lower() for name in self._entries}
        if len(names) < len(entries):
            raise self._refusal("two names are equal or differ only in case")
        if any(parent in names for name in names for parent in _parents(name)):
            raise self._refusal("one name is used for a file and a folder")
        if any(len(part) > _LONGEST_NAME for name in names for part in name.split("/")):
            raise self._refusal(f"a name is longer than {_LONGEST_NAME} characters")
        if sum(entry.file_size for entry in entries) > LARGEST:
            raise self._refusal(f"the unpacked files are larger than {LARGEST} bytes")

    def read(self, path: str) -> bytes:
        """Read a file; raise PackageError if the file is missing or damaged."""
        path = path.removeprefix("./")
        if not is_safe(path):
            raise UnsafePathError(
                f"{path!r} is not a safe path: write the relative path of a file in the package."
            )
        if path not in self._entries:
            raise MissingFileError(f"{path} is missing from {self.name}: get a complete archive.")
        entry = self._entries[path]
        try:
            with self._zip.open(entry) as file:
                data = file.read(entry.file_size + 1)
        except Exception as error:  # each decompressor raises exceptions of its own classes
            raise PackageError(
                f"{path} in {self.name} is damaged: {error}. Download the archive again."
            ) from error
        if len(data) != entry.file_size:
            raise PackageError(
                f"{path} in {self.name} is damaged: the size is wrong. Download the archive again."
            )
        return data

    def source(self, path: str) -> bytes:
        """Return the content of a file."""
        return self.read(path)

    def display_name(self, path: str) -> str:
        """Return the path of a file, after the name of the archive."""
        return f"{self.name}/{path}"

    def files(self, folder: str) -> Iterator[str]:
        """Iterate over the paths of all files below a folder, in order; "" is the root."""
        prefix = f"{folder}/" if folder else ""
        return (name for name in sorted(self._entries) if name.startswith(prefix))

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Unpack the files into a temporary folder, which is removed when the block ends.

        Raises:
            OutputError: The folder cannot be written.
        """
        with ExitStack() as stack:
            with output_errors(f"a temporary copy of {self.name}"):
                root = Path(stack.enter_context(TemporaryDirectory(prefix="bonemet-data-")))
                for name in self._entries:
                    target = root / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(self.read(name))
            yield root

    def _refusal(self, reason: str) -> UnsafePathError:
        return UnsafePathError(
            f"{self.name} was not unpacked: {reason}. Download it again, or use another archive."
        )


def _parents(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
