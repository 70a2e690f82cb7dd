"""Keys and references among all records, by Spark's own shuffles and joins.

Hashes of 64 bits are counted first. Only records whose hash stands more than once are read again,
and compared by their exact values.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import fields

from ...extras import SPARK
from ...reporting._old_report import Failure
from ..plan import Rulebook
from ..streams import changed
from ..tally import Tally
from .buckets import BUCKETS, repeated
from .candidates import MARKS, Begin, look_again, pack
from .rows import CANDIDATE, MEMBER, PACKED, unpacked
from .tasks import Tasks, collected, mapped
from .worker import Work

with SPARK:
    from pyspark.sql import DataFrame
    from pyspark.sql import functions as F  # noqa: N812 - the name that it has everywhere

_FAILURE = tuple(field.name for field in fields(Failure))

_TOGETHER = 2**21
"""Hashes that one task brings together, if there are not more of them than buckets hold."""


class Shuffle:
    """What is judged with all records in view.

    Args:
        rulebook: the rules; those of the table on itself come first, then its keys.
        outcomes: what the batches gave.
        held: lets go of what Spark keeps meanwhile.
    """

    def __init__(self, rulebook: Rulebook, outcomes: DataFrame, held: ExitStack) -> None:
        self._own, self._keys = len(rulebook.own), len(rulebook.keys)
        self._outcomes = outcomes
        self._held = held

    def judge(self, tasks: Tasks, begins: Mapping[tuple[int, int], Begin], tally: Tally) -> None:
        """Tell which keys repeat, and which references lead nowhere.

        Args:
            tasks: read pieces again.
            begins: for each batch, by place and number, where it begins.
            tally: takes what fails.

        Raises:
            DataError: some data cannot be read, or are not what they were.
        """
        members = self._keep(self._members(tally.rows))
        orphans = self._keep(self._orphans())
        looked = members.select("place", "batch", "hash")
        looked = looked.unionAll(orphans.select("place", "batch", "hash"))
        mark = F.col("hash").bitwiseAND(F.lit(MARKS - 1)).alias("mark")
        marks = collected(looked.select(mark).distinct())["mark"].to_numpy()
        if not len(marks):
            return
        holding = looked.select("place", "batch").distinct()
        wanted: dict[int, dict[int, Begin]] = {}
        for place, batch in collected(holding).sort("place", "batch").iter_rows():
            if (place, batch) not in begins:
                raise changed("The Spark DataFrame")
            wanted.setdefault(place, {})[batch] = begins[place, batch]
        found = tasks.run(CANDIDATE, Work(look_again, (wanted, marks)), wanted)
        if found is None:
            return
        candidates = self._keep(found)
        told = candidates.filter("looked_at is not null or error is not null")
        if collected(told.select("looked_at", "error")).height < sum(map(len, wanted.values())):
            raise changed("The data")
        keys = candidates.filter(F.col("at") >= self._own).groupBy("at", "key").count()
        lost = orphans.select("at", F.col("value").alias("key")).distinct()
        bad = keys.filter("count > 1").select("at", "key").unionAll(lost)
        self._tell(self._keep(candidates.join(bad, ["at", "key"], "left_semi")), tally)

    def _members(self, rows: int) -> DataFrame:
        """Give the batches that hold hashes which stand more than once."""
        tasks = min(1 + rows // _TOGETHER, BUCKETS) * self._keys or 1
        each = self._outcomes.select("place", "batch", F.explode("buckets").alias("each"))
        together = each.select("each.at", "each.bucket", "place", "batch", "each.hashes")
        together = together.repartition(tasks, "at", "bucket").sortWithinPartitions("at", "bucket")
        return mapped(together, MEMBER, repeated)

    def _orphans(self) -> DataFrame:
        """Give the references that lead nowhere: the rule, the value, and the batch."""
        values = ("each.hash", "each.value")
        references = self._each("references").select("place", "batch", "at", *values)
        targets = self._each("targets").select("at", *values[1:])
        return references.join(targets.distinct(), ["at", "value"], "left_anti")

    def _each(self, column: str) -> DataFrame:
        """Give the values in a column of lists, one for each rule."""
        lists = self._outcomes.select("place", "batch", F.posexplode(column).alias("at", "list"))
        return lists.select("place", "batch", "at", F.explode("list").alias("each"))

    def _keep(self, frame: DataFrame) -> DataFrame:
        self._held.callback(frame.persist().unpersist)
        return frame

    @staticmethod
    def _tell(failing: DataFrame, tally: Tally) -> None:
        tally.count(collected(failing.groupBy("rule", "column").count()).rows())
        tally.cells += failing.select("row", F.explode("fresh").alias("cell")).distinct().count()
        ordered = failing.orderBy("row", "at")
        if tally.sink:
            parts = mapped(ordered.select(*_FAILURE), PACKED, pack)
            for part in parts.toLocalIterator(prefetchPartitions=True):
                tally.show(unpacked(bytes(part["failures"])))
        elif tally.limit:
            tally.show(collected(ordered.limit(min(tally.limit, 2**31 - 1)).select(*_FAILURE)))
