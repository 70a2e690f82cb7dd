"""Constraints: what each keyword means for one value, and the messages of findings."""

import math
from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from bonemet_data.tableschema.constraints import (
    COMPARISONS,
    Constraint,
    allowed_values,
    constraints,
    nullable,
)
from bonemet_data.tableschema.constraints import (
    test as value_test,
)
from bonemet_data.tableschema.parser import parse_table_schema


def build(kind, rules, **keywords):
    schema = {"fields": [{"name": "a", "type": kind, "constraints": rules}], **keywords}
    return constraints(parse_table_schema(schema, "schema"), lambda _: None)


# type, keyword, argument, valid values, values that are not valid, message
TESTS = [
    ("integer", "minimum", 2, [2, 3], [1], "is less than the minimum 2"),
    ("integer", "maximum", 2, [2, 1], [3], "is greater than the maximum 2"),
    ("integer", "exclusiveMinimum", 2, [3], [2, 1], "is not greater than the exclusive minimum 2"),
    ("integer", "exclusiveMaximum", 2, [1], [2, 3], "is not less than the exclusive maximum 2"),
    ("number", "minimum", 0.5, [Decimal("0.5"), math.inf], [Decimal("0.4"), math.nan], "is less than the minimum 0.5"),
    ("number", "maximum", 1, [Decimal(1), -math.inf], [math.nan, math.inf], "is greater than the maximum 1"),
    ("string", "minLength", 2, ["ab", "abc"], ["", "a"], "is shorter than the minimum length 2"),
    ("string", "maxLength", 2, ["", "ab"], ["abc"], "is longer than the maximum length 2"),
    ("string", "pattern", "a|b.", ["a", "bc"], ["ab", "b", "xa"], "does not match the pattern a|b."),
    ("string", "enum", ["a", "b"], ["a", "b"], ["", "c"], "is not one of: a, b"),
    ("integer", "enum", [1, 2], [1, 2], [3], "is not one of: 1, 2"),
    ("integer", "enum", [*range(1052)], [1, 1051], [1052], f"is not one of: {', '.join(map(str, range(50)))}, and 1,002 more"),
    ("number", "enum", [1, 0.5], [Decimal("1.0"), Decimal("0.5")], [Decimal(2), math.nan], "is not one of: 1, 0.5"),
    ("number", "enum", ["NaN", 1], [math.nan, Decimal(1)], [Decimal(2)], "is not one of: NaN, 1"),
    ("boolean", "enum", [True], [True], [False], "is not one of: true"),
    ("object", "jsonSchema", {"required": ["a"]}, [], [], "does not conform to its JSON Schema"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "keyword", "argument", "good", "bad", "message"), TESTS)
def test_a_constraint_on_a_value(kind, keyword, argument, good, bad, message):
    (constraint,) = build(kind, {keyword: argument})
    is_valid = value_test(constraint)
    assert [is_valid(value) for value in (*good, *bad)] == [True] * len(good) + [False] * len(bad)
    assert constraint.message == message
    assert (constraint.keyword, constraint.columns) == (keyword, ("a",))
    assert constraint.on_cell
    assert not constraint.is_function
    assert not constraint.internal


def test_categories_are_a_closed_list():
    fields = [{"name": "a", "type": "string", "categories": ["x", "y"]}]
    (constraint,) = constraints(parse_table_schema({"fields": fields}, "schema"), lambda _: None)
    assert constraint.message == "is not one of the categories: x, y"
    assert allowed_values(constraint) == {"x", "y"}
    assert value_test(constraint)("x")
    assert not value_test(constraint)("z")


def test_a_function_is_a_test_of_its_own():
    constraint = Constraint("code", ("a",), str.isupper, "is not a code")
    assert constraint.is_function
    assert constraint.on_cell
    assert value_test(constraint) is str.isupper


def refers(fields, to, resource=""):
    return {"fields": fields, "reference": {"resource": resource, "fields": to}}


