"""Looking up one code, id, label or synonym."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .code_index import CodeIndex
from .concepts import Concept
from .label_index import LabelIndex
from .prefixes import Prefixes

PACKAGE_PREFIX = "bonemet"
"""Prefix of the concepts of this package."""

_ORDER = ("EXACT", "skos:exactMatch", "skos:closeMatch", "NARROW", "skos:narrowMatch")


@dataclass(frozen=True)
class Match:
    """A concept that a term leads to, and the reason.

    Attributes:
        concept_id: Id of the concept.
        label: Label of the concept.
        kind: Kind of the concept.
        relation: For a code the SSSOM predicate from the concept to it, such as
            "skos:exactMatch"; for a name its scope, such as "EXACT".
        matched: Code or name in the package that was found.
        why: Reason, as a sentence.

    See Also:
        lookup: Return the matches of a term.
    """

    concept_id: str
    label: str
    kind: str
    relation: str
    matched: str
    why: str

    def __str__(self) -> str:
        return f"{self.concept_id}: {self.why}"


def find_matches(
    term: str,
    concepts: Mapping[str, Concept],
    labels: Iterable[LabelIndex],
    prefixes: Prefixes,
    codes: Mapping[str, CodeIndex],
) -> tuple[Match, ...]:
    """Return the matches of a term, the closest first, one for each concept and relation."""
    matches: dict[tuple[str, str], Match] = {}

    def add(concept_id: str, relation: str, matched: str, reason: str) -> None:
        label, kind = concepts[concept_id].label, concepts[concept_id].kind
        match = Match(concept_id, label, kind, relation, matched, f"{label} {reason}.")
        matches.setdefault((concept_id, relation), match)

    curie = prefixes.split(term)
    if curie and curie[0] in codes:
        for code in codes[curie[0]].match(term):
            reason = f"is mapped to {code.matched_code}"
            if code.inherited:
                reason += f", of which {':'.join(curie)} is a narrower code"
            add(code.concept_id, code.predicate, code.matched_code, reason)
    if curie and curie[0] == PACKAGE_PREFIX:
        term = curie[1]
        if term in concepts:
            add(term, "EXACT", term, "has this id")
    for name in (name for index in labels for name in index.names(term)):
        reason = f"has the {name.scope} name {name.text!r} ({name.source})"
        add(name.concept_id, name.scope, name.text, reason)
    return tuple(sorted(matches.values(), key=_closeness))


def _closeness(match: Match) -> int:
    return _ORDER.index(match.relation) if match.relation in _ORDER else len(_ORDER)
