"""Typed columns mean what their values stand for."""

import datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bonemet_data as bm
from tests.checking.cases import schema

NUMBER = schema(["a", "number", {"maximum": 0.1}])


# schema, values, their Polars type, the rows and rules of the findings
TYPED = [
    (NUMBER, [0.1, 0.2], pl.Float32, [(2, "maximum")]),
    (schema(["a", "number", {"enum": ["0.1"]}]), [0.1, 0.2], pl.Float32, [(2, "enum")]),
    (schema(["a", "number", {"enum": [1, 2]}]), [1, 3], pl.Int8, [(2, "enum")]),
    (schema(["a", "number", {"unique": True}]), [1, 1], pl.UInt32, [(1, "unique"), (2, "unique")]),
    (schema(["a", "integer"]), ["1.00", "1.50"], pl.Decimal(10, 2), [(2, "type")]),
    (schema(["a", "time", {"maximum": "11:00:00"}]), [12 * 3600 * 10**9 + 1, 0], pl.Time, [(1, "type")]),
    (schema(["a", "datetime"]), [1, 1000], pl.Datetime("ns"), []),
    (schema(["a", "datetime", {"unique": True}]), [1, 1, 1000], pl.Datetime("ns"), [(1, "unique"), (2, "unique")]),
    (schema(["a", "number", {"unique": True}]), [0.0, 1.5, -0.0], pl.Float64, [(1, "unique"), (3, "unique")]),
    (schema("a year"), [20, 2025, -44, -1044], pl.Int64, [(1, "type"), (3, "type")]),
    (schema("a time"), [10**9, 1], pl.Time, [(2, "type")]),
    (schema(["a", "number", {"required": True}]), [float("nan"), None], pl.Float64, [(2, "required")]),
    (schema(["a", "number", {"minimum": 0}]), [float("nan"), 1.0], pl.Float64, [(1, "minimum")]),
    (schema(["a", "number", {"minimum": 0}]), [-1.0, 1.0, float("nan"), -1.0], pl.Float64, [(1, "minimum"), (3, "minimum"), (4, "minimum")]),
    (schema(["a", "number", {"minimum": 9, "enum": [1]}]), [float("nan")], pl.Float64, [(1, "minimum"), (1, "enum")]),
    (schema(["a", "number", {"enum": [1]}]), [0.0, -0.0, 1.0], pl.Float64, [(1, "enum"), (2, "enum")]),
    (schema(["a", "boolean", {"unique": True}]), [True, False, True], pl.Boolean, [(1, "unique"), (3, "unique")]),
    (schema("a string"), [[1], None], pl.List(pl.Int64), [(1, "type")]),
    (schema(["a", "string", {"unique": True}]), [[1], [1]], pl.List(pl.Int64), [(1, "type"), (2, "type")]),
    (schema("a string"), [{"x": 1}], pl.Struct({"x": pl.Int64}), [(1, "type")]),
    (schema("a object"), [{"x": 1}], pl.Struct({"x": pl.Int64}), []),
    (schema("a array"), [[1, 2]], pl.List(pl.Int64), []),
    (schema(["a", "list", {"maxLength": 1}]), [["x"], ["x", "y"]], pl.List(pl.String), [(2, "maxLength")]),
    (schema("a any"), [[1, 2]], pl.List(pl.Int64), []),
    (schema("a string"), ["x"], pl.Categorical, []),
    (schema(["a", "datetime", {"unique": True}]), [1000, 2000], pl.Datetime("ns"), []),
    (schema(["a", "date", {"minimum": "2025-01-01"}]), [3_000_000, 20_100], pl.Date, [(1, "type")]),
    (schema("a datetime"), [3_000_000 * 86_400 * 10**6, 0], pl.Datetime("us"), []),
    (schema(["a", "number", {"enum": [1, 2]}]), [float("nan"), 1.0, 3.0], pl.Float64, [(1, "enum"), (3, "enum")]),
    (schema(["a", "number", {"enum": ["NaN", 1]}]), [float("nan"), 1.0, 3.0], pl.Float64, [(3, "enum")]),
    (schema(["a", "duration"]), [1000, None], pl.Duration("us"), []),
    (schema(["a", "integer", {"required": True}], missingValues=["-99"]), [1, -99], pl.Int64, [(2, "required")]),
    (schema(["a", "integer", {"minimum": 0, "unique": True}], missingValues=["-99"]), [-99, -99, 1], pl.Int64, []),
    (schema("b string"), [1, 2], pl.Int64, [(None, "columns")]),
]  # fmt: skip


@pytest.mark.parametrize("form", ["frame", "parquet"])
@pytest.mark.parametrize("small", [0, 1024], ids=["prefilter", "validator"])
@pytest.mark.parametrize(("rules", "cells", "dtype", "expected"), TYPED)
def test_values_mean_what_they_stand_for(
    tmp_path, monkeypatch, rules, cells, dtype, expected, small, form
):
    monkeypatch.setattr("bonemet_data.checking.cell_checker._SMALL", small)
    data = pl.Series("a", cells).cast(dtype).to_frame()
    if form == "parquet":
        data.write_parquet(tmp_path / "t.parquet")
        data = tmp_path / "t.parquet"
    report = bm.check(data, rules)
    assert [(f.row, f.rule) for f in report.findings] == expected
    assert report.rows == len(cells)


