"""Normalizing a column of free text to the concepts that it names."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..extras import SUGGEST
from .distinct_texts import read_texts
from .label_index import LabelIndex

_SUGGESTIONS = 3
_MINIMUM_SCORE = 70.0


def normalize_labels(
    labels: Iterable[Any], kind: str | None, index: LabelIndex, *, suggest: bool
) -> pd.DataFrame:
    """Return the concepts that texts name; see `bonemet_data.normalize`."""
    texts = read_texts(labels, "labels", numbers=True)
    results = [_result(index, text, kind) for text in texts.distinct]
    concept_ids, matched, statuses = zip(*results, (None, None, "missing"), strict=True)
    frame = pd.DataFrame(
        {
            "label": texts.column(),
            "concept_id": texts.spread(concept_ids),
            "matched": texts.spread(matched),
            "status": pd.Categorical(texts.spread(statuses)),
        },
        index=labels.index if isinstance(labels, pd.Series) else None,
    )
    if suggest:
        unknown = [
            text if status == "unknown" else None
            for text, status in zip(texts.distinct, statuses, strict=False)
        ]
        suggestions = np.empty(len(statuses), dtype=object)
        suggestions[:] = [*_suggestions(index, kind, unknown), ()]
        frame["suggestions"] = suggestions[texts.index]
    return frame


def _result(index: LabelIndex, text: str, kind: str | None) -> tuple[str | None, str | None, str]:
    """Return the concept id, the matched name or the candidates, and the status of one text."""
    if not text.strip():
        return None, None, "missing"
    names = index.labels(text, kind)
    if len(names) == 1:
        return names[0].concept_id, names[0].text, "matched"
    if names:
        return None, "; ".join(sorted(name.concept_id for name in names)), "ambiguous"
    return None, None, "unknown"


def _suggestions(
    index: LabelIndex, kind: str | None, texts: Iterable[str | None]
) -> list[tuple[tuple[str, str, float], ...]]:
    """Return the names most similar to each text, the best first; none for None."""
    with SUGGEST:
        from rapidfuzz import fuzz, process
    names = index.all_labels(kind)
    choices = [name.text.casefold() for name in names]
    suggestions = []
    for text in texts:
        best: dict[str, tuple[str, str, float]] = {}
        if text is not None:
            similar = process.extract(
                text.casefold(),
                choices,
                scorer=fuzz.WRatio,
                limit=50,
                score_cutoff=_MINIMUM_SCORE,
            )
            for _, score, choice in similar:
                name = names[choice]
                best.setdefault(name.concept_id, (name.concept_id, name.text, round(score, 1)))
        suggestions.append(tuple(best.values())[:_SUGGESTIONS])
    return suggestions
