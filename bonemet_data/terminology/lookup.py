"""Looking one thing up: a code, an id, a label or a synonym."""

from dataclasses import dataclass

from ..errors import BonemetError
from ..names import fold
from .codes import CodeIndex, Prefixes
from .labels import ids, names
from .records import read_entries

OWN = "bonemet"
"""The prefix of this package's own ids."""


@dataclass(frozen=True)
class Match:
    """One concept that a term leads to, and why.

    Args:
        concept_id: the concept.
        label: its label.
        kind: its kind.
        relation: for a code the SSSOM predicate from the concept to it, for a name its scope.
        matched: the code or name of the package that was found.
        why: the reason, for people.
    """

    concept_id: str
    label: str
    kind: str
    relation: str
    matched: str
    why: str


def lookup(term: str) -> tuple[Match, ...]:
    """Find the concepts that a code, an id, a label or a synonym leads to.

    Args:
        term: a code with its prefix, such as "HP:0002653" or "ICD-10-CM:C79.51", or a name. Case,
            spaces and punctuation do not matter; names match as wholes.

    Returns:
        The matches, the closest first; none if nothing is found. Unlike `normalize`, it shows
        names of every scope, for a person to judge.

    Raises:
        BonemetError: the term is no text.

    Example:
        >>> import bonemet_data as bm
        >>> bm.lookup("HP:0002653")[0].concept_id
        'pain'
        >>> [(m.concept_id, m.relation) for m in bm.lookup("lytic metastatic bone lesion")]
        [('osteolytic', 'EXACT')]
    """
    if not isinstance(term, str):
        raise BonemetError(f"Give a code or a name to look up, not {term!r}.")
    entries = read_entries()
    concepts = {concept.concept_id: concept for concept in entries.concepts}
    prefixes = Prefixes(entries.prefixes)
    found: list[tuple[str, str, str, str]] = []
    curie = prefixes.split(term)
    if curie:
        index = CodeIndex(entries.mappings, prefixes, curie[0])
        for hit in index.match(term):
            by = f"is mapped to {hit.matched_code}"
            if not index.same(hit.matched_code, term):
                by += f", of which {curie[0]}:{curie[1]} is a narrower code"
            found.append((hit.concept_id, hit.predicate, hit.matched_code, by))
    wanted = fold(curie[1] if curie and curie[0] == OWN else term)
    for name in (*names(entries), *ids(entries)):
        if wanted and fold(name.text) == wanted:
            by = f"has the {name.scope} name {name.text!r} ({name.source})"
            found.append((name.concept_id, name.scope, name.text, by))
    order = ("EXACT", "skos:exactMatch", "skos:closeMatch", "NARROW", "skos:narrowMatch")
    found.sort(key=lambda each: order.index(each[1]) if each[1] in order else len(order))
    first = {(each[0], each[1]): each for each in reversed(found)}
    kept = [each for each in found if first[each[0], each[1]] is each]
    return tuple(
        Match(
            concept_id,
            concepts[concept_id].label,
            concepts[concept_id].kind,
            relation,
            matched,
            f"{concepts[concept_id].label} {why}.",
        )
        for concept_id, relation, matched, why in kept
    )
