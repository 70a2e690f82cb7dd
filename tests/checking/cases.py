"""Schemas, data and strategies that the tests of checking share."""

from hypothesis import strategies as st

import bonemet_data as bm


def schema(*fields, **keywords):
    """A schema of `name type` and constraints."""
    names = [field.split() if isinstance(field, str) else field for field in fields]
    return {
        "fields": [{"name": n, "type": t, "constraints": c[0] if c else {}} for n, t, *c in names],
        **keywords,
    }


AB = schema("a string", "b string")


def check(tmp_path, data, rules=AB, name="t.csv", **options):
    place = tmp_path / name
    place.write_bytes(data)
    return bm.check(place, rules, **options)


def seen(report):
    return [(f.line, f.row, f.column, f.value, f.rule) for f in report.findings]


# name, schema, bytes, failures as (line, row, column, raw value, rule), rows
TRAPS = [
    ("clean", AB, b"a,b\n1,2\n", [], 1),
    ("no final newline", AB, b"a,b\n1,2", [], 1),
    ("header only", AB, b"a,b\n", [], 0),
    ("header without newline", AB, b"a,b", [], 0),
    ("empty file", AB, b"", [(1, None, None, None, "not-csv")], 0),
    ("blank header", AB, b"\n1,2\n", [(1, None, None, None, "not-csv")], 0),
    ("byte order mark", AB, b"\xef\xbb\xbfa,b\n1,2\n", [], 1),
    ("a byte order mark in a cell", schema(["a", "string", {"maxLength": 1}], "b string"), b"a,b\n\xef\xbb\xbfx,1\n", [(2, 1, "a", "\ufeffx", "maxLength")], 1),
    ("CRLF", AB, b"a,b\r\n1,2\r\n", [], 1),
    ("a quoted header", AB, b'"a","b"\n1,2\n', [], 1),
    ("a newline in the header", schema(["a\nb", "string"], "c string"), b'"a\nb",c\n1,2\n', [], 1),
    ("a quoted newline keeps lines true", schema("a string", "b integer"), b'a,b\n"x\ny\nz",1\nw,x\n', [(5, 2, "b", "x", "type")], 2),
    ("a newline in the header keeps lines true", schema(["a\nb", "string"], "c integer"), b'"a\nb",c\n1,x\n', [(3, 1, "c", "x", "type")], 1),
    ("a quoted quote", schema("a string", ["b", "string", {"enum": ['x"y']}]), b'a,b\n1,"x""y"\n1,"x"""\n', [(3, 2, "b", 'x"', "enum")], 2),
    ("a bare quote is a character", schema("a string", ["b", "string", {"enum": ["x"]}]), b'a,b\n1,5"\n', [(2, 1, "b", '5"', "enum")], 1),
    ("text after a quote", AB, b'a,b\n"x"y,1\n2,3\n', [(2, None, None, '"x"y,1', "not-csv")], 1),
    ("a file that ends inside a quote", AB, b'a,b\n1,2\n3,"4\n', [(3, None, None, '3,"4', "not-csv")], 1),
    ("a lone carriage return", schema("a integer", "b string"), b"a,b\n1\r,2\n3,4\r5\n", [(2, 1, "a", "1\r", "type")], 2),
    ("a short record", AB, b"a,b\n1\n2,3\n", [(2, 1, None, "1", "ragged-row")], 2),
    ("a long record", AB, b"a,b\n1,2,3\n4,5\n", [(2, 1, None, "1,2,3", "ragged-row")], 2),
    ("a short record beside an empty cell", AB, b"a,b\n1,\n2\n3,4\n", [(3, 2, None, "2", "ragged-row")], 3),
    ("a blank line", AB, b"a,b\n1,2\n\n3,4\n", [(3, None, None, "", "blank-line")], 2),
    ("a blank line of one column is a missing value", schema(["a", "string", {"required": True}]), b"a\n1\n\n3\n", [(3, 2, "a", None, "required")], 3),
    ("empty and missing alike", schema(["a", "string", {"required": True}], "b string"), b'a,b\n,1\n"",2\nx,3\n', [(2, 1, "a", None, "required"), (3, 2, "a", None, "required")], 3),
    ("empty and not missing", schema(["a", "string", {"minLength": 1}], "b string", missingValues=["NA"]), b'a,b\n,1\n"",2\nNA,3\n', [(2, 1, "a", "", "minLength"), (3, 2, "a", "", "minLength")], 3),
    ("NUL", schema(["a", "string", {"enum": ["x"]}], "b string"), b"a,b\nx,\0\nx\0,1\n", [(3, 2, "a", "x\0", "enum")], 2),
    ("invalid UTF-8", schema("a integer", "b string"), b"a,b\n1,2\n3,\xff\n4,\xc3\xa9\nx,5\n", [(3, 2, "b", "\\xff", "encoding"), (5, 4, "a", "x", "type")], 4),
    ("a cell that is not UTF-8 is not judged", schema(["a", "string", {"maxLength": 2}], ["b", "string", {"maxLength": 2}]), b"a,b\nxxx,\xe4\n\xff,xxx\n", [(2, 1, "b", "\\xe4", "encoding"), (2, 1, "a", "xxx", "maxLength"), (3, 2, "a", "\\xff", "encoding"), (3, 2, "b", "xxx", "maxLength")], 2),
    ("a key that is not UTF-8 is not compared", schema(["a", "string", {"unique": True}], "b integer"), b"a,b\n\xff,1\n\xff,2\nx,\xff\nx,4\n", [(2, 1, "a", "\\xff", "encoding"), (3, 2, "a", "\\xff", "encoding"), (4, 3, "b", "\\xff", "encoding"), (4, 3, "a", "x", "unique"), (5, 4, "a", "x", "unique")], 4),
    ("a reference that is not UTF-8 is not looked up", schema("a string", "b string", foreignKeys=[{"fields": ["a", "b"], "reference": {"fields": ["b", "a"]}}]), b"a,b\n\xff,1\nx,x\n2,y\n", [(2, 1, "a", "\\xff", "encoding"), (4, 3, "a, b", "2, y", "foreignKeys")], 3),
    ("a column twice", AB, b"a,b,a\n1,2,3\n", [(1, None, "a", None, "duplicate-header")], 1),
    ("a column is missing", AB, b"a\n1\n", [(1, None, "b", None, "columns")], 1),
    ("a column too many", AB, b"a,b,c\n1,2,3\n", [(1, None, "c", None, "columns")], 1),
    ("columns in another order", AB, b"b,a\n1,2\n", [(1, None, None, None, "columns")], 1),
    ("comment and spaces are text", schema(["a", "string", {"enum": [" x", "#"]}], "b string"), b"a,b\n x,1\n#,1\nx ,1\n", [(4, 3, "a", "x ", "enum")], 3),
    ("a bare quote in the header", schema(["6\"", "string"], "b integer"), b'6",b\n1,x\n2,3\n', [(2, 1, "b", "x", "type")], 2),
    ("a header that is not UTF-8", AB, b"a,\xff\n1,2\n", [(1, None, None, None, "not-csv")], 1),
    ("a quote in the header that is not closed", schema("a string", "b integer"), b'a,"b\n1,x\n2,3\n', [(1, None, None, None, "not-csv"), (2, 1, "b", "x", "type")], 2),
    ("text after a quote in the header", schema("a string", "b integer"), b'a,"b"c\n1,x\n2,3,4\n', [(1, None, None, None, "not-csv"), (3, 2, None, "2,3,4", "ragged-row")], 2),
    ("a malformed header with more cells than the rows", schema("a string", "b integer"), b'a,"b,c"d\n1,x\n2,y\n', [(1, None, None, None, "not-csv")], 0),
    ("a malformed header without a known name", schema("a string"), b'"x"y\n1\n', [(1, None, None, None, "not-csv")], 0),
    ("a quote after a closed one", schema("a string", "b string"), b'a,b\nx,""a"\ny,"b""\nz,2\n', [(2, None, None, 'x,""a"', "not-csv"), (3, None, None, 'y,"b""', "not-csv")], 1),
    ("quotes around quotes", AB, b'a,b\n1,""x""\n', [(2, None, None, '1,""x""', "not-csv")], 0),
    ("a file that ends inside doubled quotes", AB, b'a,b\n1,"He said ""', [(2, None, None, '1,"He said ""', "not-csv")], 0),
    ("a short line, and one too long at the end", AB, b"a,b\n1,2\n\n3,4,", [(3, None, None, "", "blank-line"), (4, 2, None, "3,4,", "ragged-row")], 2),
    ("a cell too many at the end of one column", schema("a string"), b"a\n1\n2,", [(3, 2, None, "2,", "ragged-row")], 2),
    ("a bare quote in a cell", AB, b'a,b\n6" pipe,x\n"y",z\n', [], 2),
]  # fmt: skip


