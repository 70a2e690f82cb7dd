"""What the tools answer to a real client: the data, whom to cite, and what is not known."""

import jsonschema
import pytest

import bonemet_data as bm
from tests.assistant.conftest import text_of

CALLS = {
    "lookup": {"terms": ["C79.51", "lytic"]},
    "concept": {"concept_id": "osteolytic"},
    "statements": {"subject": "osteolytic"},
    "evidence": {"statement_id": "st014"},
    "annotate": {"codes": ["C79.51", "Z85.3", None]},
    "check": {"csv_text": "lesion\nMixed\n", "columns": {"lesion": "types"}},
}


def test_the_server_states_the_version_of_the_data(served):
    assert (served.info.name, served.info.version) == ("bonemet-data", bm.__version__)


def test_the_server_states_how_to_use_its_answers(served):
    assert "repeat both to the user" in served.instructions
    assert all(use in served.instructions for use in bm.descriptor()["bonemet:unsuitableUse"])


def test_every_tool_only_reads_and_names_what_it_accepts(served):
    assert [tool.name for tool in served.tools] == list(CALLS)
    for tool in served.tools:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert tool.input_schema["additionalProperties"] is False
        assert tool.description


@pytest.mark.parametrize(("tool", "arguments"), CALLS.items())
class TestEveryAnswer:
    def test_has_the_form_that_its_schema_states(self, served, tool, arguments):
        (schema,) = (each.output_schema for each in served.tools if each.name == tool)
        jsonschema.validate(served.answer(tool, **arguments), schema)

    def test_cites_the_data_with_their_version_and_the_article(self, served, tool, arguments):
        result = served.call(tool, arguments)
        package = result.structured_content["package"]
        assert "\n".join(package["cite"]) == bm.cite("text")
        assert package["version"] == bm.__version__
        assert all(work in text_of(result) for work in package["cite"])

    def test_says_what_is_not_known(self, served, tool, arguments):
        result = served.call(tool, arguments)
        gaps = result.structured_content["not_known"]
        assert gaps
        assert all(gap in text_of(result) for gap in gaps)

    def test_repeats_the_gaps_of_the_data(self, served, tool, arguments):
        gaps = bm.descriptor()["bonemet:notKnown"]
        assert any("clinician" in gap for gap in gaps)
        assert tool == "check" or set(gaps) <= {*served.answer(tool, **arguments)["not_known"]}


@pytest.mark.parametrize(
    ("term", "concept_ids"),
    [
        ("C79.51", {"bone_metastasis", "advanced_cancer"}),
        ("94222008", {"bone_metastasis"}),
        ("osteolytic", {"osteolytic"}),
        ("Breast cancer, NOS", {"breast_cancer"}),
        ("no such thing", set()),
        ("breast cancr", set()),  # a misspelled name is not a match
    ],
)
def test_a_term_leads_to_concepts_or_to_none(served, term, concept_ids):
    result = served.call("lookup", {"terms": [term]})
    (found,) = result.structured_content["terms"]
    assert {match["concept_id"] for match in found["matches"]} == concept_ids
    assert found["found"] is bool(concept_ids)
    assert (f"{term!r}: not found" in text_of(result)) is not found["found"]


def test_a_concept_has_its_row_as_published_with_the_cited_numbers(served):
    answer = served.answer("concept", concept_id="osteolytic")
    concept = bm.concept("osteolytic")
    assert answer["row"] == dict(concept.record)
    assert answer["row_source_ids"] == [5, 6, 12, 14]
    assert [each["statement_id"] for each in answer["statements"]] == [
        each.statement_id for each in concept.statements
    ]


@pytest.mark.parametrize("tool", ["concept", "statements"])
def test_sources_are_numbers_without_titles(served, tool):
    answer = served.answer(tool, **CALLS[tool])
    assert answer["sources"] == [
        {"source_id": number, "status": "unresolved"} for number in (5, 6, 12, 14)
    ]
    assert any("the sources 5, 6, 12, 14 are" in gap for gap in answer["not_known"])


