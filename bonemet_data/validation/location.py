"""Locations: the resource and the file that findings are about."""

import re
from dataclasses import dataclass
from typing import Any

from ..errors import MissingFileError, UnsafePathError
from ..package.descriptor import DESCRIPTOR, Package
from ..reporting.finding import Finding, Severity
from ..reporting.rules import Rule
from ..tableschema.problems import Problem


@dataclass(frozen=True, slots=True)
class Location:
    """A file of a package, and the resource that it belongs to.

    Attributes:
        resource: Name of the resource, or None.
        file: Path of the file as the user would type it.
    """

    resource: str | None
    file: str

    def error(self, rule: Rule, message: str, **position: Any) -> Finding:
        """Return an error; `position` takes `line`, `row`, `column` and `value`."""
        return self._finding(Severity.ERROR, rule, message, position)

    def warning(self, rule: Rule, message: str, **position: Any) -> Finding:
        """Return a warning about something that the standard allows."""
        return self._finding(Severity.WARNING, rule, message, position)

    def problem(self, problem: Problem, rule: Rule, **position: Any) -> Finding:
        """Return the finding about a problem of a descriptor or schema.

        Args:
            problem: The problem.
            rule: Rule that is broken if the problem is an error.
            **position: `column`, if it is not the path of the problem.
        """
        if problem.severity is Severity.NOT_CHECKED:
            rule = Rule.UNSUPPORTED
        elif problem.severity is Severity.WARNING:
            rule = Rule.UNKNOWN_KEYWORD
        return self._finding(
            problem.severity, rule, problem.message, {"column": problem.path or None} | position
        )

    def not_checked(self, rule: Rule, message: str, **position: Any) -> Finding:
        """Return a finding about something that could not be checked."""
        return self._finding(Severity.NOT_CHECKED, rule, message, position)

    def _finding(
        self, severity: Severity, rule: Rule, message: str, position: dict[str, Any]
    ) -> Finding:
        return Finding(
            severity=severity,
            rule=rule,
            message=message,
            resource=self.resource,
            file=self.file,
            **position,
        )


def location(package: Package, resource: str | None = None, path: str = DESCRIPTOR) -> Location:
    """Return the location of a file.

    Args:
        package: Package that contains the file.
        resource: Name of the resource that the file belongs to.
        path: Path of the file in the package.
    """
    return Location(resource, package.storage.display_name(path))


def owner(package: Package, path: str) -> str | None:
    """Return the name of the resource that a property of the descriptor belongs to."""
    match = re.match(r"resources\[([0-9]+)\]", path)
    entry = package.descriptor["resources"][int(match[1])] if match else None
    name = entry.get("name") if isinstance(entry, dict) else None
    return name if isinstance(name, str) and name else None


def clause(error: Exception, subject: str = "") -> str:
    """Return the message of an exception without its final period and its subject."""
    return str(error).removesuffix(".").removeprefix(subject).removeprefix(":").lstrip()


def file_rule(error: Exception, default: Rule) -> Rule:
    """Return the rule that is broken by a file that cannot be read."""
    if isinstance(error, UnsafePathError):
        return Rule.UNSAFE_PATH
    return Rule.MISSING_FILE if isinstance(error, MissingFileError) else default
