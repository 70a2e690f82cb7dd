"""`bm.check(..., engine="spark")`: the report of one machine, from the workers of a local Spark."""

import gzip
import os
import random
import shutil
import subprocess
import sys
from itertools import pairwise

import polars as pl
import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bonemet_data as bm
from bonemet_data.checking.chunks import blocks
from bonemet_data.checking.spark.cuts import survey
from bonemet_data.checking.spark.pieces import cuts
from bonemet_data.cli import main
from bonemet_data.errors import DataError, UnknownNameError, UnsupportedFrameError
from tests import reference
from tests.checking.test_check import AB, TRAPS, schema
from tests.checking.test_properties import save, tables

HAS_JAVA = shutil.which("java") or os.environ.get("JAVA_HOME")

pytest.importorskip("pyspark", reason="PySpark is not installed")
needs_java = pytest.mark.skipif(
    not HAS_JAVA or os.name == "nt", reason="Spark needs Java, and on Windows Hadoop's binaries"
)
pytestmark = pytest.mark.xdist_group("spark")


@pytest.fixture(scope="session")
def spark():
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": 2,
        "spark.ui.enabled": False,
        "spark.ui.showConsoleProgress": False,
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def small(monkeypatch):
    """Blocks of a few bytes, so that a small file has many."""
    monkeypatch.setattr("bonemet_data.checking.sources.SIZE", 150)


def alike(spark, data, rules, limit=10**6, other=None, **options):
    """Check on both engines; give the report, which is the same."""
    one = bm.check(data if other is None else other, rules, limit=limit, **options)
    assert bm.check(data, rules, limit=limit, engine="spark", spark=spark, **options) == one
    return one


KEYS = schema(
    ["a", "integer", {"unique": True, "maximum": 90}],
    "b string",
    "c string",
    uniqueKeys=[["b"], ["a", "c"]],
    foreignKeys=[{"fields": ["c"], "reference": {"resource": "", "fields": ["b"]}}],
)


def rows(number):
    """Records with line feeds inside quotes, keys that repeat or miss a value, and references."""
    return [
        ["" if at % 11 == 0 else str(at % 83), f"b{at % 70}\n{at}" if at % 5 else f"b{at % 70}", "" if at % 7 else f"b{at % 100}"]
        for at in range(number)
    ]  # fmt: skip


def csv(number):
    return reference.write_csv(["a", "b", "c"], rows(number))


@needs_java
def test_several_parts_of_many_blocks(spark, small, tmp_path):
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
    assert alike(spark, tmp_path, KEYS, limit=7).failures == report.failures[:7]
    assert alike(spark, tmp_path, KEYS, limit=0).failures == ()


@needs_java
@pytest.mark.parametrize("size", [8, 2**16])
def test_every_trap_of_csv(spark, tmp_path, monkeypatch, size):
    monkeypatch.setattr("bonemet_data.checking.sources.SIZE", size)
    for at, (_, rules, data, _, _) in enumerate(TRAPS):
        if rules is AB:
            (tmp_path / f"{at:02}.csv").write_bytes(data)
    report = alike(spark, tmp_path, AB)
    rules = {count.rule for count in report.counts}
    assert {"not-csv", "ragged-row", "blank-line", "columns", "duplicate-header"} <= rules


@needs_java
def test_a_lost_quote_ends_a_block_where_one_machine_ends_it(spark, small, tmp_path, monkeypatch):
    for module in ("chunks", "spark.cuts"):
        monkeypatch.setattr(f"bonemet_data.checking.{module}.LONGEST", 400)
    (tmp_path / "t.csv").write_bytes(csv(20) + b'1,"lost,x\n' + csv(40) + b'2,"lost,y\n')
    report = alike(spark, tmp_path / "t.csv", KEYS)
    assert "not-csv" in {count.rule for count in report.counts}


