"""The form of CSV files: one fault gives one finding, at its line."""

import pytest

import bonemet_data as bm
from bonemet_data.reporting.finding import Severity

from ..helpers import places, write_package

# file, what is replaced, by what; then the findings: rule, resource, line, column
SITES = [
    (b"site_id,name", b"\xef\xbb\xbfsite_id,name", [("byte-order-mark", 1, None)]),
    (b'lake",\n', b'lake",', [("final-newline", 3, None)]),
    (b"05-01\n", b"05-01\r\n", [("line-ending", 2, None)]),
    (b"05-01\n", b"05-01\r", [("line-ending", 2, None)]),
    (b"North f", b"North\0f", [("control-character", 2, "name")]),
    (b"North f", b"North\tf", [("control-character", 2, "name")]),
    (b"North f", b"North\x7ff", [("control-character", 2, "name")]),
    (b"North f", "North\u2028f", [("control-character", 2, "name")]),
    (b"field,", b"field ,", [("surrounding-space", 2, "name")]),
    (b",North", b", North", [("surrounding-space", 2, "name")]),
    (b",North", ",\u00a0North", [("surrounding-space", 2, "name")]),
    (b"North f", "North\u200bf", [("zero-width", 2, "name")]),
    (b"field,", "field\u200b,", [("zero-width", 2, "name")]),
    (b"North f", "North\u202ef", [("zero-width", 2, "name")]),
    (b"North f", "Norte\u0301 f", [("not-nfc", 2, "name")]),
    (b",North", b",=North", [("formula", 2, "name")]),
    (b",North", b",+North", [("formula", 2, "name")]),
    (b",North", b",-North", [("formula", 2, "name")]),
    (b",North", b",@North", [("formula", 2, "name")]),
    (b'lake",\n', b'lake",\n\n', [("blank-line", 4, None)]),
    (b",opened", b",name", [("duplicate-header", 1, "name"), ("columns", 1, "opened")]),
    (b",opened\n", b",opened \n", [("surrounding-space", 1, "opened ")]),
    (b"North", b"North\xff\xfe", [("encoding", 2, "name")]),
    (b'"South, by', b"South, by", [("ragged-row", 3, None), ("surrounding-space", 3, "opened")]),
    (b"2021-05-01", b"2021-05-01\0", [("control-character", 2, "opened")]),
    (b"2021-05-01", b"2021-05-01 ", [("surrounding-space", 2, "opened")]),
    (b"2021-05-01", "2021-05-01\u200b", [("zero-width", 2, "opened")]),
    (b"2021-05-01", b"\xef\xbb\xbf2021-05-01", [("zero-width", 2, "opened")]),
    (b"2021-05-01\n", b"2021-05-01\rx", [("line-ending", 2, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), SITES)
def test_one_fault_gives_its_finding_at_its_line(small, old, new, expected):
    small.describe(lambda d: d["resources"].pop())  # so that nothing refers to the sites
    (small.root / "schemas/samples.json").unlink()
    small.edit("data/sites.csv", old, new)
    small.restamp()
    report = bm.validate_package(small.root, house=True)
    assert [(f.rule, f.line, f.column) for f in report.findings] == expected
    assert {f.severity for f in report.findings} == {Severity.ERROR}
    assert {f.resource for f in report.findings} == {"sites"}
    assert all(f.file.endswith("data/sites.csv") for f in report.findings)


def test_a_row_is_numbered_without_blank_lines_and_the_header(small):
    small.edit("data/samples.csv", b"\n2,north,12", b"\n\n2,north,=12")
    small.restamp()
    (blank, number) = bm.validate_package(small.root, house=True).findings
    assert (blank.rule, blank.line, blank.row) == ("blank-line", 3, None)
    assert (number.rule, number.line, number.row) == ("type", 4, 2)


def test_a_lost_quote_does_not_hide_other_faults(small):
    small.edit("data/sites.csv", '"South, by the lake"', '"South, by the lake')
    small.edit("data/sites.csv", "North field", " North field")
    small.restamp()
    report = bm.validate_package(small.root, house=True)
    assert [place for place in places(report) if place[1] == "sites"] == [
        ("not-csv", "sites", 3, None),
        ("surrounding-space", "sites", 2, "name"),
    ]


def test_a_table_with_a_lost_quote_is_not_a_target_of_foreign_keys(small):
    small.edit("data/sites.csv", '"South, by the lake"', '"South, by the lake')
    small.restamp()
    assert places(bm.validate_package(small.root, house=True)) == [
        ("not-csv", "sites", 3, None),
        ("foreignKeys", "samples", None, "site_id"),
    ]


def test_ids_that_differ_only_in_case(small):
    small.edit("schemas/sites.json", "[a-z]+", "[A-Za-z]+")
    small.edit("data/sites.csv", "south,", "North,")
    small.edit("data/samples.csv", "south", "North")
    small.restamp()
    assert places(bm.validate_package(small.root, house=True)) == [
        ("id-case", "sites", 3, "site_id")
    ]


def test_keys_that_differ_only_in_case_across_two_columns(tmp_path):
    fields = [{"name": name, "type": "string"} for name in "ab"]
    schema = {"fields": fields, "primaryKey": ["a", "b"]}
    report = write_package(tmp_path, schema, "a,b\nx,1\nX,1\n", house=True)
    assert places(report) == [("id-case", "r", 3, "a, b")]
    assert report.findings[0].value == "X, 1"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\n", [("no-rows", 1)]),
        (b"", [("not-csv", 1)]),
        (b"\n", [("not-csv", 1)]),
        (b'"a\nx\n', [("not-csv", 1)]),
    ],
)
def test_a_file_without_rows_or_header(tmp_path, data, expected):
    report = write_package(
        tmp_path, {"fields": [{"name": "a", "type": "string"}]}, data, house=True
    )
    assert [(f.rule, f.line) for f in report.findings] == expected


