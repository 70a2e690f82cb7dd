"""The pictures show all of the data, compared with the CSV files and schemas."""

import json
import re
from collections import Counter

import pytest
from matplotlib.patches import FancyBboxPatch

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, UnknownNameError
from bonemet_data.plot.groups import FAMILY_OF, LAYER_OF
from tests.conftest import ROOT
from tests.plot.conftest import drawn, overlaps, table, texts


def schema(name):
    return json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))


def markers(picture, marker="o"):
    """The places of all marks of a shape, from the lines of matplotlib."""
    return [
        (x, y)
        for line in picture.canvas_axes.lines
        if line.get_marker() == marker
        for x, y in zip(*line.get_data(), strict=True)
    ]


def with_figures():
    statement_of = {row["evidence_id"]: row["statement_id"] for row in table("evidence")}
    return sorted({statement_of[row["evidence_id"]] for row in table("measurements")})


def test_every_kind_of_concept_has_a_layer():
    (field,) = (each for each in schema("concepts")["fields"] if each["name"] == "kind")
    assert sorted(LAYER_OF) == sorted(field["constraints"]["enum"])


def test_every_predicate_has_a_family():
    assert sorted(FAMILY_OF) == sorted(row["predicate"] for row in table("predicates"))


def test_the_map_shows_every_statement():
    picture = drawn("statements")
    lines = [patch.get_gid() for patch in picture.canvas_axes.patches if patch.get_gid()]
    assert lines == [row["statement_id"] for row in table("statements")]
    assert [row[:4] for row in picture.rows] == [
        (row["statement_id"], row["subject_id"], row["predicate"], row["object_id"])
        for row in table("statements")
    ]


def test_the_map_labels_every_concept_with_a_statement():
    used = {row[end] for row in table("statements") for end in ("subject_id", "object_id")}
    labels = [row["label"] for row in table("concepts") if row["concept_id"] in used]
    shown = " ".join(each.get_text() for each in texts(drawn("statements")))
    assert len(labels) > 100
    assert [label for label in labels if label not in shown] == []


def test_the_legend_counts_the_predicates():
    shown = {each.get_text() for each in texts(drawn("statements"))}
    for predicate, number in Counter(row["predicate"] for row in table("statements")).items():
        assert f"{predicate.replace('_', ' ')} ({number})" in shown


def test_each_line_ends_at_its_concepts():
    """Unless it is shortened: then one end is at the concept that is not bone metastasis."""
    picture = drawn("statements")
    labels = {row["concept_id"]: row["label"] for row in table("concepts")}
    boxes = {}
    names = Counter(labels.values())
    chips = [p.get_bbox() for p in picture.canvas_axes.patches if isinstance(p, FancyBboxPatch)]
    for chip in chips:
        inside = [
            each.get_text()
            for each in texts(picture)
            if chip.x0 < each.get_position()[0] < chip.x1
            and chip.y0 < each.get_position()[1] < chip.y1
        ]
        boxes[" ".join(inside)] = chip
    ends = {
        patch.get_gid(): (patch.get_path().vertices[0], patch.get_path().vertices[-1])
        for patch in picture.canvas_axes.patches
        if patch.get_gid()
    }
    for row in table("statements"):
        ids = (row["subject_id"], row["object_id"])
        points = ends[row["statement_id"]]
        if "bone_metastasis" in ids:
            ids = [id_ for id_ in ids if id_ != "bone_metastasis"]
            points = points[:1]
        for id_, (x, y) in zip(ids, points, strict=True):
            assert names[labels[id_]] == 1
            box = boxes[labels[id_]]
            assert x in (box.x0, box.x1), row
            assert box.y0 < y < box.y1, row


def test_the_map_of_a_concept_shows_its_statements():
    about = [
        row["statement_id"]
        for row in table("statements")
        if "osteolytic" in (row["subject_id"], row["object_id"])
    ]
    assert sorted(row[0] for row in drawn("statements osteolytic").rows) == sorted(about)


