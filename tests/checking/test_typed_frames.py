"""Typed columns mean what their values stand for."""

import polars as pl
import pytest

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
    (schema(["a", "datetime"]), [1, 1000], pl.Datetime("ns"), [(1, "type")]),
    (schema(["a", "datetime", {"unique": True}]), [1000, 2000], pl.Datetime("ns"), []),
    (schema(["a", "date", {"minimum": "2025-01-01"}]), [3_000_000, 20_100], pl.Date, [(1, "type")]),
    (schema(["a", "duration"]), [1000, None], pl.Duration("us"), []),
    (schema(["a", "integer", {"required": True}], missingValues=["-99"]), [1, -99], pl.Int64, [(2, "required")]),
    (schema(["a", "integer", {"minimum": 0, "unique": True}], missingValues=["-99"]), [-99, -99, 1], pl.Int64, []),
    (schema("b string"), [1, 2], pl.Int64, [(None, "columns"), (None, "columns")]),
]  # fmt: skip


@pytest.mark.parametrize("form", ["frame", "parquet"])
@pytest.mark.parametrize(("rules", "cells", "dtype", "expected"), TYPED)
def test_values_mean_what_they_stand_for(tmp_path, rules, cells, dtype, expected, form):
    data = pl.Series("a", cells).cast(dtype).to_frame()
    if form == "parquet":
        data.write_parquet(tmp_path / "t.parquet")
        data = tmp_path / "t.parquet"
    report = bm.check(data, rules)
    assert [(f.row, f.rule) for f in report.findings] == expected
    assert report.rows == len(cells)
