"""Making a release: the archive, the changelog, and the entry in the manifest of releases.

The manifest is written last. A package whose release is interrupted has at most an archive and a
section of the changelog that no entry refers to; the next run writes them again.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ..comparison.compare import compare
from ..comparison.difference import Difference
from ..comparison.rendering import summary as summarize
from ..errors import MissingFileError, OutputError, ReleaseError, UnsafePathError
from ..extras import RELEASE
from ..package.archive import write_archive
from ..package.atomic import write_atomically
from ..package.checksums import sha256
from ..package.descriptor import DESCRIPTOR, Package, open_folder, read_package
from ..package.ledger import (
    FOLDER,
    LEDGER,
    LOCK,
    Release,
    open_release,
    read_ledger,
    write_ledger,
)
from ..package.storage import Folder
from ..package.version import Version
from ..validation.stages import validate

_DOCUMENTS = ("CITATION.cff", "LICENSE", "LICENSE-DATA", "NOTICES")
_CHANGELOG = "CHANGELOG.md"
_FIRST = "The first release."
_TEMPORARY = ".????????-"
"""Start of the names of temporary files, which a process that is killed leaves behind."""


def release(path: Path, date: datetime.date, summary: str = "") -> Release:
    """Freeze a package as a release; nothing is published.

    Args:
        path: Folder of the package, or its `datapackage.json`.
        date: datetime.date of the release.
        summary: Summary of the changes in one line; "" to count them.

    Returns:
        The new entry in the manifest of releases.

    Raises:
        ReleaseError: The version is released already or too low, the package is not valid, the
            citation or the date disagrees, or another release is being made.
        PackageError: There is no package, or it cannot be read.
        OutputError: A file cannot be written. The next run finishes the release.
        MissingExtraError: The extra "release" is not installed.
    """
    folder = open_folder(path)
    package = read_package(folder)
    name = f"{package.name}-{package.version}.zip"
    with _lock(folder):
        releases = read_ledger(folder)
        _require_agreement(folder, package, releases, date, summary)
        difference = _compare_with_latest(folder, releases, package)
        _remove_leftovers(folder, name)
        files = _files(folder, package)
        report = validate(package, frictionless=True)
        if not report.valid:
            raise ReleaseError(
                f"The package is not valid. Run `bonemet-data validate`, and correct:\n{report}"
            )
        if files != _files(folder, package):
            raise ReleaseError("The package was edited while it was validated: run again.")
        archive = write_archive(files)
        entry = Release(
            version=package.version,
            date=date.isoformat(),
            archive=name,
            sha256=sha256(archive),
            summary=summary or _one_line(difference),
            resources={each.name: sha256(files[each.path]) for each in package.resources},
            schemas={each.name: sha256(files[str(each.schema)]) for each in package.resources},
        )
        changelog = _changelog(folder, entry, difference)
        write_atomically(_target(folder, entry.path), archive)
        if changelog is not None:
            write_atomically(_target(folder, _CHANGELOG), changelog)
        if read_ledger(folder) != releases:
            raise ReleaseError(f"{LEDGER} changed while the release was made: run again.")
        write_atomically(_target(folder, LEDGER), write_ledger([*releases, entry]))
    return entry


@contextmanager
def _lock(folder: Folder) -> Iterator[None]:
    """Let one process at a time make a release of a package."""
    with RELEASE:
        from filelock import FileLock, Timeout

    place = _target(folder, LOCK)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise ReleaseError(
            "Another release of this package is being made: wait until it is finished."
        ) from error
    except OSError as error:
        raise OutputError(f"{place} cannot be written: {error.strerror or error}.") from error
    try:
        yield
    finally:
        with suppress(OSError):  # Windows cannot remove an open file
            place.unlink()
        lock.release()
        with suppress(OSError):  # the folder is not empty after a release
            place.parent.rmdir()


def _target(folder: Folder, path: str) -> Path:
    """Return the path of a file to write, which must be inside the package and not a link."""
    place = folder.root / path
    try:
        inside = place.resolve().is_relative_to(folder.root.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        inside = False
    if not inside or place.is_symlink():
        raise UnsafePathError(f"{place} is a link, or in a linked folder: replace it with a file.")
    return place


def _remove_leftovers(folder: Folder, archive: str) -> None:
    """Remove what an interrupted release left behind."""
    releases = folder.root / FOLDER
    leftovers = [releases / archive, *releases.glob(f"{_TEMPORARY}*")]
    leftovers += folder.root.glob(f"{_TEMPORARY}{_CHANGELOG}")
    for place in leftovers:
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{place} cannot be removed: {error.strerror or error}.") from error


def _require_agreement(
    folder: Folder, package: Package, releases: Sequence[Release], date: datetime.date, summary: str
) -> None:
    """Refuse an outdated citation, a date before the latest release, a summary of two lines."""
    if "\n" in summary or "\r" in summary:
        raise ReleaseError("The summary must be one line.")
    if releases and date.isoformat() < releases[-1].date:
        raise ReleaseError(
            f"The date {date} is before that of release {releases[-1].version}, "
            f"{releases[-1].date}: use a later one."
        )
    try:
        citation = folder.read("CITATION.cff").decode("utf-8", "replace")
    except MissingFileError:
        return
    for keyword, value in (("version", package.version), ("date-released", date.isoformat())):
        if not re.search(rf"^{keyword}: {re.escape(value)}$", citation, re.MULTILINE):
            raise ReleaseError(f"CITATION.cff does not state `{keyword}: {value}`: correct it.")


def _compare_with_latest(
    folder: Folder, releases: Sequence[Release], package: Package
) -> Difference | None:
    """Compare with the latest release; refuse a version that exists or is too low."""
    version = Version.parse(package.version)
    if package.version in {each.version for each in releases}:
        raise ReleaseError(
            f"{package.version} is released already, and a release never changes: "
            f"write a higher version into {DESCRIPTOR}."
        )
    if not releases:
        return None
    difference = compare(open_release(folder, releases[-1]), package)
    latest = Version.parse(releases[-1].version)
    smallest = max(difference.smallest or latest, latest)
    if version < smallest:
        raise ReleaseError(
            f"Version {version} is too low: the changes since {difference.old} are "
            f"{difference.level.name}, so the smallest version is {smallest}. Write it into "
            f"{DESCRIPTOR}. The changes:\n{summarize(difference)}"
        )
    return difference


def _files(folder: Folder, package: Package) -> dict[str, bytes]:
    """Read the files of an archive: everything that a complete package needs."""
    paths = [DESCRIPTOR]
    for resource in package.resources:
        if not isinstance(resource.schema, str):
            raise ReleaseError(
                f"The schema of {resource.name} is inline: move it to a file in schemas/."
            )
        paths += [resource.path, resource.schema]
    files = {path: folder.read(path) for path in paths}
    for name in _DOCUMENTS:
        with suppress(MissingFileError):
            files[name] = folder.read(name)
    return files


def _one_line(difference: Difference | None) -> str:
    if difference is None:
        return _FIRST
    return "; ".join(line.removeprefix("- ") for line in summarize(difference).splitlines())


def _changelog(folder: Folder, entry: Release, difference: Difference | None) -> bytes | None:
    """Return the changelog with a section for the release; None if there is nothing to add."""
    try:
        text = folder.read(_CHANGELOG).decode()
    except MissingFileError:
        return None
    except UnicodeDecodeError as error:
        raise ReleaseError(f"{_CHANGELOG} is not UTF-8: {error}. Save it as UTF-8.") from error
    heading = f"## {entry.version} ({entry.date})"
    if found := re.search(rf"^## {re.escape(entry.version)}\b.*$", text, re.MULTILINE):
        if entry.date not in found[0]:
            raise ReleaseError(f"{_CHANGELOG} has `{found[0]}`: write `{heading}`.")
        return None
    items = f"- {_FIRST}" if difference is None else summarize(difference)
    first = re.search(r"^## ", text, re.MULTILINE)
    start = first.start() if first else len(text)
    return f"{text[:start]}{heading}\n\n{items}\n\n{text[start:]}".encode()
