"""The sources that the article cites, and citations of the data and the article."""

import json
import re

import pytest

import bonemet_data as bm
from bonemet_data import citing
from bonemet_data.errors import ArgumentError, UnknownNameError

TITLES = [bm.descriptor()["title"], bm.descriptor()["sources"][0]["title"]]


def test_citations_of_a_release():
    assert bm.citations("pain", version="1.0.0")["source_id"].tolist() == [1, 2, 3]


def test_citations_of_a_row_keep_the_order_of_the_article():
    assert bm.citations("bone_targeted_agents")["source_id"].tolist() == [9, 10, 12, 13, 16]
    assert bm.citations("pain").columns.tolist() == bm.sources().columns.tolist()


STATEMENTS = {record.statement_id: record for record in bm.load("statements", "records")}
CITED = bm.load("mentions").merge(bm.load("mention_sources"))


@pytest.mark.parametrize(
    ("concept_id", "by"),
    [("denosumab", None), ("bone_metastasis", None), ("pain", "statements"), ("metabolism", None)],
)
def test_citations_by_statements_are_those_of_their_mentions(concept_id, by):
    about = [id_ for id_, r in STATEMENTS.items() if concept_id in {r.subject_id, r.object_id}]
    cited = CITED[CITED["statement_id"].isin(about)]
    frame = bm.citations(concept_id, by=by)
    assert frame.columns.tolist() == [*bm.sources().columns, "statement_ids"]
    assert frame["source_id"].tolist() == sorted(set(cited["source_id"]))
    for source_id, ids in frame[["source_id", "statement_ids"]].to_numpy():
        expected = set(cited[cited["source_id"] == source_id]["statement_id"])
        assert ids.split(";") == sorted(expected)


@pytest.mark.parametrize("row_id", bm.load("citations")["concept_id"].unique())
def test_citations_of_a_row_are_those_of_the_mentions_in_it(row_id):
    sources = bm.citations(row_id)["source_id"].tolist()
    assert set(sources) == set(CITED[CITED["row_id"] == row_id]["source_id"])
    assert bm.citations(row_id, by="row")["source_id"].tolist() == sources


def test_a_concept_without_a_row_or_statements_has_no_citations():
    assert len(bm.citations("denosumab", by="row")) == 0
    assert bm.citations("feeling_of_illness").shape == (0, len(bm.sources().columns) + 1)
    assert len(bm.citations("denosumab", version="1.1.0")) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "cell"}, "by must be 'row' or 'statements', not 'cell'"),
        ({"by": "statements", "version": "1.1.0"}, "version 1.1.0 has no statements"),
    ],
)
def test_citations_that_do_not_exist_are_refused(arguments, message):
    with pytest.raises(ArgumentError, match=message):
        bm.citations("pain", **arguments)


def test_text():
    assert bm.cite("text", version="1.0.0").splitlines() == [
        "The bonemet-data maintainers (2026). Bone metastasis reference data, version 1.0.0.",
        "Consensus (2025). Bone Metastasis: Symptoms, Types, Causes and Treatment.",
    ]


def test_bibtex():
    assert bm.cite(version="1.1.0") == (
        "@misc{bonemet-data-1.1.0,\n"
        "  author = {{The bonemet-data maintainers}},\n"
        "  title = {{Bone metastasis reference data}},\n"
        "  howpublished = {bonemet-data},\n"
        "  note = {Version 1.1.0},\n"
        "  year = {2026},\n"
        "  month = {11},\n"
        "}\n"
        "@misc{bonemet-data-article,\n"
        "  title = {{Bone Metastasis: Symptoms, Types, Causes and Treatment}},\n"
        "  howpublished = {Consensus},\n"
        "  year = {2025},\n"
        "  month = {11},\n"
        "}"
    )


def test_ris():
    data, article, _ = re.split(r"^ER  - \n?", bm.cite("ris", version="1.1.0"), flags=re.MULTILINE)
    fields = [re.fullmatch("([A-Z]{2})  - (.+)", line).groups() for line in data.splitlines()]
    assert dict(fields) == {
        "TY": "DATA", "AU": "The bonemet-data maintainers", "TI": TITLES[0], "PB": "bonemet-data",
        "ET": "1.1.0", "PY": "2026", "DA": "2026/11/25",
    }  # fmt: skip
    assert article.startswith(f"TY  - ELEC\nTI  - {TITLES[1]}\n")


@pytest.mark.parametrize("style", ["bibtex", "ris", "text"])
@pytest.mark.parametrize("version", [None, *(release.version for release in bm.releases())])
def test_every_style_names_data_version_and_article_and_invents_nothing(style, version):
    text = bm.cite(style, version)
    assert all(title in text for title in TITLES)
    assert (version or bm.__version__) in text
    assert re.search("None|doi|http", text) is None


def test_a_version_that_is_not_released_has_no_date(monkeypatch):
    monkeypatch.setattr(citing, "installed_releases", tuple)
    assert bm.cite("text").startswith("The bonemet-data maintainers. Bone metastasis")
    assert bm.cite("bibtex").count("year = ") == bm.cite("ris").count("PY  - ") == 1


def test_characters_of_latex_are_escaped():
    work = citing.Work("k", "DATA", "50% of A & B_1", (), "P", None, None)
    assert r"{{50\% of A \& B\_1}}" in citing._to_bibtex(work)


def test_csl_json_has_what_the_other_styles_have():
    data, article = json.loads(bm.cite("csl-json", version="1.1.0"))
    assert data["author"] == [{"literal": "The bonemet-data maintainers"}]
    assert (data["type"], data["version"]) == ("dataset", "1.1.0")
    assert data["issued"] == {"date-parts": [[2026, 11, 25]]}
    assert (article["publisher"], article["issued"]["date-parts"][0][0]) == ("Consensus", 2025)


@pytest.mark.parametrize("style", ["apa", "BibTeX", None])
def test_an_unknown_style_lists_the_styles(style):
    with pytest.raises(ArgumentError, match="bibtex, ris, csl-json, text"):
        bm.cite(style)


def test_an_unknown_release_is_refused():
    with pytest.raises(UnknownNameError, match=r"no release '9\.0\.0'"):
        bm.cite(version="9.0.0")
