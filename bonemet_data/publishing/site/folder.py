"""The folder of a site, which later versions of the site replace file by file."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...atomic import new_path, output_errors, staged_files, writable_path
from ...errors import OutputError
from ...package.storage import is_safe

MARKER = "site.json"
"""File that lists the files of a site."""

_FORMAT = "bonemet-data site"


def write_folder(folder: Path, files: Mapping[str, bytes], *, overwrite: bool = False) -> None:
    """Write the files of a site.

    A new folder appears complete or not at all. In an existing folder, files are replaced after
    all of them are on disk, and files of a former site that are no longer part of it are removed.
    All other files stay.

    Args:
        folder: The folder.
        files: Content of the files, by relative path.
        overwrite: Whether to write into a folder with other files. Default: False.

    Raises:
        OutputError: The folder has files but is no site, or a file cannot be written.
        UnsafePathError: A file of the folder is a link.
    """
    former: frozenset[str] = frozenset()
    files = {**files, MARKER: _marker(files)}
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file: choose a new folder.")
    with output_errors(folder):
        is_used = folder.exists() and any(folder.iterdir())
    if is_used:
        found = _former(folder / MARKER)
        if found is None and not overwrite:
            raise OutputError(
                f"{folder} is not empty, and is not a site: choose another folder, or pass "
                "--overwrite, which replaces files of the same name and keeps all others."
            )
        former = found or former
    if folder.exists():
        _replace(folder, files, former)
    else:
        _create(folder, files)


def _create(folder: Path, files: Mapping[str, bytes]) -> None:
    with output_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
    with new_path(folder) as staging:
        for path, data in files.items():
            target = staging / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def _replace(folder: Path, files: Mapping[str, bytes], former: Iterable[str]) -> None:
    targets = [(writable_path(folder, path), data) for path, data in files.items()]
    stale = [writable_path(folder, path) for path in former if path not in files]
    with output_errors(folder):
        for target, _ in targets:
            target.parent.mkdir(parents=True, exist_ok=True)
    with staged_files(targets):
        pass
    with output_errors(folder):
        for path in stale:
            path.unlink(missing_ok=True)


def _marker(files: Mapping[str, bytes]) -> bytes:
    document = {"format": _FORMAT, "files": sorted(files)}
    return (json.dumps(document, indent=1) + "\n").encode()


def _former(marker: Path) -> frozenset[str] | None:
    """Return the files of a former site; None if the folder contains no site."""
    try:
        document = json.loads(marker.read_text(encoding="utf-8"))
        if document["format"] != _FORMAT:
            return None
        return frozenset(path for path in document["files"] if is_safe(path))
    except (OSError, ValueError, KeyError, TypeError):
        return None
