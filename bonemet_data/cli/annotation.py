"""Annotating, detecting and normalizing a column of a file, one batch of rows at a time."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import bonemet_data as bm

from ..extras import CHECK
from ..terminology.detect import CodeCounts, Fit, count_codes
from .column_files import InputFile, add_columns
from .progress import progress, total_of
from .status_counts import forget_rare
from .summaries import Summary

with CHECK:
    import polars as pl

if TYPE_CHECKING:
    import pandas as pd

_SEPARATED = "separated_code"
"""Column of the single codes of cells with several."""


def annotate_file(
    file: InputFile,
    output: Path | None,
    column: str,
    *,
    vocabulary: str,
    version_column: str | None,
    code_separator: str | None,
) -> Summary:
    """Add the concepts of a column of codes; return a summary."""
    terms = bm.vocabulary()
    counts, summary = CodeCounts(), Summary()
    asked: tuple[str, ...] = ()

    def annotate(columns: Sequence[pl.Series]) -> "pd.DataFrame":
        nonlocal asked
        icd_version = columns[1].to_list() if version_column else None
        annotated = terms.annotate_and_count(
            columns[0], vocabulary, icd_version, separator=code_separator
        )
        counts.update(annotated.counts)
        for status, texts in annotated.counts.texts.items():
            summary.statuses.update(status, texts)
            forget_rare(counts.texts[status])
        asked = annotated.vocabularies
        summary.matched += _matched(annotated.frame)
        return annotated.frame.rename(columns={"code": _SEPARATED})

    added = ["concept_id", "predicate", "matched_code", "status"]
    if code_separator is not None:
        added.insert(0, _SEPARATED)
    required = [column, *filter(None, [version_column])]
    summary.rows = add_columns(file, output, required, added, annotate, texts=True)
    doubts = terms.detector.messages(asked, counts)
    ambiguity = None if doubts else terms.detector.ambiguity(asked, counts)
    summary.notes = [*doubts, *filter(None, [ambiguity])]
    return summary


def detect_file(
    file: InputFile, column: str, code_separator: str | None
) -> tuple[Sequence[Fit], int]:
    """Return how well a column of codes fits each vocabulary, and the number of its codes."""
    codes: Counter[str] = Counter()
    total = total_of([str(file.path)])
    with file.open([column]) as table, progress(str(file.path), total) as show:
        for _, columns in file.columns(table, [column], show, texts=True):
            codes.update(count_codes(columns[0], code_separator))
            forget_rare(codes)
    return bm.vocabulary().detector.fits(codes), codes.total()


def normalize_file(
    file: InputFile,
    output: Path | None,
    column: str,
    *,
    kind: str | None,
    scopes: Sequence[str],
    label_separator: str | None,
) -> Summary:
    """Add the concepts of a column of free text; return a summary."""
    summary = Summary()

    def normalize(columns: Sequence[pl.Series]) -> "pd.DataFrame":
        result = bm.normalize(columns[0].to_list(), kind, scopes, label_separator)
        names = result.drop_duplicates(["position", "label"])  # it may name several concepts
        labels = names["label"].fillna("")
        for status, group in labels.groupby(names["status"], observed=True):
            summary.statuses.update(str(status), Counter(group))
        summary.matched += _matched(result)
        return result

    added = ["concept_id", "status", "matched", "how"]
    summary.rows = add_columns(file, output, [column], added, normalize, texts=False)
    return summary


def _matched(result: "pd.DataFrame") -> int:
    """Return the number of positions of a batch that have a concept."""
    return int(result["position"][result["concept_id"].notna()].nunique())
