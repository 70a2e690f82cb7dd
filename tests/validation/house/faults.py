"""Faults in the published tables, and what is found."""

from ..helpers import synonym_line

# table, what is replaced, by what; then the findings: rule, resource, line, column
PLACES = [
    # the form of the tables
    ("types", ",Prostate", ',"Prostate"', [("quoting", "types", 3, None)]),
    ("types", '"Breast, lung, kidney"', '"Breast, lung', [("not-csv", "types", 2, None)]),
    ("types", b"Excess", b"Exc\xff\xfess", [("encoding", "types", 3, "main_feature")]),
    ("types", "12;14\n", "12;14\r", [("line-ending", "types", 2, None)]),
    ("types", "type,main", "type_id,main", [("duplicate-header", "types", 1, "type_id"), ("columns", "types", 1, "type")]),
    ("types", "type_id,type,", "type_id,kind,", [("columns", "types", 1, None)]),
    ("sources", "1,unresolved,,,,", "1,unresolved,,,1_0,", [("type", "sources", 2, "publication_year")]),
    ("causes", "Provides growth signals", "", [("required", "causes", 4, "description")]),
    ("concepts", "finding,Nausea", "feeling,Nausea", [("enum", "concepts", 26, "kind")]),
    ("concepts", "finding,Confusion", "finding,Nausea", [("unique", "concepts", 26, "label"), ("unique", "concepts", 27, "label"), ("justification", "mappings", 380, "mapping_justification"), ("justification", "mappings", 381, "mapping_justification"), ("justification", "mappings", 382, "mapping_justification"), ("exact-synonym", "synonyms", synonym_line("nausea,nausea,"), "synonym")]),
    ("causes", "Provides growth signals", "NA", []),
    # evidence: publications can be found, and measurements agree with their counts
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
    # mentions: every cell and every statement has one, and every mention has a place
    ("mentions", "sy024,st020,cell,symptoms,hypercalcemia,prevalence_timing", "sy024,st020,cell,symptoms,hypercalcemia,description", [("cell-without-statement", "symptoms", 5, "prevalence_timing")]),
    ("mentions", "sy024,st020,cell,symptoms,hypercalcemia,prevalence_timing", "sy024,st020,cell,symptoms,hypercalcemia,source_ids", [("cell-without-statement", "symptoms", 5, "prevalence_timing"), ("cell-without-statement", "symptoms", 5, "source_ids"), ("mention-place", "mentions", 27, "field")]),
    ("mentions", "sy024,st020,cell,symptoms,hypercalcemia,prevalence_timing", "sy024,st020,cell,symptoms,nausea,prevalence_timing", [("source-ids", "mentions", 27, "mention_id"), ("cell-without-statement", "symptoms", 5, "prevalence_timing"), ("mention-place", "mentions", 27, "row_id")]),
    ("mentions", "sy024,st020,cell,symptoms,hypercalcemia,prevalence_timing", "sy024,st020,cell,sources,hypercalcemia,prevalence_timing", [("enum", "mentions", 27, "resource"), ("functional-dependency", "mentions", 27, "resource"), ("cell-without-statement", "symptoms", 5, "prevalence_timing"), ("mention-place", "mentions", 27, "resource")]),
    ("mentions", "sy024,st020,cell,symptoms", "sy024,st020,cell,", [("functional-dependency", "mentions", 27, "resource"), ("cell-without-statement", "symptoms", 5, "prevalence_timing"), ("mention-place", "mentions", 27, "basis")]),
    ("mentions", "sy024,st020,cell,symptoms", "sy024,st020,prose,symptoms", [("mention-place", "mentions", 27, "basis")]),
    ("mentions", "sy024,st020,cell,", "sy024,st020,table_title,", [("mention-place", "mentions", 27, "basis")]),
    ("mentions", "sy006,st003,table_title,", "sy006,st003,cell,", [("mention-place", "mentions", 9, "basis")]),
    ("mentions", "in002,st001,prose,,,", "in002,st001,prose,symptoms,,", [("mention-place", "mentions", 2, "basis")]),
    ("mentions", "in002,st001,prose,,,,introduction,11", "in002,st001,cell,types,mixed,type,types,53", [("source-ids", "mentions", 2, "mention_id"), ("cell-without-statement", "types", 4, "type"), ("mention-place", "mentions", 2, "basis")]),
    ("mentions", "in002,st001,", "in002,st002,", [("unmentioned-statement", "statements", 2, "statement_id")]),
]  # fmt: skip

# table, what is replaced, by what; then the message of a finding
MESSAGES = [
    ("measurements", "m011,ev010,prevalence,40.5", "m011,ev010,prevalence,41.5", "does not agree with its counts: 270 of 666 is 40.54 percent"),
    ("measurements", "m170,ev180,median_time,13.3", "m170,ev180,median_time,8.3", "is less than low, 9.9: correct one"),
    ("measurements", "prevalence,36.6,,,", "prevalence,36.6,,30,", "is greater than high, 30: correct one"),
    ("measurements", "prevalence,36.6,,,", "prevalence,,30,20,", "is less than low, 30: correct one"),
    ("mentions", "sy024,st020,cell,symptoms", "sy024,st020,prose,symptoms", "must have no resource, row_id, field, but has resource, row_id, field"),
    ("mentions", "sy024,st020,cell,symptoms,hypercalcemia,", "sy024,st020,cell,symptoms,,", "needs resource, row_id, field, but lacks row_id"),
    ("mentions", "sy024,st020,cell,", "sy024,st020,table_title,", "does not fit symptoms.prevalence_timing: table_title is the basis of labels alone"),
]  # fmt: skip
