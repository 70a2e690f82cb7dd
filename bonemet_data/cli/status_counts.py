"""Counts of the values with each status, and the most frequent of each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from heapq import nlargest
from typing import NamedTuple

from ..reporting.escaping import printable
from ..reporting.layout import GAP, wrap

MOST_DISTINCT = 2**19
"""Distinct texts of a status that are counted one by one."""

_SHOWN = 5
_LONGEST = 60


class TextCount(NamedTuple):
    """Number of values with a text."""

    text: str
    values: int


class StatusCount(NamedTuple):
    """Number of values with a status, and the most frequent texts of these values."""

    status: str
    values: int
    most_frequent: tuple[TextCount, ...]


class StatusCounts:
    r"""Counts of values by status and text. The memory does not grow with the number of values.

    When a status has more than `MOST_DISTINCT` distinct texts, the rarest ones are forgotten: the
    number of values stays exact, and the counts of texts are lower bounds.

    Example:
        >>> counts = StatusCounts()
        >>> counts.update("exact", {"Nausea": 1})
        >>> counts.update("unknown", {"x": 1, "y": 2})
        >>> print(*counts.lines(80), sep="\n")
        status   values  most frequent
        unknown       3  y (2), x (1)
        exact         1  Nausea (1)
    """

    def __init__(self) -> None:
        self._texts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._incomplete: set[str] = set()

    def update(self, status: str, texts: Mapping[str, int]) -> None:
        """Add the number of values with each text of a status."""
        self._texts[status].update(texts)
        if forget_rare(self._texts[status]):
            self._incomplete.add(status)

    def most_frequent(self) -> Iterator[StatusCount]:
        """Iterate over the statuses, the most frequent first."""
        totals = Counter({status: texts.total() for status, texts in self._texts.items()})
        for status, total in totals.most_common():
            texts = [TextCount(text, number) for text, number in self._texts[status].items()]
            most = nlargest(_SHOWN, filter(lambda each: each.text, texts), lambda each: each.values)
            yield StatusCount(status, total, tuple(most))

    def lines(self, width: int) -> Iterator[str]:
        """Iterate over the lines of a table: a row for each status, with its most frequent texts.

        Args:
            width: Width of the terminal, in which the rows are wrapped.
        """
        rows = [("status", "values", "most frequent")]
        for count in self.most_frequent():
            shown = ", ".join(f"{_shortened(text)} ({n:,})" for text, n in count.most_frequent)
            at_least = "at least " if shown and count.status in self._incomplete else ""
            rows.append((count.status, f"{count.values:,}", at_least + shown))
        first, second = (max(map(len, column)) for column in [*zip(*rows, strict=True)][:2])
        for status, values, shown in rows:
            row = f"{status:<{first}}{GAP}{values:>{second}}{GAP}{shown}"
            yield from wrap(row, width, " " * (first + second + 2 * len(GAP)))


def forget_rare(texts: Counter[str]) -> bool:
    """Count the rarest of more than `MOST_DISTINCT` texts as ""; return whether there are so many.

    Args:
        texts: Number of values with each text, changed in place. The total stays.
    """
    if len(texts) <= MOST_DISTINCT:
        return False
    total, frequent = texts.total(), texts.most_common(MOST_DISTINCT // 2)
    texts.clear()
    texts.update(dict(frequent))
    texts[""] += total - texts.total()
    return True


def _shortened(text: str) -> str:
    return printable(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
