"""Causes and consequences: a cell in a wrong form is reported once, and not also as invalid."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...reading.csv_records import CARRIAGE_RETURN
from ...reporting.finding import Finding
from ...reporting.results import Results
from ...reporting.rules import Rule

_OF_CELLS = {Rule.CONTROL_CHARACTER, Rule.NOT_NFC, Rule.SURROUNDING_SPACE, Rule.ZERO_WIDTH}
"""Rules of form because of which the text of a cell has another meaning."""


def without_consequences(parts: Iterable[Results], form: Iterable[Finding]) -> Iterator[Results]:
    """Iterate over the results of tables without what follows from findings about their form.

    Args:
        parts: The results.
        form: Findings about the form of the same tables.
    """
    form = [*form]
    cells = {(each.file, each.line, each.column) for each in form if each.rule in _OF_CELLS}
    endings = {(each.file, each.line) for each in form if each.rule is Rule.LINE_ENDING}
    files = {file for file, _ in endings}
    headers = endings | {(file, line) for file, line, _ in cells}

    def follows(finding: Finding) -> bool:
        if finding.rule is Rule.COLUMNS:
            return (finding.file, finding.line) in headers
        if finding.file in files and (
            "\r" in (finding.value or "") or finding.message.endswith(CARRIAGE_RETURN)
        ):
            return True
        return (finding.file, finding.line, finding.column) in cells

    for part in parts:
        dropped = Counter((f.rule, f.column) for f in part.findings if follows(f))
        counts = (
            replace(count, number=count.number - dropped[count.rule, count.column])
            for count in part.counts
        )
        yield replace(
            part,
            findings=tuple(each for each in part.findings if not follows(each)),
            counts=tuple(count for count in counts if count.number),
        )
