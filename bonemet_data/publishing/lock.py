"""The lock of a package, which exists while a release is in progress."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..atomic import output_errors, writable_path
from ..errors import OutputError, ReleaseError
from ..extras import RELEASE
from ..package.ledger import LOCK
from ..package.storage import Folder


@contextmanager
def release_lock(folder: Folder) -> Iterator[None]:
    """Lock a package, so that only one process makes a release.

    Raises:
        ReleaseError: Another process makes a release.
        UnsafePathError: The lock file is a link, or is in a linked folder.
        OutputError: The lock file cannot be written.
        MissingExtraError: The extra "release" is not installed.
    """
    with RELEASE:
        from filelock import FileLock, Timeout

    target = writable_path(folder.root, LOCK)
    lock = FileLock(target, timeout=0)
    try:
        with output_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(target):
                _require_own_file(target)
            try:
                lock.acquire()
            except Timeout as error:
                raise ReleaseError(
                    "Another release of this package is in progress: wait until it is complete."
                ) from error
            except NotImplementedError as error:
                raise OSError("the file system does not support locks") from error
        yield
    finally:
        if lock.is_locked:
            with suppress(OSError):  # Windows cannot remove an open file
                target.unlink()
            lock.release()
        with suppress(OSError):  # the folder is not empty after a release
            os.removedirs(target.parent)


def _require_own_file(path: Path) -> None:
    """Raise OutputError unless a file is regular and has no other name: locking truncates it."""
    state = path.lstat()
    if not stat.S_ISREG(state.st_mode) or state.st_nlink > 1:
        raise OutputError(
            f"{path} cannot be written: it is not a regular file, or has two names. Remove it."
        )
