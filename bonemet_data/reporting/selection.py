"""Selections of findings: by rule, and also by resource and column."""

from typing import NamedTuple, Self

from ..names import unknown
from .rules import Rule


class Selection(NamedTuple):
    """Findings of one rule, of all or of one resource, and of all or of one column.

    Attributes:
        rule: The rule.
        location: Name of a resource, or name and column joined by a period; "" for all findings of
            the rule. A table that belongs to no package has the name "".
    """

    rule: Rule
    location: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a text of the form RULE, RULE@RESOURCE or RULE@RESOURCE.FIELD.

        Raises:
            UnknownNameError: There is no such rule; the message suggests similar names.

        Example:
            >>> Selection.parse("pattern@patients.birth_year").location
            'patients.birth_year'
        """
        name, _, location = text.partition("@")
        rules = {rule.value: rule for rule in Rule}
        if name not in rules:
            raise unknown("rule", name, rules)
        return cls(rules[name], location)

    def includes(self, rule: Rule, resource: str | None, column: str | None) -> bool:
        """Return whether findings with this rule, resource and column are selected."""
        if rule is not self.rule:
            return False
        name = resource or ""
        return self.location in {"", name, f"{name}.{column or ''}"}
