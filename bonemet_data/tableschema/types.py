"""Values: how the text of a cell becomes a typed value, by the lexical rules of Table Schema."""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

Value: TypeAlias = object
Reader: TypeAlias = Callable[[str], Value]

_INTEGER = re.compile(r"[+-]?[0-9]{1,25}")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|NaN|-?INF")
_YEAR = re.compile(r"-?[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TRUE_VALUES = ("true", "True", "TRUE", "1")
FALSE_VALUES = ("false", "False", "FALSE", "0")


def reader(
    kind: str,
    true_values: Sequence[str] = TRUE_VALUES,
    false_values: Sequence[str] = FALSE_VALUES,
) -> Reader:
    """Give the function that reads one cell of a Table Schema type.

    Args:
        kind: the type's name, such as "integer".
        true_values: the spellings of true, for a boolean.
        false_values: the spellings of false, likewise.

    Returns:
        A function from text to value, which raises ValueError with the reason.

    Source: Table Schema v2, field types (https://datapackage.org/standard/table-schema/).

    Example:
        >>> reader("integer")("75")
        75
        >>> reader("integer")("1_0")
        Traceback (most recent call last):
        ...
        ValueError: is not an integer
    """
    if kind == "boolean":
        words = dict.fromkeys(true_values, True)
        words |= dict.fromkeys(false_values, False)
        return lambda text: _boolean(text, words)
    return _READERS[kind]


def _string(text: str) -> str:
    return text


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError("is not an integer")
    number = int(text)
    if not -(2**63) <= number < 2**63:
        raise ValueError("is an integer too large for 64 bits")
    return number


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError("is not a number")
    number = float(text)
    if number in {float("inf"), float("-inf")} and "INF" not in text:
        raise ValueError("is not a number that 64 bits can hold")
    return number


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise ValueError("is not a year of four digits")
    return int(text)


def _date(text: str) -> object:
    from datetime import date

    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError("is not a date of the calendar, written YYYY-MM-DD")


def _boolean(text: str, words: dict[str, bool]) -> bool:
    if text not in words:
        raise ValueError(f"is not one of {', '.join(words)}")
    return words[text]


_READERS: dict[str, Reader] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "year": _year,
    "date": _date,
}
