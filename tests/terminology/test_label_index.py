"""Names as real data write them, and near misses.

The table is not derived from the synonyms of the package.
"""

import pandas as pd
import pytest

import bonemet_data as bm
from bonemet_data.terminology.label_index import LabelIndex, Name

# text, kind, and the concept
LABELS = [
    ("Breast cancer", None, "breast_cancer"),
    ("BREAST CANCER", None, "breast_cancer"),
    ("breast-cancer ", None, "breast_cancer"),
    ("malignant neoplasm of breast", None, "breast_cancer"),
    ("Lytic bone metastases", None, "osteolytic"),
    ("Cord compression", None, "cord_compression"),
    ("Advanced cancer", None, "advanced_cancer"),
    ("Bone pain", None, "pain"),
    ("Severe", None, None),  # a quality exists for statements only
    ("Night", None, None),
    ("Sleep", None, None),
    ("multiple myeloma", "cancer", "multiple_myeloma"),
    ("Plasma cell myeloma", None, "multiple_myeloma"),
    ("Spinal cord compression", None, "cord_compression"),
    ("hypercalcaemia", None, "hypercalcemia"),
    ("NSAIDs", None, "nsaids"),
    ("Denosumab", None, "denosumab"),
    ("radiotherapy", None, "radiation_therapy"),
    ("TGF-β", None, "tgf_beta"),
    ("bone_targeted_agents", None, "bone_targeted_agents"),
    # near misses
    ("Metastasis to breast", None, None),
    ("Secondary malignant neoplasm of lung", None, None),
    ("History of breast cancer", None, None),
    ("Family history of prostate cancer", None, None),
    ("No evidence of bone metastasis", None, None),
    ("Benign neoplasm of breast", None, None),
    ("Osteolytic lesion", None, None),  # also of a primary tumor
    ("cancer_spread_to_bone", None, None),
    # the label of a row covers more than its concept
    ("Pain", None, None),
    ("Pain", "symptom", None),
    ("Fractures", None, None),
    ("Spinal Issues", None, None),
    ("Mixed", None, None),
    ("Tumor Type", None, None),
    ("Molecular Pathways", None, None),
    # a short form is ambiguous unless the kind is known
    ("RT", None, None),  # right
    ("RT", "treatment", "radiation_therapy"),
    ("RT", "cancer", None),
    ("SREs", "finding", "skeletal_related_events"),
    ("QoL", "outcome", "quality_of_life"),
    ("Breast", None, None),  # a cell's word, which is no EXACT name
    ("Hypocalcemia", None, None),
    ("vertebral compression fracture", None, None),
    ("Zoledronic acid", None, None),  # one bisphosphonate, not the class
    ("RT-PCR", None, None),  # RT matches as a whole only
    ("ranking", None, None),
    ("lung cancer screening", None, None),
    ("breast cancer", "symptom", None),
]


@pytest.mark.parametrize(("text", "kind", "expected"), LABELS)
def test_a_text_names_this_concept(text, kind, expected):
    (concept_id,) = bm.normalize([text], kind)["concept_id"]
    assert (None if pd.isna(concept_id) else concept_id) == expected


@pytest.mark.parametrize(("text", "kind", "expected"), [x for x in LABELS if x[1] is None])
def test_suggest_agrees_with_normalize(text, kind, expected):
    assert bm.vocabulary().suggest(text) == expected


@pytest.fixture
def index():
    return LabelIndex(
        [
            Name("a", "cancer", "Lung cancer", "EXACT", "label"),
            Name("a", "cancer", "lung-cancer", "EXACT", "MONDO"),
            Name("a", "cancer", "cancer", "BROAD", "MONDO"),
            Name("b", "symptom", "Cancer!", "EXACT", "label"),
            Name("c", "cancer", "Cancer", "EXACT", "HP"),
            Name("lung_cancer", "cancer", "lung_cancer", "EXACT", "id"),
            Name("a", "cancer", "LC", "EXACT", "MONDO", only_with_kind=True),
            Name("d", "quality", "Bad", "EXACT", "label", searched=False),
        ]
    )


def texts(names):
    return [(name.concept_id, name.text) for name in names]


def test_names_are_of_every_scope_and_ids(index):
    assert texts(index.names("CANCER")) == [("a", "cancer"), ("b", "Cancer!"), ("c", "Cancer")]
    assert ("lung_cancer", "lung_cancer") in texts(index.names("Lung Cancer"))
    assert index.names("cancers") == ()


def test_labels_are_exact_and_one_for_each_concept(index):
    assert texts(index.labels("lung cancer")) == [("a", "Lung cancer")]
    assert texts(index.labels("cancer")) == [("b", "Cancer!"), ("c", "Cancer")]
    assert texts(index.labels("cancer", "symptom")) == [("b", "Cancer!")]


def test_some_names_need_a_kind_and_some_are_left_out(index):
    assert texts(index.names("lc")) == [("a", "LC")]
    assert texts(index.labels("lc")) == []
    assert texts(index.labels("lc", "cancer")) == [("a", "LC")]
    assert texts(index.names("bad")) == [("d", "Bad")]
    assert texts(index.labels("bad", "quality")) == []


def test_all_labels(index):
    assert texts(index.all_labels("cancer")) == [("a", "Lung cancer"), ("c", "Cancer"), ("a", "LC")]
    assert len(index.all_labels()) == 3
