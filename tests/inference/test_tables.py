"""The schemas of twenty tables, each of which accepts its table."""

import json

import pytest

import bonemet_data as bm
from tests.inference.tables import CASES


def summary(field, keys):
    """A field as in `tables`."""
    parts = [field["type"]]
    for keyword in ("format", "decimalChar", "groupChar", "trueValues", "falseValues"):
        value = field.get(keyword)
        if value is not None:
            parts.append(f"{keyword}={','.join(value) if isinstance(value, list) else value}")
    if "missingValues" in field:
        parts.append(f"missing={','.join(field['missingValues'][1:])}")
    constraints = field.get("constraints", {})
    parts += [name for name in ("required", "unique") if constraints.get(name)]
    if "enum" in constraints:
        parts.append(f"enum={','.join(constraints['enum'])}")
    if "bonemet:column" in field:
        parts.append(field["bonemet:column"])
    for key in keys:
        if key["fields"] == [field["name"]]:
            reference = key["reference"]
            parts.append(f"-> {reference['resource']}.{reference['fields'][0]}")
    return " ".join(parts)


@pytest.fixture(params=CASES.items(), ids=[*CASES])
def case(request, tmp_path):
    _, table = request.param
    path = tmp_path / "table.csv"
    path.write_text(table.text, encoding=table.encoding)
    options = {"separator": table.separator, "encoding": table.encoding}
    return table, path, options


def test_types_formats_and_constraints(case):
    table, path, options = case
    schema = bm.infer(path, **options)
    keys = schema.get("foreignKeys", [])
    assert {f["name"]: summary(f, keys) for f in schema["fields"]} == table.fields


def test_the_schema_accepts_the_table(case):
    _, path, options = case
    report = bm.check(path, bm.infer(path, **options), **options)
    assert report.valid, report


def test_the_schema_and_the_table_are_a_valid_package(case):
    """By the profile of the standard."""
    table, path, options = case
    resource = {
        "name": "table",
        "path": path.name,
        "encoding": table.encoding,
        "dialect": {"delimiter": table.separator},
        "schema": bm.infer(path, **options),
    }
    descriptor = path.with_name("datapackage.json")
    descriptor.write_text(json.dumps({"name": "p", "resources": [resource]}), encoding="utf-8")
    report = bm.validate_package(descriptor)
    assert report.errors == 0, report
