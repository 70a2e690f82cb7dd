"""The judge: the exact verdict on one cell, in plain Python, by the strict reading of its text."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from ..names import fold
from ..tableschema.constraints import Rule
from ..tableschema.model import Field
from ..tableschema.patterns import to_regex

_REMEMBERED = 100_000
"""Verdicts that are kept for each column: values repeat, and judging costs a microsecond."""


class Verdict(NamedTuple):
    """A rule that a cell breaks, the words for it, and the id that is probably meant."""

    rule: str
    message: str
    suggestion: str | None


Verdicts: TypeAlias = tuple[Verdict, ...]


class Judge:
    """The judge of one column.

    Args:
        field: the column.
        rules: what its values must hold, one rule on one column each.
        missing: the texts that stand for a missing value.
        required: the keyword that forbids a missing value, or "".
        labels: the published id for each text, reduced by `key`.
    """

    def __init__(
        self,
        field: Field,
        rules: tuple[Rule, ...],
        missing: frozenset[str],
        required: str,
        labels: Mapping[str, str],
    ) -> None:
        self._field = field
        self._rules = [(rule, predicate(rule)) for rule in rules]
        self._missing = missing
        self._required = required
        self._labels = labels
        self._known: dict[str | None, Verdicts] = {}

    def cell(self, text: str) -> Verdicts:
        """Judge a cell by its text."""
        found = self._known.get(text)
        if found is None:
            found = self._cell(text)
            if len(self._known) < _REMEMBERED:
                self._known[text] = found
        return found

    def broken(self, texts: Sequence[str | None], missing: Verdicts) -> dict[int, Verdicts]:
        """Judge many cells by their texts; give the verdicts on those that break a rule.

        Args:
            texts: the cells.
            missing: the verdicts on a cell that is null.

        Returns:
            The verdicts, by the index of the text.
        """
        known = self._known.get  # a text that is known to break nothing has an empty tuple
        doubtful = [at for at, text in enumerate(texts) if known(text, True)]
        found = {at: missing if (text := texts[at]) is None else self.cell(text) for at in doubtful}
        return {at: verdicts for at, verdicts in found.items() if verdicts}

    def value(self, value: object) -> Verdicts:
        """Judge a cell by its value, where the data are typed; None is missing."""
        if value is None:
            return (
                (Verdict(self._required, "is missing: fill the cell", None),)
                if self._required
                else ()
            )
        return tuple(
            Verdict(rule.keyword, rule.message, self._suggestion(rule, holds, value))
            for rule, holds in self._rules
            if not holds(value)
        )

    def read(self, text: str) -> object:
        """Give the value of a cell, or None if it is missing or cannot be read."""
        if text in self._missing:
            return None
        try:
            return self._field.read(text)
        except ValueError:
            return None

    def _cell(self, text: str) -> Verdicts:
        if text in self._missing:
            return self.value(None)
        try:
            value = self._field.read(text)
        except ValueError as error:
            return (Verdict("type", str(error), None),)
        return self.value(value)

    def _suggestion(self, rule: Rule, holds: Callable[[Any], bool], value: object) -> str | None:
        if rule.keyword not in {"enum", "foreignKeys"} or not isinstance(value, str):
            return None
        meant = self._labels.get(fold(value))
        return meant if meant is not None and holds(meant) else None


def predicate(rule: Rule) -> Callable[[Any], bool]:
    """Give the test of a rule on one value that is not missing."""
    limit: Any = rule.argument
    match rule.keyword:
        case "minimum":
            return lambda value: bool(value >= limit)
        case "maximum":
            return lambda value: bool(value <= limit)
        case "exclusiveMinimum":
            return lambda value: bool(value > limit)
        case "exclusiveMaximum":
            return lambda value: bool(value < limit)
        case "minLength":
            return lambda value: len(value) >= limit
        case "maxLength":
            return lambda value: len(value) <= limit
        case "pattern":
            matches = re.compile(to_regex(limit)).fullmatch
            return lambda value: matches(value) is not None
        case "enum":
            return _member(frozenset(limit))
        case "foreignKeys":
            return _member(frozenset(value for (value,) in limit))
    raise NotImplementedError(rule.keyword)


def _member(allowed: frozenset[Any]) -> Callable[[Any], bool]:
    not_a_number = any(isinstance(each, float) and math.isnan(each) for each in allowed)
    return lambda value: value in allowed or (not_a_number and value != value)  # noqa: PLR0124 - NaN
