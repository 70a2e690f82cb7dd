"""Conventions of names: each by its name, and texts that none may change."""

import pytest

from bonemet_data.terminology.conventions import (
    CONVENTIONS,
    abbreviates,
    bag,
    key,
    order_of,
    reductions,
    reordered,
)

REDUCED = [
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


ORDERS = [
    ("Carcinoma, breast", "Breast carcinoma", "inverted order"),
    ("Neoplasm, malignant, of breast", "Malignant Breast Neoplasm", "inverted order"),
    ("Breast, malignant neoplasm of", "Malignant neoplasm of breast", "inverted order"),
    ("Therapy, Radiation", "Radiation therapy", "inverted order"),
    ("compression of the spinal cord", "Spinal cord compression", "X of Y"),
    ("pain in bone", "Bone pain", "X of Y"),
    ("Lung neoplasm malignant", "Malignant lung neoplasm", "adjective last"),
    ("Ca breast", "breast CA", "Ca X"),
    ("Ca Kidney", "kidney cancer", "Ca X"),
    ("Neoplasm, bone, secondary", "Metastasis of bone", "inverted order"),
    ("Bone neoplasms, secondary", "Metastasis of bone", "inverted order"),
]


@pytest.mark.parametrize(("text", "name", "convention"), ORDERS)
def test_an_order_of_words(text, name, convention):
    assert order_of(text) == convention
    assert bag(text) == bag(name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Malignant neoplasm of breast", "Breast malignant neoplasm"),
        ("Malignant neoplasm of the breast", "Breast malignant neoplasm"),
        ("Carcinoma, Ductal, Breast", "Breast ductal carcinoma"),
    ],
)
def test_a_name_has_a_plain_order(name, text):
    assert key(reordered(name)) == key(text)


@pytest.mark.parametrize("text", ["bone pain", "Pain bone", "secondary", ""])
def test_other_texts_have_no_other_order(text):
    assert order_of(text) is None
    assert reordered(text) is None


@pytest.mark.parametrize(
    ("text", "other", "alike"),
    [
        ("Malignant neoplasm of breast", "cancer of breast", True),
        ("Malignancy of breast", "Malignant tumour of the breast", True),
        ("Primary malignant neoplasm of prostate", "cancer of prostate", True),
        ("CA of prostate", "cancer of prostate", True),
        ("primary CA of thyroid", "cancer of thyroid", True),
        ("cancer of the prostate gland", "cancer of prostate", True),
        ("CA-125 of prostate", "cancer of prostate", False),
        ("Ca channel blocker of prostate", "channel blocker cancer", False),
        ("Neoplasm of breast", "cancer of breast", False),
        ("Benign neoplasm of breast", "cancer of breast", False),
        ("Secondary malignant neoplasm of breast", "cancer of breast", False),
        ("Malignant breast disease", "breast cancer", False),
    ],
)
def test_malignant_neoplasm_and_cancer_are_one(text, other, alike):
    assert (key(text) == key(other)) is alike
    assert (bag(text) == bag(other)) is alike
