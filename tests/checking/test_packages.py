"""Checks of files that a data package describes, and of files that look like something else."""

import gzip
import json
import os

import polars as pl
import pytest

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, BonemetError, DataError, OutputError, PackageError
from bonemet_data.reporting.finding import Severity
from bonemet_data.reporting.rules import Rule
from tests.checking.cases import AB
from tests.reading.test_resources import xlsx, zipped

SCHEMA = {
    "fields": [
        {"name": "id", "type": "string", "constraints": {"unique": True}},
        {"name": "n", "type": "integer"},
    ]
}
ROWS = [("a", 1), ("b", 2)]


@pytest.fixture
def check(tmp_path):
    """Write a package of one resource, and check its file against it."""

    def run(data, entry=None, file="d.csv", **options):
        place = tmp_path / file
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)
        resource = {"name": "d", "path": file, "schema": SCHEMA} | (entry or {})
        (tmp_path / "datapackage.json").write_text(
            json.dumps({"name": "p", "resources": [resource]})
        )
        return bm.check(place, tmp_path / "datapackage.json", **options)

    return run


def found(report):
    return [(f.line, f.column, f.value, str(f.rule)) for f in report.findings]


WRONG = [
    ({"quoteChar": "'"}, "id,n\n'a',1\na,2\n", [(2, "id", "a", "unique"), (3, "id", "a", "unique")]),
    ({"header": False}, "id,n\nx,1\n", [(1, "n", "n", "type")]),
    ({"commentChar": "#"}, "id,n\n#,x\na,x\n", [(3, "n", "x", "type")]),
    ({"skipInitialSpace": True}, "id, n\na, x\n", [(2, "n", "x", "type")]),
    ({"escapeChar": "\\"}, "id,n\na\\,b,x\n", [(2, "n", "x", "type")]),
    ({"headerRows": [2]}, "x\nid,n\na,x\n", [(3, "n", "x", "type")]),
    ({"lineTerminator": "\r"}, "id,n\ra,x\r", [(2, "n", "x", "type")]),
    ({"commentChar": "#"}, 'id,n\n"a,1\nb,x\n', [(2, None, '"a,1', "not-csv"), (3, "n", "x", "type")]),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "data", "findings"), WRONG)
def test_an_error_in_a_dialect(check, dialect, data, findings):
    assert found(check(data, {"dialect": dialect})) == findings