@needs_java
def test_the_published_ids_and_their_suggestions(spark, tmp_path):
    (tmp_path / "t.csv").write_text("t\nmixed\nMixed\nlytic\n", encoding="utf-8")
    report = alike(spark, tmp_path / "t.csv", None, columns={"t": "types"})
    assert [each.suggestion for each in report.failures] == ["mixed", None]


@needs_java
def test_a_spark_dataframe_of_several_partitions(spark):
    text = "case when id % 11 = 0 then null else cast(id % 83 as string) end as a"
    columns = [text, "concat('b', id % 70) as b", "concat('b', id % 100) as c"]
    frame = spark.range(0, 300, 1, 4).selectExpr(*columns)
    report = alike(spark, frame, KEYS, other=pl.DataFrame(pl.from_arrow(frame.toArrow())))
    assert {count.rule for count in report.counts} == {"unique", "uniqueKeys", "foreignKeys"}
    assert report.failures[-1].row == 300


@needs_java
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


@needs_java
def test_a_spark_dataframe_of_the_drivers_own(spark):
    rules = schema(["a", "integer", {"unique": True, "maximum": 5}])
    cells = [1, 9, 2, 9, 3, 8, 4, 7]
    other = pl.DataFrame({"a": cells})
    made = spark.createDataFrame(other.to_arrow())
    assert made.rdd.getNumPartitions() == 2
    alike(spark, made, rules, other=other)
    values = ", ".join(f"({cell})" for cell in cells)
    report = alike(spark, spark.sql(f"select * from values {values} as t(a)"), rules, other=other)
    assert [f.row for f in report.failures if f.rule == "maximum"] == [2, 4, 6, 8]


@needs_java
def test_a_column_that_no_cell_can_be_read_from(spark):
    frame = spark.range(3).selectExpr("array(id) as a")
    with pytest.raises(DataError, match=r"The column a, of type List.*Turn it into text"):
        bm.check(frame, schema("a string"), engine="spark")


@needs_java
def test_a_worker_that_dies(spark):
    def die(_):
        os._exit(1)

    frame = spark.range(3).mapInArrow(die, "a long")
    with pytest.raises(DataError, match="a Python worker died"):
        bm.check(frame, schema("a integer"), engine="spark")


@needs_java
def test_what_is_no_session(spark, tmp_path):
    (tmp_path / "t.csv").write_bytes(b"a,b\n1,2\n")
    with pytest.raises(UnsupportedFrameError, match="spark must be a session, not a str"):
        bm.check(tmp_path / "t.csv", AB, engine="spark", spark="local[2]")


@needs_java
def test_a_spark_dataframe_beside_files(spark, tmp_path):
    (tmp_path / "t.csv").write_bytes(b"a,b\nx,1\ny,2\n")
    frame = spark.range(2).selectExpr("'x' as a", "cast(id as string) as b", "1 as b")
    other = pl.DataFrame(pl.from_arrow(frame.toDF("a", "b", "c").toArrow())).drop("c")
    rules = schema(["a", "string", {"unique": True}], "b string")
    data = [tmp_path / "t.csv", frame.toDF("a", "b", "c").drop("c"), tmp_path / "t.csv"]
    assert alike(spark, data, rules, other=[data[0], other, data[2]]).failed == 6
    report = bm.check(frame, rules, engine="spark", spark=spark)
    assert [(each.rule, each.column) for each in report.counts] == [("unique", "a"), ("duplicate-header", "b")]  # fmt: skip


@needs_java
def test_no_record_and_no_column_that_is_known(spark, tmp_path, monkeypatch):
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


@needs_java
@pytest.mark.parametrize("ending", ["parquet", "csv", "json"])
def test_the_complete_table_of_failures(spark, small, tmp_path, ending):
    (tmp_path / "t.csv").write_bytes(csv(150) + b"x,,\n1,2\n")
    read = {"parquet": pl.read_parquet, "csv": pl.read_csv, "json": pl.read_ndjson}[ending]
    found = []
    for engine in ("polars", "spark"):
        output = tmp_path / f"{engine}.{ending}"
        report = bm.check(tmp_path / "t.csv", KEYS, limit=2, output=output, engine=engine)
        found.append((report, read(output).sort("row", "column", "rule")))
    assert found[0][0] == found[1][0]
    assert found[0][1].equals(found[1][1])
    assert found[0][1].height == report.failed > 100


