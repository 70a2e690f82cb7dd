"""Packages are opened in every form, and each edit requires the version step of the recipe."""

import json
import shutil

import pytest

from bonemet_data.comparison.changes import Kind
from bonemet_data.comparison.compare import compare
from bonemet_data.errors import BonemetError, PackageError
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.version import Level, Version
from tests.conftest import ROOT

SMALL = ROOT / "tests/data/small"


def difference(small):
    return compare(open_package(SMALL), open_package(small.root))


def data(table, old, new):
    return lambda small: small.edit(f"data/{table}.csv", old, new)


def describe(change):
    return lambda small: small.describe(change)


def schema(change, table="samples"):
    """Change a Table Schema through a function of its document."""

    def edit(small):
        path = small.root / f"schemas/{table}.json"
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(json.dumps(document), encoding="utf-8")

    return edit


def field(index, table="samples", **new):
    return schema(lambda s: s["fields"][index].update(new), table)


def constraints(name, **new):
    """Replace constraints of a field; None removes one."""

    def change(document):
        for entry in document["fields"]:
            if entry["name"] == name:
                stated = {**entry.get("constraints", {}), **new}
                entry["constraints"] = {k: v for k, v in stated.items() if v is not None}

    return schema(change, "sites" if name in ("name", "opened") else "samples")


def compare_copy(small):
    root = small.root.parent / "before"
    shutil.copytree(small.root, root)
    return open_package(root)


def add_column(small):
    schema(lambda s: s["fields"].append({"name": "extra", "type": "string"}), "sites")(small)
    path = small.root / "data/sites.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{header},extra", *(f"{row}," for row in rows)]) + "\n")


def move_file(small):
    small.describe(lambda d: d["resources"][0].update(path="data/places.csv"))
    (small.root / "data/sites.csv").rename(small.root / "data/places.csv")


def swap(items, one, other):
    items[one], items[other] = items[other], items[one]


def first(**new):
    return describe(lambda d: d["resources"][0].update(new))


NONE, PATCH, MINOR, MAJOR = Level.NONE, Level.PATCH, Level.MINOR, Level.MAJOR

