"""The evidence: publications that can be found, and measurements that agree with themselves."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..typed_tables import RequiredTables

_IDENTIFIERS = ("doi", "pmid", "pmcid", "nbk")
_BOUNDS = ("low", "value_number", "high")
_COUNTS = ("numerator", "denominator")
_NUMBER = re.compile(r"[+-]?[0-9]{1,25}(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,2})?")
"""Numbers that decimal arithmetic cannot overflow with."""


def check(tables: RequiredTables) -> Iterator[Finding]:
    """Check the publications and the measurements."""
    yield from _publications(tables)
    yield from _measurements(tables)


def _publications(tables: RequiredTables) -> Iterator[Finding]:
    for row, title, *identifiers in tables.rows("publications", "title", *_IDENTIFIERS):
        if not any(identifiers):
            message = f"has none of {', '.join(_IDENTIFIERS)}: add one"
            yield tables["publications"].error(
                Rule.EVIDENCE_IDENTIFIER, row, "title", title, message
            )
    used = {publication for _, publication in tables.rows("evidence", "publication_id")}
    for row, publication in tables.rows("publications", "publication_id") if used else ():
        if publication not in used:
            message = "has no evidence: remove it"
            yield tables["publications"].error(
                Rule.UNUSED_ROW, row, "publication_id", publication, message
            )


def _measurements(tables: RequiredTables) -> Iterator[Finding]:
    columns = ("evidence_id", "measure", "unit", *_BOUNDS, *_COUNTS)
    sizes = {
        evidence: _number(size)
        for _, evidence, size in tables.rows("evidence", "evidence_id", "sample_size")
    }
    for row, evidence, measure, unit, *texts in tables.rows("measurements", *columns):
        cells = dict(zip((*_BOUNDS, *_COUNTS), texts, strict=True))
        numbers = {column: _number(text) for column, text in cells.items()}
        messages = [
            *_bounds(measure, unit, cells, numbers),
            *_counts(unit, numbers, sizes.get(evidence)),
        ]
        for column, message in messages:
            value = cells[column]
            yield tables["measurements"].error(Rule.MEASUREMENT, row, column, value, message)


def _number(text: str | None) -> Decimal | None:
    """Return the exact number in a cell; None if it is missing or not a number of usual size."""
    return Decimal(text) if text is not None and _NUMBER.fullmatch(text) else None


def _bounds(
    measure: str | None,
    unit: str | None,
    cells: dict[str, str | None],
    numbers: dict[str, Decimal | None],
) -> Iterator[tuple[str, str]]:
    """Return the column and the message of each number that is missing or out of bounds."""
    if not any(cells[column] for column in _BOUNDS):
        yield "value_number", "is missing, and so are low and high: add a number"
    stated = [(column, number) for column in _BOUNDS if (number := numbers[column]) is not None]
    for (lower, small), (upper, large) in pairwise(stated):
        if small > large:
            column, other = (lower, upper) if lower == "value_number" else (upper, lower)
            relation = "greater" if column == lower else "less"
            yield column, f"is {relation} than {other}, {cells[other]}: correct one"
    for column, number in stated:
        if unit == "percent" and measure != "change" and not 0 <= number <= 100:
            yield column, "is not between 0 and 100 percent: correct the number or the unit"
        if unit == "ratio" and number <= 0:
            yield column, "is not greater than 0, as a ratio must be: correct it"


def _counts(
    unit: str | None, numbers: dict[str, Decimal | None], size: Decimal | None
) -> Iterator[tuple[str, str]]:
    """Return the column and the message of each number that does not agree with the counts."""
    value, numerator, denominator = (numbers[c] for c in ("value_number", *_COUNTS))
    if denominator is not None and size is not None and denominator > size:
        yield "denominator", f"is greater than the sample_size of its evidence, {size}: correct one"
    if numerator is None or denominator is None:
        return
    if numerator > denominator:
        yield "numerator", f"is greater than the denominator, {denominator}: correct one"
    if value is None or unit != "percent" or not denominator:
        return
    decimals = max(0, -int(value.as_tuple().exponent))
    percent = 100 * numerator / denominator
    if abs(value - percent) >= Decimal(1).scaleb(-decimals):
        text = f"{numerator} of {denominator} is {percent:.{decimals + 1}f} percent"
        yield "value_number", f"does not agree with its counts: {text}"
