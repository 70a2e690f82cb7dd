"""Loading: the same typed table from every engine, as independent readers see it."""

import csv
import datetime
import io
import re

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import bonemet_data as bm
from bonemet_data.errors import (
    BonemetError,
    IntegrityError,
    MissingExtraError,
    UnknownNameError,
    UnsupportedFrameError,
)
from bonemet_data.package.csv_tables import read_table
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.installed import installed
from bonemet_data.package.typed_columns import typed_columns
from bonemet_data.tableschema.frames import to_arrow, to_pandas, to_polars, to_records
from bonemet_data.tableschema.parser import parse_table_schema

TABLES = bm.tables()


def records(name):
    return [tuple(row) for row in bm.load(name, "records")]


def plain(text):
    """A cell, with a number in its shortest form: 0.70 is 0.7."""
    return f"{float(text):g}" if re.fullmatch(r"-?[0-9]+\.[0-9]+", text) else text


def written(value):
    """A typed value as a cell."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
    return str(value)


@pytest.mark.parametrize("name", TABLES)
class TestEveryEngineGivesTheSameTable:
    def test_records_hold_the_text_of_the_file(self, name):
        with bm.path(name).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        published = bm.load(name, "records")
        assert list(published[0]._fields) == header
        numbers = [field.type == "number" for field in self.fields(name)]
        cells = [
            [plain(cell) if number else cell for cell, number in zip(row, numbers, strict=True)]
            for row in rows
        ]
        assert [[written(value) for value in row] for row in published] == cells

    def fields(self, name):
        package = installed()
        return package.schema(package.resource(name)).fields

    def test_pandas(self, name):
        frame = bm.load(name)
        rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
        assert list(rows) == records(name)

    def test_polars(self, name):
        assert bm.load(name, "polars").rows() == records(name)

    def test_arrow(self, name):
        rows = bm.load(name, "arrow").to_pylist()
        assert [tuple(row.values()) for row in rows] == records(name)

    def test_duckdb_reads_the_file_alike(self, name):
        query = "SELECT * FROM read_csv(?, all_varchar = true, nullstr = '')"
        with bm.path(name).open(encoding="utf-8", newline="") as file:
            _, *rows = csv.reader(file)
        found = duckdb.execute(query, [str(bm.path(name))]).fetchall()
        assert [[cell or "" for cell in row] for row in found] == rows


# One column of each type, with a missing value in each; the text NA is a value.
SCHEMA = {
    "fields": [
        {"name": "text", "type": "string"},
        {"name": "list", "type": "string", "constraints": {"enum": ["b", "a"]}},
        {"name": "whole", "type": "integer"},
        {"name": "real", "type": "number"},
        {"name": "year", "type": "year"},
        {"name": "flag", "type": "boolean"},
        {"name": "day", "type": "date"},
    ]
}
CSV = b"text,list,whole,real,year,flag,day\nNA,a,-3,1.5e2,2025,true,2025-11-09\n,,,,,,\n"


def typed(to):
    schema = parse_table_schema(SCHEMA, "schema")
    return to(schema, typed_columns(read_table(CSV, {}), schema, "t.csv"))


def test_types_of_records():
    first, second = typed(to_records)
    assert tuple(first) == ("NA", "a", -3, 150.0, 2025, True, datetime.date(2025, 11, 9))
    assert tuple(second) == (None,) * 7


def test_records_are_frozen():
    with pytest.raises(AttributeError):
        bm.load("types", "records")[0].type = "changed"


def test_types_of_pandas():
    frame = typed(to_pandas)
    assert frame.dtypes.astype(str).tolist() == [
        "string",
        "category",
        "Int64",
        "Float64",
        "Int64",
        "boolean",
        "datetime64[s]",
    ]
    assert frame["list"].cat.categories.tolist() == ["b", "a"]
    assert frame.loc[0, "text"] == "NA"
    assert frame.loc[1].isna().all()
    assert frame.loc[1, "text"] is pd.NA


def test_types_of_polars():
    frame = typed(to_polars)
    enum = pl.Enum(["b", "a"])
    assert frame.dtypes == [pl.String, enum, pl.Int64, pl.Float64, pl.Int64, pl.Boolean, pl.Date]
    assert frame.row(0)[0] == "NA"
    assert frame.row(1) == (None,) * 7


def test_types_of_arrow():
    table = typed(to_arrow)
    closed = pa.dictionary(pa.int8(), pa.string())
    kinds = [pa.string(), closed, pa.int64(), pa.float64(), pa.int64(), pa.bool_(), pa.date32()]
    assert table.schema.types == kinds
    assert table.to_pylist()[0]["text"] == "NA"
    assert set(table.to_pylist()[1].values()) == {None}


def test_a_frame_is_the_callers_own():
    frame = bm.symptoms()
    frame.loc[0, "symptom"] = "changed"
    assert bm.symptoms().loc[0, "symptom"] == "Pain"
    bm.descriptor()["name"] = "changed"
    assert bm.descriptor()["name"] == "bonemet-data"


def test_the_shorthands_are_load():
    for name in ("symptoms", "types", "causes", "treatments", "sources"):
        assert getattr(bm, name)().equals(bm.load(name))


@pytest.mark.parametrize("name", ["symptoms", "types", "causes", "treatments", "sources"])
def test_a_release_can_be_loaded(name):
    version = bm.releases()[0].version
    assert getattr(bm, name)(version=version).equals(bm.load(name, version=version))
    assert name in bm.tables(version)
    assert bm.descriptor(version)["version"] == version


@pytest.mark.parametrize("call", [bm.tables, bm.symptoms, bm.descriptor])
def test_a_release_that_does_not_exist(call):
    with pytest.raises(UnknownNameError, match=r"no release '0\.0\.1'"):
        call(version="0.0.1")


@pytest.mark.parametrize(
    ("call", "name", "near"),
    [
        (bm.load, "symptom", "symptoms"),
        (bm.path, "treatment", "treatments"),
        (bm.schema, "typs", "types"),
        (bm.citations, "osteolitic", "osteolytic"),
        (bm.citations, "Bone targeted agents", "bone_targeted_agents"),
    ],
)
def test_an_unknown_name_lists_the_nearest(call, name, near):
    with pytest.raises(UnknownNameError, match=f"Did you mean {near}"):
        call(name)


def test_an_unknown_engine_lists_the_engines():
    with pytest.raises(UnknownNameError, match="pandas, polars, arrow, records"):
        bm.load("types", engine="spark")


@pytest.mark.parametrize("engine", [["pandas"], None, 5])
def test_an_engine_that_is_no_name(engine):
    with pytest.raises(UnknownNameError):
        bm.load("types", engine=engine)


@pytest.mark.parametrize("frame", [[], None, pd.Series([1]), pa.table({"a": [1]})])
def test_only_frames_are_validated(frame):
    with pytest.raises(UnsupportedFrameError, match="pass a pandas DataFrame, or a Polars"):
        bm.validate(frame, "types")


@pytest.fixture
def changed(copy, monkeypatch):
    """The package with one changed cell, in the place of the installed one."""
    copy.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    monkeypatch.setattr("bonemet_data.package.installed.installed", lambda: open_package(copy.root))
    return copy


@pytest.mark.parametrize("engine", ["pandas", "polars", "arrow", "records"])
def test_a_changed_file_is_not_loaded(changed, engine):
    with pytest.raises(IntegrityError, match=r"types\.csv has the checksum .*`bonemet-data stamp`"):
        bm.load("types", engine)


def test_a_file_without_a_stated_hash_is_not_loaded(changed):
    changed.describe(lambda d: d["resources"][1].pop("hash"))
    with pytest.raises(IntegrityError, match="states no checksum"):
        bm.load("types")


def test_a_stamped_table_that_does_not_fit_its_schema_is_an_error_of_ours(changed):
    changed.edit("datapackage/types.csv", "main_feature", "feature")
    changed.restamp()
    with pytest.raises(BonemetError, match="run `bonemet-data validate`"):
        bm.load("types")


def test_a_missing_library_names_the_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[polars\]'"):
        bm.load("types", "polars")


def test_the_path_is_the_file_that_load_reads():
    frame = pd.read_csv(io.BytesIO(bm.path("types").read_bytes()))
    assert frame["type_id"].tolist() == bm.types()["type_id"].tolist()


@pytest.mark.parametrize("name", TABLES)
def test_every_example_in_a_schema_is_a_valid_value(name):
    package = installed()
    for field in package.schema(package.resource(name)).fields:
        lists = field.constraints.get("enum", [field.parse(field.example)])
        assert field.example, field.name
        assert field.parse(field.example) in lists
