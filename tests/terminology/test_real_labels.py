"""Labels of registries, hospitals, trials and vocabularies, with the concept by its definition.

The table tests/data/labels.csv was written from the definitions of the concepts, not from the
output of the package.
"""

import csv

import bonemet_data as bm
from tests.conftest import ROOT
from tests.terminology.other_labels import icd10cm


def rows():
    with (ROOT / "tests/data/labels.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def results(row, scopes):
    """Return the concepts and statuses of a label."""
    frame = bm.normalize([row["label"]], row["kind"] or None, scopes)
    concept_ids = frame["concept_id"].fillna("")
    return set(zip(concept_ids, frame["status"], strict=True))


def test_the_table_has_enough_of_each_kind():
    statuses = [row["status"] for row in rows()]
    assert len(statuses) >= 300
    assert sum(status in {"exact", "narrower"} for status in statuses) >= 190
    assert sum(status not in {"exact", "narrower"} for status in statuses) >= 120


def measure(status, scopes):
    """Return the recall of one status and the precision of all matches, and print errors."""
    expected = found = wrong = 0
    for row in rows():
        matches = {concept_id for concept_id, _ in results(row, scopes) if concept_id}
        right = {row["concept_id"]} if row["status"] in scopes else set()
        if row["status"] == status:
            expected += 1
            found += right <= matches
            if not right <= matches:
                print(f"missed: {row['label']}")
        if row["status"] == status or matches - right:
            wrong += len(matches - right)
            if matches - right:
                print(f"wrong: {row['label']}: {matches - right}")
    recall, precision = found / expected, found / (found + wrong)
    print(f"{status}: recall {found}/{expected} = {recall:.3f}, precision {precision:.3f}")
    return recall, precision


def test_exact_names():
    recall, precision = measure("exact", ("exact",))
    assert recall >= 0.98
    assert precision == 1


def test_narrower_names_on_request():
    recall, precision = measure("narrower", ("exact", "narrower"))
    assert recall >= 0.95
    assert precision == 1


def test_every_label_has_its_status():
    different = {
        row["label"]: results(row, ("exact", "narrower"))
        for row in rows()
        if (row["concept_id"], row["status"]) not in results(row, ("exact", "narrower"))
    }
    assert different == {}


ACCEPTED = {
    "C75.8": "cancer",  # a malignant neoplasm of several glands
    "C7A": "cancer",  # malignant neuroendocrine tumors
    "G56.0": "nerve_compression",  # carpal tunnel syndrome: an entrapment of a nerve
    "G57.1": "nerve_compression",
    "G57.5": "nerve_compression",
    "G83": "paralysis",  # a title of ICD-9-CM 438.5 without its category
    "G83.4": "nerve_compression",
    "M89.5": "bone_resorption",
    "Q78.2": "increased_bone_density",
    "R15": "bowel_control_loss",
    "R26.0": "impaired_mobility",
    "R35.1": "frequent_urination",
    "S24.13": "paralysis",  # anterior cord syndrome: a narrower term of paralysis in NCIt
    "S24.14": "paralysis",
    "T73.2": "fatigue",  # exhaustion: a narrower name of fatigue
    "T73.3": "fatigue",
}
"""Codes that are not mapped, with a title that is a published name of a concept."""


def test_no_title_of_icd_10_cm_matches_a_concept_that_its_code_contradicts():
    titles = icd10cm()
    named = bm.normalize(list(titles.values()), scopes=["exact", "narrower"])
    coded = bm.annotate(list(titles), "icd10cm").dropna(subset="concept_id")
    implied = {"skos:exactMatch", "skos:closeMatch", "skos:narrowMatch"}
    by_code = {
        (row.position, row.concept_id) for row in coded.itertuples() if row.predicate in implied
    }
    matched = named.dropna(subset="concept_id")
    codes = list(titles)
    contradicted = {
        codes[row.position]: row.concept_id
        for row in matched.itertuples()
        if (row.position, row.concept_id) not in by_code
    }
    print(f"{len(matched)} of {len(titles)} titles match; without the code: {contradicted}")
    assert len(matched) > 500
    accepted = {
        (code, concept_id)
        for code, concept_id in contradicted.items()
        if concept_id in {ACCEPTED.get(code[:length]) for length in range(3, len(code) + 1)}
    }
    assert set(contradicted.items()) - accepted == set()
    assert {code for code in ACCEPTED if code not in contradicted} <= {"S24.13", "S24.14"}
