"""Whatever JSON a descriptor or a schema contains, there is a report, or an error of one line."""

import copy
import json
import shutil

import pytest

from bonemet_data.errors import BonemetError
from bonemet_data.package.descriptor import open_package
from bonemet_data.validation.stages import validate
from tests.conftest import ROOT

VALUES = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "a",
    "x\0y",
    "://",
    [],
    [[]],
    {},
    {"a": {}},
    [None, 1],
)

V1 = {
    "profile": "tabular-data-package",
    "name": "old",
    "licenses": [{"name": "CC-BY-4.0"}],
    "contributors": [{"title": "x", "role": "author"}],
    "resources": [
        {
            "name": "a",
            "profile": "tabular-data-resource",
            "path": "a.csv",
            "format": "csv",
            "encoding": "utf-8",
            "bytes": 22,
            "hash": "0" * 32,
            "dialect": {"delimiter": ";", "quoteChar": '"', "header": True},
            "schema": {
                "fields": [
                    {"name": "id", "type": "integer", "constraints": {"minimum": 1}},
                    {"name": "day", "type": "date", "format": "fmt:%d/%m/%Y"},
                    {"name": "up", "type": "string", "constraints": {"pattern": "[a-z]"}},
                ],
                "primaryKey": "id",
                "missingValues": ["", "-"],
                "foreignKeys": [{"fields": "up", "reference": {"resource": "b", "fields": "k"}}],
            },
        },
        {
            "name": "b",
            "data": [{"k": "x"}],
            "schema": {"fields": [{"name": "k", "type": "string"}]},
        },
    ],
}


def paths(node, path=()):
    """Iterate over the paths of all nodes of a document."""
    yield path
    if isinstance(node, dict | list):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from paths(value, (*path, key))


def replaced(document, path, value):
    """Return a copy of a document with another value at a path."""
    document = copy.deepcopy(document)
    node = document
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return document


def mutations(document):
    """Iterate over copies of a document in which one node has another value."""
    for path in paths(document):
        for value in VALUES if path else ():
            yield path, replaced(document, path, value)


def check(root):
    """Validate a package; return whether there is a report."""
    try:
        report = validate(open_package(root))
        for rendering in (report.to_text, report.to_json, report.to_sarif):
            rendering()
    except BonemetError as error:
        message = str(error)
    else:
        return True
    assert "\n" not in message
    return False


@pytest.fixture
def old(tmp_path):
    """A package of version 1 of the standard."""
    (tmp_path / "a.csv").write_text("id;day;up\n1;24/12/2025;x\n")
    (tmp_path / "datapackage.json").write_text(json.dumps(V1))
    return tmp_path


def mutate(root, file):
    place = root / file
    document = json.loads(place.read_text(encoding="utf-8"))
    results = []
    for path, changed in mutations(document):
        place.write_text(json.dumps(changed), encoding="utf-8")
        try:
            results.append(check(root))
        except Exception as error:
            error.add_note(f"with the value {json.dumps(changed)[:2000]} changed at {path}")
            raise
    assert results.count(True) > len(results) * 0.9
    return len(results)


@pytest.mark.slow
@pytest.mark.parametrize("file", ["datapackage.json", "schemas/sites.json", "schemas/samples.json"])
def test_mutations_of_a_package(tmp_path, file):
    root = shutil.copytree(ROOT / "tests/data/small", tmp_path / "small")
    assert mutate(root, file) > 250


@pytest.mark.slow
def test_mutations_of_a_package_of_version_1(old):
    assert mutate(old, "datapackage.json") > 700


@pytest.mark.parametrize("seed", range(0, 60, 7))
def test_some_mutations(old, seed):
    every = list(mutations(V1))
    _, changed = every[seed * 13 % len(every)]
    (old / "datapackage.json").write_text(json.dumps(changed), encoding="utf-8")
    check(old)
