"""The stamp: bytes, sha256 and row count of every resource, written into the descriptor."""

import json
import os
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

from ..errors import PackageError
from ..package.csv_reading import read_table
from ..package.descriptor import DESCRIPTOR, open_folder, read_package, sha256


def stamp(path: Path) -> tuple[str, ...]:
    """Rewrite each resource's bytes, hash and rows to what its file has, and nothing else.

    Args:
        path: the package's folder or its `datapackage.json`.

    Returns:
        The names of the resources whose stamp has changed.

    Raises:
        PackageError: the package cannot be read, or its descriptor is laid out in a way that a
            rewriting would not keep; nothing has been written then.
    """
    folder = open_folder(path)
    package = read_package(folder)
    place = folder.locate(DESCRIPTOR)
    before = place.read_bytes().decode("utf-8")
    layout = _layout(before, package.descriptor)
    changed = []
    for resource, entry in zip(package.resources, package.descriptor["resources"], strict=True):
        data = package.store.read(resource.path)
        rows = len(read_table(data, resource.dialect).rows)
        facts = {"bytes": len(data), "hash": sha256(data), "rows": rows}
        if {key: entry.get(key) for key in facts} != facts:
            entry.update(facts)
            changed.append(resource.name)
    if changed:
        _replace(place, _write(package.descriptor, layout))
    return tuple(changed)


def _layout(text: str, descriptor: dict[str, Any]) -> dict[str, Any]:
    """Find the way of writing JSON that gives this very text back."""
    for indent, ascii_only, end in product((2, 4, "\t", None), (False, True), ("\n", "")):
        layout = {"indent": indent, "ensure_ascii": ascii_only, "end": end}
        if _write(descriptor, layout) == text:
            return layout
    raise PackageError(
        f"{DESCRIPTOR} is laid out by hand, and stamping would lay it out anew. Bring it into "
        "plain JSON first (python -m json.tool --indent 2 --no-ensure-ascii), and look at the diff."
    )


def _write(descriptor: dict[str, Any], layout: dict[str, Any]) -> str:
    text = json.dumps(descriptor, indent=layout["indent"], ensure_ascii=layout["ensure_ascii"])
    return text + str(layout["end"])


def _replace(place: Path, text: str) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(place.stat().st_mode)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink()
        raise
