"""Render a report as plain text, for terminals."""

from .escaping import printable
from .finding import Finding, Severity
from .results import Count, Results


def to_text(report: Results) -> str:
    """Return the findings, the counts if findings are omitted, the notes and the summary line."""
    lines = [line(finding) for finding in report.findings]
    hidden = sum(count.number for count in report.counts) - len(report.findings)
    if hidden:
        lines += [f"... and {hidden:,} more", "", *count_lines(report.counts), ""]
    return "\n".join([*lines, *notes(report), summary(report)])


def notes(report: Results) -> list[str]:
    """Return the notes, and the number of ignored findings, as lines."""
    lines = [f"note: {printable(note)}" for note in report.notes]
    return [*lines, f"ignored: {report.ignored:,}"] if report.ignored else lines


def line(finding: Finding) -> str:
    """Return a finding as one line; the severity is omitted for errors."""
    location = f"{printable(finding.location)}: " if finding.location else ""
    severity = "" if finding.severity is Severity.ERROR else f"{label(finding.severity)}: "
    return f"{location}{severity}{finding.sentence()}  [{finding.rule}]"


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


def label(severity: Severity) -> str:
    """Return the name of a severity with spaces, such as "not checked"."""
    return severity.value.replace("_", " ")


def summary(report: Results) -> str:
    """Return the summary line: the numbers of errors and warnings, or "valid"."""
    total = _number(report.rows, "row")
    if report.resources is not None:
        total = _number(report.resources, "resource")
    warnings = f", {_number(report.warnings, 'warning')}" if report.warnings else ""
    if report.errors:
        errors = _number(report.errors, "error")
        affected = _resources(report, Severity.ERROR)
        if report.resources is None or not affected:
            return f"{errors}{warnings} in {total}"
        return f"{errors}{warnings} in {affected} of {total}"
    if not report.complete:
        affected = _resources(report, Severity.NOT_CHECKED)
        if report.resources is None or not affected:
            return f"no error found, but {total} could not be checked completely{warnings}"
        was = "was" if affected == 1 else "were"
        return f"no error found, but {affected} of {total} {was} not checked{warnings}"
    return f"valid: {total}{warnings}"


def _resources(report: Results, severity: Severity) -> int:
    names = {count.resource for count in report.counts if count.severity is severity}
    return len(names - {None})


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
