"""The parser of the constraints of a field: their arguments become logical values.

Source: https://datapackage.org/standard/table-schema/#field-constraints
"""

from collections.abc import Callable, Mapping
from typing import Any

from .patterns import check_pattern
from .problems import OptionError, Problems
from .spelling import check_spelling, shown
from .types import TYPES, Parser
from .types import parse_number as _exact

KEYWORDS = tuple(sorted({keyword for kind in TYPES.values() for keyword in kind.constraints}))
_LIMITS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}


def read_constraints(
    entry: Mapping[str, Any], name: str, parse: Parser, problems: Problems
) -> Mapping[str, Any]:
    """Read the constraints of a field, including its categories; drop what cannot be used.

    Args:
        entry: Field as a JSON object.
        name: Name of the type of the field.
        parse: Parser of the field.
        problems: Collector of the problems of the field.
    """
    found: dict[str, Any] = {}
    if "categories" in entry:
        try:
            found["categories"] = _categories(entry["categories"], name, parse)
        except OptionError as error:
            problems.at("categories").error(str(error))
    constraints, at = entry.get("constraints", {}), problems.at("constraints")
    if not isinstance(constraints, Mapping):
        at.error(f"'constraints' must be an object, but is {shown(constraints)}")
        return found
    before = len(at.found)
    check_spelling(constraints, KEYWORDS, KEYWORDS, at)
    warned = {problem.path for problem in at.found[before:]}
    for keyword, argument in constraints.items():
        here = at.at(keyword)
        if keyword not in KEYWORDS:
            if ":" not in keyword and here.path not in warned:
                here.not_checked(f"{keyword!r} is not a constraint of the standard")
        elif keyword not in TYPES[name].constraints:
            if argument is not False:
                here.error(f"{keyword!r} is not supported for a {name} field: remove it")
        else:
            try:
                found[keyword] = _argument(keyword, argument, name, parse)
            except OptionError as error:
                report = here.error if error.supported else here.not_checked
                report(f"{error}: correct or remove it" if error.supported else str(error))
    if "enum" in found and not {*found["enum"]} <= {*found.get("categories", found["enum"])}:
        at.at("enum").error("contains a value that is not one of the categories: remove it")
    return found


def _argument(keyword: str, argument: Any, name: str, parse: Parser) -> Any:
    """Return the argument of a constraint; raise OptionError if it cannot be used."""
    if keyword in _LIMITS:
        return _value(argument, name, parse, is_limit=True)
    if keyword == "enum" and isinstance(argument, list) and argument:
        # Two spellings of one value, such as "1" and "01", are allowed: it is a set of values.
        return tuple(dict.fromkeys(_value(item, name, parse) for item in argument))
    if keyword in {"required", "unique"} and isinstance(argument, bool):
        return argument
    if keyword in {"minLength", "maxLength"}:
        length = _exact_or_none(argument)
        if length is not None and length == int(length) and length >= 0:
            return int(length)
    if keyword == "pattern" and isinstance(argument, str):
        check_pattern(argument)
        return argument
    if keyword == "jsonSchema" and isinstance(argument, Mapping):
        from .json_schema import check_json_schema

        return check_json_schema(argument)
    raise OptionError(f"{shown(argument)} is not a valid value of {keyword}")


def _exact_or_none(number: Any) -> Any:
    """Return a JSON number as an exact value; None if it is no finite number."""
    if isinstance(number, bool):
        return None
    if isinstance(number, int):
        return number
    if isinstance(number, float) or type(number).__name__ == "Decimal":
        value = _exact(str(number))
        return None if isinstance(value, float) else value
    return None


def _value(item: Any, name: str, parse: Parser, *, is_limit: bool = False) -> Any:
    """Return an allowed value or a limit as a logical value.

    It may be a JSON value, or text in the format of the field. A limit of an integer field may be a
    number with a fraction.
    """
    if isinstance(item, str):
        return _parsed(item, parse)
    number = _exact_or_none(item)
    match name:
        case "boolean" if isinstance(item, bool):
            return item
        case "number" | "integer" | "year" if number is not None:
            if name == "number" or is_limit or number == int(number):
                return number if name == "number" else _whole(number)
        case "yearmonth" | "duration" | "date" | "time" | "datetime" | "string":
            pass
        case "any" if number is not None or isinstance(item, bool):
            return str(item).lower() if isinstance(item, bool) else str(item)
        case "object" | "array" | "geojson" | "geopoint" | "list" if not isinstance(item, bool):
            return _from_json(item, name, parse)
    message = "" if name in {"any", "string"} else _reason(str(item), parse)
    raise OptionError(f"{shown(item)} {message or f'is not a value of a {name} field'}")


def _whole(number: Any) -> Any:
    return int(number) if number == int(number) else number


def _parsed(text: str, parse: Parser) -> Any:
    try:
        return parse(text)
    except ValueError as error:
        raise OptionError(f"{shown(text)} {error}") from error


def _reason(text: str, parse: Callable[[str], Any]) -> str:
    try:
        parse(text)
    except ValueError as error:
        return str(error)
    return ""


def _from_json(item: Any, name: str, parse: Parser) -> Any:
    """Return the logical value of a JSON object or list, by way of its text."""
    from .values import json_text

    if name == "list":
        raise OptionError(f"{shown(item)} is not a list as text", supported=False)
    try:
        return parse(json_text(item))
    except (ValueError, TypeError, RecursionError) as error:
        raise OptionError(f"{shown(item)} is not a value of a {name} field") from error


def _categories(value: object, name: str, parse: Parser) -> tuple[Any, ...]:
    """Read categories: a list of values, or of objects with `value` and, perhaps, `label`."""
    if not isinstance(value, list):
        raise OptionError(f"must be a list of values, but is {shown(value)}")
    if len({isinstance(item, Mapping) for item in value}) > 1:
        raise OptionError("mixes values and objects: write all of them in one form")
    values = []
    labels = []
    for item in value:
        labelled = isinstance(item, Mapping)
        if labelled and "value" not in item:
            raise OptionError(f"{shown(item)} must have a 'value'")
        values.append(_value(item["value"] if labelled else item, name, parse))
        if labelled and "label" in item:
            if not isinstance(item["label"], str):
                raise OptionError(f"the label {shown(item['label'])} must be a string")
            labels.append(item["label"])
    if len({*values}) < len(values) or len({*labels}) < len(labels):
        raise OptionError("contains a value or a label twice: remove the duplicate")
    return tuple(values)
