import pandas as pd

import bonemet_data as bm

COHORT = "../cohort.csv"
SCHEMA = "../cohort.json"


def model(dbt, session):
    """Return the cohort, or fail with the report."""
    bm.check(COHORT, SCHEMA).raise_for_errors()
    return pd.read_csv(COHORT, dtype=str)
