"""The files: all there, none too many, each with the stated size and checksum."""

from pathlib import Path

import pytest

import bonemet_data as bm

from .helpers import places


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        ("bytes", 1, "has 77 bytes, but the descriptor states 1"),
        ("hash", "sha256:" + "0" * 64, "has the checksum sha256:d8fbf976"),
        ("rows", 7, "has 2 rows, but the descriptor states 7"),
    ],
)
def test_a_file_that_differs_from_the_descriptor(small, keyword, value, message):
    small.describe(lambda d: d["resources"][0].update({keyword: value}))
    report = bm.validate_package(small.root)
    assert places(report) == [(keyword, "sites", None, None)]
    assert report.findings[0].message.startswith(message)
    assert report.findings[0].message.endswith("restore the file, or run `bonemet-data stamp`")
    assert report.findings[0].file.endswith("data/sites.csv")


def test_missing_and_stray_files(small):
    (small.root / "data/samples.csv").unlink()
    (small.root / "schemas/old").mkdir()
    (small.root / "schemas/old/sites.json").write_text("{}")
    (small.root / "datapackage").mkdir()
    (small.root / "datapackage/samples.csv").write_text("")
    report = bm.validate_package(small.root)
    assert places(report) == [
        ("missing-file", "samples", None, None),
        ("stray-file", None, None, "datapackage/samples.csv"),
        ("stray-file", None, None, "schemas/old/sites.json"),
    ]
    assert report.findings[0].message.startswith("is missing: restore the file")


def test_a_file_that_cannot_be_read(small, monkeypatch):
    original = Path.read_bytes

    def fail(path):
        if path.suffix == ".csv":
            raise OSError("input/output error")
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", fail)
    findings = bm.validate_package(small.root).findings
    assert [(f.rule, f.resource) for f in findings] == [
        ("unreadable-file", "samples"),
        ("unreadable-file", "sites"),
    ]
