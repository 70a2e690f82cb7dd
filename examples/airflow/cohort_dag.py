"""Check the cohort, and add the concepts of its codes."""

from pathlib import Path

from airflow.exceptions import AirflowFailException
from airflow.sdk import dag, task

import bonemet_data as bm

FOLDER = Path(__file__).parent
COHORT = FOLDER.parent / "cohort.csv"
SCHEMA = FOLDER.parent / "cohort.json"


@dag(schedule=None)
def cohort():
    @task
    def check():
        report = bm.check(COHORT, SCHEMA)
        if not report.valid:
            raise AirflowFailException(str(report))

    @task
    def annotate():
        import pandas as pd

        rows = pd.read_csv(COHORT, dtype=str)
        concepts = bm.annotate(rows["dx"])
        table = rows.merge(concepts, left_index=True, right_on="position")
        table.to_csv(FOLDER / "cohort_concepts.csv", index=False)

    check() >> annotate()


cohort()
