"""Detecting the vocabulary of codes, and warning if they were looked up in another one."""

import pandas as pd
import pytest

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, CodesWarning

# the vocabulary that fits best, and codes of it
COLUMNS = [
    ("icd10cm", ["C50.911", "C79.51", "M84.58XA", "Z85.3", "E11.9"]),
    ("icd10cm", ["C50911", "C7951", "M8458XA", "Z853", "I10"]),
    ("icd9cm", ["174.9", "198.5", "V10.3", "E849.0"]),
    ("icd9proc", ["92.24", "99.25", "81.66"]),
    ("icd10pcs", ["DP0B0ZZ", "0PH004Z", "02703ZZ"]),
    ("icd10", ["C80.9", "C79.5", "C61", "J18.9"]),
    ("icdo3", ["C50.9", "C61.9", "C42.1", "C77.9"]),
    ("icdo3m", ["8500/3", "8140/6", "M-8000/3"]),
    ("snomedct", ["94222008", "254837009", "22298006"]),
    ("loinc", ["21908-9", "718-7", "2160-0"]),
    ("mesh", ["D001859", "D009362", "C535575"]),
    ("umls", ["C0153690", "C0006142"]),
    ("NCIT", ["NCIT:C3580", "http://purl.obolibrary.org/obo/NCIT_C4872"]),
    ("HP", ["HP:0002653", "HP_0002756"]),
    ("MONDO", ["MONDO:0007254", "http://purl.obolibrary.org/obo/MONDO_0005138"]),
    ("uniprot", ["O14788", "Q9Y6Q6", "P01137"]),
]


@pytest.mark.parametrize(("vocabulary", "codes"), COLUMNS)
def test_the_vocabulary_of_a_column_is_first(vocabulary, codes):
    frame = bm.detect([*codes, None, ""])
    first, second = frame.iloc[0], frame.iloc[1]
    assert (first["vocabulary"], first["codes"], first["share"]) == (vocabulary, len(codes), 1)
    assert (second["codes"], second["matched"]) < (first["codes"], first["matched"]) or (
        first["matched"] == second["matched"] == 0 and second["codes"] < first["codes"]
    )


def test_every_vocabulary_has_a_row_in_a_fixed_order():
    frame = bm.detect([])
    assert frame.columns.tolist() == ["vocabulary", "codes", "share", "matched"]
    assert frame["vocabulary"].tolist() == sorted(frame["vocabulary"], key=str.casefold)
    assert {"icd10cm", "HP", "loinc", "icd10", "icdo3"} <= set(frame["vocabulary"])
    assert frame[["codes", "share", "matched"]].to_numpy().sum() == 0


def test_a_share_is_of_the_values_and_not_of_distinct_codes():
    frame = bm.detect(["C79.51", "C79.51", "x", None]).set_index("vocabulary")
    assert frame.loc["icd10cm", ["codes", "matched"]].tolist() == [2, 2]
    assert frame.loc["icd10cm", "share"] == pytest.approx(2 / 3)


def test_codes_of_one_cell_are_separated():
    frame = bm.detect(["C61;C50.911", "I10;"], separator=";").set_index("vocabulary")
    assert frame.loc["icd10cm"].tolist() == [3, 1.0, 2]


def test_codes_that_do_not_tell_count_for_each_vocabulary():
    shares = bm.detect(["C50.9", "C34.1"]).set_index("vocabulary")["share"]
    assert shares[["icd10cm", "icd10", "icdo3"]].tolist() == [1.0, 1.0, 1.0]


def test_bare_digits_count_only_if_they_are_mapped():
    shares = bm.detect(["0002653", "9999999"]).set_index("vocabulary")["share"]
    assert (shares["HP"], shares["MONDO"]) == (0.5, 0.0)


def test_numbers_are_refused():
    with pytest.raises(ArgumentError, match="read the column as text"):
        bm.detect([94222008])


@pytest.mark.parametrize(
    ("codes", "vocabulary", "message"),
    [
        (
            ["94222008"] * 1000,
            "icd10cm",
            (
                "0 of 1,000 values are codes of icd10cm; 1,000 look like SNOMED CT: "
                "pass the vocabulary snomedct."
            ),
        ),
        (
            ["C50.9", "C61.9", "C42.1"],
            "icd10cm",
            (
                "1 of 3 values are codes of icd10cm; 3 look like ICD-O-3 topography: "
                "nothing is mapped to it."
            ),
        ),
        (
            ["C80.9", "C79.5", "C61"],
            "icd10cm",
            "2 of 3 values are codes of icd10cm; 3 look like ICD-10 (WHO): nothing is mapped to it.",
        ),
        (
            ["C79.51", "C50.911"],
            "icd9cm",
            "0 of 2 values are codes of icd9cm; 2 look like ICD-10-CM",
        ),
        (["198.5", "185"], "icd10cm", "0 of 2 values are codes of icd10cm; 2 look like ICD-9-CM"),
        (["21908-9"], "snomedct", "1 look like LOINC"),
        (["C34", "C61"], "umls", "2 look like ICD-10-CM"),
        # These have the form of codes of NCIt, but none means anything there.
        (["C50911", "C3411"], "NCIT", "2 look like ICD-10-CM"),
    ],
)
def test_codes_of_another_vocabulary_cause_a_warning(codes, vocabulary, message):
    with pytest.warns(CodesWarning) as caught:
        bm.annotate(codes, vocabulary)
    assert message in str(caught[0].message)
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("codes", "vocabulary"),
    [
        ([], "icd10cm"),
        ([None, ""], "icd10cm"),
        (["foo", "unknown"], "icd10cm"),
        (["Breast", "Lung"], "icd10cm"),
        (["C79.51", "unknown", "unknown"], "icd10cm"),
        (["I10", "Z85.3"], "icd10cm"),
        (["C50.9"], "icd10cm"),
        (["437233", "4129418", "1234"], "omop"),
    ],
)
def test_codes_that_fit_cause_no_warning(codes, vocabulary):
    assert isinstance(bm.annotate(codes, vocabulary), pd.DataFrame)  # a warning is an error here


def test_versions_that_are_exchanged_cause_a_warning():
    with pytest.warns(CodesWarning, match=r"0 of 2 values .*: check icd_version"):
        bm.annotate(["C50.911", "198.5"], icd_version=[9, 10])
