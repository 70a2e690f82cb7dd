"""Loading: the same typed table from every engine, as independent readers see it."""

import csv
import io
import re

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
from bonemet_data.tableschema.frames import ENGINES
from bonemet_data.tableschema.parser import parse_table_schema

TABLES = bm.tables()


def rows_of(table):
    """The rows of a table of any engine; a missing value is None."""
    match table:
        case pd.DataFrame():
            values = table.astype(object).where(table.notna(), None)
            return [*values.itertuples(index=False, name=None)]
        case pl.DataFrame():
            return table.rows()
        case pa.Table():
            return [tuple(row.values()) for row in table.to_pylist()]
    return [*map(tuple, table)]


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
def test_records_have_the_text_of_the_file(name):
    with bm.path(name).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    published = bm.load(name, "records")
    assert list(published[0]._fields) == header
    package = installed()
    numbers = [field.type == "number" for field in package.schema(package.resource(name)).fields]
    cells = [
        [plain(cell) if number else cell for cell, number in zip(row, numbers, strict=True)]
        for row in rows
    ]
    assert [[written(value) for value in row] for row in published] == cells


@pytest.mark.parametrize("engine", ["pandas", "polars", "arrow"])
@pytest.mark.parametrize("name", TABLES)
def test_every_engine_gives_the_same_table(name, engine):
    assert rows_of(bm.load(name, engine)) == rows_of(bm.load(name, "records"))


SCHEMA = {
    "fields": [
        {"name": "text", "type": "string"},
        {"name": "list", "type": "string", "constraints": {"enum": ["b", "a"]}},
        {"name": "real", "type": "number"},
    ]
}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_text_na_is_a_value_and_an_empty_cell_is_missing(engine):
    schema = parse_table_schema(SCHEMA, "schema")
    cells = read_table(b"text,list,real\nNA,a,1.5e2\n,,\n", {})
    table = ENGINES[engine](schema, typed_columns(cells, schema, "t.csv"))
    assert rows_of(table) == [("NA", "a", 150.0), (None,) * 3]
    if engine == "pandas":
        assert table["list"].cat.categories.tolist() == ["b", "a"]
        assert table.loc[1, "text"] is pd.NA


def test_records_are_frozen():
    with pytest.raises(AttributeError):
        bm.load("types", "records")[0].type = "changed"


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
