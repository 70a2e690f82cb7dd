"""Columns of a user's table that must contain codes of a vocabulary."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..reporting.report import Report
from ..reporting.rules import Rule
from ..tableschema.constraints import Constraint
from .functions import vocabulary

CODES = "codes:"
"""Start of the choice of a vocabulary, such as "codes:icd10cm"."""

ANY_CODE = "?"
"""End of the choice if codes without a concept are valid."""


@dataclass(frozen=True)
class _CodeTest:
    """Test of a value of a column of codes; it can be sent to other processes.

    Attributes:
        vocabulary: Prefix of the vocabulary.
        statuses: Statuses of valid codes.
        version: Release of the vocabulary; None for the installed data.
        of_names: Whether names of concepts fail the test, and not the other values.
    """

    vocabulary: str
    statuses: frozenset[str]
    version: str | None
    of_names: bool

    def __call__(self, value: str) -> bool:
        terms = vocabulary(self.version)
        if terms.code_index(self.vocabulary).read(value).status in self.statuses:
            return True
        return (terms.suggest(value) is not None) is not self.of_names


def code_constraints(column: str, choice: str, version: str | None) -> tuple[Constraint, ...]:
    """Return the constraints of a column of codes.

    A value that is the name of a concept breaks another rule than other values that are no codes,
    so that names are counted.

    Args:
        column: Name of the column.
        choice: "codes:" and the vocabulary; with "?" at the end, codes without a concept are valid.
        version: Released version of the concepts; None for the installed data.

    Raises:
        UnknownNameError: There is no such vocabulary, or it has no mappings.
        ArgumentError: The release has no mappings.
    """
    name = choice.removeprefix(CODES).removesuffix(ANY_CODE)
    prefix = vocabulary(version).code_index(name).vocabulary
    if choice.endswith(ANY_CODE):
        statuses = frozenset({"matched", "no_concept", "unknown_code"})
        message = f"does not have the form of a code of {prefix}"
    else:
        statuses = frozenset({"matched"})
        message = f"is not a code of {prefix} with a concept"
    is_name = "is the name of a concept, not a code: use normalize"
    return tuple(
        Constraint(rule.value, (column,), _CodeTest(prefix, statuses, version, of_names), text)
        for rule, text, of_names in (
            (Rule.CODES, message, False),
            (Rule.CODE_NAMES, is_name, True),
        )
    )


def add_notes(report: Report, columns: Iterable[str]) -> Report:
    """Add a note for each column of codes with names of concepts.

    Args:
        report: The report of the check.
        columns: Names of the columns of codes.
    """
    names = {count.column: count.number for count in report.counts if count.rule is Rule.CODE_NAMES}
    notes = tuple(
        f"{column}: {names[column]:,} of {report.rows:,} values are names of concepts: "
        "use normalize"
        for column in columns
        if column in names
    )
    return replace(report, notes=(*report.notes, *notes)) if notes else report
