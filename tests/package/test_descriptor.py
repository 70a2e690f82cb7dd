"""Descriptors: a resource is parsed strictly, and other resources do not matter."""

import pytest

from bonemet_data.errors import IntegrityError, PackageError, UnknownNameError
from bonemet_data.package.descriptor import open_package, parse_resource


def test_a_package(small):
    package = open_package(small.root)
    assert (package.name, package.version, package.names) == (
        "small",
        "1.0.0",
        ("sites", "samples"),
    )
    sites = package.resource("sites")
    assert package.resources[0] == sites
    assert package.schema(sites).names == ("site_id", "name", "opened")
    assert package.data(sites).startswith(b"site_id,")
    assert open_package(small.root / "datapackage.json").names == package.names


def test_an_inline_schema(small):
    schema = {"fields": [{"name": "a", "type": "string"}]}
    small.describe(lambda d: d["resources"][0].update(schema=schema))
    package = open_package(small.root)
    assert package.schema(package.resource("sites")).names == ("a",)


def test_an_unknown_resource(small):
    with pytest.raises(UnknownNameError, match="Did you mean sites"):
        open_package(small.root).resource("site")


@pytest.mark.parametrize("sibling", ["x", None, {}, 5, [], {"name": "map", "path": 5}])
def test_a_resource_is_found_beside_one_that_is_not_valid(small, sibling):
    small.describe(lambda d: d["resources"].insert(0, sibling))
    package = open_package(small.root)
    assert package.resource("sites").path == "data/sites.csv"
    with pytest.raises(PackageError, match=r"resources\[0\]"):
        _ = package.resources
    assert [bool(problems) for _, problems in package.read_resources()] == [True, False, False]


SOUND = {"name": "a", "path": "a.csv", "schema": {"fields": []}}


@pytest.mark.parametrize(
    "change",
    [
        *({"name": value} for value in (None, [], 5, "")),
        *({"path": value} for value in (None, [5], 5, [], "", ["a.csv", ""])),
        *({"schema": value} for value in (None, [], 5, "")),
        *({"dialect": value} for value in (None, [], 5)),
        {"encoding": 5},
    ],
)
def test_a_property_of_the_wrong_type(change):
    (key,) = change
    with pytest.raises(PackageError, match=rf"resources\[0\]\.{key}: .*(must be|is missing)"):
        parse_resource(SOUND | change)


@pytest.mark.parametrize("name", ["name", "path"])
def test_a_property_that_is_missing(name):
    with pytest.raises(PackageError, match=rf"{name}: is missing"):
        parse_resource({key: value for key, value in SOUND.items() if key != name})


@pytest.mark.parametrize("entry", ["x", None, [], 5])
def test_a_resource_that_is_not_an_object(entry):
    with pytest.raises(PackageError, match="must be an object"):
        parse_resource(entry)


@pytest.mark.parametrize("stated", ["sha256:" + "0" * 64, None])
def test_data_without_the_stated_checksum(small, stated):
    small.describe(lambda d: d["resources"][0].update(hash=stated))
    package = open_package(small.root)
    with pytest.raises(IntegrityError, match=r"data/sites\.csv has the checksum .*run `bonemet-data stamp`"):  # fmt: skip
        package.data(package.resource("sites"))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "does not exist"),
        ("data/sites.csv", r"neither a folder nor a datapackage\.json"),
        ("data", r"datapackage\.json is missing"),
    ],
)
def test_a_path_without_a_package(small, path, message):
    with pytest.raises(PackageError, match=message):
        open_package(small.root / path)


@pytest.mark.parametrize("resources", [None, {}, "x"])
def test_a_descriptor_without_a_list_of_resources(small, resources):
    small.describe(lambda d: d.update(resources=resources))
    with pytest.raises(PackageError, match="has no list 'resources'"):
        open_package(small.root)
