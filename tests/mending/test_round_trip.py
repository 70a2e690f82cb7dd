"""A damaged cohort is checked, its fixes are accepted in a spreadsheet, and it is mended."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import bonemet_data as bm
from bonemet_data.cli import main
from bonemet_data.package.csv_reading import CsvReader

COLUMNS = ["id", "lesion_type", "symptom", "cause", "treatment", "age", "sex", "seen", "postcode"]
SOUND = ["mixed", "pain", "tumor_type", "surgery", "61", "f", "2020-03-05", "01067"]
KEYS = {"lesion_type": "types", "symptom": "symptoms", "cause": "causes", "treatment": "treatments"}

SUGGESTED = {
    "lesion_type": {
        "Mixed": "mixed",
        " MIXED ": "mixed",
        "Osteolytic": "osteolytic",
        "OSTEOBLASTIC": "osteoblastic",
        "lytic": "osteolytic",
        "sclerotic": "osteoblastic",
        "osteolityc": "osteolytic",
    },
    "symptom": {
        "Pain": "pain",
        "Hypercalcaemia": "hypercalcemia",
        "tiredness": "fatigue",
        "Poor Well-being": "poor_well_being",
    },
    "cause": {
        "Seed & Soil": "seed_and_soil",
        "TUMOR TYPE": "tumor_type",
        "tumour type": "tumor_type",
    },
    "treatment": {
        "Radiotherapy": "radiation_therapy",
        "radiation\u00a0therapy": "radiation_therapy",
    },
}
"""Damage with a right suggestion."""

BY_HAND = {
    "lesion_type": {"=1+1": "mixed", "unklar": "", "x\r\ny": "mixed", '"': "mixed", "'": "mixed"},
    "symptom": {"+49 30": "pain", "Schmerz; stark": "pain", "\u200b": "pain"},
    "cause": {"Übelkeit": "tumor_type", "<empty>": ""},
    "age": {"200": "20", "61 years": "61", "1e2": "100", "-5": "5", "3,5": "3", "": "0"},
    "sex": {"TRUE": "f", "F": "f", "weiblich": "f", "1": "m"},
    "seen": {"05.03.2020": "2020-03-05", "43895": "2020-03-05"},
    "postcode": {"1067": "01067", "D-01067": "01067"},
}
"""Damage that a person corrects."""


@pytest.fixture(scope="module")
def kinds():
    """Column, damaged and right text of each kind of damage."""
    return [
        (column, damaged, right)
        for texts in (SUGGESTED, BY_HAND)
        for column, each in texts.items()
        for damaged, right in each.items()
    ]


def record(number, texts, *, quoted):
    """A record, of which some cells are in quotes without need."""
    cells = [f"p{number:07}" if number % 5000 else "p0000001", *texts]
    reader = CsvReader()
    spelled = [
        f'"{cell.replace(chr(34), chr(34) * 2)}"'
        if index in quoted
        else reader.join([cell, ""])[:-1]
        for index, cell in enumerate(cells)
    ]
    return ",".join(spelled)


def write_cohorts(rows, kinds):
    """The damaged cohort and the cohort as it should become, and the number of damaged cells."""
    parts = [[",".join(COLUMNS) + "\n"], [",".join(COLUMNS) + "\n"]]
    for number in range(1, rows + 1):
        damaged = [*SOUND]
        right = [*SOUND]
        if number % 7 == 0:
            column, old, new = kinds[number // 7 % len(kinds)]
            damaged[COLUMNS.index(column) - 1], right[COLUMNS.index(column) - 1] = old, new
        quoted = {number % 11, number % 13}
        quoted |= {at for at, text in enumerate(damaged, 1) if {*text} & {*',"\r\n'}}  # stay quoted
        for lines, texts in zip(parts, (damaged, right), strict=True):
            end = ",surplus\r\n" if number % 9973 == 0 else "\r\n" if number % 3 else "\n"
            # A row with a surplus cell is not touched.
            lines.append(record(number, damaged if "," in end else texts, quoted=quoted) + end)
    return ["".join(lines).encode() for lines in parts]


def accept(path, save):
    """Accept all suggestions and enter the corrections, as a person in a spreadsheet."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.DictReader(file)]
    for row in rows:
        by_hand = {_shown(old): new for old, new in BY_HAND.get(row["column"], {}).items()}
        if row["value"] in by_hand:
            row["replacement"] = _shown(by_hand[row["value"]])
        elif row["suggestion"] and not row["note"]:
            row["replacement"] = row["suggestion"]
    text = io.StringIO()
    writer = csv.DictWriter(text, [*rows[0]], delimiter=save["delimiter"], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(save["encoding"]))


def _shown(text):
    from bonemet_data.mending.sheet_texts import write_text

    return write_text(text)


@pytest.mark.parametrize("rows", [3000, pytest.param(200_000, marks=pytest.mark.slow)])
def test_what_has_a_right_suggestion_is_mended_and_nothing_else_is_touched(
    rows, kinds, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert len(kinds) == 40
    damaged, right = write_cohorts(rows, kinds)
    Path("cohort.csv").write_bytes(damaged)
    fields = {name: {"name": name, "type": "string"} for name in COLUMNS}
    fields["id"]["constraints"] = {"unique": True}
    fields["age"] |= {
        "type": "integer",
        "constraints": {"required": True, "minimum": 0, "maximum": 120},
    }
    fields["sex"]["constraints"] = {"enum": ["f", "m"]}
    fields["seen"]["type"] = "date"
    fields["postcode"]["constraints"] = {"pattern": "[0-9]{5}"}
    keys = [
        {
            "fields": [name],
            "reference": {"package": "bonemet-data", "resource": table, "fields": key},
        }
        for name, table in KEYS.items()
        for key in [[bm.load(table).columns[0]]]
    ]
    schema = {"fields": [*fields.values()], "foreignKeys": keys}
    Path("s.json").write_text(json.dumps(schema), encoding="utf-8")

    def run(*args):
        return CliRunner().invoke(main, args)

    result = run("check", "cohort.csv", "--schema", "s.json", "--fixes", "fixes.csv")
    assert result.exit_code == 1, result.output
    accept(Path("fixes.csv"), {"delimiter": ";", "encoding": "utf-8-sig"})
    result = run("apply", "cohort.csv", "fixes.csv", "-o", "clean.csv")
    assert result.exit_code == 0, result.output
    assert Path("clean.csv").read_bytes() == right
    assert Path("cohort.csv").read_bytes() == damaged

    report = bm.check("clean.csv", "s.json")
    by_hand = {bm.Rule.UNIQUE, bm.Rule.RAGGED_ROW}
    left = [group for group in report.groups if group.rule not in by_hand]
    assert all(group.number == 1 and group.row % 9973 == 0 for group in left)
    assert {group.rule for group in report.groups} >= (by_hand if rows > 9973 else set())
    with Path("clean.changes.csv").open(encoding="utf-8-sig", newline="") as file:
        log = [*csv.DictReader(file)]
    assert f"40 fixes changed {len(log):,} cells in {rows:,} rows" in result.output
    assert [int(change["row"]) for change in log] == [
        number for number in range(7, rows + 1, 7) if number % 9973
    ]
