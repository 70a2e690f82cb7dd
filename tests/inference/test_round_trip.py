"""The schema that is inferred from a table accepts the table, whatever is in it."""

import datetime as dt
import json
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bonemet_data as bm

TEXTS = st.one_of(
    st.sampled_from(
        [
            "0",
            "1",
            "-1",
            "007",
            "+4930123456",
            "12345678901234567890",
            "1.5",
            "1,5",
            "1.234,5",
            "1,234",
            "1,234.5",
            "1'234",
            "1e5",
            "inf",
            "nan",
            "NA",
            "N/A",
            "unknown",
            "-",
            ".",
            "?",
            "yes",
            "no",
            "Yes",
            "y",
            "n",
            "true",
            "FALSE",
            "T",
            "2024-01-31",
            "31.01.2024",
            "01/02/2024",
            "01/13/2024",
            "13/01/2024",
            "20240131",
            "31-Jan-2024",
            "2024-01-31T10:00:00",
            "2024-01-31T10:00:00.5+01:00",
            "12:30",
            "2024-01",
            "12:30:00",
            "1985",
            "P1Y",
            "PT5M",
            '{"a":1}',
            "[1,2]",
            "a@b.org",
            "https://a.org/b",
            "HP:0002653",
            "mixed",
            "osteolytic",
            "C79.51",
            "198.5",
            "174.9",
            "C50",
            "94222008",
            "24:00:00",
            "1E400000",
            "0000-01-01",
        ]
    ),
    st.sampled_from(["", " ", " 1", "1 234,5", "2024-01-31 10:00", '"', "a\nb", "ä", "x" * 5000]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=6),
    st.integers(-10_000, 10_000).map(str),
    st.dates().map(dt.date.isoformat),
)
VALUES = {
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(),
    "whole": st.integers(-100, 100).map(float),
    "boolean": st.booleans(),
    "date": st.dates(),
    "time": st.times(),
    "datetime": st.datetimes(),
    "midnight": st.dates().map(lambda day: dt.datetime.combine(day, dt.time())),
    "duration": st.timedeltas(dt.timedelta(-10_000), dt.timedelta(10_000)),
    "text": TEXTS,
    "list": st.lists(st.integers(0, 9), max_size=3),
    "struct": st.fixed_dictionaries({"a": st.integers(0, 9)}),
    "binary": st.binary(max_size=3),
}
JSON_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
    st.lists(st.integers(0, 9), max_size=2),
    st.dictionaries(st.sampled_from("ab"), st.integers(0, 9), max_size=2),
)


def columns(values):
    """Columns of few different values, as in real tables, or of any values."""
    pools = st.lists(values, min_size=1, max_size=5)
    return pools.flatmap(lambda pool: st.lists(st.sampled_from(pool), min_size=30, max_size=30))


def tables(values):
    return st.lists(columns(values), min_size=1, max_size=4)


def assert_accepted(data, **options):
    schema = bm.infer(data, **options)
    report = bm.check(data, json.loads(json.dumps(schema)), **options)
    assert report.valid, f"{report}\n{schema}"
    assert bm.infer(data, **options) == schema


def frame(rows):
    return pl.DataFrame({f"field_{i}": column for i, column in enumerate(rows)})


@given(tables(TEXTS))
@settings(max_examples=50)
def test_text_in_a_frame(rows):
    assert_accepted(frame(rows))


@given(
    tables(TEXTS),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-16", "latin-1"]),
)
@settings(max_examples=30)
def test_csv_with_any_separator_and_encoding(tmp_path_factory, rows, separator, encoding):
    text = frame([*rows, ["end"] * len(rows[0])]).write_csv(separator=separator)
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(text.encode(encoding, errors="replace"))
    assert_accepted(path, separator=separator, encoding=encoding)


@given(
    tables(TEXTS),
    st.sampled_from(["1", "NA", "mixed", "2024-01-31"]),
)
@settings(max_examples=20)
def test_with_stated_missing_values(rows, missing):
    data = frame(rows)
    schema = bm.infer(data, missing=[missing])
    assert missing in schema["missingValues"]
    assert bm.check(data, schema).valid


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
@settings(max_examples=10)
def test_typed_values_in_a_frame_and_in_parquet(tmp_path_factory, kind, data):
    column = data.draw(columns(st.none() | VALUES[kind]))
    typed = pl.DataFrame({"value": pl.Series(column, strict=False)})
    assert_accepted(typed)
    path = tmp_path_factory.mktemp("parquet") / "t.parquet"
    typed.write_parquet(path)
    assert_accepted(path)


@given(data=st.data(), kind=st.sampled_from(["integer", "number", "text", "midnight", "boolean"]))
@settings(max_examples=20)
def test_pandas_and_arrow(data, kind):
    typed = frame([data.draw(columns(VALUES[kind]))])
    assert_accepted(typed.to_arrow())
    assert_accepted(typed.to_pandas())


@given(st.lists(columns(JSON_VALUES), min_size=1, max_size=3))
@settings(max_examples=40)
def test_json(tmp_path_factory, rows):
    names = [f"field_{i}" for i in range(len(rows))]
    path = tmp_path_factory.mktemp("json") / "t.json"
    items = [dict(zip(names, row, strict=True)) for row in zip(*rows, strict=True)]
    path.write_text(json.dumps(items), encoding="utf-8")
    assert_accepted(path)


@pytest.mark.parametrize("kind", ["integer", "number", "boolean", "date", "midnight", "text"])
@given(data=st.data())
@settings(max_examples=5)
def test_spreadsheets(tmp_path_factory, kind, data):
    values = {
        "integer": st.integers(-(10**9), 10**9),
        "number": st.floats(-1e9, 1e9).map(lambda value: float(Decimal(f"{value:.6g}"))),
        "date": st.dates(dt.date(1950, 1, 1)),
        "midnight": st.dates(dt.date(1950, 1, 1)).map(
            lambda day: dt.datetime.combine(day, dt.time())
        ),
    }.get(kind, VALUES[kind])
    path = tmp_path_factory.mktemp("xlsx") / "t.xlsx"
    frame([data.draw(columns(st.none() | values)), ["end"] * 30]).write_excel(path)
    assert_accepted(path)
