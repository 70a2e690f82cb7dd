"""The commands that read the published data."""

import csv
import io
import json
import re
from types import SimpleNamespace

import pytest

import bonemet_data as bm
from bonemet_data.cli.statements import describe_measurement
from bonemet_data.package import installed
from bonemet_data.package.descriptor import open_package
from tests.conftest import ROOT


def test_list_prints_every_table_with_its_number_of_rows(run):
    lines = run("list").output.splitlines()
    assert [line.split()[:2] for line in lines] == [
        [name, f"{len(bm.load(name, 'records')):,}"] for name in bm.tables()
    ]


@pytest.mark.parametrize("name", bm.tables())
class TestShow:
    def test_text_breaks_no_word(self, run, name, monkeypatch):
        monkeypatch.setenv("COLUMNS", "400")
        shown = set(re.split(r"[\s,\"-]+", run("show", name).output))
        assert set(re.split(r"[\s,\"-]+", bm.path(name).read_text("utf-8"))) <= shown

    def test_text_fits_the_terminal_and_loses_nothing(self, run, name, monkeypatch):
        monkeypatch.setenv("COLUMNS", "80")
        output = run("show", name).output
        assert max(map(len, output.splitlines())) <= 80
        words = set(re.split(r"[\s,\"]+", bm.path(name).read_text("utf-8")))
        assert {word for word in words if len(word) <= 50} <= set(re.split(r"[\s,\"]+", output))

    def test_csv_is_the_file(self, run, name):
        assert run("show", name, "--format", "csv").output == bm.path(name).read_text("utf-8")

    def test_json_has_typed_values(self, run, name):
        rows = json.loads(run("show", name, "--format", "json").output)
        assert rows == [row._asdict() for row in bm.load(name, "records")]

    def test_markdown_has_one_line_for_each_row(self, run, name):
        lines = run("show", name, "--format", "markdown").output.splitlines()
        assert len(lines) == 2 + len(bm.load(name, "records"))
        assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (
            80,
            [
                "type_id         osteolytic",
                "type            Osteolytic",
                "main_feature    Bone destruction/breakdown",
                "common_cancers  Breast, lung, kidney",
                "source_ids      5;6;12;14",
                "",
                "type_id         osteoblastic",
            ],
        ),
        (
            100,
            [
                "type_id        type           main_feature                     common_cancers         source_ids",
                "─" * 96,
                "osteolytic     Osteolytic     Bone destruction/breakdown       Breast, lung, kidney   5;6;12;14",
            ],
        ),
    ],
)
def test_show_prints_one_field_a_line_if_the_table_is_too_wide(run, monkeypatch, width, lines):
    monkeypatch.setenv("COLUMNS", str(width))
    output = run("show", "types").output.splitlines()
    assert output[:2] == ["Types of Bone Metastasis", ""]
    assert output[2 : 2 + len(lines)] == lines


def test_show_of_an_unknown_table_suggests_a_name(run):
    result = run("show", "symptom")
    assert result.exit_code == 2
    assert "Did you mean symptoms?" in result.output


def test_show_refuses_a_changed_file(run, copy, monkeypatch):
    copy.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    monkeypatch.setattr(installed, "installed", lambda: open_package(copy.root))
    result = run("show", "types")
    assert result.exit_code == 1
    assert "types.csv" in result.output


def test_lookup_prints_the_concepts_and_why(run):
    assert run("lookup", "HP:0002653").output.startswith("pain  ")
    assert run("lookup", "C79.51").output.startswith("bone_metastasis  ")


def test_lookup_of_several_terms_prints_each_term(run):
    result = run("lookup", "bone mets", "lethargy", "xyz")
    terms = [line for line in result.stdout.splitlines() if line[0] != " "]
    assert terms == ["bone mets", "lethargy"]
    assert "RELATED" in result.stdout
    assert "'xyz'" in result.stderr


def test_lookup_as_json_has_every_attribute(run):
    rows = json.loads(run("lookup", "bone mets", "lytic", "--format", "json").stdout)
    assert [(row["term"], row["concept_id"]) for row in rows] == [
        ("bone mets", "bone_metastasis"),
        ("lytic", "osteolytic"),
    ]
    assert set(rows[0]) == {"term", "concept_id", "label", "kind", "relation", "matched", "why"}
    assert json.loads(run("lookup", "xyz", "--format", "json").stdout) == []


def test_lookup_of_nothing_says_what_to_try(run):
    result = run("lookup", "xyz")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No concept has the code or name 'xyz'.\n" in result.stderr
    assert "bonemet-data show concepts" in result.stderr
    both = run("lookup", "xyz", "abc").stderr
    assert both.count("No concept has") == 2
    assert both.count("bonemet-data annotate") == 1
    assert "Did you mean 'Osteolytic' (osteolytic, exact)?" in run("lookup", "osteolityc").stderr


def test_concept_prints_the_concept(run):
    assert run("concept", "osteolytic").output == f"{bm.concept('osteolytic')}\n"
    assert run("concept", "osteolitic").exit_code == 2


