"""Writing several files so that all are written or none, even if the process is killed.

The new contents are laid in a hidden folder first; a journal that names their places is the point
of no return. What is interrupted before it never happened; what is interrupted after it is
finished by `finish`.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..errors import PackageError
from ..package.storage import is_safe, read_json

STAGING = ".bonemet-data-release"
_JOURNAL = "journal.json"


def write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, all or none.

    Args:
        root: the folder.
        files: the content of each file, by its path relative to the folder.
    """
    finish(root)
    staging = root / STAGING
    staging.mkdir()
    moves = {f"{at}.new": path for at, path in enumerate(files)}
    for name, path in moves.items():
        _write(staging / name, files[path])
    _write(staging / "journal.new", json.dumps(moves).encode())
    (staging / "journal.new").rename(staging / _JOURNAL)
    finish(root)


def interrupted(root: Path) -> bool:
    """Tell whether a writing has passed its point of no return and is not finished."""
    return (root / STAGING / _JOURNAL).exists()


def finish(root: Path) -> bool:
    """Finish a writing that was interrupted after its journal, and forget one that was before it.

    Args:
        root: the folder that was given to `write_all`.

    Returns:
        True if files were brought to their places.
    """
    staging = root / STAGING
    found = interrupted(root)
    if found:
        moves = read_json((staging / _JOURNAL).read_bytes(), f"{STAGING}/{_JOURNAL}")
        if not all(is_safe(name) and is_safe(path) for name, path in moves.items()):
            raise PackageError(f"{STAGING}/{_JOURNAL} is not one of ours: remove {STAGING}.")
        for name, path in moves.items():
            if (staging / name).exists():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (staging / name).replace(root / path)
        (staging / _JOURNAL).unlink()
    if staging.is_dir():
        shutil.rmtree(staging)
    return found


def _write(place: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with place.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
