"""Files of fixes survive spreadsheets, and nothing in them is evaluated."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, DataError, OutputError
from bonemet_data.mending.fixes_file import read_fixes, write_fixes
from bonemet_data.mending.sheet_texts import read_text, write_text
from bonemet_data.reporting.groups import FindingGroup

HOSTILE = [
    '=HYPERLINK("http://x";"y")', "+49 30", "-5", "@x", "\t=1", "\r=1", "'", '"', '"a"', "''", "<empty>",
    "007", "1e5", "3/4", "5.3.2020", "TRUE", "Sept2", "1,5", " a", "a ", "a\u00a0", "\u200b", "\x1b[2J",
    "a\nb", "a\r\nb", "a;b", "a\tb", "\0", "\u202e", "::error::x", "é", "\ufeffa", "\\", '\\"', "½",
]  # fmt: skip

SAVED = {
    "as it is": lambda rows: _csv(rows, ",", "\n").encode("utf-8-sig"),
    "semicolons": lambda rows: _csv(rows, ";", "\r\n").encode("utf-8-sig"),
    "no byte order mark": lambda rows: _csv(rows, ",", "\r\n").encode(),
    "Unicode text": lambda rows: _csv(rows, "\t", "\r\n").encode("utf-16"),
    "Windows": lambda rows: _csv(rows, ";", "\r\n").encode("cp1252", "replace"),
}


def _csv(rows, delimiter, end):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


def group(value, **more):
    more = {"suggestion": "x", "scope": "exact", "rule": bm.Rule.ENUM, **more}
    return FindingGroup(
        severity=bm.Severity.ERROR, message="is wrong", column="c", value=value, **more
    )


@given(st.text(st.characters(codec="utf-8")))
def test_each_text_is_read_as_it_was_written(text):
    written = write_text(text)
    assert read_text(written) == text
    assert written.isprintable()
    assert written[0] not in "=+-@\t\r'"
    assert written == written.strip()


@pytest.mark.parametrize("save", SAVED)
def test_what_a_spreadsheet_saves_is_read(save, tmp_path):
    path = tmp_path / "fixes.csv"
    texts = [
        text for text in HOSTILE if save != "Windows" or write_text(text).isascii() or text == "é"
    ]
    write_fixes(path, map(group, texts))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.reader(file)]
    path.write_bytes(SAVED[save](rows))
    found, notes = read_fixes(path)
    assert [fix.value for fix in found] == texts
    assert {(fix.column, fix.replacement, fix.rule) for fix in found} == {("c", "x", "enum")}
    assert notes == ([f"{path} is not UTF-8, and was read as cp1252"] if save == "Windows" else [])


def test_a_workbook_keeps_all_texts(tmp_path):
    path = tmp_path / "fixes.xlsx"
    write_fixes(path, map(group, HOSTILE))
    assert [fix.value for fix in read_fixes(path)[0]] == HOSTILE
    assert pd.read_excel(path, engine="calamine")["number"].dtype == "int64"


def test_names_of_columns_and_messages_are_harmless_too(tmp_path):
    path = tmp_path / "fixes.csv"
    write_fixes(path, [replace(group("v"), column=text, message=text) for text in HOSTILE])
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [
        cell for cell in cells if cell[:1] in {*"=+-@\t\r"} - {""} or not cell.isprintable()
    ]
    assert [fix.column for fix in read_fixes(path)[0]] == HOSTILE


def test_numbers_that_a_person_enters_in_a_workbook_are_their_text(tmp_path):
    path = tmp_path / "fixes.xlsx"
    sheet = pl.DataFrame({"column": ["age", "b"], "value": ["x", "y"], "replacement": [61, 7]})
    sheet.write_excel(path)
    assert [fix.replacement for fix in read_fixes(path)[0]] == ["61", "7"]


def test_only_exact_names_are_filled_in():
    scopes = ["exact", "narrower", "broader", "related", "near"]
    report = bm.Report(groups=tuple(group(f"v{scope}", scope=scope) for scope in scopes))
    fixes = report.fixes()
    assert fixes["replacement"].fillna("").tolist() == ["x", "", "", "", ""]
    assert fixes["suggestion"].tolist() == ["x"] * 5


def test_rules_about_several_rows_have_a_note_and_no_replacement(tmp_path):
    data = tmp_path / "a.csv"
    data.write_text("id,k\n1,a\n1,a\n2,b\n3\n\n4,\n", encoding="utf-8")
    schema = {
        "fields": [
            {"name": "id", "type": "integer", "constraints": {"unique": True}},
            {"name": "k", "type": "string", "constraints": {"required": True}},
        ],
        "uniqueKeys": [["id", "k"]],
    }
    fixes = bm.check(data, schema).fixes()
    notes = dict(zip(fixes["rule"], fixes["note"].str.partition(":")[0], strict=True))
    assert notes == {
        "unique": "duplicate value",
        "uniqueKeys": "duplicate value",
        "ragged-row": "not about a single value",
        "blank-line": "not about a single value",
        "required": "a replacement fills every empty cell of the column",
    }
    assert fixes["replacement"].isna().all()
    fixes.loc[fixes["rule"] == "unique", "replacement"] = "9"
    with pytest.raises(DataError, match="the rule unique, which is about rows"):
        bm.apply(data, fixes)


def test_cells_without_text_are_filled(tmp_path):
    data = tmp_path / "a.csv"
    data.write_bytes(b'id,k\n1,\n2,""\n3,b')
    schema = {"fields": [{"name": "id"}, {"name": "k", "constraints": {"required": True}}]}
    fixes = bm.check(data, schema).fixes()
    fixes["replacement"] = "unknown"
    bm.apply(data, fixes, output=tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_bytes() == b'id,k\n1,unknown\n2,"unknown"\n3,b'


def test_two_rules_that_suggest_different_texts_fill_in_the_first():
    groups = (group("v", suggestion="a"), group("v", suggestion="b", rule=bm.Rule.PATTERN))
    assert bm.Report(groups=groups).fixes()["replacement"].fillna("").tolist() == ["a", ""]


def test_a_file_that_exists_is_not_overwritten(tmp_path):
    path = tmp_path / "fixes.csv"
    path.write_text("edited", encoding="utf-8")
    with pytest.raises(OutputError, match="a person entered"):
        write_fixes(path, [])
    with pytest.raises(OutputError, match=r"use the extension \.csv or \.xlsx"):
        write_fixes(tmp_path / "fixes.json", [])


REFUSED = {
    "a,b\n1,2\n": (ArgumentError, "has no column column, value, replacement"),
    'column,value,replacement\nc,v,"""\\x"""\n': (DataError, "row 2: a text in double quotes"),
    'column,value,replacement\nc,"v,w\n': (DataError, "malformed quoting"),
    "": (DataError, "no header"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_file_that_is_no_table_of_fixes_is_refused(text, tmp_path):
    path = tmp_path / "fixes.csv"
    path.write_text(text, encoding="utf-8")
    error, message = REFUSED[text]
    with pytest.raises(error, match=message):
        read_fixes(path)


def test_rows_and_columns_that_a_person_adds_are_no_matter(tmp_path):
    path = tmp_path / "fixes.csv"
    path.write_text("who,replacement,value,column\n,,,\nme,b,a,c\n", encoding="utf-8")
    ((place, *fix),) = read_fixes(path)[0]
    assert (place, fix) == (f"{path}: row 3", ["c", "a", "b", ""])


def test_fixes_of_a_package_are_those_of_one_resource(tmp_path):
    Path(tmp_path, "t.csv").write_text("k\nb\n", encoding="utf-8")
    schema = {"fields": [{"name": "k", "type": "string", "constraints": {"enum": ["a"]}}]}
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    document = {"name": "p", "resources": [resource]}
    Path(tmp_path, "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
    report = bm.validate_package(tmp_path)
    assert report.fixes("t")["value"].tolist() == ["b"]
    assert "b" not in set(report.fixes()["value"].dropna())
    assert isinstance(report.fixes(), pd.DataFrame)