STATEMENTS = [
    ([], {}),
    (["osteolytic"], {"subject": "osteolytic"}),
    (["--predicate", "treats", "--object", "pain"], {"predicate": "treats", "object": "pain"}),
    (["--context", "osteolytic"], {"context": "osteolytic"}),
    (["pain", "--object", "pain"], {"subject": "pain", "object": "pain"}),
]
EVIDENCE = [
    (["st014"], {"statement_id": "st014"}),
    (["--concept", "osteolytic"], {"concept_id": "osteolytic"}),
    (["st012"], {"statement_id": "st012"}),
    ([], {}),
]
QUERIES = [("statements", *each) for each in STATEMENTS] + [
    ("evidence", *each) for each in EVIDENCE
]


@pytest.mark.parametrize(("arguments", "query"), STATEMENTS)
def test_statements_are_in_plain_words(run, arguments, query):
    output = run("statements", *arguments).output
    assert max(map(len, output.splitlines())) <= 80
    texts = {s.statement_id: s.text for s in bm.vocabulary().statements}
    ids = bm.statements(**query)["statement_id"]
    expected = " ".join(f"{id_} {texts[id_]}" for id_ in ids)
    assert " ".join(output.split()) == (expected or "There are none.")


@pytest.mark.parametrize(("arguments", "query"), EVIDENCE)
def test_evidence_has_statement_stance_numbers_and_publication(run, arguments, query):
    output = run("evidence", *arguments).output
    text = " ".join(output.split())
    records = bm.evidence(**query, engine="records")
    assert max(map(len, output.splitlines())) <= 80 or not query
    assert records or text == "There are none."
    for record in records:
        stance = record.stance.replace("_", " ")
        assert f"{record.evidence_id} {stance}: {record.finding}" in text
        assert record.title in text
        assert (record.doi or record.pmid or record.pmcid or record.nbk) in text
    assert re.search(r"\bNone\b|<NA>|\bnan\b", text) is None


@pytest.mark.parametrize(("command", "arguments", "query"), QUERIES)
class TestRecords:
    def test_csv_is_the_frame(self, run, command, arguments, query):
        output = run(command, *arguments, "--format", "csv").output
        header, *rows = csv.reader(io.StringIO(output, newline=""))
        frame = getattr(bm, command)(**query)
        assert header == frame.columns.tolist()
        assert [row[0] for row in rows] == frame.iloc[:, 0].tolist()

    def test_json_has_typed_values(self, run, command, arguments, query):
        rows = json.loads(run(command, *arguments, "--format", "json").output)
        records = getattr(bm, command)(**query, engine="records")
        assert rows == [row._asdict() for row in records]


def test_evidence_reads_well(run):
    """To accept a change of data or layout: bonemet-data evidence st014 > the file, and read it."""
    golden = ROOT / "tests" / "data" / "evidence-st014.txt"
    assert run("evidence", "st014").output == golden.read_text(encoding="utf-8")


NUMBER = {
    "measure": "prevalence", "value_number": None, "low": None, "high": None, "unit": "percent",
    "numerator": None, "denominator": None, "population": None, "time_frame": None, "note": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("measurement", "text"),
    [
        ({"value_number": 91.6}, "prevalence 91.6 percent"),
        ({"low": 3.0, "high": 6.0}, "prevalence 3 to 6 percent"),
        ({"high": 20.0}, "prevalence to 20 percent"),
        ({"low": 50.0, "note": "at least"}, "prevalence from 50 percent; at least"),
        ({"value_number": 13.3, "low": 9.9}, "prevalence 13.3 (from 9.9) percent"),
        (
            {
                "measure": "hazard_ratio",
                "value_number": 0.9,
                "low": 0.8,
                "high": 1,
                "unit": "ratio",
            },
            "hazard ratio 0.9 (0.8 to 1)",
        ),
        (
            {
                "value_number": 40.5,
                "numerator": 270,
                "denominator": 666,
                "time_frame": "at diagnosis",
            },
            "prevalence 40.5 percent (270 of 666); at diagnosis",
        ),
        ({"value_number": 1.0, "denominator": 5, "population": "men"}, "prevalence 1 percent; men"),
    ],
)
def test_a_number_of_a_publication(measurement, text):
    assert describe_measurement(SimpleNamespace(**{**NUMBER, **measurement})) == text


@pytest.mark.parametrize("style", ["bibtex", "ris", "text"])
def test_cite_prints_the_citation(run, style):
    assert run("cite", "--style", style).output == f"{bm.cite(style)}\n"
    assert run("cite").output == f"{bm.cite()}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["statements", "osteolitic"], "Did you mean osteolytic"),
        (["statements", "--predicate", "treat"], "Did you mean treats"),
        (["evidence", "ST014"], "Did you mean st014"),
        (["evidence", "--concept", "pane"], "Did you mean pain"),
        (["cite", "--style", "apa"], "'apa' is not one of"),
    ],
)
def test_an_unknown_name_is_wrong_usage(run, arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output
