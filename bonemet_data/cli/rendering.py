"""Values as JSON: the keys are the names of attributes in Python, and of columns."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from ..reporting.escaping import json_text


def as_json(value: Any) -> str:
    """Return data classes, named tuples and collections of them as JSON.

    Example:
        >>> import bonemet_data as bm
        >>> print(as_json(bm.load("types", "records")[0]._replace(common_cancers=None)))
        {
          "type_id": "osteolytic",
          "type": "Osteolytic",
          "main_feature": "Bone destruction/breakdown",
          "common_cancers": null,
          "source_ids": "5;6;12;14"
        }
    """
    return json_text(_plain(value))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)
