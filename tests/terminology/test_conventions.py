"""Conventions of names: each by its name, and texts that none may change."""

import pytest

from bonemet_data.terminology import spelling
from bonemet_data.terminology.conventions import CONVENTIONS, abbreviates, reductions, several
from bonemet_data.terminology.label_index import DRUG_NOUN, DRUG_STRING, SITE, TWO_NAMES
from bonemet_data.terminology.modifiers import MODIFIER
from bonemet_data.terminology.qualifiers import QUALIFIER
from bonemet_data.terminology.word_order import (
    ADJECTIVE_LAST,
    AND,
    CANCER_SYNONYM,
    INVERTED,
    METASTASIS,
    NOUN_FIRST,
    OF,
)
from tests.conftest import ROOT

REDUCED = [
    ("C50 Breast cancer", "Breast cancer", "code beside the name"),
    ("C79.51 - Bone metastasis", "Bone metastasis", "code beside the name"),
    ("Lung cancer [C34]", "Lung cancer", "code beside the name"),
    ("Bone metastasis (ICD-10: C79.51)", "Bone metastasis", "code beside the name"),
    ("198.5 Bone metastasis", "Bone metastasis", "code beside the name"),
    ("162 - Lung cancer", "Lung cancer", "code beside the name"),
    ("94222008 | Bone metastasis |", "Bone metastasis", "code beside the name"),
    ("Denosumab-bbdz", "Denosumab", "suffix of a biologic"),
    ("Bone Pain, CTCAE", "Bone Pain", "terminology of adverse events"),
    ("CTCAE v5.0 Constipation", "Constipation", "terminology of adverse events"),
    ("c/o nausea", "nausea", "complaint"),
    ("Patient complains of bone pain", "bone pain", "complaint"),
    ("Has numbness", "numbness", "complaint"),
    ("Nausea present", "Nausea", "complaint"),
    ("Fatigue - symptom", "Fatigue", "complaint"),
    ("Malignant neoplasm of unspecified part of lung", "Malignant neoplasm of lung", "NOS"),
    ("FOM - Frequency of micturition", "Frequency of micturition", "abbreviation in brackets"),
    ("KEGG_WNT_SIGNALING_PATHWAY", "WNT_SIGNALING_PATHWAY", "gene set"),
    ("Bisphosphonates (e.g., zoledronic acid)", "Bisphosphonates", "examples"),
    ("Analgesics such as opioids", "Analgesics", "examples"),
    ("RadiationTherapyOfBone", "Radiation Therapy Of Bone", "joined words"),
    ("Bisphosphonate [EPC]", "Bisphosphonate", "semantic tag"),
    ("Nausea - chronic", "Nausea, chronic", "dash"),
    ("RCC w/ sarcomatoid features", "RCC with sarcomatoid features", "w/ for with"),
    ("nausea w/o vomiting", "nausea without vomiting", "w/ for with"),
    ("ankle and/or foot", "ankle and foot", "slash"),
    ("cord compression, type unspecified", "cord compression", "NOS"),
    ("RCC - Renal cell carcinoma", "Renal cell carcinoma", "abbreviation in brackets"),
    ("Lung/bronchus cancer", "Lung and bronchus cancer", "slash"),
    ("Lung cancer unspecified", "Lung cancer", "NOS"),
    ("XGEVA®", "XGEVA", "trademark"),
    ("Prolia™", "Prolia", "trademark"),
    ("Zometa(R)", "Zometa", "trademark"),
    ("Drug: Zoledronic acid", "Zoledronic acid", "type of intervention"),
    ("Biological: denosumab", "denosumab", "type of intervention"),
    ("Radiation: SBRT", "SBRT", "type of intervention"),
    ("[M]Multiple myeloma", "Multiple myeloma", "mark of a chapter"),
    ("[D] Nausea", "Nausea", "mark of a chapter"),
    ("Malignant neoplasm: Main bronchus", "Malignant neoplasm of Main bronchus", "colon"),
    ("Paralysis [82.]", "Paralysis", "number in brackets"),
    ("Cancer of bronchus; lung [19.]", "Cancer of bronchus; lung", "number in brackets"),
    ("Feeling nauseous", "nauseous", "feeling"),
    ("Feels tired", "tired", "feeling"),
    ("Bone pain (finding)", "Bone pain", "semantic tag"),
    ("Malignant tumor of breast (disorder)", "Malignant tumor of breast", "semantic tag"),
    ("Skeletal-related events (SREs)", "Skeletal-related events", "abbreviation in brackets"),
    ("Renal Cell Carcinoma [RCC]", "Renal Cell Carcinoma", "abbreviation in brackets"),
    ("SRE (skeletal-related event)", "skeletal-related event", "abbreviation in brackets"),
    ("Breast cancer, NOS", "Breast cancer", "NOS"),
    ("Fatigue NOS", "Fatigue", "NOS"),
    ("Carcinoma, NOS, of breast, NOS", "Carcinoma, of breast", "NOS"),
    ("Constipation, unspecified", "Constipation", "NOS"),
    ("Unspecified cord compression", "cord compression", "NOS"),
    ("Lung cancer (not otherwise specified)", "Lung cancer", "NOS"),
    ("Pathologic fracture, unspecified site", "Pathologic fracture", "NOS"),
    ("Malignant neoplasm of unspecified site", "Malignant neoplasm", "NOS"),
]


