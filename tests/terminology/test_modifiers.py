"""Modifiers: phrases that make a name narrower, and what they do not apply to."""

import pytest

import bonemet_data as bm
from bonemet_data.terminology.modifiers import MODIFIER_WORDS, unmodified
from bonemet_data.terminology.spelling import stems

MODIFIED = [
    ("Hypercalcemia due to bone metastases", ["Hypercalcemia"]),
    ("Pathological fracture secondary to myeloma", ["Pathological fracture"]),
    ("Bone pain, caused by metastasis", ["Bone pain"]),
    ("Constipation (due to opioids)", ["Constipation"]),
    ("Bone metastases from breast cancer", ["Bone metastases"]),
    ("bone metastases of prostate cancer", ["bone metastases"]),
    ("bone metastases of prostate", []),
    ("Radiotherapy for bone metastases", ["Radiotherapy"]),
    ("Prostate cancer with bone metastases", ["Prostate cancer", "bone metastases"]),
    ("Nausea without vomiting", ["Nausea"]),
    ("Chemotherapy-induced nausea", ["nausea"]),
    ("Prostate cancer metastatic to bone", ["metastasis to bone", "Prostate cancer"]),
    ("Metastatic adenocarcinoma to the bone", ["metastasis to bone", "adenocarcinoma"]),
    ("Metastasis to rib", ["Metastasis to bone"]),
    ("femoral metastases", ["bone metastases"]),
    ("breast cancer bone metastases", ["bone metastases", "breast cancer"]),
    ("Prostate Cancer (PCa) Bone Metastases", ["Bone Metastases", "Prostate Cancer"]),
    ("NSCLC bone mets", ["bone mets", "NSCLC"]),
    ("radiation to rib", ["radiation to bone"]),
    ("femoral fracture", []),
    ("Nausea due to opioids or radiation", []),
    ("Fatigue, not due to chemotherapy", []),
    ("Chemotherapy before surgery", ["Chemotherapy"]),
    ("Bone pain", []),
]


@pytest.mark.parametrize(("text", "names"), MODIFIED)
def test_a_modifier_makes_a_name_narrower(text, names):
    assert [plain.text for plain in unmodified(text)] == names
    assert not names or not MODIFIER_WORDS.isdisjoint(stems(text))


@pytest.mark.parametrize(
    ("label", "concept_ids"),
    [
        ("Hypercalcemia due to bone metastases", ["hypercalcemia"]),
        ("Breast cancer with bone metastasis", ["breast_cancer", "bone_metastasis"]),
        ("Radiation therapy for palliation", ["radiation_therapy"]),
        ("Chemotherapy-induced nausea", ["nausea"]),
        ("Rib metastasis", ["bone_metastasis"]),
        ("Lung cancer metastatic to brain", ["lung_cancer"]),
        ("Relief from bone pain", [None]),
        ("Fear of surgery for breast cancer", [None]),
        ("Breast cancer screening for women", [None]),
        ("Breast cancer in mother", [None]),
        ("Family history with breast cancer", [None]),
        ("No bone pain due to metastasis", [None]),
        ("Radiation from radon", [None]),
        ("Referral for palliative care", [None]),
    ],
)
def test_the_name_alone_decides(label, concept_ids):
    frame = bm.normalize([label], scopes=("exact", "narrower"))
    found = frame["concept_id"].astype(object).where(frame["concept_id"].notna(), None)
    assert found.tolist() == concept_ids
