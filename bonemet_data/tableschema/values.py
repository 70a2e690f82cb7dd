"""Logical values of the types that Python has no exact, comparable and hashable values for."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import wraps
from typing import Any, NamedTuple, TypeVar

_EPOCH = date(1970, 1, 1).toordinal()
_YEAR_2000 = date(2000, 1, 1).toordinal()
_CYCLE = 146_097
"""Days of the 400 years after which the Gregorian calendar repeats."""

_DAY = 86_400
_REFERENCES = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
"""Months to which durations are added to compare them.

https://www.w3.org/TR/xmlschema-2/#duration-order
"""

_ALL_DIGITS = Context(prec=10_000)
"""More digits than the sum of two values has. By default, Python rounds every result to 28."""

_Function = TypeVar("_Function", bound=Callable[..., Any])


def exactly(function: _Function) -> _Function:
    """Decorate a function whose sums of decimals must not be rounded."""

    @wraps(function)
    def computed(*arguments: Any) -> Any:
        with localcontext(_ALL_DIGITS):
            return function(*arguments)

    return computed  # type: ignore[return-value]


class YearMonth(NamedTuple):
    """A month of a year, which may be negative or have more than four digits."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{year_text(self.year)}-{self.month:02}"


class Moment(NamedTuple):
    """A date and time in UTC, of any year and any precision.

    Attributes:
        day: Days since 1970-01-01.
        second: Seconds since midnight.
    """

    day: int
    second: Decimal

    @classmethod
    def of(cls, moment: datetime) -> "Moment":
        """Return the value of a datetime; a datetime without an offset is interpreted as UTC."""
        offset = moment.utcoffset() or timedelta()
        second = moment.hour * 3600 + moment.minute * 60 + moment.second
        micros = Decimal(moment.microsecond).scaleb(-6)
        shift = Decimal(offset.days * _DAY + offset.seconds)
        return cls.at(moment.toordinal() - _EPOCH, second + micros - shift)

    @classmethod
    @exactly
    def at(cls, day: int, second: Decimal) -> "Moment":
        """Return the value of a day and seconds, which may be negative or more than a day."""
        extra = int(second // _DAY)
        if second < extra * _DAY:  # Decimal truncates toward zero
            extra -= 1
        return cls(day + extra, second - extra * _DAY)

    @exactly
    def __str__(self) -> str:
        year, month, day = civil(self.day)
        whole = int(self.second)
        fraction = self.second - whole
        text = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
        if fraction:
            text += f"{fraction.normalize():f}".removeprefix("0")
        return f"{year_text(year)}-{month:02}-{day:02}T{text}"


class Duration(NamedTuple):
    """A duration: months, and seconds. Durations are partially ordered, as in XML Schema.

    A comparison is true only if it is true whatever the lengths of the months.
    """

    months: int
    seconds: Decimal

    def _compare(self, other: Any, test: Callable[[Any, Any], bool]) -> bool:
        return all(test(self._from(start), other._from(start)) for start in _REFERENCES)

    @exactly
    def _from(self, start: tuple[int, int]) -> Decimal:
        months = start[0] * 12 + start[1] - 1 + self.months
        return days_from_civil(months // 12, months % 12 + 1, 1) * _DAY + self.seconds

    def __lt__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other: Any) -> bool:
        return self._compare(other, lambda a, b: a >= b)

    @exactly
    def __str__(self) -> str:
        sign = "-" if self.months < 0 or self.seconds < 0 else ""
        months, seconds = abs(self.months), abs(self.seconds)
        text = f"{months // 12}Y" * bool(months // 12) + f"{months % 12}M" * bool(months % 12)
        days = int(seconds // _DAY)
        rest = seconds - days * _DAY
        text += f"{days}D" * bool(days)
        return f"{sign}P{text}" + (f"T{rest.normalize():f}S" if rest or not text else "")


class Json:
    """A JSON value that can be hashed. Numbers of equal value are equal.

    Args:
        content: The value, with finite numbers as `int` or `Decimal`.
    """

    __slots__ = ("content", "text")

    def __init__(self, content: Any) -> None:
        self.content = content
        self.text = json_text(content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Json) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __len__(self) -> int:
        return len(self.content)

    def __str__(self) -> str:
        return self.text


def json_text(value: Any) -> str:
    """Return JSON in canonical form: keys in order, no white space, numbers in one form."""
    import json

    if isinstance(value, dict):
        parts = (f"{json.dumps(key)}:{json_text(value[key])}" for key in sorted(value))
        return f"{{{','.join(parts)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(json_text, value))}]"
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return number_text(value)
    return json.dumps(value)


def number_text(value: Any) -> str:
    """Return a number in canonical form; equal numbers have the same text."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        return "NaN" if number.is_nan() else "INF" if number > 0 else "-INF"
    sign, digits, exponent = number.as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    digits_only = text.rstrip("0")
    if not digits_only:
        return "0"
    power = int(exponent) + len(text) - len(digits_only)
    prefix = "-" if sign else ""
    if 0 <= power <= 20:
        return prefix + digits_only + "0" * power
    if -20 <= power < 0:
        padded = digits_only.rjust(1 - power, "0")
        return f"{prefix}{padded[:power]}.{padded[power:]}"
    return f"{prefix}{digits_only}E{power}"


def year_text(year: int) -> str:
    """Return a year with at least four digits."""
    return f"-{-year:04}" if year < 0 else f"{year:04}"


def days_from_civil(year: int, month: int, day: int) -> int:
    """Return the days from 1970-01-01 to a date of the Gregorian calendar, of any year."""
    cycles, year = divmod(year, 400)
    return (cycles - 5) * _CYCLE + date(year + 2000, month, 1).toordinal() + day - 1 - _EPOCH


def civil(day: int) -> tuple[int, int, int]:
    """Return the year, month and day of a day counted from 1970-01-01."""
    cycles, rest = divmod(day + _EPOCH - _YEAR_2000 + 5 * _CYCLE, _CYCLE)
    found = date.fromordinal(rest + _YEAR_2000)
    return found.year - 2000 + cycles * 400, found.month, found.day


def _moment(value: Moment) -> datetime:
    micros = (value.second * 1_000_000).to_integral_value(ROUND_HALF_EVEN)
    return datetime(1970, 1, 1) + timedelta(value.day, 0, int(micros))  # noqa: DTZ001 - in UTC


def native(value: Any) -> Any:
    """Return the nearest value of the types that frames and other libraries use.

    Args:
        value: Logical value, or None.

    Raises:
        OverflowError: There is no such value.

    Example:
        >>> native(Decimal("0.5"))
        0.5
    """
    if isinstance(value, Decimal):
        return float(value)
    return _moment(value) if isinstance(value, Moment) else value


def value_text(value: Any) -> str:
    """Return a logical value as canonical text: equal values of one type have equal texts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple) and type(value) is tuple:  # a list
        return json_text([value_text(item) for item in value])
    return str(value)
