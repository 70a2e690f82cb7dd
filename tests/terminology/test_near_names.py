"""Suggestions: how often the first one is right, and how often an unrelated label gets one."""

import pytest

import bonemet_data as bm
from bonemet_data.terminology.spelling import words
from tests.terminology.other_labels import unknown


def misspelled(name):
    """Return a name with one letter lost, doubled or replaced, or two exchanged, in three places."""
    for at in (len(name) // 3, len(name) // 2, 2 * len(name) // 3):
        one, two = name[at : at + 1], name[at + 1 : at + 2]
        if at and one.isalpha() and two.isalpha():
            yield name[:at] + name[at + 1 :]
            yield name[:at] + one + name[at:]
            yield name[:at] + ("a" if one == "e" else "e") + name[at + 1 :]
            yield name[:at] + two + one + name[at + 2 :]


def names():
    """Return the labels and exact synonyms of at least four letters that are no abbreviations."""
    labels = [(c.concept_id, c.label) for c in bm.vocabulary().concepts if c.label_scope != "BROAD"]
    synonyms = [
        (s.concept_id, s.synonym)
        for s in bm.load("synonyms", "records")
        if s.synonym_scope == "EXACT" and s.type != "abbreviation"
    ]
    kinds = {c.concept_id: c.kind for c in bm.vocabulary().concepts}
    for concept_id, name in labels + synonyms:
        in_data = kinds[concept_id] not in {"quality", "activity", "event", "time"}
        if in_data and len("".join(words(name))) >= 4:
            yield concept_id, name


def test_the_first_suggestion_is_right():
    vocabulary = bm.vocabulary()
    given = right = texts = 0
    for concept_id, name in names():
        for text in misspelled(name):
            if bm.lookup(text):
                continue
            texts += 1
            suggestions = vocabulary.suggestions(text)
            given += bool(suggestions)
            right += bool(suggestions) and suggestions[0].concept_id == concept_id
    print(f"{texts} misspelled names: {given} get a suggestion, of which {right} are right")
    assert texts > 5000
    assert given >= 0.9 * texts
    assert right >= 0.99 * given


def test_a_label_that_means_nothing_here_seldom_gets_a_suggestion():
    vocabulary = bm.vocabulary()
    labels = unknown()[::5]
    suggested = {label: found[0] for label in labels if (found := vocabulary.suggestions(label))}
    print(f"{len(labels)} unrelated labels: {len(suggested)} get a suggestion: {suggested}")
    assert len(labels) > 10_000
    assert len(suggested) <= 0.002 * len(labels)


@pytest.mark.parametrize(
    ("text", "concept_id"),
    [
        ("osteolityc", "osteolytic"),
        ("prostrate cancer", "prostate_cancer"),
        ("brest canser", "breast_cancer"),
        ("zolendronic acid", "bisphosphonates"),
        ("denosumb", "denosumab"),
        ("hypercalcimia", "hypercalcemia"),
        ("spinal cord compresion", "cord_compression"),
        ("metastases bone", "bone_metastasis"),
        ("bonemetastasis", "bone_metastasis"),
        ("cancer of the brest", "breast_cancer"),
    ],
)
def test_a_misspelled_name(text, concept_id):
    assert bm.vocabulary().suggestions(text)[0].concept_id == concept_id


@pytest.mark.parametrize(
    "text",
    [
        "Vertigo",
        "Malignant neoplasm of brain",
        "Malignant neoplasm of gum",
        "Malignant neoplasm of heart",
        "Hypocalcemia",
        "Vomiting without nausea",
        "RTT",
        "CD255",
        "x",
        "",
        "--",
        "2020-01-01",
        "a" * 10_000,
    ],
)
def test_another_word_is_no_misspelling(text):
    assert bm.vocabulary().suggestions(text) == ()


def test_a_known_name_of_another_scope_is_marked():
    assert bm.vocabulary().suggestions("fracture")[0] == (
        "fractures", "Fractures", "broader", 100.0,
    )  # fmt: skip
    assert bm.vocabulary().suggestions("Lethargy")[0][::2] == ("fatigue", "related")
    assert bm.vocabulary().suggestions("lytic")[0][::2] == ("osteolytic", "exact")
    assert bm.vocabulary().suggestions("SRE", "finding")[0].scope == "exact"


def test_a_kind_limits_the_suggestions():
    assert bm.vocabulary().suggestions("osteolityc", "type")
    assert bm.vocabulary().suggestions("osteolityc", "cancer") == ()
