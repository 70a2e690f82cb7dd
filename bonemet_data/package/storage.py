"""Storage: the files of one data package, read from its folder and from nowhere else."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..errors import MissingFileError, PackageError, UnsafePathError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def is_safe(path: object) -> bool:
    """Return whether a path of a descriptor is relative, portable, and stays in the folder.

    Example:
        >>> is_safe("datapackage/types.csv"), is_safe("../types.csv"), is_safe("https://a.org/b")
        (True, False, False)
    """
    return isinstance(path, str) and all(
        part and not part.startswith((".", "~")) and not set(part) & set('\\:*?"<>|\0')
        for part in path.split("/")
    )


class Storage(Protocol):
    """The files of a package: in a folder, or in an archive."""

    def read(self, path: str) -> bytes:
        """Read a file; raise a PackageError if that fails."""

    def files(self, folder: str) -> Iterator[str]:
        """Iterate over the relative paths of all files below a folder, in order."""

    def on_disk(self) -> "AbstractContextManager[Path]":
        """Return a context manager for a folder with the files, for tools that need one."""


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
            UnsafePathError: The path, or the link at that path, leads outside the folder, or to
                no regular file.
            MissingFileError: The file does not exist.
        """
        if not is_safe(path):
            raise UnsafePathError(
                f"{path!r} is not a safe path: write the path of a file in the package, "
                "without '..', a drive, a URL or any of * ? \" < > | :"
            )
        place = self.root / path
        try:
            if not self._contains(place):
                raise UnsafePathError(
                    f"{path} is a link that leads outside the package: replace it by the file."
                )
            if place.is_symlink() and not place.exists():
                raise UnsafePathError(f"{path} is a broken link: replace it by the file.")
            if not place.exists():
                raise MissingFileError(
                    f"{path} is missing: restore the file, or correct the descriptor."
                )
            if not place.is_file():
                raise UnsafePathError(f"{path} is not a regular file: replace it by one.")
        except (OSError, RuntimeError, ValueError) as error:  # a link to itself, a name too long
            raise UnsafePathError(f"{path[:80]!r} is not a path of a file: {error}.") from error
        return place

    def read(self, path: str) -> bytes:
        """Read a file; raise as `locate` does, or PackageError if it cannot be read."""
        place = self.locate(path)
        try:
            return place.read_bytes()
        except (OSError, MemoryError) as error:
            reason = getattr(error, "strerror", None) or error
            raise PackageError(f"{path} cannot be read: {reason}.") from error

    def files(self, folder: str) -> Iterator[str]:
        """Iterate over the relative paths of all files and links below a folder, in order."""
        if not self._contains(self.root / folder):
            yield folder  # a link that leads outside the package is not followed
            return
        for place in sorted((self.root / folder).rglob("*")):
            if place.is_symlink() or not place.is_dir():
                yield place.relative_to(self.root).as_posix()

    def _contains(self, place: Path) -> bool:
        return place.resolve().is_relative_to(self.root.resolve())

    def on_disk(self) -> "AbstractContextManager[Path]":
        """Return a context manager for the folder itself."""
        from contextlib import nullcontext

        return nullcontext(self.root)
