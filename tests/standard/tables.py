"""Random schemas, tables and dialects for the comparison with the reference reader."""

from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st

from .reference_reader import Row, key, value


class Kind(NamedTuple):
    """Properties of a field, cells that it may have, and cells that are wrong."""

    field: dict[str, Any]
    good: list[str]
    bad: list[str]
    keywords: str = ""
    """Constraints besides required, unique and enum: "length", "range", "pattern"."""


RANGE = "range"
KINDS = [
    Kind({"type": "string"}, ["a", "aa", "b, c", 'say "x"', "it's", "two\nlines", "é", "A;B", "\\",
                              "\U0001f600", "#x", "a|b", "None", "1"], [], "length pattern"),
    Kind({"type": "string", "format": "email"}, ["a@b.org", "a.b@c.example.com"], ["a", "@b.org", "a b@c.org"]),
    Kind({"type": "string", "format": "uuid"}, ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567", "x"]),
    Kind({"type": "string", "format": "binary"}, ["aGVsbG8=", "AAAA"], ["***", "aGVsbG8"]),
    Kind({"type": "integer"}, ["0", "1", "-1", "+1", "01", "9007199254740993", "9007199254740992",
                               "9223372036854775808", "-" + "9" * 40], ["1.0", "1e3", "x", "1_0", "٣"], RANGE),
    Kind({"type": "integer", "groupChar": ","}, ["1,000", "1000", "1,00,000", "5"], ["1.0", "x"], RANGE),
    Kind({"type": "integer", "bareNumber": False}, ["5 items", "$5", "no 5", "-5kg"], ["five"]),
    Kind({"type": "number"}, ["0.1", "0.10", "1e-1", "0.10000000000000000001", "-5.", ".5", "1E5", "100000",
                              "9007199254740993", "9007199254740992", "9" * 30 + ".5"],
         ["1,5", "x", "1_0", ".", "1e", "--1"], RANGE),
    Kind({"type": "number"}, ["INF", "-INF", "inf", "1", "-1"], ["+x", "infinity"], RANGE),
    Kind({"type": "number", "decimalChar": ",", "groupChar": "."}, ["1,5", "1.234,5", "2"], ["1,5,5", "x"]),
    Kind({"type": "number", "bareNumber": False}, ["95%", "EUR 95.5", "-3 kg", "7"], ["none", "%"]),
    Kind({"type": "boolean"}, ["true", "True", "TRUE", "1", "false", "0"], ["yes", "2", "tRUE"]),
    Kind({"type": "boolean", "trueValues": ["Y", "ja"], "falseValues": ["N"]}, ["Y", "ja", "N"], ["true", "y"]),
    Kind({"type": "object"}, ["{}", '{"a": 1}', '{"a": 1, "b": [2]}', '{"b":[2],"a":1.0}'], ["[]", "x", "{", "1"], "length"),
    Kind({"type": "array"}, ["[]", "[1]", "[1, 2]", "[1.0]", "[true]", '["a,b"]'], ["{}", "x", "[1,", "1"], "length"),
    Kind({"type": "list", "itemType": "integer"}, ["1,2", "1", "01,2"], ["1,x", "1;2", "1.5"]),
    Kind({"type": "list", "delimiter": ";"}, ["a;b", "a", "a;c"], []),
    Kind({"type": "datetime"}, ["2024-01-26T15:00:00Z", "2024-01-26T16:00:00+01:00", "2024-01-27T00:00:00Z",
                                "2024-01-26T24:00:00Z", "2024-01-26T15:00:00.1234567Z"],
         ["2024-01-26", "2024-01-26 15:00:00", "2024-02-30T15:00:00Z", "2024-01-26T15:00:00+15:00"], RANGE),
    Kind({"type": "datetime"}, ["2024-01-26T15:00:00", "2024-01-26T15:00:00.0", "1999-12-31T23:59:59"],
         ["2024-01-26", "x"], RANGE),
    Kind({"type": "datetime", "format": "%d/%m/%Y %H:%M"}, ["12/11/2018 09:15", "1/1/2000 00:00"],
         ["2018-11-12T09:15:00", "32/11/2018 09:15"], RANGE),
    Kind({"type": "date"}, ["2024-02-29", "2024-01-01", "1900-12-31"], ["2023-02-29", "2024-1-5", "20240105", "x"], RANGE),
    Kind({"type": "date", "format": "%d.%m.%Y"}, ["05.01.2024", "31.12.2023"], ["2024-01-05", "31.02.2024"], RANGE),
    Kind({"type": "date", "format": "fmt:%d/%m/%Y"}, ["05/01/2024"], ["2024-01-05"], RANGE),
    Kind({"type": "time"}, ["15:00:00", "00:00:00", "23:59:59"], ["15:00", "25:00:00", "15:00:00Z", "15:00:00.5"], RANGE),
    Kind({"type": "year"}, ["2024", "-0044", "20255", "1999"], ["20", "x", "2024-01"], RANGE),
    Kind({"type": "yearmonth"}, ["2024-01", "2024-12", "-0044-03"], ["2024-13", "2024-1", "2024"], RANGE),
    Kind({"type": "duration"}, ["P1Y", "P12M", "P1Y1M", "-P1M", "P2Y"], ["P", "1Y", "P1S", "P1.5M"], RANGE),
    Kind({"type": "duration"}, ["P1D", "PT24H", "PT1.5S", "PT1.50S", "-PT1M"], ["PT", "P1.5D", "P1DT"], RANGE),
    Kind({"type": "geopoint"}, ["90.50, 45.50", "90.5,45.5", "-1,2"], ["90.5", "a,b", "1,2,3"]),
    Kind({"type": "geopoint", "format": "array"}, ["[90.50, 45.50]", "[1,2]"], ["[1]", "[1,2,3]", "1,2"]),
    Kind({"type": "geopoint", "format": "object"}, ['{"lon": 1, "lat": 2}', '{"lat":2,"lon":1}'], ['{"lon": 1}', "[1,2]"]),
    Kind({"type": "any"}, ["a", "1", "{", "1.0"], []),
    Kind({}, ["a", "1", "01"], []),
]  # fmt: skip
LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


class Sample(NamedTuple):
    """A schema and the rows of a table."""

    schema: dict[str, Any]
    rows: list[Row]


class Written(NamedTuple):
    """A sample in a file."""

    sample: Sample
    dialect: dict[str, Any]
    encoding: str
    data: bytes


@st.composite
def fields(draw: st.DrawFn, name: str) -> tuple[dict[str, Any], st.SearchStrategy[str]]:
    """Draw a field, and the strategy of its cells."""
    kind = draw(st.sampled_from(KINDS))
    constraints: dict[str, Any] = {}
    some = st.sampled_from(kind.good)
    for keyword in draw(st.sets(st.sampled_from(["required", "unique", "enum", *LIMITS, "minLength",
                                                 "maxLength", "pattern"]), max_size=3)):  # fmt: skip
        if keyword in ("required", "unique"):
            constraints[keyword] = True
        elif keyword == "enum":
            constraints[keyword] = draw(
                st.lists(
                    some, min_size=1, max_size=3, unique_by=lambda t: key(value(kind.field, t))
                )
            )
        elif keyword in LIMITS and "range" in kind.keywords:
            constraints[keyword] = draw(some)
            if kind.field == {"type": "integer"}:
                constraints[keyword] = draw(
                    st.sampled_from([int(constraints[keyword]), constraints[keyword]])
                )
        elif keyword.endswith("Length") and "length" in kind.keywords:
            constraints[keyword] = draw(st.integers(0, 3))
        elif keyword == "pattern" and "pattern" in kind.keywords:
            constraints[keyword] = draw(
                st.sampled_from(["[a-z]+", "a|b", ".{1,4}", r"\S+", "[^,]*"])
            )
    field = {"name": name, **kind.field}
    if constraints:
        field["constraints"] = constraints
    missing = draw(
        st.sampled_from([None, None, None, ["-"], ["", "NA"], [{"value": "NA", "label": "x"}]])
    )
    if missing:
        field["missingValues"] = missing
    cells = st.one_of(some, some, some, st.sampled_from([*kind.bad, "", "NA", "-", "?"]))
    if kind.field == {"type": "string"}:
        cells |= st.text("ab ,;'\"#|\n\\é", max_size=4)
    if kind.field == {"type": "integer"}:
        cells |= st.integers(-(2**70), 2**70).map(str)
    if kind.field == {"type": "number"} and "0.1" in kind.good:
        cells |= st.decimals(Decimal(-(10**20)), Decimal(10**20), places=8).map(str)
    return field, cells


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Draw a schema and a table."""
    drawn = [draw(fields(f"f{index}")) for index in range(draw(st.integers(1, 4)))]
    names = [field["name"] for field, _ in drawn]
    schema: dict[str, Any] = {"fields": [field for field, _ in drawn]}
    if draw(st.integers(0, 3)) == 0:
        schema["missingValues"] = draw(st.sampled_from([[], ["NA"], ["", "-"]]))
    columns = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
    match draw(st.integers(0, 3)):
        case 0:
            schema["primaryKey"] = draw(columns)
        case 1:
            schema["uniqueKeys"] = [draw(columns)]
    rows = draw(st.lists(st.tuples(*(cells for _, cells in drawn)).map(list), max_size=8))
    return Sample(schema, rows)


def cell(text: str | None, first: bool, dialect: dict[str, Any], quoted: bool) -> str:
    """Return a cell as it stands in the file."""
    if text is None:
        return str(dialect["nullSequence"])
    quote, escape = dialect.get("quoteChar"), dialect.get("escapeChar")
    special = {*dialect["delimiter"], "\n", "\r", escape, quote} - {None}
    must = (text == "" and first) or text[:1] == " " or text[:1] == dialect.get("commentChar")
    if quote and (quoted or must or special & set(text)):
        if escape:
            text = text.replace(escape, escape * 2)
        double = quote * 2 if dialect.get("doubleQuote", True) else f"{escape}{quote}"
        return quote + text.replace(quote, double) + quote
    return "".join(f"{escape}{each}" if each in special else each for each in text)


@st.composite
def dialects(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a dialect; all properties are stated that differ from the default, and some that do not."""
    dialect: dict[str, Any] = {"delimiter": draw(st.sampled_from([",", ",", ";", "\t", "|", "||"]))}
    dialect["quoteChar"] = draw(st.sampled_from(['"', '"', "'"]))
    if draw(st.integers(0, 3)) == 0:
        dialect |= {"doubleQuote": False, "escapeChar": "\\"}
    if mark := draw(st.sampled_from([None, None, "#", "%"])):
        dialect["commentChar"] = mark
    if draw(st.integers(0, 3)) == 0:
        dialect["nullSequence"] = "NULL"
    if draw(st.booleans()):
        dialect["skipInitialSpace"] = draw(st.booleans())
    match draw(st.integers(0, 4)):
        case 0:
            dialect["header"] = False
        case 1:
            dialect["headerRows"] = [2]
        case 2:
            dialect |= {"headerRows": [1, 2], "headerJoin": draw(st.sampled_from(["-", " ", ""]))}
    return dialect


@st.composite
def written(draw: st.DrawFn) -> Written:
    """Draw a sample, and write it in a dialect and an encoding."""
    sample = draw(samples())
    dialect = draw(dialects())
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "iso-8859-1"]))
    names = [field["name"] for field in sample.schema["fields"]]
    rows = [list(row) for row in sample.rows]
    if encoding == "iso-8859-1":
        rows = [
            [text and text.encode("latin-1", "replace").decode("latin-1") for text in row]
            for row in rows
        ]
    if "nullSequence" in dialect:
        rows = [[None if draw(st.integers(0, 5)) == 0 else text for text in row] for row in rows]
    keys = {"primaryKey", "uniqueKeys"} & set(sample.schema) or any(
        "unique" in field.get("constraints", {}) for field in sample.schema["fields"]
    )
    if not keys and len(names) > 1 and rows and draw(st.integers(0, 4)) == 0:
        row = rows[draw(st.integers(0, len(rows) - 1))]
        row[:] = [*row, "x"] if draw(st.booleans()) else row[:-1]
    heads: list[list[str]] = []
    if dialect.get("header", True):
        heads = [names]
        if dialect.get("headerRows") == [2]:
            heads = [["title"] * len(names), names]
        elif dialect.get("headerRows"):
            heads = [[name[:1] for name in names], [name[1:] for name in names]]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = []
    for index, row in enumerate([*heads, *rows]):
        commented = index >= len(heads) or "headerRows" not in dialect
        if "commentChar" in dialect and commented and draw(st.integers(0, 4)) == 0:
            lines.append(dialect["commentChar"] + " a comment, with \"'")
        quoted = draw(st.booleans())
        lines.append(dialect["delimiter"].join(
            cell(text, at == 0, dialect, quoted) for at, text in enumerate(row)))  # fmt: skip
    text = end.join(lines) + (end if lines and draw(st.booleans()) else "")
    schema = sample.schema
    if "headerJoin" in dialect:
        join = dialect["headerJoin"]
        renamed = {name: f"{name[:1]}{join}{name[1:]}" for name in names}
        fields = [field | {"name": renamed[field["name"]]} for field in schema["fields"]]
        schema = schema | {"fields": fields}
        if "primaryKey" in schema:
            schema["primaryKey"] = [renamed[name] for name in schema["primaryKey"]]
        if "uniqueKeys" in schema:
            schema["uniqueKeys"] = [
                [renamed[name] for name in each] for each in schema["uniqueKeys"]
            ]
    stated = "utf-8" if encoding == "utf-8-sig" else encoding
    return Written(Sample(schema, rows), dialect, stated, text.encode(encoding))
