"""What the JSON profiles find: each message names the property and what it may be."""

import pytest

from bonemet_data.validation.json_profile import violations

RESOURCE = {"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "x"}]}}


def package(**properties):
    return {"resources": [RESOURCE], **properties}


def resource(**properties):
    return {"resources": [RESOURCE | properties]}


def field(**properties):
    return resource(schema={"fields": [{"name": "x", **properties}]})


FIELD = "resources[0].schema.fields[0]"
# descriptor, path, value, message
CASES = [
    (package(), None, None, None),
    ({}, "resources", None, "required property is missing"),
    (package(title=5), "title", None, "must be a string, but is an integer"),
    (package(title=None), "title", None, "must be a string, but is null"),
    (package(keywords=[]), None, None, None),
    (package(keywords=[True]), "keywords[0]", None, "must be a string, but is true or false"),
    (package(contributors=[{}]), "contributors[0]", None, "must not be empty"),
    (package(created="yesterday"), "created", "yesterday", "is not a date and time such as 2025-01-31T12:00:00Z"),
    (package(created="2025-01-31T12:00:00z"), None, None, None),
    (package(homepage=""), "homepage", "", "is empty: remove the property"),
    (package(homepage="not a URI"), "homepage", "not a URI", "is not a URI such as https://example.org"),
    (package(contributors=[{"title": "x", "email": "x"}]), "contributors[0].email", "x", "is not an email address"),
    (package(licenses=[{"title": "x"}]), "licenses[0]", None, "must have the properties name, or path"),
    (package(licenses=[{"name": "a b"}]), "licenses[0].name", "a b", "is not the id of a license such as CC-BY-4.0"),
    (resource(type="graph"), "resources[0].type", "graph", "is not one of: table"),
    (resource(hash="x y"), "resources[0].hash", "x y", "is not a checksum: write an MD5 checksum, or the name of the algorithm, a colon and the checksum, such as sha256:9f86…"),
    (resource(dialect={"headerRows": [0]}), "resources[0].dialect.headerRows[0]", None, "must not be less than 1"),
    (resource(schema={"fields": []}), "resources[0].schema.fields", None, "must not be empty"),
    (resource(schema={"fields": [5]}), FIELD, None, "must be an object, but is an integer"),
    (field(type="list"), None, None, None),
    (resource(schema={"fields": [{"name": "x"}], "fieldsMatch": "equal"}), None, None, None),
    (resource(schema={"fields": [{"name": "x"}], "fieldsMatch": ["subset"]}), None, None, None),
    (resource(schema={"fields": [{"name": "x"}], "fieldsMatch": "all"}), "resources[0].schema.fieldsMatch", "all", "is not one of: exact, equal, subset, superset, partial"),
    (resource(dialect="dialect.json"), None, None, None),
    (resource(dialect={"quoteChar": None}), None, None, None),
    (package(contributors=["x"]), "contributors[0]", None, "must be an object, but is a string"),
    (field(type="integer", example=5, constraints={"minimum": 0.5}), None, None, None),
    (field(type=[]), f"{FIELD}.type", None, "is not one of: string, number, integer, date, time, datetime, year, yearmonth, boolean, object, geopoint, geojson, array, duration, any, list"),
    (field(type="number", constraints={"minimum": []}), f"{FIELD}.constraints.minimum", None, "must be a string or a number, but is a list"),
    (field(type="string", constraints={"enum": ["a", "a"]}), f"{FIELD}.constraints.enum", None, "must not contain an item twice"),
    (field(missingValues=[{"label": "x"}]), f"{FIELD}.missingValues[0]", None, "must be a string, but is an object"),
    (field(type="string", format="uuid5"), f"{FIELD}.format", "uuid5", "is not one of: default, email, uri, binary, uuid"),
    (resource(schema={"fields": [{"type": "string"}]}), f"{FIELD}.name", None, "required property is missing"),
    (resource(schema={"fields": [{"name": "x"}], "primaryKey": 5}), "resources[0].schema.primaryKey", None, "must be a list of strings or a string, but is an integer"),
    (resource(schema={"fields": [{"name": "x"}], "foreignKeys": [{"reference": {"fields": "a"}}]}), "resources[0].schema.foreignKeys[0].fields", None, "required property is missing"),
    (resource(schema={"fields": [{"name": "x"}], "foreignKeys": [{"fields": 5, "reference": {"fields": "a"}}]}), "resources[0].schema.foreignKeys[0].fields", None, "must be a string, but is an integer"),
]  # fmt: skip


@pytest.mark.parametrize(("descriptor", "path", "value", "message"), CASES)
def test_a_message_names_the_property_and_what_it_may_be(descriptor, path, value, message):
    expected = [] if path is None else [(path, value, message)]
    found = violations(descriptor, "datapackage.json")
    assert [(each.path, each.value, each.message) for each in found] == expected


V1 = [
    # descriptor, paths
    (package(name="A"), ["name"]),
    (package(contributors=[{"path": "https://a.org"}]), ["contributors[0].title"]),
    (package(contributors=[{"title": "x", "role": "author"}], profile="data-package"), []),
    (package(sources=[{"path": "https://a.org"}]), ["sources[0].title"]),
    (resource(name="A b"), ["resources[0].name"]),
]


@pytest.mark.parametrize(("descriptor", "paths"), V1)
def test_version_1_requires_more(descriptor, paths):
    found = violations(descriptor, "datapackage.json", 1)
    assert [each.path for each in found] == paths
    assert [*violations(descriptor, "datapackage.json", 2)] == []


def test_an_empty_address_is_a_warning():
    (found,) = violations(package(homepage=""), "datapackage.json")
    assert found.severity == "warning"