@pytest.mark.parametrize("statement_id", with_figures())
def test_the_chart_shows_every_measurement(statement_id):
    picture = bm.plot.measurements(statement_id)
    evidence = {row["evidence_id"]: row for row in table("evidence")}
    publications = {row["publication_id"]: row for row in table("publications")}
    expected = []
    for row in table("measurements"):
        source = evidence[row["evidence_id"]]
        if source["statement_id"] == statement_id:
            number = row["value_number"] or row["low"] or row["high"]
            patients = row["denominator"] or source["sample_size"]
            publication = publications[source["publication_id"]]
            expected.append(
                (
                    float(number),
                    row["unit"],
                    f"{int(patients):,}" if patients else "not stated",
                    source["design"].replace("_", "-"),
                    publication["doi"],
                )
            )
    first = re.compile(r"[\d.]+")
    shown = [
        (
            float(first.search(row[1])[0]) * (-1 if "\N{MINUS SIGN}" in row[1][:1] else 1),
            *row[2:4],
            row[4].replace(" ", "-").replace("randomized-controlled-trial", "rct"),
            row[6] if row[6].startswith("10.") else "",
        )
        for row in picture.rows
    ]
    assert sorted(shown) == sorted(expected)
    written = {each.get_text() for each in texts(picture)}
    for row in picture.rows:
        assert {row[1].partition(" (")[0], row[6]} <= written


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 760, 880])
@pytest.mark.parametrize("statement_id", with_figures())
def test_no_label_of_any_chart_overlaps_another(statement_id, width):
    assert overlaps(bm.plot.measurements(statement_id, width=width)) == ([], [])


def test_the_figures_are_drawn_to_scale():
    """Where the marks are, compared with the numbers and with the line of the article."""
    picture = drawn("measurements")
    numbers = sorted(float(row[1]) for row in picture.rows)
    assert numbers == [33.0, 40.5, 77.2, 84.1, 91.6]
    places = sorted(x for x, _ in markers(picture))
    scale = (places[-1] - places[0]) / (numbers[-1] - numbers[0])
    for number, place in zip(numbers, places, strict=True):
        assert place == pytest.approx(places[0] + (number - numbers[0]) * scale)
    article = places[0] + (75 - numbers[0]) * scale
    upright = [
        line
        for line in picture.canvas_axes.lines
        if line.get_color() == picture.theme.accent and len(set(line.get_xdata())) == 1
    ]
    assert [line.get_xdata()[0] for line in upright] == [pytest.approx(article)]
    assert "article: up to 75 %" in {each.get_text() for each in texts(picture)}


def test_the_chart_of_evidence_shows_every_row():
    picture = drawn("evidence")
    stances = [name.replace(" ", "_") for name in picture.columns[2:]]
    counts = Counter((row["statement_id"], row["stance"]) for row in table("evidence"))
    assert {row[0]: tuple(map(int, row[2:])) for row in picture.rows} == {
        row["statement_id"]: tuple(counts[row["statement_id"], stance] for stance in stances)
        for row in table("statements")
    }
    marks = len(markers(picture)) + len(markers(picture, "X"))
    assert marks == len(table("evidence")) + len(stances)


def test_the_chart_of_evidence_names_every_statement_with_evidence():
    picture = drawn("evidence")
    shown = " ".join(each.get_text() for each in texts(picture))
    named = [row for row in picture.rows if row[1] in shown]
    assert len(named) >= len({row["statement_id"] for row in table("evidence")})


def test_statements_with_most_evidence_come_first():
    totals = [sum(map(int, row[2:])) for row in drawn("evidence").rows]
    assert totals[0] == max(totals[:19])


@pytest.mark.parametrize("name", ["structure", "structure narrow"])
def test_the_structure_shows_every_foreign_key(name):
    expected = []
    for path in sorted((ROOT / "schemas").glob("*.json")):
        for key in schema(path.stem).get("foreignKeys", ()):
            fields = [key["fields"]] if isinstance(key["fields"], str) else key["fields"]
            target = key["reference"].get("resource") or path.stem
            expected.append((path.stem, ", ".join(fields), target))
    picture = drawn(name)
    assert sorted((row[0], *row[2:]) for row in picture.rows if row[2]) == sorted(expected)
    for row in picture.rows:
        assert int(row[1].replace(",", "")) == len(table(row[0]))
        assert {row[0], row[2]} <= {"", *(each.get_text() for each in texts(picture))}


def test_the_lines_of_the_structure_are_its_keys():
    picture = drawn("structure")
    lines = [p for p in picture.canvas_axes.patches if not isinstance(p, FancyBboxPatch)]
    assert len(lines) == sum(bool(row[2]) for row in picture.rows)


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (lambda: bm.plot.measurements("st01"), UnknownNameError, "no statement 'st01'"),
        (lambda: bm.plot.measurements("st001"), ArgumentError, "st001 has no figures. Choose"),
        (lambda: bm.plot.statements("pian"), UnknownNameError, "Did you mean pain"),
        (lambda: bm.plot.statements("clinical_trial"), ArgumentError, "no statements about"),
    ],
)
def test_what_cannot_be_drawn(draw, error, message):
    with pytest.raises(error, match=message):
        draw()
