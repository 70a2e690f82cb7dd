"""Folders that consist of the CSV files of a package and a description in JSON."""

import json
from pathlib import Path
from typing import Any

from ...package.descriptor import Package


def write_json(path: Path, document: Any) -> None:
    """Write a JSON file."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8", newline="")


def write_tables(package: Package, folder: Path) -> None:
    """Copy the files of all resources to a folder, which is created, after verifying their checksums.

    Raises:
        IntegrityError: The checksum of a file differs from the descriptor.
    """
    folder.mkdir()
    for resource in package.resources:
        (folder / Path(resource.path).name).write_bytes(package.data(resource))


def license_addresses(package: Package) -> list[str]:
    """Return the addresses of the licenses of a package that have one."""
    licenses = package.descriptor["licenses"]
    return [license_["path"] for license_ in licenses if "path" in license_]
