"""Checks of random tables give the verdicts of the slow reference reader, in whatever form they are."""

import datetime
import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import bonemet_data as bm

from .reference_reader import Row, judge, read
from .tables import LIMITS, Sample, Written, samples, written

RELAXED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def found(report: bm.Report, rows: list[Row]) -> set[tuple[Any, ...]]:
    """Return (row, column, rule) of every error; of a ragged row only that it is ragged."""
    ragged = {finding.row for finding in report.findings if finding.rule == "ragged-row"}
    return {
        (f.row, None if f.rule == "ragged-row" else f.column, f.rule.value)
        for f in report.findings
        if f.severity is bm.Severity.ERROR and not (f.row in ragged and f.rule != "ragged-row")
    }


def describe(folder: Path, table: Written, path: str) -> Path:
    """Write the file and its descriptor, and return the path of the descriptor."""
    (folder / path).write_bytes(gzip.compress(table.data) if path.endswith("gz") else table.data)
    resource = {"name": "t", "type": "table", "path": path, "dialect": table.dialect}
    resource |= {"schema": table.sample.schema, "encoding": table.encoding}
    place = folder / "datapackage.json"
    place.write_text(json.dumps({"name": "p", "resources": [resource]}), encoding="utf-8")
    return place


@settings(max_examples=500, deadline=None)
@given(written())
def test_the_reference_reads_what_was_written(table: Written) -> None:
    result = read(table.data, table.dialect, table.encoding)
    assert [record.cells for record in result.records] == table.sample.rows
    if table.dialect.get("header", True):
        assert result.header == [field["name"] for field in table.sample.schema["fields"]]


@settings(max_examples=200, deadline=None, suppress_health_check=RELAXED)
@given(written(), st.sampled_from(["t.csv", "t.csv.gz"]))
def test_dialects(tmp_path: Path, table: Written, path: str) -> None:
    schema, rows = table.sample
    descriptor = describe(tmp_path, table, path)
    report = bm.check(tmp_path / path, descriptor, resource="t", limit=10_000)
    assert found(report, rows) == judge(schema, rows)
    assert report.rows == len(rows)
    lines = [record.line for record in read(table.data, table.dialect, table.encoding).records]
    assert {(f.row, f.line) for f in report.findings if f.row} <= set(enumerate(lines, 1))


@settings(max_examples=100, deadline=None, suppress_health_check=RELAXED)
@given(written())
def test_packages(tmp_path: Path, table: Written) -> None:
    """A package has the same verdicts as a table."""
    report = bm.validate_package(describe(tmp_path, table, "t.csv").parent)
    assert found(report, table.sample.rows) == judge(*table.sample)


def frames(sample: Sample, folder: Path) -> dict[str, Any]:
    """Return a table of text in several forms."""
    names = [field["name"] for field in sample.schema["fields"]]
    frame = pl.DataFrame(sample.rows, schema=dict.fromkeys(names, pl.String), orient="row")
    frame.write_parquet(folder / "t.parquet")
    frame.write_ipc(folder / "t.arrow")
    half = len(frame) // 2
    parts = [frame[:half], frame[half:]]
    for index, part in enumerate(parts):
        part.write_parquet(folder / f"part{index}.parquet")
    return {
        "polars": frame,
        "lazy": frame.lazy(),
        "pandas": pd.DataFrame(frame.to_dict(as_series=False), dtype="string"),
        "arrow": frame.to_arrow(),
        "parquet": folder / "t.parquet",
        "feather": folder / "t.arrow",
        "two frames": parts,
        "two files": [folder / "part0.parquet", folder / "part1.parquet"],
    }


@settings(max_examples=50, deadline=None, suppress_health_check=RELAXED)
@given(samples())
def test_forms(tmp_path: Path, sample: Sample) -> None:
    """The same text has the same verdict in every form."""
    expected = judge(*sample)
    for name, data in frames(sample, tmp_path).items():
        report = bm.check(data, sample.schema, limit=10_000)
        assert (name, found(report, sample.rows)) == (name, expected)


