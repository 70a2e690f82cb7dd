"""Resources as tables: every property of a dialect, encodings, compressions, parts, inline data."""

import bz2
import gzip
import io
import json
import lzma
import zipfile

import polars as pl
import pytest

import bonemet_data as bm
from bonemet_data.errors import DataError, UnsupportedDataError
from bonemet_data.package.descriptor import open_package
from bonemet_data.reading.resources import open_resource
from bonemet_data.reading.temporary_files import Scratch
from bonemet_data.tableschema.parser import parse_table_schema

FIELDS = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]
ROWS = [("1", "apple"), ("2", "orange")]
CSV = "id,name\n1,apple\n2,orange\n"


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def xlsx(**sheets):
    """Write the smallest workbook that programs read."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"

    def cell(value):
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    numbered = [*enumerate(sheets, 1)]
    files = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, name in numbered)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}">'
        + "".join(f'<Relationship Id="r{at}" Type="{office}/worksheet" Target="worksheets/s{at}.xml"/>' for at, _ in numbered)
        + "</Relationships>",
    } | {
        f"xl/worksheets/s{at}.xml": f'<worksheet xmlns="{main}"><sheetData>'
        + "".join(f"<row>{''.join(map(cell, row))}</row>" for row in sheets[name])
        + "</sheetData></worksheet>"
        for at, name in numbered
    }  # fmt: skip
    return zipped(**files)


def parquet(form="parquet"):
    out = io.BytesIO()
    frame = pl.DataFrame({"id": [1, 2], "name": ["apple", "orange"]})
    frame.write_parquet(out) if form == "parquet" else frame.write_ipc(out)
    return out.getvalue()


class Reader:
    def __init__(self, root):
        self.root = root

    def package(self, entry, **files):
        for name, data in files.items():
            (self.root / name).write_bytes(data.encode() if isinstance(data, str) else data)
        entry = {"name": "t", "type": "table"} | entry
        document = {"name": "p", "resources": [entry]}
        (self.root / "datapackage.json").write_text(json.dumps(document))
        return open_package(self.root)

    def read(self, entry, schema=FIELDS, **files):
        """Return the header, the cells, the lines and the faults of all parts."""
        package = self.package(entry, **files)
        (resource,) = package.resources
        cells, lines, faults = [], [], []
        with Scratch() as scratch:
            parsed = parse_table_schema({"fields": schema}, "s") if schema else None
            tables = open_resource(package, resource, scratch, parsed)
            for table in tables:
                line = table.header_lines + 1
                for pending in table.batches(table.header):
                    batch = pending.parse()
                    rows = batch.frame.rows()
                    cells += [
                        tuple(None if cell is None else str(cell) for cell in row) for row in rows
                    ]
                    own = range(len(rows)) if batch.lines is None else batch.lines
                    lines += [line + each for each in own]
                    faults += [(f.rule, f.row, f.message) for f in batch.faults]
                    line += batch.line_count
        return tables[0].header, cells, lines, faults


@pytest.fixture
def reader(tmp_path):
    return Reader(tmp_path)


DIALECTS = {
    "default": ({}, CSV, [2, 3]),
    "header false": ({"header": False}, "1,apple\n2,orange\n", [1, 2]),
    "header false, slow": ({"header": False, "commentChar": "#"}, "1,apple\n#\n2,orange\n", [1, 3]),
    "headerRows": ({"headerRows": [2]}, "fruits\nid,name\n1,apple\n2,orange\n", [3, 4]),
    "commentRows": ({"commentRows": [2]}, "id,name\nfruits\n1,apple\n2,orange\n", [3, 4]),
    "commentRows, header": ({"commentRows": [1]}, "fruits\nid,name\n1,apple\n2,orange\n", [3, 4]),
    "commentChar": ({"commentChar": "#"}, 'id,name\n#a "\n1,apple\n#\n2,orange\n', [3, 5]),
    "commentChar, top": ({"commentChar": "#"}, "# a\n# b\nid,name\n1,apple\n2,orange\n", [4, 5]),
    "commentChar, long": ({"commentChar": "//"}, "id,name\n//a\n1,apple\n2,orange\n", [3, 4]),
    "delimiter": ({"delimiter": "|"}, CSV.replace(",", "|"), [2, 3]),
    "delimiter, tab": ({"delimiter": "\t"}, CSV.replace(",", "\t"), [2, 3]),
    "delimiter, long": ({"delimiter": "::"}, CSV.replace(",", "::"), [2, 3]),
    "delimiter, not ASCII": ({"delimiter": "§"}, CSV.replace(",", "§"), [2, 3]),
    "lineTerminator": ({"lineTerminator": ";"}, CSV.replace("\n", ";"), [2, 3]),
    "lineTerminator, CR": ({"lineTerminator": "\r"}, CSV.replace("\n", "\r"), [2, 3]),
    "lineTerminator, CRLF": ({"lineTerminator": "\r\n"}, CSV.replace("\n", "\r\n"), [2, 3]),
    "quoteChar": ({"quoteChar": "'"}, "id,name\n1,'apple'\n2,'orange'\n", [2, 3]),
    "skipInitialSpace": ({"skipInitialSpace": True}, 'id, name\n1, apple\n2,  "orange"\n', [2, 3]),
    "version 1": ({"csvddfVersion": 1.2, "caseSensitiveHeader": False}, CSV, [2, 3]),
    "not applicable": ({"sheetNumber": 2, "property": "x"}, CSV, [2, 3]),
}


@pytest.mark.parametrize("case", DIALECTS)
def test_a_dialect(reader, case):
    dialect, data, lines = DIALECTS[case]
    assert reader.read({"path": "t.csv", "dialect": dialect}, **{"t.csv": data}) == (
        ("id", "name"), ROWS, lines, [],
    )  # fmt: skip


CELLS = [
    ({}, 'id,name\n1,"a""b,\nc"\n', 'a"b,\nc'),
    ({"quoteChar": "'"}, "id,name\n1,'it''s, \"x\"'\n", 'it\'s, "x"'),
    ({"escapeChar": "\\"}, "id,name\n1,a\\,b\\\\\n", "a,b\\"),
    ({"escapeChar": "\\"}, 'id,name\n1,"a\\"b"\n', 'a"b'),
    ({"escapeChar": "\\", "nullSequence": "\\N"}, "id,name\n1,\\N\n", "\\N"),
    ({"quoteChar": ""}, 'id,name\n1,"a""b"\n', '"a""b"'),
    ({"doubleQuote": False}, 'id,name\n1,"a\'b"\n', "a'b"),
    ({"commentChar": "#"}, 'id,name\n1,"#"\n', "#"),
    ({"skipInitialSpace": False}, "id,name\n1, a\n", " a"),
    ({}, "id,name\n1,\ufeffx\n", "\ufeffx"),
    ({"commentChar": "#"}, "id,name\n1,\ufeffx\n", "\ufeffx"),
]


@pytest.mark.parametrize(("dialect", "data", "cell"), CELLS)
def test_a_cell(reader, dialect, data, cell):
    _, cells, _, faults = reader.read({"path": "t.csv", "dialect": dialect}, **{"t.csv": data})
    assert (cells, faults) == ([("1", cell)], [])


def test_a_header_of_several_rows(reader):
    """https://datapackage.org/standard/table-dialect/#headerJoin"""
    data = "fruit\nid,name\n1,apple\n2,orange\n"
    dialect = {"headerRows": [1, 2], "headerJoin": "-"}
    header, cells, _, _ = reader.read({"path": "t.csv", "dialect": dialect}, **{"t.csv": data})
    assert (header, cells) == (("fruit-id", "fruit-name"), ROWS)


