"""Schemas of pandera: what the published data add to `tests/tableschema`."""

import json

import pandas as pd
import polars as pl
import pytest

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
