"""What `annotate`, `normalize` and `detect` found, as text or JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..reporting.escaping import json_text
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
        first = f"{self.rows:,} rows: {self.matched:,} with a concept, {without:,} without."
        return "\n".join([first, *self.statuses.lines(), *self.notes])


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
    lines = [
        f"{fit.vocabulary:<12}  {fit.codes:,} of {total:,} values ({fit.codes / total:.1%}) "
        f"have the form of {fit.name}; {fit.matched:,} lead to a concept"
        for fit in fits
        if fit.codes
    ]
    return "\n".join(lines or [f"None of {total:,} values is a code of a known vocabulary."])