REFERENCE = {"package": "bonemet-data", "resource": "types", "fields": ["type_id"]}


ROWS = b"a,b\n1,x\nx,y\n"


RULES = schema(["a", "integer", {"unique": True}], "b string")


UNIQUE = {"fields": [{"name": "a", "type": "string", "constraints": {"unique": True}}]}


INTEGERS = {"fields": [{"name": "a", "type": "integer", "constraints": {"unique": True}}]}


TEXTS = {
    "string": ["", "a", "b", "aa", "NA", "x,y", 'q"q', "l\nm", " a", "é", "pain", "\r"],
    "integer": ["", "0", "1", "01", "+1", "-1", " 3", "1_0", "1e3", "NA", "9223372036854775807", "9223372036854775808", "12345678901234567890", "0" * 24 + "1"],
    "number": ["", "0", "1.0", "1", "-0.0", ".5", "5.", "1e3", "1e400", "inf", "x", " 1", "1_0", "NA"],
    "boolean": ["", "true", "True", "1", "0", "false", "yes", "NA"],
    "date": ["", "2024-02-29", "2020-02-30", "2025-1-9", "2025-11- 9", "0999-01-01", "2500-01-01", "2025/01/01", "+025-01-09", "2025-01-01", "NA", "202- 11-09"],
    "year": ["", "2025", "1999", "-0044", "+2025", "25", "20255", "NA"],
}  # fmt: skip


