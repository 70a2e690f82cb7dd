"""Check unique keys and self-references on Spark, with shuffles and window functions."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack

from ...extras import CHECK, SPARK
from ...reading.byte_streams import changed
from ..collector import Collector
from ..keys import CANDIDATES, BatchStart, key_findings
from ..plan import Plan
from .arrow_rows import CANDIDATE, MEMBER, PACKED, unpack
from .jobs import Jobs, collect, map_partitions
from .key_exchange import BUCKETS, MARKS, pack_frames, read_candidates, repeated_members
from .worker import Work

with CHECK:
    import polars as pl
with SPARK:
    from pyspark.sql import DataFrame, Window
    from pyspark.sql import functions as F  # noqa: N812 - its usual name

_BUCKETS_SIZE = 2**21
"""Number of hashes per task, unless a single bucket has more."""

_LOCATION = ("file", "line", "row")


class SparkKeyChecker:
    """Checker of the unique keys and self-references of all batches, on Spark.

    Args:
        plan: The plan.
        results: Results of the batches, with the columns `RESULT`.
        stack: Exit stack that releases cached Spark DataFrames.
    """

    def __init__(self, plan: Plan, results: DataFrame, stack: ExitStack) -> None:
        self._plan, self._results, self._stack = plan, results, stack

    def check(
        self, jobs: Jobs, starts: Mapping[tuple[int, int], BatchStart], collector: Collector
    ) -> None:
        """Check the keys and references.

        Args:
            jobs: Runner that reads pieces again.
            starts: Starts of the batches, by piece id and number of the batch.
            collector: Collector of the findings.

        Raises:
            DataError: Data cannot be read, or changed during the check.
        """
        members = self._persist(self._members(collector.rows))
        orphans = self._persist(self._orphans())
        suspects = members.select("piece_id", "batch", "hash")
        suspects = suspects.unionAll(orphans.select("piece_id", "batch", "hash"))
        mark = F.col("hash").bitwiseAND(F.lit(MARKS - 1)).alias("mark")
        marks = collect(suspects.select(mark).distinct())["mark"].to_numpy()
        if not len(marks):
            return
        wanted: dict[int, dict[int, BatchStart]] = {}
        batches = collect(suspects.select("piece_id", "batch").distinct()).sort("piece_id", "batch")
        for piece_id, batch in batches.iter_rows():
            if (piece_id, batch) not in starts:
                raise changed("the Spark DataFrame")
            wanted.setdefault(piece_id, {})[batch] = starts[piece_id, batch]
        rows = jobs.run(CANDIDATE, Work(read_candidates, (wanted, marks)), wanted)
        if rows is None:
            return
        rows = self._persist(rows)
        finished = rows.filter("finished is not null or error is not null")
        if collect(finished.select("finished", "error")).height < sum(map(len, wanted.values())):
            raise changed("the data")
        candidates = rows.filter("relation is not null").select(*CANDIDATES)
        self._collect(self._persist(self._violations(candidates, orphans)), collector)

    def _members(self, rows: int) -> DataFrame:
        """Return the hashes that occur more than once, with their batches."""
        keys = len(self._plan.unique_keys)
        tasks = min(1 + rows // _BUCKETS_SIZE, BUCKETS) * keys or 1
        buckets = self._results.select("piece_id", "batch", F.explode("buckets").alias("item"))
        buckets = buckets.select("item.relation", "item.bucket", "piece_id", "batch", "item.hashes")
        buckets = buckets.repartition(tasks, "relation", "bucket")
        buckets = buckets.sortWithinPartitions("relation", "bucket")
        return map_partitions(buckets, MEMBER, repeated_members)

    def _orphans(self) -> DataFrame:
        """Return the values of self-references that do not occur in the columns referred to."""
        values = self._results.select("piece_id", "batch", F.explode("values").alias("item"))
        values = values.select("piece_id", "batch", "item.*")
        targets = values.filter("is_target").select("relation", "key").distinct()
        return values.filter("not is_target").join(targets, ["relation", "key"], "left_anti")

    def _violations(self, candidates: DataFrame, orphans: DataFrame) -> DataFrame:
        """Return the candidates that violate their relation; see also `keys.duplicates`."""
        is_reference = F.col("relation") < len(self._plan.self_references)
        missing = orphans.select("relation", "key").distinct()
        references = candidates.filter(is_reference).join(missing, ["relation", "key"], "left_semi")
        window = Window.partitionBy("relation", "key").orderBy("row")
        location = F.struct(*_LOCATION)
        other = F.when(F.row_number().over(window) == 1, F.lead(location).over(window))
        other = other.otherwise(F.first(location).over(window))
        keys = candidates.filter(~is_reference).withColumn("other", other)
        return references.withColumn(
            "other", F.lit(None).cast(keys.schema["other"].dataType)
        ).unionByName(keys.filter("other is not null"))

    def _collect(self, violations: DataFrame, collector: Collector) -> None:
        cells = violations.select("row", F.explode("new_cells").alias("cell"))
        collector.cells += cells.distinct().count()
        columns = [F.col(name) for name in ("relation", *_LOCATION, "value")]
        columns += [F.col(f"other.{name}").alias(f"other_{name}") for name in _LOCATION]
        earliest = F.min(F.struct("row", "file", "line", "other")).alias("earliest")
        groups = violations.groupBy("relation", "value").agg(earliest, F.count("*").alias("number"))
        groups = groups.select("relation", "value", "earliest.*", "number")
        for part in _frames(groups.orderBy("row", "relation").select(*columns, "number")):
            collector.add_groups(key_findings(part, self._plan).with_columns(part["number"]))
        ordered = violations.orderBy("row", "relation").select(*columns)
        if collector.sink:
            for part in _frames(ordered):
                collector.add_located(key_findings(part, self._plan))
        elif collector.limit:
            first = collect(ordered.limit(min(collector.limit, 2**31 - 1)))
            collector.add_located(key_findings(first, self._plan))

    def _persist(self, frame: DataFrame) -> DataFrame:
        self._stack.callback(frame.persist().unpersist)
        return frame


def _frames(ordered: DataFrame) -> Iterator[pl.DataFrame]:
    """Iterate over the rows of a sorted frame, one partition at a time."""
    packed = map_partitions(ordered, PACKED, pack_frames)
    for part in packed.toLocalIterator(prefetchPartitions=True):
        yield unpack(bytes(part["packed"]))
