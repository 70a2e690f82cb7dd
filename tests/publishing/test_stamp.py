"""Stamping: size, checksum and row count are updated, and nothing else."""

import json
import os

import pytest

import bonemet_data as bm
from bonemet_data.errors import BonemetError, CsvError, OutputError, PackageError, UnsafePathError
from bonemet_data.publishing.stamp import stamp


def descriptor(small):
    return json.loads((small.root / "datapackage.json").read_text(encoding="utf-8"))


def formatted(small, end="\n", **options):
    """Format the descriptor in another way, and change a file."""
    document = descriptor(small) | {"title": "Proben ä"}
    text = json.dumps(document, **options) + end
    (small.root / "datapackage.json").write_text(text, encoding="utf-8", newline="")
    small.edit("data/sites.csv", "North field", "North")


@pytest.fixture
def plain(small):
    """The package with a descriptor in plain JSON, and a file that has changed."""
    formatted(small, indent=2, ensure_ascii=False)
    stamp(small.root)
    return small


def test_correct_values_are_left_alone(plain):
    before = (plain.root / "datapackage.json").read_bytes()
    assert stamp(plain.root / "datapackage.json") == ()
    assert (plain.root / "datapackage.json").read_bytes() == before


def test_only_what_changed_is_updated(plain):
    before = descriptor(plain)
    plain.edit("data/sites.csv", "North", '"North\nfield"')
    plain.edit("data/sites.csv", "2021-05-01\n", "2021-05-01\neast,East,\n")
    assert stamp(plain.root) == ("sites",)
    after = descriptor(plain)
    changed = {
        key for key, value in after["resources"][0].items() if before["resources"][0][key] != value
    }
    assert changed == {"bytes", "hash", "rows"}
    assert after["resources"][0]["rows"] == 3
    before["resources"][0] = after["resources"][0]
    assert before == after
    assert bm.validate_package(plain.root).valid


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize(
    "options",
    [{"indent": 4}, {"indent": "\t"}, {"indent": 2, "ensure_ascii": True}, {"indent": None}],
)
def test_the_layout_of_the_descriptor_is_kept(small, options, end):
    options = {"ensure_ascii": False, **options}
    formatted(small, end, **options)
    assert stamp(small.root) == ("sites",)
    text = (small.root / "datapackage.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), **options) + end


def test_a_layout_that_would_be_lost_is_refused(plain):
    plain.edit("datapackage.json", '  "version"', '    "version"')
    plain.edit("data/sites.csv", "North", "South")
    before = (plain.root / "datapackage.json").read_bytes()
    with pytest.raises(PackageError, match="formatted by hand"):
        stamp(plain.root)
    assert (plain.root / "datapackage.json").read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["resources"].append("x"),
        lambda d: d["resources"].append({"name": "a", "data": []}),
        lambda d: d["resources"][0].update(dialect="excel"),
    ],
)
def test_an_invalid_descriptor_is_refused(plain, change):
    plain.describe(change)
    with pytest.raises(BonemetError):
        stamp(plain.root)


def test_a_malformed_file_is_refused_with_its_name(plain):
    plain.edit("data/sites.csv", "North", '"North')
    with pytest.raises(CsvError, match=r"data/sites\.csv:2: malformed quoting"):
        stamp(plain.root)


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (OSError(28, "No space left on device"), OutputError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_an_interrupted_write_leaves_the_descriptor_whole(plain, monkeypatch, error, raised):
    plain.edit("data/sites.csv", "North", "South")
    before = (plain.root / "datapackage.json").read_bytes()

    def fsync(_):
        raise error

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(raised):
        stamp(plain.root)
    assert (plain.root / "datapackage.json").read_bytes() == before
    assert not list(plain.root.glob(".*"))


def test_a_descriptor_that_is_a_link_is_refused(plain, tmp_path):
    """Nothing is written outside the folder of the package."""
    plain.edit("data/sites.csv", "North", "South")
    victim = tmp_path / "victim.json"
    (plain.root / "datapackage.json").rename(victim)
    (plain.root / "datapackage.json").symlink_to(victim)
    before = victim.read_bytes()
    with pytest.raises(UnsafePathError):
        stamp(plain.root)
    (plain.root / "inside.json").write_bytes(before)
    (plain.root / "datapackage.json").unlink()
    (plain.root / "datapackage.json").symlink_to("inside.json")
    with pytest.raises(UnsafePathError, match="replace the link"):
        stamp(plain.root)
    assert victim.read_bytes() == (plain.root / "inside.json").read_bytes() == before
