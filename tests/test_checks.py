"""Checks of tables and packages: what the published data add to the tests of the sub-packages."""

import json
import pickle
import shutil

import pandas as pd
import pytest

import bonemet_data as bm
from bonemet_data.errors import (
    ArgumentError,
    DataError,
    PackageError,
    UnknownNameError,
)

COHORT = pd.DataFrame({"site": ["a", "b", "c"], "type": ["osteolytic", "Mixed", "lytic"]})


class TestCheck:
    def test_a_column_has_the_ids_of_a_published_table(self):
        report = bm.check(COHORT, columns={"type": "types"})
        assert [(f.row, f.value, f.suggestion) for f in report.findings] == [
            (2, "Mixed", "mixed"),
            (3, "lytic", "osteolytic"),
        ]

    def test_a_schema_refers_to_a_published_table(self):
        reference = {"package": "bonemet-data", "resource": "types", "fields": ["type_id"]}
        schema = {
            "fields": [{"name": name, "type": "string"} for name in COHORT],
            "foreignKeys": [{"fields": ["type"], "reference": reference}],
        }
        assert bm.check(COHORT, schema).errors == 2

    def test_a_column_has_codes_that_lead_to_a_concept(self):
        frame = pd.DataFrame({"dx": ["C79.51", "c7951", "breast cancer", "foo", None, "Z85.3"]})
        report = bm.check(frame, columns={"dx": "codes:ICD-10-CM"})
        assert [(f.row, str(f.rule), f.value) for f in report.findings] == [
            (3, "code-names", "breast cancer"),
            (4, "codes", "foo"),
            (6, "codes", "Z85.3"),
        ]
        assert report.notes == ("dx: 1 of 6 values are names of concepts: use normalize",)

    def test_a_column_has_any_codes(self):
        frame = pd.DataFrame({"dx": ["C79.519", "Z85.3", "198.5"], "type": ["mixed"] * 3})
        report = bm.check(frame, columns={"dx": "codes:icd10cm?", "type": "types"})
        assert [f.sentence() for f in report.findings] == [
            "dx: '198.5' does not have the form of a code of icd10cm"
        ]
        assert report.notes == ()

    @pytest.mark.parametrize("kind", ["Int64", "float64", "category"])
    def test_numbers_are_no_codes(self, kind):
        frame = pd.DataFrame({"dx": pd.Series([174, 185], dtype=kind)})
        with pytest.raises(DataError, match="read the column as text"):
            bm.check(frame, columns={"dx": "codes:icd9cm"})

    @pytest.mark.parametrize("vocabulary", ["loinc", "", "?"])
    def test_an_unknown_vocabulary_is_refused(self, vocabulary):
        with pytest.raises(UnknownNameError, match=r"no vocabulary .* Valid: .*icd10cm"):
            bm.check(COHORT, columns={"type": f"codes:{vocabulary}"})

    def test_an_old_release_has_fewer_ids_and_names(self):
        new = {concept.concept_id for concept in bm.vocabulary().concepts}
        old = {concept.concept_id for concept in bm.vocabulary("1.0.0").concepts}
        frame = pd.DataFrame({"id": sorted(new - old)})
        assert bm.check(frame, columns={"id": "concepts"}).valid
        assert bm.check(frame, columns={"id": "concepts"}, version="1.0.0").errors == len(frame)

    @pytest.mark.parametrize(
        ("arguments", "error", "message"),
        [
            ({}, ArgumentError, "exactly one of schema"),
            ({"schema": {}, "columns": {"type": "types"}}, ArgumentError, "exactly one of schema"),
            ({"columns": {"type": "citations"}}, ArgumentError, "no single-column primary key"),
            ({"columns": {"type": "nothing"}}, UnknownNameError, "no resource 'nothing'"),
            ({"columns": {"type": "types"}, "version": "0.1.0"}, UnknownNameError, "no release"),
        ],
    )
    def test_arguments_that_do_not_fit_are_refused(self, arguments, error, message):
        with pytest.raises(error, match=message):
            bm.check(COHORT, **arguments)

    def test_the_path_of_a_descriptor_chooses_resource_and_separator(self, small):
        small.describe(lambda d: d["resources"][0].update(dialect={"delimiter": ";"}))
        path = (
            small.root
            / json.loads((small.root / "datapackage.json").read_text())["resources"][0]["path"]
        )
        path.write_text(path.read_text().replace(",", ";"))
        assert bm.check(path, small.root / "datapackage.json").valid

    def test_suggestions_can_be_sent_to_workers(self):
        from functools import partial

        from bonemet_data.terminology.functions import suggest

        assert pickle.loads(pickle.dumps(partial(suggest, version=None)))("Mixed") == (
            "mixed",
            "exact",
        )


class TestPackages:
    def test_a_package_by_its_folder_or_descriptor(self, small):
        for path in (small.root, str(small.root), small.root / "datapackage.json"):
            assert bm.validate_package(path).resources == 2

    def test_no_package(self, tmp_path):
        with pytest.raises(PackageError):
            bm.validate_package(tmp_path / "nothing")

    def test_releases_are_compared_by_version(self):
        assert bm.diff("1.0.0", "1.1.0").level.name == "MINOR"
        assert bm.diff("1.1.0", "1.1.0").changes == ()

    def test_packages_are_compared_by_path(self, small, tmp_path):
        shutil.copytree(small.root, tmp_path / "other")
        assert bm.diff(small.root, tmp_path / "other").changes == ()

    @pytest.mark.parametrize(
        ("name", "error", "message"),
        [
            ("9.0.0", UnknownNameError, "no release '9.0.0'"),
            ("nowhere", PackageError, "neither an existing path nor a version number"),
        ],
    )
    def test_what_cannot_be_compared(self, name, error, message):
        with pytest.raises(error, match=message):
            bm.diff(name)
