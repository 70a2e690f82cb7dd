"""The manifest of releases: released versions, with checksums of archives and files."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ..errors import BonemetError, IntegrityError, MissingFileError, PackageError
from .archive import Archive
from .checksums import sha256
from .descriptor import Package, read_package
from .json_reading import read_json
from .storage import Storage, is_safe
from .version import Version

FOLDER = "datapackage/releases"
LEDGER = f"{FOLDER}/ledger.json"
LOCK = f"{FOLDER}/.lock"
"""Lock file, which exists while a release is in progress."""


@dataclass(frozen=True, slots=True)
class Release:
    """A released version of the package.

    Attributes:
        version: Version number.
        date: Date of the release (YYYY-MM-DD).
        archive: File name of the archive.
        sha256: Checksum of the archive, with the prefix "sha256:".
        summary: Summary of the changes, in one line.
        resources: Checksums of the data files, by the name of the resource.
        schemas: Checksums of the Table Schemas, by the name of the resource.

    See Also:
        releases: Return all releases.

    Example:
        >>> import bonemet_data as bm
        >>> bm.releases()[0].archive
        'bonemet-data-1.0.0.zip'
    """

    version: str
    date: str
    archive: str
    sha256: str
    summary: str
    resources: Mapping[str, str]
    schemas: Mapping[str, str]

    @property
    def path(self) -> str:
        """Path of the archive in the package."""
        return f"{FOLDER}/{self.archive}"


def open_release(storage: Storage, release: Release) -> Package:
    """Open the package in the archive of a release; see `release_archive`."""
    return read_package(release_archive(storage, release))


def release_archive(storage: Storage, release: Release) -> Archive:
    """Read the archive of a release, and verify its checksum.

    Raises:
        IntegrityError: The checksum differs from the manifest of releases.
        PackageError: The archive cannot be read.
    """
    data = storage.read(release.path)
    if (checksum := sha256(data)) != release.sha256:
        raise IntegrityError(
            f"{release.path} has the checksum {checksum}, but {LEDGER} states {release.sha256}: "
            "restore the file from version control, or reinstall bonemet-data."
        )
    return Archive(data, release.path)


def read_ledger(storage: Storage) -> tuple[Release, ...]:
    """Read the manifest of releases; a package without a manifest has no releases.

    Returns:
        The releases, oldest first.

    Raises:
        PackageError: The manifest is damaged.
    """
    try:
        document = read_json(storage.read(LEDGER), LEDGER)
    except MissingFileError:
        return ()
    try:
        entries = document.get("releases")
        if not isinstance(entries, list):
            raise TypeError("'releases' must be a list")
        releases = tuple(_parse(entry) for entry in entries)
        versions = [Version.parse(release.version) for release in releases]
        if versions != sorted(set(versions)):
            raise ValueError("the versions are not in ascending order")
        dates = [date.fromisoformat(release.date) for release in releases]
        if dates != sorted(dates):
            raise ValueError("the dates are not in ascending order")
    except (TypeError, ValueError, AttributeError, BonemetError) as error:
        raise PackageError(
            f"{LEDGER} is damaged: {error}. Restore it from version control."
        ) from error
    return releases


def write_ledger(releases: Sequence[Release]) -> bytes:
    """Serialize a manifest of releases.

    Args:
        releases: The releases, oldest first.
    """
    document = {"releases": [asdict(release) for release in releases]}
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _parse(entry: Any) -> Release:
    release = Release(**entry)
    *texts, resources, schemas = asdict(release).values()
    if not all(isinstance(text, str) for text in (*texts, *resources.values(), *schemas.values())):
        raise TypeError("every value of a release must be a string")
    if "/" in release.archive or not is_safe(release.archive):
        raise ValueError(f"the archive {release.archive!r} is not a file name")
    return release
