"""The parser: every property is understood, kept as an annotation, or refused with a message."""

import datetime
import time

import pytest

from bonemet_data.errors import UnsupportedSchemaError
from bonemet_data.tableschema.model import ForeignKey
from bonemet_data.tableschema.parser import parse_table_schema


def parse(**keywords):
    return parse_table_schema({"fields": [{"name": "a", "type": "string"}], **keywords}, "s.json")


def field(kind, constraints=None, **keywords):
    entry = {"name": "a", "type": kind, "constraints": constraints or {}, **keywords}
    return parse_table_schema({"fields": [entry]}, "s.json").fields[0]


# type, constraints, the arguments as values
ARGUMENTS = [
    ("integer", {"minimum": "3", "maximum": 4}, {"minimum": 3, "maximum": 4}),
    ("integer", {"minimum": 3.0}, {"minimum": 3}),
    ("number", {"minimum": 0.1}, {"minimum": 0.1}),
    ("date", {"exclusiveMinimum": "2025-01-01"}, {"exclusiveMinimum": datetime.date(2025, 1, 1)}),
    ("yearmonth", {"maximum": "2025-01"}, {"maximum": (2025, 1)}),
    ("boolean", {"enum": [True, "false"]}, {"enum": (True, False)}),
    ("string", {"enum": ["b", "a"], "required": True}, {"enum": ("b", "a"), "required": True}),
]
# a property of the schema, and the message
REFUSED = [
    ({"fields": []}, "s.json: 'fields' must be a list of at least one field"),
    ({"fields": [{"type": "string"}]}, "s.json: field 1 must be an object with the string 'name'"),
    ({"fields": [{"name": "a"}]}, "field 1 (a): type 'any' is not supported; use one of: string, integer,"),
    ({"fields": [{"name": "a", "type": "list"}]}, "type 'list' is not supported"),
    ({"fields": [{"name": "a", "type": "year"}] * 2}, "two fields are named 'a': rename one"),
    ({"fields": [{"name": "a", "type": "string", "tittle": ""}]}, "'tittle' is not supported: remove it, correct its spelling"),
    ({"fields": [{"name": "a", "type": "year", "groupChar": " "}]}, "'groupChar' is not supported"),
    ({"fields": [{"name": "a", "type": "year", "format": "x"}]}, "format 'x' is not supported for the type year"),
    ({"primarykey": "a"}, "s.json: 'primarykey' is not supported"),
    ({"primaryKey": "b"}, "primaryKey must be names of fields of the schema"),
    ({"uniqueKeys": "a"}, "uniqueKeys must be a list"),
    ({"uniqueKeys": [["b"]]}, "uniqueKeys must be names of fields of the schema"),
    ({"missingValues": [1]}, "'missingValues' must be a list of strings"),
    ({"foreignKeys": [{}]}, "foreignKeys: a foreign key must be an object with 'fields' and 'reference'"),
    ({"foreignKeys": [{"fields": "a", "reference": {"fields": "b"}}]}, "foreignKeys must be names of fields"),
    ({"foreignKeys": [{"fields": "a", "reference": {"resource": "t", "fields": ["b", "c"]}}]}, "must have the same length"),
    ({"foreignKeys": [{"fields": "a", "reference": {"package": "p", "fields": "b"}}]}, "'p' has no resource"),
]  # fmt: skip
# type, constraints, the message
REFUSED_CONSTRAINTS = [
    ("string", {"minimum": 1}, "constraints of a string field: 'minimum' is not supported"),
    ("boolean", {"unique": True}, "'unique' is not supported"),
    ("duration", {"minimum": "P1Y"}, "'minimum' is not supported"),
    ("integer", {"minimum": 0.5}, "minimum 0.5 is not an integer"),
    ("integer", {"enum": [1, "01"]}, "enum contains a value twice"),
    ("integer", {"enum": []}, "[] is not a valid value of enum"),
    ("string", {"required": "yes"}, "'yes' is not a valid value of required"),
    ("string", {"minLength": -1}, "-1 is not a valid value of minLength"),
    ("string", {"maxLength": True}, "True is not a valid value of maxLength"),
    ("string", {"pattern": "("}, "pattern '('"),
    ("string", [], "'constraints' must be an object"),
]


@pytest.mark.parametrize(("kind", "constraints", "values"), ARGUMENTS)
def test_arguments_become_values_of_the_type(kind, constraints, values):
    assert field(kind, constraints).constraints == values


@pytest.mark.parametrize(("keywords", "message"), REFUSED)
def test_a_schema_that_is_refused(keywords, message):
    with pytest.raises(UnsupportedSchemaError) as caught:
        parse(**keywords)
    assert str(caught.value).startswith("s.json: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(("kind", "constraints", "message"), REFUSED_CONSTRAINTS)
def test_a_constraint_that_is_refused(kind, constraints, message):
    with pytest.raises(UnsupportedSchemaError) as caught:
        parse(fields=[{"name": "a", "type": kind, "constraints": constraints}])
    assert message in str(caught.value)


def test_annotations_are_kept():
    schema = parse(**{"$schema": "https://x.org/s", "my:note": 1})
    assert schema.annotations == {"$schema": "https://x.org/s", "my:note": 1}
    assert field("number", **{"qudt:unit": "%"}).annotations == {"qudt:unit": "%"}


def test_an_option_with_its_default_value_is_no_option():
    assert field("number", format="default", decimalChar=".", bareNumber=True).plain
    assert field("boolean", trueValues=["true", "True", "TRUE", "1"]).plain
    assert field("number", decimalChar=",").options == {"decimalChar": ","}


def test_missing_values_of_a_field_replace_those_of_the_schema():
    fields = [{"name": "a", "type": "year", "missingValues": ["NA"]}, {"name": "b", "type": "year"}]
    schema = parse(fields=fields, missingValues=["", "-"])
    assert [sorted(schema.missing(each)) for each in schema.fields] == [["NA"], ["", "-"]]


def test_a_foreign_key():
    reference = {"package": "p", "resource": "t", "fields": ["b"]}
    schema = parse(foreignKeys=[{"fields": "a", "reference": reference}])
    assert schema.foreign_keys == (ForeignKey(("a",), "t", ("b",), "p"),)


def test_fields_are_found_by_name():
    schema = parse()
    assert schema.names == ("a",)
    assert schema.field("a") is schema.fields[0]
    assert schema.field("b") is None


def test_the_time_is_linear_in_the_number_of_fields():
    def seconds(number):
        fields = [{"name": f"c{at}", "type": "integer"} for at in range(number)]
        start = time.process_time()
        schema = parse(fields=fields)
        assert all(schema.field(name) for name in schema.names)
        return time.process_time() - start

    assert seconds(40_000) < 40 * max(seconds(4_000), 0.01)
