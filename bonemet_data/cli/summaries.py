"""What `annotate`, `normalize` and `detect` found, as text or JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..reporting.escaping import json_text
from ..reporting.layout import GAP, wrap
from . import terminal
from .rendering import as_json
from .status_counts import StatusCounts

if TYPE_CHECKING:
    from ..terminology.detect import Fit


class Summary:
    """Numbers of the rows and values of an annotated column.

    Attributes:
        rows: Number of rows.
        matched: Number of rows with a concept.
        statuses: Counts of the values by status.
        notes: Reasons to doubt the result, as sentences.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.matched = 0
        self.statuses = StatusCounts()
        self.notes: Sequence[str] = ()

    def render(self, rendering: str) -> str:
        """Return the summary as "text" or "json"."""
        if rendering == "json":
            return as_json(
                {
                    "rows": self.rows,
                    "matched": self.matched,
                    "statuses": [*self.statuses.most_frequent()],
                    "notes": self.notes,
                }
            )
        without = self.rows - self.matched
        width = terminal.width()
        first = f"{self.rows:,} rows: {self.matched:,} with a concept, {without:,} without"
        notes = [line for note in self.notes for line in wrap(note, width, "")]
        return "\n".join([first, *self.statuses.lines(width), *notes])


def render_fits(fits: Sequence["Fit"], total: int, rendering: str) -> str:
    """Return how well codes fit each vocabulary, as "text" or "json".

    Args:
        fits: How well the codes fit, the best first.
        total: Number of values that are not missing.
        rendering: "text", or "json" with the columns of `bonemet_data.detect`.
    """
    if rendering == "json":
        rows = [
            {
                "vocabulary": fit.vocabulary,
                "codes": fit.codes,
                "share": fit.codes / total if total else 0.0,
                "matched": fit.matched,
            }
            for fit in fits
        ]
        return json_text(rows)
    fitting = [fit for fit in fits if fit.codes]
    if not fitting:
        return f"values: {total:,}, none with the form of a code of a known vocabulary"
    table = [("vocabulary", "name", "have its form", "have a concept")]
    table += [
        (fit.vocabulary, fit.name, f"{fit.codes:,} ({fit.codes / total:.1%})", f"{fit.matched:,}")
        for fit in fitting
    ]
    sizes = [max(map(len, column)) for column in zip(*table, strict=True)]
    template = GAP.join(f"{{:{side}{size}}}" for side, size in zip("<<>>", sizes, strict=True))
    lines = [template.format(*row) for row in table]
    return "\n".join([f"values: {total:,}", *lines])
