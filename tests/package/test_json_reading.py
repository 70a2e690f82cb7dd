"""Strict JSON: what another reader could understand differently is refused."""

import pytest

from bonemet_data.errors import PackageError
from bonemet_data.package.json_reading import read_document, read_json


def test_an_object():
    assert read_json('{"a": [1, "é\\u00e9"]}'.encode(), "a.json") == {"a": [1, "éé"]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"\xff\xfe{}", "not valid JSON in UTF-8"),
        (b'{"a": 1, "a": 2}', "duplicate key 'a'"),
        (b'{"b": [{"a": 1, "a": 2}]}', "duplicate key 'a'"),
        (b"\xef\xbb\xbf{}", "starts with a byte order mark"),
        (b'{"a": NaN}', "NaN is not a JSON value"),
        (b'{"a": -Infinity}', "-Infinity is not a JSON value"),
        (b'{"a": "\\ud83d"}', "is no character"),
        (b"[" * 200_000 + b"]" * 200_000, "nested too deeply"),
        (b"[]", "must be a JSON object .*, but is a list"),
        (b"null", "must be a JSON object .*, but is a NoneType"),
    ],
)
def test_what_is_not_a_strict_object(data, message):
    with pytest.raises(PackageError, match=rf"a\.json .*{message}"):
        read_json(data, "a.json")


def test_what_another_parser_reads_is_read_with_its_problems():
    document, problems = read_document(
        b'\xef\xbb\xbf{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}', "a.json"
    )
    assert document == {"a": 3, "b": {"c": 2}}
    assert [(problem.severity, problem.message[:13]) for problem in problems] == [
        ("warning", "the file star"),
        ("error", "duplicate key"),
        ("error", "duplicate key"),
    ]


def test_what_python_cannot_represent_is_replaced():
    document, problems = read_document(b'{"a": "\\ud83d", "b": %s}' % (b"9" * 5000), "a.json")
    assert (document, len(problems)) == ({"a": "?", "b": float("inf")}, 1)
