"""Atomic writing: a file is replaced as a whole, or left as it was."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import OutputError


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file, or leave the earlier one unchanged.

    Raises:
        OutputError: The file cannot be written.
    """
    with atomic_file(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Replace a file with a temporary one when the block ends without an error.

    The temporary file is in the same folder, and is removed in every case. The mode of an earlier
    file is kept, and a link is followed.

    Args:
        path: Path of the file. Its folder must exist.

    Yields:
        Path of the temporary file, which is empty and has the same suffix.

    Raises:
        OutputError: The file cannot be written. Any OSError in the block is reported so.
    """
    temporary: Path | None = None
    try:
        target = path.resolve() if path.exists() else path
        if target.exists() and not target.is_file():
            raise OutputError(f"{path} cannot be written: it is not a regular file.")
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
            "Free space on the disk, or choose a file in another folder."
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
