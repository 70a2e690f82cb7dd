"""Check the cohort, and add the concepts of its codes."""

import pandas as pd
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

import bonemet_data as bm

COHORT = "../cohort.csv"
SCHEMA = "../cohort.json"


@task
def check(cohort: str) -> None:
    report = bm.check(cohort, SCHEMA)
    create_markdown_artifact(report.to_markdown(), key="cohort")
    report.raise_for_errors()


@task
def annotate(cohort: str) -> pd.DataFrame:
    rows = pd.read_csv(cohort, dtype=str)
    concepts = bm.annotate(rows["dx"])
    return rows.merge(concepts, left_index=True, right_on="position")


@flow
def cohort_concepts() -> None:
    check(COHORT)
    annotate(COHORT).to_csv("cohort_concepts.csv", index=False)


if __name__ == "__main__":
    cohort_concepts()
