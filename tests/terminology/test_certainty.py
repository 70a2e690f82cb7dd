"""Certainty: what is denied, doubted, past, planned or said of somebody else names nothing."""

import sys

import pytest

import bonemet_data as bm
from bonemet_data.terminology.certainty import DOUBTS, is_doubtful
from bonemet_data.terminology.spelling import stems

NAMELESS = [
    "Family history of breast cancer metastatic to bone",
    "Risk of lung cancer bone metastases",
    "denies cancer bone metastases",
    "mother with bone metastases",
    "Surgery versus radiation for bone metastases",
    "Exclude patients with bone metastases",
    "bone metastases (-)",
    "nausea +/-",
    "bone metastasis negative",
    "nausea [0]",
    "Nausea grade 0",
    "Z80.3 Breast cancer",
    "Z88.5 Opioids",
    "P53: Lung cancer",
    "Morphine, anaphylaxis",
    "NKDA, ibuprofen",
    "denosumab, deferred",
    "d/c denosumab",
    "denosumab-held",
    "denosumab 0 mg",
    "denosumab or zoledronic acid",
    "morphine PRN declines",
    "H/O - Hormone therapy",
    "Breast cancer symptoms",
    "Pathological fracture not femur",
    "Not breast surgery",
    "lung cancer from breast",
    "thyroid hormone therapy",
    "hormone therapy for menopause",
    "Chemotherapy for tuberculosis",
    "Diagnostic test: bone metastasis",
    "Genetic: breast cancer",
    "growth of malignant breast tumor",
    "non-related nausea",
    "benign tumor bone metastases",
]


@pytest.mark.parametrize("label", NAMELESS)
def test_a_text_names_nothing(label):
    frame = bm.normalize([label], scopes=("exact", "narrower"))
    assert frame["concept_id"].isna().all()


@pytest.mark.parametrize(
    ("label", "kind", "concept_id"),
    [
        ("Triple Negative Breast Cancer (TNBC)", None, "breast_cancer"),
        ("HER2 negative breast cancer", None, "breast_cancer"),
        ("Breast cancer, HER2 negative", None, "breast_cancer"),
        ("Nausea without vomiting", None, "nausea"),
        ("RT to femur", "treatment", "radiation_to_bone"),
        ("RT femur", "treatment", None),
    ],
)
def test_a_sign_that_is_part_of_a_name_denies_nothing(label, kind, concept_id):
    found = bm.normalize([label], kind, ("exact", "narrower"))["concept_id"].dropna()
    assert concept_id in found.tolist() or (concept_id is None and found.empty)


@pytest.mark.parametrize("text", ["Breast cancer", "0.5 mg denosumab", "T-cell", "pain - chronic"])
def test_other_texts_have_no_sign_of_doubt(text):
    assert not is_doubtful(text)


def test_few_published_names_have_a_word_of_doubt():
    """Such a name matches as a whole, but not in its other forms."""
    names = [record for record in bm.load("synonyms", "records") if record.synonym_scope == "EXACT"]
    doubtful = {record.synonym for record in names if not DOUBTS.isdisjoint(stems(record.synonym))}
    assert len(doubtful) < 0.01 * len(names)


@pytest.mark.parametrize(
    "part",
    ["bone mets with rib mets/", "mets/with ", "with ", "due to ", "(", "of ", "metastatic "],
)
def test_a_long_text_takes_little_time(part):
    """Rewriting once took 3 s for a text of 1,000 letters; the limit of depth bounds its steps."""
    steps = 0

    def count(*_):
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        bm.normalize([(part * 1000)[:1000]])
    finally:
        sys.setprofile(None)
    assert steps < 1_000_000