LIMITS = {
    "integer": ["0", "1", "-1"],
    "number": ["0.5", "1", "-1"],
    "date": ["2024-06-01", "2025-01-01"],
    "year": ["2000", "1999"],
}


@st.composite
def constraints(draw, kind):
    chosen = {}
    if draw(st.booleans()):
        chosen["required"] = True
    if kind != "boolean" and draw(st.integers(0, 3)) == 0:
        chosen["unique"] = True
    if kind in LIMITS:
        for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
            if draw(st.integers(0, 3)) == 0:
                chosen[keyword] = draw(st.sampled_from(LIMITS[kind]))
    if kind == "string":
        if draw(st.integers(0, 3)) == 0:
            chosen["minLength"] = draw(st.integers(0, 2))
        if draw(st.integers(0, 3)) == 0:
            chosen["maxLength"] = draw(st.integers(1, 3))
        if draw(st.integers(0, 3)) == 0:
            chosen["pattern"] = draw(st.sampled_from(["a+|b", "[a-z]*", "[^a]"]))
        if draw(st.integers(0, 3)) == 0:
            chosen["enum"] = draw(st.sampled_from([["a", "b", "NA"], ["pain", "x,y", "l\nm"]]))
    if kind == "integer" and draw(st.integers(0, 5)) == 0:
        chosen["enum"] = [0, 1]
    return chosen


@st.composite
def tables(draw):
    """A schema, and rows of texts, of which about half are good."""
    width = draw(st.integers(1, 4))
    kinds = [draw(st.sampled_from(sorted(TEXTS))) for _ in range(width)]
    names = [f"n{at}" for at in range(width)]
    schema = {
        "fields": [
            {"name": name, "type": kind, "constraints": draw(constraints(kind))}
            for name, kind in zip(names, kinds, strict=True)
        ]
    }
    if draw(st.booleans()):
        schema["missingValues"] = draw(st.sampled_from([["NA"], ["", "NA"], []]))
    if draw(st.integers(0, 2)) == 0:
        schema["primaryKey"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))  # fmt: skip
    if draw(st.integers(0, 2)) == 0:
        schema["uniqueKeys"] = [draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))]  # fmt: skip
    alike = [name for name, kind in zip(names, kinds, strict=True) if kind == kinds[0]]
    if len(alike) > 1 and draw(st.booleans()):
        reference_to = {"resource": "", "fields": [alike[0]]}
        schema["foreignKeys"] = [{"fields": [alike[1]], "reference": reference_to}]
    row = st.tuples(*(st.sampled_from(TEXTS[kind]) for kind in kinds))
    rows = draw(st.lists(row, max_size=12))
    return schema, [list(each) for each in rows]


def save(write, place):
    write(place)
    return place
