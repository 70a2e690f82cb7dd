"""`bm.check(..., engine="spark")`: the report of one machine, by workers of a local Spark."""

import gzip
import os
import random
import subprocess
import sys
from dataclasses import replace

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, DataError, UnknownNameError, UnsupportedFrameError
from tests import reference
from tests.checking.cases import AB, TRAPS, save, schema, tables
from tests.checking.spark.conftest import HAS_JAVA

pytest.importorskip("pyspark", reason="PySpark is not installed")
pytestmark = pytest.mark.xdist_group("spark")


def alike(spark, data, rules, limit=10**6, other=None, **options):
    """Check with both engines; return the report, which is the same but for its title."""
    one = bm.check(data if other is None else other, rules, limit=limit, **options)
    many = bm.check(data, rules, limit=limit, engine="spark", spark=spark, **options)
    assert replace(many, title=one.title) == one
    return one


KEYS = schema(
    ["a", "integer", {"unique": True, "maximum": 90}],
    "b string",
    "c string",
    uniqueKeys=[["b"], ["a", "c"]],
    foreignKeys=[{"fields": ["c"], "reference": {"resource": "", "fields": ["b"]}}],
)


def rows(number):
    """Return records with quoted line feeds, duplicate and missing keys, and references."""
    return [
        ["" if at % 11 == 0 else str(at % 83), f"b{at % 70}\n{at}" if at % 5 else f"b{at % 70}", "" if at % 7 else f"b{at % 100}"]
        for at in range(number)
    ]  # fmt: skip


def csv(number):
    return reference.write_csv(["a", "b", "c"], rows(number))


def test_files_of_many_chunks(spark, tiny_cells, tmp_path):
    (tmp_path / "1.csv").write_bytes(csv(90))
    (tmp_path / "2.csv").write_bytes(csv(70) + b"1\n\nx,\xff,\n")
    (tmp_path / "3.tsv").write_bytes(csv(30).replace(b",", b"\t"))
    (tmp_path / "4.csv.gz").write_bytes(gzip.compress(csv(40)))
    (tmp_path / "5.csv.zst").write_bytes(pa.compress(csv(20), "zstd", asbytes=True))
    frame = pl.DataFrame(rows(50), schema=["a", "b", "c"], orient="row")
    frame.write_parquet(tmp_path / "6.parquet", row_group_size=8)
    frame.write_ipc(tmp_path / "7.arrow")
    report = alike(spark, tmp_path, KEYS)
    assert report.rows == 90 + 70 + 2 + 30 + 40 + 20 + 50 + 50
    assert {count.rule for count in report.counts} == {
        *("type", "unique", "uniqueKeys", "foreignKeys"),
        *("ragged-row", "blank-line", "encoding"),
    }
    assert alike(spark, tmp_path, KEYS, limit=7).findings == report.findings[:7]
    assert alike(spark, tmp_path, KEYS, limit=0).findings == ()


def test_every_fault_of_csv(spark, tmp_path, monkeypatch):
    monkeypatch.setattr("bonemet_data.reading.tables.SIZE", 8)
    for at, (_, rules, data, _, _) in enumerate(TRAPS):
        if rules is AB:
            (tmp_path / f"{at:02}.csv").write_bytes(data)
    report = alike(spark, tmp_path, AB)
    rules = {count.rule for count in report.counts}
    assert {"not-csv", "ragged-row", "blank-line", "columns", "duplicate-header"} <= rules


def test_a_lost_quote(spark, tiny_cells, tmp_path):
    (tmp_path / "t.csv").write_bytes(csv(20) + b'1,"lost,x\n' + csv(40) + b'2,"lost,y\n')
    report = alike(spark, tmp_path / "t.csv", KEYS)
    assert "not-csv" in {count.rule for count in report.counts}


def test_a_quote_in_a_bare_cell(spark, tiny_cells, tmp_path):
    (tmp_path / "t.csv").write_bytes(csv(20) + b'1,5" nail,c\n2,"x\ny",c\n' * 20 + csv(40))
    alike(spark, tmp_path / "t.csv", KEYS)


@pytest.mark.parametrize("name", ["t.json", "t.xlsx", "t.parquet.gz"])
def test_formats_that_workers_do_not_read(spark, tmp_path, name):
    (tmp_path / name).write_bytes(gzip.compress(b"") if name.endswith("gz") else b"[]")
    with pytest.raises((UnsupportedFrameError, DataError)):
        bm.check(tmp_path / name, KEYS, engine="spark", spark=spark)


