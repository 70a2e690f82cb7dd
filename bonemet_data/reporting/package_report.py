"""Reports: a list of issues as text, JSON, GitHub annotations or JUnit XML."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias
from xml.etree import ElementTree

from ..package.descriptor import DESCRIPTOR, Package
from ..package.storage import Folder
from ..validation.consistency import PACKAGE as CONSISTENT
from ._old_issue import Issue, Stage
from .escaping import printable, quoted, workflow_escape

Report: TypeAlias = Callable[[Package, Sequence[Issue]], str]


def text(package: Package, issues: Sequence[Issue]) -> str:
    """Write a line for each issue and one for the verdict, for people."""
    lines = [
        printable(f"{_place(package, issue)}: {_words(issue)}  [{issue.code}]") for issue in issues
    ]
    count = len(package.descriptor["resources"])
    title = _title(package)
    if issues:
        noun = "issue" if len(issues) == 1 else "issues"
        lines.append(f"{title} is not valid: {len(issues)} {noun}.")
    else:
        lines.append(f"{title} is valid: {count} resources, no issue.")
        if package.name != CONSISTENT:
            lines.append(f"Its name is not {CONSISTENT}, whose consistency rules were not applied.")
    return "\n".join(lines)


def as_json(package: Package, issues: Sequence[Issue]) -> str:
    """Write one JSON object: valid, version, and each issue's six properties."""
    names = ("code", "resource", "row", "column", "value", "message")
    document = {
        "valid": not issues,
        "version": package.version,
        "issues": [{name: getattr(issue, name) for name in names} for issue in issues],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def github(package: Package, issues: Sequence[Issue]) -> str:
    """Write workflow commands that GitHub shows as annotations at the line of each issue."""
    lines = []
    for issue in issues:
        where = f"file={workflow_escape(_file(package, issue), ':,')},line={issue.row or 1}"
        words = workflow_escape(_words(issue))
        lines.append(f"::error {where},title={workflow_escape(issue.code.value, ':,')}::{words}")
    return "\n".join([*lines, text(package, issues).splitlines()[-1]])


def junit(package: Package, issues: Sequence[Issue]) -> str:
    """Write JUnit XML with a test case for each issue, and one for each stage without any."""
    suite = ElementTree.Element("testsuite", name=_title(package), failures=str(len(issues)))
    for stage in Stage:
        found = [issue for issue in issues if issue.code.stage is stage]
        if not found:
            ElementTree.SubElement(suite, "testcase", classname=stage.value, name="no issue")
        for issue in found:
            case = ElementTree.SubElement(
                suite,
                "testcase",
                classname=stage.value,
                name=printable(f"{issue.code} at {_place(package, issue)}"),
            )
            failure = ElementTree.SubElement(
                case, "failure", type=issue.code.value, message=printable(_words(issue))
            )
            failure.text = printable(_words(issue))
    suite.set("tests", str(len(suite)))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


REPORTS: Mapping[str, Report] = {
    "text": text,
    "json": as_json,
    "github": github,
    "junit": junit,
}


def _title(package: Package) -> str:
    return printable(f"{package.name or 'The package'} {package.version}".strip())


def _file(package: Package, issue: Issue) -> str:
    """Give the file of an issue, relative to the current folder if it is on disk."""
    path = DESCRIPTOR if issue.code.stage is Stage.DESCRIPTOR else _path(package, issue)
    if isinstance(package.store, Folder):
        try:
            path = os.path.relpath(package.store.root / path)
        except ValueError:  # on another drive
            path = str(package.store.root / path)
    return path.replace(os.sep, "/")


def _path(package: Package, issue: Issue) -> str:
    for entry in package.descriptor["resources"]:
        if isinstance(entry, dict) and issue.resource and entry.get("name") == issue.resource:
            return str(entry.get("path", DESCRIPTOR))
    return DESCRIPTOR


def _place(package: Package, issue: Issue) -> str:
    row = f":{issue.row}" if issue.row else ""
    return f"{_file(package, issue)}{row}"


def _words(issue: Issue) -> str:
    return printable(
        " ".join(
            part
            for part in (
                issue.column,
                (None if issue.value is None else quoted(issue.value)),
                issue.message,
            )
            if part
        )
    )
