"""The parser of the fields of a Table Schema."""

from collections.abc import Mapping
from typing import Any

from ..errors import UnsupportedSchemaError
from .arguments import read_constraints
from .model import Field
from .problems import OptionError, Problems
from .spelling import check_spelling, shown
from .types import FALSE_VALUES, TRUE_VALUES, TYPES, Parser

_TEXTS = ("title", "description")
_CHECKED = ("type", "format", "constraints", "missingValues", "categories", "categoriesOrdered")
_DEFAULTS: Mapping[str, Any] = {
    "format": "default",
    "bareNumber": True,
    "decimalChar": ".",
    "groupChar": "",
    "delimiter": ",",
    "itemType": "string",
    "trueValues": list(TRUE_VALUES),
    "falseValues": list(FALSE_VALUES),
}
_KNOWN = {"name", "example", "rdfType", *_TEXTS, *_CHECKED, *_DEFAULTS}
_TEXT_CONSTRAINTS = {"pattern", "minLength", "maxLength"}
_CATEGORICAL = {"string", "integer"}


def read_field(entry: Mapping[str, Any], problems: Problems) -> Field:
    """Read a field, and collect its problems.

    Args:
        entry: Field as a JSON object with a name.
        problems: Collector of the problems of the field.
    """
    name = _type(entry, problems)
    options = _options(entry, name, problems)
    try:
        parse = _parser(name, options)
    except OptionError as error:
        report = problems.error if error.supported else problems.not_checked
        report(f"{error}; the values are not checked")
        name, options = "any", {}
        parse = _parser(name, options)
    missing = None
    if "missingValues" in entry:
        missing = missing_values(entry["missingValues"], problems.at("missingValues"))
    for keyword in _TEXTS:
        if not isinstance(entry.get(keyword, ""), str):
            problems.at(keyword).error(f"must be a string, but is {shown(entry[keyword])}")
    ordered = entry.get("categoriesOrdered")
    if ordered is not None and not isinstance(ordered, bool):
        problems.at("categoriesOrdered").error("must be true or false")
        ordered = None
    check_spelling(entry, _KNOWN, (*_CHECKED, *TYPES[name].options), problems)
    if "categories" in entry and name not in _CATEGORICAL:
        problems.at("categories").not_checked(
            f"only string and integer fields have categories, and this field is of type {name}"
        )
        entry = {key: value for key, value in entry.items() if key != "categories"}
    return Field(
        name=entry["name"],
        type=name,
        title=_text(entry.get("title", "")),
        description=_text(entry.get("description", "")),
        example=_text(entry.get("example", "")),
        constraints=read_constraints(entry, name, parse, problems),
        annotations={k: v for k, v in entry.items() if ":" in k or k == "rdfType"},
        options=options,
        missing_values=missing,
        parse=parse,
        ordered=ordered,
    )


def make_parser(name: str, options: Mapping[str, Any], where: str) -> Parser:
    """Return the parser of a type in the format of a field.

    Args:
        name: Name of the type, such as "integer".
        options: Properties of the field that affect parsing and differ from their defaults.
        where: Location of the field in error messages.

    Raises:
        UnsupportedSchemaError: The value of an option is not supported.

    Example:
        >>> make_parser("integer", {}, "age")("75")
        75
        >>> make_parser("integer", {}, "age")("1_0")
        Traceback (most recent call last):
        ...
        ValueError: Is not an integer
    """
    try:
        return _parser(name, options)
    except OptionError as error:
        raise UnsupportedSchemaError(f"{where}: {error}.") from error


def missing_values(values: object, problems: Problems) -> frozenset[str]:
    """Read the texts that represent a missing value: a list of strings, or of labelled values."""
    if not isinstance(values, list):
        problems.error(f"must be a list of strings, but is {shown(values)}")
        return frozenset({""})
    texts: dict[str, None] = {}
    labels: set[str] = set()
    for index, entry in enumerate(values):
        at = problems.at(index)
        text = entry.get("value") if isinstance(entry, Mapping) else entry
        if not isinstance(text, str):
            at.error(f"must be a string, or an object with the string 'value', not {shown(entry)}")
            continue
        if text in texts:
            at.error(f"contains {text!r} twice: remove the duplicate")
        texts[text] = None
        if isinstance(entry, Mapping) and "label" in entry:
            _check_label(entry["label"], labels, at.at("label"))
    if len({isinstance(entry, Mapping) for entry in values}) > 1:
        problems.error("mixes strings and objects: use one of them")
    return frozenset(texts)


def _check_label(label: object, labels: set[str], problems: Problems) -> None:
    if not isinstance(label, str):
        problems.error(f"must be a string, but is {shown(label)}")
    elif label in labels:
        problems.error(f"the label {label!r} occurs twice: use another one")
    else:
        labels.add(label)


def _type(entry: Mapping[str, Any], problems: Problems) -> str:
    """Return the type of a field. Without one, it is `any`, or `string` as in version 1."""
    if "type" not in entry:
        constraints = entry.get("constraints")
        is_text = isinstance(constraints, Mapping) and _TEXT_CONSTRAINTS & constraints.keys()
        return "string" if is_text or entry.get("format", "default") != "default" else "any"
    name = entry["type"]
    if isinstance(name, str) and name in TYPES:
        return name
    problems.at("type").error(f"type {shown(name)} is not one of: {', '.join(TYPES)}")
    return "any"


def _options(entry: Mapping[str, Any], name: str, problems: Problems) -> dict[str, Any]:
    """Return the options that differ from their defaults."""
    chosen = {
        key: entry[key]
        for key in sorted(TYPES[name].options)
        if key in entry and entry[key] != _DEFAULTS.get(key)
    }
    form = chosen.get("format")
    if isinstance(form, str) and form.startswith("fmt:"):  # the spelling of version 0
        chosen["format"] = form.removeprefix("fmt:")
    if "format" not in TYPES[name].options and name != "any":
        form = entry.get("format", "default")
        if form != "default":
            problems.at("format").error(
                f"format {shown(form)} is not supported for the type {name}: remove it"
            )
    return chosen


def _parser(name: str, options: Mapping[str, Any]) -> Parser:
    parse = TYPES[name].parse
    if parse is not None and not options:
        return parse
    from .formats import format_parser  # not needed by the published tables

    return format_parser(name, options)


def _text(value: object) -> str:
    return value if isinstance(value, str) else shown(value)
