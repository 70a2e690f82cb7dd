"""Parsers of the types and formats that the published tables do not use.

Times with an offset are converted to UTC, and times without an offset are interpreted as UTC, so
that all values of a column can be compared.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from ..errors import UnsupportedSchemaError
from .types import FALSE_VALUES, TRUE_VALUES, TYPES, Parser, boolean_parser

_OFFSET = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
_TIME = re.compile(rf"[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,6}})?{_OFFSET}")
_DATETIME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_TIME.pattern}")
_YEARMONTH = re.compile(r"(-?[0-9]{4})-(0[1-9]|1[0-2])")
_DURATION = re.compile(
    r"-?P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?"
)
_DIRECTIVE = re.compile(r"%(.?)")
_DIRECTIVES = frozenset("dmyYHIpMSfjz%")  # the others depend on the locale
_STRING_FORMATS = {
    "email": re.compile(r"[^\s@\"(),:;<>\[\\\]]+@[^\s@.]+(\.[^\s@.]+)+"),
    "uri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+"),
    "uuid": re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
    "binary": re.compile(r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
}


def format_parser(name: str, options: Mapping[str, Any], where: str) -> Parser:
    """Return the parser of a type in the format of a field.

    Args:
        name: Name of the type.
        options: Properties of the field that affect parsing and differ from their defaults.
        where: Location of the field in error messages.

    Raises:
        UnsupportedSchemaError: The value of an option is not supported.

    Example:
        >>> format_parser("number", {"decimalChar": ",", "groupChar": "."}, "price")("1.234,5")
        1234.5
        >>> format_parser("date", {"format": "%d.%m.%Y"}, "day")("24.12.2025")
        datetime.date(2025, 12, 24)
    """
    form = options.get("format")
    if form is not None and not isinstance(form, str):
        raise UnsupportedSchemaError(f"{where}: format must be a string, but is {form!r:.80}.")
    if name == "boolean":
        return _boolean(options, where)
    if name in {"integer", "number"}:
        return _number(name, options, where)
    if name == "string":
        if form not in _STRING_FORMATS:
            known = ", ".join(_STRING_FORMATS)
            raise UnsupportedSchemaError(f"{where}: format {form!r} is not one of: {known}.")
        article = "an" if form == "email" else "a"
        return _matching(_STRING_FORMATS[form], f"is not {article} {form} string", str)
    return _strptime(name, form, where) if form else _DEFAULTS[name]


def _matching(pattern: re.Pattern[str], message: str, convert: Callable[[str], object]) -> Parser:
    def parse(text: str) -> object:
        if pattern.fullmatch(text):
            try:
                return convert(text)
            except (ValueError, OverflowError):
                pass
        raise ValueError(message)

    return parse


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _to_time(text: str) -> time:
    day = datetime.combine(date(2000, 1, 1), time.fromisoformat(text))
    return _utc(day).time()


def _to_datetime(text: str) -> datetime:
    return _utc(datetime.fromisoformat(text))


def _to_month(text: str) -> tuple[int, int]:
    year, _, month = text.rpartition("-")
    return int(year), int(month)


_DEFAULTS: Mapping[str, Parser] = {
    "time": _matching(_TIME, "is not a time (hh:mm:ss)", _to_time),
    "datetime": _matching(_DATETIME, "is not a date and time (YYYY-MM-DDThh:mm:ss)", _to_datetime),
    "yearmonth": _matching(_YEARMONTH, "is not a year and month (YYYY-MM)", _to_month),
    "duration": _matching(_DURATION, "is not a duration (for example, P1Y2M3DT4H5M6S)", str),
}


def _boolean(options: Mapping[str, Any], where: str) -> Parser:
    values = []
    for keyword, default in (("trueValues", TRUE_VALUES), ("falseValues", FALSE_VALUES)):
        texts = options.get(keyword, default)
        if not isinstance(texts, list | tuple) or not texts:
            raise UnsupportedSchemaError(f"{where}: {keyword} must be a non-empty list of strings.")
        if not all(isinstance(text, str) for text in texts):
            raise UnsupportedSchemaError(f"{where}: {keyword} must be a non-empty list of strings.")
        values.append(tuple(texts))
    if common := sorted(set(values[0]) & set(values[1])):
        message = (
            f"{where}: {common[0]!r} is in both trueValues and falseValues: remove one of the two."
        )
        raise UnsupportedSchemaError(message)
    return boolean_parser(*values)


def _strptime(name: str, form: str, where: str) -> Parser:
    for directive in _DIRECTIVE.findall(form):
        if directive not in _DIRECTIVES:
            raise UnsupportedSchemaError(
                f"{where}: format {form!r}: %{directive} is not supported; use one of: "
                f"{', '.join(f'%{letter}' for letter in sorted(_DIRECTIVES))}."
            )
    if "%" not in form:
        raise UnsupportedSchemaError(
            f"{where}: format {form!r} is not supported: use a pattern such as %Y-%m-%d."
        )

    def parse(text: str) -> object:
        try:
            moment = _utc(datetime.strptime(text, form))  # noqa: DTZ007 - converted to UTC
        except (ValueError, OverflowError):
            raise ValueError(f"is not a {name} in the format {form}") from None
        return moment.date() if name == "date" else moment.time() if name == "time" else moment

    return parse


def _number(name: str, options: Mapping[str, Any], where: str) -> Parser:
    parse_plain = TYPES[name].parse
    assert parse_plain is not None  # noqa: S101 - numbers have a default format
    point, group = options.get("decimalChar", "."), options.get("groupChar", "")
    bare = options.get("bareNumber", True)
    if not isinstance(point, str) or len(point) != 1 or point in "+-0123456789eE":
        raise UnsupportedSchemaError(
            f"{where}: decimalChar must be one character other than a digit, a sign or e."
        )
    if not isinstance(group, str) or len(group) > 1 or group in {point, *"+-0123456789eE"}:
        raise UnsupportedSchemaError(
            f"{where}: groupChar must be one character other than decimalChar, "
            "a digit, a sign or e."
        )
    if not isinstance(bare, bool):
        raise UnsupportedSchemaError(f"{where}: bareNumber must be true or false.")
    escaped = re.escape(group)
    grouped = re.compile(rf"[+-]?[0-9]{{1,3}}({escaped}[0-9]{{3}})+(?![0-9])") if group else None
    edges = re.compile(rf"^[^0-9+\-{re.escape(point)}]+|[^0-9{re.escape(point)}]+$")

    def parse(text: str) -> object:
        number = text if bare else edges.sub("", text)
        if grouped and (digits := grouped.match(number)):
            number = digits[0].replace(group, "") + number[digits.end() :]
        if point != ".":
            if "." in number:
                raise ValueError(f"is not a {name}")
            number = number.replace(point, ".")
        return parse_plain(number)

    return parse
