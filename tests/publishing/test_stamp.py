"""Stamping: bytes, hash and rows are rewritten, and nothing else."""

import json

import pytest

import bonemet_data as bm
from bonemet_data.errors import PackageError
from bonemet_data.publishing.stamp import stamp


def test_a_true_stamp_is_left_alone(copy):
    before = (copy.root / "datapackage.json").read_bytes()
    assert stamp(copy.root) == ()
    assert (copy.root / "datapackage.json").read_bytes() == before


def test_only_the_stamp_of_what_changed_is_rewritten(copy):
    place = copy.root / "datapackage.json"
    before = json.loads(place.read_text(encoding="utf-8"))
    copy.edit("datapackage/types.csv", "Excess new bone formation", "Excess new\nbone formation")
    copy.edit("datapackage/types.csv", "Excess new\nbone formation", '"Excess new\nbone formation"')
    assert stamp(copy.root) == ("types",)
    after = json.loads(place.read_text(encoding="utf-8"))
    changed = [
        (old["name"], key)
        for old, new in zip(before["resources"], after["resources"], strict=True)
        for key in new
        if old[key] != new[key]
    ]
    assert changed == [("types", "bytes"), ("types", "hash")]
    assert {k: v for k, v in before.items() if k != "resources"} == {
        k: v for k, v in after.items() if k != "resources"
    }
    assert bm.validate_package(copy.root) == []


@pytest.mark.parametrize(
    "options",
    [{"indent": 4}, {"indent": "\t"}, {"indent": 2, "ensure_ascii": True}, {"indent": None}],
)
@pytest.mark.parametrize("end", ["\n", ""])
def test_the_layout_of_the_descriptor_is_kept(copy, options, end):
    place = copy.root / "datapackage.json"
    document = json.loads(place.read_text(encoding="utf-8"))
    document["title"] = "Knochenmetastasen ä"
    options = {"ensure_ascii": False, **options}
    place.write_text(json.dumps(document, **options) + end, encoding="utf-8", newline="")
    copy.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    assert stamp(copy.root) == ("types",)
    text = place.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), **options) + end


def test_a_layout_that_would_be_lost_is_refused(copy):
    copy.edit("datapackage.json", '  "version"', '    "version"')
    before = (copy.root / "datapackage.json").read_bytes()
    with pytest.raises(PackageError, match="laid out by hand"):
        stamp(copy.root)
    assert (copy.root / "datapackage.json").read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["resources"][0].pop("schema"),
        lambda d: d["resources"].append("x"),
        lambda d: d["resources"].append({"name": "a", "data": []}),
        lambda d: d["resources"][0].update(dialect="excel"),
    ],
)
def test_a_descriptor_that_is_not_sound_is_an_error_of_ours(copy, change):
    copy.describe(change)
    with pytest.raises(bm.BonemetError):
        stamp(copy.root)


def test_an_interrupted_write_leaves_the_descriptor_whole(copy, monkeypatch):
    copy.edit("datapackage/types.csv", "Prostate", "Prostate or bladder")
    before = (copy.root / "datapackage.json").read_bytes()

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        stamp(copy.root)
    assert (copy.root / "datapackage.json").read_bytes() == before
    assert sorted(place.name for place in copy.root.iterdir()) == [
        "datapackage",
        "datapackage.json",
        "schemas",
    ]
