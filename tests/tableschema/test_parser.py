"""The parser: every property is understood, kept as an annotation, or refused with a message."""

import copy
import datetime
import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemet_data.checking.plan import Plan
from bonemet_data.errors import UnsupportedSchemaError
from bonemet_data.tableschema.model import ForeignKey
from bonemet_data.tableschema.parser import parse_table_schema, read_table_schema


def parse(**keywords):
    return parse_table_schema({"fields": [{"name": "a", "type": "string"}], **keywords}, "s.json")


def field(kind, constraints=None, **keywords):
    entry = {"name": "a", "type": kind, "constraints": constraints or {}, **keywords}
    return parse_table_schema({"fields": [entry]}, "s.json").fields[0]


# type, constraints, the arguments as values
ARGUMENTS = [
    ("integer", {"minimum": "3", "maximum": 4}, {"minimum": 3, "maximum": 4}),
    ("integer", {"minimum": 3.0}, {"minimum": 3}),
    ("number", {"minimum": 0.1}, {"minimum": Decimal("0.1")}),
    ("number", {"enum": [1, "2.50"]}, {"enum": (Decimal(1), Decimal("2.5"))}),
    ("integer", {"minimum": 0.5}, {"minimum": Decimal("0.5")}),
    ("year", {"minimum": "-0044", "maximum": 20}, {"minimum": -44, "maximum": 20}),
    ("any", {"enum": [1, True, "x"]}, {"enum": ("1", "true", "x")}),
    ("string", {"maxLength": 10**30, "minLength": 3.0}, {"maxLength": 10**30, "minLength": 3}),
    ("date", {"exclusiveMinimum": "2025-01-01"}, {"exclusiveMinimum": datetime.date(2025, 1, 1)}),
    ("yearmonth", {"maximum": "2025-01"}, {"maximum": (2025, 1)}),
    ("boolean", {"enum": [True, "false"]}, {"enum": (True, False)}),
    ("string", {"enum": ["b", "a"], "required": True}, {"enum": ("b", "a"), "required": True}),
]
# a property of the schema, and the message
REFUSED = [
    ({"fields": []}, "fields: 'fields' must be a list of at least one field"),
    ({"fields": [{"type": "string"}]}, "fields[0]: a field must be an object with the string 'name'"),
    ({"fields": [{"name": "a", "type": "matrix"}]}, "fields[0].type (a): type 'matrix' is not one of: string, integer,"),
    ({"fields": [{"name": "a", "type": "year"}] * 2}, "two fields are named 'a', and only the first is checked: rename one"),
    ({"fields": [{"name": "a", "type": "string", "misingValues": []}]}, "correct it to 'missingValues'"),
    ({"fields": [{"name": "a", "type": "number", "decimal_char": ","}]}, "correct it to 'decimalChar'"),
    ({"fields": [{"name": "a", "type": "year", "format": "x"}]}, "format 'x' is not supported for the type year"),
    ({"fields": [{"name": "a", "title": 1}]}, "fields[0].title (a): must be a string, but is 1"),
    ({"fields": [{"name": "a", "type": "number", "categories": [1]}]}, "only string and integer fields have categories"),
    ({"fields": [{"name": "a", "type": "string", "categories": ["x", "x"]}]}, "contains a value or a label twice"),
    ({"fields": [{"name": "a", "type": "string", "categories": [{"label": "x"}]}]}, "must have a 'value'"),
    ({"fields": [{"name": "a", "type": "string", "categories": "x"}]}, "must be a list of values"),
    ({"fields": [{"name": "a", "type": "string", "categories": ["x"], "categoriesOrdered": 1}]}, "categoriesOrdered (a): must be true or false"),
    ({"fields": [{"name": "\ud800"}]}, "half of a surrogate pair"),
    ({"fieldsMatch": "all"}, "fieldsMatch: 'all' is not one of: exact, equal, subset, superset, partial"),
    ({"primarykey": "a"}, "correct it to 'primaryKey'"),
    ({"primaryKey": "b"}, "primaryKey: must be names of fields of the schema, but is 'b'"),
    ({"primaryKey": {}}, "primaryKey: must be names of fields of the schema, but is {}"),
    ({"uniqueKeys": "a"}, "uniqueKeys: must be a list of one or more keys"),
    ({"uniqueKeys": []}, "uniqueKeys: must be a list of one or more keys"),
    ({"uniqueKeys": [["b"]]}, "uniqueKeys[0]: must be names of fields of the schema"),
    ({"missingValues": "NA"}, "missingValues: must be a list of strings"),
    ({"missingValues": [1]}, "missingValues[0]: must be a string, or an object with the string 'value', not 1"),
    ({"missingValues": ["-", "-"]}, "contains '-' twice"),
    ({"missingValues": ["-", {"value": "x"}]}, "mixes strings and objects"),
    ({"missingValues": [{"value": "-", "label": "x"}, {"value": "", "label": "x"}]}, "the label 'x' occurs twice"),
    ({"foreignKeys": 1}, "foreignKeys: must be a list of foreign keys"),
    ({"foreignKeys": [{}]}, "foreignKeys[0]: a foreign key must be an object with 'fields' and 'reference'"),
    ({"foreignKeys": [{"fields": "a", "reference": {"fields": "b"}}]}, "foreignKeys[0].reference.fields: must be names of fields"),
    ({"foreignKeys": [{"fields": "a", "reference": {"resource": 1, "fields": "b"}}]}, "resource: must be a string, but is 1"),
    ({"foreignKeys": [{"fields": "a", "reference": {"resource": "t", "fields": ["b", "c"]}}]}, "must have the same length"),
    ({"foreignKeys": [{"fields": "a", "reference": {"package": "p", "fields": "b"}}]}, "'p' has no resource"),
]  # fmt: skip
# type, constraints, the message
REFUSED_CONSTRAINTS = [
    ("string", {"minimum": 1}, "'minimum' is not supported for a string field"),
    ("boolean", {"minimum": True}, "'minimum' is not supported for a boolean field"),
    ("duration", {"minimum": "1Y"}, "'1Y' is not a duration"),
    ("integer", {"enum": [0.5]}, "0.5 is not an integer"),
    ("integer", {"enum": [True]}, "True is not an integer"),
    ("integer", {"minimum": "0.5"}, "'0.5' is not an integer"),
    ("string", {"enum": [None, True]}, "None is not a value of a string field"),
    ("string", {"enum": ["x", 1]}, "1 is not a value of a string field"),
    ("date", {"minimum": 2020}, "2020 is not a date"),
    ("integer", {"enum": []}, "[] is not a valid value of enum"),
    ("string", {"required": "yes"}, "'yes' is not a valid value of required"),
    ("string", {"minLength": -1}, "-1 is not a valid value of minLength"),
    ("string", {"maxLength": True}, "True is not a valid value of maxLength"),
    ("string", {"maxLength": 1.5}, "1.5 is not a valid value of maxLength"),
    ("string", {"pattern": "("}, "pattern '('"),
    ("string", {"pattern": 1}, "1 is not a valid value of pattern"),
    ("string", {"requried": True}, "correct it to 'required'"),
    ("string", {"color": "x"}, "'color' is not a constraint of the standard"),
    ("object", {"jsonSchema": {"type": "objct"}}, "is not a valid JSON Schema"),
    ("object", {"jsonSchema": True}, "True is not a valid value of jsonSchema"),
    ("object", {"jsonSchema": {"$ref": "https://x.org/s.json"}}, "is not fetched"),
    ("object", {"jsonSchema": {"patternProperties": {"a": {}}}}, "patternProperties"),
    ("string", [], "'constraints' must be an object"),
]
# a property of the schema or of its field that the standard allows
ALLOWED = [
    {"unit": "kg"}, {"titles": []}, {"sources": 1}, {"profile": "tabular"}, {"fieldsMatch": ["subset"]},
    {"fields": [{"name": "a"}]}, {"fields": [{"name": "a", "unit": "kg", "rdf": None}]},
    {"fields": [{"name": "a", "constraints": {"pattern": "x"}}]}, {"fields": [{"name": "a", "format": "email"}]},
    {"fields": [{"name": "a", "type": "year", "groupChar": " "}]},
    {"fields": [{"name": "a", "type": "string", "constraints": {"minimum": False}}]},
    {"fields": [{"name": "a", "type": "string", "constraints": {"my:rule": 1}}]},
    {"primaryKey": "a"}, {"primaryKey": []}, {"uniqueKeys": ["a"]}, {"missingValues": []},
    {"foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "a"}}]},
    {"foreignKeys": [{"fields": "a", "reference": {"fields": "a"}, "predicate": "x"}]},
]  # fmt: skip


@pytest.mark.parametrize("keywords", ALLOWED)
def test_what_the_standard_allows(keywords):
    parse(**keywords)


SEVERITIES = [
    ({"fields": [{"name": "a", "type": "matrix"}]}, "error"),
    ({"fields": [{"name": "a", "type": "string", "constraints": {"pattern": "("}}]}, "error"),
    ({"fields": [{"name": "a", "type": "string", "constraints": {"pattern": "a{1000000}"}}]}, "not_checked"),
    ({"fields": [{"name": "a", "type": "date", "format": "%s"}]}, "not_checked"),
    ({"fields": [{"name": "a"}, {"name": "a"}]}, "not_checked"),
    ({"fields": [{"name": "a", "constraints": {"requried": True}}]}, "warning"),
]  # fmt: skip


@pytest.mark.parametrize(("keywords", "severity"), SEVERITIES)
def test_the_severity_of_a_problem(keywords, severity):
    schema, (problem,) = read_table_schema(keywords, "s.json")
    assert problem.severity == severity
    assert problem.supported == (severity != "not_checked")
    assert schema.names == ("a",)


@pytest.mark.parametrize(
    "document", [None, 1, "x", [], True, {}, {"fields": None}, {"fields": [1]}]
)
def test_a_document_that_is_no_schema_has_no_fields(document):
    schema, problems = read_table_schema(document, "s.json")
    assert (schema.fields, [each.severity for each in problems]) == ((), ["error"])


def test_what_can_be_used_is_kept():
    fields = [
        {"name": "a", "type": "matrix", "constraints": {"required": True, "minimum": 1}},
        {"name": "b", "type": "integer", "constraints": {"minimum": "x", "maximum": 2}},
        "c",
    ]
    keys = {"primaryKey": ["a"], "uniqueKeys": [["b"], ["c"]], "missingValues": ["-", 1]}
    schema, problems = read_table_schema({"fields": fields, **keys}, "s.json")
    assert [(each.name, each.type, each.constraints) for each in schema.fields] == [
        ("a", "any", {"required": True}),
        ("b", "integer", {"maximum": 2}),
    ]
    assert (schema.primary_key, schema.unique_keys) == (("a",), (("b",),))
    assert schema.missing_values == {"-"}
    assert [each.path for each in problems] == [
        "fields[0].type",
        "fields[0].constraints.minimum",
        "fields[1].constraints.minimum",
        "fields[2]",
        "uniqueKeys[1]",
        "missingValues[1]",
    ]


SCHEMAS = Path(__file__).parent.parent.parent / "schemas"
EVERY = {
    "fields": [
        {"name": "a", "type": "string", "format": "email", "constraints": {"pattern": "a", "enum": ["a@x.org"], "minLength": 1}},
        {"name": "b", "type": "number", "decimalChar": ",", "groupChar": ".", "bareNumber": False, "constraints": {"minimum": "1,5"}},
        {"name": "c", "type": "list", "delimiter": ";", "itemType": "date", "constraints": {"maxLength": 2}},
        {"name": "d", "type": "object", "constraints": {"jsonSchema": {"type": "object"}}},
        {"name": "e", "type": "integer", "categories": [{"value": 1, "label": "x"}], "categoriesOrdered": True},
        {"name": "f", "type": "boolean", "trueValues": ["y"], "falseValues": ["n"], "missingValues": [{"value": "-", "label": "x"}]},
        {"name": "g", "type": "year", "constraints": {"minimum": "-0044", "unique": True, "required": True}},
        {"name": "h", "type": "geopoint", "format": "array"},
    ],
    "fieldsMatch": "subset", "primaryKey": "a", "uniqueKeys": [["b", "c"]], "missingValues": ["", "NA"],
    "foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "a"}}],
}  # fmt: skip
OTHERS = [None, True, 0, -1.5, 10**30, float("nan"), "", "x", "\0", "\ud800", [], [1], [[]], {}, {"a": 1}, ["x", "x"]]  # fmt: skip


def nodes(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()  # fmt: skip
    for key, item in items:
        yield from nodes(item, (*path, key))


@pytest.mark.parametrize("other", OTHERS, ids=repr)
def test_any_json_anywhere_gives_problems_and_no_exception(other):
    for path in nodes(EVERY):
        if not path:
            continue
        document = copy.deepcopy(EVERY)
        *parents, last = path
        inner = document
        for step in parents:
            inner = inner[step]
        inner[last] = other
        schema, problems = read_table_schema(document, "s.json")
        Plan.of(schema, lambda _: None)
        assert all(isinstance(problem.message, str) and str(problem) for problem in problems)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["name", "type", "fields", "constraints", "enum", "format", "x"]), inner),
    max_leaves=10,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_any_json_can_be_read(document):
    read_table_schema(document, "s.json")
    read_table_schema({"fields": [document, {"name": "a", "type": "string", "constraints": document}]}, "s")  # fmt: skip


def test_the_schemas_of_the_package_have_no_problems():
    for path in SCHEMAS.glob("*.json"):
        assert read_table_schema(json.loads(path.read_text("utf-8")), path.name)[1] == ()


def test_a_deeply_nested_document():
    document = {"fields": [{"name": "a"}]}
    for _ in range(100_000):
        document = {"x": document}
    assert [each.severity for each in read_table_schema(document, "s.json")[1]] == ["error"] * 2


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
    assert field("list", delimiter=",", itemType="string").plain
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
