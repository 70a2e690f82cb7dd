"""A difference as text, JSON and Markdown, with text from data made harmless."""

import json

import pytest

import bonemet_data as bm
from bonemet_data.comparison.changes import Change, Kind
from bonemet_data.comparison.difference import Difference
from bonemet_data.comparison.rendering import LIMIT, summary

CHANGES = (
    Change(Kind.ROW_REMOVED, "sites", "south", old="south"),
    Change(Kind.CELL, "sites", "north", "name", "North field", "North | East"),
    Change(Kind.METADATA, column="title", new="Sites"),
)
DIFFERENCE = Difference("1.0.0", "1.0.1", CHANGES)


def test_text():
    assert str(DIFFERENCE).splitlines() == [
        "MAJOR  row-removed       sites[south]",
        "PATCH  cell              sites[north].name  'North field' → 'North | East'",
        "PATCH  metadata          title  nothing → 'Sites'",
        "1.0.0 → 1.0.1: MAJOR; the smallest version after 1.0.0 is 2.0.0",
    ]
    assert str(CHANGES[0]) == "MAJOR  row-removed       sites[south]"


def test_markdown():
    assert DIFFERENCE.to_markdown().splitlines() == [
        "**1.0.0 → 1.0.1: MAJOR; the smallest version after 1.0.0 is 2.0.0**",
        "",
        "| level | change | location | old | new |",
        "| --- | --- | --- | --- | --- |",
        "| MAJOR | row-removed | sites[south] | south |  |",
        "| PATCH | cell | sites[north].name | North field | North \\| East |",
        "| PATCH | metadata | title |  | Sites |",
    ]


def test_json():
    document = json.loads(DIFFERENCE.to_json())
    changes = document.pop("changes")
    assert document == {"old": "1.0.0", "new": "1.0.1", "level": "MAJOR", "smallest": "2.0.0"}
    assert changes[1] == {
        "kind": "cell",
        "level": "PATCH",
        "resource": "sites",
        "key": "north",
        "column": "name",
        "old": "North field",
        "new": "North | East",
    }


def test_summary():
    assert summary(DIFFERENCE) == (
        "- `sites`: 1 row removed, 1 cell changed.\n- The package: 1 description changed."
    )
    form = Difference("1.0.0", "1.0.1", (Change(Kind.FORM, "sites"), *CHANGES[:1] * 2))
    assert summary(form) == "- `sites`: form, 2 rows removed."
    assert summary(Difference("1.0.0", "1.0.0", ())) == "- Nothing has changed."


def test_no_changes():
    assert str(Difference("1.0.0", "1.0.0", ())) == "1.0.0 and 1.0.0 do not differ"


def test_a_first_version_that_is_not_a_number():
    difference = Difference("", "2.0", CHANGES)
    assert difference.smallest is None
    assert str(difference).endswith(
        "(no version) → 2.0: MAJOR; (no version) is not a version number"
    )
    assert json.loads(difference.to_json())["smallest"] is None


def test_a_long_list_is_counted():
    changes = tuple(Change(Kind.ROW_ADDED, "sites", str(at)) for at in range(LIMIT + 30))
    difference = Difference("1.0.0", "1.1.0", changes)
    for text in (difference.to_text(), difference.to_markdown()):
        assert text.count("sites[") == LIMIT
        assert "... and 30 more row-added in sites; the JSON format lists all" in text
    assert len(json.loads(difference.to_json())["changes"]) == LIMIT + 30


@pytest.mark.parametrize("width", [80, 120])
def test_lines_are_wrapped_at_the_width(width):
    text = bm.diff("1.0.0", "2.0.0").to_text(width=width)
    assert width - 20 < max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize("form", ["to_text", "to_json", "to_markdown"])
@pytest.mark.parametrize("hostile", ["\x1b[2J", "\n::error::x", "\u202e", "\x9b"])
def test_invisible_characters_are_escaped(form, hostile):
    change = Change(Kind.CELL, f"t{hostile}", f"k{hostile}", f"c{hostile}", hostile, hostile)
    output = getattr(Difference(f"1{hostile}", f"2{hostile}", (change,)), form)()
    assert hostile not in output


def test_html_is_escaped_in_markdown():
    change = Change(Kind.CELL, "t", "1", "a", "<img src=x>", "a\\|b & c")
    output = Difference("1.0.0", "1.0.1", (change,)).to_markdown()
    assert "&lt;img src=x>" in output
    assert "a\\\\\\|b &amp; c" in output
