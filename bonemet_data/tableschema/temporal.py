"""Parsers of dates, times and durations.

The default formats are those of XML Schema, as the standard says. Times with an offset are
converted to UTC, and times without an offset are interpreted as UTC, so that all values of a column
can be compared. The offset of a year or month is checked, but does not change the value.

Sources: https://datapackage.org/standard/table-schema/#datetime,
https://www.w3.org/TR/xmlschema-2/#dateTime
"""

import re
import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from .problems import OptionError
from .types import TYPES, Parser
from .values import Duration, Moment, YearMonth, days_from_civil, exactly

_YEAR = r"(?P<year>-?([1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_ZONE = r"(?P<zone>Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_CLOCK = r"(?P<hour>[01][0-9]|2[0-4]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9]"
_TIME = re.compile(rf"{_CLOCK})")
_DATETIME = re.compile(rf"{_YEAR}-{_MONTH}-(?P<day>[0-9]{{2}})T{_CLOCK}(\.[0-9]+)?){_ZONE}")
_GYEAR = re.compile(rf"{_YEAR}{_ZONE}")
_YEARMONTH = re.compile(rf"{_YEAR}-{_MONTH}{_ZONE}")
_DURATION = re.compile(
    r"(?P<sign>-)?P(?=.)((?P<years>[0-9]+)Y)?((?P<months>[0-9]+)M)?((?P<days>[0-9]+)D)?"
    r"(T(?=.)((?P<hours>[0-9]+)H)?((?P<minutes>[0-9]+)M)?((?P<seconds>[0-9]+(\.[0-9]+)?)S)?)?"
)
_SAMPLE = datetime(2024, 1, 31, tzinfo=UTC)
_LONGEST = 4000
"""Maximum number of characters of a value, for Python converts longer digits very slowly."""

_LONGEST_ANY = 200
"""The same for the format `any`: the time of dateutil grows with the square of the length."""

_DIRECTIVE = re.compile(r"%(.?)", re.DOTALL)
_ALIASES = {
    **dict.fromkeys("TX", "%H:%M:%S"),
    **dict.fromkeys("Dx", "%m/%d/%y"),
    "c": "%a %b %d %H:%M:%S %Y",
    "F": "%Y-%m-%d",
    "R": "%H:%M",
    "h": "%b",
    "e": "%d",
}
"""Directives that stand for others, in the locale C."""

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DIRECTIVES = {
    **dict.fromkeys("dmyHIMSUVW", r"[0-9]{1,2}"),
    **dict.fromkeys("wu", r"[0-7]"),
    **dict.fromkeys("YG", r"[0-9]{4}"),
    "f": r"[0-9]{1,6}",
    "j": r"[0-9]{1,3}",
    "p": r"[AaPp][Mm]",
    "z": r"(Z|[+-](0[0-9]|1[0-3]):?[0-5][0-9]|[+-]14:?00)",
    "Z": r"(UTC|GMT)",
    "A": f"(?i:{_DAYS})",
    "a": f"(?i:{_SHORT_DAYS})",
    "B": f"(?i:{_MONTHS})",
    "b": f"(?i:{_SHORT_MONTHS})",
    "%": "%",
}
"""The directives, with the texts that they accept: ASCII digits and English names."""


def temporal_parser(name: str, form: str | None) -> Parser:
    """Return the parser of a type of dates, times or durations.

    Args:
        name: Name of the type.
        form: The format; None for the default.

    Raises:
        OptionError: The format is not supported.
    """
    if form is None:
        return TYPES[name].parse or _DEFAULTS[name]
    if form == "any":
        return _any(name)
    return _strptime(name, form)


def _matching(
    pattern: re.Pattern[str], message: str, convert: Callable[[re.Match[str]], object]
) -> Parser:
    def parse(text: str) -> object:
        found = pattern.fullmatch(text) if len(text) <= _LONGEST else None
        if found:
            try:
                return convert(found)
            except (ValueError, OverflowError):
                pass
        raise ValueError(message)

    return parse


def _seconds(found: re.Match[str]) -> Decimal:
    """Return the seconds since midnight; 24:00:00 is the end of the day."""
    hour, minute, second = int(found["hour"]), int(found["minute"]), Decimal(found["second"])
    if hour == 24 and (minute or second):
        raise ValueError
    return hour * 3600 + minute * 60 + second


def _to_time(found: re.Match[str]) -> time:
    seconds = int(_seconds(found)) % 86_400
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


@exactly
def _to_moment(found: re.Match[str]) -> Moment:
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    date(2000 + year % 400, month, day)  # raises ValueError if there is no such day
    zone, shift = found["zone"], 0
    if zone and zone != "Z":
        shift = int(zone[1:3]) * 3600 + int(zone[4:]) * 60
        shift = -shift if zone[0] == "-" else shift
    return Moment.at(days_from_civil(year, month, day), _seconds(found) - shift)


@exactly
def _to_duration(found: re.Match[str]) -> Duration:
    part = {name: int(text or 0) for name, text in found.groupdict().items() if name[0] in "ymdh"}
    sign = -1 if found["sign"] else 1
    minutes = part["days"] * 1440 + part["hours"] * 60 + part["minutes"]
    seconds = minutes * 60 + Decimal(found["seconds"] or 0)
    return Duration(sign * (part["years"] * 12 + part["months"]), sign * seconds)


_DEFAULTS: Mapping[str, Parser] = {
    "time": _matching(_TIME, "is not a time (hh:mm:ss)", _to_time),
    "datetime": _matching(_DATETIME, "is not a date and time (YYYY-MM-DDThh:mm:ss)", _to_moment),
    "year": _matching(_GYEAR, "is not a year (YYYY)", lambda found: int(found["year"])),
    "yearmonth": _matching(
        _YEARMONTH,
        "is not a year and month (YYYY-MM)",
        lambda found: YearMonth(int(found["year"]), int(found["month"])),
    ),
    "duration": _matching(
        _DURATION, "is not a duration (for example, P1Y2M3DT4H5M6S)", _to_duration
    ),
}


def _logical(name: str, moment: datetime) -> Any:
    if name == "date":
        return moment.date()
    if name == "datetime":
        return Moment.of(moment)
    return (moment - (moment.utcoffset() or timedelta())).time()


def _strptime(name: str, form: str) -> Parser:
    """Return the parser of a pattern: ASCII digits, and the separators exactly as written."""
    form = _DIRECTIVE.sub(lambda found: _ALIASES.get(found[1], found[0]), form)
    accepted, rest = [], 0
    for found in _DIRECTIVE.finditer(form):
        if found[1] not in _DIRECTIVES:
            message = (
                f"format {form!r}: %{found[1]} is not supported; use one of: "
                f"{', '.join(f'%{letter}' for letter in sorted(_DIRECTIVES))}"
            )
            raise OptionError(message, supported=False)
        accepted.append(re.escape(form[rest : found.start()]) + _DIRECTIVES[found[1]])
        rest = found.end()
    if not accepted:
        raise OptionError(
            f"format {form!r} is not supported: use a pattern such as %Y-%m-%d", supported=False
        )
    pattern = re.compile("".join(accepted) + re.escape(form[rest:]))
    # Python is to deprecate a day without a year, which it reads in the year 1900.
    has_year = {"Y", "y", "G"} & {*_DIRECTIVE.findall(form)}
    prefix, prefix_form = ("", "") if has_year else ("2000|", "%Y|")
    message = f"is not a {name} in the format {form}"

    def parse(text: str) -> object:
        if pattern.fullmatch(text):
            try:
                moment = datetime.strptime(prefix + text, prefix_form + form)  # noqa: DTZ007
                return _logical(name, moment)
            except (ValueError, OverflowError):
                pass
        raise ValueError(message)

    try:  # Python refuses some patterns, such as an ISO week without the ISO year
        datetime.strptime(_SAMPLE.strftime(prefix_form + form), prefix_form + form)  # noqa: DTZ007
    except (ValueError, re.error, IndexError, KeyError) as error:
        raise OptionError(f"format {form!r} is not supported: {error}", supported=False) from error
    return parse


def _any(name: str) -> Parser:
    """Return the parser of the format `any`, by dateutil, as the standard suggests."""
    try:
        from dateutil import parser as dateutil
    except ImportError as error:
        message = "format 'any' requires the library python-dateutil: install it"
        raise OptionError(message, supported=False) from error
    default = datetime(2000, 1, 1)  # noqa: DTZ001 - for what the text lacks
    message = f"is not a {name} that dateutil can parse"

    def parse(text: str) -> object:
        if len(text) > _LONGEST_ANY:
            raise ValueError(message)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of an unknown time zone
                return _logical(name, dateutil.parse(text, default=default))
        except Exception:
            raise ValueError(message) from None

    return parse
