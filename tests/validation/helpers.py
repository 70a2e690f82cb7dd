"""What the tests of validation share."""

import json

import bonemet_data as bm
from tests.conftest import ROOT


def places(report):
    """Return rule, resource, line and column of each finding."""
    return [(f.rule, f.resource, f.line, f.column) for f in report.findings]


def synonym_line(start):
    """Return the line of the published synonyms that starts with a text."""
    lines = (ROOT / "datapackage/synonyms.csv").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


def write_package(root, schema, data, *, house=False, **properties):
    """Write a package of one table and validate it."""
    resource = {"name": "r", "path": "r.csv", "schema": schema, **properties}
    (root / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [resource]}))
    (root / "r.csv").write_bytes(data.encode() if isinstance(data, str) else data)
    return bm.validate_package(root, house=house)


def edit_json(path, change):
    """Change a JSON file through a function of its document."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def refers(fields, resource, to):
    """Return a foreign key."""
    return {"fields": fields, "reference": {"resource": resource, "fields": to}}
