"""Drugs in strings of orders, medication lists and trials, and strings without a given drug."""

import pytest

import bonemet_data as bm
from bonemet_data.terminology.drug_strings import find_drugs

GIVEN = [
    ("zoledronic acid 4 mg IV", {"bisphosphonates"}),
    ("Zoledronic acid 4 mg/100 mL IV infusion every 4 weeks", {"bisphosphonates"}),
    ("ZOMETA 4MG/5ML INJ", {"bisphosphonates"}),
    ("Zoledronate 4 mg q3w", {"bisphosphonates"}),
    ("Sodium clodronate 1600 mg daily PO", {"bisphosphonates"}),
    ("alendronic acid 70mg tablets", {"bisphosphonates"}),
    ("Denosumab 120 mg SC q4w", {"denosumab"}),
    ("Xgeva (denosumab) 120 mg/1.7 mL", {"denosumab"}),
    ("denosumab 60 MG/ML [Prolia]", {"denosumab"}),
    ("Arm A: denosumab", {"denosumab"}),
    ("Docetaxel + zoledronic acid", {"bisphosphonates", "chemotherapy"}),
    ("Letrozole and zoledronic acid 4 mg", {"bisphosphonates", "hormone_therapy"}),
    ("oxycodone 5 mg/5 mL oral solution", {"opioids"}),
    ("Fentanyl 25 mcg/hr transdermal patch", {"opioids"}),
    ("morphine sulfate ER 15 mg tablet", {"opioids"}),
    ("Morphine preservative-free 1 mg/mL", {"opioids"}),
    ("ibuprofen 600 mg PO TID prn", {"nsaids"}),
    ("Acetaminophen 325-650 mg PO Q6H:PRN pain", {"analgesics"}),
    ("ibuprofen 400 mg as needed for headache, oxycodone 5 mg", {"nsaids", "opioids"}),
    ("Alendronate Sodium 70 mg PO QTHUR", {"bisphosphonates"}),
    ("OxycoDONE Liquid", {"opioids"}),
    ("oxycodone 5 mg plus ibuprofen 400 mg", {"opioids", "nsaids"}),
    ("Aspirin 81 mg daily", {"nsaids"}),
    ("oral bisphosphonates", {"bisphosphonates"}),
]
NOT_GIVEN = [
    "Placebo to denosumab",
    "Zoledronic acid placebo",
    "Matching placebo for zoledronic acid 4 mg",
    "non-narcotic",
    "Non-opioid analgesic 5 mg",
    "no bisphosphonates",
    "without denosumab",
    "zoledronic acid discontinued",
    "denies opioids",
    "w/o aspirin 81 mg",
    "Opioid naive",
    "opioid-free 4 mg",
    "Opioid use disorder",
    "Opioid/other dep-unspec",
    "Opioid withdrawal as needed",
    "Allergy to codeine",
    "Aspirin allergy",
    "Poisoning by aspirin, accidental",
    "Adverse effect of morphine",
    "Codeine measurement",
    "Serum ibuprofen level",
    "Opioid receptor antagonist",
    "Osteonecrosis of jaw due to zoledronic acid",
    "history of opioid 5 mg",
    "denosumab vs zoledronic acid",
    "Asthma, aspirin-sensitive",
    "morphinelike 5 mg",
    "docetaxel 75 mg/m2 IV",
    "RT 4 mg",
    "",
]


@pytest.mark.parametrize(("text", "concept_ids"), GIVEN)
def test_a_given_drug_is_found(text, concept_ids):
    frame = bm.normalize([text], scopes=["exact", "narrower"])
    assert set(frame["concept_id"]) == concept_ids
    assert set(frame["position"]) == {0}


@pytest.mark.parametrize("text", NOT_GIVEN)
def test_a_drug_that_was_not_given_is_not_found(text):
    frame = bm.normalize([text], scopes=["exact", "narrower", "broader", "related"])
    found = {bm.concept(id_).kind for id_ in frame["concept_id"].dropna()}
    assert not found & {"drug_class", "agent"}


def test_a_dose_of_an_agent_is_the_agent_and_a_form_of_a_class_is_narrower():
    statuses = bm.normalize(["denosumab 120 mg", "oral opioids"])["status"].tolist()
    assert statuses == ["exact", "narrower"]


def test_names_are_whole_words_and_the_longest_one_counts():
    names = {"zoledronic acid": 1, "acid": 2}
    assert list(find_drugs("zoledronic acid 4 mg", names)) == [1]
    assert list(find_drugs("acidic 4 mg", names)) == []
