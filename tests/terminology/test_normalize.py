"""Normalizing a column of free text: statuses, ambiguous texts, and suggestions."""

from types import MappingProxyType

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, UnknownNameError


def statuses(labels, kind=None, **options):
    return bm.normalize(labels, kind, **options)["status"].tolist()


def test_what_is_not_matched_is_reported_and_not_chosen():
    frame = bm.normalize(["nausea", "lumbago", None, "  ", "--", 5])
    assert frame.columns.tolist() == [
        "position", "label", "concept_id", "status", "matched", "how",
    ]  # fmt: skip
    assert frame["status"].tolist() == [
        "exact", "unknown", "missing", "missing", "unknown", "unknown",
    ]  # fmt: skip
    assert frame["concept_id"].notna().tolist() == [True] + [False] * 5
    assert frame["matched"].iloc[0] == "nausea"
    assert pd.isna(frame["how"].iloc[0])


KNOWN = [
    ("Breast carcinoma", "narrower", "breast_cancer"),
    ("Nausea and vomiting", "broader", "nausea"),
    ("Lethargy", "related", "fatigue"),
]


@pytest.mark.parametrize(("label", "status", "concept_id"), KNOWN)
def test_other_scopes_are_reported_always_and_match_on_request(label, status, concept_id):
    (row,) = bm.normalize([label]).itertuples()
    assert (row.status, row.matched) == (status, label)
    assert pd.isna(row.concept_id)
    (row,) = bm.normalize([label], scopes=["exact", status]).itertuples()
    assert (row.status, row.concept_id) == (status, concept_id)
    assert bm.normalize([label], scopes=status).loc[0, "concept_id"] == concept_id
    assert pd.isna(bm.normalize(["nausea"], scopes=[status]).loc[0, "concept_id"])


def test_nothing_that_lookup_knows_by_a_name_of_data_is_unknown():
    kinds = {c.concept_id: c.kind for c in bm.load("concepts", "records")}
    not_in_data = {"quality", "activity", "event", "time"}
    names = [s.synonym for s in bm.load("synonyms", "records")]
    names += [
        label
        for id_, kind in kinds.items()
        if kind not in not_in_data
        for label in (bm.concept(id_).label, id_)
    ]
    frame = bm.normalize(names)
    assert frame.loc[frame["status"].isin(["unknown", "site"]), "label"].tolist() == []


def test_a_name_that_is_narrower_than_several_concepts_has_a_row_for_each():
    frame = bm.normalize(["nausea", "Metastases"], scopes=["exact", "related"])
    assert frame["position"].tolist() == [0, 1, 1]
    assert set(frame["concept_id"]) == {"nausea", "advanced_cancer", "cancer_spread"}
    assert len(bm.normalize(["Metastases"])) == 1


def test_of_a_concept_and_its_broader_one_the_former_counts():
    frame = bm.normalize(["Internal Fracture Fixation"], scopes=["narrower"])
    assert frame["concept_id"].tolist() == ["fracture_fixation"]


def test_several_names_in_a_cell():
    frame = bm.normalize(["nausea; Constipation;;x", ";", "NSAIDs"], separator=";")
    assert frame["position"].tolist() == [0, 0, 0, 1, 2]
    assert frame["label"].tolist()[:3] == ["nausea", "Constipation", "x"]
    assert frame["status"].tolist() == ["exact", "exact", "unknown", "missing", "exact"]


def test_a_site_is_no_cancer():
    sites = ["Breast", "Bronchus and lung", "Prostate gland", "Upper lobe, lung", "Colon, NOS"]
    frame = bm.normalize(sites, "cancer", scopes=["exact", "narrower", "broader", "related"])
    assert frame["status"].tolist() == ["site"] * len(sites)
    assert frame["concept_id"].isna().all()
    assert statuses(["Breast", "Breast cancer"]) == ["related", "exact"]


@pytest.mark.parametrize(
    ("label", "concept_id"),
    [
        ("Pathological fracture of left femur", "fractures"),
        ("Bone pain in hip", "pain"),
        ("Bone metastasis, pelvis", "bone_metastasis"),
        ("Radiation therapy to spine", "radiation_therapy"),
        ("Malignant neoplasm of stomach", None),  # a cancer is another one elsewhere
        ("Bone marrow of femur", None),
        ("Fracture of femur", None),  # a fracture is broader
    ],
)
def test_a_finding_or_procedure_at_a_site_is_narrower(label, concept_id):
    (found,) = bm.normalize([label], scopes=["exact", "narrower"])["concept_id"]
    assert (None if pd.isna(found) else found) == concept_id


def test_an_abbreviation_matches_only_whole_and_with_a_kind():
    assert statuses(["RT", "RT-PCR", "RT 5"]) == ["ambiguous", "unknown", "unknown"]
    assert bm.normalize(["RT"], "treatment")["concept_id"].tolist() == ["radiation_therapy"]
    assert statuses(["RT"], "cancer") == ["unknown"]


@pytest.mark.parametrize("label", ["Pain", "PAIN", "pains", "pain NOS", "Pain (finding)", "pain"])
def test_a_label_that_covers_more_than_its_concept_is_broader(label):
    assert statuses([label]) == statuses([label], "symptom") == ["broader"]


