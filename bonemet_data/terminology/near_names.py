"""Names that a misspelled text probably means.

A name is near if a few letters differ. The limits were chosen by measurement: see the test of this
module, which prints how often the first suggestion is right, and how often a text that means
nothing in this package gets one.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from ..extras import SUGGEST
from .label_index import SCOPES, LabelIndex, Name
from .spelling import stems, words
from .word_order import bag, key

MOST = 3
"""Concepts that are suggested for one text."""
_SHORTEST = 4
"""Letters of the shortest name that is suggested."""
_NEGATIONS = frozenset({"no", "non", "not", "without"})
_OPPOSITE = re.compile("hyp(?:o|er)")
_DIGITS = re.compile("[0-9]+")


class Suggestion(NamedTuple):
    """A concept that a text probably means.

    Attributes:
        concept_id: Id of the concept.
        name: Name of the concept that resembles the text.
        scope: Scope of the name: "exact", "narrower", "broader" or "related".
        similarity: Similarity from 0 to 100.

    See Also:
        normalize: Find the concepts of a column of free text.
    """

    concept_id: str
    name: str
    scope: str
    similarity: float


WORDS_OF_SCOPES = dict(zip(SCOPES, ("exact", "narrower", "broader", "related"), strict=True))


def most_edits(length: int) -> int:
    """Return the number of letters in which a text of this length may differ from a name."""
    return 0 if length < _SHORTEST else 1 if length < 9 else 2 if length < 20 else 3


def _is_plausible(text: str, name: str) -> bool:
    """Return whether a text may be a misspelled name.

    Numbers are the same, and no word stands for another one: "brain" is not a misspelled "breast",
    nor "hypocalcemia" a misspelled "hypercalcemia".
    """
    given, named = _content(text), _content(name)
    if _DIGITS.findall(text) != _DIGITS.findall(name):
        return False
    if len(given) != len(named):  # a space is missing, or too many
        return True
    return _are_alike(given, named) or _are_alike(sorted(given), sorted(named))


def _forms(text: str) -> set[str]:
    """Return a text as it is spelled, in one spelling, and in one order of its words."""
    forms = {"".join(words(text)), key(text)}
    return forms if _NEGATIONS & {*stems(text)} else forms | {"".join(bag(text))}


def _content(text: str) -> list[str]:
    return [stem for stem in stems(text) if stem not in {"of", "the"}]


def _are_alike(given: Sequence[str], named: Sequence[str]) -> bool:
    with SUGGEST:
        from rapidfuzz.distance import OSA
    for word, other in zip(given, named, strict=True):
        longest = max(len(word), len(other))
        limit = 0 if longest < 3 else 1 if longest < 7 else 2
        if word != other and (
            OSA.distance(word, other, score_cutoff=limit) > limit or _prefix(word) != _prefix(other)
        ):
            return False
    return True


def _prefix(word: str) -> str | None:
    match = _OPPOSITE.match(word)
    return match and match[0]


class NearNames:
    """Names of an index, by their first letter and length."""

    def __init__(self, index: LabelIndex) -> None:
        self._index = index

    def suggestions(
        self, text: str, kinds: Collection[str] | None = None
    ) -> tuple[Suggestion, ...]:
        """Return what a text probably means, the best first.

        Args:
            text: The text.
            kinds: Kinds of the concepts; any if None.

        Raises:
            MissingExtraError: The extra "suggest" is not installed.
        """
        whole = kinds is None and len(key(text)) >= _SHORTEST
        found = [
            (-100.0, SCOPES.index(match.scope), match.name)
            for match in self._index.matches(text)
            if match.name.searched and (whole or match.name.is_of(kinds))
        ]
        if not found:
            found = [
                (-round(100 * (1 - edits / len(key(text))), 1), SCOPES.index(name.scope), name)
                for edits, name in self._near(text)
                if name.is_of(kinds)
            ]
        found.sort(key=lambda each: each[:2])
        best: dict[str, Suggestion] = {}
        for score, scope, name in found:
            word = WORDS_OF_SCOPES[SCOPES[scope]]
            best.setdefault(name.concept_id, Suggestion(name.concept_id, name.text, word, -score))
        return tuple(best.values())[:MOST]

    def _near(self, text: str) -> Iterable[tuple[int, Name]]:
        """Return names that differ from a text by a few letters, with the number of edits."""
        return [each for each in self._similar(text) if _is_plausible(text, each[1].text)]

    def _similar(self, text: str) -> Iterable[tuple[int, Name]]:
        """Return names that a few edits make of a text, in its order of words or another one."""
        with SUGGEST:
            from rapidfuzz import process
            from rapidfuzz.distance import OSA
        for form in _forms(text):
            limit = most_edits(len(form))
            if not limit:
                continue
            for length in range(len(form) - limit, len(form) + limit + 1):
                names = self._names.get((form[0], length))
                if names:
                    for _, edits, at in process.extract(
                        form, names[0], scorer=OSA.distance, score_cutoff=limit, limit=None
                    ):
                        yield edits, names[1][at]

    @cached_property
    def _names(self) -> dict[tuple[str, int], tuple[list[str], list[Name]]]:
        """Forms of names and the names, by first letter and length of the form."""
        groups: defaultdict[tuple[str, int], tuple[list[str], list[Name]]]
        groups = defaultdict(lambda: ([], []))
        for name in self._index.all_names:
            if name.only_with_kind or not name.searched:
                continue
            for form in _forms(name.text):
                if len(form) >= _SHORTEST:
                    forms, names = groups[form[0], len(form)]
                    forms.append(form)
                    names.append(name)
        return dict(groups)
