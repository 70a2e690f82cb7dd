"""Annotating a column of codes: positions, ICD versions, and what is refused."""

import decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, CodesWarning, UnknownNameError

COLUMNS = ["position", "code", "concept_id", "predicate", "matched_code", "status"]
LIST = ["0174", None, "C61", ""]


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
    with pytest.warns(CodesWarning, match="3 of 6 values are codes of .*: check icd_version"):
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


@pytest.mark.parametrize(
    "values",
    [
        LIST,
        tuple(LIST),
        np.array(LIST, dtype=object),
        pd.Series(LIST, index=[9, 9, 3, 1]),
        pd.Series(LIST, dtype="category"),
        pd.Series(LIST, dtype=object),
        pd.Series(LIST, dtype=pd.ArrowDtype(pa.string())),
        pd.Index(LIST),
        pd.array(LIST, dtype="string"),
        pl.Series(LIST),
        pl.Series(LIST, dtype=pl.Categorical),
        pa.array(LIST),
        pa.array(LIST).dictionary_encode(),
        pa.chunked_array([LIST[:1], LIST[1:]]),
        ["0174", float("nan"), "C61", ""],
        ["0174", pd.NA, "C61", " "],
    ],
    ids=lambda values: type(values).__name__,
)
def test_every_kind_of_array_is_read(values):
    frame = bm.annotate(values)
    assert frame["status"].tolist() == ["not_a_code", "missing", "matched", "missing"]
    assert frame["code"].tolist()[:3] == ["0174", pd.NA, "C61"]


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"code": ["C61"]}),
        pl.DataFrame({"code": ["C61"]}),
        pl.LazyFrame({"code": ["C61"]}),
        pa.table({"code": ["C61"]}),
        np.array([["C61"]]),
        pd.MultiIndex.from_tuples([("C61", "C50")]),
    ],
    ids=lambda table: f"{type(table).__module__}-{type(table).__name__}",
)
def test_a_table_is_refused(table):
    with pytest.raises(ArgumentError, match=r"must be one column.*pass a column of it"):
        bm.annotate(table)


@pytest.mark.parametrize("codes", [{"C61": 1}, {"C61", "C50"}, {"C61": 1}.keys()])
def test_values_without_order_are_refused(codes):
    with pytest.raises(ArgumentError, match="must be ordered"):
        bm.annotate(codes)


@pytest.mark.parametrize(
    "codes",
    [
        [174, 1740],
        [185.0],
        ["C61", 5],
        [b"C61"],
        [True],
        [decimal.Decimal(174)],
        pd.Series([1985, None]),
        pd.Series([1985, None], dtype="Int64"),
        pd.Series([1985], dtype="category"),
        np.array([1985]),
        pl.Series([1985]),
        pa.array([1985, None]),
    ],
    ids=lambda codes: type(codes).__name__,
)
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


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("C79.51", "matched"),
        ("C61X", "matched"),  # X only fills the code up
        ("Z85.3", "no_concept"),
        ("R20.9", "no_concept"),  # below a category that is broader than the concept
        ("C79.519", "unknown_code"),
        ("C50ZZZZ", "unknown_code"),
        ("C61.9", "unknown_code"),  # ICD-O-3
        ("C80.9", "not_a_code"),  # of the WHO
        ("C42.1", "not_a_code"),  # ICD-O-3
        ("C20.9", "not_a_code"),  # ICD-O-3
        ("198.5", "not_a_code"),
        ("C50.9 C61", "not_a_code"),
        ("Ⅽ61", "not_a_code"),  # a Roman numeral
        ("unknown", "not_a_code"),
        ("nan", "not_a_code"),
        (" ", "missing"),
    ],
)
def test_the_status_of_a_code_of_icd10cm(code, status):
    annotated = bm.vocabulary().annotate_and_count([code])
    assert set(annotated.frame["status"]) == {status}


@pytest.mark.parametrize(
    ("vocabulary", "code", "status"),
    [
        ("hp", "HP:0002654", "no_concept"),
        ("hp", "2653", "not_a_code"),
        ("hp", "MONDO:0002653", "not_a_code"),
        ("snomedct", "94222008", "matched"),
        ("snomedct", "94222009", "not_a_code"),  # wrong check digit
        ("snomedct", "22298006", "no_concept"),
        ("icd9cm", "000", "not_a_code"),
        ("icd9cm", "V92", "not_a_code"),
        ("icd10pcs", "DP0B0", "not_a_code"),  # neither a table nor a code
        ("mesh", "D00522", "not_a_code"),
        ("umls", "C0153690", "matched"),
    ],
)
def test_the_status_of_a_code_of_other_vocabularies(vocabulary, code, status):
    annotated = bm.vocabulary().annotate_and_count([code], vocabulary).frame
    assert annotated["status"].tolist() == [status]


def test_a_code_that_is_not_in_the_edition_inherits():
    frame = bm.annotate(["C79.519"])
    assert dict(zip(frame["concept_id"], frame["predicate"], strict=True)) == {
        "bone_metastasis": "skos:narrowMatch",
        "advanced_cancer": "skos:narrowMatch",
    }


def test_several_codes_of_a_value_have_its_position():
    frame = bm.annotate(["C61; I10;", None, ";", "C61"], separator=";")
    assert frame[["position", "code", "status"]].values.tolist() == [
        [0, "C61", "matched"],
        [0, "I10", "no_concept"],
        [1, pd.NA, "missing"],
        [2, "", "missing"],
        [3, "C61", "matched"],
    ]


@pytest.mark.parametrize("separator", ["", 5, b";"])
def test_a_separator_that_is_no_text_is_refused(separator):
    with pytest.raises(ArgumentError, match="separator must be text"):
        bm.annotate(["C61"], separator=separator)


def test_several_codes_without_a_separator_are_reported():
    with pytest.warns(CodesWarning, match="Values with several codes: 2. Pass the separator"):
        bm.annotate(["198.5, C79.51", "C61;C50", "C61", "foo bar"])


def test_no_codes_with_versions_give_an_empty_frame():
    assert bm.annotate([], icd_version=[]).columns.tolist() == COLUMNS
