"""Parsers of the types and formats that the published tables do not use.

Source: https://datapackage.org/standard/table-schema/#field-types
"""

import re
from collections.abc import Mapping
from ipaddress import IPv6Address
from typing import Any

from .problems import OptionError
from .types import FALSE_VALUES, TRUE_VALUES, TYPES, Parser, boolean_parser

_ATOM = r"[^\s@\"(),:;<>\[\\\].]+"
_LABEL = r"[^\W_]([\w-]*[^\W_])?"
_ENCODED = "%[0-9A-Fa-f]{2}"
_PATH = rf"([A-Za-z0-9._~!$&'()*+,;=:@/-]|{_ENCODED})*"
_QUERY = rf"([A-Za-z0-9._~!$&'()*+,;=:@/?-]|{_ENCODED})*"
_HOST = rf"(\[(?P<ip>[^\]]*)\]|([A-Za-z0-9._~!$&'()*+,;=-]|{_ENCODED})*)"
_USER = rf"(([A-Za-z0-9._~!$&'()*+,;=:-]|{_ENCODED})*@)?"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:(//{_USER}{_HOST}(:[0-9]*)?(/{_PATH})?|(?!//){_PATH})"
    rf"(\?{_QUERY})?(\#{_QUERY})?"
)
_STRING_FORMATS = {
    "email": re.compile(rf'({_ATOM}(\.{_ATOM})*|"([^"\\\r\n]|\\.)+")@{_LABEL}(\.{_LABEL})+'),
    "uri": _URI,
    "uuid": re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
    "binary": re.compile(r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"),
}


def format_parser(name: str, options: Mapping[str, Any]) -> Parser:
    """Return the parser of a type in the format of a field.

    Args:
        name: Name of the type.
        options: Properties of the field that affect parsing and differ from their defaults.

    Raises:
        OptionError: The value of an option is not valid, or not supported.

    Example:
        >>> format_parser("number", {"decimalChar": ",", "groupChar": "."})("1.234,5")
        Decimal('1234.5')
        >>> format_parser("date", {"format": "%d.%m.%Y"})("24.12.2025")
        datetime.date(2025, 12, 24)
    """
    form = options.get("format")
    if form is not None and not isinstance(form, str):
        raise OptionError(f"format must be a string, but is {form!r:.80}")
    if name == "boolean":
        return _boolean(options)
    if name in {"integer", "number"}:
        return _number(name, options)
    if name == "string":
        return _string(form or "")
    if name in {"object", "array", "list", "geopoint", "geojson"}:
        from .json_types import collection_parser

        return collection_parser(name, options)
    from .temporal import temporal_parser

    return temporal_parser(name, form)


def _string(form: str) -> Parser:
    if form not in _STRING_FORMATS:
        known = ", ".join(("default", *_STRING_FORMATS))
        raise OptionError(f"format {form!r} of a string is not one of: {known}")
    match = _STRING_FORMATS[form].fullmatch
    message = f"is not {'an' if form == 'email' else 'a'} {form} string"

    def parse(text: str) -> str:
        found = match(text)
        if found and (form != "uri" or _is_ip(found["ip"])):
            return text
        raise ValueError(message)

    return parse


def _is_ip(literal: str | None) -> bool:
    """Return whether the text in brackets is an IP address: RFC 3986, section 3.2.2."""
    if literal is None or re.fullmatch(r"v[0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+", literal):
        return True
    try:
        return "%" not in str(IPv6Address(literal))
    except ValueError:
        return False


def _boolean(options: Mapping[str, Any]) -> Parser:
    values = []
    for keyword, default in (("trueValues", TRUE_VALUES), ("falseValues", FALSE_VALUES)):
        texts = options.get(keyword, default)
        if not isinstance(texts, list | tuple) or not texts or not _are_strings(texts):
            raise OptionError(f"{keyword} must be a non-empty list of strings")
        values.append(tuple(texts))
    if common := sorted(set(values[0]) & set(values[1])):
        message = f"{common[0]!r} is in both trueValues and falseValues: remove one of the two"
        raise OptionError(message)
    return boolean_parser(*values)


def _are_strings(values: Any) -> bool:
    return all(isinstance(value, str) for value in values)


def _number(name: str, options: Mapping[str, Any]) -> Parser:
    """Return the parser of numbers in a format.

    The last group has three digits, and the others two or three (1,00,000 is usual in India).
    If `bareNumber` is false, everything before and after the digits is ignored, except a sign and
    a decimal character directly at the digits.
    """
    parse_plain = TYPES[name].parse
    assert parse_plain is not None  # noqa: S101 - numbers have a default format
    point, group = options.get("decimalChar", "."), options.get("groupChar", "")
    bare = options.get("bareNumber", True)
    for keyword, char in (("decimalChar", point), ("groupChar", group)):
        if not isinstance(char, str):
            raise OptionError(f"{keyword} must be a string")
        if len(char) != 1 and (keyword, char) != ("groupChar", ""):
            raise OptionError(f"{keyword} must be one character", supported=False)
        if char and (char in "+-eE" or char.isdecimal()):
            message = f"{keyword} must be one character other than a digit, a sign or e"
            raise OptionError(message, supported=False)
    if group == point and name == "number":
        raise OptionError("groupChar must be one character other than decimalChar", supported=False)
    if not isinstance(bare, bool):
        raise OptionError("bareNumber must be true or false")
    mark = re.escape(group)
    grouped = re.compile(rf"[+-]?[0-9]{{1,3}}({mark}[0-9]{{2,3}})*{mark}[0-9]{{3}}(?![0-9])")
    dot = re.escape(point) if name == "number" else "(?!)"
    core = re.compile(rf"[+-]?({dot})?[0-9](.*[0-9])?({dot})?", re.DOTALL)

    def parse(text: str) -> object:
        number = text if bare else _strip(core, text)
        if group and (digits := grouped.match(number)):
            number = digits[0].replace(group, "") + number[digits.end() :]
        if point != ".":
            if "." in number:
                raise ValueError(f"is not {'an' if name == 'integer' else 'a'} {name}")
            number = number.replace(point, ".")
        return parse_plain(number)

    return parse


def _strip(core: re.Pattern[str], text: str) -> str:
    found = core.search(text)
    if found is None or (found.start() and text[0] in "+-"):  # a sign is part of the number
        return text
    return found[0]
