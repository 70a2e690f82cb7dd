"""The commands list, show, lookup and concept."""

import csv
import io
import json
import re

import pytest

import bonemet_data as bm
from bonemet_data.package import installed
from bonemet_data.package.descriptor import open_package


def test_list_prints_every_table_with_its_number_of_rows(run):
    lines = run("list").output.splitlines()
    assert [line.split()[:2] for line in lines] == [
        [name, str(len(bm.load(name, "records")))] for name in bm.tables()
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


def test_csv_quotes_as_the_file_does(run):
    output = run("show", "causes", "--format", "csv").output
    rows = list(csv.reader(io.StringIO(output, newline="")))
    assert rows[1][3] == 'Bone is "fertile soil"'


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
    result = run("lookup", "xyz")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No concept has the code or name 'xyz'" in result.stderr


def test_concept_prints_the_concept(run):
    assert run("concept", "osteolytic").output == f"{bm.concept('osteolytic')}\n"
    assert run("concept", "osteolitic").exit_code == 2
