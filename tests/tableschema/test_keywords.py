"""Each keyword of Table Schema, with rows that satisfy it and rows that violate it.

pandera on pandas and on Polars, the same schemas read back from YAML and from a pickle, and check
must agree; so must frictionless, except where its limitation is named.
"""

import json
import pickle
from datetime import datetime

import frictionless
import pandas as pd
import pandera.errors
import pandera.pandas
import pandera.polars
import polars as pl
import pytest

import bonemet_data as bm
from bonemet_data.errors import PackageError, UnknownNameError, UnsupportedSchemaError
from bonemet_data.package.csv_tables import read_table
from bonemet_data.package.typed_columns import typed_columns
from bonemet_data.tableschema.frames import to_pandas, to_polars
from bonemet_data.tableschema.pandera_schemas import compile_pandas, compile_polars
from bonemet_data.tableschema.parser import parse_table_schema

AGREES = ""
ANCHORS = "frictionless matches a pattern at the start only"


def field(kind, **constraints):
    return {"fields": [{"name": "a", "type": kind, "constraints": constraints}]}


def keys(**keywords):
    return {"fields": [{"name": n, "type": "string"} for n in "abcd"], **keywords}


def refers(fields, resource, to):
    return {"fields": fields, "reference": {"resource": resource, "fields": to}}


NO_CATEGORIES = "frictionless does not check categories"
NO_UNIQUE_KEYS = "frictionless does not check uniqueKeys"
NULLS_IN_KEY = "frictionless passes a null inside a composite primary key"
OWN_NAMES = {
    "required": {"not_nullable"},
    "primaryKey": {"not_nullable", "field_uniqueness", "multiple_fields_uniqueness"},
}
"""The names that pandera gives to its own rules."""
TARGET = {("x", "1"), ("y", "2")}

# keyword, schema, rows that pass, rows that fail (one row a line), frictionless' blind spot
CASES = [
    ("required", field("string", required=True), "x", '""', AGREES),
    ("unique", field("string", unique=True), "x\ny", "x\nx", AGREES),
    ("unique", field("integer", unique=True), "1\n2", "1\n01", AGREES),
    ("minimum", field("integer", minimum=3), "3", "2", AGREES),
    ("minimum", field("number", minimum=0.5), "0.5", "0.4", AGREES),
    ("minimum", field("date", minimum="2025-01-01"), "2025-01-01", "2024-12-31", AGREES),
    ("minimum", field("year", minimum=1900), "1900", "1899", AGREES),
    ("maximum", field("integer", maximum=3), "3", "4", AGREES),
    ("maximum", field("number", maximum="1.5"), "1.5", "1.6", AGREES),
    ("maximum", field("date", maximum="2025-01-01"), "2025-01-01", "2025-01-02", AGREES),
    ("exclusiveMinimum", field("integer", exclusiveMinimum=3), "4", "3", AGREES),
    ("exclusiveMinimum", field("date", exclusiveMinimum="2025-01-01"), "2025-01-02", "2025-01-01", AGREES),
    ("exclusiveMaximum", field("integer", exclusiveMaximum=3), "2", "3", AGREES),
    ("exclusiveMaximum", field("number", exclusiveMaximum=3), "2.9", "3.0", AGREES),
    ("minLength", field("string", minLength=2), "βα", "β", AGREES),
    ("maxLength", field("string", maxLength=2), "βα", "βαγ", AGREES),
    ("pattern", field("string", pattern="a|b"), "a", "axx", ANCHORS),
    ("pattern", field("string", pattern="^[a-z][a-z0-9_]*$"), "a_1", "1_a", AGREES),
    ("pattern", field("string", pattern="a"), "a", '"a\n"', ANCHORS),
    ("pattern", field("string", pattern="[0-9]{2}"), "12", "123", AGREES),
    ("minLength", field("string", minLength=2, enum=["xx", "x"]), "xx", "x", AGREES),
    ("maxLength", field("string", maxLength=1, enum=["xx", "x"]), "x", "xx", AGREES),
    ("enum", field("integer", enum=[1, 2]), "1", "3", AGREES),
    ("enum", field("date", enum=["2025-01-01"]), "2025-01-01", "2025-01-02", AGREES),
    ("enum", field("boolean", enum=[True]), "true", "false", AGREES),
    ("categories", {"fields": [{"name": "a", "type": "integer", "categories": [{"value": 1, "label": "x"}]}]}, "1", "2", NO_CATEGORIES),
    ("unique", field("boolean", unique=True), "true\nfalse", "true\n1", AGREES),
    ("primaryKey", keys(primaryKey="a"), "x,,,\ny,,,", "x,,,\nx,,,", AGREES),
    ("primaryKey", keys(primaryKey=["a", "b"]), "x,1,,\nx,2,,", "x,1,,\nx,1,,", AGREES),
    ("primaryKey", keys(primaryKey=["a", "b"]), "x,1,,", "x,,,", NULLS_IN_KEY),
    ("uniqueKeys", keys(uniqueKeys=[["a", "b"]]), "x,1,,\nx,,y,\nx,,,", "x,1,,\nx,1,,", NO_UNIQUE_KEYS),
    ("uniqueKeys", keys(uniqueKeys=["a"]), "x,,,\n,y,,\n,y,,", "x,,,\nx,,,", NO_UNIQUE_KEYS),
    ("foreignKeys", keys(foreignKeys=[refers("a", "t", "p")]), "x,,,\n,y,,", "z,,,", AGREES),
    ("foreignKeys", keys(foreignKeys=[refers(["a", "b"], "t", ["p", "q"])]), "x,1,,\ny,2,,", "x,2,,", AGREES),
    ("foreignKeys", keys(foreignKeys=[refers("a", "", "b")]), "x,x,,\n,y,,", "x,y,,", AGREES),
    ("foreignKeys", keys(foreignKeys=[refers(["a", "b"], "", ["c", "d"])]), "x,1,x,1\n,,y,2", "x,1,y,2", AGREES),
]  # fmt: skip
IDS = [f"{keyword}-{at}" for at, (keyword, *_) in enumerate(CASES)]


