"""Render a report as plain text, for terminals."""

from .counting import counted
from .escaping import harmless, printable
from .finding import Finding, Severity
from .group_lines import group_lines
from .groups import merge_duplicates
from .layout import GAP
from .results import Count, Results
from .rule_lines import rule_lines

WIDTH = 80
"""Width of text if the width of the terminal is unknown."""


def to_text(
    report: Results,
    *,
    width: int = WIDTH,
    limit: int | None = None,
    cells: bool = False,
    rules: bool = True,
) -> str:
    """Return a report as text: distinct faults, rules, notes and the summary line.

    Args:
        report: The report.
        width: Width of the terminal.
        limit: Maximum number of distinct faults, or of findings; None for all.
        cells: Whether to list findings, cell by cell, instead of distinct faults.
        rules: Whether to list the rules that were checked.
    """
    checked = [*rule_lines(report, width)] if rules and not cells else []
    listed = _cell_lines(report, limit) if cells else _fault_lines(report, limit, width)
    blank = [""] if listed and checked else []
    lines = [*listed, *blank, *checked, *notes(report), summary(report)]
    return harmless("\n".join(lines))


def _cell_lines(report: Results, limit: int | None) -> list[str]:
    """Return one line per finding, and the counts if findings are omitted."""
    lines = [line(finding) for finding in report.findings[:limit]]
    hidden = _findings(report) - len(lines)
    return (
        [*lines, f"... and {hidden:,} more", "", *count_lines(report.counts)] if hidden else lines
    )


def _fault_lines(report: Results, limit: int | None, width: int) -> list[str]:
    """Return one line per distinct fault, and their number if findings are not listed."""
    groups = merge_duplicates(report.groups)
    shown, hidden = groups[:limit], groups[limit:] if limit is not None else ()
    lines = [*group_lines(shown, width, resources=report.resources is not None)]
    if hidden:
        findings = counted(sum(group.number for group in hidden), "finding")
        lines.append(f"... and {counted(len(hidden), 'more distinct fault')}: {findings}")
    if _findings(report) > len(shown):
        lines.append(totals(report))
    return lines


def totals(report: Results) -> str:
    """Return the numbers of findings, of distinct faults, and of duplicate values."""
    duplicates = sum(group.is_duplicate for group in report.groups)
    others = len(report.groups) - duplicates
    parts = [
        counted(count, noun)
        for count, noun in ((others, "distinct fault"), (duplicates, "duplicate value"))
        if count
    ]
    return f"{counted(_findings(report), 'finding')}: {' and '.join(parts)}"


def _findings(report: Results) -> int:
    return sum(count.number for count in report.counts)


def notes(report: Results) -> list[str]:
    """Return the notes, and the number of ignored findings, as lines."""
    lines = [f"note: {printable(note)}" for note in report.notes]
    return [*lines, f"ignored: {report.ignored:,}"] if report.ignored else lines


def line(finding: Finding) -> str:
    """Return a finding as one line; the severity is omitted for errors."""
    location = f"{printable(finding.location)}: " if finding.location else ""
    severity = "" if finding.severity is Severity.ERROR else f"{finding.severity.label}: "
    return f"{location}{severity}{finding.sentence()}{GAP}[{finding.rule}]"


def count_lines(counts: tuple[Count, ...]) -> list[str]:
    """Return one line per count, with aligned numbers."""
    numbers = [f"{count.number:,}" for count in counts]
    width = max(map(len, numbers), default=0)
    return [
        f"{number:>{width}}  {subject(count)}"
        for number, count in zip(numbers, counts, strict=True)
    ]


def subject(count: Count) -> str:
    """Return the rule of a count, with its resource and column."""
    location = ".".join(part for part in (count.resource, count.column) if part)
    return printable(f"{count.rule}  {location}" if location else str(count.rule))


def summary(report: Results) -> str:
    """Return the summary line: the numbers of errors and warnings, or "valid"."""
    total = counted(report.rows, "row")
    if report.resources is not None:
        total = counted(report.resources, "resource")
    warnings = f", {counted(report.warnings, 'warning')}" if report.warnings else ""
    if report.errors:
        errors = counted(report.errors, "error")
        affected = _resources(report, Severity.ERROR)
        if report.resources is None or not affected:
            return f"{errors}{warnings} in {total}"
        return f"{errors}{warnings} in {affected:,} of {total}"
    if not report.complete:
        affected = _resources(report, Severity.NOT_CHECKED)
        if report.resources is None or not affected:
            return f"no error found, but {total} could not be checked completely{warnings}"
        was = "was" if affected == 1 else "were"
        return f"no error found, but {affected:,} of {total} {was} not checked{warnings}"
    return f"valid: {total}{warnings}"


def _resources(report: Results, severity: Severity) -> int:
    names = {count.resource for count in report.counts if count.severity is severity}
    return len(names - {None})
