"""Exports of the installed data, made once, and what they must contain."""

import csv
import fractions
import json

import pytest

import bonemet_data as bm
from bonemet_data.publishing.exports.formats import FORMATS
from tests import reference
from tests.conftest import ROOT, contents

DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {entry["name"]: entry for entry in DESCRIPTOR["resources"]}
SCHEMAS = {
    name: json.loads((ROOT / entry["schema"]).read_text(encoding="utf-8"))
    for name, entry in RESOURCES.items()
}


def value(kind, text):
    """The value of a cell by the independent reader; None if it is missing."""
    read = None if text == "" else reference.read(kind, text)
    return float(read) if isinstance(read, fractions.Fraction) else read


def rows(name):
    """The rows of a CSV file with their types."""
    kinds = [field["type"] for field in SCHEMAS[name]["fields"]]
    with (ROOT / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file)
    return [tuple(value(*pair) for pair in zip(kinds, line, strict=True)) for line in lines]


def header(name):
    return [field["name"] for field in SCHEMAS[name]["fields"]]


def records(name):
    """The rows of a CSV file as dictionaries."""
    return [dict(zip(header(name), row, strict=True)) for row in rows(name)]


def types(name):
    """The type of each field."""
    return {field["name"]: field["type"] for field in SCHEMAS[name]["fields"]}


def typed(table):
    """The rows with the type of each cell, so that 1, 1.0 and True differ."""
    return [[(type(cell), cell) for cell in row] for row in table]


def files(path):
    """The bytes of a file, or of each file in a folder."""
    return {"": path.read_bytes()} if path.is_file() else contents(path)


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """A function that returns the path of the export in a format."""
    folder = tmp_path_factory.mktemp("exports")

    def path(name):
        target = folder / f"bonemet-{name}{FORMATS[name].suffix}"
        return target if target.exists() else bm.export(name, target)

    return path
