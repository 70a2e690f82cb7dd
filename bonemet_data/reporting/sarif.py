"""Render a report as a SARIF 2.1.0 log, for code scanning services.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from .escaping import json_text
from .finding import Severity
from .group_lines import group_sentence
from .groups import FindingGroup, merge_duplicates
from .results import Results
from .rules import Rule

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOT_CHECKED: "note"}

_FINGERPRINT = "distinctFault/v1"
"""Name of the fingerprint of a distinct fault, which is the same wherever it is found."""


def to_sarif(report: Results) -> str:
    """Return a SARIF log with one run: the rules that were checked, and the distinct faults.

    A result has the location of the first finding, and the number of findings as its occurrence
    count.
    """
    groups = merge_duplicates(report.groups)
    named = {*(group.rule for group in groups), *(result.rule for result in report.rules)}
    rules = {rule: index for index, rule in enumerate(rule for rule in Rule if rule in named)}
    run = {
        "tool": {"driver": {"name": "bonemet-data", "rules": [*map(_rule, rules)]}},
        "results": [_result(group, rules[group.rule]) for group in groups],
        "properties": {"ignored": report.ignored, "notes": list(report.notes)},
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(document)


def _rule(rule: Rule) -> dict[str, Any]:
    help_text = f"{rule.meaning} Rule of the stage: {rule.stage}."
    return {
        "id": rule.value,
        "shortDescription": {"text": rule.meaning},
        "fullDescription": {"text": rule.meaning},
        "help": {"text": help_text},
        "properties": {"tags": [rule.stage.value]},
    }


def _result(group: FindingGroup, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": group.rule.value,
        "ruleIndex": index,
        "level": _LEVELS[group.severity],
        "message": {"text": group_sentence(group)},
        "occurrenceCount": group.number,
        "partialFingerprints": {_FINGERPRINT: _fingerprint(group)},
    }
    if group.file:
        artifact = {"uri": quote(PurePath(group.file).as_posix())}
        location: dict[str, Any] = {"artifactLocation": artifact}
        if group.line:
            location["region"] = {"startLine": group.line}
        result["locations"] = [{"physicalLocation": location}]
    return result


def _fingerprint(group: FindingGroup) -> str:
    """Return a hash that does not depend on lines and numbers."""
    has_number = group.value is None and group.number > 1
    message = "" if has_number or group.is_duplicate else group.message
    parts = (group.rule, group.resource, group.column, group.value, message)
    return sha256(repr([part and str(part) for part in parts]).encode()).hexdigest()[:32]
