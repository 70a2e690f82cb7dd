"""Wording: how values of the data read in a sentence."""

import re
from collections.abc import Mapping
from typing import Any

from ...tableschema.model import Field

_RATIO = "ratio"
_PERCENT = "percent"


def meanings(field: Field) -> Mapping[str, str]:
    """Return the meaning of each value of a closed list, as the description of its field gives it.

    Example:
        >>> import bonemet_data as bm
        >>> stance = bm.vocabulary().schemas["evidence"].field("stance")
        >>> meanings(stance)["supports"]
        'it reports the same'
    """
    values = "|".join(map(re.escape, field.categories or ()))
    found = re.finditer(rf"(?:^|[\s,])({values}): (.+?)(?=\.(?:\s|$))", field.description)
    return {match[1]: match[2] for match in found}


def number(value: float) -> str:
    """Return a number without needless digits.

    Example:
        >>> number(33.0), number(1.25), number(15716)
        ('33', '1.25', '15,716')
    """
    return f"{value:,.10g}"


def quantity(value: float | None, low: float | None, high: float | None, unit: str) -> str:
    """Return a number with its range and unit.

    Example:
        >>> quantity(91.6, None, None, "percent"), quantity(None, 17, 37, "percent")
        ('91.6%', '17 to 37%')
        >>> quantity(0.59, 0.4, 0.87, "ratio")
        '0.59 (0.4 to 0.87)'
    """
    ends = [number(end) for end in (low, high) if end is not None]
    unit = {_PERCENT: "%", _RATIO: ""}.get(unit, f"\N{NO-BREAK SPACE}{unit}")
    if value is None:
        return f"{' to '.join(ends)}{unit}"
    span = f" ({' to '.join(ends)})" if ends else ""
    return f"{number(value)}{unit}{span}"


def figure(measurement: Any) -> str:
    """Return the number of a measurement."""
    return quantity(measurement.value_number, measurement.low, measurement.high, measurement.unit)


def counted(measurement: Any) -> str:
    """Return the counts behind a measurement, such as "270 of 666", or ""."""
    numerator, denominator = measurement.numerator, measurement.denominator
    if numerator is None:
        return "" if denominator is None else f"n = {number(denominator)}"
    total = "counted" if denominator is None else f"of {number(denominator)}"
    return f"{number(numerator)} {total}"


def size(bytes_: int) -> str:
    """Return a size in bytes, kB or MB.

    Example:
        >>> size(640), size(16697), size(1711839)
        ('640 bytes', '16.7 kB', '1.7 MB')
    """
    if bytes_ < 1000:
        return f"{bytes_} bytes"
    return f"{bytes_ / 1000:.1f} kB" if bytes_ < 1_000_000 else f"{bytes_ / 1_000_000:.1f} MB"


def capitalized(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]