def test_published_ids_and_suggestions(spark, tmp_path):
    (tmp_path / "t.csv").write_text("t\nmixed\nMixed\nlytic\n", encoding="utf-8")
    report = alike(spark, tmp_path / "t.csv", None, columns={"t": "types"})
    assert [each.suggestion for each in report.findings] == ["mixed", "osteolytic"]


def test_a_spark_dataframe_of_several_partitions(spark):
    text = "case when id % 11 = 0 then null else cast(id % 83 as string) end as a"
    columns = [text, "concat('b', id % 70) as b", "concat('b', id % 100) as c"]
    frame = spark.range(0, 300, 1, 4).selectExpr(*columns)
    report = alike(spark, frame, KEYS, other=pl.DataFrame(pl.from_arrow(frame.toArrow())))
    assert {count.rule for count in report.counts} == {"unique", "uniqueKeys", "foreignKeys"}
    assert report.findings[-1].row == 300


def test_a_spark_dataframe_of_values(spark):
    columns = {
        "i": ("integer", "cast(id as int)", {"unique": True, "maximum": 20}),
        "n": ("number", "case id when 1 then -0D when 2 then double('NaN') when 4 then double('NaN') else id * 0D end", {"unique": True}),
        "d": ("date", "date_add(date'2025-01-01', cast(id % 20 as int))", {"minimum": "2025-01-05"}),
        "t": ("datetime", "timestamp_ntz'2025-01-01 10:00:00' + make_dt_interval(0, 0, 0, id % 29)", {"unique": True}),
        "z": ("datetime", "timestamp'2025-01-01 10:00:00' + make_dt_interval(0, 0, 0, id % 28)", {"unique": True}),
        "f": ("integer", "id + 0.5D", {}),
        "x": ("string", "concat('x', id % 25)", {"enum": ["x1", "x2"]}),
        "m": ("number", "cast(id as decimal(10, 2))", {"maximum": 5}),
    }  # fmt: skip
    rules = schema(*([n, kind, limits] for n, (kind, _, limits) in columns.items()))
    rules["uniqueKeys"] = [["n", "d"], ["x", "i"]]
    frame = spark.range(0, 30, 1, 2).selectExpr(*(f"{c[1]} as {n}" for n, c in columns.items()))
    report = alike(spark, frame, rules, other=pl.DataFrame(pl.from_arrow(frame.toArrow())))
    assert {(c.rule, c.column) for c in report.counts} >= {("unique", "n"), ("unique", "t"), ("unique", "z"), ("type", "f"), ("uniqueKeys", "n, d")}  # fmt: skip


def test_a_spark_dataframe_made_by_the_driver(spark):
    rules = schema(["a", "integer", {"unique": True, "maximum": 5}])
    cells = [1, 9, 2, 9, 3, 8, 4, 7]
    other = pl.DataFrame({"a": cells})
    made = spark.createDataFrame(other.to_arrow())
    assert made.rdd.getNumPartitions() == 2
    alike(spark, made, rules, other=other)
    values = ", ".join(f"({cell})" for cell in cells)
    report = alike(spark, spark.sql(f"select * from values {values} as t(a)"), rules, other=other)
    assert [f.row for f in report.findings if f.rule == "maximum"] == [2, 4, 6, 8]


def test_a_column_of_lists_is_not_text(spark):
    frame = spark.range(3).selectExpr("array(id) as a")
    report = bm.check(frame, schema("a string"), engine="spark")
    assert [(f.rule, f.message) for f in report.findings] == [("type", "is not a string")] * 3


def test_a_worker_that_dies(spark):
    def die(_):
        os._exit(1)

    frame = spark.range(3).mapInArrow(die, "a long")
    with pytest.raises(DataError, match="a Python worker died"):
        bm.check(frame, schema("a integer"), engine="spark")


def test_an_invalid_session(spark, tmp_path):
    (tmp_path / "t.csv").write_bytes(b"a,b\n1,2\n")
    with pytest.raises(ArgumentError, match="spark must be a SparkSession, not a str"):
        bm.check(tmp_path / "t.csv", AB, engine="spark", spark="local[2]")


def test_a_spark_dataframe_beside_files(spark, tmp_path):
    (tmp_path / "t.csv").write_bytes(b"a,b\nx,1\ny,2\n")
    frame = spark.range(2).selectExpr("'x' as a", "cast(id as string) as b", "1 as b")
    other = pl.DataFrame(pl.from_arrow(frame.toDF("a", "b", "c").toArrow())).drop("c")
    rules = schema(["a", "string", {"unique": True}], "b string")
    data = [tmp_path / "t.csv", frame.toDF("a", "b", "c").drop("c"), tmp_path / "t.csv"]
    assert alike(spark, data, rules, other=[data[0], other, data[2]]).errors == 6
    report = bm.check(frame, rules, engine="spark", spark=spark)
    assert [(each.rule, each.column) for each in report.counts] == [("unique", "a"), ("duplicate-header", "b")]  # fmt: skip