def test_a_table_without_header_and_schema(reader):
    entry = {"path": "t.csv", "dialect": {"header": False}}
    assert reader.read(entry, None, **{"t.csv": "1,apple\n2,orange\n"})[:2] == (
        ("field1", "field2"),
        ROWS,
    )


def test_a_dialect_in_a_file(reader):
    entry = {"path": "t.csv", "dialect": "d.json"}
    files = {"t.csv": CSV.replace(",", ";"), "d.json": '{"delimiter": ";"}'}
    assert reader.read(entry, **files)[1] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf-8-sig", "latin-1", "iso-8859-1", "cp1252", "windows-1252", "utf-16", "utf-16-le", "utf-32", "mac-roman", "cp437"])  # fmt: skip
@pytest.mark.parametrize("dialect", [{}, {"commentChar": "#"}])
def test_an_encoding(reader, encoding, dialect):
    data = "id,name\n1,é\n".encode(encoding)
    entry = {"path": "t.csv", "encoding": encoding, "dialect": dialect}
    assert reader.read(entry, **{"t.csv": data})[:2] == (("id", "name"), [("1", "é")])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_an_encoding_that_is_not_stated_is_detected(reader, encoding):
    assert reader.read({"path": "t.csv"}, **{"t.csv": CSV.encode(encoding)})[1] == ROWS


@pytest.mark.parametrize("dialect", [{}, {"commentChar": "#"}])
def test_a_byte_that_is_not_of_the_encoding(reader, dialect):
    entry = {"path": "t.csv", "encoding": "cp1252", "dialect": dialect}
    _, cells, _, faults = reader.read(entry, **{"t.csv": b"id,name\n1,a\x81\n2,b\n"})
    assert cells == [("1", "a\\x81"), ("2", "b")]
    assert [(rule, row) for rule, row, _ in faults] == [("encoding", 0)]


