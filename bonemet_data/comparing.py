"""Compare packages, with access to the releases."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import BonemetError, PackageError
from .package.descriptor import Package, open_package
from .package.installed import open_version

if TYPE_CHECKING:
    from .comparison.difference import Difference


def diff(
    old: str | PathLike[str],
    new: str | PathLike[str] | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> "Difference":
    """Compare two versions of a data package.

    Args:
        old: Released version of this package, such as "1.0.0", or the path of a package: a folder,
            a `datapackage.json` or a ZIP archive.
        new: The same for the second package. Default: the installed package.
        progress: Function to call with the numbers of resources and bytes of the second package
            compared so far. Default: none.

    Returns:
        The changes, the version step that they require, and the smallest version number that the
        second package may have. Rows are matched by primary key.

    Raises:
        UnknownNameError: There is no such release.
        PackageError: There is no package at the path, or it cannot be read.

    See Also:
        releases: Return the releases.
        validate_package: Validate one package.

    Example:
        >>> import bonemet_data as bm
        >>> bm.diff("1.0.0", "1.1.0").level.name
        'MINOR'
    """
    from .comparison.compare import compare

    return compare(_open(old), open_version(None) if new is None else _open(new), progress)


def _open(name: str | PathLike[str]) -> Package:
    """Open a package by its path, or a release of the published package by its version."""
    from .package.version import Version

    if Path(name).exists():
        return open_package(name)
    try:
        Version.parse(str(name))
    except BonemetError as error:
        raise PackageError(
            f"{name} is neither an existing path nor a version number such as 1.0.0: "
            "correct the path or the version."
        ) from error
    return open_version(str(name))
