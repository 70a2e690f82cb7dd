"""The published tables, read by Python's own csv module and the types of the reference checker."""

import csv
import json
from pathlib import Path

from tests.conftest import ROOT
from tests.reference import read

from bonemet_data.package.installed import installed
from bonemet_data.publishing.exports.formats import FORMATS

DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
TABLES = [resource["name"] for resource in DESCRIPTOR["resources"]]


def schema_of(table):
    return json.loads((ROOT / "schemas" / f"{table}.json").read_text(encoding="utf-8"))


def types_of(table):
    return {field["name"]: field["type"] for field in schema_of(table)["fields"]}


def texts_of(table):
    """The cells of a table as texts: a dictionary for each row."""
    with (ROOT / "datapackage" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_of(table):
    """The values of a table: a dictionary for each row, with None for a missing cell."""
    types = types_of(table)
    return [
        {name: None if text == "" else read(types[name], text) for name, text in row.items()}
        for row in texts_of(table)
    ]


def export(name: str, folder: Path) -> Path:
    """Write a format to a new file or folder."""
    target = folder / f"bonemet-data{FORMATS[name].suffix}"
    FORMATS[name].write(installed(), target)
    return target


def files_of(path: Path) -> dict[str, bytes]:
    """The content of a file, or of each file in a folder."""
    if path.is_file():
        return {path.name: path.read_bytes()}
    found = sorted(each for each in path.rglob("*") if each.is_file())
    return {each.relative_to(path).as_posix(): each.read_bytes() for each in found}