@needs_java
def test_nothing_stays_in_spark_and_progress_is_told(spark, tmp_path):
    (tmp_path / "t.csv").write_bytes(csv(60))
    told = []
    bm.check(tmp_path, KEYS, engine="spark", progress=lambda *each: told.append(each))
    assert told[-1] == (60, (tmp_path / "t.csv").stat().st_size - len(b"a,b,c\n"))
    assert spark.sparkContext._jsc.getPersistentRDDs().size() == 0
    assert spark.range(3).count() == 3


@needs_java
@pytest.mark.parametrize("name", ["torn.csv.gz", "torn.csv.zst", "torn.parquet", "nowhere.csv", "notes.txt"])  # fmt: skip
def test_what_cannot_be_read_is_told_in_the_words_of_one_machine(spark, tmp_path, name):
    torn = b"a,b\n" + b"".join(b"%d,%d\n" % (at, at * at) for at in range(50_000))
    (tmp_path / "notes.txt").write_text("a,b\n")
    (tmp_path / "torn.csv.gz").write_bytes(gzip.compress(torn)[:-20])
    (tmp_path / "torn.csv.zst").write_bytes(pa.compress(torn, "zstd", asbytes=True)[:-5])
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 not really")
    told = set()
    for engine in ("polars", "spark"):
        with pytest.raises(DataError) as caught:
            bm.check(tmp_path / name, AB, engine=engine, output=tmp_path / "failures.csv")
        told.add(str(caught.value))
    assert len(told) == 1
    assert not (tmp_path / "failures.csv").exists()


def change(place, how):
    if how == "grows":
        with place.open("ab") as file:
            file.write(b"3,4\n")
    else:
        place.unlink()


@needs_java
@pytest.mark.parametrize(("how", "words"), [("grows", "changed while it was read"), ("goes", "where its driver does")])  # fmt: skip
def test_a_file_that_changes_meanwhile(spark, tmp_path, how, words):
    from bonemet_data.checking.plan import read_rulebook
    from bonemet_data.checking.spark.run import run, spark_tables
    from bonemet_data.checking.tally import Tally

    place = tmp_path / "t.csv"
    place.write_bytes(b"a,b\n1,2\n")
    found = spark_tables(place, None)
    change(place, how)
    with pytest.raises(DataError, match=words):
        run(read_rulebook(AB, None, None, None, None), found, Tally(1, None), None, spark)


@needs_java
def test_a_spark_dataframe_that_is_another_each_time(spark):
    def another(batches):
        for batch in batches:
            yield pa.record_batch({"a": [random.randrange(100) for _ in range(batch.num_rows)]})

    frame = spark.range(1000).mapInArrow(another, "a long")
    rules = schema(["a", "integer", {"unique": True}])
    with pytest.raises(DataError, match="The Spark DataFrame changed"):
        bm.check(frame, rules, engine="spark")


@needs_java
def test_a_failure_of_spark_itself_is_one_line(spark, tmp_path):
    (tmp_path / "t.parquet").write_bytes(b"PAR1 not really")
    frame = spark.read.schema("a string, b string").parquet(str(tmp_path))
    with pytest.raises(
        DataError, match=r"^Spark could not finish: .*t\.parquet is not a Parquet file"
    ) as caught:
        bm.check(frame, AB, engine="spark")
    assert "\n" not in str(caught.value)


