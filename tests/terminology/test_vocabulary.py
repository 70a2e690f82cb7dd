"""The vocabulary of a release: read once, immutable, the same for every function."""

import dataclasses
import sys

import pytest

import bonemet_data as bm
from bonemet_data.errors import MissingExtraError, UnknownNameError


def test_a_release_is_read_once(opened):
    vocabulary = bm.vocabulary()
    opened.clear()
    assert bm.vocabulary() is vocabulary
    assert bm.vocabulary(version=None) is vocabulary
    bm.lookup("pain")
    bm.concept("pain")
    bm.annotate(["C61"])
    assert [path for path in opened if str(path).endswith((".csv", ".json"))] == []


def test_it_is_immutable():
    vocabulary = bm.vocabulary()
    with pytest.raises(dataclasses.FrozenInstanceError):
        vocabulary.version = "2.0.0"
    with pytest.raises(TypeError):
        vocabulary.records["concepts"] = ()


def test_it_has_every_concept_in_the_order_of_the_resource():
    ids = [record.concept_id for record in bm.load("concepts", "records")]
    assert [concept.concept_id for concept in bm.vocabulary().concepts] == ids


def test_it_shows_its_version_and_size():
    assert repr(bm.vocabulary("1.0.0")) == "<Vocabulary 1.0.0: 49 concepts>"


@pytest.mark.parametrize("release", bm.releases(), ids=lambda release: release.version)
def test_every_release_has_a_vocabulary(release):
    vocabulary = bm.vocabulary(release.version)
    assert vocabulary.version == release.version
    assert vocabulary.concept("pain").label == "Pain"
    assert vocabulary.suggest("FATIGUE") == ("fatigue", "exact")
    assert vocabulary.normalize(["Fatigue"])["concept_id"].tolist() == ["fatigue"]


def test_the_methods_are_the_functions():
    vocabulary = bm.vocabulary()
    assert vocabulary.lookup("pain") == bm.lookup("pain")
    assert vocabulary.concept("pain") is bm.concept("pain")
    assert vocabulary.annotate(["C61"]).equals(bm.annotate(["C61"]))
    assert vocabulary.normalize(["pain"]).equals(bm.normalize(["pain"]))
    assert vocabulary.statements_frame("pain").equals(bm.statements("pain"))
    assert vocabulary.evidence_frame("st014").equals(bm.evidence("st014"))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("bone pain", ("pain", "exact")),
        ("Mixed", ("mixed", "exact")),
        ("spinal_issues", ("spinal_issues", "exact")),
        ("osteolityc", ("osteolytic", "near")),
        ("fracture", ("fractures", "broader")),
        ("lytic", ("osteolytic", "exact")),
        ("Lethargy", ("fatigue", "related")),
        ("Vertigo", None),
        ("x", None),
        ("", None),
    ],
)
def test_suggest_returns_what_a_text_in_a_column_of_ids_means(text, suggestion):
    assert bm.vocabulary().suggest(text) == suggestion


def test_without_rapidfuzz_only_known_names_are_suggested(monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    assert bm.vocabulary().suggest("osteolityc") is None
    assert bm.vocabulary().suggest("fracture") == ("fractures", "broader")
    with pytest.raises(MissingExtraError, match="suggest"):
        bm.vocabulary().suggestions("osteolityc")


def test_an_unknown_release_is_refused():
    with pytest.raises(UnknownNameError, match=r"no release '1\.0'"):
        bm.vocabulary("1.0")
