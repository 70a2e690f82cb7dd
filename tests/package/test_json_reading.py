"""Strict JSON: what another reader could understand differently is refused."""

import pytest

from bonemet_data.errors import PackageError
from bonemet_data.package.json_reading import read_json


def test_an_object():
    assert read_json('{"a": [1, "é\\u00e9"]}'.encode(), "a.json") == {"a": [1, "éé"]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"\xff\xfe{}", "not valid JSON in UTF-8"),
        (b'{"a": 1, "a": 2}', "duplicate key 'a'"),
        (b'[{"b": {"a": 1, "a": 2}}]', "duplicate key 'a'"),
        (b'{"a": NaN}', "NaN is not a JSON value"),
        (b'{"a": -Infinity}', "-Infinity is not a JSON value"),
        (b'{"a": "\\ud83d"}', "not valid JSON in UTF-8"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not valid JSON"),
        (b"[" * 200_000 + b"]" * 200_000, "nested too deeply"),
        (b"[]", "must be a JSON object .*, but is a list"),
        (b"null", "must be a JSON object .*, but is a NoneType"),
    ],
)
def test_what_is_not_a_strict_object(data, message):
    with pytest.raises(PackageError, match=rf"a\.json .*{message}"):
        read_json(data, "a.json")
