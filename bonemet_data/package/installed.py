"""The data package that is installed with this code, and its releases."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UnknownNameError
from .descriptor import DESCRIPTOR, Package, read_package
from .storage import Folder

if TYPE_CHECKING:
    from .ledger import Release

PUBLISHED = "bonemet-data"
"""Name of the installed package, by which foreign keys of other packages refer to it."""


def installed_folder() -> Folder:
    """Return the folder of the installed data: next to the modules, or the root of a checkout."""
    modules = Path(__file__).parent.parent
    return Folder(modules if (modules / DESCRIPTOR).is_file() else modules.parent)


@cache
def installed() -> Package:
    """Return the installed package, which is cached. Do not modify the result."""
    return read_package(installed_folder())


def installed_version() -> str:
    """Return the version of data and code."""
    return installed().version


def installed_releases() -> "tuple[Release, ...]":
    """Return the releases of the installed package, oldest first."""
    from .ledger import read_ledger  # a late import, because most users load no release

    return read_ledger(installed_folder())


def open_version(version: str | None) -> Package:
    """Open the installed package, or a release of it.

    Args:
        version: Version of a release; None for the installed package.

    Raises:
        UnknownNameError: There is no such release; the message lists the valid versions.
        IntegrityError: The checksum of the archive differs from the manifest of releases.
    """
    if version is None:
        return installed()
    from .ledger import open_release

    releases = {release.version: release for release in installed_releases()}
    if version not in releases:
        raise UnknownNameError(f"There is no release {version!r}. Valid: {', '.join(releases)}.")
    return open_release(installed_folder(), releases[version])