TOKYO = pl.Series("a", [datetime.datetime(2024, 1, 1)]).dt.replace_time_zone("Asia/Tokyo")  # noqa: DTZ001
DAYS = pl.Series("a", [datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 1, 3)])  # noqa: DTZ001
# keywords of the field, the column, the rows and rules of the findings
COLUMNS = [
    ({"type": "date"}, TOKYO, []),
    ({"type": "datetime", "constraints": {"maximum": "2023-12-31T15:00:00Z"}}, TOKYO, []),
    ({"type": "datetime", "constraints": {"maximum": "2023-12-31T14:59:59Z"}}, TOKYO, [(1, "maximum")]),
    ({"type": "date", "format": "%d.%m.%Y"}, DAYS, [(2, "type")]),
    ({"type": "date", "format": "%d.%m.%Y", "constraints": {"unique": True}}, DAYS[[1, 1]], [(1, "type"), (2, "type")]),
    ({"type": "integer"}, pl.Series("a", [Decimal("1.00000000000000000001"), Decimal(1)]), [(1, "type")]),
    ({"type": "number", "constraints": {"maximum": 1}}, pl.Series("a", [Decimal("1.00000000000000000001"), Decimal(1)]), [(1, "maximum")]),
    ({"type": "number", "constraints": {"maximum": 1}}, pl.Series("a", [Decimal(f"1.{'0' * 35}1"), Decimal(1)]), [(1, "maximum")]),
    ({"type": "datetime", "constraints": {"minimum": f"2024-01-01T00:00:00.{'0' * 40}1"}}, DAYS, [(1, "minimum")]),
    ({"type": "number", "decimalChar": ",", "constraints": {"unique": True}}, pl.Series("a", [Decimal("1.50"), Decimal("2.5")]), []),
    ({"type": "number", "decimalChar": ",", "constraints": {"maximum": "1,5"}}, pl.Series("a", [1.5, 1.6]), [(2, "maximum")]),
]  # fmt: skip


@pytest.mark.parametrize("small", [0, 1024], ids=["prefilter", "validator"])
@pytest.mark.parametrize(("field", "column", "expected"), COLUMNS)
def test_columns_of_other_types(monkeypatch, field, column, expected, small):
    monkeypatch.setattr("bonemet_data.checking.cell_checker._SMALL", small)
    report = bm.check(column.to_frame(), {"fields": [{"name": "a", **field}]})
    assert [(f.row, f.rule) for f in report.findings] == expected


# type, Polars type, values, limits
SAME = {
    "integer": (pl.Int64, st.integers(-(2**63), 2**63 - 1), ["0", "9007199254740993", "12345678901234567890"]),
    "number": (pl.Float64, st.floats(allow_infinity=False), ["0", "0.1", "9007199254740993", "1e-320"]),
    "year": (pl.Int64, st.integers(-3000, 20_000), ["2000", "-0044"]),
    "date": (pl.Date, st.dates(), ["2000-01-01"]),
    "datetime": (pl.Datetime("us"), st.datetimes(), ["2000-01-01T00:00:00.0000001", "2000-01-01T00:00:00+01:00"]),
    "boolean": (pl.Boolean, st.booleans(), []),
}  # fmt: skip


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_one_value_has_one_verdict_in_csv_parquet_and_frames(tmp_path, data):
    kind = data.draw(st.sampled_from(sorted(SAME)))
    dtype, values, limits = SAME[kind]
    constraints = {"required": data.draw(st.booleans()), "unique": data.draw(st.booleans())}
    if limits:
        keyword = data.draw(st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]))  # fmt: skip
        constraints[keyword] = data.draw(st.sampled_from(limits))
        near = {"integer": [2**53 + 1], "number": [0.1, 2.0**53, 1e-320]}.get(kind, [])
        values = values | st.sampled_from(near) if near else values
    frame = pl.Series("a", data.draw(st.lists(st.none() | values, max_size=8)), dtype).to_frame()
    schema = {"fields": [{"name": "a", "type": kind, "constraints": constraints}]}
    form = "%Y-%m-%dT%H:%M:%S%.6f" if kind == "datetime" else None
    frame.with_columns(b=1).write_csv(tmp_path / "t.csv", datetime_format=form)
    frame.with_columns(b=1).write_parquet(tmp_path / "t.parquet")
    schema["fields"].append({"name": "b"})
    reports = []
    for small in (0, 1024):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bonemet_data.checking.cell_checker._SMALL", small)
            for each in (tmp_path / "t.csv", tmp_path / "t.parquet", frame.with_columns(b=1)):
                report = bm.check(each, schema, limit=1000)
                reports.append(sorted((f.row, f.rule.value) for f in report.findings))
    assert all(report == reports[0] for report in reports), (reports, frame)
