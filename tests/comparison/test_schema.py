"""Constraints are compared by the values that they allow, for each type of field."""

import pytest

from bonemet_data.comparison.schema import schema_changes
from bonemet_data.tableschema.parser import parse_table_schema


def kinds(old, new, type_):
    """Return the kinds of changes between two sets of constraints of one field."""
    schemas = (
        parse_table_schema({"fields": [{"name": "a", "type": type_, "constraints": each}]}, "t")
        for each in (old, new)
    )
    return [change.kind.value for change in schema_changes("t", *schemas)]


@pytest.mark.parametrize(
    ("type_", "old", "new", "expected"),
    [
        ("integer", {"minimum": 1}, {"exclusiveMinimum": 0}, ["restated"]),
        ("integer", {"maximum": 9}, {"exclusiveMaximum": 10}, ["restated"]),
        ("integer", {"maximum": 9}, {"exclusiveMaximum": 9}, ["tightened"]),
        ("number", {"minimum": 1}, {"exclusiveMinimum": 0}, ["loosened"]),
        ("number", {"minimum": 1}, {"exclusiveMinimum": 1}, ["tightened"]),
        ("number", {"exclusiveMaximum": 1}, {"maximum": 1}, ["loosened"]),
        ("number", {"minimum": 0, "exclusiveMinimum": 1}, {"exclusiveMinimum": 1}, ["restated"]),
        ("year", {"minimum": 1800}, {"exclusiveMinimum": 1799}, ["restated"]),
        ("date", {"minimum": "2020-01-02"}, {"exclusiveMinimum": "2020-01-01"}, ["restated"]),
        ("date", {"maximum": "2020-01-01"}, {"exclusiveMaximum": "2020-01-01"}, ["tightened"]),
        (
            "datetime",
            {"minimum": "2020-01-01T00:00:01"},
            {"exclusiveMinimum": "2020-01-01T00:00:00"},
            ["loosened"],
        ),
        ("date", {}, {"exclusiveMinimum": "9999-12-31"}, ["tightened"]),
        ("string", {}, {"minLength": 0}, ["restated"]),
        ("string", {"minLength": 2}, {"minLength": 1}, ["loosened"]),
        ("string", {"pattern": "a|b"}, {"pattern": "b|a"}, ["tightened"]),
        ("string", {"pattern": "a"}, {}, ["loosened"]),
        ("string", {}, {"pattern": "a"}, ["tightened"]),
        ("string", {"enum": ["a"]}, {"enum": ["a", "b"]}, ["loosened"]),
        ("string", {"required": False}, {}, []),
    ],
)
def test_constraints(type_, old, new, expected):
    assert kinds(old, new, type_) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["true"], ["true"], []),
        (["yes", "ja"], ["ja", "yes"], []),
        (["yes"], ["ja"], ["type"]),
    ],
)
def test_the_spellings_of_a_boolean(old, new, expected):
    schemas = (
        parse_table_schema({"fields": [{"name": "a", "type": "boolean", "trueValues": each}]}, "t")
        for each in (old, new)
    )
    assert [change.kind.value for change in schema_changes("t", *schemas)] == expected


def test_a_change_names_field_keyword_and_both_values():
    old, new = (
        parse_table_schema(
            {"fields": [{"name": "a", "type": "integer", "constraints": {"minimum": limit}}]}, "t"
        )
        for limit in (1, 2)
    )
    (change,) = schema_changes("t", old, new)
    assert (change.column, change.old, change.new) == (
        "a.minimum/exclusiveMinimum",
        '{"minimum": 1}',
        '{"minimum": 2}',
    )
