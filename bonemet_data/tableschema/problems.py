"""Problems of a Table Schema: what breaks the standard, and what this package cannot check."""

from typing import TYPE_CHECKING, NamedTuple

from ..errors import UnsupportedSchemaError

if TYPE_CHECKING:
    from ..reporting.finding import Severity


class Problem(NamedTuple):
    """A problem of a Table Schema.

    Attributes:
        path: Path of the property, such as "fields[2].constraints.minimum"; "" for the schema.
        message: Description of the problem, and the next step.
        severity: ERROR if the schema breaks the standard, NOT_CHECKED if this package cannot check
            what the schema requires, WARNING if the standard allows the property, but it is
            probably misspelled.
        field: Name of the field, or "".
    """

    path: str
    message: str
    severity: "Severity"
    field: str = ""

    @property
    def supported(self) -> bool:
        """Whether the package supports what the property requires."""
        return self.severity.value != "not_checked"

    def __str__(self) -> str:
        field = f" ({self.field})" if self.field else ""
        return f"{self.path}{field}: {self.message}" if self.path else self.message


class Problems:
    """Collector of the problems of a schema, at a path.

    Args:
        path: Path of the property that is read.
        field: Name of the field that is read, or "".
        found: List to which the problems are added.
    """

    def __init__(self, path: str = "", field: str = "", found: list[Problem] | None = None) -> None:
        self.path, self.field = path, field
        self.found = [] if found is None else found

    def at(self, key: str | int, field: str = "") -> "Problems":
        """Return a collector at a property or an item, which adds to the same list."""
        step = f"[{key}]" if isinstance(key, int) else f".{key}" if self.path else key
        return Problems(self.path + step, field or self.field, self.found)

    def error(self, message: str) -> None:
        """Add a problem: the schema breaks the standard."""
        self._add(message, "error")

    def warning(self, message: str) -> None:
        """Add a problem: the property is allowed, but probably misspelled."""
        self._add(message, "warning")

    def not_checked(self, message: str) -> None:
        """Add a problem: this package cannot check what the schema requires."""
        self._add(message, "not_checked")

    def raise_first(self, name: str) -> None:
        """Raise UnsupportedSchemaError with the first problem, if any."""
        for problem in self.found:
            raise UnsupportedSchemaError(f"{name}: {problem}.")

    def _add(self, message: str, severity: str) -> None:
        from ..reporting.finding import Severity  # imports dataclasses, which takes long

        self.found.append(Problem(self.path, message, Severity(severity), self.field))


class OptionError(ValueError):
    """A property of a field cannot be used.

    Args:
        message: Description of the problem.
        supported: Whether the schema breaks the standard; False if the package lacks a feature.
    """

    def __init__(self, message: str, *, supported: bool = True) -> None:
        super().__init__(message)
        self.supported = supported
