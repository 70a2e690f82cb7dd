"""Rendering: a report as text, JSON, GitHub annotations, JUnit XML, or a self-contained page."""

import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TypeAlias
from xml.etree import ElementTree

from ._old_report import Failure, Report
from .escaping import printable, quoted, workflow_escape

Rendering: TypeAlias = Callable[[Report], str]


def text(report: Report) -> str:
    """Write the first failures, the counts and the verdict, for people."""
    lines = [f"{_place(each)}: {_words(each)}  [{each.rule}]" for each in report.failures]
    if len(report.failures) < report.failed:
        lines.append(f"... and {report.failed - len(report.failures):,} more.")
    if report.counts:
        width = max(len(f"{count.failures:,}") for count in report.counts)
        lines.append("")
        lines += [f"{n.failures:>{width},}  {_what(n.rule, n.column)}" for n in report.counts]
        lines.append("")
    return "\n".join([*lines, verdict(report)])


def as_json(report: Report) -> str:
    """Write one JSON object with the report's properties."""
    document = {"valid": report.valid, "failed": report.failed, **asdict(report)}
    return json.dumps(document, indent=2, ensure_ascii=False)


def github(report: Report) -> str:
    """Write workflow commands that GitHub shows as annotations at the line of each failure."""
    lines = []
    for each in report.failures:
        where = f"title={workflow_escape(each.rule, ':,')}"
        if each.file:
            where = f"file={workflow_escape(each.file, ':,')},line={each.line or 1},{where}"
        lines.append(f"::error {where}::{workflow_escape(_words(each))}")
    return "\n".join([*lines, verdict(report)])


def junit(report: Report) -> str:
    """Write JUnit XML with a test case for each rule and column that fails, or one that passes."""
    suite = ElementTree.Element(
        "testsuite",
        name="bonemet-data check",
        tests=str(len(report.counts) or 1),
        failures=str(len(report.counts)),
    )
    if report.valid:
        ElementTree.SubElement(suite, "testcase", classname="check", name=verdict(report))
    for count in report.counts:
        name = printable(_what(count.rule, count.column))
        case = ElementTree.SubElement(suite, "testcase", classname=count.rule, name=name)
        failure = ElementTree.SubElement(
            case, "failure", type=count.rule, message=f"{count.failures:,} failures"
        )
        failure.text = "\n".join(
            f"{_place(each)}: {_words(each)}"
            for each in report.failures
            if (each.rule, each.column) == (count.rule, count.column)
        )
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def page(report: Report) -> str:
    """Write an HTML page that needs no other file."""
    counts = [(f"{count.failures:,}", count.rule, count.column) for count in report.counts]
    cells = [
        (_place(f), f.column, f.value or "", f.rule, f.message, f.suggestion or "")
        for f in report.failures
    ]
    parts = [f"<p class={'good' if report.valid else 'bad'}>{html.escape(verdict(report))}</p>"]
    if counts:
        parts += ["<h2>Counts</h2>", _table(("failures", "rule", "column"), counts)]
        parts.append(f"<h2>The first {len(cells):,} failures</h2>")
        names = ("place", "column", "value", "rule", "message", "suggestion")
        parts.append(_table(names, cells))
    return _PAGE.format(body="\n".join(parts))


RENDERINGS: Mapping[str, Rendering] = {
    "text": text,
    "json": as_json,
    "github": github,
    "junit": junit,
    "html": page,
}

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>bonemet-data check</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse }}
td, th {{ border-bottom: 1px solid #ccc; padding: .25rem .75rem; text-align: left }}
td {{ white-space: pre-wrap; overflow-wrap: anywhere }}
.good {{ color: #060 }}
.bad {{ color: #a00 }}
</style>
<h1>Check</h1>
{body}
</html>"""


def verdict(report: Report) -> str:
    """Say in one line whether the data are valid."""
    rows = f"{report.rows:,} rows"
    if report.valid:
        return f"Valid: {rows}, no failure."
    return f"Not valid: {rows}, {report.failed:,} failures, {report.cells:,} cells that fail."


def _table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(printable(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table>\n<tr>{head}</tr>\n{body}\n</table>"


def _place(failure: Failure) -> str:
    if failure.line:
        return printable(f"{failure.file or ''}:{failure.line}")
    row = f"row {failure.row}" if failure.row else "columns"
    return printable(f"{failure.file}: {row}" if failure.file else row)


def _what(rule: str, column: str) -> str:
    return printable(f"{rule} of {column}" if column else rule)


def _words(failure: Failure) -> str:
    meant = f"did you mean {failure.suggestion}?" if failure.suggestion else None
    parts = (
        failure.column,
        (None if failure.value is None else quoted(failure.value)),
        failure.message,
        meant and f"({meant})",
    )
    return printable(" ".join(part for part in parts if part))