TYPED: list[tuple[dict[str, Any], Any, Any, list[str]]] = [
    ({"type": "string"}, pl.String, str, ["a", "aa", "1"]),
    ({"type": "integer"}, pl.Int64, int, ["0", "1", "-1", "9007199254740993", "9007199254740992"]),
    ({"type": "integer"}, pl.UInt8, int, ["0", "1", "255"]),
    ({"type": "number"}, pl.Float64, float, ["0.5", "1", "-1.25", "1e300"]),
    ({"type": "number"}, pl.Int64, int, ["9007199254740993", "9007199254740992", "1"]),
    ({"type": "number"}, pl.Decimal(38, 20), Decimal, ["0.1", "0.10000000000000000001", "1", "2"]),
    ({"type": "boolean"}, pl.Boolean, lambda text: text == "true", ["true", "false"]),
    ({"type": "date"}, pl.Date, datetime.date.fromisoformat, ["2024-02-29", "1969-12-31"]),
    ({"type": "datetime"}, pl.Datetime("us"), datetime.datetime.fromisoformat,
     ["2024-01-26T15:00:00", "1969-12-31T23:59:59.5"]),
    ({"type": "time"}, pl.Time, datetime.time.fromisoformat, ["00:00:00", "23:59:59"]),
    ({"type": "year"}, pl.Int32, int, ["2024", "1999"]),
]  # fmt: skip


@st.composite
def typed_frames(draw: st.DrawFn) -> tuple[Sample, pl.DataFrame]:
    """Draw a table of text, and the same with typed columns."""
    fields, columns, texts = [], {}, []
    length = draw(st.integers(0, 6))
    for number in range(draw(st.integers(1, 3))):
        kind, dtype, convert, good = draw(st.sampled_from(TYPED))
        keywords = draw(
            st.sets(st.sampled_from(["required", "unique", "enum", *LIMITS]), max_size=2)
        )
        constraints: dict[str, Any] = {}
        for keyword in keywords:
            if keyword in ("required", "unique"):
                constraints[keyword] = True
            elif keyword == "enum":
                constraints[keyword] = [draw(st.sampled_from(good))]
            elif kind["type"] not in ("string", "boolean"):
                constraints[keyword] = draw(st.sampled_from(good))
        fields.append({"name": f"f{number}", **kind, "constraints": constraints})
        cells = draw(st.lists(st.sampled_from(["", *good]), min_size=length, max_size=length))
        texts.append(cells)
        values = [convert(text) if text else None for text in cells]
        columns[f"f{number}"] = pl.Series(values, dtype=dtype)
    rows = [list(row) for row in zip(*texts, strict=True)]
    return Sample({"fields": fields}, rows), pl.DataFrame(columns)


@settings(max_examples=200, deadline=None, suppress_health_check=RELAXED)
@given(typed_frames())
def test_typed_columns(tmp_path: Path, drawn: tuple[Sample, pl.DataFrame]) -> None:
    """A value has the verdict of its text, in whatever type it is stored."""
    sample, frame = drawn
    frame.write_parquet(tmp_path / "t.parquet")
    expected = judge(*sample)
    for name, data in {
        "polars": frame,
        "parquet": tmp_path / "t.parquet",
        "arrow": frame.to_arrow(),
    }.items():
        report = bm.check(data, sample.schema, limit=10_000)
        assert (name, found(report, sample.rows)) == (name, expected)


@pytest.mark.slow
@seed(7)
@settings(
    max_examples=15,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # to shrink takes minutes
    suppress_health_check=RELAXED,
)
@given(sample=samples())
def test_spark(spark: Any, sample: Sample) -> None:
    """Spark gives the same verdicts on a fixed set of tables."""
    schema = ", ".join(f"`{field['name']}` string" for field in sample.schema["fields"])
    data = spark.createDataFrame([tuple(row) for row in sample.rows], schema=schema).coalesce(1)
    report = bm.check(data, sample.schema, engine="spark", spark=spark, limit=10_000)
    assert {each[1:] for each in found(report, sample.rows)} == {
        each[1:] for each in judge(*sample)
    }