def test_an_encoding_that_is_unknown(reader):
    with pytest.raises(UnsupportedDataError, match="'no such' is unknown"):
        reader.read({"path": "t.csv", "encoding": "no such"}, **{"t.csv": CSV})


PACKED = {
    "t.csv.gz": gzip.compress(CSV.encode()),
    "t.csv.bz2": bz2.compress(CSV.encode()),
    "t.csv.xz": lzma.compress(CSV.encode()),
    "t.csv.zip": zipped(**{"any.csv": CSV}),
    "t.zip": zipped(**{"any.csv": CSV}),
    "t.tsv.gz": gzip.compress(CSV.replace(",", "\t").encode()),
    "t.json.gz": gzip.compress(b'[{"id": 1, "name": "apple"}, {"id": 2, "name": "orange"}]'),
    "t.parquet.gz": gzip.compress(parquet()),
}


@pytest.mark.parametrize("name", PACKED)
def test_a_compressed_file(reader, name):
    assert reader.read({"path": name}, **{name: PACKED[name]})[:2] == (("id", "name"), ROWS)


@pytest.mark.parametrize(
    "entry", [{"compression": "gz"}, {"format": "gz"}, {"compression": "gzip"}]
)
def test_a_stated_compression(reader, entry):
    assert reader.read({"path": "t.csv"} | entry, **{"t.csv": PACKED["t.csv.gz"]})[1] == ROWS


@pytest.mark.parametrize("dialect", [{}, {"commentChar": "#"}])
@pytest.mark.parametrize(
    "second", ["id,name\n2,orange\n", "2,orange\n", "\ufeffid,name\n2,orange\n"]
)
def test_parts(reader, dialect, second):
    entry = {"path": ["a.csv", "b.csv"], "dialect": dialect}
    files = {"a.csv": "id,name\n1,apple\n", "b.csv": second}
    assert reader.read(entry, **files)[:2] == (("id", "name"), ROWS)


def test_parts_without_header(reader):
    entry = {"path": ["a.csv", "b.csv.gz"], "dialect": {"header": False}}
    files = {"a.csv": "1,apple\n", "b.csv.gz": gzip.compress(b"2,orange\n")}
    assert reader.read(entry, **files)[:2] == (("id", "name"), ROWS)


OBJECTS = [{"id": 1, "name": "apple"}, {"name": "orange", "id": 2}]
ARRAYS = [["id", "name"], [1, "apple"], [2, "orange"]]
JSON = {
    "objects": ({}, OBJECTS),
    "arrays": ({}, ARRAYS),
    "property": ({"property": "rows"}, {"rows": OBJECTS}),
    "nested property": ({"property": "data.rows"}, {"data": {"rows": ARRAYS}}),
    "property with period": ({"property": "a.b"}, {"a.b": ARRAYS}),
    "itemType": ({"itemType": "object"}, OBJECTS),
    "itemKeys": ({"itemKeys": ["id", "name"]}, [row | {"count": 5} for row in OBJECTS]),
    "header false": ({"header": False}, ARRAYS[1:]),
}


@pytest.mark.parametrize("case", JSON)
@pytest.mark.parametrize("form", ["file", "inline", "inline text", "format"])
def test_json(reader, case, form):
    dialect, document = JSON[case]
    text = json.dumps(document)
    entry, files = {
        "file": ({"path": "t.json"}, {"t.json": text}),
        "inline": ({"data": document}, {}),
        "inline text": ({"data": text, "format": "json"}, {}),
        "format": ({"path": "t.txt", "format": "json"}, {"t.txt": text}),
    }[form]
    read = reader.read(entry | {"dialect": dialect}, **files)
    assert (read[0], read[1], read[3]) == (("id", "name"), ROWS, [])


def test_json_lines(reader):
    text = "\n".join(map(json.dumps, OBJECTS)) + "\n\n"
    for name in ("t.ndjson", "t.jsonl"):
        assert reader.read({"path": name}, **{name: text})[1] == ROWS


def test_inline_csv(reader):
    assert reader.read({"data": CSV, "format": "csv"})[1] == ROWS
    assert (
        reader.read({"data": CSV.replace(",", "\t"), "mediatype": "text/tab-separated-values"})[1]
        == ROWS
    )


