"""Resources of any kind, read from any JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.package.resource import read_resource

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
KEYS = st.sampled_from(
    ["name", "path", "url", "data", "schema", "dialect", "encoding", "format", "mediatype", "type",
     "compression", "bytes", "hash", "rows", "title", "description", "profile"]
)  # fmt: skip


@given(JSON | st.dictionaries(KEYS, JSON))
def test_any_json_is_read(entry):
    resource, problems = read_resource(entry, 3)
    assert (resource is None) == (not isinstance(entry, dict))
    assert all(problem.path.startswith("resources[3]") for problem in problems)
    if resource is not None:
        assert all(isinstance(path, str) for path in resource.paths)
        assert isinstance(resource.tabular, bool)


@pytest.mark.parametrize(
    ("change", "attributes"),
    [
        ({"path": ["a.csv", "b.csv"]}, {"paths": ("a.csv", "b.csv"), "path": "a.csv"}),
        ({"type": "table"}, {"tabular": True}),
        ({"profile": "tabular-data-resource"}, {"tabular": True}),
        ({"profile": "data-resource"}, {"tabular": False}),
        ({"schema": "s.json"}, {"tabular": True, "schema": "s.json"}),
        ({"dialect": "d.json"}, {"dialect": "d.json"}),
        ({"format": ".CSV"}, {"format": "csv"}),
        ({"compression": "no"}, {"compression": ""}),
        ({"bytes": 5, "rows": 0, "hash": "md5:0"}, {"bytes": 5, "rows": 0, "hash": "md5:0"}),
        ({"$schema": "x", "my:own": 1, "further": []}, {}),
    ],
)
def test_a_sound_resource(change, attributes):
    resource, problems = read_resource({"name": "a", "path": "a.csv"} | change)
    assert problems == ()
    assert {key: getattr(resource, key) for key in attributes} == attributes


def test_inline_data():
    resource, problems = read_resource({"name": "a", "data": []})
    assert (resource.data, resource.paths, problems) == ([], (), ())


def test_the_path_of_the_first_version():
    resource, problems = read_resource({"name": "a", "url": "a.csv"})
    assert (resource.path, problems) == ("a.csv", ())


@pytest.mark.parametrize(
    ("change", "path", "severity"),
    [
        ({"path": "https://example.org/a.csv"}, "path", "not_checked"),
        ({"path": ["https://example.org/a.csv", "a.csv"]}, "path", "error"),
        ({"schema": "http://example.org/s.json"}, "schema", "not_checked"),
        ({"dialect": "ftp://example.org/d.json"}, "dialect", "not_checked"),
        ({"path": "s3://bucket/a.csv"}, "path", "error"),
        ({"schema": "file:///s.json"}, "schema", "error"),
        ({"data": None, "path": None}, "path", "error"),
        ({"dialect": 1}, "dialect", "error"),
        ({"dialect": None}, "dialect", "error"),
        ({"schema": []}, "schema", "error"),
        ({"data": [], "path": "a.csv"}, "path", "error"),
        ({"bytes": "5"}, "bytes", "error"),
        ({"rows": True}, "rows", "error"),
        ({"bytes": -1}, "bytes", "error"),
        ({"hash": 5}, "hash", "error"),
        ({"name": ["a"]}, "name", "error"),
    ],
)
def test_a_problem_names_the_property(change, path, severity):
    _, problems = read_resource({"name": "a", "path": "a.csv"} | change, 1)
    assert (problems[0].path, problems[0].severity) == (f"resources[1].{path}", severity)
