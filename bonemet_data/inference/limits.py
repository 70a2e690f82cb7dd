"""Limits of values: constraints that enough rows suggest, and ranges that are only described."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..tableschema.values import value_text
from .profiles import Profile
from .readings import ANY, STRING, Reading

REFUTABLE = frozenset({"required", "unique", "enum", "foreignKeys"})
"""Constraints that a draft can have, and that a check can refute."""

_ENOUGH_ROWS = 20
"""Rows from which a column is called required, unique or a closed list."""

_LONGEST_LIST = 30
"""Values of the longest closed list."""

_FEWEST_REPEATS = 5
"""Rows for each value of a closed list, on average."""

_FEW = 10
"""Values of a column of numbers that its description lists."""

_EXACT = 2**53
_SENTENCES = {
    ("required",): "No value is missing.",
    ("required", "unique"): "No value is missing or occurs twice.",
    ("enum",): "A closed list, because each value occurs more than once.",
    ("required", "enum"): "No value is missing. A closed list, because each value occurs more than "
    "once.",
}


def find_constraints(
    profile: Profile,
    reading: Reading,
    absent: Collection[str],
    refuted: Collection[str],
    *,
    is_known: bool,
) -> Iterator[tuple[str, Any]]:
    """Iterate over the constraints that hold for enough rows, with their arguments.

    Args:
        profile: Profile of the column.
        reading: Reading of its values.
        absent: Texts that represent a missing value.
        refuted: Constraints that a value breaks.
        is_known: Whether the values are ids or codes, of which others can occur.
    """
    if profile.rows < _ENOUGH_ROWS or reading == ANY:
        return
    missing = profile.missing + sum(profile.texts.get(text, 0) for text in absent)
    if not missing and "required" not in refuted:
        yield "required", True
        if not is_known and "unique" not in refuted and _are_ids(profile, reading):
            yield "unique", True
            return
    if reading == STRING and not is_known and "enum" not in refuted:
        counts = {text: n for text, n in profile.texts.items() if text not in absent}
        if profile.is_complete and not profile.has_long and _is_closed(counts):
            yield "enum", sorted(counts)


def describe_constraints(constraints: Mapping[str, Any]) -> Iterator[str]:
    """Iterate over sentences about constraints."""
    if constraints:
        yield _SENTENCES[*constraints,]


def describe_range(
    profile: Profile, reading: Reading, absent: Collection[str], constraints: Collection[str]
) -> Iterator[str]:
    """Iterate over a sentence that says which values occur.

    Limits in a schema would reject the next value.

    Args:
        profile: Profile of the column.
        reading: Reading of its values.
        absent: Texts that represent a missing value.
        constraints: Constraints of the field.
    """
    if "unique" in constraints:
        return
    texts = [text for text in profile.texts if text not in absent]
    if reading in (Reading("integer"), Reading("number")):
        if reading.type == "integer" and _are_few(profile, texts):
            numbers = sorted(int(Decimal(text)) for text in texts)
            yield f"Values that occur: {', '.join(map(str, numbers))}."
        elif profile.least is not None and profile.least != profile.greatest:
            yield f"From {_shown(profile.least)} to {_shown(profile.greatest)}."
    elif reading.type in {"date", "year"} and profile.is_complete and len(texts) > 1:
        values = sorted(map(reading.parse, texts))
        yield f"From {value_text(values[0])} to {value_text(values[-1])}."


def _are_ids(profile: Profile, reading: Reading) -> bool:
    """Return whether values that differ so far are probably ids, and differ by intention."""
    if profile.is_repeated or not profile.texts or profile.has_long:
        return False
    if reading.type == "integer" and profile.least is not None and profile.greatest is not None:
        # Of so many random integers of this range, some would be equal.
        return profile.rows**2 >= 10 * (profile.greatest - profile.least + 1)
    texts = (*profile.texts, *profile.more)
    return reading.type == "string" and not any(char.isspace() for t in texts for char in t)


def _is_closed(counts: Mapping[str, int]) -> bool:
    """Return whether further rows will probably bring no new value: none occurs only once."""
    rows = sum(counts.values())
    return (
        2 <= len(counts) <= _LONGEST_LIST
        and rows >= _ENOUGH_ROWS
        and rows >= _FEWEST_REPEATS * len(counts)
        and min(counts.values()) > 1
    )


def _are_few(profile: Profile, texts: Collection[str]) -> bool:
    return profile.is_complete and 0 < len(texts) <= _FEW and 2 * len(texts) <= profile.count


def _shown(value: float | None) -> str:
    if value is not None and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return f"{value:g}"
