"""The local Spark of the checks."""

from tests.checking.spark.conftest import spark

__all__ = ["spark"]
