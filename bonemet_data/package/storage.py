"""The files of one data package, read from inside its folder and nowhere else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import MissingFileError, PackageError, UnsafePathError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def is_safe(path: object) -> bool:
    """Tell whether a descriptor's path is relative, plain, and stays below the folder.

    Example:
        >>> is_safe("datapackage/types.csv"), is_safe("../types.csv"), is_safe("https://a.org/b")
        (True, False, False)
    """
    return isinstance(path, str) and all(
        part and not part.startswith((".", "~")) and not set(part) & set('\\:*?"<>|\0')
        for part in path.split("/")
    )


class Store(Protocol):
    """Where a package's files are: a folder, or an archive."""

    def read(self, path: str) -> bytes:
        """Give a file's bytes, or raise a PackageError that says why not."""

    def files(self, folder: str) -> Iterator[str]:
        """Give the relative path of every entry below a folder that is not a folder, in order."""

    def on_disk(self) -> "AbstractContextManager[Path]":
        """Give the files as a folder, for readers that know nothing else."""


class Folder:
    """A package's folder on disk.

    Args:
        root: the folder that holds `datapackage.json`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def locate(self, path: str) -> Path:
        """Give the place of a file of the package.

        Args:
            path: relative to the folder, as a descriptor writes it.

        Raises:
            UnsafePathError: the path, or the link it names, leads out of the folder, or it is
                not a regular file.
            MissingFileError: there is no such file.
        """
        if not is_safe(path):
            raise UnsafePathError(
                f"{path!r} is not a plain relative path inside the package: name a file below "
                "the folder, without '..', a drive, an address or any of * ? \" < > | :"
            )
        place = self.root / path
        try:
            if not self._holds(place):
                raise UnsafePathError(
                    f"{path} is a link that leads out of the package's folder: put the file there."
                )
            if place.is_symlink() and not place.exists():
                raise UnsafePathError(f"{path} is a link that leads to no file: put one there.")
            if not place.exists():
                raise MissingFileError(f"{path} is missing: restore it, or correct the descriptor.")
            if not place.is_file():
                raise UnsafePathError(f"{path} is not a regular file: put a file in its place.")
        except (OSError, RuntimeError, ValueError) as error:  # a link to itself, an endless name
            raise UnsafePathError(f"{path[:80]!r} names no file: {error}.") from error
        return place

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raises as `locate` does, or PackageError if it cannot be read."""
        place = self.locate(path)
        try:
            return place.read_bytes()
        except (OSError, MemoryError) as error:
            raise PackageError(f"{path} cannot be read: {error}.") from error

    def files(self, folder: str) -> Iterator[str]:
        """Give the relative path of every entry below a folder that is not a folder, in order."""
        if not self._holds(self.root / folder):
            yield folder  # a link that leads out is itself what lies there
            return
        for place in sorted((self.root / folder).rglob("*")):
            if place.is_symlink() or not place.is_dir():
                yield place.relative_to(self.root).as_posix()

    def _holds(self, place: Path) -> bool:
        return place.resolve().is_relative_to(self.root.resolve())

    def on_disk(self) -> "AbstractContextManager[Path]":
        """Give the folder itself."""
        from contextlib import nullcontext

        return nullcontext(self.root)


def read_json(data: bytes, name: str) -> dict[str, Any]:
    """Read a JSON object strictly: UTF-8, no key twice, no NaN, no bottomless nesting.

    Args:
        data: the file's bytes.
        name: what to call it in an error.

    Raises:
        PackageError: it is not such an object; the text says where.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [key for key, _ in pairs]
            twice = next(key for key in names if names.count(key) > 1)
            raise ValueError(f"the key {twice!r} stands twice in one object")
        return found

    def refuse(word: str) -> None:
        raise ValueError(f"{word} is not JSON")

    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=unique, parse_constant=refuse)
        if b"\\u" in data:  # only an escape can smuggle in half a character
            json.dumps(document, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise PackageError(f"{name} nests too deeply to be read.") from error
    except ValueError as error:
        raise PackageError(f"{name} is not valid JSON in UTF-8: {error}.") from error
    if not isinstance(document, dict):
        raise PackageError(f"{name} must hold a JSON object, and holds something else.")
    return document
