"""Orders of the words of a name, and the words for cancer and metastasis that mean the same."""

import pytest

from bonemet_data.terminology.word_order import bag, key, order_of, reordered

ORDERS = [
    ("Carcinoma, breast", "Breast carcinoma", "inverted order"),
    ("Neoplasm, malignant, of breast", "Malignant Breast Neoplasm", "inverted order"),
    ("Breast, malignant neoplasm of", "Malignant neoplasm of breast", "inverted order"),
    ("Therapy, Radiation", "Radiation therapy", "inverted order"),
    ("compression of the spinal cord", "Spinal cord compression", "X of Y"),
    ("pain in bone", "Bone pain", "X of Y"),
    ("Lung neoplasm malignant", "Malignant lung neoplasm", "adjective last"),
    ("Ca breast", "breast CA", "noun first"),
    ("Ca Kidney", "kidney cancer", "noun first"),
    ("Carcinoma prostate", "prostate carcinoma", "noun first"),
    ("Malignant neoplasm kidney", "kidney cancer", "noun first"),
    ("Metastases bone", "bone metastasis", "noun first"),
    ("bronchus and lung cancer", "cancer of lung and bronchus", "and, or"),
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


@pytest.mark.parametrize("text", ["bone pain", "Pain bone", "cell tumor", "secondary", ""])
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
