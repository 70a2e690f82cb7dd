"""Functional dependencies that a schema declares, in any package."""

import csv
import io
import json

import pytest

import bonemet_data as bm
from bonemet_data.validation import dependencies
from bonemet_data.validation.house import csv_form
from bonemet_data.validation.typed_tables import TypedTable
from tests.conftest import ROOT

from .helpers import edit_json, places

DECLARED = "bonemet:functionalDependencies"
ROWS = "code,label,list,license\n"
LISTS = "list,license\nhp,free\ngo,open\n"
REFERENCE = {"resource": "lists", "determinant": ["list"], "dependent": ["license"]}


@pytest.fixture
def package(tmp_path):
    """Validate a package of two tables, codes and lists, with some dependencies of codes."""

    def run(dependencies, codes, lists=LISTS, **schema):
        resources = [
            {"name": name, "path": f"{name}.csv", "schema": {"fields": fields}}
            for name, fields in (("codes", ROWS), ("lists", "list,license\n"))
        ]
        for resource, data in zip(resources, (ROWS + codes, lists), strict=True):
            names = resource["schema"]["fields"].strip().split(",")
            resource["schema"]["fields"] = [{"name": name, "type": "string"} for name in names]
            (tmp_path / resource["path"]).write_text(data, encoding="utf-8")
        resources[0]["schema"] |= {DECLARED: dependencies, **schema}
        (tmp_path / "datapackage.json").write_text("{}")
        edit_json(tmp_path / "datapackage.json", lambda d: d.update(name="x", resources=resources))
        return bm.validate_package(tmp_path)

    return run


def depends(determinant, dependent, **reference):
    return {"determinant": determinant, "dependent": dependent, **reference}


LABELS = [depends(["code"], ["label"])]
LICENSES = [depends(["list"], ["license"], reference=REFERENCE)]


@pytest.mark.parametrize(
    ("dependencies", "codes", "expected"),
    [
        (LABELS, "1,a,hp,\n1,a,go,\n2,b,hp,\n", []),
        (LABELS, "1,a,hp,\n2,b,hp,\n1,b,hp,\n", [(4, "label")]),
        (LABELS, "1,a,hp,\n1,,hp,\n", [(3, "label")]),
        (LABELS, "1,,hp,\n1,a,hp,\n", [(3, "label")]),
        (LABELS, "1,,hp,\n1,,go,\n", []),
        (LABELS, ",a,hp,\n,b,hp,\n", []),
        (LABELS, "1,a,x,\n1,b,x,\n1,b,x,\n1,c,x,\n", [(3, "label"), (5, "label")]),
        ([depends(["code", "list"], ["label"])], "1,a,hp,\n1,b,go,\n1,c,hp,\n", [(4, "label")]),
        ([depends(["code"], ["label", "list"])], "1,a,hp,\n1,b,go,\n", [(3, "label"), (3, "list")]),
        (LICENSES, "1,a,hp,free\n1,b,go,open\n1,c,no,any\n", []),
        (LICENSES, "1,a,hp,open\n1,b,hp,open\n1,c,go,\n", [(2, "license"), (3, "license"), (4, "license")]),
        ([*LABELS, *LICENSES], "1,a,hp,free\n1,b,go,free\n", [(3, "label"), (3, "license")]),
        ([], "1,a,hp,\n1,b,hp,\n", []),
    ],
)  # fmt: skip
def test_rows_that_agree_in_the_determinant(package, dependencies, codes, expected):
    found = places(package(dependencies, codes))
    assert found == [("functional-dependency", "codes", line, name) for line, name in expected]


def test_a_finding_names_the_line_and_the_value_of_the_other_row(package):
    (finding,) = package(LABELS, "1,a,hp,\n2,b,hp,\n1,b,hp,\n").findings[:1]
    assert (finding.row, finding.value) == (3, "b")
    assert finding.message == (
        "differs from line 2, where it is 'a' for the same code: correct one"
    )


