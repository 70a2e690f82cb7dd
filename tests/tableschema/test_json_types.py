"""JSON values, lists and places: what is valid, and the value."""

import json
from decimal import Decimal

import pytest

from bonemet_data.tableschema.fields import make_parser
from bonemet_data.tableschema.json_types import load_json


def parse(kind, text, **options):
    return make_parser(kind, options, "field")(text)


# type, options, text, value
VALUES = [
    ("list", {}, "", ()),
    ("list", {}, "a", ("a",)),
    ("list", {}, "a,,b", ("a", "", "b")),
    ("list", {"delimiter": "||"}, "a||b|c", ("a", "b|c")),
    ("list", {"itemType": "number"}, "1,2.50", (Decimal(1), Decimal("2.5"))),
    ("list", {"itemType": "boolean"}, "true,0", (True, False)),
    ("geopoint", {}, "1,-2.5", (Decimal(1), Decimal("-2.5"))),
    ("geopoint", {}, "+1e1, .5", (Decimal(10), Decimal("0.5"))),
    ("geopoint", {"format": "array"}, "[1, 2.50]", (Decimal(1), Decimal("2.5"))),
    ("geopoint", {"format": "object"}, '{"lat": 2, "lon": 1}', (Decimal(1), Decimal(2))),
]
# type, options, texts that are not valid, message
INVALID = [
    ("object", {}, ["[]", "1", "null", "{", '{"a": NaN}', "[" * 100_000], "is not an object (JSON)"),
    ("array", {}, ["{}", '"x"', "[Infinity]", "[1] 2"], "is not an array (JSON)"),
    ("list", {"itemType": "integer"}, ["1,x"], "is not a list: item 2 is not an integer"),
    ("list", {"itemType": "integer"}, ["x,1"], "is not a list: item 1 is not an integer"),
    ("list", {"itemType": "time"}, ["10:00:00,10"], "is not a list: item 2 is not a time (hh:mm:ss)"),
    ("geopoint", {}, ["1", "1,2,3", "1,  2", "a,b", "1;2", "NaN,1"], "is not a geographic point (format default: longitude and latitude)"),
    ("geopoint", {"format": "array"}, ["[1]", "[1,2,3]", "[true,1]", "[1,false]", '["1",2]', "{}", "1,2", "[1,"], "is not a geographic point (format array: longitude and latitude)"),
    ("geopoint", {"format": "object"}, ["[1,2]", '{"lon":1}', '{"lon":1,"lat":2,"x":3}', '{"lon":1,"lat":null}'], "is not a geographic point (format object: longitude and latitude)"),
    ("geopoint", {}, ["181,0", "-181,0", "0,91", "0,-91"], "has a longitude beyond 180 or a latitude beyond 90 degrees"),
]  # fmt: skip
POINT = {"type": "Point", "coordinates": [1, 2]}
RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
# RFC 7946
GEOJSON = [
    POINT,
    {"type": "Point", "coordinates": [1, 2.5, 3]},
    {"type": "MultiPoint", "coordinates": []},
    {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]},
    {"type": "LineString", "coordinates": [[1, 2], [3, 4]]},
    {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], [[1, 2], [3, 4], [5, 6]]]},
    {"type": "Polygon", "coordinates": [RING, RING]},
    {"type": "MultiPolygon", "coordinates": [[RING], [RING, RING]]},
    {"type": "GeometryCollection", "geometries": []},
    {"type": "GeometryCollection", "geometries": [POINT]},
    {"type": "Feature", "geometry": None, "properties": None},
    {"type": "Feature", "geometry": POINT, "properties": {"a": 1}},
    {"type": "FeatureCollection", "features": []},
    {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": POINT, "properties": {}}]},
]  # fmt: skip
NO_GEOJSON = [
    [],
    1,
    {},
    {"type": "Circle"},
    {"type": []},
    {"type": {"type": "Point"}},
    {"type": "Point"},
    {"type": "Point", "coordinates": None},
    {"type": "Point", "coordinates": [1]},
    {"type": "Point", "coordinates": [1, "2"]},
    {"type": "Point", "coordinates": [1, True]},
    {"type": "Point", "coordinates": [[1, 2]]},
    {"type": "MultiPoint", "coordinates": [1, 2]},
    {"type": "MultiPoint", "coordinates": [[1, 2], [3]]},
    {"type": "LineString", "coordinates": []},
    {"type": "LineString", "coordinates": [[1, 2]]},
    {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], [[1, 2]]]},
    {"type": "Polygon", "coordinates": [[*RING[:3]]]},
    {"type": "Polygon", "coordinates": [[*RING[:3], [0, 1]]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
    {"type": "Polygon", "coordinates": [RING, [[0, 0], [1, 0], [1, 1], [1, 0]]]},
    {"type": "Polygon", "coordinates": RING},
    {"type": "MultiPolygon", "coordinates": [[RING], [[*RING[:3]]]]},
    {"type": "GeometryCollection"},
    {"type": "GeometryCollection", "geometries": [{}]},
    {"type": "GeometryCollection", "geometries": {}},
    {"type": "Feature"},
    {"type": "Feature", "geometry": None},
    {"type": "Feature", "properties": None},
    {"type": "Feature", "geometry": {}, "properties": None},
    {"type": "Feature", "geometry": POINT, "properties": []},
    {"type": "FeatureCollection"},
    {"type": "FeatureCollection", "features": [POINT]},
    {"type": "FeatureCollection", "features": [{"type": "Feature"}]},
    {"type": "FeatureCollection", "features": {}},
]
ARC = [[0, 0], [1, 1]]
TOPOLOGIES = [
    {"type": "Topology", "objects": {}, "arcs": []},
    {"type": "Topology", "objects": {"a": {"type": "Point"}}, "arcs": [ARC]},
    {"type": "Topology", "objects": {"a": {"type": "GeometryCollection"}}, "arcs": [ARC, ARC]},
]
NO_TOPOLOGIES = [
    [],
    {},
    {"type": "Topology"},
    {"type": "Topology", "objects": {}},
    {"type": "Topology", "objects": {}, "arcs": {}},
    {"type": "Topology", "objects": [], "arcs": []},
    {"type": "Topology", "arcs": []},
    {"type": "topology", "objects": {}, "arcs": []},
    {"type": "Topology", "objects": {"a": []}, "arcs": []},
    {"type": "Topology", "objects": {"a": {"type": "Circle"}}, "arcs": []},
    {"type": "Topology", "objects": {"a": {"type": []}}, "arcs": []},
    {"type": "Topology", "objects": {}, "arcs": [1]},
    {"type": "Topology", "objects": {}, "arcs": [ARC, [[1]]]},
    {"type": "Topology", "objects": {}, "arcs": [[1, 2]]},
    {"type": "Topology", "objects": {}, "arcs": [[ARC]]},
]


@pytest.mark.parametrize(("kind", "options", "text", "value"), VALUES)
def test_the_value_of_a_text(kind, options, text, value):
    assert parse(kind, text, **options) == value


@pytest.mark.parametrize(
    ("kind", "options", "text", "message"),
    [(kind, options, text, message) for kind, options, texts, message in INVALID for text in texts],
)
def test_why_a_text_is_not_valid(kind, options, text, message):
    with pytest.raises(ValueError, match=r"^(is|has) ") as caught:
        parse(kind, text, **options)
    assert str(caught.value) == message


@pytest.mark.parametrize("document", GEOJSON, ids=json.dumps)
def test_geojson(document):
    assert len(parse("geojson", json.dumps(document))) == len(document)


@pytest.mark.parametrize("document", NO_GEOJSON, ids=json.dumps)
def test_what_is_no_geojson(document):
    with pytest.raises(ValueError, match="is not a GeoJSON object"):
        parse("geojson", json.dumps(document))


@pytest.mark.parametrize("document", TOPOLOGIES, ids=json.dumps)
def test_topojson(document):
    assert len(parse("geojson", json.dumps(document), format="topojson")) == len(document)


@pytest.mark.parametrize("document", NO_TOPOLOGIES, ids=json.dumps)
def test_what_is_no_topojson(document):
    with pytest.raises(ValueError, match="is not a TopoJSON object"):
        parse("geojson", json.dumps(document), format="topojson")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1" * 4000, int("1" * 4000)),
        ("1" * 4001, Decimal("1" * 4001)),
        ("1" * 9000, Decimal("1" * 9000)),
        ("0.10", Decimal("0.10")),
    ],
)
def test_the_numbers_of_json_are_exact(text, number):
    assert load_json(text) == number
    assert type(load_json(text)) is type(number)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "is nested too deeply, or has a number that is too large"),
        ("1e99999999999999999999", "is nested too deeply, or has a number that is too large"),
        ("NaN", "NaN is not JSON"),
        ("-Infinity", "-Infinity is not JSON"),
    ],
)
def test_json_that_cannot_be_read(text, message):
    with pytest.raises(ValueError, match=r".") as caught:
        load_json(text)
    assert str(caught.value) == message
