"""Recognition of known values: what a caller knows of the values of a column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the values of a column are, beyond their type.

    Attributes:
        sentence: What was found, for the description of the field.
        reference: Reference of a foreign key that the values satisfy; None for none.
        properties: Further properties of the field.
        is_sure: Whether digits are known to be text.
    """

    sentence: str
    reference: Mapping[str, Any] | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    is_sure: bool = False


Recognize: TypeAlias = Callable[[Mapping[str, int], bool], Recognition | None]
"""Function that recognizes texts, given the number of values with each text and whether these are
all texts of the column; it returns None if it does not know them."""


def recognize_nothing(texts: Mapping[str, int], is_complete: bool) -> None:
    """Return None: without vocabularies, no value is known."""