def test_no_records_and_no_known_columns(spark, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "header.csv").write_bytes(b"a,b\n")
    frame = spark.range(0).selectExpr("'x' as a", "'y' as b")
    strange = spark.range(3).selectExpr("'x' as z")
    alike(spark, "empty.csv", AB)
    assert alike(spark, "header.csv", AB).valid
    assert alike(
        spark, frame, AB, other=pl.DataFrame(schema={"a": pl.String, "b": pl.String})
    ).valid
    alike(spark, strange, AB, other=pl.DataFrame({"z": ["x", "x", "x"]}))


def test_the_file_has_all_findings(spark, tiny_cells, tmp_path):
    (tmp_path / "t.csv").write_bytes(csv(150) + b"x,,\n1,2\n")
    reports, frames = [], []
    for engine in ("polars", "spark"):
        output = tmp_path / f"{engine}.parquet"
        reports.append(bm.check(tmp_path / "t.csv", KEYS, limit=2, output=output, engine=engine))
        frames.append(pl.read_parquet(output).sort("row", "column", "rule"))
    assert reports[0] == reports[1]
    assert frames[0].equals(frames[1])
    assert frames[0].height == reports[0].errors > 100


def test_progress_and_cleanup(spark, tmp_path):
    (tmp_path / "t.csv").write_bytes(csv(60))
    messages = []
    bm.check(tmp_path, KEYS, engine="spark", progress=lambda *each: messages.append(each))
    assert messages[-1] == (60, (tmp_path / "t.csv").stat().st_size - len(b"a,b,c\n"))
    assert spark.sparkContext._jsc.getPersistentRDDs().size() == 0
    assert spark.range(3).count() == 3


@pytest.mark.parametrize("name", ["torn.csv.gz", "torn.csv.zst", "torn.parquet", "nowhere.csv", "notes.txt"])  # fmt: skip
def test_unreadable_data_have_the_message_of_one_machine(spark, tmp_path, name):
    torn = b"a,b\n" + b"".join(b"%d,%d\n" % (at, at * at) for at in range(50_000))
    (tmp_path / "notes.txt").write_text("a,b\n")
    (tmp_path / "torn.csv.gz").write_bytes(gzip.compress(torn)[:-20])
    (tmp_path / "torn.csv.zst").write_bytes(pa.compress(torn, "zstd", asbytes=True)[:-5])
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 not really")
    messages = set()
    for engine in ("polars", "spark"):
        with pytest.raises(DataError) as caught:
            bm.check(tmp_path / name, AB, engine=engine, output=tmp_path / "findings.csv")
        messages.add(str(caught.value))
    assert len(messages) == 1
    assert not (tmp_path / "findings.csv").exists()


def change(place, how):
    if how == "grows":
        with place.open("ab") as file:
            file.write(b"3,4\n")
    else:
        place.unlink()


@pytest.mark.parametrize(("how", "words"), [("grows", "changed during the check"), ("goes", "at the same path as the driver")])  # fmt: skip
def test_a_file_that_changes(spark, tmp_path, how, words):
    from bonemet_data.checking.collector import Collector
    from bonemet_data.checking.plan import Plan
    from bonemet_data.checking.spark.run import check_tables, find_spark_tables
    from bonemet_data.reading.sources import ReadOptions
    from bonemet_data.tableschema.parser import parse_table_schema

    place = tmp_path / "t.csv"
    place.write_bytes(b"a,b\n1,2\n")
    found = find_spark_tables(place, ReadOptions())
    plan = Plan.of(parse_table_schema(AB, "the schema"), lambda key: None)
    change(place, how)
    with pytest.raises(DataError, match=words):
        check_tables(plan, found, Collector(1), None, spark)


def test_a_spark_dataframe_that_differs_each_time(spark):
    def another(batches):
        for batch in batches:
            yield pa.record_batch({"a": [random.randrange(100) for _ in range(batch.num_rows)]})

    frame = spark.range(1000).mapInArrow(another, "a long")
    rules = schema(["a", "integer", {"unique": True}])
    with pytest.raises(DataError, match="changed during the check"):
        bm.check(frame, rules, engine="spark")


def test_an_error_of_spark_is_one_line(spark, tmp_path):
    (tmp_path / "t.parquet").write_bytes(b"PAR1 not really")
    frame = spark.read.schema("a string, b string").parquet(str(tmp_path))
    with pytest.raises(
        DataError, match=r"^Spark failed: .*t\.parquet is not a Parquet file"
    ) as caught:
        bm.check(frame, AB, engine="spark")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not HAS_JAVA or os.name == "nt", reason="Spark needs Java")
