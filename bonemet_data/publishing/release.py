"""Make a release: write the archive, the changelog, and the entry in the manifest of releases.

All data are on the disk before the first file is renamed, and the manifest is renamed last. A
release that is killed in between leaves at most an archive and a section of the changelog without
an entry in the manifest; the next run writes both again.
"""

import datetime
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ..atomic import staged_files, writable_path
from ..comparison.compare import compare
from ..comparison.difference import Difference
from ..comparison.rendering import summary as summarize
from ..errors import MissingFileError, OutputError, ReleaseError
from ..package.archive import write_archive
from ..package.changelog import CHANGELOG
from ..package.checksums import sha256
from ..package.descriptor import DESCRIPTOR, Package, open_folder, read_package
from ..package.ledger import (
    FOLDER,
    LEDGER,
    QUOTATIONS,
    Release,
    open_release,
    read_ledger,
    write_ledger,
)
from ..package.storage import Folder, is_safe
from ..package.version import Version
from ..reporting.finding import Severity
from ..reporting.rules import Rule
from ..validation.stages import validate
from .lock import release_lock

_DOCUMENTS = ("CITATION.cff", "LICENSE", "LICENSE-DATA", "NOTICES")
_FIRST = "The first release."
_TEMPORARY = ".????????-"
"""Glob pattern for the start of the names of temporary files, which a killed process leaves."""


def release(path: Path, date: datetime.date, summary: str = "") -> Release:
    """Write a release of a package; nothing is published.

    Args:
        path: Folder of the package, or its `datapackage.json`.
        date: Date of the release.
        summary: Summary of the changes in one line; "" for the numbers of changes.

    Returns:
        The new entry in the manifest of releases.

    Raises:
        ReleaseError: The version is already released or too low, the package is not valid, the
            date or CITATION.cff does not match, or another release is in progress.
        PackageError: There is no package, or it cannot be read.
        OutputError: A file cannot be written. The next run finishes the release.
        MissingExtraError: The extra "release" is not installed.
    """
    folder = open_folder(path)
    package = read_package(folder)
    name = f"{package.name}-{package.version}.zip"
    if "/" in name or not is_safe(name):
        raise ReleaseError(
            f"{name!r} is not a file name: correct the name and version in {DESCRIPTOR}."
        )
    with release_lock(folder):
        releases = read_ledger(folder)
        _require_agreement(folder, package, releases, date, summary)
        difference = _compare_with_latest(folder, releases, package)
        _remove_leftovers(folder, name)
        files = _files(folder, package)
        _require_valid(package)
        if files != _files(folder, package):
            raise ReleaseError("A file of the package changed during validation: run again.")
        archive = write_archive(files)
        entry = Release(
            version=package.version,
            date=date.isoformat(),
            archive=name,
            sha256=sha256(archive),
            summary=summary or _one_line(difference),
            resources={r.name: sha256(files[r.path]) for r in package.resources},
            schemas={r.name: sha256(files[str(r.schema)]) for r in package.resources},
            quotations=_quotations(folder),
        )
        outputs = {
            entry.path: archive,
            CHANGELOG: _changelog(folder, entry, difference),
            LEDGER: write_ledger([*releases, entry]),
        }
        staged = [
            (writable_path(folder.root, path), data) for path, data in outputs.items() if data
        ]
        with staged_files(staged):
            if read_ledger(folder) != releases:
                raise ReleaseError(f"{LEDGER} changed during the release: run again.")
        return read_ledger(folder)[-1]


def _require_valid(package: Package) -> None:
    """Raise ReleaseError if a package is not valid.

    A section of the changelog for the version that is released is no error: it can be written by
    hand before, and an interrupted release leaves one.
    """
    report = validate(package, frictionless=True)
    faults = [
        finding
        for finding in report.findings
        if finding.severity is not Severity.WARNING
        and (finding.rule, finding.value) != (Rule.CHANGELOG, package.version)
    ]
    if faults:
        raise ReleaseError(
            f"The package is not valid: correct these findings and run again.\n{report}"
        )


