"""Columns of a user's table that must contain codes of a vocabulary."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..reporting.report import Report
from ..reporting.rules import Rule
from ..tableschema.constraints import Constraint
from .vocabulary import Vocabulary

CODES = "codes:"
"""Start of the choice of a vocabulary, such as "codes:icd10cm"."""

_ANY_CODE = "?"
"""End of the choice if codes without a concept are valid."""


def code_constraints(column: str, choice: str, terms: Vocabulary) -> tuple[Constraint, ...]:
    """Return the constraints of a column of codes.

    A value that is the name of a concept breaks another rule than other values that are no codes,
    so that names are counted.

    Args:
        column: Name of the column.
        choice: "codes:" and the vocabulary; with "?" at the end, codes without a concept are valid.
        terms: The concepts.

    Raises:
        UnknownNameError: There is no such vocabulary, or it has no mappings.
        ArgumentError: The release has no mappings.
    """
    name = choice.removeprefix(CODES).removesuffix(_ANY_CODE)
    index = terms.code_index(name)
    if choice.endswith(_ANY_CODE):
        statuses = frozenset({"matched", "no_concept", "unknown_code"})
        message = f"cannot be a code of {index.vocabulary}"
    else:
        statuses = frozenset({"matched"})
        message = f"is not a code of {index.vocabulary} that leads to a concept"

    def is_name(value: Any) -> bool:
        return index.read(value).status not in statuses and terms.suggest(value) is not None

    def is_code(value: Any) -> bool:
        return index.read(value).status in statuses or is_name(value)

    def is_not_name(value: Any) -> bool:
        return not is_name(value)

    return (
        Constraint(Rule.CODES.value, (column,), is_code, message),
        Constraint(
            Rule.CODE_NAMES.value,
            (column,),
            is_not_name,
            "is the name of a concept, not its code: normalize finds it",
        ),
    )


def add_notes(report: Report, columns: Iterable[str]) -> Report:
    """Add a note for each column of codes with names of concepts.

    Args:
        report: The report of the check.
        columns: Names of the columns of codes.
    """
    names = {count.column: count.number for count in report.counts if count.rule is Rule.CODE_NAMES}
    notes = tuple(
        f"{column}: {names[column]:,} of {report.rows:,} are names of concepts: "
        "normalize finds them"
        for column in columns
        if column in names
    )
    return replace(report, notes=(*report.notes, *notes)) if notes else report
