"""The engine against the slow, obvious checker: cell for cell, on CSV, Parquet and frames."""

import datetime

import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bonemet_data as bm
from tests import reference

TEXTS = {
    "string": ["", "a", "b", "aa", "NA", "x,y", 'q"q', "l\nm", " a", "é", "pain", "\r"],
    "integer": ["", "0", "1", "01", "+1", "-1", " 3", "1_0", "1e3", "NA", "9223372036854775807", "9223372036854775808", "12345678901234567890", "0" * 24 + "1"],
    "number": ["", "0", "1.0", "1", "-0.0", ".5", "5.", "1e3", "1e400", "inf", "x", " 1", "1_0", "NA"],
    "boolean": ["", "true", "True", "1", "0", "false", "yes", "NA"],
    "date": ["", "2024-02-29", "2020-02-30", "2025-1-9", "2025-11- 9", "0999-01-01", "2500-01-01", "2025/01/01", "+025-01-09", "2025-01-01", "NA", "202- 11-09"],
    "year": ["", "2025", "1999", "-0044", "+2025", "25", "20255", "NA"],
}  # fmt: skip
LIMITS = {
    "integer": ["0", "1", "-1"],
    "number": ["0.5", "1", "-1"],
    "date": ["2024-06-01", "2025-01-01"],
    "year": ["2000", "1999"],
}


@st.composite
def constraints(draw, kind):
    chosen = {}
    if draw(st.booleans()):
        chosen["required"] = True
    if kind != "boolean" and draw(st.integers(0, 3)) == 0:
        chosen["unique"] = True
    if kind in LIMITS:
        for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
            if draw(st.integers(0, 3)) == 0:
                chosen[keyword] = draw(st.sampled_from(LIMITS[kind]))
    if kind == "string":
        if draw(st.integers(0, 3)) == 0:
            chosen["minLength"] = draw(st.integers(0, 2))
        if draw(st.integers(0, 3)) == 0:
            chosen["maxLength"] = draw(st.integers(1, 3))
        if draw(st.integers(0, 3)) == 0:
            chosen["pattern"] = draw(st.sampled_from(["a+|b", "[a-z]*", "[^a]"]))
        if draw(st.integers(0, 3)) == 0:
            chosen["enum"] = draw(st.sampled_from([["a", "b", "NA"], ["pain", "x,y", "l\nm"]]))
    if kind == "integer" and draw(st.integers(0, 5)) == 0:
        chosen["enum"] = [0, 1]
    return chosen


@st.composite
def tables(draw):
    """A schema, and rows of texts, of which about half are good."""
    width = draw(st.integers(1, 4))
    kinds = [draw(st.sampled_from(sorted(TEXTS))) for _ in range(width)]
    names = [f"n{at}" for at in range(width)]
    schema = {
        "fields": [
            {"name": name, "type": kind, "constraints": draw(constraints(kind))}
            for name, kind in zip(names, kinds, strict=True)
        ]
    }
    if draw(st.booleans()):
        schema["missingValues"] = draw(st.sampled_from([["NA"], ["", "NA"], []]))
    if draw(st.integers(0, 2)) == 0:
        schema["primaryKey"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))  # fmt: skip
    if draw(st.integers(0, 2)) == 0:
        schema["uniqueKeys"] = [draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))]  # fmt: skip
    alike = [name for name, kind in zip(names, kinds, strict=True) if kind == kinds[0]]
    if len(alike) > 1 and draw(st.booleans()):
        reference_to = {"resource": "", "fields": [alike[0]]}
        schema["foreignKeys"] = [{"fields": [alike[1]], "reference": reference_to}]
    row = st.tuples(*(st.sampled_from(TEXTS[kind]) for kind in kinds))
    rows = draw(st.lists(row, max_size=12))
    return schema, [list(each) for each in rows]


def write(folder, table):
    schema, rows = table
    place = folder / "t.csv"
    place.write_bytes(reference.write_csv([f["name"] for f in schema["fields"]], rows))
    return place


def found(report):
    assert len(report.failures) == report.failed
    return sorted((f.row, f.column, f.value, f.rule) for f in report.failures)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tables())
