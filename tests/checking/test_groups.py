"""The groups and rules of a check: every distinct fault with its exact number."""

import json

import polars as pl
import pytest

import bonemet_data as bm
from bonemet_data.reporting.groups import group_findings
from tests.checking.cases import TRAPS, check, schema


def seen(report):
    return [(g.rule, g.column, g.value, g.number, g.line, g.row) for g in report.groups]


# name, data, groups as (rule, column, value, number, line, row)
CASES = [
    ("valid", b"a,b\n1,x\n", []),
    ("one value twice", b"a,b\nq,x\nq,x\nr,x\n", [("type", "a", "q", 2, 2, 1), ("type", "a", "r", 1, 4, 3)]),
    ("a repeated value", b"a,b\n7,x\n8,x\n7,x\n7,x\n", [("unique", "a", "7", 3, 2, 1)]),
    ("a repeated value, written in two ways", b"a,b\n7,x\n07,x\n", [("unique", "a", "7", 1, 2, 1), ("unique", "a", "07", 1, 3, 2)]),
    ("missing values", b"a,b\n1,\n2,\n", [("required", "b", None, 2, 2, 1)]),
    ("blank lines", b"a,b\n1,x\n\n\n", [("blank-line", None, "", 2, 3, None)]),
    ("ragged rows of two kinds", b"a,b\n1\n2\n3,x,y\n", [("ragged-row", None, "1", 1, 2, 1), ("ragged-row", None, "2", 1, 3, 2), ("ragged-row", None, "3,x,y", 1, 4, 3)]),
    ("a value with two faults", b"a,b\n1,yyy\n", [("maxLength", "b", "yyy", 1, 2, 1), ("pattern", "b", "yyy", 1, 2, 1)]),
    ("a missing column", b"a\n1\n", [("columns", "b", None, 1, 1, None)]),
]  # fmt: skip
RULES = schema(
    ["a", "integer", {"unique": True}],
    ["b", "string", {"required": True, "maxLength": 2, "pattern": "x+"}],
)


