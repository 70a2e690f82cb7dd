"""Names of concepts: labels, synonyms and ids, compared as wholes in folded form."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..names import fold


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a concept.

    Attributes:
        concept_id: Id of the concept.
        kind: Kind of the concept.
        text: The name.
        scope: Scope, such as "EXACT".
        source: "label", "id", or the vocabulary that has the name.
        only_with_kind: Whether the name is ambiguous unless the kind is known, as "RT" is.
        searched: Whether the name may stand for its concept in data.
    """

    concept_id: str
    kind: str
    text: str
    scope: str
    source: str
    only_with_kind: bool = False
    searched: bool = True


class LabelIndex:
    """Names of concepts, found without regard to case, white space and punctuation.

    Args:
        names: All names.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: defaultdict[str, list[Name]] = defaultdict(list)
        self._labels: defaultdict[str, dict[str, Name]] = defaultdict(dict)
        for name in names:
            folded = fold(name.text)
            self._names[folded].append(name)
            if name.scope == "EXACT" and name.source != "id" and name.searched:
                self._labels[folded].setdefault(name.concept_id, name)

    def names(self, text: str) -> tuple[Name, ...]:
        """Return every name that equals a text: of every scope, and ids."""
        return tuple(self._names.get(fold(text), ()))

    def labels(self, text: str, kind: str | None = None) -> tuple[Name, ...]:
        """Return the label or EXACT synonym that equals a text, for each concept that has one.

        Args:
            text: The text.
            kind: Kind of concept; any if None.
        """
        names = self._labels.get(fold(text), {}).values()
        return tuple(name for name in names if _matches(name, kind))

    def all_labels(self, kind: str | None = None) -> list[Name]:
        """Return every label and EXACT synonym, once for each concept and folded form."""
        return [
            name
            for names in self._labels.values()
            for name in names.values()
            if _matches(name, kind)
        ]


def _matches(name: Name, kind: str | None) -> bool:
    return not name.only_with_kind if kind is None else name.kind == kind
