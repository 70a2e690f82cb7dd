"""Validate the cohort with the expectations that its Table Schema states."""

import json
import sys
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as gxe

import bonemet_data as bm

COHORT = "../cohort.csv"
SCHEMA = "../cohort.json"

context = gx.get_context(mode="ephemeral")
schema = json.loads(Path(SCHEMA).read_text(encoding="utf-8"))
suite = gx.ExpectationSuite(name="cohort")
for field in schema["fields"]:
    constraints = field.get("constraints", {})
    if constraints.get("required"):
        suite.add_expectation(gxe.ExpectColumnValuesToNotBeNull(column=field["name"]))
    if constraints.get("unique"):
        suite.add_expectation(gxe.ExpectColumnValuesToBeUnique(column=field["name"]))
for key in schema["foreignKeys"]:
    (column,), reference = key["fields"], key["reference"]
    ids = bm.load(reference["resource"])[reference["fields"][0]]
    suite.add_expectation(gxe.ExpectColumnValuesToBeInSet(column=column, value_set=ids.tolist()))

source = context.data_sources.add_pandas("files")
texts = {field["name"]: "str" for field in schema["fields"]}
asset = source.add_csv_asset("cohort", filepath_or_buffer=COHORT, dtype=texts)
result = asset.add_batch_definition("whole").get_batch().validate(suite)
for each in result.results:
    config = each.expectation_config
    print("passed" if each.success else "failed", config.type, config.kwargs["column"])
if not result.success:
    sys.exit(str(bm.check(COHORT, SCHEMA)))