def test_a_null_sequence_is_a_missing_value(check):
    dialect = {"nullSequence": "\\N"}
    assert check("id,n\na,\\N\n", {"dialect": dialect}).valid
    required = {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer", "missingValues": ["-"], "constraints": {"required": True}}]}  # fmt: skip
    entry = {"dialect": dialect, "schema": required}
    assert found(check("id,n\na,\\N\nb,-\n", entry)) == [
        (2, "n", None, "required"), (3, "n", None, "required"),
    ]  # fmt: skip


@pytest.mark.parametrize("dialect", ["d.json", None, 5, [], {"delimiter": 1}])
def test_a_dialect_that_cannot_be_used_is_one_clear_error(check, dialect):
    with pytest.raises(BonemetError, match=r"dialect|d\.json"):
        check("id,n\na,1\n", {"dialect": dialect})


def test_options_override_the_resource(check):
    data = "id;n\ná;1\n".encode("cp1252")
    entry = {"encoding": "utf-16", "dialect": {"delimiter": "|"}}
    assert check(data, entry, separator=";", encoding="cp1252").valid


def forms():
    text = "id,n\n" + "".join(f"{name},{number}\n" for name, number in ROWS)
    frame = pl.DataFrame({"id": [name for name, _ in ROWS], "n": [number for _, number in ROWS]})
    sink = {}
    for form, write in (("parquet", frame.write_parquet), ("arrow", frame.write_ipc)):
        import io

        out = io.BytesIO()
        write(out)
        sink[f"d.{form}"] = out.getvalue()
    return sink | {
        "d.csv": text.encode(),
        "d.tsv": text.replace(",", "\t").encode(),
        "d.csv.gz": gzip.compress(text.encode()),
        "d.csv.zip": zipped(**{"x.csv": text}),
        "d.json": json.dumps([dict(zip(("id", "n"), row, strict=True)) for row in ROWS]).encode(),
        "d.ndjson": b'{"id": "a", "n": 1}\n{"id": "b", "n": 2}\n',
        "d.xlsx": xlsx(Sheet=[["id", "n"], *ROWS]),
    }


@pytest.mark.parametrize("name", forms())
@pytest.mark.parametrize("maximum", [2, 1])
def test_one_verdict_for_one_table(tmp_path, name, maximum):
    place = tmp_path / name
    place.write_bytes(forms()[name])
    schema = {
        "fields": [SCHEMA["fields"][0], SCHEMA["fields"][1] | {"constraints": {"maximum": maximum}}]
    }
    report = bm.check(place, schema)
    assert (report.rows, [(f.row, f.column, f.value, str(f.rule)) for f in report.findings]) == (
        2,
        [(2, "n", "2", "maximum")] if maximum == 1 else [],
    )


LOOKS = [
    ("d.csv", gzip.compress(b"a,b\n"), "is a gzip file"),
    ("d.csv", zipped(a="b"), "is a ZIP file"),
    ("d.csv", xlsx(Sheet=[["a", "b"]]), "Excel"),
    ("d.csv", forms()["d.parquet"], "is a Parquet file"),
    ("d.csv", forms()["d.arrow"], "is an Arrow file"),
    ("d.csv", "a,b\n1,2\n".encode("utf-16"), r"looks like UTF-16: pass encoding='utf-16' \(--encoding utf-16\)"),
    ("d.csv", "a,b\n1,2\n".encode("utf-16-le"), "--encoding utf-16-le"),
    ("d.csv", b"a,b\r1,2\r", "carriage returns as line ends"),
    ("d.csv", b"a;b\n1;2\n", r"but by semicolons: pass separator=';' \(--separator ';'\)"),
    ("d.csv", b"a\tb\n1\t2\n", "but by tabs"),
    ("d.csv", b"a:b\n1:2\n", r"but by ':': pass separator=':'"),
    ("d.tsv", b"a,b\n1,2\n", "is not separated by tabs, but by commas"),
    ("d.csv", "a,b\nKöln,1\nMünchen,2\n".encode("latin-1"), r"is not UTF-8, and .*\(--encoding windows-1252\)"),
    ("d.csv", "a,b\nМосква,1\nКазань,2\n".encode("cp1251"), "is not UTF-8, and looks like"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "message"), LOOKS, ids=[each[2] for each in LOOKS])
@pytest.mark.parametrize("described", [False, True])
def test_what_a_file_looks_like(tmp_path, name, data, message, described):
    """A descriptor that does not state the separator or the encoding changes nothing."""
    (tmp_path / name).write_bytes(data)
    schema = AB
    if described:
        schema = tmp_path / "datapackage.json"
        entry = {"name": "d", "path": name, "schema": AB}
        schema.write_text(json.dumps({"resources": [entry]}))
    if described and "looks like UTF-16" in message:  # a byte order mark states the encoding
        assert bm.check(tmp_path / name, schema).valid
        return
    with pytest.raises((ArgumentError, DataError), match=message):
        bm.check(tmp_path / name, schema)


@pytest.mark.parametrize("dialect", [{"commentChar": "#"}, {"headerRows": [2]}])
def test_a_file_in_a_dialect_that_lacks_the_delimiter(tmp_path, check, dialect):
    with pytest.raises(ArgumentError, match="but by semicolons"):
        check("#\nid;n\na;1\n", {"dialect": dialect})
    (finding,) = bm.validate_package(tmp_path).findings
    assert (finding.severity, finding.rule) == ("error", "columns")
    assert finding.message.endswith('add "delimiter": ";" to the dialect')


@pytest.mark.parametrize(
    "cell", [b"x\xff", "Köln".encode("latin-1"), "Köln, Łódź".encode() + b"\xf6 \xf6"]
)
def test_a_byte_that_is_not_utf_8_is_a_wrong_cell(tmp_path, cell):
    (tmp_path / "d.csv").write_bytes(b'a,b\n"' + cell + b'",2\n')
    assert found(bm.check(tmp_path / "d.csv", AB))[0][1::2] == ("a", "encoding")


def test_a_mistyped_column(tmp_path):
    (tmp_path / "d.csv").write_text("lesion_type,age\nmixed,5\n")
    with pytest.raises(
        ArgumentError, match=r"no column 'lesion_typ' in .+\. Did you mean lesion_type"
    ):
        bm.check(tmp_path / "d.csv", columns={"lesion_typ": "types"})


@pytest.mark.parametrize("encoding", ["no such", "base64", ""])
def test_an_encoding_that_is_unknown(tmp_path, encoding):
    (tmp_path / "d.csv").write_text("a,b\n1,2\n")
    if encoding:
        with pytest.raises(ArgumentError, match="is unknown"):
            bm.check(tmp_path / "d.csv", AB, encoding=encoding)
    else:
        assert bm.check(tmp_path / "d.csv", AB, encoding=encoding).valid


def test_resources_with_one_file_name(tmp_path):
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "d.csv").write_text("x\nt\n")
    resources = [
        {"name": folder, "path": f"{folder}/d.csv", "schema": {"fields": [{"name": "x", "type": kind}]}}
        for folder, kind in (("a", "integer"), ("b", "string"))
    ]  # fmt: skip
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": resources}))
    descriptor = tmp_path / "datapackage.json"
    assert [bm.check(tmp_path / f"{each}/d.csv", descriptor).errors for each in "ab"] == [1, 0]


