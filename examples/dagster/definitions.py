"""Check the cohort, and add the concepts of its codes."""

from collections.abc import Iterator

import dagster as dg
import pandas as pd
from dagster_pandera import pandera_schema_to_dagster_type

import bonemet_data as bm

COHORT = "../cohort.csv"
SCHEMA = "../cohort.json"

CohortFrame = pandera_schema_to_dagster_type(bm.schema(SCHEMA))


@dg.asset(check_specs=[dg.AssetCheckSpec("valid", asset="cohort", blocking=True)])
def cohort() -> Iterator[dg.Output | dg.AssetCheckResult]:
    yield dg.Output(pd.read_csv(COHORT, dtype="string"))
    report = bm.check(COHORT, SCHEMA)
    yield dg.AssetCheckResult(
        passed=report.valid,
        description=str(report),
        metadata={"report": dg.MetadataValue.md(report.to_markdown())},
    )


@dg.asset(ins={"cohort": dg.AssetIn(dagster_type=CohortFrame)})
def cohort_concepts(cohort) -> None:
    concepts = bm.annotate(cohort["dx"])
    table = cohort.merge(concepts, left_index=True, right_on="position")
    table.to_csv("cohort_concepts.csv", index=False)


defs = dg.Definitions([cohort, cohort_concepts], executor=dg.in_process_executor)
