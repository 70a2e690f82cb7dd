"""The engine against a slow, obvious checker: cell for cell, on CSV, Parquet and frames."""

import datetime

import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bonemet_data as bm
from tests import reference
from tests.checking.cases import INTEGERS, check, constraints, save, schema, seen, tables


def write(folder, table):
    schema, rows = table
    place = folder / "t.csv"
    place.write_bytes(reference.write_csv([f["name"] for f in schema["fields"]], rows))
    return place


def found(report):
    assert len(report.findings) == report.errors
    return sorted((f.row, f.column, f.value or "", f.rule) for f in report.findings)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tables(), st.sampled_from([0, 1024]))
def test_csv(tmp_path, table, small):
    """The prefilter, and the validator alone, agree with the slow reference."""
    schema, rows = table
    place = write(tmp_path, table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bonemet_data.checking.cell_checker._SMALL", small)
        report = bm.check(place, schema, limit=1000)
    expected = reference.findings(schema, rows)
    assert found(report) == expected
    assert report.rows == len(rows)
    assert report.cells == reference.cells(expected)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tables())
def test_small_chunks_give_the_same_report(tmp_path, table):
    schema, _ = table
    place = write(tmp_path, table)
    whole = bm.check(place, schema, limit=1000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bonemet_data.reading.tables.SIZE", 5)
        assert bm.check(place, schema, limit=1000) == whole


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tables(), st.sampled_from(["polars", "lazy", "pandas", "arrow", "parquet", "feather"]))
def test_frames_of_text(tmp_path, table, form):
    """Frames of text give the report of their CSV; null is missing."""
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
    assert found(report) == reference.findings(schema, rows)


TYPED = {
    "integer": (pl.Int64, int, ["0", "1", "-1", "7"]),
    "number": (pl.Float64, float, ["0.5", "1.0", "-1.0"]),
    "date": (pl.Date, datetime.date.fromisoformat, ["2024-02-29", "2025-01-01"]),
    "string": (pl.String, str, ["a", "b", "aa", "pain"]),
    "boolean": (pl.Boolean, lambda text: text == "true", ["true", "false"]),
}


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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
    expected = [(row, column, cell, rule) for row, column, cell, rule in reference.findings(schema, rows)]  # fmt: skip
    for each in (frame, place, frame.to_arrow()):
        assert sorted(found(bm.check(each, schema, limit=1000)), key=str) == sorted(expected, key=str)  # fmt: skip


def test_duplicates_in_different_chunks(tmp_path, monkeypatch):
    """Duplicates are found among a hundred thousand rows, wherever they are."""
    monkeypatch.setattr("bonemet_data.reading.tables.SIZE", 2**16)
    rows = [[f"id{at % 99_990}", str(at % 150)] for at in range(100_000)]
    schema = {
        "fields": [
            {"name": "id", "type": "string", "constraints": {"unique": True}},
            {"name": "age", "type": "integer", "constraints": {"maximum": 120}},
        ]
    }
    place = tmp_path / "t.csv"
    place.write_bytes(reference.write_csv(["id", "age"], rows))
    report = bm.check(place, schema, limit=10**6)
    assert found(report) == reference.findings(schema, rows)
    assert {(c.rule, c.column, c.number) for c in report.counts} == {
        ("unique", "id", 20),
        ("maximum", "age", sum(at % 150 > 120 for at in range(100_000))),
    }


def test_a_large_invalid_batch_is_checked_in_parts(tmp_path, monkeypatch):
    """Rows and lines are right for every part of a chunk of invalid records."""
    monkeypatch.setattr("bonemet_data.checking.batch_checker._PART_SIZE", 4096)
    rows = 10_000
    place, output = tmp_path / "t.csv", tmp_path / "f.parquet"
    bad = b"".join(b"x%d\n" % at for at in range(rows - 2))
    place.write_bytes(b"a\n" + b'"x\ny"\n' + bad + b"\xff\n")
    report = bm.check(place, INTEGERS, limit=3, output=output)
    assert (report.rows, report.errors, report.cells) == (rows, rows, rows)
    assert [(f.row, f.line) for f in report.findings] == [(1, 2), (2, 4), (3, 5)]
    written = pl.read_parquet(output)
    assert written["row"].to_list() == [*range(1, rows + 1)]
    assert written["line"].to_list() == [2, *range(4, rows + 3)]
    assert written.filter(rule="encoding")["row"].to_list() == [rows]
    assert bm.check(place, INTEGERS, limit=3).findings == report.findings