FIELDS = [{"name": name, "type": "string"} for name in "abc"]
ALLOWED = frozenset({("x",), ("y",)})
# properties of the schema; keyword, columns, argument, message, and whether it is about one cell
KEYS = [
    ({"primaryKey": ["a"]}, "primaryKey", ("a",), None, "duplicate value", False),
    ({"primaryKey": ["a", "b"]}, "primaryKey", ("a", "b"), None, "duplicate value", False),
    ({"uniqueKeys": [["b"]]}, "uniqueKeys", ("b",), None, "duplicate value", False),
    ({"foreignKeys": [refers(["a"], ["p"], "t")]}, "foreignKeys", ("a",), ALLOWED, "not found in t.p", True),
    ({"foreignKeys": [refers(["a", "b"], ["p", "q"], "t")]}, "foreignKeys", ("a", "b"), ALLOWED, "not found in t (p, q)", False),
    ({"foreignKeys": [refers(["a"], ["b"])]}, "foreignKeys", ("a",), ("b",), "not found in column b", False),
    ({"foreignKeys": [refers(["a", "b"], ["b", "c"])]}, "foreignKeys", ("a", "b"), ("b", "c"), "not found in columns b, c", False),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "keyword", "columns", "argument", "message", "on_cell"), KEYS)
def test_a_key(keys, keyword, columns, argument, message, on_cell):
    schema = parse_table_schema({"fields": FIELDS, **keys}, "schema")
    (constraint,) = constraints(schema, lambda _: ALLOWED)
    assert constraint == Constraint(keyword, columns, argument, message)
    assert constraint.on_cell == on_cell
    assert constraint.internal == isinstance(argument, tuple)
    if on_cell:
        assert allowed_values(constraint) == {"x", "y"}


def test_a_foreign_key_without_known_targets_is_no_constraint():
    schema = parse_table_schema(
        {"fields": FIELDS, "foreignKeys": [refers(["a"], ["p"], "t")]}, "schema"
    )
    assert constraints(schema, lambda _: None) == ()


def test_constraints_are_in_the_order_of_the_fields_and_then_the_keys():
    fields = [
        {"name": "a", "type": "string", "constraints": {"unique": True, "required": True}},
        {"name": "b", "type": "string", "constraints": {"unique": False, "maxLength": 1}},
        {"name": "c", "type": "string"},
    ]
    keys = {"primaryKey": "b", "uniqueKeys": [["c"]], "foreignKeys": [refers(["a"], ["c"])]}
    schema = parse_table_schema({"fields": fields, **keys}, "schema")
    found = constraints(schema, lambda _: None)
    assert [(each.keyword, *each.columns) for each in found] == [
        ("unique", "a"), ("maxLength", "b"), ("primaryKey", "b"), ("uniqueKeys", "c"), ("foreignKeys", "a"),
    ]  # fmt: skip
    assert not found[0].on_cell
    assert [nullable(field, schema) for field in schema.fields] == [False, False, True]


@pytest.mark.parametrize(
    "constraint",
    [
        Constraint("minimum", ("a",), 1, ""),
        Constraint("foreignKeys", ("a", "b"), frozenset({("x", "y")}), ""),
        Constraint("foreignKeys", ("a",), ("b",), ""),
    ],
)
def test_other_constraints_have_no_list_of_allowed_values(constraint):
    with pytest.raises(ValueError, match="has no list of allowed values"):
        allowed_values(constraint)


@pytest.mark.parametrize("keyword", ["unique", "primaryKey", "uniqueKeys"])
def test_keys_are_not_tested_on_one_value(keyword):
    with pytest.raises(ValueError, match="has no list of allowed values"):
        value_test(Constraint(keyword, ("a",), None, ""))


@pytest.mark.parametrize("value", [Constraint("enum", ("a",), ["x"], ""), COMPARISONS["minimum"]])
def test_definitions_do_not_change(value):
    with pytest.raises(FrozenInstanceError):
        value.message = "x"
    assert not hasattr(value, "__dict__")
