"""Sizes of the files of a package, to tell which share of them has been read."""

from pathlib import Path

from ..errors import BonemetError
from .descriptor import Package
from .resource import Resource


def size_on_disk(package: Package, resource: Resource) -> int:
    """Return the bytes of the files of a resource; 0 if they are not files on disk."""
    try:
        sources = [package.storage.source(path) for path in resource.paths]
        return sum(source.stat().st_size for source in sources if isinstance(source, Path))
    except (BonemetError, OSError):
        return 0
