"""Qualifiers: what makes a name narrower, and what does not."""

import pytest

from bonemet_data.terminology.conventions import ADDED_WORDS
from bonemet_data.terminology.qualifiers import QUALIFIER_WORDS, unqualified
from bonemet_data.terminology.spelling import stems


@pytest.mark.parametrize(
    ("text", "wider"),
    [
        ("Malignant neoplasm of left breast", "Malignant neoplasm of breast"),
        ("Malignant neoplasm of breast, right", "Malignant neoplasm of breast"),
        ("Malignant neoplasm of female breast", "Malignant neoplasm of breast"),
        ("Stage IV breast cancer", "breast cancer"),
        ("Stage IIIA lung cancer", "lung cancer"),
        ("Fatigue, grade 3", "Fatigue"),
        ("Recurrent prostate cancer", "prostate cancer"),
        ("Locally advanced breast cancer", "breast cancer"),
        ("Severe nausea", "nausea"),
        ("Palliative radiotherapy", "radiotherapy"),
        ("Hypofractionated radiotherapy", "radiotherapy"),
        ("Second-line chemotherapy", "chemotherapy"),
        ("Stage IVA Prostate Cancer AJCC v8", "Prostate Cancer"),
        ("Stage IV Breast Cancer AJCC v6 and v7", "Breast Cancer"),
        ("Non-small cell lung cancer, TNM stage 1", "lung cancer"),
        ("Constipation NEC", "Constipation"),
        ("hormone refractory prostate cancer", "prostate cancer"),
        ("HER2 negative breast cancer", "breast cancer"),
        ("hormone receptor-positive breast cancer", "breast cancer"),
        ("Inoperable lung cancer", "lung cancer"),
        ("High-dose rate brachytherapy", "brachytherapy"),
        ("Single-agent chemotherapy", "chemotherapy"),
        ("Triple-negative breast cancer", "breast cancer"),
        ("Diffuse bone metastases", "bone metastases"),
        ("Displaced pathologic fracture", "pathologic fracture"),
        ("Tubular adenocarcinoma of prostate gland", "adenocarcinoma of prostate gland"),
        ("Non-small cell carcinoma of lung", "carcinoma of lung"),
        ("Poorly differentiated thyroid cancer", "thyroid cancer"),
        ("Second primary lung cancer", "lung cancer"),
        ("very tired", "tired"),
        ("Grade 3-4 nausea", "nausea"),
        ("Local recurrence of prostate cancer", "prostate cancer"),
        ("Elective surgery", "surgery"),
        ("Painful bone metastases", "bone metastases"),
        ("Widespread metastatic cancer to the breast", "metastatic cancer to the breast"),
        ("non-metastatic breast cancer", "non-metastatic breast cancer"),
        ("Suspected breast cancer", "Suspected breast cancer"),
        ("history of breast cancer", "history of breast cancer"),
        ("secondary breast cancer", "secondary breast cancer"),
    ],
)
def test_a_qualifier_makes_a_name_narrower(text, wider):
    assert [text, *unqualified(text)][-1] == wider
    assert set(stems(text)) - set(stems(wider)) <= QUALIFIER_WORDS | ADDED_WORDS
