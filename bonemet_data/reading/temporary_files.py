"""A temporary folder for data that do not fit in memory."""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import OutputError


class Scratch:
    """A temporary folder, which is created on first use and removed when the block ends."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def path(self) -> Path:
        """Path of the folder, which is created if it does not exist."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="bonemet-data-")
        return Path(self._folder.name)

    def new_file(self) -> Path:
        """Return a path in the folder at which no file exists."""
        self._files += 1
        return self.path / f"file-{self._files}"

    def full(self, what: str, error: Exception) -> OutputError:
        """Return the error for data that cannot be stored in the folder.

        Args:
            what: Description of the data.
            error: The original error.
        """
        folder = self._folder.name if self._folder else "a temporary folder"
        return OutputError(
            f"{what} cannot be stored in {folder}: {error}. "
            "Set TMPDIR to a folder with enough free space."
        )
