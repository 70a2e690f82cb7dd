"""Publications can be found, and measurements agree with their counts."""

import pytest

from ..helpers import places

# table, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("publications", "10.2147/JPR.S371337,36317162,,,", ",,,,", [("evidence-identifier", "publications", 2, "title")]),
    ("publications", "10.2147/JPR.S371337", "doi:10.2147/JPR.S371337", [("pattern", "publications", 2, "doi")]),
    ("publications", "36317162", "PMID36317162", [("pattern", "publications", 2, "pmid")]),
    ("publications", "PMC", "pmc", [("pattern", "publications", 5, "pmcid")]),
    ("publications", "NBK", "nbk", [("pattern", "publications", 95, "nbk")]),
    ("publications", "\npu001,", "\npu999,", [("foreignKeys", "evidence", 2, "publication_id"), ("foreignKeys", "evidence", 5, "publication_id"), ("foreignKeys", "evidence", 134, "publication_id"), ("foreignKeys", "evidence", 135, "publication_id"), ("foreignKeys", "evidence", 136, "publication_id"), ("foreignKeys", "evidence", 156, "publication_id"), ("foreignKeys", "evidence", 162, "publication_id"), ("foreignKeys", "evidence", 166, "publication_id"), ("foreignKeys", "evidence", 235, "publication_id"), ("unused-row", "publications", 2, "publication_id")]),
    ("evidence", "ev007,st014,qualifies", "ev007,st014,refutes", [("enum", "evidence", 7, "stance")]),
    ("evidence", "ev001,st001,partly_supports,pu001", "ev001,st001,partly_supports,pu064", [("functional-dependency", "evidence", 3, "design")]),
    ("measurements", "m011,ev010,prevalence,40.5", "m011,ev010,prevalence,41.5", [("measurement", "measurements", 12, "value_number")]),
    ("measurements", "m170,ev180,median_time,13.3,9.9", "m170,ev180,median_time,8.3,9.9", [("measurement", "measurements", 171, "value_number")]),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent", "m001,ev003,prevalence,36.6,,30,percent", [("measurement", "measurements", 2, "value_number")]),
    ("measurements", "m001,ev003,prevalence,36.6,", "m001,ev003,prevalence,,", [("measurement", "measurements", 2, "value_number")]),
    ("measurements", "m001,ev003,prevalence,36.6,", "m001,ev003,prevalence,136.6,", [("measurement", "measurements", 2, "value_number")]),
    ("measurements", "m001,ev003,prevalence,36.6,", "m001,ev003,change,-36.6,", []),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent", "m001,ev003,prevalence,0,,,ratio", [("measurement", "measurements", 2, "value_number")]),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent,,", "m001,ev003,prevalence,36.6,,,percent,1464,4000", [("measurement", "measurements", 2, "denominator")]),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent,,", "m001,ev003,prevalence,,30,20,percent,9,8", [("measurement", "measurements", 2, "high"), ("measurement", "measurements", 2, "numerator")]),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent,,", "m001,ev003,prevalence,66.6,,,percent,2,3", []),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent,,", "m001,ev003,prevalence,66.5,,,percent,2,3", [("measurement", "measurements", 2, "value_number")]),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent,,", "m001,ev003,prevalence,36.6,,,percent,0,0", [("minimum", "measurements", 2, "denominator")]),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent,,", "m001,ev003,prevalence,3.66e1,,,percent,366,1000", []),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent,,", "m001,ev003,prevalence,3.76e1,,,percent,366,1000", [("measurement", "measurements", 2, "value_number")]),
    ("measurements", "m001,ev003,prevalence,36.6,,,percent,,", "m001,ev003,prevalence,36.6,,,percent,1e999999,1", [("type", "measurements", 2, "numerator")]),
    ("measurements", "m001,ev003,prevalence,36.6,", "m001,ev003,prevalence,many,", [("type", "measurements", 2, "value_number")]),
    ("measurements", "m001,ev003,prevalence,36.6,", "m001,ev003,prevalence,NaN,", [("not-finite", "measurements", 2, "value_number")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("m011,ev010,prevalence,40.5", "m011,ev010,prevalence,41.5", "does not agree with its counts: 270 of 666 is 40.54 percent"),
        ("m170,ev180,median_time,13.3", "m170,ev180,median_time,8.3", "is less than low, 9.9: correct one"),
        ("prevalence,36.6,,,", "prevalence,36.6,,30,", "is greater than high, 30: correct one"),
        ("prevalence,36.6,,,", "prevalence,,30,20,", "is less than low, 30: correct one"),
    ],
)  # fmt: skip
def test_the_message_names_the_other_number(house, old, new, message):
    assert [f.message for f in house.edit(("measurements", old, new)).findings] == [message]
