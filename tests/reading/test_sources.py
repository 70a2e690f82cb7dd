"""Sources: every kind of data, and what cannot be read."""

import bz2
import gzip
import io
import lzma
import os
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import feather, parquet

import bonemet_data as bm
from bonemet_data.errors import (
    ArgumentError,
    CsvError,
    DataError,
    UnknownNameError,
    UnsupportedFrameError,
)
from bonemet_data.reading.sources import open_tables
from tests.checking.cases import AB, INTEGERS, ROWS, RULES, check, schema, seen


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("t.csv", lambda data: data),
        ("t.tsv", lambda data: data.replace(b",", b"\t")),
        ("t.csv.gz", gzip.compress),
        ("t.csv.bz2", bz2.compress),
        ("t.csv.xz", lzma.compress),
        ("t.csv.zst", lambda data: pa.compress(data, "zstd", asbytes=True)),
        ("T.CSV", lambda data: data),
    ],
)
def test_a_text_file(tmp_path, name, pack):
    report = check(tmp_path, pack(ROWS), RULES, name=name)
    assert [(f.file, f.line, f.column, f.value) for f in report.findings] == [(str(tmp_path / name), 3, "a", "x")]  # fmt: skip


def test_several_files_are_one_table(tmp_path):
    for at in range(3):
        (tmp_path / f"part-{at}.csv").write_bytes(b"a,b\n7,x\n")
    (tmp_path / "notes.txt").write_text("not a part")
    for data in (tmp_path, str(tmp_path / "part-*.csv"), [tmp_path / f"part-{n}.csv" for n in range(3)]):  # fmt: skip
        report = bm.check(data, RULES)
        assert [(f.file, f.line, f.row, f.rule) for f in report.findings] == [
            (str(tmp_path / f"part-{n}.csv"), 2, n + 1, "unique") for n in range(3)
        ]


def test_frames():
    frame = pd.DataFrame({"a": [1.0, 2.0, None, 2.5], "b": ["x", None, "y", "z"]})
    report = bm.check(frame, schema("a integer", ["b", "string", {"required": True}]))
    assert seen(report) == [(None, 2, "b", None, "required"), (None, 4, "a", "2.5", "type")]
    days = pd.DataFrame({"a": pd.to_datetime(["2025-01-01 00:00", "2025-01-02 10:00"])})
    report = bm.check(days, schema(["a", "date", {"minimum": "2025-01-02"}]))
    assert [(f.row, f.value, f.rule) for f in report.findings] == [
        (1, "2025-01-01", "minimum"),
        (2, "2025-01-02 10:00:00.000000", "type"),
    ]
    categories = pd.DataFrame({"t": pd.Categorical(["mixed", "Mixed"])})
    assert bm.check(categories, columns={"t": "types"}).findings[0].suggestion == "mixed"
    lazy = pl.LazyFrame({"a": [1, 2, 2]})
    assert bm.check(lazy, schema(["a", "integer", {"unique": True}])).errors == 2
    numbers = pl.DataFrame({"a": [1.0, float("nan"), float("inf")]})
    report = bm.check(numbers, schema(["a", "number", {"maximum": 10}]))
    assert [(f.row, f.rule) for f in report.findings] == [(2, "maximum"), (3, "maximum")]


@pytest.mark.parametrize(
    ("error", "data", "words"),
    [
        (DataError, "nowhere.csv", "does not exist"),
        (DataError, "nowhere-*.csv", "does not exist"),
        (DataError, "notes.txt", "unknown format"),
        (DataError, "empty", "contains no file"),
        (DataError, "torn.csv.gz", "cannot be read"),
        (DataError, "torn.csv.zst", "cannot be read"),
        (DataError, "torn.parquet", "cannot be read"),
        (UnsupportedFrameError, 7, "int cannot be checked"),
    ],
)
def test_data_that_cannot_be_read(tmp_path, monkeypatch, error, data, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("a,b\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "torn.csv.gz").write_bytes(gzip.compress(ROWS * 1000)[:-20])
    (tmp_path / "torn.csv.zst").write_bytes(pa.compress(ROWS * 1000, "zstd", asbytes=True)[:-5])
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(error, match=words):
        bm.check(data, RULES, output="findings.csv")
    assert not (tmp_path / "findings.csv").exists()
    assert not list(tmp_path.glob(".findings*"))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"a": pd.Series(["x", 1], dtype=object)}), "column 'a': .* to one type"),
        (pd.DataFrame({"b": [1], "a": [1 + 2j]}), "column 'a': "),
        (pd.DataFrame([["x", "y"]], columns=["a", "a"]), "two columns have the name 'a'"),
    ],
)
def test_a_frame_that_cannot_be_read(frame, words):
    with pytest.raises(DataError, match=f"cannot be read: {words}"):
        bm.check(frame, schema("a string"))


