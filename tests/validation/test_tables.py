"""Cells and keys against the schemas."""

import pytest

import bonemet_data as bm
from bonemet_data.reporting.finding import Severity

from .helpers import edit_json, places, refers, write_package

# file, what is replaced, by what; then the findings: rule, resource, line, column
SMALL = [
    ("sites", "name,opened", "title,opened", [("columns", "sites", 1, None)]),
    ("sites", "2021-05-01", "2021-05-32", [("type", "sites", 2, "opened")]),
    ("sites", "North field", "", [("required", "sites", 2, "name")]),
    ("sites", "North field", "A field in the far North", [("maxLength", "sites", 2, "name")]),
    ("samples", "1,north,0.5", "1_0,north,0.5", [("type", "samples", 2, "sample_id")]),
    ("samples", "1,north,0.5", "1,north,-0.5", [("minimum", "samples", 2, "depth")]),
    ("samples", "1,north,0.5", "1,north,100.5", [("maximum", "samples", 2, "depth")]),
    ("samples", "clay", "mud", [("enum", "samples", 3, "soil")]),
    ("samples", "3,south", "2,south", [("unique", "samples", 3, "sample_id"), ("unique", "samples", 4, "sample_id"), ("primaryKey", "samples", 3, "sample_id"), ("primaryKey", "samples", 4, "sample_id")]),
    ("samples", "3,south", "3,west", [("foreignKeys", "samples", 4, "site_id")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "expected"), SMALL)
def test_one_fault_gives_its_finding_at_its_place(small, table, old, new, expected):
    small.edit(f"data/{table}.csv", old, new)
    small.restamp()
    found = places(bm.validate_package(small.root))
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_columns_in_another_order(tmp_path):
    fields = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]
    report = write_package(tmp_path, {"fields": fields}, "b,a\n1,x\n")
    assert places(report) == [("columns", "r", 1, None)]
    assert report.findings[0].message == "wrong column order: reorder the columns to a, b"


@pytest.mark.parametrize("dialect", [{}, {"commentChar": "#"}], ids=["plain", "dialect"])
@pytest.mark.parametrize("second", ["", 'a,"b\n'], ids=["one header", "two headers"])
def test_the_rows_below_a_malformed_header_are_checked(tmp_path, dialect, second):
    fields = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]
    (tmp_path / "s.csv").write_text(f"{second}w,3\nv,y\n")
    paths = {"path": ["r.csv", "s.csv"], "dialect": dialect}
    report = write_package(tmp_path, {"fields": fields}, 'a,"b\nu,x\nz,2\n', **paths)
    assert [(f.rule, f.row, f.column, f.value) for f in report.findings] == [
        *[("not-csv", None, None, None)] * (2 if second else 1),
        ("type", 1, "b", "x"),
        ("type", 4, "b", "y"),
    ]


def test_a_finding_has_line_row_value_and_file(small):
    small.edit("data/sites.csv", "North field", '"North\nfield"')
    small.edit("data/sites.csv", 'lake",', 'lake",soon')
    small.restamp()
    (finding,) = bm.validate_package(small.root).findings
    assert (finding.line, finding.row, finding.value) == (4, 2, "soon")
    assert str(finding).endswith("data/sites.csv:4: opened: 'soon' " + finding.message)


FIELDS = {
    "boolean": {"name": "a", "type": "boolean", "constraints": {"enum": [True]}},
    "number": {"name": "a", "type": "number", "bareNumber": True, "decimalChar": "."},
    "two": {"name": "a", "type": "string", "constraints": {"enum": ["x", "yyy"], "minLength": 2}},
    "above": {"name": "a", "type": "number", "constraints": {"exclusiveMinimum": 0}},
    "below": {"name": "a", "type": "number", "constraints": {"exclusiveMaximum": 1}},
    "text": {"name": "a", "type": "string"},
    "key": {"name": "a", "type": "string"},
    "category": {"name": "a", "type": "string", "categories": ["x", "y"]},
    "object": {"name": "a", "type": "object", "constraints": {"jsonSchema": {"required": ["k"]}}},
}
ANY = [
    # the field, the file, and the findings
    ("category", "a\nx\nz\n", [("categories", "r", 3, "a")]),
    ("object", 'a\n"{""k"": 1}"\n{}\n', [("jsonSchema", "r", 3, "a")]),
    ("boolean", "a\nTRUE\n", []),
    ("number", "a\n1.5\n", []),
    ("two", "a\nx\nyyy\n", [("minLength", "r", 2, "a")]),
    ("above", "a\n0\n1\n", [("exclusiveMinimum", "r", 2, "a")]),
    ("below", "a\n0\n1\n", [("exclusiveMaximum", "r", 3, "a")]),
    ("text", '"a"\n"x"\n', []),
    ("text", 'a\r\n"x\ny"\r\nz\r\n', []),
    ("text", "a\nstraße\nstrasse\n", []),
]


@pytest.mark.parametrize(("field", "data", "expected"), ANY)
def test_what_the_standard_allows(tmp_path, field, data, expected):
    assert places(write_package(tmp_path, {"fields": [FIELDS[field]]}, data)) == expected


