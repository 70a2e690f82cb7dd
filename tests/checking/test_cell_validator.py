"""The cell validator: how values are written, in every type and format."""

from dataclasses import FrozenInstanceError

import pytest

from bonemet_data.checking.cell_validator import CellValidator, Violation
from bonemet_data.errors import UnsupportedSchemaError
from bonemet_data.tableschema.constraints import constraints
from bonemet_data.tableschema.parser import parse_table_schema
from tests.checking.cases import check, schema


@pytest.fixture(params=[0, 1024], ids=["prefilter", "validator"])
def _either_way(request, monkeypatch):
    """Small tables are checked by the cell validator alone; here also as large ones are."""
    monkeypatch.setattr("bonemet_data.checking.cell_checker._SMALL", request.param)


DEFAULT_FORMATS = [
    ("integer", ["1", "+1", "-0", "007", "9223372036854775808", "12345678901234567890123456"], ["1_0", " 3", "3 ", "1e3", "1.0", "INF", "NaN", "٣", "0x1", "--1", "+"]),
    ("number", ["1", "1e3", ".5", "5.", "INF", "-INF", "NaN", "nan", "-inf", "Inf", "-1.5E-3", "1e400"], ["1_0", " 3", "+INF", "-NaN", "Infinity", "1,5", "٣", "0x1p3", ".", "1e99999999999999999999"]),
    ("date", ["2024-02-29", "0001-01-01", "9999-12-31", "1899-12-31"], ["2020-02-30", "2025-1-9", "2025-11- 9", " 025-01-09", "+025-01-09", "202- 11-09", "20251109", "2025/11/09", "09-11-2025", "0000-01-01", "2025-11-09T00:00", "2025-\t1-09", "12025-01-01"]),
    ("boolean", ["true", "True", "TRUE", "1", "false", "0"], ["yes", "tRUE", "2", " true"]),
    ("year", ["2025", "-0044", "0000", "20255", "-12025", "2025Z", "2025-05:00", "2025+14:00"], ["25", "+2025", "2025 ", "+202", "02025", "2025+14:01", "2025z"]),
]  # fmt: skip


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize(
    ("kind", "good", "bad"), DEFAULT_FORMATS, ids=[v[0] for v in DEFAULT_FORMATS]
)
def test_default_formats(tmp_path, kind, good, bad):
    text = "a\n" + "".join(f'"{each}"\n' for each in [*good, *bad])
    report = check(tmp_path, text.encode(), schema(f"a {kind}"))
    assert [f.value for f in report.findings] == bad
    assert {f.rule for f in report.findings} == {"type"}


