import bonemet_data as bm


def model(dbt, session):
    """Return the cohort with the concepts of its codes."""
    cohort = dbt.ref("cohort").df()
    concepts = bm.annotate(cohort["dx"])
    return cohort.merge(concepts, left_index=True, right_on="position")
