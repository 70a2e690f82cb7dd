"""Differences: some forty edits, each with the verdict that the standard's recipe demands."""

import json
import shutil
import zipfile

import pytest

import bonemet_data as bm
from bonemet_data.comparison.compare import compare
from bonemet_data.comparison.language import matches_within
from bonemet_data.comparison.rendering import DIFF_REPORTS
from bonemet_data.errors import PackageError, UnknownNameError
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.version import Level, Version
from tests.conftest import ROOT

NONE, PATCH, MINOR, MAJOR = Level.NONE, Level.PATCH, Level.MINOR, Level.MAJOR


def cells(table, old, new):
    return lambda copy: copy.edit(f"datapackage/{table}.csv", old, new)


def describe(change):
    return lambda copy: copy.describe(change)


def fields(change, table="symptoms"):
    """Change a schema through a function of its document."""

    def edit(copy):
        place = copy.root / f"schemas/{table}.json"
        document = json.loads(place.read_text(encoding="utf-8"))
        change(document)
        place.write_text(json.dumps(document), encoding="utf-8")

    return edit


def constraints(column, **new):
    """Replace constraints of a column of `symptoms` or `sources`; None removes one."""

    def change(document):
        for field in document["fields"]:
            if field["name"] == column:
                stated = {**field.get("constraints", {}), **new}
                field["constraints"] = {k: v for k, v in stated.items() if v is not None}

    return fields(change, "sources" if column in ("year", "status", "doi") else "symptoms")


def field(position, **new):
    return fields(lambda s: s["fields"][position].update(new))


def with_header(copy):
    fields(lambda s: s["fields"].append({"name": "extra", "type": "string"}), "types")(copy)
    place = copy.root / "datapackage/types.csv"
    lines = place.read_text(encoding="utf-8").splitlines()
    place.write_text("\n".join([lines[0] + ",extra", *(x + "," for x in lines[1:])]) + "\n")


def swap(document, key, one, two):
    items = document[key]
    items[one], items[two] = items[two], items[one]


PERCENT = "prevalence_upper_percent"