# type, field keywords, valid texts, invalid texts
FORMATS = [
    ("time", {}, ["10:00:00", "23:59:59", "24:00:00"], ["23:59:59.5", "10:00:00Z", "10:00:00+02:00", "24:00:01", "10:00", "1:00:00", "10:00:61"]),
    ("time", {"format": "%H:%M"}, ["10:00"], ["10:00:00", "25:00"]),
    ("datetime", {}, ["2024-02-29T10:00:00", "2024-02-29T10:00:00.25Z", "2024-02-29T10:00:00.123456789-14:00", "2024-02-29T24:00:00", "12024-02-29T00:00:00", "-0004-02-29T00:00:00"], ["2024-02-29T10:00:00+14:01", "2024-02-29T24:00:01", "02024-02-29T00:00:00", "2024-02-29T10:00:00.", "2025-02-29T10:00:00", "2025-01-01 10:00:00", "2025-01-01"]),
    ("datetime", {"format": "%d.%m.%Y %H:%M"}, ["24.12.2025 10:00"], ["2025-12-24T10:00:00", "31.02.2025 10:00"]),
    ("date", {"format": "%d.%m.%Y"}, ["24.12.2025", "4.2.2025"], ["2025-12-24", "31.02.2025", "٢4.12.2025", "24.12. 2025", "24.12.25"]),
    ("date", {"format": "fmt:%d/%m/%Y"}, ["24/12/2025"], ["24.12.2025"]),
    ("date", {"format": "%d %b %y"}, ["24 Dec 25"], ["24 Dez 25"]),
    ("date", {"format": "%d/%m"}, ["29/02"], ["30/02"]),
    ("date", {"format": "any"}, ["24 Dec 2025", "12/24/2025"], ["nonsense"]),
    ("datetime", {"format": "%Y-%m-%d %H:%M %z"}, ["2025-01-01 10:00 +0200"], ["2025-01-01 10:00 +1500"]),
    ("yearmonth", {}, ["2025-12", "-0044-03", "20255-01", "2025-12Z"], ["2025-13", "2025-1", "2025", "202512"]),
    ("duration", {}, ["P1Y", "PT5M", "P1Y2M3DT4H5M6.5S", "-P1D"], ["P", "PT", "1Y", "P1S", "P1Y2"]),
    ("string", {"format": "email"}, ["a.b@example.org", '"a b"@x.org', "a@exämple.org"], ["a..b@x.org", ".a@x.org", "a@-x.org", "a@x..org", "a@b", "a b@example.org", "@example.org"]),
    ("string", {"format": "uri"}, ["https://example.org/a?b#c", "urn:x:y", "http://[::1]/x", "http://u@a.b:80", "mailto:a@b.c"], ["http://a.b/%zz", "http://[::1", "http://[::g]", "1a:b", "http://a.b#c#d", "example.org", "http://a b"]),
    ("string", {"format": "uuid"}, ["0bccc138-be23-4af0-8bbc-0929d04951f2"], ["0bccc138be234af08bbc0929d04951f2"]),
    ("string", {"format": "binary"}, ["aGk=", "aGkh"], ["aGk", "a*k="]),
    ("number", {"decimalChar": ","}, ["1,5", "1"], ["1.5", "1,5,0"]),
    ("number", {"groupChar": ","}, ["1,234.5", "1234", "1,234,567", "1,00,000"], ["1,,234", ",123", "1.234,567", "1,23", "12,34.5", "1,2345"]),
    ("number", {"decimalChar": ",", "groupChar": "."}, ["1.234,5", "1,5"], ["1,234.5", "1.5"]),
    ("number", {"bareNumber": False}, ["95%", "EUR 95.5", "-3 kg", "no. 5", "€ -.5"], ["kg", "9 5", "-€5"]),
    ("integer", {"groupChar": " "}, ["1 234", "-12 345"], ["1 23", "1.5"]),
    ("integer", {"bareNumber": False}, ["95%", "95"], ["9.5%"]),
    ("boolean", {"trueValues": ["ja"], "falseValues": ["nein"]}, ["ja", "nein"], ["true", "Ja"]),
    ("integer", {"missingValues": ["-", "n/a"]}, ["-", "n/a", "1"], ["NA"]),
    ("integer", {"missingValues": [{"value": "-", "label": "refused"}]}, ["-", "1"], ["NA"]),
    ("object", {}, ['{"a": [1, 2.5]}', "{}"], ["[]", "1", "{a: 1}", '{"a": NaN}', "[" * 100_000]),
    ("array", {}, ["[1, {}]", "[]"], ["{}", "[1,]", "x"]),
    ("list", {}, ["a,b", "a"], []),
    ("list", {"itemType": "integer", "delimiter": "; "}, ["1; 2", "1"], ["1;2", "1; x", "1; "]),
    ("geopoint", {}, ["90.50, 45.50", "90,-45", "1e1,2", "180,90", "-180, -90.0"], ["181,0", "0,91", "-180.1,0", "0,-90.1", f"180.{'0' * 40}1,0", f"0,90.{'0' * 40}1", "90 45", "a,b", "1,2,3"]),
    ("geopoint", {"format": "array"}, ["[90.50, 45.50]"], ["90.50, 45.50", "[1]", '["1", "2"]', "[true, 1]"]),
    ("geopoint", {"format": "object"}, ['{"lon": 90.50, "lat": 45.50}'], ['{"lon": 1}', '{"lon": 1, "lat": 2, "x": 3}']),
    ("geojson", {}, ['{"type": "Point", "coordinates": [1, 2]}', '{"type": "Feature", "geometry": null, "properties": null}', '{"type": "FeatureCollection", "features": []}'], ['{"type": "Point"}', '{"type": "Point", "coordinates": [1]}', '{"type": "LineString", "coordinates": [[1, 2]]}', '{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [2, 2]]]}', "[]"]),
    ("geojson", {"format": "topojson"}, ['{"type": "Topology", "objects": {}, "arcs": []}'], ['{"type": "Topology"}']),
    ("any", {}, ["x", "1", "[]"], []),
]  # fmt: skip


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize(("kind", "keywords", "good", "bad"), FORMATS)
def test_other_types_and_formats(tmp_path, kind, keywords, good, bad):
    rules = {"fields": [{"name": "a", "type": kind, **keywords}]}
    quoted = (each.replace('"', '""') for each in [*good, *bad])
    report = check(tmp_path, ("a\n" + "".join(f'"{each}"\n' for each in quoted)).encode(), rules)
    assert [f.value for f in report.findings] == bad
    assert {f.rule for f in report.findings} <= {"type"}


