"""Atomic writes: a file or folder is replaced completely, or is not changed."""

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from .errors import OutputError, UnsafePathError


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file; if that fails, an existing file is not changed.

    Raises:
        OutputError: The file cannot be written.
    """
    with staged_files([(path, data)]):
        pass


@contextmanager
def staged_files(files: Sequence[tuple[Path, bytes]]) -> Iterator[None]:
    """Write several files, which appear in order when the block ends without an error.

    All data are on disk before the block runs, so that a full disk leaves every file unchanged.

    Args:
        files: Paths and contents. The folders must exist.

    Raises:
        OutputError: A file cannot be written.
    """
    with ExitStack() as stack:
        pending = []
        for path, data in files:
            pending.append(stack.enter_context(_pending(path)))
            with output_errors(path):
                pending[-1].temporary.write_bytes(data)
                pending[-1].sync()
        yield
        for (path, _), file in zip(files, pending, strict=True):
            with output_errors(path):
                file.replace()


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Replace a file with a temporary one when the block ends without an error.

    The temporary file is in the same folder, and is removed if the block fails. The mode of an
    existing file is preserved, and links are followed.

    Args:
        path: Path of the file. Its folder must exist.

    Yields:
        Path of the temporary file, which is empty and has the same suffix.

    Raises:
        OutputError: The file cannot be written, or the block raised an OSError.
    """
    with _pending(path) as file, output_errors(path):
        yield file.temporary
        file.sync()
        file.replace()


@contextmanager
def new_path(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Write a new file or folder, which appears when the block ends without an error.

    Args:
        path: Path of the file or folder. Its folder must exist.
        overwrite: Replace an existing file, or an existing folder whose files are all replaced.

    Yields:
        Path with the same name in a temporary folder, at which the block writes a file or folder.

    Raises:
        OutputError: The path exists, the existing folder contains other files, or the path cannot
            be written.
    """
    _require_replaceable(path, overwrite)
    temporary = path.with_name(f".{secrets.token_hex(4)}-{path.name}")
    try:
        with output_errors(path):
            temporary.mkdir()
            new = temporary / path.name
            yield new
            _require_same_files(path, new)
            for file in files_below(new):
                _sync(file)
            _replace(path, new, temporary / f"{path.name}.old")
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _replace(path: Path, new: Path, old: Path) -> None:
    """Move a new file or folder to a path; a folder that is there moves away first."""
    if not path.is_dir():
        new.replace(path)
        return
    path.rename(old)
    try:
        new.rename(path)
    except OSError:
        old.rename(path)
        raise


def _require_replaceable(path: Path, overwrite: bool) -> None:
    if not os.path.lexists(path):
        return
    if not overwrite:
        raise OutputError(
            f"{path} exists: remove it, choose another output, or pass --overwrite "
            "(overwrite=True)."
        )
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        raise OutputError(
            f"{path} cannot be written: it is not a regular file or folder. Choose another output."
        )


def _require_same_files(old: Path, new: Path) -> None:
    """Raise OutputError if replacing an existing folder or file would remove anything else."""
    if old.is_dir() and new.is_dir():
        kept = {file.relative_to(new) for file in files_below(new)}
        others = (file for file in files_below(old) if file.relative_to(old) not in kept)
        if other := next(others, None):
            raise OutputError(
                f"{old} contains {other.relative_to(old)}, which the new folder does not: remove "
                "it, or choose another output."
            )
    elif old.exists() and old.is_dir() != new.is_dir():
        kind = "folder" if old.is_dir() else "file"
        raise OutputError(f"{old} is a {kind}: remove it, or choose another output.")


def files_below(path: Path) -> list[Path]:
    """Return a file, or the files at any depth of a folder, in order."""
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.rglob("*") if each.is_symlink() or not each.is_dir())


class _Pending:
    """A temporary file that replaces a file."""

    def __init__(self, temporary: Path, target: Path) -> None:
        self.temporary, self.target = temporary, target

    def sync(self) -> None:
        """Write the data to the disk, and give the file the mode of the one that it replaces."""
        _sync(self.temporary)
        if self.target.exists():
            self.temporary.chmod(self.target.stat().st_mode)

    def replace(self) -> None:
        """Rename the temporary file."""
        self.temporary.replace(self.target)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _pending(path: Path) -> Iterator[_Pending]:
    """Create a temporary file beside a file, and remove it at the end if it still exists."""
    with output_errors(path):
        target = path.resolve() if path.exists() else path
        if target.exists() and not target.is_file():
            raise OutputError(
                f"{path} cannot be written: it is not a regular file. Choose another file."
            )
        temporary = target.with_name(f".{secrets.token_hex(4)}-{target.name}")
    try:
        with output_errors(path):
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield _Pending(temporary, target)
    finally:
        with suppress(OSError):  # the name is too long, or the disk is read-only
            temporary.unlink(missing_ok=True)


@contextmanager
def output_errors(path: Path | str) -> Iterator[None]:
    """Turn an OSError into an OutputError about a file, given its path or a description."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}. "
            "Check the folder, its permissions and the free disk space, or choose another folder."
        ) from error


def writable_path(root: Path, path: str) -> Path:
    """Return the path of a file to write in a folder.

    Args:
        root: The folder.
        path: Path of the file, relative to the folder.

    Raises:
        UnsafePathError: The file is a link, or is outside the folder.
    """
    target = root / path
    try:
        inside = target.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link to itself
        inside = False
    if not inside or target.is_symlink():
        raise UnsafePathError(f"{target} is a link, or is in a linked folder: replace the link.")
    return target
