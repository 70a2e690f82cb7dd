"""Render a report as a SARIF 2.1.0 log, for code scanning services.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from .escaping import json_text
from .finding import Finding, Severity
from .results import Results
from .rules import Rule

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOT_CHECKED: "note"}


def to_sarif(report: Results) -> str:
    """Return a SARIF log with one run: the rules that were broken, and one result per finding."""
    rules = sorted({finding.rule for finding in report.findings}, key=lambda rule: rule.order)
    run = {
        "tool": {"driver": {"name": "bonemet-data", "rules": [_rule(rule) for rule in rules]}},
        "results": [_result(finding, rules.index(finding.rule)) for finding in report.findings],
        "properties": {"ignored": report.ignored, "notes": list(report.notes)},
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(document)


def _rule(rule: Rule) -> dict[str, Any]:
    return {"id": rule.value, "shortDescription": {"text": rule.meaning}}


def _result(finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule.value,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.sentence()},
    }
    if finding.file:
        artifact = {"uri": quote(PurePath(finding.file).as_posix())}
        location: dict[str, Any] = {"artifactLocation": artifact}
        if finding.line:
            location["region"] = {"startLine": finding.line}
        result["locations"] = [{"physicalLocation": location}]
    return result