def test_the_keys_of_a_table(tmp_path):
    fields = [{"name": name, "type": "integer"} for name in ("id", "parent", "born")]
    fields[2]["type"] = "date"
    schema = {"fields": fields, "primaryKey": "id", "foreignKeys": [refers("parent", "", "id")]}
    assert write_package(
        tmp_path, schema, "id,parent,born\r\n1,,2001-02-28\r\n2,1,2001-02-28\r\n"
    ).valid
    report = write_package(
        tmp_path, schema, "id,parent,born\r\n1,,2001-02-30\r\n1,3,2001-02-28\r\n"
    )
    assert places(report) == [
        ("type", "r", 2, "born"),
        ("primaryKey", "r", 2, "id"),
        ("primaryKey", "r", 3, "id"),
        ("foreignKeys", "r", 3, "parent"),
    ]


def test_unique_keys_and_missing_parts(tmp_path):
    fields = [{"name": name, "type": "string"} for name in "ab"]
    report = write_package(
        tmp_path, {"fields": fields, "uniqueKeys": [["a", "b"]]}, "a,b\nx,1\nx,1\nx,\nx,\n"
    )
    assert places(report) == [("uniqueKeys", "r", 2, "a, b"), ("uniqueKeys", "r", 3, "a, b")]
    report = write_package(tmp_path, {"fields": fields, "primaryKey": ["a", "b"]}, "a,b\nx,1\nx,\n")
    assert places(report) == [("primaryKey", "r", 3, "b")]


COMPOSITE = [
    # types of the two columns, the file, whether it is valid
    ("string", "a,b,c,d\nx,,p,q\np,q,p,q\n", True),
    ("date", "a,b,c,d\n2020-01-01,x,2020-01-01,x\n", True),
    ("string", "a,b,c,d\nx,y,p,q\np,q,p,q\n", False),
]


@pytest.mark.parametrize(("kind", "data", "valid"), COMPOSITE)
def test_composite_foreign_keys(tmp_path, kind, data, valid):
    fields = [{"name": name, "type": kind if name in "ac" else "string"} for name in "abcd"]
    key = refers(["a", "b"], "", ["c", "d"])
    report = write_package(tmp_path, {"fields": fields, "foreignKeys": [key]}, data)
    assert places(report) == ([] if valid else [("foreignKeys", "r", 2, "a, b")])


@pytest.mark.parametrize(
    ("reference", "severity", "rule"),
    [
        ({"resource": "sites", "fields": ["opened"]}, Severity.NOT_CHECKED, "foreignKeys"),
        ({"resource": "sites", "fields": ["title"]}, Severity.ERROR, "foreignKeys"),
        ({"resource": "fields", "fields": ["site_id"]}, Severity.ERROR, "foreignKeys"),
        ({"resource": "sites", "fields": ["site_id"], "package": "x"}, Severity.NOT_CHECKED, "unsupported"),
    ],
)  # fmt: skip
def test_a_foreign_key_that_cannot_be_checked(small, reference, severity, rule):
    path = small.root / "schemas/samples.json"
    edit_json(path, lambda s: s["foreignKeys"][0].update(reference=reference))
    findings = bm.validate_package(small.root).findings
    assert [(f.severity, f.rule, f.column) for f in findings] == [(severity, rule, "site_id")]


def test_a_foreign_key_to_a_table_that_cannot_be_read_is_not_checked(small):
    (small.root / "data/sites.csv").unlink()
    missing, key = bm.validate_package(small.root).findings
    assert (missing.rule, missing.severity) == ("missing-file", Severity.ERROR)
    assert (key.rule, key.severity) == ("foreignKeys", Severity.NOT_CHECKED)


def test_a_foreign_key_to_cells_that_cannot_be_parsed_is_not_checked(small):
    integer = {"name": "site_id", "type": "integer"}
    for table in ("sites", "samples"):
        path = small.root / f"schemas/{table}.json"
        edit_json(
            path,
            lambda s: [
                f.clear() or f.update(integer) for f in s["fields"] if f["name"] == "site_id"
            ],
        )
    small.edit("data/sites.csv", "south", "7")
    small.restamp()
    key, cell, *_ = [
        f for f in bm.validate_package(small.root).findings if f.resource == "samples"
    ][::-1]
    assert (key.rule, key.severity) == ("foreignKeys", Severity.NOT_CHECKED)
    assert "data/sites.csv:2: site_id: 'north' is not an integer" in key.message
    assert cell.rule == "type"


def test_a_report_counts_rows_cells_and_resources(small):
    small.edit("data/samples.csv", "0.5,sand", "-1,mud")
    small.restamp()
    report = bm.validate_package(small.root)
    assert (report.title, report.resources, report.rows, report.cells) == ("small 1.0.0", 2, 5, 2)
    assert report.errors == 2


def test_every_error_is_reported_however_many_there_are(tmp_path):
    schema = {"fields": [{"name": "a", "type": "integer"}]}
    assert write_package(tmp_path, schema, "a\n" + "x\n" * 20_000).errors == 20_000


def test_a_foreign_key_is_compared_with_the_valid_cells_of_its_target(small):
    """The finding about what was not compared names the file and the line of the first cell."""
    small.edit("schemas/sites.json", '"name": "site_id",', '"name": "site_id", "format": "uuid",')
    small.restamp()
    findings = [f for f in bm.validate_package(small.root).findings if f.rule == "foreignKeys"]
    (finding, *rest) = findings
    assert finding.severity is Severity.NOT_CHECKED
    assert "data/sites.csv:2: site_id: 'north' is not" in finding.message
    assert finding.message.endswith("and 1 more")
    assert {each.resource for each in rest} == {"samples"}
