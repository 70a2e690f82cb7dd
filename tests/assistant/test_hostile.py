"""Hostile calls: refused with a message, without a file read, and the server goes on."""

import json
import os
import subprocess
import time

import pytest

from bonemet_data.assistant import limits
from tests.assistant.conftest import COMMAND, START, text_of
from tests.assistant.test_answers import CALLS
from tests.conftest import ROOT

SCHEMA = {"fields": [{"name": "a", "type": "integer"}]}
ELSEWHERE = {
    "fields": "a",
    "reference": {"package": "/data/datapackage.json", "resource": "x", "fields": "y"},
}

REFUSED = {
    "too many terms": (
        "lookup",
        {"terms": ["pain"] * (limits.TERMS + 1)},
        f"at most {limits.TERMS} items",
    ),
    "no terms": ("lookup", {"terms": []}, "at least 1 item"),
    "a long term": ("lookup", {"terms": ["x" * (limits.TEXT + 1)]}, f"{limits.TEXT} characters"),
    "a number": ("lookup", {"terms": [1]}, "valid string"),
    "an unknown concept": ("concept", {"concept_id": "nothing"}, "There is no concept 'nothing'"),
    "an unknown argument": ("concept", {"concept_id": "pain", "version": "1"}, "not permitted"),
    "no argument": ("concept", {}, "Field required"),
    "an unknown predicate": ("statements", {"predicate": "cures"}, "There is no predicate"),
    "a long page": ("statements", {"limit": limits.PAGE + 1}, f"equal to {limits.PAGE}"),
    "an empty page": ("statements", {"limit": 0}, "greater than or equal to 1"),
    "a negative offset": ("statements", {"offset": -1}, "greater than or equal to 0"),
    "a huge offset": ("statements", {"offset": 10**30}, "less than or equal"),
    "an offset past the end": ("statements", {"offset": 9999}, "offset must be less than"),
    "all evidence": ("evidence", {}, "pass statement_id or concept_id"),
    "too many codes": ("annotate", {"codes": ["x"] * (limits.CODES + 1)}, f"{limits.CODES} items"),
    "no such vocabulary": ("annotate", {"codes": ["x"], "vocabulary": "../x"}, "no vocabulary"),
    "many codes in one": (
        "annotate",
        {"codes": ["C79;" * 120] * limits.CODES, "separator": ";"},
        f"at most {limits.ANSWER:,} are sent",
    ),
    "a large table": (
        "check",
        {"csv_text": "a" * (limits.TABLE + 1), "table_schema": SCHEMA},
        f"at most {limits.TABLE} characters",
    ),
    "a long table": (
        "check",
        {"csv_text": "a\n" * (limits.LINES + 1), "table_schema": SCHEMA},
        f"at most {limits.LINES:,} are checked here",
    ),
    "a large schema": (
        "check",
        {"csv_text": "a\n1\n", "table_schema": {**SCHEMA, "x": "x" * limits.SCHEMA}},
        f"at most {limits.SCHEMA:,} are checked here",
    ),
    "a large cell": (
        "check",
        {"csv_text": "a\n" + "x" * (limits.TABLE - 2), "table_schema": SCHEMA},
        f"at most {limits.ANSWER:,} are sent",
    ),
    "nothing to check": ("check", {"csv_text": "a\n1\n"}, "exactly one of schema"),
    "a path as a schema": (
        "check",
        {"csv_text": "a\n1\n", "table_schema": "/data/schema.json"},
        "valid dictionary",
    ),
    "a path as data": ("check", {"csv_text": "a\n", "data": "/data/a.csv"}, "not permitted"),
    "a path as a table": (
        "check",
        {"csv_text": "a\n1\n", "columns": {"a": "../../types"}},
        "There is no resource",
    ),
    "a package elsewhere": (
        "check",
        {"csv_text": "a\n1\n", "table_schema": {**SCHEMA, "foreignKeys": [ELSEWHERE]}},
        "unknown package",
    ),
    "a schema that is none": ("check", {"csv_text": "a\n", "table_schema": {}}, "fields"),
    "a separator of two": (
        "check",
        {"csv_text": "a\n1\n", "table_schema": SCHEMA, "separator": "ab"},
        "separator",
    ),
    "no such tool": ("write", {"path": "/data/x"}, "Unknown tool"),
}