@pytest.mark.parametrize(("text", "name", "convention"), REDUCED)
def test_a_convention_is_removed(text, name, convention):
    *_, (removed, reduced) = reductions(text)
    assert (removed, reduced) == ((convention,), name)


def test_every_convention_is_tested_and_has_a_source():
    assert {c.name for c in CONVENTIONS} == {convention for _, _, convention in REDUCED}
    assert all(convention.source for convention in CONVENTIONS)


@pytest.mark.parametrize(
    "text",
    [
        "Breast cancer",
        "NOS",
        "nostril",
        "Feeling of illness",
        "Cancer (of breast)",
        "Pathological fracture (left femur)",
        "Drug",
        "Malignant neoplasm of unspecified site of left breast",
        "Denosumab (investigational)",
        "Diagnosis: breast cancer",
        "T4 vertebral metastasis",
        "2 bone metastases",
        "223 radium",
        "T12 metastasis",
        "A33 monoclonal antibody",
        "G12C lung cancer",
        "KEGG_WNT",
        "anti-mab-free",
        "mCRPC",
        "egg allergy",
        "5/10 pain",
        "",
    ],
)
def test_other_texts_stay_as_they_are(text):
    assert list(reductions(text)) == [((), text)]


def test_conventions_add_up():
    assert list(reductions("Drug: Xgeva® (product)"))[-1] == (
        ("trademark", "type of intervention", "semantic tag"),
        "Xgeva",
    )


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("SREs", "Skeletal-related events", True),
        ("NSCLC", "Non-Small Cell Lung Cancer", True),
        ("mCRPC", "Metastatic castration-resistant prostate cancer", True),
        ("QoL", "Quality of life", True),
        ("left", "Breast cancer", False),
        ("Bone", "Bone metastasis", False),
        ("BC", "Cancer of breast", False),
        ("B", "Breast", False),
        ("of breast", "Cancer", False),
        ("RT", "RT", False),
        ("NA", "Nausea", False),
        ("mcrpc", "metastatic castration-resistant prostate cancer", True),
        ("bc", "breast cancer", True),
        ("bone", "bone metastasis", False),
        ("pain", "prostate cancer in", False),
    ],
)
def test_an_abbreviation_has_the_letters_of_its_long_form(short, long, expected):
    assert abbreviates(short, long) is expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hypercalcemia (high blood calcium)", ("Hypercalcemia", "high blood calcium")),
        ("Osteoblastic [sclerotic]", ("Osteoblastic", "sclerotic")),
        ("somnolence/drowsiness", ("somnolence", "drowsiness")),
        ("tiredness or fatigue", ("tiredness", "fatigue")),
        ("Xgeva, aka denosumab", ("Xgeva", "denosumab")),
        ("orbit", ()),
        ("Breast cancer", ()),
    ],
)
def test_a_text_has_several_names(text, names):
    assert several(text) == names


def test_the_guide_explains_every_way_of_writing():
    guide = (ROOT / "docs/how-to/annotate.md").read_text(encoding="utf-8")
    names = {each.name for each in (*CONVENTIONS, *spelling.RULES)}
    names |= {INVERTED, OF, ADJECTIVE_LAST, NOUN_FIRST, AND, CANCER_SYNONYM, METASTASIS}
    names |= {QUALIFIER, MODIFIER, SITE, TWO_NAMES, DRUG_STRING, DRUG_NOUN}
    assert {name for name in names if name not in guide} == set()
