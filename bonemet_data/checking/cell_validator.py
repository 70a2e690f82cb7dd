"""The cell validator: the exact check of single cells, in Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..tableschema.constraints import Constraint, test
from ..tableschema.model import Field

_CACHE_SIZE = 100_000
"""Maximum number of cached results per column."""

REQUIRED_MESSAGE = "required value is missing"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a cell violates, and the value that was probably meant."""

    rule: str
    message: str
    suggestion: str | None = None


Violations: TypeAlias = tuple[Violation, ...]


class CellValidator:
    """Validator of the cells of one column.

    Args:
        field: Field of the column.
        constraints: Constraints on single cells.
        missing: Texts that represent a missing value.
        required: Keyword that forbids a missing value; "" if it is allowed.
        suggest: Function that returns the id that a text probably means, or None.
    """

    def __init__(
        self,
        field: Field,
        constraints: tuple[Constraint, ...],
        missing: frozenset[str],
        required: str,
        suggest: Callable[[str], str | None] | None,
    ) -> None:
        self._field = field
        self._tests = [(constraint, test(constraint)) for constraint in constraints]
        self._missing = missing
        self._required = required
        self._suggest = suggest
        self._cache: dict[str | None, Violations] = {}

    def check_text(self, text: str) -> Violations:
        """Return the violations of a cell of text."""
        violations = self._cache.get(text)
        if violations is None:
            violations = self._check_text(text)
            if len(self._cache) < _CACHE_SIZE:
                self._cache[text] = violations
        return violations

    def check_texts(
        self, texts: Sequence[str | None], if_null: Violations
    ) -> dict[int, Violations]:
        """Check many cells of text.

        Args:
            texts: The cells.
            if_null: Violations of a cell that is None.

        Returns:
            The violations of the invalid cells, by the index of the cell.
        """
        cached = self._cache.get  # returns an empty tuple for a text that is known to be valid
        doubtful = [index for index, text in enumerate(texts) if cached(text, True)]
        violations = {
            index: if_null if (text := texts[index]) is None else self.check_text(text)
            for index in doubtful
        }
        return {index: of_cell for index, of_cell in violations.items() if of_cell}

    def check_value(self, value: object) -> Violations:
        """Return the violations of a typed value; None is a missing value."""
        if value is None:
            return (Violation(self._required, REQUIRED_MESSAGE),) if self._required else ()
        return tuple(
            Violation(
                constraint.keyword,
                constraint.message,
                self._suggestion(constraint.keyword, is_valid, value),
            )
            for constraint, is_valid in self._tests
            if not is_valid(value)
        )

    def parse(self, text: str) -> object:
        """Parse a text; return None if the value is missing or not valid."""
        if text in self._missing:
            return None
        try:
            return self._field.parse(text)
        except ValueError:
            return None

    def _check_text(self, text: str) -> Violations:
        if text in self._missing:
            return self.check_value(None)
        try:
            value = self._field.parse(text)
        except ValueError as error:
            return (Violation("type", str(error)),)
        return self.check_value(value)

    def _suggestion(
        self, keyword: str, is_valid: Callable[[Any], bool], value: object
    ) -> str | None:
        if self._suggest is None or keyword not in {"enum", "foreignKeys"}:
            return None
        suggestion = self._suggest(value) if isinstance(value, str) else None
        return suggestion if suggestion is not None and is_valid(suggestion) else None
