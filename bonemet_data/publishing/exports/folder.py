"""The descriptor in an exported folder, which makes the folder a data package."""

from pathlib import Path

from ...package.checksums import sha256
from ...package.descriptor import DESCRIPTOR, Package
from .content import whole_descriptor
from .documents import write_json

_OF_CSV = ("encoding", "dialect", "bytes", "hash")
"""Properties of a resource that describe its CSV file."""


def write_descriptor(package: Package, folder: Path, suffix: str, mediatype: str) -> None:
    """Write the descriptor of a folder with a file for each resource in a format."""
    descriptor = whole_descriptor(package)
    source = {key: descriptor[key] for key in ("title", "version")} | {"path": descriptor.pop("id")}
    descriptor["name"] += f"-{suffix}"
    descriptor["sources"].insert(0, source)
    for entry in descriptor["resources"]:
        for key in _OF_CSV:
            entry.pop(key, None)
        path = f"{entry['name']}.{suffix}"
        data = (folder / path).read_bytes()
        entry |= {
            "path": path,
            "format": suffix,
            "mediatype": mediatype,
            "bytes": len(data),
            "hash": sha256(data),
        }
    write_json(folder / DESCRIPTOR, descriptor)
