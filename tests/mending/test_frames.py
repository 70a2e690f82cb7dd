"""Fixes of frames and of columnar files change texts, and keep every type."""

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, DataError, UnknownNameError, UnsupportedFrameError

FIXES = pd.DataFrame(
    {"column": ["k"] * 3, "value": ["a", "", "c"], "replacement": ["b", "none", "<empty>"]}
)
TEXTS = ["a", None, "c", "d", "a"]
MENDED = ["b", "none", None, "d", "b"]

FRAMES = {
    "pandas": pd.DataFrame({"n": range(5), "k": TEXTS}, index=list("vwxyz")),
    "pandas object": pd.DataFrame({"n": range(5), "k": pd.Series(TEXTS, dtype=object)}),
    "pandas category": pd.DataFrame({"n": range(5), "k": pd.Categorical(TEXTS)}),
    "polars": pl.DataFrame({"n": range(5), "k": TEXTS}),
    "polars lazy": pl.LazyFrame({"n": range(5), "k": TEXTS}),
    "polars categorical": pl.DataFrame({"k": TEXTS}, schema={"k": pl.Categorical}),
    "arrow": pa.table({"n": range(5), "k": TEXTS}, metadata={"m": "x"}),
    "arrow batch": pa.record_batch({"k": TEXTS}),
    "arrow dictionary": pa.table({"k": pa.array(TEXTS).dictionary_encode()}),
}


def cells(frame):
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pd.DataFrame):
        return [None if pd.isna(cell) else cell for cell in frame["k"]]
    return (
        frame["k"].to_list() if isinstance(frame, pl.DataFrame) else frame.column("k").to_pylist()
    )


@pytest.mark.parametrize("name", FRAMES)
def test_a_new_frame_of_the_same_type_is_returned(name, tmp_path):
    frame = FRAMES[name]
    mended = bm.apply(frame, FIXES, log=tmp_path / "log.csv")
    assert type(mended) is type(frame)
    assert cells(mended) == MENDED
    assert cells(frame) == TEXTS
    log = (tmp_path / "log.csv").read_text("utf-8-sig").splitlines()
    assert log[1:] == [",1,k,a,b", ",2,k,<empty>,none", ",3,k,c,<empty>", ",5,k,a,b"]


def test_other_columns_index_and_metadata_stay():
    mended = bm.apply(FRAMES["pandas"], FIXES)
    assert mended.index.tolist() == list("vwxyz")
    assert mended["k"].dtype == FRAMES["pandas"]["k"].dtype
    assert mended["n"].equals(FRAMES["pandas"]["n"])
    assert bm.apply(FRAMES["arrow"], FIXES).schema.equals(
        FRAMES["arrow"].schema, check_metadata=True
    )


@pytest.mark.parametrize("suffix", ["parquet", "arrow"])
def test_a_columnar_file_is_copied_with_its_schema(suffix, tmp_path):
    source, target = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    table = pa.table(
        {"k": TEXTS, "at": pa.array([None] * 5, pa.timestamp("ns", "UTC"))}, metadata={"m": "x"}
    )
    if suffix == "parquet":
        pq.write_table(table, source, row_group_size=2)
    else:
        with pa.ipc.new_file(str(source), table.schema) as writer:
            writer.write_table(table, max_chunksize=2)
    applied = bm.apply(source, FIXES, output=target)
    copy = (
        pq.read_table(target) if suffix == "parquet" else pa.ipc.open_file(str(target)).read_all()
    )
    assert copy.schema.equals(table.schema, check_metadata=True)
    assert copy.column("k").to_pylist() == MENDED
    assert (applied.rows, applied.cells) == (5, 4)


REFUSED = [
    (pd.DataFrame({"k": [1, 2]}), {}, DataError, "the type int64, but fixes are for text"),
    (pl.DataFrame({"k": [1.5]}), {}, DataError, "the type Float64, but fixes are for text"),
    (pl.DataFrame({"x": ["a"]}), {}, UnknownNameError, "k"),
    (pa.table({"k": ["d"]}), {}, DataError, "does not contain 3 of the values"),
    (pl.DataFrame({"k": ["a", "c", None]}, schema={"k": pl.Enum(["a", "c"])}), {}, DataError, "does not allow"),
    (pd.DataFrame([["a", "a"]], columns=["k", "k"]), {}, ArgumentError, "two columns"),
    (pd.DataFrame({"k": TEXTS}), {"output": "x.csv"}, ArgumentError, "output is only for files"),
    ({"k": TEXTS}, {}, UnsupportedFrameError, "a dict"),
]  # fmt: skip


@pytest.mark.parametrize(("frame", "more", "error", "message"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_mended_is_refused(frame, more, error, message):
    with pytest.raises(error, match=message):
        bm.apply(frame, FIXES, **more)


def test_values_that_are_no_text_are_left():
    frame = pd.DataFrame({"k": pd.Series(["a", 1, None, "c"], dtype=object)})
    assert bm.apply(frame, FIXES)["k"].tolist() == ["b", 1, "none", None]
