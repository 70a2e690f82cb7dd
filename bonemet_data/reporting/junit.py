"""Render a report as JUnit XML, for continuous integration servers."""

from xml.etree import ElementTree

from .escaping import printable
from .finding import Finding, Severity
from .results import Count, Results
from .text import line, notes, subject, summary

_ELEMENTS = {
    Severity.ERROR: "failure",
    Severity.WARNING: "system-out",
    Severity.NOT_CHECKED: "skipped",
}


def to_junit(report: Results) -> str:
    """Return a test suite with one test case per rule and column with findings.

    A test case with errors has failed, a test case that could not be checked is skipped, and a
    test case with warnings has passed, with the warnings as output.
    """
    suite = ElementTree.Element("testsuite", name=printable(report.title or "bonemet-data"))
    lines: dict[tuple[object, ...], list[str]] = {}
    for finding in report.findings:
        lines.setdefault(_group(finding), []).append(line(finding))
    for count in report.counts:
        case = ElementTree.SubElement(
            suite, "testcase", classname=str(count.rule.stage), name=subject(count)
        )
        element = ElementTree.SubElement(case, _ELEMENTS[count.severity])
        if count.severity is not Severity.WARNING:
            element.set("message", f"{count.number:,} findings of rule {count.rule}")
        element.text = "\n".join(lines.get(_group(count), ()))
    if not report.counts:
        ElementTree.SubElement(suite, "testcase", classname="check", name=summary(report))
    suite.set("tests", str(len(suite)))
    for name, severity in (("failures", Severity.ERROR), ("skipped", Severity.NOT_CHECKED)):
        number = sum(count.severity is severity for count in report.counts)
        suite.set(name, str(number))
    if remarks := notes(report):
        ElementTree.SubElement(suite, "system-out").text = "\n".join(remarks)
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def _group(item: Count | Finding) -> tuple[object, ...]:
    return item.severity, item.rule, item.resource, item.column