@needs_java
def test_the_command_line(spark, tmp_path):
    (tmp_path / "t.csv").write_text("t\nmixed\nMixed\n", encoding="utf-8")
    command = ["check", str(tmp_path / "t.csv"), "--column", "t=types", "--engine", "spark"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "Not valid: 2 rows, 1 failures, 1 cells that fail." in result.output


@needs_java
def test_a_session_of_its_own_runs_the_python_that_runs_the_check(tmp_path):
    """Also where another Python, without this package, is the first on the path."""
    (tmp_path / "t.csv").write_text("t\nmixed\nMixed\n", encoding="utf-8")
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    environment = {name: text for name, text in os.environ.items() if name != "PYSPARK_PYTHON"}
    environment |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, "-m", "bonemet_data", "check", "t.csv", "--column", "t=types", "--engine", "spark"]  # fmt: skip
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert done.returncode == 1, done.stderr
    assert "Not valid: 2 rows, 1 failures, 1 cells that fail." in done.stdout


def test_a_missing_library_names_the_extra():
    code = (
        "import sys; sys.modules['pyspark'] = None; import bonemet_data as bm\n"
        "bm.check('t.csv', columns={'t': 'types'}, engine='spark')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'bonemet-data[spark]'" in done.stderr


@needs_java
def test_what_each_engine_refuses(spark):
    frame = pl.DataFrame({"a": ["x"], "b": ["y"]})
    for data in (frame, frame.to_pandas(), frame.to_arrow(), "-"):
        with pytest.raises(UnsupportedFrameError, match="take the engine polars"):
            bm.check(data, AB, engine="spark")
    with pytest.raises(UnsupportedFrameError, match='engine="spark"'):
        bm.check(spark.range(1), AB)
    with pytest.raises(UnknownNameError, match="polars, spark"):
        bm.check(frame, AB, engine="dask")


def parts_of(rows, names, folder, spark):
    """Write some records in every form; give them to Spark, and to one machine."""
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
        patch.setattr("bonemet_data.checking.sources.SIZE", 10)
        data, other = parts_of(every, names, folder, spark)
        alike(spark, data, rules, other=other)


def property_test(examples):
    return settings(
        max_examples=examples,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@needs_java
@property_test(8)
@given(table=tables())
def test_any_table_in_any_form(spark, tmp_path_factory, table):
    compare(spark, tmp_path_factory.mktemp("t") / "t", table)


@needs_java
@pytest.mark.slow
@property_test(150)
@given(table=tables())
def test_many_tables_in_any_form(spark, tmp_path_factory, table):
    compare(spark, tmp_path_factory.mktemp("t") / "t", table)


class Bytes:
    """A stream of what stands in memory."""

    def __init__(self, data):
        self.data, self.size = data, len(data)

    def read(self, start, end):
        return self.data[start:end]

    def release(self, place):
        pass


@settings(max_examples=500)
@given(
    data=st.text('"\na', max_size=60).map(str.encode),
    begin=st.integers(0, 5),
    size=st.integers(1, 9),
    longest=st.integers(1, 30),
)
def test_cells_surveyed_apart_are_cut_as_a_stream_is(data, begin, size, longest):
    begin = min(begin, len(data))
    with pytest.MonkeyPatch.context() as patch:
        for module in ("chunks", "spark.cuts"):
            patch.setattr(f"bonemet_data.checking.{module}.LONGEST", longest)
        streamed = [block.data for block in blocks(Bytes(data), begin, size)]
        starts = range(begin, len(data) - size + 1, size)
        surveys = [survey(data[start : start + size]) for start in starts]
        folded = [data[a:b] for a, b in pairwise([begin, *cuts(begin, len(data), surveys)])]
    assert b"".join(streamed) == data[begin:]
    assert streamed == folded == simply_cut(data[begin:], size, longest)


def simply_cut(data, size, longest):
    """Cut at the last line feed outside quotes, whenever so many bytes have come."""
    found, start = [], 0
    for end in range(size, len(data) + 1, size):
        part = data[start:end]
        feeds = [at + 1 for at, byte in enumerate(part) if byte == 10]
        cut = max((at for at in feeds if part.count(b'"', 0, at) % 2 == 0), default=0)
        if not cut and len(part) > longest:
            cut = max(feeds, default=0)
        found += [part[:cut]] * bool(cut)
        start += cut
    return found + [data[start:]] * (start < len(data))