def test_statements_have_the_sources_of_the_article(served):
    answer = served.answer("statements", subject="osteolytic", predicate="has_symptom")
    frame = bm.statements("osteolytic", "has_symptom")
    assert [each["source_ids"] for each in answer["statements"]] == frame["source_ids"].tolist()
    assert [each["text"] for each in answer["statements"]] == [
        str(each)
        for each in bm.vocabulary().statements
        if each.statement_id in set(frame["statement_id"])
    ]


def test_the_pages_of_a_list_contain_each_item_once(served):
    ids, offset = [], 0
    while offset is not None:
        page = served.answer("statements", offset=offset, limit=60)
        ids += [each["statement_id"] for each in page["statements"]]
        assert page["total"] == len(bm.statements())
        offset = page["next_offset"]
    assert ids == bm.statements()["statement_id"].tolist()


def test_an_empty_list_says_what_it_means(served):
    answer = served.answer("statements", subject="pain", object="mixed")
    assert answer["statements"] == []
    assert (
        "Whether it is true: no such statement of the article is recorded." in answer["not_known"]
    )


def test_evidence_has_the_identifiers_and_figures_of_its_publications(served):
    answer = served.answer("evidence", statement_id="st014")
    frame = bm.evidence("st014")
    assert [each["doi"] for each in answer["evidence"]] == frame["doi"].tolist()
    figures = [each["value_number"] for row in answer["evidence"] for each in row["measurements"]]
    assert figures == [91.6, 84.1, 77.2, 40.5, 33.0]
    assert list(answer["statements"]) == ["st014"]


def test_a_statement_without_evidence_says_so(served):
    frame = bm.statements()
    without = frame.loc[frame["evidence"] == 0, "statement_id"].iloc[0]
    answer = served.answer("evidence", statement_id=without)
    assert (answer["evidence"], answer["total"]) == ([], 0)
    assert "Any evidence: no publication was recorded for this." in answer["not_known"]


def test_annotation_is_that_of_the_package(served):
    codes = ["C7951", "Z85.3", None, "C79.519"]
    answer = served.answer("annotate", codes=codes)
    frame = bm.annotate(codes)
    for column in frame:
        values = frame[column].astype(object).where(frame[column].notna(), None)
        assert [row.get(column) for row in answer["rows"]] == values.tolist()
    assert "What 1 of 3 codes mean: they lead to no concept." in answer["not_known"]


def test_annotation_doubts_the_vocabulary(served):
    answer = served.answer("annotate", codes=["94222008", "254837009"], vocabulary="icd10cm")
    assert any("SNOMED" in gap for gap in answer["not_known"])


def test_a_check_is_that_of_the_package(served, tmp_path):
    text = "lesion,dx\nmixed,C79.51\nMixed,198.5\nlytic,\n"
    columns = {"lesion": "types", "dx": "codes:icd10cm"}
    (tmp_path / "table.csv").write_text(text)
    report = bm.check(tmp_path / "table.csv", columns=columns)
    answer = served.answer("check", csv_text=text, columns=columns)
    assert (answer["valid"], answer["rows"], answer["errors"]) == (False, 3, report.errors)
    assert [(each["column"], each["value"], each["line"]) for each in answer["groups"]] == [
        (each.column, each.value, each.line) for each in report.groups
    ]
    assert {each["file"] for each in answer["groups"]} == {None}


def test_a_check_states_how_many_faults_it_does_not_list(served):
    text = "n\n" + "\n".join(f"x{number}" for number in range(30))
    schema = {"fields": [{"name": "n", "type": "integer"}]}
    answer = served.answer("check", csv_text=text, table_schema=schema, limit=10)
    assert (len(answer["groups"]), answer["groups_total"]) == (10, 30)
    assert "20 more distinct faults are not listed." in answer["not_known"]


def test_every_concept_fits_in_an_answer(served):
    for concept in bm.vocabulary().concepts:
        assert served.answer("concept", concept_id=concept.concept_id)["concept"]
