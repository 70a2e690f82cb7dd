"""Render a report as JUnit XML, for continuous integration servers."""

from xml.etree import ElementTree

from .escaping import printable
from .finding import Finding, Severity
from .results import Count, Results
from .text import line, subject, summary

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
    for count in report.counts:
        case = ElementTree.SubElement(
            suite, "testcase", classname=str(count.rule.stage), name=subject(count)
        )
        element = ElementTree.SubElement(case, _ELEMENTS[count.severity])
        if count.severity is not Severity.WARNING:
            element.set("message", f"{count.number:,} findings of rule {count.rule}")
        element.text = "\n".join(line(f) for f in report.findings if _belongs(f, count))
    if not report.counts:
        ElementTree.SubElement(suite, "testcase", classname="check", name=summary(report))
    suite.set("tests", str(len(suite)))
    for name, severity in (("failures", Severity.ERROR), ("skipped", Severity.NOT_CHECKED)):
        number = sum(count.severity is severity for count in report.counts)
        suite.set(name, str(number))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def _belongs(finding: Finding, count: Count) -> bool:
    group = (finding.severity, finding.rule, finding.resource, finding.column)
    return group == (count.severity, count.rule, count.resource, count.column)
