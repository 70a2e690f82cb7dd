"""Schemas of pandera: what the published data add to `tests/tableschema`."""

import json
from datetime import datetime

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pandera.errors import SchemaErrors

import bonemet_data as bm
from bonemet_data.errors import (
    UnknownNameError,
    UnsupportedFrameError,
)


class TestSchema:
    @pytest.mark.parametrize("engine", ["pandas", "polars"])
    @pytest.mark.parametrize("name", bm.tables())
    def test_every_published_table_conforms_to_its_schema(self, name, engine):
        frame = bm.load(name, engine)
        assert type(bm.validate(frame, name)) is type(frame)

    @pytest.mark.parametrize("name", bm.tables())
    def test_a_table_from_arrow_conforms_to_its_schema(self, name):
        frame = bm.load(name, "arrow").to_pandas(types_mapper=pd.ArrowDtype)
        assert bm.validate(frame, name) is frame
        bm.validate(pl.from_arrow(bm.load(name, "arrow")), name)

    def test_a_lazy_frame_stays_lazy(self):
        assert isinstance(bm.validate(bm.load("types", "polars").lazy(), "types"), pl.LazyFrame)

    def test_a_schema_of_a_release(self):
        old = bm.validate(bm.load("concepts", version="1.0.0"), "concepts", version="1.0.0")
        assert len(old) == 49

    def test_a_table_schema_of_a_user(self, tmp_path):
        schema = {"fields": [{"name": "n", "type": "integer", "constraints": {"maximum": 3}}]}
        (tmp_path / "n.json").write_text(json.dumps(schema))
        frame = pd.DataFrame({"n": pd.array([1, 5], dtype="Int64")})
        for source in (schema, tmp_path / "n.json", str(tmp_path / "n.json")):
            with pytest.raises(Exception, match="maximum"):
                bm.validate(frame, source)

    def test_a_resource_of_a_user(self, small):
        assert "site_id" in bm.schema(small.root / "datapackage.json", resource="sites").columns

    @pytest.mark.parametrize("engine", ["spark", None, 5])
    def test_an_unknown_engine_is_refused(self, engine):
        with pytest.raises(UnknownNameError, match="Valid: pandas, polars"):
            bm.schema("types", engine)

    def test_names_of_several_levels_are_refused(self):
        names = pd.MultiIndex.from_tuples([("a", "type_id")])
        with pytest.raises(UnsupportedFrameError, match="several levels"):
            bm.validate(pd.DataFrame([["mixed"]], columns=names), "types")

    @pytest.mark.parametrize("frame", [[1], None, {"type_id": ["mixed"]}])
    def test_an_object_of_another_library_is_refused(self, frame):
        with pytest.raises(UnsupportedFrameError, match="pass a pandas DataFrame"):
            bm.validate(frame, "types")


NOON = datetime(2020, 1, 1, 12)  # noqa: DTZ001
DAY = datetime(2020, 1, 1)  # noqa: DTZ001
ZONE = "Europe/Berlin"
# keywords of the field, Arrow type, valid cells, one invalid cell
ARROW = [
    ({"type": "datetime", "constraints": {"minimum": "2020-01-01T12:00:00"}}, "timestamp[s]", [NOON, None], DAY),
    ({"type": "datetime", "constraints": {"minimum": "2020-01-01T12:00:00"}}, "timestamp[ns]", [NOON, None], DAY),
    ({"type": "datetime", "constraints": {"minimum": "2020-01-01T12:00:00"}}, pa.timestamp("us", ZONE), [NOON, None], DAY),
    ({"type": "date"}, "timestamp[us]", [DAY, None], NOON),
    ({"type": "date"}, pa.timestamp("us", ZONE), [datetime(2019, 12, 31, 23), None], DAY),  # noqa: DTZ001
    ({"type": "date", "constraints": {"maximum": "2020-01-01"}}, "date32", [DAY, None], datetime(2020, 1, 2)),  # noqa: DTZ001
    ({"type": "date", "constraints": {"maximum": "2020-01-01"}}, "date64", [DAY, None], datetime(2020, 1, 2)),  # noqa: DTZ001
    ({"type": "boolean", "constraints": {"enum": [True]}}, "bool", [True, None], False),
    ({"type": "string", "constraints": {"pattern": "[a-z]"}}, "string", ["a", None], "A"),
    ({"type": "string", "constraints": {"pattern": "[a-z]"}}, "large_string", ["a", None], "A"),
    ({"type": "string", "constraints": {"pattern": "[a-z]"}}, pa.dictionary(pa.int8(), pa.string()), ["a", None], "A"),
    ({"type": "string", "categories": ["a", "b"]}, pa.dictionary(pa.int8(), pa.string()), ["b", None], "A"),
    ({"type": "integer", "constraints": {"maximum": 3}}, "int64", [3, None], 4),
    ({"type": "number", "constraints": {"maximum": 3}}, "float64", [2.5, None], 3.5),
]  # fmt: skip


@pytest.mark.parametrize(("field", "kind", "cells", "invalid"), ARROW)
def test_an_arrow_column_has_the_type_of_its_values(field, kind, cells, invalid):
    rules = {"fields": [{"name": "a", **field}]}
    type_ = pa.type_for_alias(kind) if isinstance(kind, str) else kind

    def frame(values):
        table = pa.table({"a": pa.array(values).cast(type_)})
        return table.to_pandas(types_mapper=pd.ArrowDtype)

    bm.validate(frame(cells), rules)
    with pytest.raises(SchemaErrors):
        bm.validate(frame([*cells, invalid]), rules)


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("datetime", "date32"), ("string", "int64"), ("integer", "string"), ("boolean", "int64")],
)
def test_an_arrow_column_of_another_type_is_refused(kind, type_):
    table = pa.table({"a": pa.nulls(1, pa.type_for_alias(type_))})
    with pytest.raises(SchemaErrors, match="WRONG_DATATYPE"):
        bm.validate(
            table.to_pandas(types_mapper=pd.ArrowDtype), {"fields": [{"name": "a", "type": kind}]}
        )


CATEGORY = {"name": "a", "type": "string", "categories": ["a", "b"]}
PATTERN = {"name": "a", "type": "string", "constraints": {"pattern": "[a-z]"}}


@pytest.mark.parametrize("field", [CATEGORY, PATTERN], ids=["list", "text"])
@pytest.mark.parametrize(
    "column",
    [
        lambda cells: pd.DataFrame({"a": pd.Categorical(cells)}),
        lambda cells: pl.DataFrame({"a": cells}, schema={"a": pl.Categorical}),
        lambda cells: pl.DataFrame({"a": cells}, schema={"a": pl.Enum(["A", "a"])}),
    ],
    ids=["pandas", "categorical", "enum"],
)
def test_a_column_of_categories_has_the_type_of_its_texts(field, column):
    bm.validate(column(["a", None]), {"fields": [field]})
    with pytest.raises(SchemaErrors):
        bm.validate(column(["a", "A"]), {"fields": [field]})


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": pd.Categorical(["1"])}),
        pd.DataFrame({"a": pd.Categorical([1])}),
        pl.DataFrame({"a": ["1"]}, schema={"a": pl.Categorical}),
    ],
)
def test_categories_are_no_integers(frame):
    with pytest.raises(SchemaErrors, match="WRONG_DATATYPE"):
        bm.validate(frame, {"fields": [{"name": "a", "type": "integer"}]})


def test_a_column_of_booleans_without_missing_values():
    bm.validate(pd.DataFrame({"a": [True, False]}), {"fields": [{"name": "a", "type": "boolean"}]})
