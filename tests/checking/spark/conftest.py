"""A local Spark, shared by all its tests."""

import os
import shutil
import sys

import pytest

HAS_JAVA = shutil.which("java") or os.environ.get("JAVA_HOME")
SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": 2,
    "spark.ui.enabled": False,
    "spark.ui.showConsoleProgress": False,
}


@pytest.fixture(scope="session")
def spark():
    """Return a session; skip where it cannot run."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed")
    if not HAS_JAVA or os.name == "nt":
        pytest.skip("Spark needs Java, and on Windows the binaries of Hadoop")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = sql.SparkSession.builder.master("local[2]").config(map=SETTINGS)
        session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def tiny_cells(monkeypatch):
    """Cut files into cells of a few bytes, so that a small file has many chunks."""
    monkeypatch.setattr("bonemet_data.reading.tables.SIZE", 150)