def targets(key):
    raise AssertionError(f"nothing here refers to {key}")


def write_package(folder, document):
    """Write a Data Package whose table "a" has the schema, beside a table "t" to refer to."""
    strings = {"fields": [{"name": n, "type": "string"} for n in "pq"]}
    resources = [
        {"name": "a", "path": "a.csv", "schema": document},
        {"name": "t", "path": "t.csv", "schema": strings},
    ]
    descriptor = folder / "datapackage.json"
    descriptor.write_text(json.dumps({"name": "x", "resources": resources}))
    lines = [",".join(row) for row in [("p", "q"), *sorted(TARGET)]]
    (folder / "t.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return descriptor


def table(document, text, engine):
    """Return the rows as a frame of the engine."""
    header = ",".join(entry["name"] for entry in document["fields"])
    schema = parse_table_schema(document, "schema")
    columns = typed_columns(read_table(f"{header}\n{text}\n".encode(), {}), schema, "a.csv")
    frame = (to_pandas if engine == "pandas" else to_polars)(schema, columns)
    return frame.lazy() if engine == "polars lazy" else frame


def violations(keyword, schema, frame):
    """Return the keywords that a pandera schema reports as violated."""
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        names = (getattr(each.check, "name", each.check) for each in error.schema_errors)
        return {keyword if name in OWN_NAMES.get(keyword, ()) else name for name in names}
    return set()


@pytest.mark.parametrize("engine", ["pandas", "polars", "polars lazy"])
@pytest.mark.parametrize(("keyword", "document", "good", "bad", "blind"), CASES, ids=IDS)
def test_pandera(keyword, document, good, bad, blind, engine, tmp_path):
    descriptor = write_package(tmp_path, document)
    schema = bm.schema(descriptor, engine.split()[0], resource="a")
    for each in (schema, pickle.loads(pickle.dumps(schema))):
        assert violations(keyword, each, table(document, good, engine)) == set()
        assert violations(keyword, each, table(document, bad, engine)) == {keyword}


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize(("keyword", "document", "good", "bad", "blind"), CASES, ids=IDS)
def test_pandera_from_yaml(keyword, document, good, bad, blind, engine, tmp_path):
    schema = bm.schema(write_package(tmp_path, document), engine, resource="a")
    if constraint := not_written(document, engine):
        with pytest.raises(UnsupportedSchemaError, match=f"the constraint {constraint} of a"):
            schema.to_yaml()
        return
    text = schema.to_yaml()
    library = pandera.pandas if engine == "pandas" else pandera.polars
    reloaded = library.DataFrameSchema.from_yaml(text)
    assert violations(keyword, reloaded, table(document, good, engine)) == set()
    assert violations(keyword, reloaded, table(document, bad, engine)) == {keyword}


def not_written(document, engine):
    """Return the constraint that pandera has no built-in check for, or "" if it has one for all."""
    entry = document["fields"][0]
    if engine == "pandas" and entry["type"] == "date":
        return "type"  # a day without a time
    if entry.get("constraints", {}).get("unique"):
        return "unique"  # pandera calls two nulls duplicates
    if "uniqueKeys" in document:
        return "uniqueKeys"
    (key,) = document.get("foreignKeys", [{"fields": "a", "reference": {"resource": "t"}}])
    single = not isinstance(key["fields"], list) and key["reference"]["resource"]
    return "" if single else "foreignKeys"


@pytest.mark.parametrize(("keyword", "document", "good", "bad", "blind"), CASES, ids=IDS)
def test_the_engine_of_check(keyword, document, good, bad, blind, tmp_path):
    descriptor = write_package(tmp_path, document)

    def broken(text):
        header = ",".join(entry["name"] for entry in document["fields"])
        (tmp_path / "a.csv").write_text(f"{header}\n{text}\n", encoding="utf-8", newline="")
        report = bm.check(tmp_path / "a.csv", descriptor)
        return {count.rule for count in report.counts}

    assert broken(good) == set()
    assert broken(bad) == {keyword}


NOON = datetime(2024, 1, 1, 12)  # noqa: DTZ001 - the zone is set below


@pytest.mark.parametrize(
    ("zone", "hour", "valid"),
    [
        ("", 12, True),
        ("", 13, False),
        ("UTC", 12, True),
        ("UTC", 13, False),
        ("Europe/Berlin", 13, True),
        ("Europe/Berlin", 14, False),
    ],
)
@pytest.mark.parametrize(
    "constraints",
    [
        {"maximum": "2024-01-01T12:00:00Z"},
        {"exclusiveMaximum": "2024-01-01T13:00:01+01:00"},
        {"enum": ["2024-01-01T12:00:00", "2024-01-01T14:00:00+02:00"]},
    ],
)
def test_datetimes_with_a_zone_are_compared_in_utc(constraints, zone, hour, valid):
    cells = pl.Series("a", [NOON.replace(hour=hour), None]).dt.replace_time_zone(zone or None)
    document = field("datetime", **constraints)
    for unit in ("ms", "us", "ns"):
        frame = cells.dt.cast_time_unit(unit).to_frame()
        expected = set() if valid else {*constraints}
        assert violations("", bm.schema(document, "polars"), frame) == expected
        assert violations("", bm.schema(document, "pandas"), frame.to_pandas()) == expected
        assert {finding.rule for finding in bm.check(frame, document).findings} == expected


@pytest.mark.parametrize("hour", [0, 1])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_a_date_is_the_day_in_its_own_time_zone(zone, hour):
    frame = pd.DataFrame({"a": [pd.Timestamp(2024, 1, 1, hour, tz=zone)]})
    document = field("date", maximum="2024-01-01")
    expected = {"type"} if hour else set()
    assert {finding.rule for finding in bm.check(frame, document).findings} == expected
    if hour:
        expected |= {"maximum"}  # pandas compares the time of day too
    assert violations("", bm.schema(document), frame) == expected


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_a_frame_is_returned_as_it_was(engine):
    moments = pl.Series("a", [NOON]).dt.replace_time_zone("Asia/Tokyo").dt.cast_time_unit("ns")
    frame = moments.to_frame().to_pandas() if engine == "pandas" else moments.to_frame()
    validated = bm.validate(frame, field("datetime"))
    assert validated["a"].dtype == frame["a"].dtype


@pytest.mark.parametrize("pattern", [r"\p{Lu}+\d+", r"[A-Z-[B]]\d", r"\i\c*\d", r"\w\d"])
def test_a_pattern_without_an_equivalent_in_python(pattern):
    document = field("string", pattern=pattern)
    schema = bm.schema(document, "polars")
    assert violations("", schema, table(document, "A1", "polars")) == set()
    assert violations("", schema, table(document, "A1\nA", "polars")) == {"pattern"}
    with pytest.raises(UnsupportedSchemaError, match=r"a: the pattern .* has no equivalent"):
        bm.schema(document, "pandas")


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize(
    "constraints", [{"jsonSchema": {"type": "object"}}, {"enum": [{}]}, {"minLength": 1}]
)
def test_constraints_of_a_type_without_a_column_type(constraints, engine):
    with pytest.raises(UnsupportedSchemaError, match=r"a: .* has no data type for the type object"):
        bm.schema(field("object", **constraints), engine)


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize(
    "constraints", [{"enum": [1, 10**30]}, {"maximum": 10**30}, {"enum": [1, "01"]}]
)
def test_integers_beyond_64_bits_and_in_two_spellings(constraints, engine):
    document = field("integer", **constraints)
    assert violations("", bm.schema(document, engine), table(document, "1", engine)) == set()


@pytest.mark.parametrize("make", [pd.Series, pl.Series])
def test_a_closed_list_names_the_cell_that_is_not_in_it(make):
    table_schema = parse_table_schema(field("string", enum=["x", "y"]), "schema")
    compiler, frame = (
        (compile_pandas, pd.DataFrame) if make is pd.Series else (compile_polars, pl.DataFrame)
    )
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        compiler("t", table_schema, targets).validate(frame({"a": ["x", "z"]}), lazy=True)
    kinds = [error.reason_code.name for error in caught.value.schema_errors]
    assert sorted(kinds) == ["DATAFRAME_CHECK", "WRONG_DATATYPE"]
    cells = caught.value.failure_cases
    assert "z" in list(cells["failure_case"])


@pytest.mark.parametrize(("keyword", "document", "good", "bad", "blind"), CASES, ids=IDS)
def test_frictionless(keyword, document, good, bad, blind, tmp_path):
    def valid(text):
        header = ",".join(entry["name"] for entry in document["fields"])
        (tmp_path / "a.csv").write_text(f"{header}\n{text}\n", encoding="utf-8", newline="")
        (tmp_path / "t.csv").write_text("p,q\nx,1\ny,2\n", encoding="utf-8")
        strings = {"fields": [{"name": n, "type": "string"} for n in "pq"]}
        package = frictionless.Package.from_descriptor(
            {
                "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
                "resources": [
                    {"name": "a", "path": "a.csv", "schema": json.loads(json.dumps(document))},
                    {"name": "t", "path": "t.csv", "schema": strings},
                ],
            },
            basepath=str(tmp_path),
        )
        return package.validate().valid

    assert valid(good)
    assert valid(bad) == bool(blind), blind or "frictionless should find this fault"


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("COLUMN_NOT_ORDERED", lambda f: f[["b", "a"]]),
        ("COLUMN_NOT_IN_DATAFRAME", lambda f: f[["a"]]),
        ("COLUMN_NOT_IN_SCHEMA", lambda f: f.assign(c=1)),
        ("WRONG_DATATYPE", lambda f: f.assign(a=1.5)),
        ("WRONG_DATATYPE", lambda f: f.assign(b=["text", "text"])),
        ("WRONG_DATATYPE", lambda f: f.assign(a=pd.Series(["x", 1], dtype="object"))),
    ],
)
def test_strict_in_the_order_names_and_types_of_columns(fault, change):
    document = {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]}
    compiled = compile_pandas("t", parse_table_schema(document, "schema"), targets)
    frame = pd.DataFrame({"a": pd.array(["x", "y"], "string"), "b": pd.array([1, 2], "Int64")})
    compiled.validate(frame)
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        compiled.validate(change(frame), lazy=True)
    assert fault in {error.reason_code.name for error in caught.value.schema_errors}