# what is done, the level, the kinds of change
EDITS = [
    ("nothing", lambda copy: None, NONE, []),
    ("a version alone", describe(lambda d: d.update(version="9.0.0")), NONE, []),
    ("a stamp alone", describe(lambda d: d["resources"][0].update(bytes=1, hash="x")), NONE, []),
    # the descriptor
    ("the package's name", describe(lambda d: d.update(name="other")), MAJOR, ["identity"]),
    ("the package's id", describe(lambda d: d.update(id="other")), MAJOR, ["identity"]),
    ("the title", describe(lambda d: d.update(title="other")), PATCH, ["metadata"]),
    ("a keyword more", describe(lambda d: d["keywords"].append("x")), PATCH, ["metadata"]),
    ("a license less", describe(lambda d: d["licenses"].pop()), PATCH, ["metadata"]),
    ("a resource's title", describe(lambda d: d["resources"][0].update(title="x")), PATCH, ["metadata"]),
    ("a resource removed", describe(lambda d: d["resources"].pop(0)), MAJOR, ["resource-removed"]),
    ("a resource added", describe(lambda d: d["resources"].append({**d["resources"][0], "name": "more"})), MINOR, ["resource-added"]),
    ("a resource renamed", describe(lambda d: d["resources"][0].update(name="signs")), MAJOR, ["resource-removed", "resource-added"]),
    ("resources in another order", describe(lambda d: swap(d, "resources", 0, 1)), PATCH, ["resource-moved"]),
    ("another dialect", describe(lambda d: d["resources"][0].update(dialect={"delimiter": ";"})), MAJOR, ["access"]),
    ("the default encoding left out", describe(lambda d: d["resources"][0].pop("encoding")), NONE, []),
    ("the defaults spelt out", describe(lambda d: d["resources"][0].update(encoding="UTF-8", dialect={"delimiter": ",", "lineTerminator": "\n"})), NONE, []),
    ("a file moved", lambda copy: (copy.describe(lambda d: d["resources"][0].update(path="datapackage/signs.csv")), (copy.root / "datapackage/symptoms.csv").rename(copy.root / "datapackage/signs.csv")), NONE, ["relocated"]),
    ("a header alone", cells("types", "main_feature", "feature"), MAJOR, ["access"]),
    ("the profile of the descriptor", describe(lambda d: d.update({"$schema": "x"})), PATCH, ["metadata"]),
    ("the profile of a schema", fields(lambda s: s.update({"$schema": "x"})), PATCH, ["metadata"]),
    ("a class of a field", field(1, rdfType="http://example.org/x"), PATCH, ["metadata"]),
    # fields
    ("a field added", with_header, MAJOR, ["field-added"]),
    ("a field removed", fields(lambda s: s["fields"].pop()), MAJOR, ["field-removed"]),
    ("a field renamed", field(1, name="sign"), MAJOR, ["field-added", "field-removed"]),
    ("fields in another order", fields(lambda s: swap(s, "fields", 1, 2)), MAJOR, ["field-moved"]),
    ("a type", fields(lambda s: s["fields"][4].update(type="string", constraints={})), MAJOR, ["type"]),
    ("missing values", fields(lambda s: s.update(missingValues=["", "-"])), MAJOR, ["type"]),
    ("missing values spelt out", fields(lambda s: s.update(missingValues=[""])), NONE, []),
    ("a field's description", field(1, description="x"), PATCH, ["metadata"]),
    ("a field's example", field(1, example="Fatigue"), PATCH, ["metadata"]),
    ("a unit", fields(lambda s: s["fields"][4].update({"qudt:unit": "x"})), PATCH, ["metadata"]),
    # constraints, by what they allow
    ("required no more", constraints("symptom", required=None), MINOR, ["loosened"]),
    ("required in a key, anyway", constraints("symptom_id", required=None), PATCH, ["restated"]),
    ("required anew", constraints(PERCENT, required=True), MAJOR, ["tightened"]),
    ("a higher minimum", constraints(PERCENT, minimum=1), MAJOR, ["tightened"]),
    ("a lower minimum", constraints(PERCENT, minimum=-1), MINOR, ["loosened"]),
    ("a minimum spelt otherwise", constraints(PERCENT, minimum="0.0"), NONE, []),
    ("no minimum", constraints(PERCENT, minimum=None), MINOR, ["loosened"]),
    ("an exclusive bound", constraints(PERCENT, maximum=None, exclusiveMaximum=100), MAJOR, ["tightened"]),
    ("a looser exclusive bound", constraints(PERCENT, maximum=None, exclusiveMaximum=101), MINOR, ["loosened"]),
    ("the same bound of an integer", constraints("year", minimum=None, exclusiveMinimum=1799), PATCH, ["restated"]),
    ("a longer least length", constraints("symptom", minLength=2), MAJOR, ["tightened"]),
    ("a greatest length", constraints("symptom", maxLength=99), MAJOR, ["tightened"]),
    ("a least length of nothing", constraints("symptom", minLength=None), MINOR, ["loosened"]),
    ("a list with more", constraints("status", enum=["resolved", "unresolved", "x"]), MINOR, ["loosened"]),
    ("a list with less", constraints("status", enum=["unresolved"]), MAJOR, ["tightened"]),
    ("a list with other things", constraints("status", enum=["unresolved", "x"]), MAJOR, ["tightened"]),
    ("a list in another order", constraints("status", enum=["unresolved", "resolved"]), PATCH, ["restated"]),
    ("a wider pattern", constraints("symptom_id", pattern="[a-zA-Z][a-z0-9_]*"), MINOR, ["loosened"]),
    ("a narrower pattern", constraints("symptom_id", pattern="[a-z][a-z_]*"), MAJOR, ["tightened"]),
    ("a pattern that overlaps", constraints("symptom_id", pattern="[a-zA-Z][a-z_]*"), MAJOR, ["tightened"]),
    ("a pattern written otherwise", constraints("symptom_id", pattern="[a-z]([a-z]|_|[0-9])*"), PATCH, ["restated"]),
    ("a pattern that cannot be compared", constraints("symptom_id", pattern=r"[a-z]\d*"), MAJOR, ["tightened"]),
    ("a pattern that takes too long", constraints("symptom_id", pattern="(a|b)*a(a|b){14}"), MAJOR, ["tightened"]),
    ("no pattern", constraints("symptom_id", pattern=None), MINOR, ["loosened"]),
    ("unique in a key, anyway", constraints("symptom_id", unique=None), PATCH, ["restated"]),
    ("unique anew", constraints("symptom", unique=True), MAJOR, ["tightened"]),
    ("no key", fields(lambda s: s.pop("primaryKey"), "citations"), MINOR, ["loosened"]),
    ("a smaller key", fields(lambda s: s.update(primaryKey=["concept_id"]), "citations"), MAJOR, ["tightened"]),
    ("a unique key anew", fields(lambda s: s.update(uniqueKeys=[["symptom", "description"]])), MAJOR, ["tightened"]),
    ("a unique key within a key", fields(lambda s: s.update(uniqueKeys=[["symptom_id", "symptom"]])), PATCH, ["restated"]),
    ("a foreign key less", fields(lambda s: s.pop("foreignKeys")), MINOR, ["loosened"]),
    ("a foreign key to another table", fields(lambda s: s["foreignKeys"][0]["reference"].update(resource="types", fields=["type_id"])), MINOR, ["reference"]),
    # data
    ("a cell", cells("types", "Prostate", "Bladder"), PATCH, ["cell"]),
    ("a cell that gets a value", cells("symptoms", 'early onset",,', 'early onset",5,'), PATCH, ["cell"]),
    ("a row added", cells("sources", "16,unresolved,,,,,,,\n", "16,unresolved,,,,,,,\n17,unresolved,,,,,,,\n"), MINOR, ["row-added"]),
    ("a row removed", cells("sources", "16,unresolved,,,,,,,\n", ""), MAJOR, ["row-removed"]),
    ("a row's key", cells("types", "mixed,", "both,"), MAJOR, ["row-removed", "row-added"]),
    ("rows in another order", cells("citations", "pain,1\npain,2\n", "pain,2\npain,1\n"), PATCH, ["rows-moved"]),
    ("a cell quoted without need", cells("types", "Prostate", '"Prostate"'), PATCH, ["form"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "level", "kinds"), [e[1:] for e in EDITS], ids=[e[0] for e in EDITS]
)
def test_an_edit_demands_its_step(copy, edit, level, kinds):
    before = open_package(ROOT)
    edit(copy)
    difference = compare(before, open_package(copy.root))
    assert [change.kind for change in difference.changes] == kinds
    assert difference.level == level
    assert difference.smallest == Version.parse(before.version).after(level)


def test_the_difference_names_the_cell_with_both_values(copy):
    copy.edit("datapackage/types.csv", "Prostate", "Bladder")
    (change,) = bm.diff(ROOT, copy.root).changes
    assert (change.resource, change.row, change.column) == (
        "types",
        "osteoblastic",
        "common_cancers",
    )
    assert (change.old, change.new) == ("Prostate", "Bladder")


def test_a_row_of_a_composite_key_is_named_by_its_parts(copy):
    copy.edit("datapackage/citations.csv", "pain,2\n", "")
    (change,) = bm.diff(ROOT, copy.root).changes
    assert (change.kind, change.row) == ("row-removed", "pain, 2")


def test_rows_without_a_key_are_compared_whole(tmp_path):
    for name, rows in (("old", "1,a\n1,a\n2,b\n"), ("new", "1,a\n2,c\n1,a\n1,a\n")):
        (tmp_path / name).mkdir()
        columns = {"fields": [{"name": "n", "type": "integer"}, {"name": "t", "type": "string"}]}
        resource = {"name": "r", "path": "r.csv", "schema": columns}
        descriptor = {"name": "x", "version": "1.0.0", "resources": [resource]}
        (tmp_path / name / "datapackage.json").write_text(json.dumps(descriptor))
        (tmp_path / name / "r.csv").write_text("n,t\n" + rows)
    changes = bm.diff(tmp_path / "old", tmp_path / "new").changes
    assert [(c.kind, c.row) for c in changes] == [
        ("row-removed", "2, b"),
        ("row-added", "2, c"),
        ("row-added", "1, a #3"),
        ("rows-moved", None),
    ][: len(changes)]
    assert len(changes) >= 3


@pytest.mark.parametrize("form", ["folder", "descriptor", "archive"])
def test_a_package_is_found_in_every_form(copy, form):
    copy.edit("datapackage/types.csv", "Prostate", "Bladder")
    place = {"folder": copy.root, "descriptor": copy.root / "datapackage.json"}.get(form)
    if place is None:
        place = shutil.make_archive(copy.root.parent / "a", "zip", copy.root)
    assert bm.diff(ROOT, place).level == PATCH
    assert bm.diff(place).level == PATCH


@pytest.mark.parametrize("name", ["nowhere", "nowhere/datapackage.json", "1.0"])
def test_no_package_there(name):
    with pytest.raises(PackageError, match="neither a version"):
        bm.diff(name)


def test_an_unknown_version_lists_those_that_exist():
    with pytest.raises(UnknownNameError, match=r"Valid: 1\.0\.0"):
        bm.diff("77.0.0")


def test_a_file_that_is_no_archive():
    with pytest.raises(PackageError, match="not a sound ZIP file"):
        bm.diff(ROOT / "README.md")


class TestReports:
    @pytest.fixture
    def difference(self, copy):
        copy.edit("datapackage/types.csv", "Prostate", "Bladder | bowel")
        copy.edit("datapackage/sources.csv", "16,unresolved,,,,,,,\n", "")
        return bm.diff(ROOT, copy.root)

    def test_text(self, difference):
        lines = DIFF_REPORTS["text"](difference).splitlines()
        assert lines[0] == "MAJOR  row-removed       sources[16]"
        assert lines[1] == (
            "PATCH  cell              types[osteoblastic].common_cancers  'Prostate' → 'Bladder | bowel'"
        )
        assert lines[2].startswith(f"{bm.__version__} → {bm.__version__}: MAJOR; the smallest")

    def test_json(self, difference):
        document = json.loads(DIFF_REPORTS["json"](difference))
        assert (document["level"], document["smallest"]) == ("MAJOR", str(difference.smallest))
        assert document["changes"][1] == {
            "kind": "cell",
            "level": "PATCH",
            "resource": "types",
            "row": "osteoblastic",
            "column": "common_cancers",
            "old": "Prostate",
            "new": "Bladder | bowel",
        }

    def test_markdown(self, difference):
        lines = DIFF_REPORTS["markdown"](difference).splitlines()
        assert lines[-1] == (
            "| PATCH | cell | types[osteoblastic].common_cancers | Prostate | Bladder \\| bowel |"
        )

    def test_a_long_list_is_counted(self, copy):
        place = copy.root / "datapackage/sources.csv"
        text = place.read_text(encoding="utf-8")
        place.write_text(text + "".join(f"{n},unresolved,,,,,,,\n" for n in range(100, 150)))
        text = DIFF_REPORTS["text"](bm.diff(ROOT, copy.root))
        assert text.count("MINOR  row-added") == 20
        assert "… and 30 more of the kind row-added in sources" in text

    def test_no_difference(self):
        assert "do not differ" in DIFF_REPORTS["text"](bm.diff(ROOT, ROOT))


def test_versions_are_three_numbers():
    for text in ("1.0", "1.0.0.0", "v1.0.0", "1.0.0-rc1", "01.0.0", ""):
        with pytest.raises(bm.BonemetError, match="is not a version"):
            Version.parse(text)


def test_an_archive_of_the_folder_is_the_same_package(copy):
    with zipfile.ZipFile(shutil.make_archive(copy.root.parent / "a", "zip", copy.root)) as archive:
        assert "datapackage.json" in archive.namelist()
    assert bm.diff(copy.root, copy.root.parent / "a.zip").level == NONE


@pytest.mark.parametrize("name", bm.tables())
def test_every_published_pattern_can_be_compared(name):
    package = open_package(ROOT)
    for field in package.schema(package.resource(name)).fields:
        if pattern := field.constraints.get("pattern"):
            body = pattern.removeprefix("^").removesuffix("$")
            assert matches_within(pattern, f"({body})|x")
            assert not matches_within(f"({body})|:", pattern)


@pytest.mark.parametrize("escape", sorted(r"nrt\|.?*+(){}-[]^$/"))
def test_every_escape_can_be_compared(escape):
    for pattern in (rf"\{escape}", rf"[\{escape}]", rf"[a\{escape}b]"):
        assert matches_within(pattern, f"{pattern}|xyz")
        assert not matches_within(f"{pattern}|xyz", pattern)


def test_keys_with_commas_do_not_collide(tmp_path):
    for name, rows in (("old", '"a, b",c,1\na,"b, c",2\n'), ("new", '"a, b",c,1\na,"b, c",3\n')):
        (tmp_path / name).mkdir()
        columns = {
            "fields": [{"name": n, "type": "string"} for n in "pqr"],
            "primaryKey": ["p", "q"],
        }
        resource = {"name": "r", "path": "r.csv", "schema": columns}
        descriptor = {"name": "x", "resources": [resource]}
        (tmp_path / name / "datapackage.json").write_text(json.dumps(descriptor))
        (tmp_path / name / "r.csv").write_text("p,q,r\n" + rows)
    difference = bm.diff(tmp_path / "old", tmp_path / "new")
    assert [(c.kind, c.column, c.old, c.new) for c in difference.changes] == [
        ("cell", "r", "2", "3")
    ]
    assert difference.smallest is None
    assert "states no version" in DIFF_REPORTS["text"](difference)
    assert json.loads(DIFF_REPORTS["json"](difference))["smallest"] is None
