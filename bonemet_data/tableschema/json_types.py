"""Parsers of JSON values, lists and places.

Sources: https://datapackage.org/standard/table-schema/#list, RFC 7946 (GeoJSON),
https://github.com/topojson/topojson-specification
"""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from .problems import OptionError
from .types import TYPES, Parser
from .values import Json

ITEM_TYPES = ("string", "integer", "boolean", "number", "datetime", "date", "time")
_KINDS = {"object": dict, "array": list}
_COORDINATE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,9})?")
_DIMENSIONS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_GEOMETRIES = (*_DIMENSIONS, "GeometryCollection")


def collection_parser(name: str, options: Mapping[str, Any]) -> Parser:
    """Return the parser of a type whose values have parts.

    Args:
        name: Name of the type.
        options: Properties of the field that affect parsing and differ from their defaults.

    Raises:
        OptionError: The value of an option is not valid.
    """
    form = options.get("format", "default")
    match name:
        case "object" | "array":
            kind, article = _KINDS[name], "an"
            return _json(lambda value: isinstance(value, kind), f"is not {article} {name} (JSON)")
        case "list":
            return _list(options.get("delimiter", ","), options.get("itemType", "string"))
        case "geopoint" if form in _GEOPOINTS:
            return _geopoint(form)
        case "geojson" if form in {"default", "topojson"}:
            if form == "default":
                return _json(_is_geojson, "is not a GeoJSON object")
            return _json(_is_topojson, "is not a TopoJSON object")
    known = (*_GEOPOINTS,) if name == "geopoint" else ("default", "topojson")
    raise OptionError(f"format {form!r} of a {name} is not one of: {', '.join(known)}")


def load_json(text: str) -> Any:
    """Parse JSON; numbers are exact.

    Raises:
        ValueError: The text is not JSON (RFC 8259), or is nested too deeply.
    """

    def refuse(constant: str) -> Any:
        raise ValueError(f"{constant} is not JSON")

    try:
        return json.loads(text, parse_float=Decimal, parse_int=_integer, parse_constant=refuse)
    except (RecursionError, ArithmeticError) as error:
        raise ValueError("is nested too deeply, or has a number that is too large") from error


def _integer(text: str) -> Any:
    return int(text) if len(text) <= 4000 else Decimal(text)


def _json(accepts: Callable[[Any], bool], message: str) -> Parser:
    def parse(text: str) -> Json:
        try:
            value = load_json(text)
            if accepts(value):
                return Json(value)
        except (ValueError, RecursionError, ArithmeticError):
            pass
        raise ValueError(message)

    return parse


def _list(delimiter: object, item_type: object) -> Parser:
    if not isinstance(delimiter, str) or not delimiter:
        raise OptionError("delimiter must be a string of one or more characters")
    if item_type not in ITEM_TYPES:
        raise OptionError(f"itemType {item_type!r:.80} is not one of: {', '.join(ITEM_TYPES)}")
    parse_item = TYPES[str(item_type)].parse
    if parse_item is None:
        from .temporal import temporal_parser

        parse_item = temporal_parser(str(item_type), None)

    def parse(text: str) -> tuple[Any, ...]:
        items = []
        for number, item in enumerate(text.split(delimiter) if text else (), 1):
            try:
                items.append(parse_item(item))
            except ValueError as error:
                raise ValueError(f"is not a list: item {number} {error}") from None
        return tuple(items)

    return parse


def _from_text(text: str) -> Any:
    if not all(map(_COORDINATE.fullmatch, parts := re.split(", ?", text))):
        return None
    return [Decimal(part) for part in parts]


def _from_array(text: str) -> Any:
    value = load_json(text)
    return value if isinstance(value, list) else None


def _from_object(text: str) -> Any:
    value = load_json(text)
    if not isinstance(value, dict) or {*value} != {"lon", "lat"}:
        return None
    return [value["lon"], value["lat"]]


_GEOPOINTS: Mapping[str, Callable[[str], Any]] = {
    "default": _from_text,
    "array": _from_array,
    "object": _from_object,
}


def _geopoint(form: str) -> Parser:
    def parse(text: str) -> tuple[Decimal, Decimal]:
        try:
            value = _GEOPOINTS[form](text)
        except ValueError:
            value = None
        if not isinstance(value, list) or len(value) != 2 or not all(map(_is_number, value)):
            raise ValueError(f"is not a geographic point (format {form}: longitude and latitude)")
        if not (-180 <= value[0] <= 180 and -90 <= value[1] <= 90):
            raise ValueError("has a longitude beyond 180 or a latitude beyond 90 degrees")
        return Decimal(value[0]), Decimal(value[1])

    return parse


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_geojson(value: Any) -> bool:
    """Return whether a value is a GeoJSON object: RFC 7946, section 3."""
    if not isinstance(value, dict):
        return False
    match value.get("type"):
        case "Feature":
            geometry, properties = value.get("geometry", 0), value.get("properties", 0)
            return (geometry is None or _is_geometry(geometry)) and (
                properties is None or isinstance(properties, dict)
            )
        case "FeatureCollection":
            features = value.get("features")
            return isinstance(features, list) and all(
                _is_geojson(feature) and feature["type"] == "Feature" for feature in features
            )
    return _is_geometry(value)


def _is_geometry(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("type") not in _GEOMETRIES:
        return False
    if value["type"] == "GeometryCollection":
        parts = value.get("geometries")
        return isinstance(parts, list) and all(map(_is_geometry, parts))
    coordinates: Any = value.get("coordinates")
    depth = _DIMENSIONS[value["type"]]
    if not _is_position(coordinates, depth):
        return False
    if "LineString" in value["type"]:
        lines: Any = coordinates if depth == 2 else [coordinates]
        return all(len(line) >= 2 for line in lines)
    if "Polygon" in value["type"]:
        polygons: Any = coordinates if depth == 3 else [coordinates]
        rings = [ring for polygon in polygons for ring in polygon]
        return all(len(ring) >= 4 and ring[0] == ring[-1] for ring in rings)
    return True


def _is_position(value: Any, depth: int) -> bool:
    if not isinstance(value, list):
        return False
    if depth:
        return all(_is_position(part, depth - 1) for part in value)
    return len(value) >= 2 and all(map(_is_number, value))


def _is_topojson(value: Any) -> bool:
    """Return whether a value is a TopoJSON topology."""
    if not isinstance(value, dict) or value.get("type") != "Topology":
        return False
    objects, arcs = value.get("objects"), value.get("arcs")
    return (
        isinstance(objects, dict)
        and all(
            isinstance(each, dict) and each.get("type") in _GEOMETRIES for each in objects.values()
        )
        and isinstance(arcs, list)
        and all(_is_position(arc, 1) for arc in arcs)
    )