@pytest.mark.parametrize(
    ("data", "groups"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_group_is_a_distinct_fault(tmp_path, data, groups):
    assert seen(check(tmp_path, data, RULES)) == groups


@pytest.mark.parametrize("size", [8, 2**24])
@pytest.mark.parametrize(
    ("rules", "data"), [case[1:3] for case in TRAPS], ids=[c[0] for c in TRAPS]
)
def test_the_groups_are_those_of_all_findings(tmp_path, monkeypatch, rules, data, size):
    monkeypatch.setattr("bonemet_data.reading.tables.SIZE", size)
    report = check(tmp_path, data, rules, limit=10**6)
    assert report.groups == group_findings(report.findings)
    few = check(tmp_path, data, rules, limit=0)
    assert (few.groups, few.rules, few.counts) == (report.groups, report.rules, report.counts)


def test_the_groups_of_parts_of_a_batch_are_merged(tmp_path, monkeypatch):
    monkeypatch.setattr("bonemet_data.checking.batch_checker._PART_SIZE", 3)
    report = check(tmp_path, b"a,b\n" + b"q,x\n" * 10, RULES)
    assert seen(report) == [("type", "a", "q", 10, 2, 1)]


def test_the_groups_of_files_are_merged(tmp_path):
    for name in ("1.csv", "2.csv"):
        (tmp_path / name).write_text("a\nq\n", encoding="utf-8")
    report = bm.check([tmp_path / "1.csv", tmp_path / "2.csv"], schema("a integer"))
    (group,) = report.groups
    assert (group.number, group.file) == (2, str(tmp_path / "1.csv"))


def test_the_registry_of_an_analyst(tmp_path):
    """12,400 failures are 39 distinct faults and 300 repeated ids."""
    rows = 200_000
    faulty = [("symptom", f"unknown {number}") for number in range(25)]
    faulty += [("age", str(number)) for number in range(200, 213)] + [("age", "n/a")]
    numbers = [436, *[299] * 38]
    numbers[-1] += 11_800 - sum(numbers)
    cells = {"id": [f"P{number:06}" for number in range(rows)], "age": ["50"] * rows, "symptom": ["pain"] * rows}  # fmt: skip
    at = 0
    for (column, value), number in zip(faulty, numbers, strict=True):
        for _ in range(number):
            cells[column][at] = value
            at += 7
    for number in range(300):
        cells["id"][-1 - number] = cells["id"][number]
    path = tmp_path / "registry.csv"
    pl.DataFrame(cells).write_csv(path)
    rules = schema(["id", "string", {"unique": True}], ["age", "integer", {"maximum": 120}], "symptom string")  # fmt: skip
    reference = {"package": "bonemet-data", "resource": "symptoms", "fields": ["symptom_id"]}
    rules["foreignKeys"] = [{"fields": ["symptom"], "reference": reference}]
    report = bm.check(path, rules)
    assert report.errors == sum(group.number for group in report.groups) == 12_400
    repeated = [group for group in report.groups if group.is_duplicate]
    assert [group.number for group in repeated] == [2] * 300
    found = {(g.column, g.value): g.number for g in report.groups if not g.is_duplicate}
    assert found == dict(zip(faulty, numbers, strict=True))
    lines = report.to_text().splitlines()
    assert "12,400 findings: 39 distinct faults and 300 duplicate values" in lines
    assert lines[-1] == "12,400 errors in 200,000 rows"
    assert any("300 duplicate" in line and "× 600" in line for line in lines[:40])


@pytest.mark.parametrize("size", [8, 2**24])
def test_only_the_first_values_are_kept_and_all_findings_are_counted(tmp_path, monkeypatch, size):
    monkeypatch.setattr("bonemet_data.reading.tables.SIZE", size)
    monkeypatch.setattr("bonemet_data.checking.group_store.MAX_GROUPS", 3)
    values = ["q", "r", "q", "s", "t", "u", "q", "t"]
    data = "a\n" + "".join(f"{value}\n" for value in values)
    report = check(tmp_path, data.encode(), schema("a integer"))
    assert [(group.value, group.number, group.line) for group in report.groups] == [
        (None, 3, None),
        ("q", 3, 2),
        ("r", 1, 3),
        ("s", 1, 5),
    ]
    assert report.errors == 8
    assert report.notes == (
        "the first 3 distinct faults are listed; 3 further findings are only counted",
    )


@pytest.mark.parametrize("size", [8, 2**24])
def test_long_values_are_kept_up_to_a_number_of_bytes(tmp_path, monkeypatch, size):
    monkeypatch.setattr("bonemet_data.reading.tables.SIZE", size)
    monkeypatch.setattr("bonemet_data.checking.group_store.MAX_GROUPS", 4)
    monkeypatch.setattr("bonemet_data.checking.group_store.MAX_BYTES", 5)
    data = b"a\nq\nlong text\nr\nq\n" + b"s\n" * 9
    report = check(tmp_path, data, schema("a integer"))
    assert [(group.value, group.number) for group in report.groups] == [(None, 11), ("q", 2)]


def test_every_rule_that_is_checked_has_a_result(tmp_path):
    report = check(tmp_path, b"a,b\n1,x\nq,\n1,x\n", RULES)
    results = [(r.rule, r.column, r.detail, r.rows, r.number) for r in report.rules]
    assert results == [
        ("duplicate-header", None, "", 0, 0),
        ("columns", None, "", 0, 0),
        ("encoding", None, "", 3, 0),
        ("not-csv", None, "", 3, 0),
        ("long-record", None, "", 3, 0),
        ("ragged-row", None, "", 3, 0),
        ("blank-line", None, "", 3, 0),
        ("type", "a", "integer", 3, 1),
        ("type", "b", "string", 3, 0),
        ("required", "b", "", 3, 1),
        ("maxLength", "b", "2", 3, 0),
        ("pattern", "b", "x+", 3, 0),
        ("unique", "a", "", 3, 2),
    ]


def test_frames_have_no_records_of_text():
    report = bm.check(pl.DataFrame({"a": [1]}), schema("a integer"))
    assert [result.rule for result in report.rules] == ["duplicate-header", "columns", "type"]


def test_a_rule_is_checked_in_the_files_that_have_its_columns(tmp_path):
    (tmp_path / "1.csv").write_text("a\n1\n2\n", encoding="utf-8")
    (tmp_path / "2.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    rules = {**schema("a integer", "b integer"), "fieldsMatch": "partial"}
    report = bm.check([tmp_path / "1.csv", tmp_path / "2.csv"], rules)
    assert {r.column: r.rows for r in report.rules if r.rule == "type"} == {"a": 3, "b": 1}


def test_two_foreign_keys_of_a_column_have_results_of_their_own():
    rules = schema("t string")
    rules["foreignKeys"] = [
        {"fields": ["t"], "reference": {"package": "bonemet-data", "resource": table, "fields": [key]}}
        for table, key in (("types", "type_id"), ("symptoms", "symptom_id"))
    ]  # fmt: skip
    report = bm.check(pl.DataFrame({"t": ["mixed", "mixed", "pain", "x"]}), rules)
    numbers = {r.detail: r.number for r in report.rules if r.rule == "foreignKeys"}
    assert numbers == {"types.type_id": 2, "symptoms.symptom_id": 3}
    assert sorted((g.value, g.number) for g in report.groups) == [
        ("mixed", 2), ("pain", 1), ("x", 1), ("x", 1),
    ]  # fmt: skip


def test_a_key_of_several_columns_has_one_result():
    rules = {**schema("a integer", "b string"), "primaryKey": ["a", "b"]}
    report = bm.check(pl.DataFrame({"a": [1, 1, 2], "b": ["x", "x", None]}), rules)
    results = [(r.column, r.number) for r in report.rules if r.rule == "primaryKey"]
    assert results == [("a", 0), ("b", 1), ("a, b", 2)]


def test_the_results_of_a_package_are_by_resource(small):
    report = bm.validate_package(small.root)
    rows = {r.resource: r.rows for r in report.rules if r.rule == "ragged-row"}
    names = [
        r["name"] for r in json.loads((small.root / "datapackage.json").read_bytes())["resources"]
    ]
    assert [*rows] == names
    assert sum(rows.values()) == report.rows


SCOPES = [
    # value, suggestion, scope
    ("Mixed", "mixed", "exact"),
    ("lytic lesion", "osteolytic", "broader"),
    ("osteolityc", "osteolytic", "near"),
    ("Vertigo", None, None),
]


@pytest.mark.parametrize(("value", "suggestion", "scope"), SCOPES)
def test_a_suggestion_states_how_it_was_found(value, suggestion, scope):
    report = bm.check(pl.DataFrame({"t": [value]}), columns={"t": "types"})
    for item in (report.groups[0], report.findings[0]):
        assert (item.suggestion, item.scope) == (suggestion, scope)
