"""Render a report as JUnit XML, for continuous integration servers."""

from xml.etree import ElementTree

from .counting import counted
from .escaping import printable
from .finding import Severity
from .group_lines import group_lines
from .groups import FindingGroup, RuleResult, merge_duplicates
from .results import Results
from .text import notes, summary

_WIDTH = 1_000
"""Columns of the text of a test case, so that hardly anything is cut."""

_ELEMENTS = {
    Severity.ERROR: "failure",
    Severity.WARNING: "system-out",
    Severity.NOT_CHECKED: "skipped",
}


def to_junit(report: Results) -> str:
    """Return a test suite with one test case per rule and column that was checked.

    A test case with errors has failed, a test case that could not be checked is skipped, and a
    test case with warnings has passed, with the warnings as output. Each lists its distinct faults.
    """
    suite = ElementTree.Element("testsuite", name=printable(report.title or "bonemet-data"))
    cases: dict[tuple[object, ...], list[RuleResult | FindingGroup]] = {}
    of_tables = {result.rule for result in report.rules if result.column is None}
    items: list[RuleResult | FindingGroup]
    items = [*report.rules, *merge_duplicates(report.groups)]
    for item in items:
        column = None if item.rule in of_tables else item.column
        cases.setdefault((item.rule, item.resource, column), []).append(item)
    for of_case in cases.values():
        groups = [item for item in of_case if isinstance(item, FindingGroup)]
        _add_case(suite, of_case[0], groups)
    if not len(suite):
        ElementTree.SubElement(suite, "testcase", classname="check", name=summary(report))
    failures = sum(case.find("failure") is not None for case in suite)
    skipped = sum(case.find("skipped") is not None for case in suite)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(failures))
    suite.set("skipped", str(skipped))
    if remarks := notes(report):
        ElementTree.SubElement(suite, "system-out").text = "\n".join(remarks)
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def _add_case(
    suite: ElementTree.Element, item: RuleResult | FindingGroup, groups: list[FindingGroup]
) -> None:
    place = ".".join(part for part in (item.resource, item.column) if part)
    name = printable(f"{item.rule}  {place}" if place else str(item.rule))
    case = ElementTree.SubElement(suite, "testcase", classname=str(item.rule.stage), name=name)
    for severity, tag in _ELEMENTS.items():
        of_severity = [group for group in groups if group.severity is severity]
        if not of_severity:
            continue
        element = ElementTree.SubElement(case, tag)
        if severity is not Severity.WARNING:
            findings = counted(sum(group.number for group in of_severity), "finding")
            element.set("message", f"{findings} of rule {item.rule}")
        element.text = "\n".join(group_lines(of_severity, _WIDTH, resources=False))