COHORT = {
    "fields": [
        {"name": "lesion_type", "type": "string"},
        {"name": "age", "type": "integer", "constraints": {"maximum": 120}},
    ],
    "foreignKeys": [
        {
            "fields": ["lesion_type"],
            "reference": {"package": "bonemet-data", "resource": "types", "fields": ["type_id"]},
        }
    ],
}


@pytest.mark.parametrize("form", ["content", "path", "text"])
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_a_schema_of_ones_own_that_refers_to_a_published_table(tmp_path, make, form):
    place = tmp_path / "cohort.json"
    place.write_text(json.dumps(COHORT))
    source = {"content": COHORT, "path": place, "text": str(place)}[form]
    good = {"lesion_type": ["mixed", None], "age": [50, 120]}
    bad = {"lesion_type": ["Mixed", "mixed"], "age": [50, 121]}

    def frame(cells):
        if make is pd.DataFrame:
            return pd.DataFrame(cells).astype({"lesion_type": "string", "age": "Int64"})
        return pl.DataFrame(cells)

    assert bm.validate(frame(good), source) is not None
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        bm.validate(frame(bad), source)
    found = {(e.check.name, e.schema.name) for e in caught.value.schema_errors}
    report = bm.check(frame(bad), COHORT)
    assert found == {(count.rule, count.column) for count in report.counts}
    assert found == {("foreignKeys", "lesion_type"), ("maximum", "age")}