TARGETS = {
    "another column": (b"k,other\nx,bad\n", {}, None),
    "a latin-1 file": ("k,other\nx,é\n".encode("latin-1"), {"encoding": "latin-1"}, None),
    "a compressed file": (gzip.compress(b"k,other\nx,1\n"), {"path": "t.csv.gz"}, None),
    "inline": (None, {"path": None, "data": [{"k": "x", "other": 1}]}, None),
    "a comment": (b"k,other\n#\nx,1\n", {"dialect": {"commentChar": "#"}}, None),
    "a lost quote": (b'k,other\n"x,1\n', {}, r"t\.csv:2: malformed quoting"),
    "a column that is missing": (b"key,other\nx,1\n", {}, "missing column 'k'"),
    "a byte": (b"k,other\nx,1\n\xff,1\n", {}, r"t\.csv:3: is not UTF-8"),
    "a format": (b"", {"path": "t.png"}, "not implemented"),
    "a remote file": (b"", {"path": "https://example.org/t.csv"}, "never fetched"),
}


@pytest.mark.parametrize("case", TARGETS)
def test_the_target_of_a_foreign_key(tmp_path, case):
    data, change, message = TARGETS[case]
    fields = [{"name": "k", "type": "string"}, {"name": "other", "type": "integer"}]
    target = {"name": "t", "path": "t.csv", "schema": {"fields": fields}} | change
    target = {key: value for key, value in target.items() if value is not None}
    if data is not None and "://" not in target["path"]:
        (tmp_path / target["path"]).write_bytes(data)
    own = {
        "fields": [{"name": "r", "type": "string"}],
        "foreignKeys": [{"fields": ["r"], "reference": {"resource": "t", "fields": ["k"]}}],
    }
    resources = [
        {"name": "d", "path": "d.csv", "schema": own},
        target,
        {"name": "image", "path": "i.png"},
        {"name": "inline", "data": {"any": "thing"}},
        {"name": ["broken"]},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": resources}))
    (tmp_path / "d.csv").write_text("r\nx\ny\n")
    if message:
        with pytest.raises(DataError, match=message):
            bm.check(tmp_path / "d.csv", tmp_path / "datapackage.json")
    else:
        assert [
            f.value for f in bm.check(tmp_path / "d.csv", tmp_path / "datapackage.json").findings
        ] == ["y"]


@pytest.mark.parametrize("engine", ["check", "validate"])
def test_a_target_with_invalid_cells(tmp_path, engine):
    """An invalid cell is equal to no value, so that its other cells are enough to compare with."""
    fields = [{"name": "k", "type": "integer"}]
    key = {"fields": ["r"], "reference": {"resource": "t", "fields": ["k"]}}
    own = {"fields": [{"name": "r", "type": "integer"}], "foreignKeys": [key]}
    resources = [
        {"name": "d", "path": "d.csv", "schema": own},
        {"name": "t", "path": "t.csv", "schema": {"fields": fields}},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": resources}))
    (tmp_path / "d.csv").write_text("r\n1\n2\n3\n")
    (tmp_path / "t.csv").write_text("k\n1\nx\n3\ny\n")
    if engine == "check":
        output = tmp_path / "findings.jsonl"
        report = bm.check(tmp_path / "d.csv", tmp_path / "datapackage.json", output=output)
        lines = output.read_text().splitlines()
        assert [json.loads(line)["rule"] for line in lines] == ["foreignKeys"] * 2
    else:
        report = bm.validate_package(tmp_path)
    not_checked, error = [f for f in report.findings if f.rule is Rule.FOREIGN_KEYS]
    assert (error.severity, error.row, error.value) == (Severity.ERROR, 2, "2")
    assert (not_checked.severity, not_checked.column) == (Severity.NOT_CHECKED, "r")
    assert not_checked.message.startswith("was compared only with the valid cells of t: ")
    assert not_checked.message.endswith("t.csv:3: k: 'x' is not an integer and 1 more")


def test_a_package_in_an_archive(tmp_path):
    resource = {"name": "d", "path": "d.csv", "schema": SCHEMA}
    document = json.dumps({"name": "p", "resources": [resource]})
    (tmp_path / "p.zip").write_bytes(zipped(**{"datapackage.json": document, "d.csv": "id,n\n"}))
    (tmp_path / "d.csv").write_text("id,n\na,x\n")
    assert bm.check(tmp_path / "d.csv", tmp_path / "p.zip").errors == 1


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "https://example.org/p/datapackage.json",
            "https://example.org/p/datapackage.json is a URL",
        ),
        ("/nonexistent", "/nonexistent does not exist"),
        ("/nonexistent/datapackage.json", "does not exist"),
    ],
)
def test_a_package_that_does_not_exist(path, message):
    with pytest.raises(PackageError, match=message):
        bm.validate_package(path)


