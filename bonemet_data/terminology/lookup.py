"""Looking up one code, id, label or synonym."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .code_index import CodeIndex
from .concepts import Concept
from .label_index import LabelIndex
from .prefixes import Prefixes

PACKAGE_PREFIX = "bonemet"
"""Prefix of the concepts of this package."""

_ORDER = ("EXACT", "skos:exactMatch", "skos:closeMatch", "NARROW", "skos:narrowMatch")
_BARE_CODE = re.compile(r"\s*[A-Za-z]{0,12}[0-9][A-Za-z0-9.]*\s*")


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

    vocabularies, code = prefixes.split_all(term) or (tuple(codes) * _is_bare_code(term), term)
    if vocabularies == (PACKAGE_PREFIX,):
        term = code
        if term in concepts:
            add(term, "EXACT", term, "has this id")
    for vocabulary in vocabularies:
        for found in codes[vocabulary].match(code) if vocabulary in codes else ():
            reason = f"is mapped to {found.matched_code}"
            if found.inherited:
                reason += f", of which {vocabulary}:{code.strip()} is a narrower code"
            add(found.concept_id, found.predicate, found.matched_code, reason)
    for match in () if matches and code != term else labels.matches(term):
        name, form = match.name, ""
        if match.conventions and match.conventions != ("case and punctuation",):
            form = f"; the term differs from it by: {', '.join(match.conventions)}"
        reason = f"has the {name.scope} name {name.text!r} ({name.source}){form}"
        add(name.concept_id, match.scope, name.text, reason)
    return tuple(sorted(matches.values(), key=_closeness))


def _is_bare_code(term: str) -> bool:
    """Return whether a term may be a code without its prefix: a few letters, then digits."""
    return _BARE_CODE.fullmatch(term) is not None


def _closeness(match: Match) -> int:
    return _ORDER.index(match.relation) if match.relation in _ORDER else len(_ORDER)
