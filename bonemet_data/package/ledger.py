"""The manifest of releases: released versions, with checksums of archives and files.

The entries are a chain: each one records the checksum of the entry before it, and the manifest
records that of the latest one. An entry that is changed, removed or moved breaks the chain.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from ..errors import BonemetError, IntegrityError, MissingFileError, PackageError
from .archive import Archive
from .checksums import canonical_sha256, sha256
from .descriptor import Package, read_package
from .json_reading import read_json
from .storage import Storage, is_safe
from .version import Version

FOLDER = "datapackage/releases"
LEDGER = f"{FOLDER}/ledger.json"
QUOTATIONS = f"{FOLDER}/quotations.json"
"""Record of the verbatim rows, which `verify-source` writes."""

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
        quotations: Checksum of the record of verbatim rows; "" if the package has no such record.
        previous: Checksum of the entry of the release before; "" for the first release.

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
    quotations: str = ""
    previous: str = ""

    @property
    def entry(self) -> dict[str, Any]:
        """The entry in the manifest; an optional value that is "" is left out."""
        optional = ("quotations", "previous")
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value or name not in optional}

    @property
    def checksum(self) -> str:
        """Checksum of the entry, which the next entry records."""
        return canonical_sha256(self.entry)

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
        PackageError: The manifest is damaged, or an entry was changed, removed or moved.
    """
    releases, latest = parse_ledger(storage)
    for message in chain_faults(releases, latest):
        raise _damaged(message)
    return releases


def parse_ledger(storage: Storage) -> tuple[tuple[Release, ...], str]:
    """Read the releases, and the recorded checksum of the latest entry; see `read_ledger`.

    Only the form of the entries is checked, not the chain.
    """
    try:
        document = read_json(storage.read(LEDGER), LEDGER)
    except MissingFileError:
        return (), ""
    try:
        entries, latest = document.pop("releases", None), document.pop("latest", "")
        if not isinstance(entries, list):
            raise TypeError("'releases' must be a list")
        if document or not isinstance(latest, str):
            raise TypeError("it must consist of the list 'releases' and the string 'latest'")
        releases = tuple(_parse(entry) for entry in entries)
        versions = [Version.parse(release.version) for release in releases]
        if versions != sorted(set(versions)):
            raise ValueError("the versions are not in ascending order")
        dates = [date.fromisoformat(release.date) for release in releases]
        if dates != sorted(dates):
            raise ValueError("the dates are not in ascending order")
    except (TypeError, ValueError, AttributeError, BonemetError) as error:
        raise _damaged(str(error)) from error
    return releases, latest


def chain_faults(releases: Sequence[Release], latest: str) -> Iterator[str]:
    """Iterate over the places where the chain of entries is broken.

    Args:
        releases: The releases, oldest first.
        latest: The recorded checksum of the latest entry.
    """
    expected, before = "", "the start of the list"
    for release in releases:
        if release.previous != expected:
            yield f"the entry {release.version} does not follow {before} as it was released"
        expected, before = release.checksum, f"the entry {release.version}"
    if latest != expected:
        yield f"{before} is not the latest entry as it was released"


def write_ledger(releases: Sequence[Release]) -> bytes:
    """Serialize a manifest of releases, and chain its entries.

    Args:
        releases: The releases, oldest first.
    """
    chained: list[Release] = []
    checksum = ""
    for release in releases:
        chained.append(replace(release, previous=checksum))
        checksum = chained[-1].checksum
    document = {"releases": [release.entry for release in chained], "latest": checksum}
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _damaged(message: str) -> PackageError:
    return PackageError(f"{LEDGER} is damaged: {message}. Restore it from version control.")


def _parse(entry: Any) -> Release:
    release = Release(**entry)
    values = dict(release.entry)
    checksums = [*values.pop("resources").values(), *values.pop("schemas").values()]
    if not all(isinstance(text, str) for text in (*values.values(), *checksums)):
        raise TypeError("every value of a release must be a string")
    if entry != release.entry:
        raise ValueError("an optional value of a release must not be empty")
    if "/" in release.archive or not is_safe(release.archive):
        raise ValueError(f"the archive {release.archive!r} is not a file name")
    return release
