"""Normalizing a column of free text: each text's concept, if it names just one."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..extras import SUGGEST
from ..names import unknown
from .annotate import as_texts, distinct_texts
from .labels import LabelIndex
from .records import read_entries

MATCHED, AMBIGUOUS, UNKNOWN, MISSING = "matched", "ambiguous", "unknown", "missing"
SUGGESTIONS = 3
_NEAR = 70.0


def normalize(
    labels: Iterable[Any], kind: str | None = None, *, suggest: bool = False
) -> pd.DataFrame:
    """Find the concepts that free texts name.

    Only labels and EXACT synonyms count, as wholes, without regard to case, spaces and
    punctuation. Nothing is ever chosen among several concepts, nor guessed.

    Args:
        labels: a Series or list of texts.
        kind: the kind of concept that the texts name, such as "cancer"; any if None.
        suggest: whether to add the nearest names to each text that is unknown.

    Returns:
        A frame with a row for each text, and the texts' own index if they have one: label,
        concept_id, matched (the name that was found) and status, which is matched, ambiguous (it
        names several concepts, listed in matched), unknown or missing. concept_id is missing
        unless the status is matched. With suggest, a column suggestions holds up to three tuples
        of concept_id, name and score from 0 to 100, the best first.

    Raises:
        UnknownNameError: there is no such kind.
        MissingExtraError: suggestions need the extra `suggest`.

    Example:
        >>> import bonemet_data as bm
        >>> bm.normalize(["NSAID", "Prostate  CANCER", "lumbago"])["concept_id"].tolist()
        ['nsaids', 'prostate_cancer', <NA>]
    """
    entries = read_entries()
    kinds = sorted({concept.kind for concept in entries.concepts})
    if kind is not None and kind not in kinds:
        raise unknown("kind", kind, kinds)
    index = LabelIndex(entries, kind)
    texts = as_texts(labels)
    numbers, distinct = distinct_texts(texts)
    found = [_match(index, text) for text in distinct] + [(None, None, MISSING)]

    def column(position: int) -> Any:
        return pd.array([each[position] for each in found], dtype="string").take(numbers)

    frame = pd.DataFrame(
        {
            "label": pd.array(texts, dtype="string"),
            "concept_id": column(0),
            "matched": column(1),
            "status": column(2).astype("category"),
        },
        index=labels.index if isinstance(labels, pd.Series) else None,
    )
    if suggest:
        wanted = [
            text if each[2] == UNKNOWN else None
            for text, each in zip(distinct, found, strict=False)
        ]
        near = np.empty(len(found), dtype=object)
        near[:] = [*_suggestions(index, wanted), ()]
        frame["suggestions"] = near[numbers]
    return frame


def _match(index: LabelIndex, text: str) -> tuple[str | None, str | None, str]:
    if not text.strip():
        return None, None, MISSING
    names = index.match(text)
    if len(names) == 1:
        return names[0].concept_id, names[0].text, MATCHED
    if names:
        return None, "; ".join(sorted(name.concept_id for name in names)), AMBIGUOUS
    return None, None, UNKNOWN


def _suggestions(
    index: LabelIndex, texts: list[str | None]
) -> list[tuple[tuple[str, str, float], ...]]:
    """Rank the names nearest to each text; nothing for a text that is None."""
    with SUGGEST:
        from rapidfuzz import fuzz, process
    names = index.names
    choices = [name.text.casefold() for name in names]
    found = []
    for text in texts:
        best: dict[str, tuple[str, str, float]] = {}
        if text is not None:
            near = process.extract(
                text.casefold(), choices, scorer=fuzz.WRatio, limit=50, score_cutoff=_NEAR
            )
            for _, score, at in near:
                name = names[at]
                best.setdefault(name.concept_id, (name.concept_id, name.text, round(score, 1)))
        found.append(tuple(best.values())[:SUGGESTIONS])
    return found
