"""Formats: readers for the types and spellings of Table Schema that only checking supports.

Times with an offset are brought to UTC and times without one are taken as UTC, so that all of a
column can be compared.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from ..errors import UnsupportedSchemaError
from .types import Reader, reader

OPTIONS: Mapping[str, frozenset[str]] = {
    "string": frozenset({"format"}),
    "integer": frozenset({"groupChar", "bareNumber"}),
    "number": frozenset({"decimalChar", "groupChar", "bareNumber"}),
    "date": frozenset({"format"}),
    "time": frozenset({"format"}),
    "datetime": frozenset({"format"}),
}
"""The keywords that change how a type is spelled."""

_OFFSET = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
_TIME = re.compile(rf"[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,6}})?{_OFFSET}")
_DATETIME = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_TIME.pattern}")
_YEARMONTH = re.compile(r"(-?[0-9]{4})-(0[1-9]|1[0-2])")
_DURATION = re.compile(
    r"-?P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?"
)
_DIRECTIVE = re.compile(r"%(.?)")
_DIRECTIVES = set("dmyYHIpMSfjz%")  # the others depend on the language of the machine
_STRINGS = {
    "email": re.compile(r"[^\s@\"(),:;<>\[\\\]]+@[^\s@.]+(\.[^\s@.]+)+"),
    "uri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+"),
    "uuid": re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
    "binary": re.compile(r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
}


def format_reader(kind: str, options: Mapping[str, Any], where: str) -> Reader:
    """Give the function that reads one cell of a type that is spelled in a way of its own.

    Args:
        kind: the type's name.
        options: the keywords of the field.
        where: the field, for an error.

    Returns:
        A function from text to value, which raises ValueError with the reason.

    Raises:
        UnsupportedSchemaError: an option is not implemented.

    Source: Table Schema v2, field types (https://datapackage.org/standard/table-schema/).

    Example:
        >>> format_reader("number", {"decimalChar": ",", "groupChar": "."}, "price")("1.234,5")
        1234.5
        >>> format_reader("date", {"format": "%d.%m.%Y"}, "day")("24.12.2025")
        datetime.date(2025, 12, 24)
    """
    form = options.get("format", "default")
    if not isinstance(form, str):
        raise UnsupportedSchemaError(f"{where}: format must be a text.")
    if kind in {"integer", "number"}:
        return _number(kind, options, where)
    if kind == "string" and form != "default":
        if form not in _STRINGS:
            known = ", ".join(_STRINGS)
            raise UnsupportedSchemaError(f"{where}: format {form!r} is not one of {known}.")
        return _matching(_STRINGS[form], f"is not written as a {form}", str)
    if kind in {"date", "time", "datetime"} and form != "default":
        return _strptime(kind, form, where)
    match kind:
        case "time":
            return _matching(_TIME, "is not a time of day, written hh:mm:ss", _as_time)
        case "datetime":
            words = "is not a date and time, written YYYY-MM-DDThh:mm:ss"
            return _matching(_DATETIME, words, lambda text: _utc(datetime.fromisoformat(text)))
        case "yearmonth":
            return _matching(_YEARMONTH, "is not a month, written YYYY-MM", _as_month)
        case "duration":
            return _matching(_DURATION, "is not a duration, written like P1Y2M3DT4H5M6S", str)
    return reader(kind)


def _matching(pattern: re.Pattern[str], words: str, read: Reader) -> Reader:
    def matching(text: str) -> object:
        if pattern.fullmatch(text):
            try:
                return read(text)
            except (ValueError, OverflowError):
                pass
        raise ValueError(words)

    return matching


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _as_time(text: str) -> time:
    day = datetime.combine(date(2000, 1, 1), time.fromisoformat(text))
    return _utc(day).time()


def _as_month(text: str) -> tuple[int, int]:
    year, _, month = text.rpartition("-")
    return int(year), int(month)


def _strptime(kind: str, form: str, where: str) -> Reader:
    for directive in _DIRECTIVE.findall(form):
        if directive not in _DIRECTIVES:
            raise UnsupportedSchemaError(
                f"{where}: format {form!r}: %{directive} is not supported."
            )
    if "%" not in form:
        raise UnsupportedSchemaError(f"{where}: format {form!r} is not implemented.")

    def read(text: str) -> object:
        try:
            moment = _utc(datetime.strptime(text, form))  # noqa: DTZ007 - brought to UTC
        except (ValueError, OverflowError):
            raise ValueError(f"is not a {kind} written as {form}") from None
        return moment.date() if kind == "date" else moment.time() if kind == "time" else moment

    return read


def _number(kind: str, options: Mapping[str, Any], where: str) -> Reader:
    plain = reader(kind)
    point, group = options.get("decimalChar", "."), options.get("groupChar", "")
    bare = options.get("bareNumber", True)
    if not isinstance(point, str) or len(point) != 1 or point in "+-0123456789eE":
        raise UnsupportedSchemaError(f"{where}: decimalChar must be one character, and no digit.")
    if not isinstance(group, str) or len(group) > 1 or group in {point, *"+-0123456789eE"}:
        raise UnsupportedSchemaError(f"{where}: groupChar must be one other character.")
    if not isinstance(bare, bool):
        raise UnsupportedSchemaError(f"{where}: bareNumber must be true or false.")
    inner = re.escape(group)
    grouped = re.compile(rf"[+-]?[0-9]{{1,3}}({inner}[0-9]{{3}})+(?![0-9])") if group else None
    edges = re.compile(rf"^[^0-9+\-{re.escape(point)}]+|[^0-9{re.escape(point)}]+$")

    def read(text: str) -> object:
        number = text if bare else edges.sub("", text)
        if grouped and (found := grouped.match(number)):
            number = found[0].replace(group, "") + number[found.end() :]
        if point != ".":
            if "." in number:
                raise ValueError(f"is not a {kind}")
            number = number.replace(point, ".")
        return plain(number)

    return read
