"""The files: all there, none too many, each with the stated size and checksum."""

import hashlib
import json
from pathlib import Path

import pytest

import bonemet_data as bm
from bonemet_data.package.archive import write_archive

from .helpers import places


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        ("bytes", 1, "has 77 bytes, but the descriptor states 1"),
        ("hash", "sha256:" + "0" * 64, "has the sha256 checksum d8fbf976"),
        ("rows", 7, "has 2 rows, but the descriptor states 7"),
    ],
)
def test_a_file_that_differs_from_the_descriptor(small, keyword, value, message):
    small.describe(lambda d: d["resources"][0].update({keyword: value}))
    report = bm.validate_package(small.root, house=True)
    assert places(report) == [(keyword, "sites", None, None)]
    assert report.findings[0].message.startswith(message)
    assert "restore the file, or " in report.findings[0].message
    assert report.findings[0].file.endswith("data/sites.csv")


def test_missing_and_stray_files(small):
    (small.root / "data/samples.csv").unlink()
    (small.root / "schemas/old").mkdir()
    (small.root / "schemas/old/sites.json").write_text("{}")
    (small.root / "datapackage").mkdir()
    (small.root / "datapackage/samples.csv").write_text("")
    report = bm.validate_package(small.root, house=True)
    assert places(report) == [
        ("missing-file", "samples", None, None),
        ("stray-file", None, None, "datapackage/samples.csv"),
        ("stray-file", None, None, "schemas/old/sites.json"),
    ]
    assert report.findings[0].message.startswith("is missing: restore the file")


def test_a_file_that_cannot_be_read(small, monkeypatch):
    original = Path.open

    def fail(path, *arguments, **options):
        if path.suffix == ".csv":
            raise OSError("input/output error")
        return original(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", fail)
    findings = bm.validate_package(small.root).findings
    assert [(f.rule, f.resource) for f in findings] == [
        ("unreadable-file", "samples"),
        ("unreadable-file", "sites"),
    ]


DATA = b"a\nx\n"
CHECKSUMS = [
    # hash, severity and rule of the finding
    (hashlib.md5(DATA).hexdigest(), None),
    (hashlib.md5(DATA).hexdigest().upper(), None),
    ("md5:" + hashlib.md5(DATA).hexdigest(), None),
    ("sha1:" + hashlib.sha1(DATA).hexdigest(), None),
    ("sha256:" + hashlib.sha256(DATA).hexdigest(), None),
    ("sha512:" + hashlib.sha512(DATA).hexdigest(), None),
    ("0" * 32, ("error", "hash")),
    ("sha1:" + "0" * 40, ("error", "hash")),
    ("sha512:" + "0" * 128, ("error", "hash")),
    ("sha256:" + "0" * 40, ("error", "profile")),
    ("crc32:" + "0" * 8, ("not_checked", "unsupported")),
    ("0" * 64, ("error", "profile")),
    ("sha256:xyz", ("error", "profile")),
]


@pytest.mark.parametrize(("checksum", "expected"), CHECKSUMS)
@pytest.mark.parametrize("path", ["r.csv", "picture.png"])
@pytest.mark.parametrize("size", [{}, {"bytes": len(DATA)}], ids=["hash", "hash and bytes"])
def test_checksums_of_tables_and_other_files(tmp_path, checksum, expected, path, size):
    entry = {"name": "r", "path": path, "hash": checksum, **size}
    (tmp_path / path).write_bytes(DATA)
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [entry]}))
    findings = bm.validate_package(tmp_path).findings
    assert [(f.severity, f.rule) for f in findings] == ([expected] if expected else [])


def test_bytes_and_hash_of_several_files_are_those_of_the_concatenated_files(tmp_path):
    (tmp_path / "a.bin").write_bytes(DATA[:2])
    (tmp_path / "b.bin").write_bytes(DATA[2:])
    checksum = "sha256:" + hashlib.sha256(DATA).hexdigest()
    entry = {"name": "r", "path": ["a.bin", "b.bin"], "hash": checksum, "bytes": len(DATA)}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [entry]}))
    assert bm.validate_package(tmp_path).valid
    (tmp_path / "b.bin").write_bytes(b"z")
    assert [f.rule for f in bm.validate_package(tmp_path).findings] == ["bytes", "hash"]


@pytest.mark.parametrize("zipped", [False, True])
def test_a_file_of_several_blocks(tmp_path, zipped):
    data = b"0123456789" * 250_000
    digest = hashlib.sha256(data).hexdigest()
    entry = {"name": "r", "path": "r.bin", "hash": f"SHA-256:{digest}", "bytes": len(data)}
    other = {"name": "q", "path": "r.bin", "hash": f"md5:{'1' * 32}", "bytes": len(data) - 1}
    files = {
        "r.bin": data,
        "datapackage.json": json.dumps({"name": "x", "resources": [entry, other]}).encode(),
    }
    root = tmp_path / "x.zip"
    if zipped:
        root.write_bytes(write_archive(files))
    else:
        root.mkdir()
        for name, content in files.items():
            (root / name).write_bytes(content)
    found = bm.validate_package(root).findings
    assert [(f.rule, f.resource, f.message) for f in found] == [
        ("bytes", "q", "has 2500000 bytes, but the descriptor states 2499999: restore the file, or correct the descriptor"),
        ("hash", "q", f"has the md5 checksum {hashlib.md5(data).hexdigest()}, but the descriptor states {'1' * 32}: restore the file, or correct the descriptor"),
    ]  # fmt: skip


def test_a_file_that_is_missing_from_a_resource_of_two(tmp_path):
    (tmp_path / "a.csv").write_text("a\nx\n")
    entry = {"name": "r", "path": ["a.csv", "b.csv"], "bytes": 1}
    entry["schema"] = {"fields": [{"name": "a", "type": "integer"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [entry]}))
    found = bm.validate_package(tmp_path).findings
    assert [(f.rule, Path(f.file).name) for f in found] == [("missing-file", "b.csv"), ("type", "a.csv")]  # fmt: skip


def test_an_unsafe_path_is_reported_with_the_descriptor(tmp_path):
    entry = {"name": "r", "path": "../r.bin"}
    other = {"name": "q", "data": [{"a": "x"}], "schema": {"fields": [{"name": "a", "type": "integer"}]}}  # fmt: skip
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"name": "x", "resources": [entry, other]})
    )
    found = bm.validate_package(tmp_path).findings
    assert [(f.rule, f.resource, f.column, f.value) for f in found] == [
        ("unsafe-path", "r", "resources[0].path", "../r.bin"),
        ("type", "q", "a", "x"),
    ]
