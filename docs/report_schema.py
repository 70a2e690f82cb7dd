"""The JSON Schema of a report, made from the classes whose attributes a report prints as JSON."""

import inspect
import json
import re
import types
from collections.abc import Mapping
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from bonemet_data.reporting.finding import Finding, Severity
from bonemet_data.reporting.groups import FindingGroup, RuleResult
from bonemet_data.reporting.report import Report
from bonemet_data.reporting.results import Count
from bonemet_data.reporting.rules import Rule

_JSON_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}
_KIND: Any = {"severity": Severity.ERROR, "rule": Rule.TYPE}
_SAMPLE = Report(
    findings=(Finding(message="", **_KIND),),
    groups=(FindingGroup(message="", **_KIND),),
    counts=(Count(**_KIND),),
    rules=(RuleResult(rule=Rule.TYPE),),
)
"""A report that has each kind of object once: its JSON shows the names of all properties."""


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of the reports of `check` and `validate`."""
    document = json.loads(_SAMPLE.to_json())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report of bonemet-data",
        **_object(Report, document),
        "$defs": {
            each.__name__: _object(each, document[name][0])
            for name, each in (
                ("groups", FindingGroup),
                ("rules", RuleResult),
                ("counts", Count),
                ("findings", Finding),
            )
        },
    }


def _object(described: type, example: Mapping[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(described)
    meanings = _meanings(described)
    properties = {}
    for name in example:
        hint = hints.get(name) or get_type_hints(getattr(described, name).fget)["return"]
        properties[name] = {"description": meanings[name], **_value(hint)}
    return {
        "description": (described.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _value(hint: Any) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {types.UnionType, Union}:
        (present,) = (each for each in arguments if each is not type(None))
        return {"type": [_JSON_TYPES[present], "null"]}
    if origin is tuple:
        return {"type": "array", "items": _value(arguments[0])}
    if hint in _JSON_TYPES:
        return {"type": _JSON_TYPES[hint]}
    if issubclass(hint, Enum):
        return {"enum": [str(member) for member in hint]}
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _meanings(described: type) -> dict[str, str]:
    """Return what the docstrings of a class and its properties say about each attribute."""
    meanings = {
        name: (value.__doc__ or "").partition("\n")[0]
        for name, value in vars(described).items()
        if isinstance(value, property)
    }
    text = inspect.getdoc(described) or ""
    attributes = text.partition("\nAttributes:\n")[2].partition("\n\n")[0]
    for name, meaning in re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", attributes, re.MULTILINE):
        meanings[name] = re.sub(r"\s+", " ", meaning).replace("None", "null")
    return meanings