def test_a_finding_about_another_resource_names_it(package):
    finding = package(LICENSES, "1,a,hp,\n").findings[0]
    assert finding.value is None
    assert finding.message == (
        "differs from lists line 2, where it is 'free' for the same list: correct one"
    )


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("code", "must be an object with determinant, dependent and perhaps reference"),
        ([{"determinant": ["code"]}], "must be an object with determinant, dependent and perhaps reference"),
        ([depends(["code"], ["label"], note="x")], "must be an object with determinant, dependent and perhaps reference"),
        ([depends(["code"], [])], "dependent must list at least one field"),
        ([depends("code", ["label"])], "determinant must list at least one field"),
        ([depends(["code"], ["name"])], "dependent lists 'name', which is not a field: correct the name"),
        ([depends([1], ["label"])], "determinant lists 1, which is not a field: correct the name"),
        ([depends(["list"], ["license"], reference={"resource": "lists"})], "the reference must have a resource, a determinant and a dependent"),
        ([depends(["list"], ["license"], reference="lists")], "the reference must have a resource, a determinant and a dependent"),
        ([depends(["list"], ["license"], reference=REFERENCE | {"resource": "files"})], "refers to the resource 'files', which does not exist: correct it"),
        ([depends(["list"], ["license"], reference=REFERENCE | {"dependent": ["label"]})], "dependent lists 'label', which is not a field: correct the name"),
        ([depends(["list"], ["license", "label"], reference=REFERENCE)], "the lists of the reference must be as long as those of the dependency"),
    ],
)  # fmt: skip
def test_a_declaration_that_is_not_right_is_a_finding_about_the_schema(package, declared, message):
    report = package(declared, "1,a,hp,free\n")
    (finding,) = report.findings
    assert places(report) == [("functional-dependency", "codes", None, f"{DECLARED}[0]")]
    assert (finding.severity, finding.message) == ("error", message)
    assert finding.file.endswith("datapackage.json")


def test_a_declaration_in_a_schema_file_is_named_there(small):
    edit_json(small.root / "schemas/samples.json", lambda s: s.update({DECLARED: [{}]}))
    (finding,) = bm.validate_package(small.root).findings
    assert finding.file.endswith("schemas/samples.json")


def test_a_resource_that_cannot_be_read_is_not_passed_over(package):
    report = package(LICENSES, "1,a,hp,free\n", 'list,license\nhp,"free\n')
    assert ("functional-dependency", "codes", None, f"{DECLARED}[0]") in places(report)
    assert report.not_checked == 1


def test_a_table_without_the_column_is_reported_once(package):
    fields = [{"name": name, "type": "string"} for name in ("code", "text")]
    report = package([depends(["code"], ["text"])], "1,a,hp,\n", fields=fields)
    assert {finding.rule for finding in report.findings} == {"columns"}


def published():
    """Return each dependency of the published schemas: resource, declaration, dependent column."""
    for path in sorted((ROOT / "schemas").glob("*.json")):
        for declared in json.loads(path.read_text(encoding="utf-8")).get(DECLARED, ()):
            for at, column in enumerate(declared["dependent"]):
                yield pytest.param(path.stem, declared, at, id=f"{path.stem}-{column}-{at}")


@pytest.mark.parametrize(("name", "declared", "at"), [*published()])
def test_each_dependency_of_the_published_schemas_is_checked(house, name, declared, at):
    """The last row gets the determinant of the first one, and another dependent value."""
    target = declared.get("reference", {"resource": name, **declared})
    first = next(
        row
        for row in csv.DictReader(io.StringIO(house.data[target["resource"]].decode()))
        if all(row[column] for column in target["determinant"])
    )
    rows = list(csv.DictReader(io.StringIO(house.data[name].decode(), newline="")))
    column = declared["dependent"][at]
    for own, other in zip(declared["determinant"], target["determinant"], strict=True):
        rows[-1][own] = first[other]
    for own, other in zip(declared["dependent"], target["dependent"], strict=True):
        rows[-1][own] = first[other]
    rows[-1][column] += "1"
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    _, file = csv_form.check(house.resources[name], text.getvalue().encode())
    tables = {**house.tables, name: TypedTable(house.resources[name], file.table)}
    found = [*dependencies.check(house.package, house.resources, tables)]
    assert [*dependencies.check(house.package, house.resources, house.tables)] == []
    assert (column, len(rows)) in {(finding.column, finding.row) for finding in found}


def test_the_published_schemas_declare_what_identifies_a_code_a_publication_and_a_license():
    declared = {
        (name, *dependency["determinant"], dependency["dependent"][at])
        for name, dependency, at in (case.values for case in published())
    }
    assert declared >= {
        ("mappings", "object_id", "object_label"),
        ("mappings", "object_id", "object_source_version"),
        ("mappings", "vocabulary_id", "license"),
        ("descendants", "object_id", "object_label"),
        ("descendants", "object_id", "object_source_version"),
        ("synonyms", "vocabulary_id", "license"),
        ("publications", "doi", "title"),
    }
