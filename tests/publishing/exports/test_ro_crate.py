"""The research object, read by the library rocrate."""

import hashlib

import pytest
from rocrate.rocrate import ROCrate

from tests.conftest import ROOT
from tests.publishing.exports.conftest import DESCRIPTOR, files


@pytest.fixture(scope="module")
def folder(exported):
    return exported("ro-crate")


@pytest.fixture(scope="module")
def crate(folder):
    return ROCrate(folder)


def test_the_root_states_title_version_date_license_author_and_citation(crate):
    root = crate.root_dataset
    assert crate.name == DESCRIPTOR["title"]
    assert root["version"] == DESCRIPTOR["version"]
    assert root["identifier"] == DESCRIPTOR["id"]
    assert crate.datePublished.date().isoformat() == DESCRIPTOR["dcterms:issued"]
    assert [each.id for each in crate.license] == [
        each.get("path", f"#license-{each['name']}") for each in DESCRIPTOR["licenses"]
    ]
    assert root["author"]["name"] == DESCRIPTOR["contributors"][0]["title"]
    assert f"version {DESCRIPTOR['version']}" in root["creditText"]
    assert root["isBasedOn"]["name"] == DESCRIPTOR["sources"][0]["title"]


def test_every_reference_leads_to_an_entity(crate):
    for entity in [crate.root_dataset, *crate.data_entities]:
        for name in ("license", "author", "publisher", "isBasedOn", "hasPart"):
            found = entity.get(name, [])
            for each in found if isinstance(found, list) else [found]:
                assert not isinstance(each, str), (entity.id, name, each)
                assert each.get("name"), (entity.id, name, each.id)


def test_every_file_is_described_with_its_checksum_and_size(crate, folder):
    found = files(folder)
    described = {entity.id: entity for entity in crate.data_entities}
    assert set(described) == set(found) - {"ro-crate-metadata.json"}
    for path, entity in described.items():
        assert entity["sha256"] == hashlib.sha256(found[path]).hexdigest()
        assert entity["contentSize"] == str(len(found[path]))


def test_every_file_is_that_of_the_package(folder):
    for path, data in files(folder).items():
        if path != "ro-crate-metadata.json":
            assert data == (ROOT / path).read_bytes()


def test_the_tables_are_described_as_in_the_descriptor(crate):
    for resource in DESCRIPTOR["resources"]:
        entity = crate.get(resource["path"])
        assert (entity["name"], entity["description"]) == (
            resource["title"],
            resource["description"],
        )