NATIVE = [
    ("integer", 5, "5", None),
    ("integer", 5.0, "5", None),
    ("integer", 10**30, str(10**30), None),
    ("number", 0.1, "0.1", None),
    ("number", True, "true", "is a boolean, but must be a number"),
    ("string", 5, "5", "is a number, but must be a string"),
    ("string", "5", "5", None),
    ("integer", "5", "5", None),
    ("boolean", True, "true", None),
    ("boolean", 1, "1", "is a number, but must be a boolean"),
    ("string", ["a"], '["a"]', "is an array, but must be a string"),
    ("string", {"a": 1}, '{"a": 1}', "is an object, but must be a string"),
    ("string", None, None, None),
]


@pytest.mark.parametrize(("kind", "value", "text", "message"), NATIVE)
def test_a_native_value(reader, kind, value, text, message):
    schema = [{"name": "a", "type": kind}]
    _, cells, _, faults = reader.read({"data": [{"a": value}]}, schema)
    assert cells == [(text,)]
    assert faults == ([("type", 0, message)] if message else [])


def test_a_number_of_json_is_exact(reader):
    schema = [{"name": "a", "type": "number"}]
    text = '[{"a": 0.10000000000000000001}, {"a": 9007199254740993}]'
    _, cells, _, _ = reader.read({"path": "t.json"}, schema, **{"t.json": text})
    assert cells == [("0.10000000000000000001",), ("9007199254740993",)]


def test_rows_of_json_that_differ(reader):
    data = [["id", "name"], [1, "apple", 3], {"id": 2}, [2]]
    _, cells, _, faults = reader.read({"data": data})
    assert cells == [("1", "apple"), ("2", None)]
    assert [(rule, row) for rule, row, _ in faults] == [("ragged-row", 0), ("ragged-row", None), ("ragged-row", 1)]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"), [("t.parquet", parquet()), ("t.feather", parquet("ipc"))]
)
def test_a_columnar_file(reader, name, data):
    assert reader.read({"path": name}, **{name: data})[:2] == (("id", "name"), ROWS)


def test_a_spreadsheet(reader):
    files = {"t.xlsx": xlsx(First=ARRAYS, Second=[["id", "name"], [3, "pear"]])}
    assert reader.read({"path": "t.xlsx"}, **files) == (("id", "name"), ROWS, [2, 3], [])
    for dialect in ({"sheetNumber": 2}, {"sheetName": "Second"}):
        assert reader.read({"path": "t.xlsx", "dialect": dialect}, **files)[1] == [("3", "pear")]
    with pytest.raises(DataError, match="no sheet 3: correct the dialect; the sheets are"):
        reader.read({"path": "t.xlsx", "dialect": {"sheetNumber": 3}}, **files)


@pytest.mark.parametrize(
    ("entry", "error", "message"),
    [
        ({"path": "https://example.org/t.csv"}, UnsupportedDataError, "never fetched"),
        ({"path": "t.png"}, UnsupportedDataError, "'png' are not implemented"),
        ({"path": "t.sqlite", "dialect": {"table": "t"}}, UnsupportedDataError, "databases"),
        ({"path": "t.csv", "compression": "lz4"}, UnsupportedDataError, "lz4"),
        ({"path": "two.zip"}, UnsupportedDataError, "contains 2 files"),
        ({"data": 5}, DataError, "must be a list of rows"),
        ({"data": {"a": []}}, DataError, "does not contain a list"),
        ({"data": [], "dialect": {"property": "a"}}, DataError, "no property 'a'"),
        ({"path": "bad.json"}, DataError, "not valid JSON"),
        ({"path": "bad.csv.gz"}, DataError, "cannot be read"),
        ({"path": "bad.xlsx"}, DataError, "cannot be read"),
        ({"path": "bad.parquet"}, DataError, "cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(reader, entry, error, message):
    files = dict.fromkeys(
        ["t.png", "t.sqlite", "t.csv", "bad.json", "bad.csv.gz", "bad.xlsx", "bad.parquet"], CSV
    )
    files["two.zip"] = zipped(a="1", b="2")
    with pytest.raises(error, match=message):
        reader.read(entry, **files)


def test_a_package_in_an_archive(tmp_path):
    document = {"name": "p", "resources": [{"name": "t", "type": "table", "path": "d/t.csv"}]}
    path = tmp_path / "p.zip"
    path.write_bytes(zipped(**{"datapackage.json": json.dumps(document), "d/t.csv": CSV}))
    package = open_package(path)
    with Scratch() as scratch:
        (table,) = open_resource(package, package.resources[0], scratch)
        assert table.name == f"{path}/d/t.csv"
        assert [frame.rows() for frame, _ in table.frames()] == [ROWS]


def test_an_integer_that_python_refuses_to_write(tmp_path):
    number = "9" * 5000
    (tmp_path / "a.json").write_text(f'[{{"id": {number}, "name": "x"}}]')
    resource = {"name": "a", "path": "a.json", "schema": {"fields": FIELDS}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}))
    assert bm.validate_package(tmp_path).valid
