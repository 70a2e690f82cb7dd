"""Group frames of findings: one row per distinct fault, with the exact number of findings."""

from ..extras import CHECK
from ..tableschema.constraints import UNIQUE
from .finding_frames import FINDINGS

with CHECK:
    import polars as pl

GROUPS = {**FINDINGS, "number": pl.Int64()}
"""Columns of a frame of groups: the first finding of each group, and the number of findings."""

_KEY = ("rule", "column", "value")


def group_findings(findings: pl.DataFrame) -> pl.DataFrame:
    """Group findings; the groups are in the order of their first findings.

    Args:
        findings: The findings, with the columns `FINDINGS`, and optionally `file`.
    """
    return _group(findings, pl.len().cast(pl.Int64).alias("number"))


def merge_groups(groups: pl.DataFrame) -> pl.DataFrame:
    """Merge equal groups, such as those of several batches, in the order of their first rows."""
    return _group(groups, pl.col("number").sum())


def _group(frame: pl.DataFrame, number: pl.Expr) -> pl.DataFrame:
    # The message about a duplicate value states where the other one is.
    states_line = pl.col("rule").is_in([*UNIQUE]) & pl.col("value").is_not_null()
    message = pl.when(states_line).then(pl.lit("")).otherwise("message").alias("of")
    others = pl.exclude(*_KEY, "number").first()
    return (
        frame.lazy()
        .group_by(*_KEY, message, maintain_order=True)
        .agg(others, number)
        .select(*frame.columns, *(() if "number" in frame.columns else ("number",)))
        .collect(engine="in-memory")
    )
