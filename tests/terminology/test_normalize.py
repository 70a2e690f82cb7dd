"""Normalizing a column of free text: statuses, ambiguous texts, and suggestions."""

from types import MappingProxyType

import pandas as pd
import pytest

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, UnknownNameError


def test_what_is_not_matched_is_reported_and_not_chosen():
    frame = bm.normalize(["nausea", "lumbago", None, "  ", "--", 5])
    assert frame["status"].tolist() == [
        "matched", "unknown", "missing", "missing", "unknown", "unknown",
    ]  # fmt: skip
    assert frame["concept_id"].notna().tolist() == [True] + [False] * 5
    assert frame["matched"].iloc[0] == "Nausea"


def test_an_ambiguous_text_has_no_concept_and_lists_its_concepts():
    records = dict(bm.vocabulary().records)
    synonym = records["synonyms"][0]._replace(
        concept_id="numbness", synonym="Nausea", synonym_scope="EXACT"
    )
    records["synonyms"] = (*records["synonyms"], synonym)
    vocabulary = bm.Vocabulary("0.0.0", MappingProxyType(records))
    (row,) = vocabulary.normalize(["nausea"]).itertuples()
    assert (row.status, row.matched) == ("ambiguous", "nausea; numbness")
    assert pd.isna(row.concept_id)
    assert vocabulary.suggest("nausea") is None


def test_the_index_of_a_series_is_kept():
    texts = pd.Series(["nausea", "x"], index=["b", "a"])
    assert bm.normalize(texts).index.tolist() == ["b", "a"]


def test_no_texts_give_an_empty_frame():
    assert bm.normalize([]).shape == (0, 4)
    assert bm.normalize([], suggest=True).shape == (0, 5)


def test_suggestions_are_ranked_and_never_chosen():
    frame = bm.normalize(["prostrate cancer", "nausea", None], suggest=True)
    suggestions = frame.loc[0, "suggestions"]
    assert suggestions[0][:2] == ("prostate_cancer", "Prostate cancer")
    scores = [score for _, _, score in suggestions]
    assert scores == sorted(scores, reverse=True)
    assert pd.isna(frame.loc[0, "concept_id"])
    assert frame["suggestions"].tolist()[1:] == [(), ()]


@pytest.mark.parametrize("kind", ["tumour", "quality", "activity", "event", "time"])
def test_a_kind_that_is_not_searched_is_unknown(kind):
    with pytest.raises(UnknownNameError, match=r"Valid: .*cancer"):
        bm.normalize(["x"], kind=kind)


def test_names_of_kinds_that_are_not_searched_are_not_suggested():
    frame = bm.normalize(["asymptomatik", "life threatening"], suggest=True)
    kinds = {bm.concept(id_).kind for row in frame["suggestions"] for id_, _, _ in row}
    assert not kinds & {"quality", "activity", "event", "time"}


def test_a_single_text_is_refused():
    with pytest.raises(ArgumentError, match="labels must be a Series or list"):
        bm.normalize("nausea")


def test_a_release_without_synonyms_has_labels():
    frame = bm.normalize(["Pain", "bone pain"], version="1.0.0")
    assert frame["status"].tolist() == ["matched", "unknown"]
