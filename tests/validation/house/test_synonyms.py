"""An exact name means one concept of its kind."""

import pytest

from ..helpers import places, synonym_line

# table, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("synonyms", "numbness,Hypesthesia,", "numbness,Sleepiness,", [("exact-synonym", "synonyms", synonym_line("drowsiness,Sleepiness,"), "synonym")]),
    ("synonyms", "breast_cancer,mammary cancer", "breast_cancer,LUNG cancer", [("exact-synonym", "synonyms", synonym_line("breast_cancer,mammary cancer,"), "synonym")]),
    ("synonyms", "fatigue,Tired,EXACT", "fatigue,Poor wellbeing,EXACT", [("exact-synonym", "synonyms", synonym_line("fatigue,Tired,"), "synonym")]),
    ("synonyms", "fatigue,Tired,EXACT", "fatigue,Hypercalcemia,EXACT", [("exact-synonym", "synonyms", synonym_line("fatigue,Tired,"), "synonym")]),
    ("synonyms", "fatigue,Tired,EXACT", "fatigue,Hypercalcemia,NARROW", []),
    ("synonyms", "fatigue,Tired,EXACT", "fatigue,Pain,EXACT", []),
    ("synonyms", "fatigue,Tired,", "fatigue,TIREDNESS,", [("id-case", "synonyms", synonym_line("fatigue,Tiredness,"), "concept_id, synonym")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected
