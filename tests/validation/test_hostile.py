"""Hostile packages: a clear finding or error, nothing opened outside the folder, no traceback."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import bonemet_data as bm
from bonemet_data.cli import main
from bonemet_data.errors import PackageError

from .helpers import places

SECRET = "id,secret\n1,do not read me\n"


@pytest.fixture
def outside(small):
    """A file beside the package, which must not be opened."""
    place = small.root.parent / "secret.csv"
    place.write_text(SECRET)
    return place


def validate(path):
    """Run the command line; give the exit status and all that it printed."""
    result = CliRunner().invoke(main, ["validate", str(path)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result.exit_code, result.output


@pytest.mark.parametrize("keyword", ["path", "schema"])
@pytest.mark.parametrize(
    "path",
    [
        "../secret.csv",
        "data/../../secret.csv",
        "{outside}",
        "/etc/passwd",
        "~/secret.csv",
        "C:\\secret.csv",
        "C:/secret.csv",
        "..\\secret.csv",
        "data/.hidden.csv",
        "data//samples.csv",
        "data/samples.csv\0",
    ],
)
def test_an_unsafe_path_is_named_and_not_opened(small, outside, opened, path, keyword):
    path = path.format(outside=outside)
    small.describe(lambda d: d["resources"][1].update({keyword: path}))
    findings = bm.validate_package(small.root).findings
    assert ("unsafe-path", "samples", path) in {(f.rule, f.resource, f.value) for f in findings}
    strangers = {str(outside), "/etc/passwd", str(Path.home() / "secret.csv")}
    assert not strangers & {os.path.realpath(str(p)) for p in opened if isinstance(p, str)}
    assert validate(small.root)[0] == 1


@pytest.mark.parametrize("place", ["data/samples.csv", "schemas/samples.json"])
def test_a_link_out_of_the_folder_is_not_followed(small, outside, place):
    (small.root / place).unlink()
    (small.root / place).symlink_to(outside)
    findings = bm.validate_package(small.root).findings
    assert ("unsafe-path", "samples") in {(f.rule, f.resource) for f in findings}
    assert not any("do not read me" in str(f) for f in findings)


def test_a_folder_that_is_a_link_out_is_not_followed(small, outside):
    elsewhere = small.root.parent / "elsewhere"
    (small.root / "data").rename(elsewhere)
    (small.root / "data").symlink_to(elsewhere)
    rules = {(f.rule, f.resource) for f in bm.validate_package(small.root).findings}
    assert {("unsafe-path", name) for name in ("samples", "sites")} <= rules


def test_a_folder_that_is_a_link_out_is_not_listed(small, outside):
    shutil.rmtree(small.root / "schemas")
    (small.root / "schemas").symlink_to(outside.parent, target_is_directory=True)
    messages = [f.message for f in bm.validate_package(small.root).findings]
    assert not any("secret" in message for message in messages)
    assert ("stray-file", None, None, "schemas") in places(
        bm.validate_package(small.root, house=True)
    )


@pytest.mark.parametrize("path", ["a" * 5000 + ".csv", "loop.csv"])
def test_a_path_that_names_no_file(small, path):
    (small.root / "loop.csv").symlink_to("loop.csv")
    small.describe(lambda d: d["resources"][1].update(path=path))
    rules = {(f.rule, f.resource) for f in bm.validate_package(small.root).findings}
    assert ("unsafe-path", "samples") in rules


def test_no_address_is_opened(small, audited):
    def change(document):
        for each in (document, *document["resources"]):
            each["profile"] = "http://127.0.0.1:9/profile.json"
            each["profiles"] = [each["profile"]]

    small.describe(change)
    assert {f.rule for f in bm.validate_package(small.root).findings} == {"unsupported"}
    assert not [event for event in audited if event.startswith("socket.")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(small):
    place = small.root / "data/samples.csv"
    place.unlink()
    os.mkfifo(place)
    rules = {(f.rule, f.resource) for f in bm.validate_package(small.root).findings}
    assert ("unsafe-path", "samples") in rules


@pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 0)() == 0, reason="the superuser may read every file"
)
def test_a_file_that_may_not_be_read(small):
    (small.root / "data/samples.csv").chmod(0)
    rules = {(f.rule, f.resource) for f in bm.validate_package(small.root).findings}
    assert ("unreadable-file", "samples") in rules


@pytest.mark.parametrize("content", ["{}", '{"resources": {}}', '{"resources": null}'])
def test_a_descriptor_without_resources_is_an_error(tmp_path, content):
    (tmp_path / "datapackage.json").write_text(content)
    (finding,) = bm.validate_package(tmp_path).findings
    assert (finding.rule, finding.column) == ("profile", "resources")
    assert validate(tmp_path)[0] == 1


BOMB = "[" * 200_000 + "]" * 200_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not json", "not valid JSON"),
        (b"", "not valid JSON"),
        (b"\xff\xfe{}", "not valid JSON in UTF-8"),
        (b"[]", "must be a JSON object"),
        (b'{"resources": [], "bytes": NaN}', "NaN is not a JSON value"),
        (('{"resources": ' + BOMB + "}").encode(), "nested too deeply"),
    ],
)
def test_a_descriptor_that_cannot_be_read_is_an_error(tmp_path, content, words):
    (tmp_path / "datapackage.json").write_bytes(content)
    with pytest.raises(PackageError, match=words):
        bm.validate_package(tmp_path)
    status, output = validate(tmp_path)
    assert (status, words in output) == (2, True)


@pytest.mark.parametrize("name", ["nowhere", "nowhere/datapackage.json", "schemas/samples.json"])
def test_a_path_that_is_no_package_is_an_error(small, name):
    with pytest.raises(PackageError, match=r"does not exist|neither a folder nor a datapackage"):
        bm.validate_package(small.root / name)
    assert validate(small.root / name)[0] == 2


def test_a_folder_without_a_descriptor_is_an_error(tmp_path):
    with pytest.raises(PackageError, match=r"datapackage\.json is missing"):
        bm.validate_package(tmp_path)


def nested(depth):
    document = {"fields": "deep"}
    for _ in range(depth):
        document = {"fields": [document]}
    return document


@pytest.mark.parametrize(
    "resources",
    [
        [],
        [None],
        [[]],
        [{}],
        [{"name": None}],
        [{"name": "a", "path": 5, "schema": 6}],
        [{"name": "a", "path": "a.csv", "schema": {}}],
        [{"name": "a", "path": "a.csv", "schema": {"fields": [None]}}],
        [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "a", "type": []}]}}],
        [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "a"}], "foreignKeys": [1]}}],
        [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "a"}], "uniqueKeys": 5}}],
        [{"name": "a", "path": "a.csv", "schema": nested(300)}],
        [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ""}, "schema": {"fields": []}}],
        [{"name": "a", "path": "a.csv", "schema": "a.json", "data": []}],
    ],
)
@pytest.mark.parametrize("name", ["bonemet-data", "other", 5])
def test_a_descriptor_of_the_wrong_shape_gives_findings(tmp_path, resources, name):
    descriptor = {"name": name, "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    report = bm.validate_package(tmp_path)
    assert not report.valid
    assert validate(tmp_path)[0] == (1 if report.errors else 3)


def test_control_characters_do_not_reach_the_terminal(small):
    small.edit("data/samples.csv", "clay", "\x1b[31mclay")
    status, output = validate(small.root)
    assert status == 1
    assert "\x1b" not in output
