"""The types of values that are stored as such, in frames, Parquet, JSON and spreadsheets."""

import datetime as dt
import json
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

import bonemet_data as bm

DAY = dt.date(2024, 1, 31)
NIGHT = dt.datetime.combine(DAY, dt.time())
NOON = dt.datetime.combine(DAY, dt.time(12))


def types(data):
    schema = bm.infer(data)
    assert bm.check(data, schema).valid
    return [field["type"] for field in schema["fields"]]


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        ([1, None, 2], "integer"),
        ([2**63, 1], "integer"),
        ([1.0, None, 2.0], "integer"),
        ([1.0, float("nan")], "number"),
        ([0.5, 2.0], "number"),
        ([Decimal("0.10"), Decimal("2.00")], "number"),
        ([True, None], "boolean"),
        ([DAY, None], "date"),
        ([NIGHT, None], "date"),
        ([NIGHT, NOON], "datetime"),
        ([dt.time(12), None], "time"),
        ([dt.timedelta(1), None], "duration"),
        ([[1], []], "array"),
        ([{"a": 1}, None], "object"),
        (["007", None], "string"),
        (["1,5", None], "number"),
        ([b"x", None], "string"),
        ([None, None], "any"),
    ],
)
def test_a_column_of_a_frame_and_of_parquet(tmp_path, values, type_):
    dtype = pl.UInt64 if values[0] == 2**63 else None
    frame = pl.DataFrame({"x": pl.Series(values, dtype=dtype)})
    frame.write_parquet(tmp_path / "t.parquet")
    assert types(frame) == types(tmp_path / "t.parquet") == [type_]


def test_pandas_stores_missing_integers_and_dates_in_other_types():
    frame = pd.DataFrame(
        {
            "age": [50, None],
            "seen": pd.to_datetime(["2024-01-31", None]),
            "sex": pd.Categorical(["f", "m"]),
        }
    )
    assert types(frame) == ["integer", "date", "string"]


def test_categories_of_a_frame_are_a_closed_list():
    frame = pl.DataFrame({"sex": ["f", "m"] * 20}, schema={"sex": pl.Enum(["f", "m", "x"])})
    (field,) = bm.infer(frame)["fields"]
    assert field["constraints"]["enum"] == ["f", "m"]


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        ([1, 2.0, None], "integer"),
        ([1, 0.5], "number"),
        (["1", 2], "integer"),
        (["01", "02"], "string"),
        (["01", 2], "any"),
        (["a", 2], "any"),
        (["NA", 2], "integer"),
        ([True, False], "boolean"),
        ([True, 1], "any"),
        ([[1], []], "array"),
        ([{"a": 1}], "object"),
        ([[13.4, 52.5]], "array"),
        ([{"lon": 13.4, "lat": 52.5}], "geopoint"),
        ([{"type": "Point", "coordinates": [13.4, 52.5]}], "geojson"),
        (["2024-01-31", "2024-02-01"], "date"),
        ([20240131, 20240201, 20240301], "integer"),
        ([None], "any"),
    ],
)
def test_a_column_of_json(tmp_path, values, type_):
    path = tmp_path / "t.json"
    path.write_text(json.dumps([{"x": value} for value in values]), encoding="utf-8")
    assert types(path) == [type_]


def test_columns_of_a_spreadsheet(tmp_path):
    path = tmp_path / "t.xlsx"
    pl.DataFrame(
        {
            "count": [1, 2, None],
            "dose": [0.5, 2.0, None],
            "id": ["007", "008", "009"],
            "born": [DAY, DAY, None],
            "seen": [NOON, NIGHT, None],
            "ok": [True, False, None],
            "said": ["yes", "no", "NA"],
        }
    ).write_excel(path)
    assert types(path) == ["integer", "number", "string", "date", "datetime", "boolean", "boolean"]
