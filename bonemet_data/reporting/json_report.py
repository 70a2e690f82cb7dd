"""Render a report as JSON."""

from dataclasses import asdict

from .escaping import json_text
from .groups import COLUMNS
from .results import Results

_TOTALS = ("valid", "complete", "title", "resources", "rows", "cells")
_NUMBERS = ("errors", "warnings", "not_checked", "ignored", "notes")


def to_json(report: Results) -> str:
    """Return the totals, groups, rules, counts and findings as a JSON object."""
    document = {name: getattr(report, name) for name in (*_TOTALS, *_NUMBERS)}
    document["groups"] = [
        {name: getattr(group, name) for name in COLUMNS} for group in report.groups
    ]
    document["rules"] = [
        {**asdict(result), "passed": result.passed, "share": result.share}
        for result in report.rules
    ]
    document["counts"] = [asdict(count) for count in report.counts]
    document["findings"] = [asdict(finding) for finding in report.findings]
    return json_text(document)
