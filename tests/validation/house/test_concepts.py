"""The hierarchy of concepts has no cycle, and no id is used twice."""

import pytest

from ..helpers import places

# table, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("concepts", 'invade other tissue and can spread to other parts of the body.",,', 'invade other tissue and can spread to other parts of the body.",bone_metastasis,', [("broader-cycle", "concepts", 25, "broader_id")]),
    ("concepts", 'invade other tissue and can spread to other parts of the body.",,', 'invade other tissue and can spread to other parts of the body.",cancer,', [("broader-cycle", "concepts", 60, "broader_id")]),
    ("concepts", 'invade other tissue and can spread to other parts of the body.",,', 'invade other tissue and can spread to other parts of the body.",carcinoma,', [("foreignKeys", "concepts", 60, "broader_id")]),
    ("statements", "st001,", "often,", [("foreignKeys", "evidence", 2, "statement_id"), ("foreignKeys", "mentions", 2, "statement_id"), ("reused-id", "statements", 2, "statement_id"), ("unmentioned-statement", "statements", 2, "statement_id")]),
    ("vocabularies", "\nskos,", "\nst001,", [("reused-id", "vocabularies", 26, "vocabulary_id"), ("vocabulary", "vocabularies", 26, "vocabulary_id")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected


def test_an_id_that_two_rows_of_the_article_have(house):
    report = house.edit(("types", "mixed,", "pain,"))
    assert ("reused-id", "types", 4, "type_id") in places(report)


def test_a_cycle_is_reported_once_at_its_first_row(house):
    cancer, low = 'other parts of the body.",,', "bone_metastasis"
    (finding,) = house.edit(("concepts", cancer, f"{cancer[:-1]}{low},")).findings
    assert finding.message == (
        "leads back to the concept: "
        "bone_metastasis > advanced_cancer > cancer > bone_metastasis; correct one"
    )