def test_csv(tmp_path, table):
    schema, rows = table
    place = write(tmp_path, table)
    report = bm.check(place, schema, limit=1000)
    expected = reference.failures(schema, rows)
    assert found(report) == expected
    assert report.rows == len(rows)
    assert report.cells == reference.cells(expected)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tables())
def test_blocks_of_a_few_bytes_give_the_same(tmp_path, table):
    schema, _ = table
    place = write(tmp_path, table)
    whole = bm.check(place, schema, limit=1000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bonemet_data.checking.sources.SIZE", 5)
        assert bm.check(place, schema, limit=1000) == whole


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tables(), st.sampled_from(["polars", "lazy", "pandas", "arrow", "parquet", "feather"]))
def test_frames_of_text(tmp_path, table, form):
    """A frame of text is read as its CSV would be; null is missing, whatever missingValues says."""
    schema, rows = table
    names = [f["name"] for f in schema["fields"]]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    data = {
        "polars": lambda: frame,
        "lazy": frame.lazy,
        "pandas": lambda: pd.DataFrame(frame.to_dict(as_series=False), dtype="string"),
        "arrow": frame.to_arrow,
        "parquet": lambda: save(frame.write_parquet, tmp_path / "t.parquet"),
        "feather": lambda: save(frame.write_ipc, tmp_path / "t.feather"),
    }[form]()
    report = bm.check(data, schema, limit=1000)
    assert found(report) == reference.failures(schema, rows)


def save(write, place):
    write(place)
    return place


TYPED = {
    "integer": (pl.Int64, int, ["0", "1", "-1", "7"]),
    "number": (pl.Float64, float, ["0.5", "1.0", "-1.0"]),
    "date": (pl.Date, datetime.date.fromisoformat, ["2024-02-29", "2025-01-01"]),
    "string": (pl.String, str, ["a", "b", "aa", "pain"]),
    "boolean": (pl.Boolean, lambda text: text == "true", ["true", "false"]),
}


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_typed_columns(tmp_path, data):
    kinds = data.draw(st.lists(st.sampled_from(sorted(TYPED)), min_size=1, max_size=3))
    schema = {
        "fields": [
            {"name": f"n{at}", "type": kind, "constraints": data.draw(constraints(kind))}
            for at, kind in enumerate(kinds)
        ]
    }
    row = st.tuples(*(st.sampled_from(["", *TYPED[kind][2]]) for kind in kinds))
    rows = [list(each) for each in data.draw(st.lists(row, max_size=10))]
    frame = pl.DataFrame(
        {
            f"n{at}": pl.Series(
                [TYPED[kind][1](r[at]) if r[at] else None for r in rows], dtype=TYPED[kind][0]
            )
            for at, kind in enumerate(kinds)
        }
    )
    place = tmp_path / "t.parquet"
    frame.write_parquet(place)
    expected = [(row, column, cell or None, rule) for row, column, cell, rule in reference.failures(schema, rows)]  # fmt: skip
    for each in (frame, place, frame.to_arrow()):
        assert sorted(found(bm.check(each, schema, limit=1000)), key=str) == sorted(expected, key=str)  # fmt: skip


def test_many_blocks_and_duplicates_across_them(tmp_path, monkeypatch):
    """Half a million rows: each duplicate is found, wherever its partner is."""
    monkeypatch.setattr("bonemet_data.checking.sources.SIZE", 2**18)
    rows = [[f"id{at % 499_990}", str(at % 150)] for at in range(500_000)]
    schema = {
        "fields": [
            {"name": "id", "type": "string", "constraints": {"unique": True}},
            {"name": "age", "type": "integer", "constraints": {"maximum": 120}},
        ]
    }
    place = tmp_path / "t.csv"
    place.write_bytes(reference.write_csv(["id", "age"], rows))
    report = bm.check(place, schema, limit=10**6)
    assert found(report) == reference.failures(schema, rows)
    assert {(c.rule, c.column, c.failures) for c in report.counts} == {
        ("unique", "id", 20),
        ("maximum", "age", sum(at % 150 > 120 for at in range(500_000))),
    }


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_the_limit_leaves_the_counts_exact(limit):
    frame = pl.DataFrame({"a": ["x"] * 50})
    schema = {"fields": [{"name": "a", "type": "integer"}]}
    report = bm.check(frame, schema, limit=limit)
    assert (len(report.failures), report.failed, report.cells) == (limit, 50, 50)
