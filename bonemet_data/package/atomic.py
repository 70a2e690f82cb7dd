"""Atomic writes: a file is replaced completely, or is not changed."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import OutputError


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file; if that fails, an existing file is not changed.

    Raises:
        OutputError: The file cannot be written.
    """
    with atomic_file(path) as temporary:
        temporary.write_bytes(data)


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
    temporary: Path | None = None
    try:
        target = path.resolve() if path.exists() else path
        if target.exists() and not target.is_file():
            raise OutputError(
                f"{path} cannot be written: it is not a regular file. Choose another file."
            )
        candidate = target.with_name(f".{secrets.token_hex(4)}-{target.name}")
        os.close(os.open(candidate, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        temporary = candidate
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode)
        temporary.replace(target)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}. "
            "Check the folder, its permissions and the free disk space, or choose another folder."
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