def test_lines_count_the_line_feeds_inside_quotes(small):
    small.edit("data/sites.csv", "North field", '"North\nfield"')
    small.edit("data/sites.csv", '"South, by', '"=South, by')
    small.restamp()
    assert places(bm.validate_package(small.root, house=True)) == [("formula", "sites", 4, "name")]


LINE_ENDINGS = [
    # data, dialect, findings
    (b"a\nx\n", {}, []),
    (b"a\r\nx\r\n", {}, []),
    (b"a\r\nx\r\n", {"lineTerminator": "\n"}, [(1, "ends with CRLF instead of LF, as do 1 other lines")]),
    (b"a\nx\n", {"lineTerminator": "\r\n"}, [(1, "ends with LF instead of CRLF, as do 1 other lines")]),
    (b"a\r\nx\ny\nz\n", {}, [(1, "ends with CRLF instead of LF")]),
    (b"a\rx\ry\r", {}, [(1, "ends with CR instead of LF, as do 2 other lines")]),
    (b'a\r\n"x\ny"\r\nz\r\n', {}, []),
]  # fmt: skip


@pytest.mark.parametrize(("data", "dialect", "expected"), LINE_ENDINGS)
def test_line_endings(tmp_path, data, dialect, expected):
    schema = {"fields": [{"name": "a", "type": "string"}]}
    report = write_package(tmp_path, schema, data, dialect=dialect, house=True)
    found = [f for f in report.findings if f.rule == "line-ending"]
    assert [(f.line, f.message) for f in found] == expected


def test_a_carriage_return_inside_quotes_is_a_control_character(tmp_path):
    schema = {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]}
    report = write_package(tmp_path, schema, b'a,b\n"x\ry",z\r1,2\n', house=True)
    assert places(report)[0] == ("line-ending", "r", 2, None)
    assert ("control-character", "r", 2, "a") in places(report)


def test_another_quote_character(tmp_path):
    schema = {
        "fields": [
            {"name": "a", "type": "string", "constraints": {"maxLength": 3}},
            {"name": "n", "type": "integer"},
        ]
    }
    data = "a;n\n'x;y';1\n'1\n2\"';2\n'x''yz';x\n"
    report = write_package(
        tmp_path, schema, data, dialect={"quoteChar": "'", "delimiter": ";"}, house=True
    )
    assert places(report) == [
        ("type", "r", 5, "n"),
        ("maxLength", "r", 3, "a"),
        ("maxLength", "r", 5, "a"),
    ]


def test_numbers_that_are_not_finite(tmp_path):
    schema = {"fields": [{"name": "a", "type": "number"}], "missingValues": ["", "NaN"]}
    report = write_package(tmp_path, schema, "a\n1\nINF\n-INF\nNaN\n-1.5e3\n", house=True)
    assert places(report) == [("not-finite", "r", 3, "a"), ("not-finite", "r", 4, "a")]


def test_a_missing_value_is_no_formula(tmp_path):
    schema = {"fields": [{"name": "a", "type": "string"}], "missingValues": ["-"]}
    assert write_package(tmp_path, schema, "a\nx\n-\n", house=True).valid


def test_a_cell_of_20_megabytes(small):
    path = small.root / "data/sites.csv"
    path.write_bytes(path.read_bytes() + b"huge," + b"x" * 20_000_000 + b",\n")
    report = bm.validate_package(small.root, house=True)
    assert ("not-csv", "sites", 4, None) in places(report)
