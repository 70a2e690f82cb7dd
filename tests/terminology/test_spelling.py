"""Words in one spelling: each rule by its name, and what no rule may make equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.terminology.spelling import RULES, differences, stems

ALIKE = [
    ("TGF-β", "TGF-beta", "Greek letter"),
    ("tumour", "tumor", "British spelling"),
    ("oesophagus", "esophagus", "British spelling"),
    ("haematoma", "hematoma", "British spelling"),
    ("hypercalcaemia", "hypercalcemia", "British spelling"),
    ("leukaemia", "leukemia", "British spelling"),
    ("anaesthesia", "anesthesia", "British spelling"),
    ("paraesthesia", "paresthesia", "British spelling"),
    ("orthopaedic surgery", "orthopedic surgery", "British spelling"),
    ("oestrogen", "estrogen", "British spelling"),
    ("faecal incontinence", "fecal incontinence", "British spelling"),
    ("diarrhoea", "diarrhea", "British spelling"),
    ("localised", "localized", "British spelling"),
    ("stabilisation", "stabilization", "British spelling"),
    ("bone remodelling", "bone remodeling", "British spelling"),
    ("metastases", "metastasis", "plural"),
    ("fractures", "fracture", "plural"),
    ("therapies", "therapy", "plural"),
    ("carcinomata", "carcinoma", "plural"),
    ("vertebrae", "vertebra", "plural"),
    ("masses", "mass", "plural"),
    ("diseases", "disease", "plural"),
    ("diagnoses", "diagnosis", "plural"),
    ("osteolyses", "osteolysis", "plural"),
    ("bone mets", "bone metastasis", "short form"),
    ("malig neo kidney", "malignant neoplasm kidney", "short form"),
    ("path fx", "pathologic fracture", "short form"),
    ("hormone tx", "hormone therapy", "short form"),
    ("pathological fracture", "pathologic fracture", "pathological for pathologic"),
    ("zoledronate", "zoledronic acid", "-dronate for -dronic acid"),
    ("paralysed", "paralyzed", "British spelling"),
    ("prostatic cancer", "prostate cancer", "adjective of an organ"),
    ("renal cancer", "kidney cancer", "adjective of an organ"),
    ("pulmonary cancer", "lung cancer", "adjective of an organ"),
    ("mammary cancer", "breast cancer", "adjective of an organ"),
    ("osseous metastasis", "bone metastasis", "adjective of an organ"),
    ("hepatic metastasis", "liver metastasis", "adjective of an organ"),
    ("urinary incontinence", "urine incontinence", "adjective of an organ"),
    ("fecal incontinence", "feces incontinence", "adjective of an organ"),
    ("hormone treatment", "hormone therapy", "treatment for therapy"),
    ("proton radiotherapy", "proton radiation therapy", "radiotherapy"),
    ("bronchus or lung", "bronchus and lung", "and, or"),
]


@pytest.mark.parametrize(("text", "name", "rule"), ALIKE)
def test_a_rule_makes_them_alike(text, name, rule):
    assert stems(text) == stems(name)
    assert differences(text, name) == (rule,)


def test_every_rule_is_tested_and_has_a_source():
    assert {rule.name for rule in RULES} == {rule for _, _, rule in ALIKE}
    assert all(rule.source for rule in RULES)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("breast-cancer", "breast cancer"),
        ("breast\u2010cancer", "breast cancer"),  # hyphen
        ("breast \u2013 cancer", "breast cancer"),  # en dash
        ("breast\u00a0cancer", "breast cancer"),  # no-break space
        ("\u201cbreast cancer\u201d", "breast cancer"),
        ("  BREAST   Cancer\t", "breast cancer"),
        ("Kahler\u2019s disease", "Kahlers disease"),
        ("ｂｒｅａｓｔ cancer", "breast cancer"),
        ("seed & soil", "seed and soil"),
    ],
)
def test_typography_does_not_count(text, name):
    assert stems(text) == stems(name)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("hypercalcemia", "hypocalcemia"),
        ("osteoblastic", "osteoclastic"),
        ("metastasis", "metastatic"),
        ("lung", "lungs cancer"),
        ("mass", "mas"),
        ("pus", "pu"),
        ("virus", "viru"),
    ],
)
def test_other_words_stay_apart(text, other):
    assert stems(text) != stems(other)


@given(st.text())
def test_one_spelling_stays_as_it_is(text):
    once = stems(text)
    assert all(word == word.casefold() for word in once)
    assert differences(text, text) == ()
