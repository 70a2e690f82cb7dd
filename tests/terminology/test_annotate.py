"""Annotating a column of codes: positions, ICD versions, and what is refused."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, UnknownNameError

COLUMNS = ["position", "code", "concept_id", "predicate", "matched_code"]


def test_every_position_of_the_input_has_a_row():
    codes = pd.Series(["C61", "G9520", "x", None, "C61"], index=list("edcba"))
    frame = bm.annotate(codes)
    assert frame.columns.tolist() == COLUMNS
    assert frame["position"].tolist() == [0, 1, 1, 2, 3, 4]
    assert frame["code"].tolist() == ["C61", "G9520", "G9520", "x", pd.NA, "C61"]


def test_no_codes_give_an_empty_frame():
    frame = bm.annotate([])
    assert frame.columns.tolist() == COLUMNS
    assert len(frame) == 0


@given(st.lists(st.sampled_from(["C7951", "C50911", "G95.20", "x", None, "E8352"]), max_size=30))
def test_many_codes_give_what_each_gives_alone(codes):
    together = bm.annotate(codes)
    alone = [bm.annotate([code]).assign(position=at) for at, code in enumerate(codes)]
    if alone:
        pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True))


def test_icd_versions_are_kept_apart():
    frame = bm.annotate(
        ["E8352", "E8352", "185", "185", "185", None, "185"],
        icd_version=["10", 9, "ICD-9-CM", 10, None, 9, "11"],
    )
    assert frame["concept_id"].tolist() == ["hypercalcemia", pd.NA, "prostate_cancer"] + [pd.NA] * 4


@pytest.mark.parametrize("icd_version", ["10", 10, "10.0", 10.0, "ICD-10-CM 2026", "icd10cm"])
def test_every_way_to_write_a_version(icd_version):
    frame = bm.annotate(["C61", "185"], icd_version=icd_version)
    assert frame["concept_id"].notna().tolist() == [True, False]


def test_one_icd_version_for_all():
    assert bm.annotate(["185"], icd_version=9)["concept_id"].tolist() == ["prostate_cancer"]


@pytest.mark.parametrize("codes", [[174, 1740], [185.0], ["C61", 5], [b"C61"], [True]])
def test_codes_that_are_not_text_are_refused(codes):
    with pytest.raises(ArgumentError, match="read the column as text, so that leading zeros"):
        bm.annotate(codes, "icd9cm")


@pytest.mark.parametrize("vocabulary", ["ICD-10", "loinc", "skos", "RO", "drugs_at_fda", None])
def test_a_vocabulary_without_mappings_is_refused(vocabulary):
    with pytest.raises(UnknownNameError, match="no vocabulary"):
        bm.annotate(["C61"], vocabulary)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"icd_version": [9, 10]}, "codes has 1 values and icd_version 2"),
        ({"codes": "C61"}, "codes must be a Series or list"),
        ({"codes": 5}, "codes must be a Series or list"),
        ({"codes": [["C61"]]}, "codes must be single values"),
        (
            {"codes": pd.Series(["C61"]), "icd_version": pd.Series([10], index=[5])},
            "different indexes",
        ),
        ({"vocabulary": "mesh", "icd_version": 9}, "does not apply to the vocabulary mesh"),
        ({"version": "1.0.0"}, "version 1.0.0 has no mappings"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(arguments, message):
    with pytest.raises(ArgumentError, match=message):
        bm.annotate(**{"codes": ["C61"], **arguments})


def test_a_released_version():
    assert bm.annotate(["C61"], version="1.1.0")["concept_id"].tolist() == ["prostate_cancer"]
