"""A user's schema, and the values that its foreign keys refer to in other tables."""

import json
from pathlib import Path

import pytest

from bonemet_data.errors import (
    DataError,
    IntegrityError,
    PackageError,
    UnknownNameError,
    UnsupportedSchemaError,
)
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.dialect import DEFAULT
from bonemet_data.reading.schema_source import read_user_schema

FIELDS = [{"name": "site", "type": "string"}, {"name": "at", "type": "integer"}]


def key(resource, fields, package=None, own=("site",)):
    reference = {"resource": resource, "fields": fields} | ({"package": package} if package else {})
    return {"fields": FIELDS, "foreignKeys": [{"fields": list(own), "reference": reference}]}


def targets(user):
    (foreign_key,) = user.schema.foreign_keys
    return user.targets(foreign_key)


def test_an_object():
    user = read_user_schema({"fields": FIELDS}, {})
    assert (user.name, user.schema.names, user.dialect) == ("the schema", ("site", "at"), DEFAULT)


def test_a_file(tmp_path):
    path = tmp_path / "s.json"
    path.write_text(json.dumps({"fields": FIELDS}))
    for source in (path, str(path)):
        user = read_user_schema(source, {})
        assert (user.name, user.schema.names) == (str(path), ("site", "at"))


def test_a_resource_of_a_package(small):
    small.describe(lambda d: d["resources"][1].update(dialect={"delimiter": ";"}))
    user = read_user_schema(small.root / "datapackage.json", {}, "samples")
    assert user.name.endswith("datapackage.json: samples")
    assert user.dialect == DEFAULT._replace(delimiter=";")
    assert targets(user) == {("north",), ("south",)}


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("samples.csv", "samples"),
        ("elsewhere/samples.csv", "samples"),
        ("x/old/sites.csv", "old"),
        ("x/data/sites.csv", "sites"),
    ],
)
def test_the_resource_of_the_data(small, file, expected):
    def change(document):
        document["resources"].append(document["resources"][0] | {"name": "old", "path": "old/sites.csv"})  # fmt: skip

    small.describe(change)
    user = read_user_schema(small.root / "datapackage.json", {}, file=file)
    assert user.name.endswith(f": {expected}")


@pytest.mark.parametrize("file", [None, "sites.csv", "other.csv"])
def test_a_resource_that_must_be_chosen(small, file):
    def change(document):
        document["resources"].append(document["resources"][0] | {"name": "old", "path": "old/sites.csv"})  # fmt: skip

    small.describe(change)
    with pytest.raises(UnknownNameError, match="sites, samples, old: pass the one"):
        read_user_schema(small.root / "datapackage.json", {}, file=file)


def test_the_only_resource(small):
    small.describe(lambda d: d["resources"].pop())
    assert read_user_schema(small.root / "datapackage.json", {}).name.endswith(": sites")


@pytest.mark.parametrize("source", [5, None, ["a"]])
def test_what_is_not_a_schema(source):
    with pytest.raises(UnsupportedSchemaError, match="is not a schema"):
        read_user_schema(source, {})


@pytest.mark.parametrize("source", ["nowhere.json", "a\0.json", Path("nowhere/datapackage.json")])
def test_a_file_that_cannot_be_read(source):
    with pytest.raises(PackageError, match=r"cannot be read|does not exist"):
        read_user_schema(source, {})


def test_a_package_is_given_by_its_path(small, tmp_path):
    document = json.loads((small.root / "datapackage.json").read_text())
    other = tmp_path / "other.json"
    other.write_text(json.dumps(document))
    for source in (document, other):
        with pytest.raises(UnsupportedSchemaError, match=r"pass the path of its datapackage\.json"):
            read_user_schema(source, {}, "sites")


@pytest.mark.parametrize(
    ("dialect", "message"),
    [
        ({"header": "no"}, r"dialect\.header: is 'no'"),
        ({"delimeter": ";"}, r"dialect\.delimeter: is not a property of a Table Dialect"),
    ],
)
def test_a_dialect_that_is_not_valid(small, dialect, message):
    small.describe(lambda d: d["resources"][0].update(dialect=dialect))
    with pytest.raises(UnsupportedSchemaError, match=message):
        read_user_schema(small.root / "datapackage.json", {}, "sites")


def test_a_foreign_key_to_another_package(small):
    packages = {"small": open_package(small.root)}
    user = read_user_schema(key("samples", ["sample_id"], "small", own=("at",)), packages)
    assert targets(user) == {(1,), (2,), (3,)}
    user = read_user_schema(key("samples", ["depth"], "other"), packages)
    with pytest.raises(UnsupportedSchemaError, match="the unknown package 'other': use 'small'"):
        targets(user)


def test_rows_with_a_missing_value_are_not_referred_to(small):
    schema = key("samples", ["soil"], "small")
    small.edit("data/samples.csv", ",peat", ",")
    small.restamp()
    user = read_user_schema(schema, {"small": open_package(small.root)})
    assert targets(user) == {("sand",), ("clay",)}


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        (key("sites", ["site_id"]), "resource 'sites' of an unknown package: pass the path of the"),
        (key("samples", ["sample_id"], "small"), "'site', of type string, to 'sample_id', of type integer"),
        (key("", ["at"]), "'site', of type string, to 'at', of type integer"),
    ],
)  # fmt: skip
def test_a_foreign_key_that_cannot_be_checked(small, schema, message):
    with pytest.raises(UnsupportedSchemaError, match=message):
        targets(read_user_schema(schema, {"small": open_package(small.root)}))


@pytest.mark.parametrize(("resource", "column"), [("site", "site_id"), ("sites", "site")])
def test_a_foreign_key_to_what_does_not_exist(small, resource, column):
    user = read_user_schema(key(resource, [column], "small"), {"small": open_package(small.root)})
    with pytest.raises(UnknownNameError, match="Did you mean site"):
        targets(user)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("3,south", "x,south", r"data/samples\.csv:4: sample_id: 'x' is not an integer"),
        (
            "sample_id",
            "id",
            r"data/samples\.csv: a foreign key refers to the missing column 'sample_id'",
        ),
        ("3,south", '"3,south', r"data/samples\.csv:4: malformed quoting"),
    ],
)
def test_a_fault_of_the_table_referred_to_names_its_place(small, old, new, message):
    small.edit("data/samples.csv", old, new)
    small.describe(lambda d: d["resources"][1].pop("hash"))
    user = read_user_schema(key("samples", ["sample_id"], "small", own=("at",)), {"small": open_package(small.root)})  # fmt: skip
    with pytest.raises(DataError, match=message):
        targets(user)


def test_other_columns_of_the_table_referred_to_are_not_read(small):
    small.edit("data/samples.csv", "0.5", "deep")
    small.edit("data/samples.csv", "3,south,,peat", "3")
    small.describe(lambda d: d["resources"][1].pop("hash"))
    user = read_user_schema(key("samples", ["sample_id"], "small", own=("at",)), {"small": open_package(small.root)})  # fmt: skip
    assert targets(user) == {(1,), (2,), (3,)}


def test_a_changed_table_is_not_referred_to(small):
    small.edit("data/sites.csv", "north", "east")
    user = read_user_schema(small.root / "datapackage.json", {}, "samples")
    with pytest.raises(IntegrityError, match=r"sites\.csv has the checksum"):
        targets(user)
