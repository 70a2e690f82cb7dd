"""Answers about the codes and tables that a client sends as text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from json import dumps
from typing import Any

from ..checks import check
from ..errors import ArgumentError, BonemetError
from ..reading.temporary_files import Scratch
from ..terminology.functions import vocabulary as read_vocabulary
from . import limits
from .answers import AnnotateAnswer, CheckAnswer, Reply, gaps, origin, to_row

_NAME = "table.csv"
"""Name of the table in errors."""


def annotate_codes(codes: Sequence[str | None], vocabulary: str, separator: str | None) -> Reply:
    """Return the concepts of codes; see `bonemet_data.annotate`.

    Raises:
        UnknownNameError: There is no such vocabulary.
        ArgumentError: The separator is empty.
    """
    known = read_vocabulary()
    annotated = known.annotate_and_count(codes, vocabulary, separator=separator)
    doubts = known.detector.messages(annotated.vocabularies, annotated.counts)
    frame = annotated.frame.astype(object).where(annotated.frame.notna(), None)
    rows = tuple(map(to_row, frame.itertuples(index=False)))
    wanted = {row["concept_id"] for row in rows if "concept_id" in row}
    given = {row["position"] for row in rows if row["status"] != "missing"}
    lost = len(given - {row["position"] for row in rows if "concept_id" in row})
    missing = (f"What {lost} of {len(given)} codes mean: they lead to no concept.",) if lost else ()
    answer = AnnotateAnswer(
        package=origin(),
        not_known=(*doubts, *missing, *gaps()),
        rows=rows,
        labels={
            each.concept_id: each.label for each in known.concepts if each.concept_id in wanted
        },
    )
    lines = [f"{row.get('code')!r}: {row['status']} {row.get('concept_id', '')}" for row in rows]
    return Reply(answer, "\n".join([*map(str.rstrip, lines), *doubts]))


def check_text(
    csv_text: str,
    columns: Mapping[str, str] | None,
    table_schema: Mapping[str, Any] | None,
    separator: str | None,
    limit: int,
) -> Reply:
    """Return the result of a check of CSV text; see `bonemet_data.check`.

    The text is written to a temporary file, since `check` reads the form of CSV in files only.

    Raises:
        ArgumentError: The table or schema is too large, or `bonemet_data.check` refuses them.
    """
    _require_size("csv_text", csv_text.count("\n"), limits.LINES, "lines")
    _require_size("table_schema", len(dumps(table_schema)), limits.SCHEMA, "characters")
    with Scratch() as scratch:
        path = scratch.path / _NAME
        path.write_bytes(csv_text.encode())
        try:
            report = check(path, table_schema, columns=columns, separator=separator, limit=0)
        except BonemetError as error:
            raise ArgumentError(str(error).replace(str(path), _NAME)) from error
        report = replace(
            report,
            title=_NAME,
            groups=tuple(replace(group, file=None) for group in report.groups),
            provenance=None,
        )
    rest = len(report.groups) - limit
    answer = CheckAnswer(
        package=origin(),
        not_known=(
            *((f"{rest} more distinct faults are not listed.",) if rest > 0 else ()),
            *((f"{report.not_checked} parts were not checked.",) if report.not_checked else ()),
            *(("Columns that are not in `columns` were not checked.",) if columns else ()),
            "Whether the values are true: only their form and their ids were checked.",
        ),
        valid=report.valid,
        complete=report.complete,
        rows=report.rows or 0,
        errors=report.errors,
        warnings=report.warnings,
        not_checked=report.not_checked,
        groups=report.groups[:limit],
        groups_total=len(report.groups),
        notes=tuple(report.notes),
    )
    return Reply(answer, str(report))


def _require_size(what: str, size: int, most: int, unit: str) -> None:
    if size > most:
        raise ArgumentError(
            f"{what} has {size:,} {unit}, and at most {most:,} are checked here: send a part, or "
            "run bonemet-data check in a shell."
        )
