"""The published cells are the article's, and nothing is stated that is not known."""

import re

import pytest

import bonemet_data as bm
from bonemet_data.package.installed import installed
from tests import article


@pytest.mark.parametrize("table", article.TABLES)
def test_every_cell_stands_as_published(table):
    published = bm.load(table, engine="records")
    verbatim = [
        [cell for name, cell in row._asdict().items() if name != "prevalence_upper_percent"]
        for row in published
    ]
    transcribed = [[*cells[:-1], cells[-1].replace(" ", ";")] for cells in article.rows(table)]
    assert verbatim == transcribed


def test_the_citations_are_those_of_the_rows_in_order():
    transcribed = [
        (row[0], int(number))
        for table in article.TABLES
        for row in article.rows(table)
        for number in row[-1].split()
    ]
    assert [tuple(row) for row in bm.load("citations", "records")] == transcribed
    assert len(transcribed) == 57


def test_the_sources_are_the_cited_numbers_and_number_11_is_none():
    assert bm.sources()["source_id"].tolist() == [n for n in range(1, 17) if n != 11]


def test_every_source_is_unresolved_and_bare():
    sources = bm.sources()
    assert set(sources["status"]) == {"unresolved"}
    assert sources.drop(columns=["source_id", "status"]).isna().all(axis=None)


def test_only_pain_states_a_percentage():
    stated = bm.symptoms().set_index("symptom_id")["prevalence_upper_percent"].dropna()
    assert stated.to_dict() == {"pain": 75.0}


@pytest.mark.parametrize("table", article.TABLES)
def test_each_row_is_a_concept_with_the_label_of_the_row(table):
    labels = {c.concept_id: c.label for c in bm.load("concepts", "records")}
    assert {row[0]: labels[row[0]] for row in article.rows(table)} == {
        row[0]: row[1] for row in article.rows(table)
    }


@pytest.mark.parametrize(("table", "row", "column", "ids"), article.terms())
def test_each_term_that_a_cell_names_is_a_concept(table, row, column, ids):
    frame = bm.load(table)
    assert row in frame.iloc[:, 0].tolist()
    assert column in frame.columns
    assert ids <= set(bm.load("concepts")["concept_id"])


def test_a_concept_without_a_row_or_a_cell_is_needed_by_statements_codes_or_other_concepts():
    rows = {row[0] for table in article.TABLES for row in article.rows(table)}
    named = set().union(*(ids for *_, ids in article.terms()))
    contexts = {record.context_id for record in bm.load("statements", "records")}
    for concept in bm.vocabulary().concepts:
        if concept.concept_id not in rows | named | contexts:
            assert concept.statements or concept.mappings or concept.narrower, concept


def test_the_label_of_every_row_has_a_scope_and_no_other_label_has_one():
    rows = {row[0] for table in article.TABLES for row in article.rows(table)}
    scoped = {c.concept_id for c in bm.load("concepts", "records") if c.label_scope}
    assert scoped == rows


@pytest.mark.parametrize(
    ("resource", "column", "annotation", "enum"),
    [
        ("concepts", "kind", "bonemet:onlyInStatements", ("concepts", "kind")),
        ("synonyms", "type", "bonemet:onlyWithKind", ("synonyms", "type")),
        ("statements", "value_number", "bonemet:measure", ("measurements", "measure")),
    ],
)
def test_an_annotation_lists_allowed_values(resource, column, annotation, enum):
    def field(resource, column):
        return installed().schema(installed().resource(resource)).field(column)

    annotated = field(resource, column).annotations[annotation]
    values = [annotated] if isinstance(annotated, str) else annotated
    assert values
    assert set(values) <= set(field(*enum).constraints["enum"])
    assert all(f"{value}: " in field(*enum).description for value in values)


def test_kinds_that_include_each_other_are_allowed_values():
    kind = installed().schema(installed().resource("concepts")).field("kind")
    included = kind.annotations["bonemet:includes"]
    assert included
    for one, others in included.items():
        assert {one, *others} <= set(kind.constraints["enum"])
        assert all(one in included[other] for other in others)


def test_definitions_are_one_line_and_end_like_a_sentence():
    for concept in bm.load("concepts", "records"):
        assert re.fullmatch(r"[A-Z][^\n]+\.", concept.definition), concept


def test_the_version_is_stated_alike_everywhere():
    from tests.conftest import ROOT

    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {bm.__version__}\n" in citation
    assert re.search(r"^## (\d\S*)", changelog, re.MULTILINE)[1] == bm.__version__
