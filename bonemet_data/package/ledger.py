"""The ledger: which releases there are, and the hash of each archive and of what is in it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import BonemetError, IntegrityError, MissingFileError, PackageError
from ..names import unknown
from .descriptor import Package, installed_folder, read_package, sha256
from .storage import Store, is_safe, read_json
from .version import Version

if TYPE_CHECKING:
    from .archive import Archive

FOLDER = "datapackage/releases"
LEDGER = f"{FOLDER}/ledger.json"


class Release(NamedTuple):
    """One line of the ledger.

    `sha256` is that of the archive; `resources` and `schemas` give the sha256 of each resource's
    data and Table Schema, by the resource's name.
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
        """The archive's path inside the package."""
        return f"{FOLDER}/{self.archive}"


def releases() -> tuple[Release, ...]:
    """List the releases that can be loaded, oldest first.

    Returns:
        A named tuple for each: version, date, archive, sha256, summary, and the sha256 of each
        resource's data and schema.

    Raises:
        PackageError: the ledger is damaged.

    Example:
        >>> import bonemet_data as bm
        >>> bm.releases()[0].version
        '1.0.0'
    """
    return read_ledger(installed_folder())


def released(version: str) -> Package:
    """Open a release that came with this code.

    Raises:
        UnknownNameError: there is no such release; the text lists those that exist.
        IntegrityError: its archive is not the one that the ledger vouches for.
    """
    folder = installed_folder()
    known = {release.version: release for release in read_ledger(folder)}
    if version not in known:
        raise unknown("release", version, known)
    return open_release(folder, known[version])


def open_release(store: Store, release: Release) -> Package:
    """Open the archive of a release, after its sha256 has been compared with the ledger."""
    return read_package(release_archive(store, release))


def release_archive(store: Store, release: Release) -> "Archive":
    """Read the archive of a release; raises IntegrityError if the ledger's sha256 differs."""
    from .archive import Archive

    data = store.read(release.path)
    if (found := sha256(data)) != release.sha256:
        raise IntegrityError(
            f"{release.path} is not the archive that the ledger vouches for ({release.sha256}; "
            f"the file has {found}): restore it from version control, or install anew."
        )
    return Archive(data, release.path)


def read_ledger(store: Store) -> tuple[Release, ...]:
    """Read a package's ledger; a package without one has no releases.

    Raises:
        PackageError: the ledger is not what `write_ledger` writes.
    """
    try:
        document = read_json(store.read(LEDGER), LEDGER)
    except MissingFileError:
        return ()
    lines = document.get("releases")
    try:
        if not isinstance(lines, list):
            raise TypeError("'releases' must be a list")
        found = tuple(_line(line) for line in lines)
        versions = [Version.parse(release.version) for release in found]
        if versions != sorted(set(versions)):
            raise ValueError("its versions must rise from line to line")
        dates = [date.fromisoformat(release.date) for release in found]
        if dates != sorted(dates):
            raise ValueError("its dates must not fall from line to line")
    except (TypeError, ValueError, AttributeError, BonemetError) as error:
        raise PackageError(f"{LEDGER} is damaged: {error}. Restore it.") from error
    return found


def write_ledger(lines: Sequence[Release]) -> bytes:
    """Write a ledger, oldest release first."""
    document = {"releases": [line._asdict() for line in lines]}
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _line(line: Any) -> Release:
    release = Release(**line)
    texts = [*release[:5], *release.resources.values(), *release.schemas.values()]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("every entry of a line must be a text")
    if "/" in release.archive or not is_safe(release.archive):
        raise ValueError(f"{release.archive} is not a plain file name")
    return release