@pytest.mark.parametrize("form", ["arrow", "pandas", "ipc", "parquet"])
@pytest.mark.parametrize(
    "cells",
    [
        pa.array([Decimal("1.5"), None], pa.decimal256(50, 2)),
        pa.array([[1], None], pa.list_view(pa.int64())),
    ],
    ids=lambda cells: str(cells.type),
)
def test_a_column_that_polars_cannot_store(tmp_path, form, cells):
    """Polars panics, and the batches of a file would end without an error."""
    table = pa.table({"a": cells})
    data = tmp_path / f"t.{form}"
    if form == "parquet":
        parquet.write_table(table, data)
    elif form == "ipc":
        feather.write_feather(table, data, compression="uncompressed")
    else:
        data = table if form == "arrow" else table.to_pandas(types_mapper=pd.ArrowDtype)
    with pytest.raises(DataError, match=r"can(not)? be read"):
        bm.check(data, schema("a any"))


def test_names_that_look_like_patterns(tmp_path):
    pl.DataFrame({"a": ["x"]}).write_ipc(tmp_path / "y1.arrow")
    pl.DataFrame({"a": ["bad"]}).write_ipc(tmp_path / "y[1].arrow")
    output = tmp_path / "out[1].csv"
    report = bm.check(tmp_path / "y[1].arrow", schema(["a", "string", {"enum": ["x"]}]), output=output)  # fmt: skip
    assert report.errors == pl.read_csv(output, glob=False).height == 1


def test_a_named_pipe_cannot_be_read_twice(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "t.csv")
    with pytest.raises(DataError, match="pipe its content to standard input"):
        bm.check(tmp_path / "t.csv", AB)


@pytest.mark.parametrize("form", ["csv", "csv.gz", "parquet"])
def test_one_unreadable_file_is_named_and_ends_the_check(tmp_path, form):
    frame = pl.DataFrame({"a": range(1000)})
    for part in ("1", "2", "3"):
        place = tmp_path / f"{part}.{form}"
        if form == "parquet":
            frame.write_parquet(place)
        else:
            data = frame.write_csv().encode()
            place.write_bytes(gzip.compress(data) if form == "csv.gz" else data)
    torn = tmp_path / f"2.{form}"
    if form == "csv":
        torn.unlink()
        torn.symlink_to(tmp_path / "gone")
    else:
        torn.write_bytes(torn.read_bytes()[:-30])
    with pytest.raises(DataError, match=rf"2\.{form}"):
        bm.check([tmp_path / f"{part}.{form}" for part in "123"], INTEGERS, output=tmp_path / "f.csv")  # fmt: skip
    assert not (tmp_path / "f.csv").exists()


@pytest.mark.parametrize("data", [[], ()])
def test_an_empty_list_is_no_data(data):
    with pytest.raises(ArgumentError, match="the list of files is empty"):
        bm.check(data, AB)


def frames(data, **options):
    with open_tables(data, **options) as tables:
        return [
            (table.header, frame.rows(), size) for table in tables for frame, size in table.frames()
        ]


def test_open_tables(tmp_path):
    """CSV is text and its size is in bytes; other data keep their types."""
    (tmp_path / "1.csv").write_bytes(b'\xef\xbb\xbfa,b\n1,""\n2,"x\ny"\n')
    (tmp_path / "2.tsv").write_bytes(b"a\tb\n3\t,\n")
    pl.DataFrame({"a": [1, None]}).write_parquet(tmp_path / "3.parquet")
    header = ("a", "b")
    assert frames(tmp_path) == [
        (header, [("1", ""), ("2", "x\ny")], 13),
        (header, [("3", ",")], 4),
        (("a",), [(1,), (None,)], 2),
    ]
    assert frames(pl.DataFrame({"a": ["x"]})) == [(("a",), [("x",)], 1)]


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"a,b\n1,2\n3\n", CsvError, r"t.csv:3: has 1 cell"),
        (b"a,b\n1,\xff\n", CsvError, r"t.csv:2: is not UTF-8"),
        (b"", CsvError, "no header"),
    ],
)
def test_open_tables_refuses_malformed_csv(tmp_path, data, error, message):
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(error, match=message):
        frames(path)


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ROWS)))
    report = bm.check("-", RULES)
    assert [(f.file, f.line, f.value) for f in report.findings] == [("-", 3, "x")]
    assert report.title == "standard input"


def test_an_unknown_engine():
    with pytest.raises(UnknownNameError, match="polars, spark"):
        bm.check(pl.DataFrame({"a": ["x"]}), AB, engine="dask")