# type, field keywords, constraints, a valid text, an invalid one
LIMITS = [
    ("time", {}, {"minimum": "10:00:00"}, "10:00:00", "09:59:59"),
    ("datetime", {}, {"maximum": "2025-01-01T00:00:00"}, "2025-01-01T01:00:00+02:00", "2025-01-01T00:00:01"),
    ("date", {"format": "%d.%m.%Y"}, {"minimum": "01.02.2025"}, "02.02.2025", "03.01.2025"),
    ("yearmonth", {}, {"exclusiveMinimum": "2025-01"}, "2025-02", "2025-01"),
    ("duration", {}, {"enum": ["P1D"]}, "PT24H", "P2D"),
    ("duration", {}, {"enum": ["P12M"]}, "P1Y", "P365D"),
    ("duration", {}, {"minimum": "P1M"}, "P31D", "P30D"),
    ("duration", {}, {"exclusiveMaximum": "P1Y"}, "P11M", "P1Y"),
    ("integer", {}, {"minimum": 0.5}, "1", "0"),
    ("integer", {}, {"exclusiveMaximum": "12345678901234567890"}, "12345678901234567889", "12345678901234567890"),
    ("number", {}, {"maximum": 9007199254740992}, "9007199254740992", "9007199254740993"),
    ("number", {}, {"minimum": f"1.{'0' * 40}1"}, f"1.{'0' * 40}1", "1"),
    ("number", {}, {"enum": [f"1.{'0' * 40}1"]}, f"1.{'0' * 40}10", "1"),
    ("datetime", {}, {"minimum": f"2025-01-01T00:00:00.{'0' * 40}1"}, "2025-01-01T00:00:01", "2025-01-01T00:00:00"),
    ("duration", {}, {"exclusiveMinimum": f"PT{'1' * 40}S"}, f"PT{'1' * 39}2S", f"PT{'1' * 40}S"),
    ("number", {}, {"enum": [0.1]}, "1e-1", "0.10000000000000000001"),
    ("number", {}, {"exclusiveMinimum": 0}, "1e-400", "0.0"),
    ("number", {"decimalChar": ","}, {"minimum": 0.5}, "0,5", "0,4"),
    ("number", {}, {"maximum": 1}, "1", "NaN"),
    ("number", {}, {"enum": ["NaN", 1]}, "nan", "2"),
    ("number", {}, {"enum": [1, 2]}, "1", "NaN"),
    ("any", {}, {"enum": [1, "x"]}, "1", "2"),
    ("list", {}, {"maxLength": 1}, "a", "a,b"),
    ("array", {}, {"minLength": 1}, "[0]", "[]"),
    ("array", {}, {"enum": [[1, 2]]}, "[1.0, 2]", "[2, 1]"),
    ("object", {}, {"maxLength": 0}, "{}", '{"a": 1}'),
    ("object", {}, {"jsonSchema": {"required": ["a"], "properties": {"a": {"pattern": "^x"}}}}, '{"a": "x"}', '{"a": "y"}'),
    ("string", {}, {"pattern": r"\i\c*"}, "a.1", "1a"),
    ("string", {}, {"pattern": "[a-z-[aeiou]]+"}, "xyz", "abc"),
    ("string", {}, {"pattern": r"\p{Lu}\w"}, "Äb", "äb"),
    ("string", {}, {"maxLength": 10**30, "minLength": 1, "enum": ["x"]}, "x", "y"),
    ("string", {}, {"pattern": "(a+)+"}, "aa", "a" * 40 + "!"),
    ("number", {"decimalChar": ","}, {"maximum": "1,5"}, "1,5", "1,6"),
    ("string", {"format": "email"}, {"maxLength": 7}, "a@b.org", "aa@b.org"),
]  # fmt: skip


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize(("kind", "keywords", "constraints", "good", "bad"), LIMITS)
def test_limits_in_other_formats(tmp_path, kind, keywords, constraints, good, bad):
    rules = {"fields": [{"name": "a", "type": kind, "constraints": constraints, **keywords}]}
    cells = [cell.replace('"', '""') for cell in (good, bad)]
    report = check(tmp_path, f'a\n"{cells[0]}"\n"{cells[1]}"\n'.encode(), rules)
    assert [(f.value, f.rule) for f in report.findings] == [(bad, [*constraints][-1])]


