"""The JSON Schema of reports accepts every real report, and nothing else."""

import json

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

import bonemet_data as bm
from tests.conftest import ROOT

SCHEMA = json.loads((ROOT / "docs/reference/report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def faulty_table(tmp_path):
    frame = pd.DataFrame({"lesion": ["lytic", None, "Mixed"], "dx": ["C79.51", "x", "C79.51"]})
    return bm.check(frame, columns={"lesion": "types", "dx": "codes:icd10cm"})


def faulty_file(tmp_path):
    file = tmp_path / "cohort.csv"
    file.write_text("id,age\n1,200\n1,old\n2\n", encoding="utf-8")
    integer = {"type": "integer", "constraints": {"unique": True, "maximum": 120}}
    return bm.check(file, {"fields": [{"name": "id", **integer}, {"name": "age", **integer}]})


def remote_package(tmp_path):
    resource = {"name": "visits", "path": "https://example.org/visits.csv"}
    descriptor = {"name": "p", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return bm.validate_package(tmp_path).ignore("profile")


def valid_package(tmp_path):
    return bm.validate_package(ROOT)


@pytest.mark.parametrize("make", [faulty_table, faulty_file, remote_package, valid_package])
def test_a_real_report_is_valid(make, tmp_path):
    report = json.loads(make(tmp_path).to_json())
    assert [error.message for error in VALIDATOR.iter_errors(report)] == []


@pytest.mark.parametrize(
    "change",
    [
        {"valid": None},
        {"errors": "1"},
        {"surprise": 1},
        {"counts": [{"rule": "no-rule"}]},
    ],
    ids=str,
)
def test_another_object_is_not(change, tmp_path):
    report = {**json.loads(faulty_table(tmp_path).to_json()), **change}
    assert not VALIDATOR.is_valid(report)


def test_the_schema_is_valid():
    Draft202012Validator.check_schema(SCHEMA)
