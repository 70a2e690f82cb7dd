"""Update the size, checksum and row count of every resource in the descriptor."""

import json
from itertools import product
from pathlib import Path
from typing import Any

from ..atomic import writable_path, write_atomically
from ..errors import CsvError, PackageError
from ..package.checksums import sha256
from ..package.csv_tables import read_table
from ..package.descriptor import DESCRIPTOR, open_folder, read_package


def stamp(path: Path) -> tuple[str, ...]:
    """Update `bytes`, `hash` and `rows` of every resource in the descriptor.

    Args:
        path: Folder of the package, or its `datapackage.json`.

    Returns:
        The names of the resources whose values have changed.

    Raises:
        PackageError: The package cannot be read, or the formatting of its descriptor cannot be
            preserved.
        CsvError: A file is not well-formed CSV.
        UnsafePathError: The descriptor is a link.
        OutputError: The descriptor cannot be written, and is unchanged.
    """
    folder = open_folder(path)
    package = read_package(folder)
    layout = _layout(folder.read(DESCRIPTOR), package.descriptor)
    changed = []
    for resource, entry in zip(package.resources, package.descriptor["resources"], strict=True):
        data = folder.read(resource.path)
        try:
            rows = len(read_table(data, resource.dialect).rows)
        except CsvError as error:
            raise type(error)(f"{resource.path}:{error.line}: {error}", error.line) from error
        values = {"bytes": len(data), "hash": sha256(data), "rows": rows}
        if {key: entry.get(key) for key in values} != values:
            entry.update(values)
            changed.append(resource.name)
    if changed:
        write_atomically(
            writable_path(folder.root, DESCRIPTOR), _serialize(package.descriptor, layout)
        )
    return tuple(changed)


def _layout(data: bytes, descriptor: dict[str, Any]) -> dict[str, Any]:
    """Return the options of `json.dumps`, and the end of the file, that reproduce the bytes."""
    for indent, ascii_only, end in product((2, 4, "\t", None), (False, True), ("\n", "")):
        layout = {"indent": indent, "ensure_ascii": ascii_only, "end": end}
        if _serialize(descriptor, layout) == data:
            return layout
    raise PackageError(
        f"{DESCRIPTOR} is formatted by hand, and an update would reformat it. Format it first: "
        f"`python -m json.tool --indent 2 --no-ensure-ascii {DESCRIPTOR} {DESCRIPTOR}`."
    )


def _serialize(descriptor: dict[str, Any], layout: dict[str, Any]) -> bytes:
    text = json.dumps(descriptor, indent=layout["indent"], ensure_ascii=layout["ensure_ascii"])
    return f"{text}{layout['end']}".encode()