@pytest.mark.parametrize(
    "field",
    [
        {"type": "string", "format": "ipv4"},
        {"type": "date", "format": "YYYY-MM-DD"},
        {"type": "date", "format": "%s"},
        {"type": "number", "decimalChar": ".."},
        {"type": "number", "groupChar": "."},
        {"type": "integer", "format": "x"},
        {"type": "duration", "constraints": {"minimum": "1D"}},
        {"type": "boolean", "constraints": {"minimum": True}},
        {"type": "string", "missingValues": "NA"},
        {"type": "geopoint", "format": "x"},
        {"type": "list", "itemType": "list"},
        {"type": "string", "constraints": {"pattern": "a{1000000}"}},
        {"type": "string", "constraints": {"requried": True}},
    ],
)
def test_formats_that_are_not_supported(tmp_path, field):
    with pytest.raises(UnsupportedSchemaError):
        check(tmp_path, b"a\n1\n", {"fields": [{"name": "a", **field}]})


def test_a_violation_does_not_change():
    violation = Violation("enum", "is not one of: x")
    with pytest.raises(FrozenInstanceError):
        violation.message = ""
    assert not hasattr(violation, "__dict__")
    assert len({violation, Violation("enum", "is not one of: x")}) == 1


def validator(*rules, missing=("",), required="required", suggest=None):
    schema = parse_table_schema(
        {"fields": [{"name": "a", "type": "string", "constraints": dict(rules)}]}, "schema"
    )
    found = tuple(c for c in constraints(schema, lambda _: None) if c.on_cell)
    return CellValidator(schema.fields[0], found, frozenset(missing), required, suggest)


def test_the_violations_of_texts_and_of_null():
    cells = validator(("enum", ["x", "y"]), ("maxLength", 1), missing=("", "NA"))
    null = (Violation("null", ""),)
    found = cells.check_texts(["x", "zz", None, "NA", "y", "", "zz"], null)
    assert {index: [each.rule for each in violations] for index, violations in found.items()} == {
        1: ["enum", "maxLength"], 2: ["null"], 3: ["required"], 5: ["required"], 6: ["enum", "maxLength"],
    }  # fmt: skip
    assert cells.check_texts([None, "x"], ()) == {}
    assert cells.check_text("x") == ()
    assert [each.message for each in cells.check_text("NA")] == ["required value is missing"]
    assert (cells.parse("x"), cells.parse("NA")) == ("x", None)
    assert validator(required="").check_text("") == ()


def test_results_are_kept_for_a_limited_number_of_texts(monkeypatch):
    monkeypatch.setattr("bonemet_data.checking.cell_validator._CACHE_SIZE", 2)
    cells = validator(("enum", ["x"]))
    for _ in range(2):
        assert sorted(cells.check_texts(["a", "x", "b", "c"], ())) == [0, 2, 3]
        assert len(cells._cache) == 2
    monkeypatch.setattr("bonemet_data.checking.cell_validator._CACHE_SIZE", 5)
    for texts, size in ((["d"], 3), (["e", "f", "g"], 5), (["h"], 5)):
        assert len(cells.check_texts(texts, ())) == len(texts)
        assert len(cells._cache) == size
    calls = []
    monkeypatch.setattr(cells, "_parse", calls.append)
    cells.check_texts(["a", "b"], ())
    assert calls == ["b"]


def test_only_an_allowed_value_is_suggested():
    names = {"X": "x", "Z": "z", "W": None}
    cells = validator(("enum", ["x"]), ("maxLength", 1), suggest=names.get)
    suggestions = {text: [each.suggestion for each in cells.check_text(text)] for text in names}
    assert suggestions == {"X": ["x"], "Z": [None], "W": [None]}
    assert [each.suggestion for each in validator(("maxLength", 1), suggest=str).check_text("xx")] == [None]  # fmt: skip
