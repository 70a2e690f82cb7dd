"""Data that change while they are read."""

import gzip

import polars as pl
import pytest

import bonemet_data as bm
from bonemet_data.errors import DataError
from tests.checking.cases import AB, UNIQUE


@pytest.mark.parametrize("form", ["csv", "csv.gz", "parquet"])
def test_a_file_that_changes_before_it_is_read_again(tmp_path, form):
    place = tmp_path / f"t.{form}"

    def write(period):
        frame = pl.DataFrame({"a": [f"{at % period:04}" for at in range(1000)]})
        data = frame.write_csv().encode()
        if form == "parquet":
            frame.write_parquet(place)
        else:
            place.write_bytes(gzip.compress(data) if form == "csv.gz" else data)

    write(20)
    with pytest.raises(DataError, match="changed during the check"):
        bm.check(place, UNIQUE, progress=lambda *_: write(1000))


def test_a_frame_that_differs_when_it_is_read_again():
    """The first time two values are equal, the second time none are."""
    times = iter(range(100))

    def another(frame):
        again = next(times)
        return frame.with_columns(a=pl.when(pl.lit(again > 0)).then("b").otherwise("a"))

    frame = pl.LazyFrame({"a": ["x", "x"], "b": ["x", "y"]})
    frame = frame.map_batches(another, schema={"a": pl.String, "b": pl.String}).select("a")
    with pytest.raises(DataError, match="changed"):
        bm.check(frame, UNIQUE)


def test_a_file_that_grows_while_it_is_read(tmp_path, monkeypatch):
    place = tmp_path / "t.csv"
    place.write_bytes(b"a,b\n" + b"1,2\n" * 200_000)
    monkeypatch.setattr("bonemet_data.reading.tables.SIZE", 2**16)

    def grow(rows, size):
        with place.open("ab") as file:
            file.write(b"3,4\n")

    with pytest.raises(DataError, match="changed during the check"):
        bm.check(place, AB, progress=grow)
