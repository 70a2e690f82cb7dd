"""JSON documents that describe an export."""

import json
from pathlib import Path
from typing import Any

from ...package.descriptor import Package


def write_json(path: Path, document: Any, indent: int = 2) -> None:
    """Write a JSON file."""
    text = json.dumps(document, ensure_ascii=False, indent=indent, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8", newline="")


def license_addresses(package: Package) -> list[str]:
    """Return the addresses of the licenses of a package that have one."""
    licenses = package.descriptor["licenses"]
    return [license_["path"] for license_ in licenses if "path" in license_]
