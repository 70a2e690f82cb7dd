"""Annotating, detecting and normalizing a column of a file, one batch of rows at a time."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import bonemet_data as bm

from ..extras import CHECK
from ..terminology.detect import CodeCounts, count_codes
from .column_files import InputFile, add_columns
from .progress import progress
from .status_counts import StatusCounts, forget_rare

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
) -> str:
    """Add the concepts of a column of codes; return a summary."""
    terms = bm.vocabulary()
    counts, statuses, summary = CodeCounts(), StatusCounts(), _Rows()
    asked: tuple[str, ...] = ()

    def annotate(columns: Sequence[pl.Series]) -> "pd.DataFrame":
        nonlocal asked
        icd_version = columns[1].to_list() if version_column else None
        annotated = terms.annotate_and_count(
            columns[0], vocabulary, icd_version, separator=code_separator
        )
        counts.update(annotated.counts)
        for status, texts in annotated.counts.texts.items():
            statuses.update(status, texts)
            forget_rare(counts.texts[status])
        asked = annotated.vocabularies
        summary.add(annotated.frame)
        return annotated.frame.rename(columns={"code": _SEPARATED})

    added = ["concept_id", "predicate", "matched_code", "status"]
    if code_separator is not None:
        added.insert(0, _SEPARATED)
    required = [column, *filter(None, [version_column])]
    rows = add_columns(file, output, required, added, annotate, texts=True)
    doubts = terms.detector.messages(asked, counts)
    ambiguity = None if doubts else terms.detector.ambiguity(asked, counts)
    return "\n".join([summary.line(rows), *statuses.lines(), *doubts, *filter(None, [ambiguity])])


def detect_file(file: InputFile, column: str, code_separator: str | None) -> str:
    """Return the vocabularies that a column of codes may be of, one a line."""
    codes: Counter[str] = Counter()
    with file.open([column]) as table, progress(str(file.path)) as show:
        for _, columns in file.columns(table, [column], show, texts=True):
            codes.update(count_codes(columns[0], code_separator))
            forget_rare(codes)
    total = codes.total()
    lines = [
        f"{fit.vocabulary:<12}  {fit.codes:,} of {total:,} values ({fit.codes / total:.1%}) "
        f"have the form of {fit.name}; {fit.matched:,} lead to a concept"
        for fit in bm.vocabulary().detector.fits(codes)
        if fit.codes
    ]
    return "\n".join(lines or [f"None of {total:,} values is a code of a known vocabulary."])


def normalize_file(
    file: InputFile,
    output: Path | None,
    column: str,
    *,
    kind: str | None,
    scopes: Sequence[str],
    label_separator: str | None,
) -> str:
    """Add the concepts of a column of free text; return a summary."""
    statuses, summary = StatusCounts(), _Rows()

    def normalize(columns: Sequence[pl.Series]) -> "pd.DataFrame":
        result = bm.normalize(columns[0].to_list(), kind, scopes, label_separator)
        names = result.drop_duplicates(["position", "label"])  # it may name several concepts
        labels = names["label"].fillna("")
        for status, group in labels.groupby(names["status"], observed=True):
            statuses.update(str(status), Counter(group))
        summary.add(result)
        return result

    added = ["concept_id", "status", "matched", "how"]
    rows = add_columns(file, output, [column], added, normalize, texts=False)
    return "\n".join([summary.line(rows), *statuses.lines()])


class _Rows:
    """Number of rows with a concept."""

    def __init__(self) -> None:
        self.matched = 0

    def add(self, result: "pd.DataFrame") -> None:
        """Count the positions of a batch that have a concept."""
        self.matched += result["position"][result["concept_id"].notna()].nunique()

    def line(self, rows: int) -> str:
        """Return the summary of a number of rows."""
        return f"{rows:,} rows: {self.matched:,} with a concept, {rows - self.matched:,} without."
