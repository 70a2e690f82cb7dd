"""Labels: how a name, as people write it, leads to concepts.

Names are compared as wholes, without regard to case, spaces and punctuation.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..names import fold
from .records import Entries


class Name(NamedTuple):
    """A name of a concept: the text, its scope, and where it comes from."""

    concept_id: str
    text: str
    scope: str
    source: str


def names(entries: Entries) -> Iterator[Name]:
    """Give every name of every concept: its label, which is EXACT, then its synonyms."""
    for concept in entries.concepts:
        yield Name(concept.concept_id, concept.label, "EXACT", "label")
    for synonym in entries.synonyms:
        yield Name(synonym.concept_id, synonym.synonym, synonym.scope, synonym.source)


def ids(entries: Entries) -> Iterator[Name]:
    """Give the id of every concept as a name."""
    for concept in entries.concepts:
        yield Name(concept.concept_id, concept.concept_id, "EXACT", "id")


class LabelIndex:
    """The names that can stand for a concept's label: labels and EXACT synonyms.

    Args:
        entries: the package's entries.
        kind: a kind of concept, to which the index is narrowed; all if None.
    """

    def __init__(self, entries: Entries, kind: str | None = None) -> None:
        kinds: dict[str, Any] = {each.concept_id: each.kind for each in entries.concepts}
        self._found: dict[str, dict[str, Name]] = {}
        for name in names(entries):
            if name.scope == "EXACT" and kind in (None, kinds[name.concept_id]):
                self._found.setdefault(fold(name.text), {}).setdefault(name.concept_id, name)

    @property
    def names(self) -> list[Name]:
        """Every name of the index."""
        return [name for concepts in self._found.values() for name in concepts.values()]

    def match(self, text: object) -> tuple[Name, ...]:
        """Give a name for each concept that a text names; more than one is ambiguous."""
        return tuple(self._found.get(fold(text), {}).values()) if isinstance(text, str) else ()
