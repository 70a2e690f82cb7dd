"""Normalizing a column of free text to the concepts that it names."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..errors import ArgumentError
from .certainty import is_doubtful
from .distinct_texts import read_texts, split_codes
from .label_index import SCOPES, LabelIndex, NameMatch
from .near_names import WORDS_OF_SCOPES, NearNames, Suggestion
from .sites import is_site

STATUSES = (*WORDS_OF_SCOPES.values(), "site", "ambiguous", "unknown", "missing")
_CANCER = "cancer"


class _Row(NamedTuple):
    """What a text names.

    Attributes:
        label: The text; None if it is missing.
        concept_id: Concept, or None.
        status: One of STATUSES.
        matched: Name of the package, or candidates of an ambiguous text.
        how: Conventions in which the text differs from that name.
    """

    label: str | None
    concept_id: str | None
    status: str
    matched: str | None = None
    how: str | None = None


class Normalizer:
    """Finds what texts name.

    Args:
        index: All names.
        near: Names that resemble a text.
        broader: The broader concept of each concept that has one.
        kinds: Kinds of the concepts; any if None.
        scopes: Statuses that count as a match, such as {"exact", "narrower"}.
    """

    def __init__(
        self,
        index: LabelIndex,
        near: NearNames,
        broader: Mapping[str, str | None],
        kinds: Collection[str] | None,
        scopes: Collection[str],
    ) -> None:
        self._index = index
        self._near = near
        self._broader = broader
        self._kinds = kinds
        self._scopes = scopes

    def rows(self, text: str) -> list[_Row]:
        """Return a row for each concept that a text names, and one if it names none."""
        if not text.strip():
            return [_Row(text, None, "missing")]
        if is_doubtful(text):
            return [_Row(text, None, "unknown")]
        known = [match for match in self._index.matches(text) if match.name.searched]
        matches = [match for match in known if match.name.is_of(self._kinds)]
        closest = min((SCOPES.index(match.scope) for match in matches), default=len(SCOPES))
        if closest and self._kinds and _CANCER in self._kinds and is_site(text):
            return [_Row(text, None, "site")]
        if not matches:
            abbreviated = {m.name.concept_id for m in known if self._kinds is None}
            return [_ambiguous(text, abbreviated) if abbreviated else _Row(text, None, "unknown")]
        found = _first_of_each(match for match in matches if match.scope == SCOPES[closest])
        status = WORDS_OF_SCOPES[SCOPES[closest]]
        if status == "exact" and len(found) > 1 and len({m.conventions for m in found}) > 1:
            # The form that is closest to the text counts.
            found = [match for match in found if match.conventions == found[0].conventions]
        if status == "exact" and len(found) > 1:
            return [_ambiguous(text, {match.name.concept_id for match in found})]
        found = self._most_specific(found)
        if status not in self._scopes:
            return [_row(text, found[0], status, None)]
        return [_row(text, match, status, match.name.concept_id) for match in found]

    def suggestions(self, row: _Row) -> tuple[Suggestion, ...]:
        """Return what the text of a row without a concept probably means."""
        if row.concept_id is not None or row.label is None or row.status in {"missing", "site"}:
            return ()
        return self._near.suggestions(row.label, self._kinds)

    def _most_specific(self, matches: Sequence[NameMatch]) -> list[NameMatch]:
        """Return the matches whose concept has no narrower one among the others."""
        ancestors: set[str | None] = set()
        for match in matches:
            above = self._broader.get(match.name.concept_id)
            while above is not None and above not in ancestors:
                ancestors.add(above)
                above = self._broader.get(above)
        return [match for match in matches if match.name.concept_id not in ancestors]


def normalize_labels(
    labels: Iterable[Any], normalizer: Normalizer, *, separator: str | None, suggest: bool
) -> pd.DataFrame:
    """Return the concepts that texts name; see `bonemet_data.normalize`."""
    texts = read_texts(labels, "labels", numbers=True)
    groups = [
        [row for part in split_codes(text, separator) for row in normalizer.rows(part)]
        for text in texts.distinct
    ]
    groups.append([_Row(None, None, "missing")])
    flat = [row for group in groups for row in group]
    lengths = np.array([len(group) for group in groups], dtype=np.intp)
    counts = lengths[texts.index]
    position = np.repeat(np.arange(len(texts.index)), counts)
    first = np.repeat((np.cumsum(lengths) - lengths)[texts.index], counts)
    at = first + np.arange(len(position)) - np.repeat(np.cumsum(counts) - counts, counts)

    def column(name: str) -> Any:
        return pd.array([getattr(row, name) for row in flat], dtype="string").take(at)

    statuses = pd.Categorical([row.status for row in flat], categories=list(STATUSES))
    frame = pd.DataFrame(
        {
            "position": position,
            "label": column("label"),
            "concept_id": column("concept_id"),
            "status": statuses.take(at),
            "matched": column("matched"),
            "how": column("how"),
        }
    )
    if suggest:
        suggestions = np.empty(len(flat), dtype=object)
        suggestions[:] = [normalizer.suggestions(row) for row in flat]
        frame["suggestions"] = suggestions[at]
    return frame


def require_scopes(scopes: Any) -> frozenset[str]:
    """Return the scopes that count as a match.

    Raises:
        ArgumentError: One of them is none.
    """
    valid = WORDS_OF_SCOPES.values()
    given = [scopes] if isinstance(scopes, str) else list(scopes)
    for scope in given:
        if scope not in valid:
            raise ArgumentError(f"scopes must be of {', '.join(valid)}, not {scope!r}.")
    return frozenset(given)


def _first_of_each(matches: Iterable[NameMatch]) -> list[NameMatch]:
    """Return the first match of each concept."""
    found: dict[str, NameMatch] = {}
    for match in matches:
        found.setdefault(match.name.concept_id, match)
    return list(found.values())


def _row(text: str, match: NameMatch, status: str, concept_id: str | None) -> _Row:
    return _Row(text, concept_id, status, match.name.text, "; ".join(match.conventions) or None)


def _ambiguous(text: str, concept_ids: Iterable[str]) -> _Row:
    return _Row(text, None, "ambiguous", "; ".join(sorted(concept_ids)))