def test_a_fault_after_more_sound_records_than_a_part_has(tmp_path):
    rows = 2**18 + 2
    report = check(tmp_path, b"a\n" + b"1\n" * (rows - 1) + b"x\n", schema("a integer"))
    assert [(f.row, f.line) for f in report.findings] == [(rows, rows + 1)]
    assert (report.rows, report.cells) == (rows, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_header_of_more_than_64_kib(tmp_path, end):
    names = ["a" * 40_000, "b" * 40_000]
    data = f"{','.join(names)}{end}1,x{end}".encode()
    rules = schema([names[0], "integer"], [names[1], "integer"])
    assert seen(check(tmp_path, data, rules)) == [(2, 1, names[1], "x", "type")]


@pytest.mark.slow
def test_a_record_that_does_not_fit_in_memory_is_not_checked(tmp_path):
    data = b"a\n" + b"x" * 70_000_000 + b"\nz\n"
    report = check(tmp_path, data, schema(["a", "string", {"maxLength": 0}]))
    found = [(f.line, f.severity, f.rule) for f in report.findings]
    assert found == [(2, "not_checked", "long-record"), (3, "error", "maxLength")]
    assert (report.errors, report.not_checked) == (1, 1)


# fieldsMatch, header, message of the finding about the columns, or None
HEADERS = [
    ("exact", "a,b", None),
    ("exact", "b,a", "wrong column order: reorder the columns to a, b"),
    ("exact", "a,b,c", "column c not in the schema: remove it, or add a field to the schema"),
    ("exact", "a", "missing column b: add it to the data"),
    ("exact", "c,d", "missing columns a, b: add them to the data; columns c, d not in the schema: remove them, or add fields"),
    ("equal", "b,a", None),
    ("equal", "a", "missing column b: add it to the data"),
    ("equal", "a,b,c", "column c not in the schema: remove it, or add a field to the schema"),
    ("subset", "c,b,a", None),
    ("subset", "a,c", "missing column b: add it to the data"),
    ("superset", "b", None),
    ("superset", "b,c", "column c not in the schema: remove it, or add a field to the schema"),
    ("partial", "c,b", None),
    ("partial", "c,d", "missing columns a, b: add them to the data"),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "header", "message"), HEADERS)
def test_fields_are_matched_by_name(tmp_path, mode, header, message):
    """https://datapackage.org/standard/table-schema/#fieldsMatch"""
    fields = [{"name": name, "type": "integer"} for name in "ab"]
    row = ",".join("x" if name == "b" else "1" for name in header.split(","))
    report = check(tmp_path, f"{header}\n{row}\n".encode(), {"fields": fields, "fieldsMatch": mode})
    assert [f.message for f in report.findings if f.rule == "columns"] == [message] * bool(message)
    assert [f.column for f in report.findings if f.rule == "type"] == ["b"] * ("b" in header)


def test_a_wrong_header_is_one_finding(tmp_path):
    header = ",".join(f"c{number}" for number in range(1000))
    report = check(tmp_path, f"{header}\n".encode(), schema("a string", "b string"))
    (finding,) = report.findings
    assert (finding.rule, finding.column) == ("columns", None)
    assert finding.message.endswith(
        "c19 and 980 more not in the schema: remove them, or add fields"
    )


def test_ten_thousand_columns(tmp_path):
    """The time is linear in the columns."""
    import time

    def seconds(number):
        names = [f"n{at}" for at in range(number)]
        rules = {
            "fields": [
                {"name": name, "type": "integer", "constraints": {"required": True, "minimum": 0}}
                for name in names
            ]
        }
        data = "\n".join([",".join(names), ",".join(["1"] * number), ",".join(["x"] * number), ""])
        start = time.process_time()
        assert check(tmp_path, data.encode(), rules).errors == number
        return time.process_time() - start

    assert seconds(10_000) < 30 * max(seconds(1_000), 0.05)
