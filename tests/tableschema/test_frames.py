"""Frames: the data type of each field type in pandas, Polars and Arrow."""

import datetime

import pytest

from bonemet_data.errors import UnsupportedSchemaError
from bonemet_data.tableschema.frames import ENGINES
from bonemet_data.tableschema.parser import parse_table_schema

DAY = datetime.date(2024, 2, 29)
MOMENT = datetime.datetime(2024, 2, 29, 10)  # noqa: DTZ001 - values are naive, in UTC
# type, constraints, value, the data types in pandas, Polars and Arrow; "" if there is none
DTYPES = [
    ("string", {}, "x", "string", "String", "string"),
    ("string", {"enum": ["x"]}, "x", "category", "Enum(categories=['x'])", "dictionary<values=string, indices=int8, ordered=0>"),
    ("integer", {}, 1, "Int64", "Int64", "int64"),
    ("year", {}, 2024, "Int64", "Int64", "int64"),
    ("number", {}, 0.5, "Float64", "Float64", "double"),
    ("boolean", {}, True, "boolean", "Boolean", "bool"),
    ("date", {}, DAY, "datetime64[s]", "Date", "date32[day]"),
    ("datetime", {}, MOMENT, "datetime64[us]", "Datetime(time_unit='us', time_zone=None)", "timestamp[us]"),
    ("time", {}, datetime.time(10), "", "Time", "time64[us]"),
    ("yearmonth", {}, (2024, 2), "", "", ""),
    ("duration", {}, "P1Y", "", "", ""),
]  # fmt: skip
CASES = [(row[:3], *pair) for row in DTYPES for pair in zip(("pandas", "polars", "arrow"), row[3:], strict=True)]  # fmt: skip


@pytest.mark.parametrize(("case", "engine", "dtype"), CASES)
def test_the_data_type_of_a_column(case, engine, dtype):
    kind, constraints, value = case
    fields = [{"name": "a", "type": kind, "constraints": constraints}]
    schema = parse_table_schema({"fields": fields}, "schema")
    if not dtype:
        with pytest.raises(UnsupportedSchemaError, match=f"has no data type for the type {kind}"):
            ENGINES[engine](schema, {"a": [value, None]})
        return
    frame = ENGINES[engine](schema, {"a": [value, None]})
    column = frame.schema.field("a").type if engine == "arrow" else frame["a"].dtype
    assert str(column) == dtype


def test_records_have_the_values_as_they_are():
    schema = parse_table_schema({"fields": [{"name": "a", "type": "yearmonth"}]}, "schema")
    assert ENGINES["records"](schema, {"a": [(2024, 2), None]})[0].a == (2024, 2)
