"""JSON documents that describe an export."""

import json
from pathlib import Path
from typing import Any

from ...package.checksums import sha256
from ...package.descriptor import DESCRIPTOR, Package
from .content import whole_descriptor

_OF_CSV = ("encoding", "dialect", "bytes", "hash")
"""Properties of a resource that describe its CSV file."""


def write_json(path: Path, document: Any, indent: int = 2) -> None:
    """Write a JSON file."""
    text = json.dumps(document, ensure_ascii=False, indent=indent, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8", newline="")


def license_addresses(package: Package) -> list[str]:
    """Return the addresses of the licenses of a package that have one."""
    licenses = package.descriptor["licenses"]
    return [license_["path"] for license_ in licenses if "path" in license_]


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