@pytest.mark.parametrize(("tool", "arguments", "message"), REFUSED.values(), ids=[*REFUSED])
def test_a_call_is_refused_with_its_reason(served, tool, arguments, message):
    assert message in served.refusal(tool, arguments)
    assert served.answer("lookup", terms=["pain"])["terms"][0]["found"]


def test_a_pattern_that_takes_for_ever_does_not(served):
    schema = {"fields": [{"name": "a", "constraints": {"pattern": "(a+)+b"}}]}
    start = time.monotonic()
    result = served.call("check", {"csv_text": f"a\n{'a' * 100_000}\n", "table_schema": schema})
    assert not result.is_error
    assert not result.structured_content["valid"]
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("tool", CALLS)
def test_a_path_is_a_text_like_any_other(served, tool):
    """The file exists, in the folder of the server too; its content is in no answer."""
    secret = served.folder / "secret.csv"
    secret.write_text("lesion,dx\ncontent-of-a-secret,1\n")
    for path in (str(secret), "secret.csv", f"file://{secret}", "*.csv"):
        for name, value in CALLS[tool].items():
            texts = {str: path, list: [path], dict: {"lesion": path}}
            result = served.call(tool, {**CALLS[tool], name: texts[type(value)]})
            assert "content-of-a-secret" not in text_of(result)
            assert "content-of-a-secret" not in str(result.structured_content)


def test_text_of_a_client_is_escaped(served):
    text = text_of(served.call("check", {"csv_text": "a\n\x1b[2J\n", "table_schema": SCHEMA}))
    assert "\x1b" not in text
    assert "\x1b" not in text_of(served.call("lookup", {"terms": ["\x1b[2J"]}))
    assert "\x1b" not in served.refusal("concept", {"concept_id": "\x1b[2J"})


def test_no_temporary_file_remains(served):
    served.answer("check", csv_text="a\n1\n", table_schema=SCHEMA)
    assert [path for path in served.temporary.rglob("*") if path.is_file()] == []


def test_errors_do_not_name_a_file_of_the_server(served):
    calls = [
        {"csv_text": "b\n1\n", "columns": {"a": "types"}},
        {"csv_text": 'a\n"1\n', "table_schema": SCHEMA},
        {"csv_text": "", "table_schema": SCHEMA},
    ]
    for arguments in calls:
        result = served.call("check", arguments)
        assert str(served.temporary) not in text_of(result) + str(result.structured_content)


def test_standard_output_carries_only_the_protocol(tmp_path):
    """After lines that are no messages too; the end of the input ends the program."""
    call = {"name": "lookup", "arguments": {"terms": ["pain"]}}
    lines = [
        "no message",
        "[" * 10_000,
        json.dumps({"jsonrpc": "2.0", "id": 0, "method": "ping", "params": {"x": "\ud800"}}),
        json.dumps({"jsonrpc": "2.0", "id": 0, "method": "../../nothing"}),
        json.dumps(START),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}),
        json.dumps({"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": 1}}),
    ]
    server = subprocess.Popen(
        COMMAND,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    server.stdin.write("\n".join(lines) + "\n")
    server.stdin.flush()
    messages = []
    while not {2, 3} <= {message.get("id") for message in messages}:
        messages.append(json.loads(server.stdout.readline()))
    rest, _ = server.communicate(timeout=60)
    messages += map(json.loads, rest.splitlines())
    assert {message["jsonrpc"] for message in messages} == {"2.0"}
    (found,) = (message for message in messages if message.get("id") == 2)
    assert found["result"]["structuredContent"]["terms"][0]["found"]
    assert server.returncode == 0
