"""Looking up one code, id, label or synonym."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .code_index import CodeIndex, Prefixes
from .concepts import Concept
from .label_index import LabelIndex

PACKAGE_PREFIX = "bonemet"
"""Prefix of the concepts of this package."""

_ORDER = ("EXACT", "skos:exactMatch", "skos:closeMatch", "NARROW", "skos:narrowMatch")
_CODE = re.compile(r"\s*[A-Za-z]{0,12}[_]?[0-9][A-Za-z0-9.]*\s*")
"""What looks like a code without its prefix: a few letters, then digits."""


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
    labels: LabelIndex,
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
    if curie and curie[0] == PACKAGE_PREFIX:
        term = curie[1]
        if term in concepts:
            add(term, "EXACT", term, "has this id")
    for vocabulary, local in [curie] if curie else _bare_codes(term, codes):
        for code in codes[vocabulary].match(local) if vocabulary in codes else ():
            reason = f"is mapped to {code.matched_code}"
            if code.inherited:
                reason += f", of which {vocabulary}:{local} is a narrower code"
            add(code.concept_id, code.predicate, code.matched_code, reason)
    for match in labels.matches(term):
        name, form = match.name, ""
        if match.conventions and match.conventions != ("case and punctuation",):
            form = f"; the term differs from it by: {', '.join(match.conventions)}"
        reason = f"has the {name.scope} name {name.text!r} ({name.source}){form}"
        add(name.concept_id, match.scope, name.text, reason)
    return tuple(sorted(matches.values(), key=_closeness))


def _bare_codes(term: str, codes: Mapping[str, CodeIndex]) -> Iterator[tuple[str, str]]:
    """Iterate over the vocabularies of which a term without a prefix may be a code."""
    if _CODE.fullmatch(term):
        for vocabulary in codes:
            yield vocabulary, term


def _closeness(match: Match) -> int:
    return _ORDER.index(match.relation) if match.relation in _ORDER else len(_ORDER)