def test_a_new_session(tmp_path):
    """Workers use the same Python, and import nothing from the current folder, as of the data."""
    (tmp_path / "t.csv").write_text("t\nmixed\nMixed\n", encoding="utf-8")
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    for name in ("bonemet_data", "polars", "numpy"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(9)\n")
    environment = {name: text for name, text in os.environ.items() if name != "PYSPARK_PYTHON"}
    environment |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, "-P", "-m", "bonemet_data", "check", "t.csv", "--column", "t=types", "--engine", "spark"]  # fmt: skip
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert done.returncode == 1, done.stderr
    assert "1 error in 2 rows" in done.stdout


def test_pyspark_is_not_installed():
    code = (
        "import sys; sys.modules['pyspark'] = None; import bonemet_data as bm\n"
        "bm.check('t.csv', columns={'t': 'types'}, engine='spark')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install '.[spark]'" in done.stderr


def test_data_that_an_engine_refuses(spark):
    frame = pl.DataFrame({"a": ["x"], "b": ["y"]})
    for data in (frame, frame.to_pandas(), frame.to_arrow(), "-"):
        with pytest.raises(UnsupportedFrameError, match='pass engine="polars"'):
            bm.check(data, AB, engine="spark")
    with pytest.raises(UnsupportedFrameError, match='engine="spark"'):
        bm.check(spark.range(1), AB)
    with pytest.raises(UnknownNameError, match="polars, spark"):
        bm.check(frame, AB, engine="dask")


def parts_of(rows, names, folder, spark):
    """Write records in every format; return the data for Spark, and for one machine."""
    folder.mkdir()
    texts = [rows[at::4] for at in range(4)]
    (folder / "1.csv").write_bytes(reference.write_csv(names, texts[0]))
    (folder / "2.csv.gz").write_bytes(gzip.compress(reference.write_csv(names, texts[1])))
    frames = [pl.DataFrame(part, dict.fromkeys(names, pl.String), orient="row") for part in texts]
    save(frames[2].write_parquet, folder / "3.parquet")
    save(frames[3].write_parquet, folder / "4.parquet")
    files = [folder / name for name in ("1.csv", "2.csv.gz", "3.parquet")]
    frame = spark.read.parquet(str(folder / "4.parquet"))
    return [*files, frame], [*files, frames[3]]


def compare(spark, folder, table):
    rules, every = table
    names = [field["name"] for field in rules["fields"]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bonemet_data.reading.tables.SIZE", 10)
        data, other = parts_of(every, names, folder, spark)
        alike(spark, data, rules, other=other)


def property_test(examples):
    return settings(
        max_examples=examples,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],  # to shrink takes minutes
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@property_test(4)
@given(table=tables())
def test_any_table_in_any_form(spark, tmp_path_factory, table):
    compare(spark, tmp_path_factory.mktemp("t") / "t", table)


@pytest.mark.slow
@property_test(150)
@given(table=tables())
def test_many_tables_in_any_form(spark, tmp_path_factory, table):
    compare(spark, tmp_path_factory.mktemp("t") / "t", table)


def test_more_distinct_faults_than_are_kept(spark, tiny_cells, tmp_path, monkeypatch):
    monkeypatch.setattr("bonemet_data.checking.group_store.MAX_GROUPS", 20)
    (tmp_path / "t.csv").write_bytes(csv(90))
    report = alike(spark, tmp_path / "t.csv", KEYS, limit=0)
    assert len([group for group in report.groups if group.value is not None]) == 20
    assert report.errors == sum(group.number for group in report.groups)


@pytest.mark.parametrize(
    ("choice", "rules"),
    [("codes:icd10cm", {"codes": 3, "code-names": 1}), ("codes:icd10cm?", {"codes": 1, "code-names": 1})],
)  # fmt: skip
def test_columns_of_codes(spark, tiny_cells, tmp_path, choice, rules):
    codes = ["C79.51", "c7951", "", "breast cancer", "198.5", "Z85.3", "I10", "icd10cm:C61"] * 30
    path = tmp_path / "diagnoses.csv"
    path.write_bytes(reference.write_csv(["dx"], [[code] for code in codes]))
    report = alike(spark, path, None, columns={"dx": choice})
    assert report.rows == len(codes)
    assert {count.rule: count.number for count in report.counts} == {
        rule: 30 * number for rule, number in rules.items()
    }
    assert report.notes == ("dx: 30 of 240 values are names of concepts: use normalize",)
