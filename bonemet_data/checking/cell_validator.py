"""The cell validator: the exact check of single cells, in Python, and of patterns, in Polars."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from ..extras import CHECK
from ..tableschema.constraints import Constraint, test
from ..tableschema.model import Field
from ..tableschema.patterns import to_rust
from ..tableschema.types import Parser

with CHECK:
    import polars as pl

_CACHE_SIZE = 100_000
"""Maximum number of cached results per column."""

REQUIRED_MESSAGE = "required value is missing"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a cell violates, and the value that was probably meant.

    Attributes:
        rule: Name of the rule.
        message: Message of the finding.
        suggestion: Value that was probably meant, or None.
        scope: How the suggestion was found, as in `Finding`.
    """

    rule: str
    message: str
    suggestion: str | None = None
    scope: str | None = None


Violations: TypeAlias = tuple[Violation, ...]

Suggest: TypeAlias = Callable[[str], tuple[str, str] | None]
"""Function that returns the id that a text probably means, and how it was found, or None."""


class CellValidator:
    """Validator of the cells of one column.

    Args:
        field: Field of the column.
        constraints: Constraints on single cells.
        missing: Texts that represent a missing value.
        required: Keyword that forbids a missing value; "" if it is allowed.
        suggest: Function that returns what a text probably means; None for no suggestions.
        parse: Parser of the cells; None for the parser of the field.
    """

    def __init__(
        self,
        field: Field,
        constraints: tuple[Constraint, ...],
        missing: frozenset[str],
        required: str,
        suggest: Suggest | None,
        *,
        parse: Parser | None = None,
    ) -> None:
        self._parse = parse or field.parse
        # Patterns are matched by Polars in linear time: Python may need very long for a text.
        self._tests = [
            (constraint, None if constraint.keyword == "pattern" else test(constraint))
            for constraint in constraints
        ]
        self._missing = missing
        self._suggest = suggest
        self._cache: dict[str, Violations] = {}
        self.if_missing: Violations = (Violation(required, REQUIRED_MESSAGE),) if required else ()

    def check_text(self, text: str) -> Violations:
        """Return the violations of a cell of text."""
        return self.check_texts([text], ()).get(0, ())

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
        cache = self._cache
        new = [text for text in texts if text is not None and text not in cache]
        checked = dict(zip(new, self._check(new), strict=True))
        if len(cache) < _CACHE_SIZE:
            cache.update(islice(checked.items(), _CACHE_SIZE - len(cache)))
        violations = {}
        for index, text in enumerate(texts):
            found = if_null if text is None else checked.get(text) or cache.get(text)
            if found:
                violations[index] = found
        return violations

    def parse(self, text: str) -> object:
        """Parse a text; return None if the value is missing or not valid."""
        if text in self._missing:
            return None
        try:
            return self._parse(text)
        except ValueError:
            return None

    def _check(self, texts: Sequence[str]) -> Iterator[Violations]:
        tests = [
            (constraint, is_valid, _matches(constraint.argument, texts) if is_valid is None else [])
            for constraint, is_valid in self._tests
        ]
        for index, text in enumerate(texts):
            if text in self._missing:
                yield self.if_missing
                continue
            try:
                value = self._parse(text)
            except ValueError as error:
                yield (Violation("type", str(error)),)
                continue
            yield tuple(
                self._violation(constraint, is_valid, value)
                for constraint, is_valid, matches in tests
                if not (matches[index] if is_valid is None else is_valid(value))
            )

    def _violation(
        self, constraint: Constraint, is_valid: Callable[[Any], bool] | None, value: object
    ) -> Violation:
        suggested = None
        lists = {"enum", "categories", "foreignKeys"}
        if self._suggest and is_valid and constraint.keyword in lists and isinstance(value, str):
            suggested = self._suggest(value)
            if suggested is not None and not is_valid(suggested[0]):
                suggested = None
        return Violation(constraint.keyword, constraint.message, *(suggested or ()))


def _matches(pattern: str, texts: Sequence[str]) -> list[bool]:
    """Return whether each text matches a pattern as a whole."""
    regex = rf"\A{to_rust(pattern)}\z"
    return pl.Series(texts, dtype=pl.String).str.contains(regex).to_list()
