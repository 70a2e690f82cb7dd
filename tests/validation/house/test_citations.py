"""Rows, mentions and sources agree about what the article cites."""

import pytest

from ..helpers import places

# table, what is replaced, by what; then the findings: rule, resource, line, column
FAULTS = [
    ("types", "5;6;7", "5;7;6", [("source-ids", "types", 4, "source_ids")]),
    ("citations", "pain,3\n", "pain,2\n", [("primaryKey", "citations", 3, "concept_id, source_id"), ("primaryKey", "citations", 4, "concept_id, source_id"), ("source-ids", "mentions", 9, "mention_id"), ("source-ids", "mentions", 15, "mention_id"), ("source-ids", "mentions", 16, "mention_id"), ("source-ids", "mentions", 17, "mention_id"), ("source-ids", "mentions", 18, "mention_id"), ("source-ids", "symptoms", 2, "source_ids")]),
    ("citations", "mixed,7\n", "mixed,11\n", [("foreignKeys", "citations", 25, "source_id"), ("source-ids", "mentions", 95, "mention_id"), ("source-ids", "mentions", 96, "mention_id"), ("source-ids", "mentions", 97, "mention_id"), ("source-ids", "types", 4, "source_ids")]),
    ("citations", "mixed,5\nmixed,6\n", "mixed,6\nmixed,5\n", [("source-ids", "mentions", 95, "mention_id"), ("source-ids", "mentions", 96, "mention_id"), ("source-ids", "mentions", 97, "mention_id"), ("source-ids", "types", 4, "source_ids")]),
    ("citations", "emerging_therapies,16\n", "emerging_therapies,16\nnausea,1\n", [("source-ids", "citations", 59, "concept_id")]),
    ("types", "5;6;7", "5;6;7;17", [("source-ids", "types", 4, "source_ids"), ("unknown-source", "types", 4, "source_ids")]),
    ("sources", "16,unresolved,,,,,,,\n", "16,unresolved,,,,,,,\n17,unresolved,,,,,,,\n", [("uncited-source", "sources", 17, "source_id")]),
    ("mention_sources", "sy015,3\n", "sy015,4\n", [("source-ids", "mentions", 18, "mention_id")]),
    ("mention_sources", "sy015,3\n", "", [("source-ids", "mentions", 18, "mention_id")]),
    ("sources", "1,unresolved,", "1,resolved,", [("source-status", "sources", 2, "status")]),
    ("sources", "1,unresolved,,,,,,,", "1,resolved,A title,,,,,,", [("source-status", "sources", 2, "status")]),
    ("sources", "1,unresolved,,,,,,,", "1,resolved,,,,,10.1000/182,,", [("source-status", "sources", 2, "status")]),
    ("sources", "1,unresolved,,,,,,,", "1,resolved,A title,,,,10.1000/182,,", []),
    ("sources", "1,unresolved,,", "1,unresolved,A title,", [("source-status", "sources", 2, "status")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), FAULTS)
def test_one_fault_gives_its_finding_at_its_place(house, table, old, new, expected):
    assert places(house.edit((table, old, new))) == expected


def test_a_finding_names_the_row_and_the_remedy(house):
    (finding,) = house.edit(("types", "5;6;7", "5;7;6")).findings
    assert (finding.row, finding.value) == (3, "5;7;6")
    assert finding.message == "differs from the citations of mixed, 5;6;7: correct one"


def test_a_mention_is_compared_with_the_citations_of_its_row(house):
    (finding,) = house.edit(("mention_sources", "sy015,3\n", "sy015,4\n")).findings
    assert finding.message == (
        "has the sources 1, 2, 4 in mention_sources, but pain cites 1, 2, 3: correct one"
    )