def _quotations(folder: Folder) -> str:
    """Return the checksum of the record of verbatim rows; "" if there is none."""
    try:
        return sha256(folder.read(QUOTATIONS))
    except MissingFileError:
        return ""


def _remove_leftovers(folder: Folder, archive: str) -> None:
    """Remove the files that an interrupted release left."""
    releases = folder.root / FOLDER
    leftovers = [releases / archive, *releases.glob(f"{_TEMPORARY}*")]
    leftovers += folder.root.glob(f"{_TEMPORARY}{CHANGELOG}")
    for target in leftovers:
        try:
            target.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(
                f"{target} cannot be removed: {error.strerror or error}. Remove it, and run again."
            ) from error


def _require_agreement(
    folder: Folder, package: Package, releases: Sequence[Release], date: datetime.date, summary: str
) -> None:
    """Raise ReleaseError if the summary, the date or CITATION.cff does not match the release."""
    if "\n" in summary or "\r" in summary:
        raise ReleaseError("The summary has several lines: write it in one line.")
    if releases and date.isoformat() < releases[-1].date:
        raise ReleaseError(
            f"The date {date} is before {releases[-1].date}, the date of release "
            f"{releases[-1].version}: use a later date."
        )
    try:
        citation = folder.read("CITATION.cff").decode("utf-8", "replace")
    except MissingFileError:
        return
    for keyword, value in (("version", package.version), ("date-released", date.isoformat())):
        if not re.search(rf"^{keyword}: {re.escape(value)}$", citation, re.MULTILINE):
            raise ReleaseError(
                f"CITATION.cff does not contain `{keyword}: {value}`: correct the file."
            )


def _compare_with_latest(
    folder: Folder, releases: Sequence[Release], package: Package
) -> Difference | None:
    """Compare a package with its latest release.

    Raises:
        ReleaseError: The version is already released, or too low for the changes.
    """
    version = Version.parse(package.version)
    if package.version in {release.version for release in releases}:
        raise ReleaseError(
            f"Version {package.version} is already released, and a release cannot be changed: "
            f"set a higher version in {DESCRIPTOR}."
        )
    if not releases:
        return None
    difference = compare(open_release(folder, releases[-1]), package)
    latest = Version.parse(releases[-1].version)
    smallest = max(difference.smallest or latest, latest)
    if version < smallest:
        raise ReleaseError(
            f"Version {version} is too low: the changes since {difference.old} are of level "
            f"{difference.level.name}. Set the version in {DESCRIPTOR} to {smallest} or higher. "
            f"The changes:\n{summarize(difference)}"
        )
    return difference


def _files(folder: Folder, package: Package) -> dict[str, bytes]:
    """Read the files to archive: descriptor, data, schemas and license documents."""
    paths = [DESCRIPTOR]
    for resource in package.resources:
        if not isinstance(resource.schema, str):
            raise ReleaseError(
                f"The schema of {resource.name} is inline: move the schema to a file in schemas/."
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
    """Return the changelog with a section for the release; None if it needs no change.

    A section "Unreleased" becomes the section for the release.
    """
    try:
        text = folder.read(CHANGELOG).decode()
    except MissingFileError:
        return None
    except UnicodeDecodeError as error:
        raise ReleaseError(f"{CHANGELOG} is not UTF-8: {error}. Save it as UTF-8.") from error
    heading = f"## {entry.version} ({entry.date})"
    if section := re.search(rf"^## {re.escape(entry.version)}\b.*$", text, re.MULTILINE):
        if entry.date not in section[0]:
            raise ReleaseError(
                f"{CHANGELOG} has the heading `{section[0]}`: change it to `{heading}`."
            )
        return None
    if unreleased := re.search(r"^## Unreleased[ \t]*$", text, re.MULTILINE):
        return f"{text[: unreleased.start()]}{heading}{text[unreleased.end() :]}".encode()
    items = f"- {_FIRST}" if difference is None else summarize(difference)
    first = re.search(r"^## ", text, re.MULTILINE)
    start = first.start() if first else len(text)
    return f"{text[:start]}{heading}\n\n{items}\n\n{text[start:]}".encode()
