"""The cell validator: how values are written, in every type and format."""

import pytest

from bonemet_data.errors import UnsupportedSchemaError
from tests.checking.cases import check, schema

DEFAULT_FORMATS = [
    ("integer", ["1", "+1", "-0", "007", "9223372036854775807"], ["1_0", " 3", "3 ", "1e3", "1.0", "INF", "NaN", "12345678901234567890", "٣", "0x1", "--1", "+"]),
    ("number", ["1", "1e3", ".5", "5.", "INF", "-INF", "NaN", "-1.5E-3"], ["1_0", " 3", "inf", "nan", "+INF", "Infinity", "1e400", "1,5", "٣", "0x1p3", "."]),
    ("date", ["2024-02-29", "0001-01-01", "9999-12-31", "1899-12-31"], ["2020-02-30", "2025-1-9", "2025-11- 9", " 025-01-09", "+025-01-09", "202- 11-09", "20251109", "2025/11/09", "09-11-2025", "0000-01-01", "2025-11-09T00:00", "2025-\t1-09"]),
    ("boolean", ["true", "True", "TRUE", "1", "false", "0"], ["yes", "tRUE", "2", " true"]),
    ("year", ["2025", "-0044", "0000"], ["25", "20255", "+2025", "2025 ", "+202"]),
]  # fmt: skip


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
    ("time", {}, ["10:00:00", "23:59:59.5", "10:00:00Z", "10:00:00+02:00"], ["24:00:00", "10:00", "1:00:00", "10:00:61"]),
    ("time", {"format": "%H:%M"}, ["10:00"], ["10:00:00", "25:00"]),
    ("datetime", {}, ["2024-02-29T10:00:00", "2024-02-29T10:00:00.25Z"], ["2025-02-29T10:00:00", "2025-01-01 10:00:00", "2025-01-01"]),
    ("datetime", {"format": "%d.%m.%Y %H:%M"}, ["24.12.2025 10:00"], ["2025-12-24T10:00:00", "31.02.2025 10:00"]),
    ("date", {"format": "%d.%m.%Y"}, ["24.12.2025"], ["2025-12-24", "31.02.2025"]),
    ("yearmonth", {}, ["2025-12", "-0044-03"], ["2025-13", "2025-1", "2025", "202512"]),
    ("duration", {}, ["P1Y", "PT5M", "P1Y2M3DT4H5M6.5S", "-P1D"], ["P", "PT", "1Y", "P1S", "P1Y2"]),
    ("string", {"format": "email"}, ["a.b@example.org"], ["a@b", "a b@example.org", "@example.org"]),
    ("string", {"format": "uri"}, ["https://example.org/a?b#c", "urn:x:y"], ["example.org", "http://a b"]),
    ("string", {"format": "uuid"}, ["0bccc138-be23-4af0-8bbc-0929d04951f2"], ["0bccc138be234af08bbc0929d04951f2"]),
    ("string", {"format": "binary"}, ["aGk=", "aGkh"], ["aGk", "a*k="]),
    ("number", {"decimalChar": ","}, ["1,5", "1"], ["1.5", "1,5,0"]),
    ("number", {"groupChar": ","}, ["1,234.5", "1234", "1,234,567"], ["1,23", "12,34.5", "1,2345"]),
    ("number", {"decimalChar": ",", "groupChar": "."}, ["1.234,5", "1,5"], ["1,234.5", "1.5"]),
    ("number", {"bareNumber": False}, ["95%", "EUR 95.5", "-3 kg"], ["kg", "9 5"]),
    ("integer", {"groupChar": " "}, ["1 234", "-12 345"], ["1 23", "1.5"]),
    ("integer", {"bareNumber": False}, ["95%", "95"], ["9.5%"]),
    ("boolean", {"trueValues": ["ja"], "falseValues": ["nein"]}, ["ja", "nein"], ["true", "Ja"]),
    ("integer", {"missingValues": ["-", "n/a"]}, ["-", "n/a", "1"], ["NA"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "keywords", "good", "bad"), FORMATS)
def test_other_types_and_formats(tmp_path, kind, keywords, good, bad):
    rules = {"fields": [{"name": "a", "type": kind, **keywords}]}
    text = "a\n" + "".join(f'"{each}"\n' for each in [*good, *bad])
    report = check(tmp_path, text.encode(), rules)
    assert [f.value for f in report.findings] == bad
    assert {f.rule for f in report.findings} == {"type"}


# type, field keywords, constraints, a valid text, an invalid one
LIMITS = [
    ("time", {}, {"minimum": "10:00:00"}, "10:00:00Z", "11:00:00+02:00"),
    ("datetime", {}, {"maximum": "2025-01-01T00:00:00"}, "2025-01-01T01:00:00+02:00", "2025-01-01T00:00:01"),
    ("date", {"format": "%d.%m.%Y"}, {"minimum": "01.02.2025"}, "02.02.2025", "03.01.2025"),
    ("yearmonth", {}, {"exclusiveMinimum": "2025-01"}, "2025-02", "2025-01"),
    ("duration", {}, {"enum": ["P1D"]}, "P1D", "P2D"),
    ("number", {"decimalChar": ","}, {"maximum": "1,5"}, "1,5", "1,6"),
    ("string", {"format": "email"}, {"maxLength": 7}, "a@b.org", "aa@b.org"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "keywords", "constraints", "good", "bad"), LIMITS)
def test_limits_in_other_formats(tmp_path, kind, keywords, constraints, good, bad):
    rules = {"fields": [{"name": "a", "type": kind, "constraints": constraints, **keywords}]}
    report = check(tmp_path, f'a\n"{good}"\n"{bad}"\n'.encode(), rules)
    assert [(f.value, f.rule) for f in report.findings] == [(bad, next(iter(constraints)))]


@pytest.mark.parametrize(
    "field",
    [
        {"type": "string", "format": "ipv4"},
        {"type": "date", "format": "any"},
        {"type": "date", "format": "%A"},
        {"type": "number", "decimalChar": ".."},
        {"type": "number", "groupChar": "."},
        {"type": "integer", "decimalChar": ","},
        {"type": "integer", "format": "x"},
        {"type": "duration", "constraints": {"minimum": "P1D"}},
        {"type": "boolean", "constraints": {"unique": True}},
        {"type": "string", "missingValues": "NA"},
        {"type": "geopoint"},
    ],
)
def test_formats_that_are_not_supported(tmp_path, field):
    with pytest.raises(UnsupportedSchemaError):
        check(tmp_path, b"a\n1\n", {"fields": [{"name": "a", **field}]})