@pytest.mark.parametrize(
    ("error", "source", "words"),
    [
        (UnsupportedSchemaError, {"fields": [{"name": "a", "type": "time"}]}, "no data type for the type time"),
        (UnsupportedSchemaError, {"fields": [{"name": "a", "type": "string", "format": "email"}]}, "cannot check the string format email"),
        (UnsupportedSchemaError, {"fields": [{"name": "a", "type": "list"}]}, "no data type for the type list"),
        (UnsupportedSchemaError, {"fields": [{"name": "a", "type": "any"}]}, "no data type for the type any"),
        (UnsupportedSchemaError, {"fields": [{"name": "a", "type": "string"}], "fieldsMatch": "partial"}, "fieldsMatch partial"),
        (UnsupportedSchemaError, field("string", pattern="(a+)+"), "nests repeats"),
        (UnsupportedSchemaError, field("string", pattern=r"\p{L}"), "no equivalent in Python"),
        (UnsupportedSchemaError, field("datetime", minimum="12024-01-01T00:00:00"), "use bonemet_data.check"),
        (PackageError, "nowhere.json", "cannot be read"),
        (UnknownNameError, "cohort", "resource"),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_compiled(error, source, words):
    with pytest.raises(error, match=words):
        bm.schema(source)


@pytest.mark.parametrize("cell", ["", "NA"])
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_a_required_text_that_stands_for_a_missing_value(make, cell):
    source = {**field("string", required=True), "missingValues": ["", "NA"]}
    frame = make({"a": ["x", cell]})
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        bm.validate(frame, source)
    assert {error.check.name for error in caught.value.schema_errors} == {"required"}
    assert [count.rule for count in bm.check(frame, source).counts] == ["required"]


def test_a_date_with_a_time_in_pandas():
    frame = pd.DataFrame({"a": pd.to_datetime(["2025-01-01 00:00", "2025-01-01 05:00"]).astype("datetime64[s]")})  # fmt: skip
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        bm.validate(frame, field("date"))
    assert {error.check.name for error in caught.value.schema_errors} == {"type"}
    assert [count.rule for count in bm.check(frame, field("date")).counts] == ["type"]


def test_published_schemas_read_back_from_yaml_reject_what_they_rejected():
    schema = bm.schema("types")
    frame = bm.load("types").assign(type_id=pd.array(["BAD ID", "lytic", "mixed"], "string"))
    reloaded = pandera.pandas.DataFrameSchema.from_yaml(schema.to_yaml())
    for each in (schema, reloaded, pickle.loads(pickle.dumps(schema))):
        assert violations("", each, frame) == {"foreignKeys", "pattern"}


def test_an_example():
    fields = [
        {
            "name": "id",
            "type": "string",
            "constraints": {"required": True, "pattern": "[a-z]{2,5}"},
        },
        {"name": "age", "type": "integer", "constraints": {"minimum": 0, "maximum": 120}},
    ]
    schema = bm.schema({"fields": fields})
    assert len(schema.validate(schema.example(size=3))) == 3


def test_a_pandas_frame_with_two_columns_of_one_name():
    frame = pd.DataFrame([["x", "x"]], columns=["a", "a"]).astype("string")
    with pytest.raises(pandera.errors.SchemaErrors, match="DUPLICATE_COLUMN_LABELS"):
        bm.validate(frame, field("string"))


def test_a_column_of_mixed_objects_is_named_in_the_error():
    frame = pd.DataFrame({"a": pd.Series(["x", 1], dtype="object")})
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        bm.validate(frame, field("string", pattern="[a-z]+", maxLength=3))
    assert {error.schema.name for error in caught.value.schema_errors} == {"a"}
