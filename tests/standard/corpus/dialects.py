"""Dialects of tables: delimited text, and tables in JSON."""

import json
from typing import Any

from .case import STANDARD, Case, package, resource, table

S = "table-dialect/#"
U = f"{STANDARD}/{S}"
F = ["id:integer", "n:string"]
N = ["id:integer", "n:number"]


def dialect(name: str, properties: object, data: bytes | str, *expected: str, **more: Any) -> Case:
    """Return a case of the fields id:integer and n:string in a dialect."""
    clause = S + name.split(":")[0]
    fields = more.pop("fields", F)
    return table(f"dialect {name.split(':')[0]}", name, clause, fields, data, *expected,
                 dialect=properties, **more)  # fmt: skip


def in_json(name: str, data: object, *expected: str, dialect: object = None) -> Case:
    """Return a case of the fields id:integer and n:string in a JSON file."""
    entry = resource(F, path="t.json", format="json")
    if dialect:
        entry["dialect"] = dialect
    text = json.dumps(data)
    feature, _, title = name.partition(":")
    return Case(f"dialect {feature}", title or "plain", U + feature, package(entry),
                {"t.json": text}, expected)  # fmt: skip


CASES: list[Case] = [
    dialect("header", {"header": False}, "1,a\nx,b\n", "error type t:2 id"),
    dialect("header: a row that looks like a header", {"header": False}, "id,n\n1,a\n",
            "error type t:1 id"),
    dialect("headerRows", {"headerRows": [2]}, "a title\nid,n\n1,a\nx,b\n", "error type t:4 id"),
    dialect("headerRows: two", {"headerRows": [1, 2]}, "a,b\nb,c\n1,x\ny,x\n", "error type t:4 a b",
            fields=["a b:integer", "b c:string"]),
    dialect("headerRows: the example of the standard", {"headerRows": [1, 2]},
            "fruit\nid,name\n1,apple\nx,orange\n", "error type t:4 fruit id",
            fields=["fruit id:integer", "fruit name:string"]),
    dialect("headerJoin", {"headerRows": [1, 2], "headerJoin": "-"}, "a,b\nid,n\n1,x\ny,x\n",
            "error type t:4 a-id", fields=["a-id:integer", "b-n:string"]),
    dialect("commentRows", {"commentRows": [2, 4]}, "id,n\n#fruits,x,x\n1,a\nfoo\nx,b\n",
            "error type t:5 id"),
    dialect("commentChar", {"commentChar": "#"}, "# about\nid,n\n#1\n1,a\n2,#b\n#x,y,z\nx,b\n",
            "error type t:7 id"),
    dialect("commentChar: two characters", {"commentChar": "//"}, "id,n\n// x\n1,a\n/2,b\n",
            "error type t:4 id"),
    dialect("delimiter", {"delimiter": ";"}, "id;n\n1;a,b\nx;b\n", "error type t:3 id"),
    dialect("delimiter: tab", {"delimiter": "\t"}, "id\tn\n1\ta b\nx\tb\n", "error type t:3 id"),
    dialect("delimiter: several characters", {"delimiter": "||"}, "id||n\n1||a|b\nx||b\n",
            "error type t:3 id"),
    dialect("delimiter: not the one of the file", {"delimiter": ";"}, "id,n\n1,a\nx,b\n",
            "error columns t", "error? ragged-row t"),
    dialect("lineTerminator", {"lineTerminator": ";"}, "id,n;1,a;x,b;", "error type t id"),
    dialect("lineTerminator: default and line feeds", {"lineTerminator": "\r\n"},
            "id,n\n1,a\nx,b\n", "error type t:3 id"),
    dialect("lineTerminator: CRLF", None, "id,n\r\n1,a\r\nx,b\r\n", "error type t:3 id"),
    dialect("lineTerminator: CR", {"lineTerminator": "\r"}, "id,n\r1,a\rx,b\r",
            "error type t:3 id"),
    dialect("quoteChar", {"quoteChar": "'"}, "id,n\n'1','a,b'\n'x','it''s'\n",
            "error type t:3 id"),
    dialect("quoteChar: duplicates are seen without quotes", {"quoteChar": "'"},
            "id,n\n'1',a\n1,b\n", "error? primaryKey t:2", "error primaryKey t:3",
            primaryKey=["id"]),
    dialect("quoteChar: default", None, 'id,n\n1,"a,b"\n"2","two\nlines"\nx,"say ""no"""\n',
            "error type t:5 id"),
    dialect("quoteChar: not closed", None, 'id,n\n1,a\nx,b\n3,"lost\n4,d\n',
            "error not-csv t:4", "error type t:3 id"),
    dialect("doubleQuote", {"doubleQuote": False, "escapeChar": "\\"},
            'id,n\n1,"a \\"b\\", c"\nx,"b"\n', "error type t:3 id"),
    dialect("escapeChar", {"escapeChar": "|"}, "id,n\n1,apple|,fruits\nx,orange|,fruits\n",
            "error type t:3 id"),
    dialect("escapeChar: backslash", {"escapeChar": "\\"}, "id,n\n1,a\\\\b\n2,c\\,d\nx,e\n",
            "error type t:4 id"),
    dialect("nullSequence", {"nullSequence": "NA"}, "id,n\n1,NA\nNA,1\n3,x\n", "error type t:4 n",
            fields=N),
    dialect("nullSequence: required", {"nullSequence": "\\N"}, "id,n\n1,\\N\n2,x\n",
            "error required t:2 n",
            fields=["id:integer", {"name": "n", "constraints": {"required": True}}]),
    dialect("skipInitialSpace", {"skipInitialSpace": True}, 'id, n\n1, 2\n2, "3"\nx, 4\n',
            "error type t:4 id", fields=N),
    dialect("skipInitialSpace: false", {"skipInitialSpace": False}, "id,n\n1,a\n2, b\n", "error enum t:3 n",
            fields=["id:integer", {"name": "n", "type": "string", "constraints": {"enum": ["a", "b"]}}]),
    dialect("delimiter: all properties that change nothing",
            {"header": True, "headerRows": [1], "headerJoin": " ", "delimiter": ",",
             "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
             "skipInitialSpace": False}, "id,n\r\n1,a\r\nx,b\r\n", "error type t:3 id"),
    dialect("delimiter: not text", {"delimiter": 1}, "id,n\n1,a\n", "error profile|dialect t",
            "error? columns t"),
    dialect("quoteChar: two characters", {"quoteChar": "''"}, "id,n\n1,a\n",
            "error profile|dialect t"),
    dialect("headerRows: zero", {"headerRows": [0]}, "id,n\n1,a\n", "error profile|dialect t",
            "error? columns t"),
    dialect("dollar-schema: custom properties", {"delimiter": ";", "x:note": "y", "csvddfVersion": 1.2},
            "id;n\n1;a\nx;b\n", "error type t:3 id"),
    dialect("dollar-schema: in a file", "dialects/d.json", "id;n\n1;a\nx;b\n", "error type t:3 id",
            files={"dialects/d.json": '{"delimiter": ";"}'}),
    dialect("dollar-schema: file is missing", "d.json", "id,n\n1,a\n",
            "error missing-file|unreadable-schema|unreadable-file|dialect t"),
    dialect("dollar-schema: property for another format is ignored", {"sheetName": "x", "table": "y"},
            "id,n\n1,a\nx,b\n", "error type t:3 id"),
    table("tsv", "format tsv without a dialect", "data-resource/#format", F, "id\tn\n1\ta,b\nx\tb\n",
          "error type t:3 id", path="t.tsv"),
    table("rows", "ragged rows", "glossary/#tabular-data", F, "id,n\n1,a\n2\n3,a,b\nx,b\n",
          "error ragged-row t:3", "error ragged-row t:4", "error type t:5 id"),
    table("rows", "a ragged row with a wrong value", "glossary/#tabular-data", F, "id,n\n1,a\nx\n",
          "error ragged-row t:3", "error? type t:3 id"),
    table("rows", "blank line between rows", "glossary/#tabular-data", F, "id,n\n1,a\n\nx,b\n",
          "error? blank-line|ragged-row t:3", "error type t:4 id"),
    table("rows", "one column: a blank line is a missing value", "table-schema/#missingValues",
          ["n:integer"], "n\n1\n\nx\n", "error? blank-line t:3", "error type t:4 n"),
    table("rows", "no rows", "glossary/#tabular-data", F, "id,n\n"),
    table("rows", "no final line feed", "table-dialect/#lineTerminator", F, "id,n\n1,a\nx,b",
          "error type t:3 id"),
    table("rows", "empty file", "table-dialect/#header", F, "", "error columns|not-csv t"),
    table("rows", "record over several lines", "table-dialect/#quoteChar", F,
          'id,n\n1,"a\nb\n\nc"\nx,d\n', "error type t:6 id"),
    in_json("itemType", [["id", "n"], [1, "a"], ["x", "b"]], "error type t#2 id",
            dialect={"itemType": "array"}),
    in_json("itemType:object, not stated", [{"id": 1, "n": "a"}, {"id": 1.5, "n": "b"}],
            "error type t#2 id"),
    in_json("itemType:null is missing, a number is no text", [{"id": None, "n": 5}],
            "error type t#1 n"),
    in_json("property", {"rows": [{"id": 1, "n": "a"}, {"id": "x", "n": "b"}]}, "error type t#2 id",
            dialect={"property": "rows"}),
    in_json("property:missing", {"data": []}, "error * t", dialect={"property": "rows"}),
    in_json("itemKeys", [{"n": "a", "id": 1, "z": 2}, {"id": "x", "n": "b", "z": 2}],
            "error type t#2 id", dialect={"itemKeys": ["id", "n"]}),
    in_json("itemType:not a table", {"a": 1}, "error * t"),
    Case("format json", "not JSON", f"{STANDARD}/data-resource/#format",
         package(resource(F, path="t.json", format="json")), {"t.json": '[{"id": 1'},
         ("error * t",)),
    Case("format xlsx", "a table that this tool need not read", f"{STANDARD}/data-resource/#format",
         package(resource(F, path="t.xlsx", format="xlsx"), resource(["a:integer"], name="u")),
         {"t.xlsx": b"PK\x03\x04 no real workbook", "u.csv": "a\nx\n"},
         ("not_checked? * t", "error? not-csv|unreadable-file t", "error type u:2 a")),
    Case("dialect table", "a database that this tool need not read", U + "table",
         package(resource(F, path="t.sqlite", format="sqlite", dialect={"table": "x"})),
         {"t.sqlite": b"SQLite format 3\x00"}, ("not_checked? * t", "error? unreadable-file t")),
]  # fmt: skip