@pytest.mark.parametrize(
    "label",
    [
        "Metastases to bone: no",
        "Fatigue: no",
        "no nausea",
        "Nausea (NA)",
        "nausea - none",
        "denies bone pain",
        "without bone metastases",
        "not breast cancer",
        "possible bone metastasis",
        "history of nausea",
        "mother: breast cancer",
        "non-metastatic breast cancer",
    ],
)
def test_what_is_denied_or_uncertain_names_nothing(label):
    assert statuses([label]) == ["unknown"]


def test_a_text_of_any_length_takes_little_time():
    for text in ("a" + " " * 100_000 + "b", "bone " * 20_000, "(" * 100_000, ", NOS" * 20_000):
        assert statuses([text], suggest=True) == ["unknown"]


@pytest.mark.parametrize("label", ["Bone metastasis?", "? breast cancer", "?nausea"])
def test_a_guess_names_nothing(label):
    assert statuses([label]) == ["unknown"]


@pytest.mark.parametrize(
    "make",
    [
        list,
        tuple,
        pd.Series,
        pd.Index,
        pd.Categorical,
        pl.Series,
        pa.array,
        lambda values: pd.Series(values, dtype="string[pyarrow]"),
        lambda values: pa.chunked_array([values]),
        lambda values: np.array(values, dtype=object),
        iter,
    ],
)
def test_columns_of_every_kind(make):
    frame = bm.normalize(make(["nausea", None, "x"]))
    assert frame["status"].tolist() == ["exact", "missing", "unknown"]
    assert pd.isna(frame.loc[1, "label"])


def test_an_ambiguous_text_has_no_concept_and_lists_its_concepts():
    records = dict(bm.vocabulary().records)
    synonym = records["synonyms"][0]._replace(
        concept_id="numbness", synonym="Nausea", synonym_scope="EXACT"
    )
    records["synonyms"] = (*records["synonyms"], synonym)
    vocabulary = bm.Vocabulary("0.0.0", MappingProxyType(records))
    (row,) = vocabulary.normalize(["Nausea"]).itertuples()
    assert (row.status, row.matched) == ("ambiguous", "nausea; numbness")
    assert pd.isna(row.concept_id)


def test_no_texts_give_an_empty_frame():
    assert bm.normalize([]).shape == (0, 6)
    assert bm.normalize([], suggest=True).shape == (0, 7)


def test_suggestions_are_ranked_and_never_chosen():
    frame = bm.normalize(["prostrate cancer", "nausea", None, "Breast"], suggest=True)
    first = frame.loc[0, "suggestions"][0]
    assert first[:2] == ("prostate_cancer", "Prostate cancer")
    assert isinstance(first, bm.Suggestion)
    assert pd.isna(frame.loc[0, "concept_id"])
    assert frame["suggestions"].tolist()[1:3] == [(), ()]
    assert frame.loc[3, "suggestions"] == (("breast_cancer", "Breast", "related", 100.0),)


@pytest.mark.parametrize("kind", ["tumour", "quality", "activity", "event", "time"])
def test_a_kind_that_is_not_searched_is_unknown(kind):
    with pytest.raises(UnknownNameError, match=r"There is no kind .*(Valid|Did you mean)"):
        bm.normalize(["x"], kind=kind)


def test_names_of_kinds_that_are_not_searched_are_not_suggested():
    frame = bm.normalize(["asymptomatik", "life threatenin"], suggest=True)
    assert frame["suggestions"].tolist() == [(), ()]


@pytest.mark.parametrize("labels", ["nausea", 5, pd.DataFrame({"x": ["nausea"]}), [["nausea"]]])
def test_what_is_no_column_is_refused(labels):
    with pytest.raises(ArgumentError, match="labels must be"):
        bm.normalize(labels)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"scopes": ["exact", "EXACT"]}, "scopes must be of exact, narrower"),
        ({"scopes": "all"}, "not 'all'"),
        ({"separator": ""}, "separator must be text"),
    ],
)
def test_an_unknown_option_is_refused(options, message):
    with pytest.raises(ArgumentError, match=message):
        bm.normalize(["nausea"], **options)


def test_a_release_without_synonyms_has_labels():
    frame = bm.normalize(["Pain", "bone pain"], version="1.0.0")
    assert frame["status"].tolist() == ["exact", "unknown"]


@pytest.mark.parametrize(
    ("label", "concept_id", "status"),
    [
        ("Secondary tumour of bone", "bone_metastasis", "exact"),
        ("Metastatic malignancy to bone", "bone_metastasis", "exact"),
        ("Osseous mets", "bone_metastasis", "exact"),
        ("Liver metastases", "advanced_cancer", "narrower"),
        ("Metastasis to the brain", "advanced_cancer", "narrower"),
        ("Metastatic cancer to the breast", "advanced_cancer", "narrower"),
        ("Metastatic cancer of breast", "breast_cancer", "narrower"),
        ("Metastatic breast cancer", "breast_cancer", "narrower"),
        ("Localized prostate cancer", "prostate_cancer", "narrower"),
        ("Blood calcium increased", "hypercalcemia", "exact"),
        ("Paralysed", "paralysis", "exact"),
        ("Malignant prostatic neoplasm", "prostate_cancer", "exact"),
    ],
)
def test_a_metastasis_is_named_after_the_place_where_it_is(label, concept_id, status):
    frame = bm.normalize([label], scopes=["exact", "narrower"])
    assert frame[["concept_id", "status"]].to_numpy().tolist() == [[concept_id, status]]