def test_a_file_edited_in_place_with_its_old_times(tmp_path):
    place = tmp_path / "d.csv"
    place.write_text("id,n\n" + "a,1\n" * 100)
    status = place.stat()

    def edit(*_):
        place.write_text("id,n\n" + "b,1\n" * 100)
        os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))

    with pytest.raises(DataError, match="changed during the check"):
        bm.check(place, SCHEMA, progress=edit)


def test_an_arrow_file_that_is_truncated_while_it_is_read(tmp_path):
    place = tmp_path / "d.arrow"
    frame = pl.DataFrame({"id": [str(at) for at in range(200_000)], "n": range(200_000)})
    frame.write_ipc(place, compression="uncompressed")
    report = bm.check(place, SCHEMA, progress=lambda *_: os.truncate(place, 1000))
    assert report.rows == 200_000


@pytest.mark.parametrize("repeat", [10, 200_000])
def test_the_verdict_does_not_depend_on_the_size(tmp_path, repeat):
    """A bare quote in a bare cell, and quoted line feeds after it."""
    place = tmp_path / "d.csv"
    place.write_text("a,b\n" + '-1,5" nail\n2,"x\ny"\n' * repeat)
    report = bm.check(place, AB)
    assert (report.valid, report.rows) == (True, 2 * repeat)


@pytest.mark.parametrize("name", ["datapackage.json", "d.csv", "target.csv", "s.json"])
def test_findings_do_not_replace_what_they_are_about(tmp_path, name):
    schema = {
        "fields": [{"name": "r", "type": "string"}],
        "foreignKeys": [{"fields": ["r"], "reference": {"resource": "t", "fields": ["k"]}}],
    }
    (tmp_path / "s.json").write_text(json.dumps(schema))
    target = {
        "name": "t",
        "path": "target.csv",
        "schema": {"fields": [{"name": "k", "type": "string"}]},
    }
    own = {"name": "d", "path": "d.csv", "schema": "s.json"}
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"name": "p", "resources": [own, target]})
    )
    (tmp_path / "d.csv").write_text("r\nx\n")
    (tmp_path / "target.csv").write_text("k\nx\n")
    before = (tmp_path / name).read_bytes()
    with pytest.raises(OutputError, match="choose another"):
        bm.check(tmp_path / "d.csv", tmp_path / "datapackage.json", output=tmp_path / name)
    assert (tmp_path / name).read_bytes() == before


def test_findings_do_not_replace_the_schema(tmp_path):
    (tmp_path / "s.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "d.csv").write_text("id,n\na,x\n")
    with pytest.raises(OutputError, match="choose another"):
        bm.check(tmp_path / "d.csv", tmp_path / "s.json", output=tmp_path / "s.json")
    assert json.loads((tmp_path / "s.json").read_text()) == SCHEMA
