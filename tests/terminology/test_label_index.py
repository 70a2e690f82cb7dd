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


@pytest.fixture
def index():
    return LabelIndex(
        [
            Name("a", "cancer", "Lung cancer", "EXACT", "label"),
            Name("a", "cancer", "lung-cancer", "EXACT", "MONDO"),
            Name("a", "cancer", "cancer", "BROAD", "MONDO"),
            Name("a", "cancer", "Cancer, lobar", "NARROW", "MONDO"),
            Name("b", "symptom", "Cancer!", "EXACT", "label"),
            Name("lung_cancer", "cancer", "lung_cancer", "EXACT", "id"),
            Name("a", "cancer", "LC", "EXACT", "MONDO", only_with_kind=True),
            Name("d", "quality", "Bad", "EXACT", "label", searched=False),
            Name("e", "drug_class", "Mabs", "EXACT", "label", is_drug=True),
            Name("e", "drug_class", "somemab", "NARROW", "FDA", is_drug=True),
        ]
    )


def found(matches):
    return [(match.name.concept_id, match.scope, match.conventions) for match in matches]


def test_names_are_of_every_scope_and_ids(index):
    names = [(name.concept_id, name.text) for name in index.names("CANCER")]
    assert names == [("a", "cancer"), ("b", "Cancer!")]
    assert "lung_cancer" in {name.concept_id for name in index.names("Lung Cancer")}
    assert index.names("cancers") == ()


def test_a_match_has_the_scope_of_the_name_and_the_conventions(index):
    assert found(index.matches("cancer")) == [
        ("a", "BROAD", ()),
        ("b", "EXACT", ("case and punctuation",)),
    ]
    assert found(index.matches("lobar cancers")) == [("a", "NARROW", ("inverted order", "plural"))]
    assert found(index.matches("Cancer of the lung, NOS"))[0] == ("a", "EXACT", ("NOS", "X of Y"))


def test_a_qualified_name_is_narrower_and_that_of_a_wider_name_is_none(index):
    assert found(index.matches("recurrent lung cancer"))[0][:2] == ("a", "NARROW")
    assert ("a", "BROAD") not in [match[:2] for match in found(index.matches("recurrent cancer"))]


def test_a_drug_is_found_in_a_string(index):
    assert found(index.matches("somemab 5 mg")) == [("e", "NARROW", ("drug string",))]
    assert found(index.matches("oral mabs")) == [("e", "NARROW", ("drug string",))]


def test_some_names_need_a_kind_and_some_are_not_searched(index):
    (match,) = index.matches("lc")
    assert not match.name.is_of(None)
    assert match.name.is_of({"cancer"})
    assert not match.name.is_of({"symptom"})
    assert not index.matches("bad")[0].name.searched


@pytest.mark.parametrize("text", ["", "--", "lung", "cancerous lung", "lung cancer screening"])
def test_a_part_of_a_name_or_a_longer_text_is_no_match(index, text):
    assert index.matches(text) == []
