"""Storage: read the files of a data package, and no file outside the package."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..errors import MissingFileError, PackageError, UnsafePathError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


_DRIVE = re.compile("[A-Za-z]:")
_FORBIDDEN = frozenset('\\:*?"<>|\0' if os.name == "nt" else "\\\0")
"""Characters that no file name contains, or that have another meaning on this system."""


def is_safe(path: object) -> bool:
    """Return whether a path in a descriptor is relative, and inside the package.

    Example:
        >>> is_safe("datapackage/types.csv"), is_safe("../types.csv"), is_safe("https://a.org/b")
        (True, False, False)
    """
    return (
        isinstance(path, str)
        and not _DRIVE.match(path)
        and all(
            part and not part.startswith((".", "~")) and not _FORBIDDEN & set(part)
            for part in path.removeprefix("./").split("/")
        )
    )


class Storage(Protocol):
    """The files of a package: in a folder, or in an archive."""

    def read(self, path: str) -> bytes:
        """Read a file; raise PackageError if the file cannot be read."""

    def source(self, path: str) -> "Path | bytes":
        """Return the path of a file on disk, or its content if it is in an archive.

        Raises:
            PackageError: The file cannot be read.
        """

    def display_name(self, path: str) -> str:
        """Return the path of a file, with its folder or archive, for messages and findings."""

    def files(self, folder: str) -> Iterator[str]:
        """Iterate over the relative paths of all files below a folder, in order."""

    def on_disk(self) -> "AbstractContextManager[Path]":
        """Return a context manager for a folder that contains the files."""


class Folder:
    """The files of a package in a folder.

    Args:
        root: Folder that contains `datapackage.json`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def locate(self, path: str) -> Path:
        """Return the path of a file on disk.

        Args:
            path: Path relative to the folder, as in a descriptor.

        Raises:
            UnsafePathError: The path, or the target of a link, is outside the folder or is not a
                regular file.
            MissingFileError: The file does not exist.
        """
        if not is_safe(path):
            raise UnsafePathError(
                f"{path!r} is not a safe path: write the relative path of a file in the package, "
                "with / between folders, and without '..', a leading period or a drive"
            )
        location = self.root / path.removeprefix("./")
        try:
            if not self._contains(location):
                raise UnsafePathError(
                    f"{path} is a link that leads outside the package: replace it with the file."
                )
            if location.is_symlink() and not location.exists():
                raise UnsafePathError(f"{path} is a broken link: replace the link with the file.")
            if not location.exists():
                raise MissingFileError(
                    f"{path} is missing: restore the file, or correct the descriptor."
                )
            if not location.is_file():
                raise UnsafePathError(
                    f"{path} is not a regular file: replace it with a regular file."
                )
        except (OSError, RuntimeError, ValueError) as error:  # a link to itself, a name too long
            raise UnsafePathError(
                f"{path[:80]!r} is not a valid path: {error}. Correct the path."
            ) from error
        return location

    def read(self, path: str) -> bytes:
        """Read a file.

        Raises:
            PackageError: The file cannot be read; see also the errors of `locate`.
        """
        location = self.locate(path)
        try:
            return location.read_bytes()
        except (OSError, MemoryError) as error:
            reason = getattr(error, "strerror", None) or error
            raise PackageError(
                f"{path} cannot be read: {reason}. Check its permissions."
            ) from error

    def source(self, path: str) -> Path:
        """Return the path of a file on disk; see the errors of `locate`."""
        return self.locate(path)

    def display_name(self, path: str) -> str:
        """Return the path of a file relative to the current folder."""
        place = self.root / path
        try:
            name = os.path.relpath(place)
        except ValueError:  # Windows: on another drive than the current folder
            name = str(place)
        return name.replace(os.sep, "/")

    def files(self, folder: str) -> Iterator[str]:
        """Iterate over the relative paths of all files and links below a folder, in order."""
        if not self._contains(self.root / folder):
            yield folder  # a link that leads outside the package is not followed
            return
        for location in sorted((self.root / folder).rglob("*")):
            if location.is_symlink() or not location.is_dir():
                yield location.relative_to(self.root).as_posix()

    def _contains(self, location: Path) -> bool:
        return location.resolve().is_relative_to(self.root.resolve())

    def on_disk(self) -> "AbstractContextManager[Path]":
        """Return a context manager for the folder itself."""
        from contextlib import nullcontext

        return nullcontext(self.root)