EDITS = {
    "nothing": (lambda small: None, NONE, []),
    "version": (describe(lambda d: d.update(version="9.0.0")), NONE, []),
    "checksum": (first(bytes=1, hash="x"), NONE, []),
    # descriptor
    "name": (describe(lambda d: d.update(name="other")), MAJOR, ["identity"]),
    "id": (describe(lambda d: d.update(id="other")), MAJOR, ["identity"]),
    "title": (describe(lambda d: d.update(title="x")), PATCH, ["metadata"]),
    "keywords": (describe(lambda d: d.update(keywords=["x"])), PATCH, ["metadata"]),
    "licenses": (describe(lambda d: d.update(licenses=[])), PATCH, ["metadata"]),
    "$schema": (describe(lambda d: d.update({"$schema": "x"})), PATCH, ["metadata"]),
    "title of a resource": (first(title="x"), PATCH, ["metadata"]),
    "resource removed": (describe(lambda d: d["resources"].pop()), MAJOR, ["resource-removed"]),
    "resource added": (describe(lambda d: d["resources"].append({**d["resources"][0], "name": "x"})), MINOR, ["resource-added"]),
    "resource renamed": (first(name="x"), MAJOR, ["resource-removed", "resource-added"]),
    "resources reordered": (describe(lambda d: swap(d["resources"], 0, 1)), PATCH, ["resource-moved"]),
    "dialect": (first(dialect={"quoteChar": "'"}), MAJOR, ["access"]),
    "default encoding omitted": (describe(lambda d: d["resources"][0].pop("encoding")), NONE, []),
    "default dialect stated": (first(encoding="UTF8", dialect={"delimiter": ",", "header": True}), NONE, []),
    "file moved": (move_file, NONE, ["relocated"]),
    "header of the file": (data("sites", "opened", "since"), MAJOR, ["access"]),
    # fields
    "field added": (add_column, MAJOR, ["field-added"]),
    "field removed": (schema(lambda s: s["fields"].pop()), MAJOR, ["field-removed"]),
    "field renamed": (field(2, name="x"), MAJOR, ["field-added", "field-removed"]),
    "fields reordered": (schema(lambda s: swap(s["fields"], 2, 3)), MAJOR, ["field-moved"]),
    "type": (field(2, type="string", constraints={}), MAJOR, ["type"]),
    "format": (field(2, "sites", format="%d.%m.%Y"), MAJOR, ["type"]),
    "default format stated": (field(2, "sites", format="default"), NONE, []),
    "missing values": (schema(lambda s: s.update(missingValues=["", "-"])), MAJOR, ["type"]),
    "missing values of a field": (field(2, missingValues=["", "-"]), MAJOR, ["type"]),
    "default missing values stated": (schema(lambda s: s.update(missingValues=[""])), NONE, []),
    "description of a field": (field(1, description="x"), PATCH, ["metadata"]),
    "example of a field": (field(1, example="north"), PATCH, ["metadata"]),
    "unit of a field": (field(2, **{"qudt:unit": "x"}), PATCH, ["metadata"]),
    "class of a field": (field(1, rdfType="http://example.org/x"), PATCH, ["metadata"]),
    "$schema of a schema": (schema(lambda s: s.update({"$schema": "x"})), PATCH, ["metadata"]),
    # constraints
    "required removed": (constraints("site_id", required=None), MINOR, ["loosened"]),
    "required removed from a key": (constraints("sample_id", required=None), PATCH, ["restated"]),
    "required added": (constraints("depth", required=True), MAJOR, ["tightened"]),
    "higher minimum": (constraints("depth", minimum=1), MAJOR, ["tightened"]),
    "lower minimum": (constraints("depth", minimum=-1), MINOR, ["loosened"]),
    "minimum as text": (constraints("depth", minimum="0.0"), NONE, []),
    "minimum removed": (constraints("depth", minimum=None), MINOR, ["loosened"]),
    "exclusive maximum": (constraints("depth", maximum=None, exclusiveMaximum=100), MAJOR, ["tightened"]),
    "higher exclusive maximum": (constraints("depth", maximum=None, exclusiveMaximum=101), MINOR, ["loosened"]),
    "maximum and minimum": (constraints("depth", minimum=-1, maximum=50), MAJOR, ["tightened", "loosened"]),
    "maximum length removed": (constraints("name", maxLength=None), MINOR, ["loosened"]),
    "longer maximum length": (constraints("name", maxLength=21), MINOR, ["loosened"]),
    "shorter maximum length": (constraints("name", maxLength=19), MAJOR, ["tightened"]),
    "minimum length added": (constraints("name", minLength=2), MAJOR, ["tightened"]),
    "enum longer": (constraints("soil", enum=["sand", "clay", "peat", "silt"]), MINOR, ["loosened"]),
    "enum shorter": (constraints("soil", enum=["sand", "clay"]), MAJOR, ["tightened"]),
    "enum with another value": (constraints("soil", enum=["sand", "clay", "silt"]), MAJOR, ["tightened"]),
    "enum reordered": (constraints("soil", enum=["clay", "sand", "peat"]), PATCH, ["restated"]),
    "enum removed": (constraints("soil", enum=None), MINOR, ["loosened"]),
    "pattern added": (constraints("soil", pattern="[a-z]+"), MAJOR, ["tightened"]),
    "unique removed from a key": (constraints("sample_id", unique=None), PATCH, ["restated"]),
    "unique added": (constraints("site_id", unique=True), MAJOR, ["tightened"]),
    # keys
    "key removed": (schema(lambda s: s.pop("primaryKey"), "sites"), MINOR, ["loosened"]),
    "larger key": (schema(lambda s: s.update(primaryKey=["sample_id", "site_id"])), PATCH, ["restated"]),
    "unique key added": (schema(lambda s: s.update(uniqueKeys=[["site_id", "depth"]])), MAJOR, ["tightened"]),
    "unique key that another key implies": (schema(lambda s: s.update(uniqueKeys=[["sample_id", "depth"]])), PATCH, ["restated"]),
    "foreign key removed": (schema(lambda s: s.pop("foreignKeys")), MINOR, ["loosened"]),
    "foreign key added": (schema(lambda s: s["foreignKeys"].append({"fields": ["soil"], "reference": {"resource": "sites", "fields": ["name"]}})), MAJOR, ["tightened"]),
    "foreign key to another field": (schema(lambda s: s["foreignKeys"][0]["reference"].update(fields=["name"])), MINOR, ["reference"]),
    # data
    "cell": (data("sites", "North field", "North"), PATCH, ["cell"]),
    "cell that was missing": (data("samples", "south,,", "south,3,"), PATCH, ["cell"]),
    "row added": (data("samples", "3,south,,peat\n", "3,south,,peat\n4,south,,\n"), MINOR, ["row-added"]),
    "row removed": (data("samples", "3,south,,peat\n", ""), MAJOR, ["row-removed"]),
    "key of a row": (data("samples", "3,south", "4,south"), MAJOR, ["row-removed", "row-added"]),
    "rows reordered": (data("samples", "1,north,0.5,sand\n2,north,12,clay\n", "2,north,12,clay\n1,north,0.5,sand\n"), PATCH, ["rows-moved"]),
    "quotes": (data("sites", "North field", '"North field"'), PATCH, ["form"]),
    "byte order mark": (data("sites", "site_id", "\ufeffsite_id"), PATCH, ["form"]),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_requires_its_version_step(small, name):
    edit, level, kinds = EDITS[name]
    edit(small)
    found = difference(small)
    assert [change.kind for change in found.changes] == [Kind(kind) for kind in kinds]
    assert found.level == level
    assert found.smallest == Version(1, 0, 0).after(level)


@pytest.mark.parametrize(
    ("new", "kind"),
    [("[a-z]+", None), (None, "loosened"), ("[a-z]*", "tightened"), ("[a-y]+", "tightened")],
)
def test_a_pattern_is_equal_removed_or_tightened(small, new, kind):
    constraints("soil", enum=None, pattern="[a-z]+")(small)
    before = compare_copy(small)
    constraints("soil", pattern=new)(small)
    changes = compare(before, open_package(small.root)).changes
    assert [change.kind for change in changes] == ([kind] if kind else [])


@pytest.mark.parametrize("form", ["folder", "descriptor", "archive", "archive without a suffix"])
def test_a_package_is_opened_in_every_form(small, form):
    small.edit("data/sites.csv", "North field", "North")
    path = {"folder": small.root, "descriptor": small.root / "datapackage.json"}.get(form)
    if path is None:
        path = shutil.make_archive(str(small.root.parent / "a"), "zip", small.root)
        if form != "archive":
            path = shutil.move(path, small.root.parent / "archive")
    assert compare(open_package(SMALL), open_package(path)).level == PATCH


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("README.md", r"README\.md is neither a folder nor a datapackage"),
        ("tests/data/small/data/sites.csv", "neither a folder nor a datapackage"),
        ("nowhere", "nowhere does not exist"),
        ("nowhere/datapackage.json", "does not exist"),
        ("docs", "datapackage.json is missing"),
    ],
)
def test_what_is_no_package_is_named(path, message):
    with pytest.raises(PackageError, match=message):
        open_package(ROOT / path)


def test_a_damaged_archive_is_named(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"damaged")
    with pytest.raises(PackageError, match=r"a\.zip is not a valid ZIP file"):
        open_package(tmp_path / "a.zip")


def test_a_malformed_file_of_an_archive_is_named(small):
    small.edit("data/sites.csv", "North field", '"North')
    path = shutil.make_archive(str(small.root.parent / "a"), "zip", small.root)
    with pytest.raises(BonemetError, match=r"a\.zip/data/sites\.csv:2: malformed quoting"):
        compare(open_package(SMALL), open_package(path))


def test_two_resources_with_one_name_are_refused(small):
    small.describe(lambda d: d["resources"].append(d["resources"][0]))
    with pytest.raises(PackageError, match="two resources with the same name"):
        difference(small)
