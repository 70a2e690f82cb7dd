"""Names of concepts: labels, synonyms, ids and labels of mapped terms, compared as wholes."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from ..names import fold
from .certainty import DOUBTS
from .conventions import ADDED_WORDS, COMPLAINT, reductions, several, without_added_words
from .drug_strings import find_drugs
from .modifiers import MODIFIER, MODIFIER_WORDS, unmodified
from .qualifiers import QUALIFIER, QUALIFIER_WORDS, unqualified
from .sites import SITE_STEMS, after_site, without_site
from .spelling import differences, stems
from .word_order import AND, CANCER_SYNONYM, INVERTED, OF, bag, key, order_of, reordered, synonyms

SCOPES = ("EXACT", "NARROW", "BROAD", "RELATED")
"""Scopes of names, the closest first."""
DRUG_STRING = "drug string"
SITE = "at a site"
"""SNOMED CT adds the site to a finding or a procedure: "Pathological fracture of femur"; MeSH puts
the site of a treatment first: "Cranial Irradiation"."""
TWO_NAMES = "two names"
"""NCIt, trials and reports add a second name: "Hypercalcemia (high blood calcium)"."""
_TREATMENTS = frozenset({"procedure", "treatment"})
_AT_A_SITE = _TREATMENTS | {"symptom", "finding", "condition", "type"}
_SHORTEST_DRUG = 4
_DEPTH = 2
"""Phrases that a text may add to a name."""
_MOST_PARTS = 3
_LONGEST = 1000
"""Letters of the longest text that is searched for other forms of a name."""
_FRACTURE = re.compile(r"\s+fractures?$", re.IGNORECASE)
"""Hospitals write "ORIF of femoral neck fracture"."""
_COMPLAINTS = frozenset({"symptom", "finding"})
_CLASS = "drug_class"
DRUG_NOUN = "drugs of a class"
"""MeSH D000700: Analgesics, Analgesic Drugs, Analgesic Agents."""
_DRUG_NOUN = re.compile(r"\s+(?:drug|medication|agent|medicine)s?$", re.IGNORECASE)
_BRACKETS_OR_COLON = frozenset("([:")
"""Signs of a convention that may add any word."""


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
        is_drug: Whether it is the name of a drug, a brand or a class of drugs.
    """

    concept_id: str
    kind: str
    text: str
    scope: str
    source: str
    only_with_kind: bool = False
    searched: bool = True
    is_drug: bool = False

    def is_of(self, kinds: Collection[str] | None) -> bool:
        """Return whether the name means its concept in data of some kinds, or of no given kind."""
        return not self.only_with_kind if kinds is None else self.kind in kinds


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name that a text is another form of.

    Attributes:
        name: The name.
        scope: Scope of the text, which is that of the name or narrower.
        conventions: Conventions in which the text differs from the name.
    """

    name: Name
    scope: str
    conventions: tuple[str, ...]

    @property
    def distance(self) -> int:
        """How much the text differs from the name; other words differ more than other spellings."""
        return len(self.conventions) + (CANCER_SYNONYM in self.conventions)


_Entry = tuple[Name, tuple[str, ...]]


class LabelIndex:
    """Names of concepts, found in any of the forms in which vocabularies write them.

    Args:
        names: All names.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self.all_names = tuple(names)
        self._by_fold: defaultdict[str, list[Name]] = defaultdict(list)
        for name in self.all_names:
            self._by_fold[fold(name.text)].append(name)

    def names(self, text: str) -> tuple[Name, ...]:
        """Return every name that equals a text, apart from case and punctuation."""
        return tuple(self._by_fold.get(fold(text), ()))

    def matches(self, text: str) -> list[NameMatch]:
        """Return every name that a text is a form of, the closest form first.

        There is one match for each concept and scope; conventions do not lead to a name that is
        further from the concept than another one. Names of kinds that data do not contain, and
        ambiguous ones, are among them.
        """
        found: dict[tuple[str, str, bool], NameMatch] = {}
        for match in self._matches(text):
            identity = (match.name.concept_id, match.scope, match.name.only_with_kind)
            if identity not in found or match.distance < found[identity].distance:
                found[identity] = match
        closest: dict[str, int] = {}
        for concept_id, scope, _ in found:
            rank = SCOPES.index(scope)
            closest[concept_id] = min(rank, closest.get(concept_id, rank))
        return [
            match
            for match in found.values()
            if SCOPES.index(match.scope) == closest[match.name.concept_id]
            or fold(match.name.text) == fold(text)
        ]

    def _matches(self, text: str, depth: int = 0) -> Iterator[NameMatch]:
        same = self._by_fold.get(fold(text), ())
        for name in same:
            yield NameMatch(name, name.scope, differences(text, name.text))
        if len(text) > _LONGEST or any(name.scope == "EXACT" for name in same):
            return
        plain = without_added_words(" ".join(text.split()))
        given = stems(plain)
        if self._words.isdisjoint(given) or not DOUBTS.isdisjoint(given):
            return
        if self._words.issuperset(given) or not _BRACKETS_OR_COLON.isdisjoint(text):
            yield from self._rewritten(text, given)
        if same:
            return
        if depth < _DEPTH:
            if not MODIFIER_WORDS.isdisjoint(given):
                yield from self._with_modifier(plain, depth + 1)
            yield from self._with_two_names(text, depth + 1)
        if not self._words_of_drugs.isdisjoint(given):
            for name in chain.from_iterable(find_drugs(plain, self._drugs)):
                # "Oral opioids" are some of the opioids; a dose of an agent is that agent.
                narrower = name.kind == _CLASS and name.scope == "EXACT"
                yield NameMatch(name, "NARROW" if narrower else name.scope, (DRUG_STRING,))

    def _rewritten(self, text: str, given: tuple[str, ...]) -> Iterator[NameMatch]:
        """Iterate over the names that conventions make of a text with these stems."""
        form = text
        for removed, form in reductions(text):
            yield from self._forms(form, removed)
        if drugs := _DRUG_NOUN.search(form):
            for match in self._forms(form[: drugs.start()], (DRUG_NOUN,)):
                if match.name.kind == _CLASS:
                    yield match
        wider = () if QUALIFIER_WORDS.isdisjoint(given) else unqualified(form)
        for plain in wider:
            yield from self._narrower(plain, QUALIFIER)
        at_sites = [(_AT_A_SITE, without_site(form))]
        if fracture := _FRACTURE.search(form):
            at_sites.append((_TREATMENTS, without_site(form[: fracture.start()])))
        at_sites.append((_TREATMENTS, after_site(wider[0] if wider else form)))
        for kinds, at_site in at_sites:
            for plain in (at_site, *unqualified(at_site)) if at_site else ():
                for match in self._narrower(plain, SITE):
                    # "RT femur" is the right femur, and "RT to femur" radiation.
                    if match.name.kind in kinds and (
                        " to " in form or not match.name.only_with_kind
                    ):
                        yield match

    def _with_modifier(self, text: str, depth: int) -> Iterator[NameMatch]:
        """Iterate over the names that a text adds a phrase to."""
        is_named = False
        for plain in unmodified(text):
            if plain.if_named and not is_named:
                continue
            for match in self._matches(plain.text, depth):
                if match.name.kind in plain.kinds and match.scope in SCOPES[:2]:
                    is_named = True
                    conventions = tuple(dict.fromkeys((MODIFIER, *match.conventions)))
                    yield NameMatch(match.name, "NARROW", conventions)

    def _with_two_names(self, text: str, depth: int) -> Iterator[NameMatch]:
        """Iterate over names of the concepts that all parts of a text name."""
        parts = several(text)
        if len(parts) > _MOST_PARTS:
            return
        first, *others = [list(self._matches(part, depth)) for part in parts] or [[]]
        for match in first:
            same = [
                [other for other in matches if other.name.concept_id == match.name.concept_id]
                for matches in others
            ]
            if same and all(same):
                scopes = (match.scope, *(closest.scope for closest, *_ in same))
                scope = max(scopes, key=SCOPES.index)
                yield NameMatch(match.name, scope, (TWO_NAMES, *match.conventions))

    def _narrower(self, plain: str, convention: str) -> Iterator[NameMatch]:
        """Iterate over the names that a text is narrower than by a convention."""
        for match in self._forms(plain, (convention,)):
            if match.scope in SCOPES[:2]:
                yield replace(match, scope="NARROW")

    def _forms(self, form: str, removed: tuple[str, ...]) -> Iterator[NameMatch]:
        """Iterate over the names with the words of a text, in its order or in another one."""
        entries: list[tuple[_Entry, tuple[str, ...]]]
        entries = [(entry, ()) for entry in self._by_key.get(key(form), ())]
        order = order_of(form)
        if order and not (order == INVERTED and self._lists_names(form)):
            entries += [
                (entry, (order,))
                for entry in self._by_bag.get(bag(form), ())
                if order != AND or "and" in stems(entry[0].text)
            ]
        for (name, conventions), reordering in entries:
            if COMPLAINT in removed and name.kind not in _COMPLAINTS:
                continue
            how = (*removed, *conventions, *reordering, *differences(form, name.text))
            how += synonyms(form, name.text)
            yield NameMatch(name, name.scope, tuple(dict.fromkeys(how)))

    def _lists_names(self, form: str) -> bool:
        """Return whether each part between commas is a name: "cancer, bone pain"."""
        parts = form.split(",")
        return all(any(name.scope == "EXACT" for name in self.names(part)) for part in parts)

    @cached_property
    def _words(self) -> frozenset[str]:
        """Words of all names, and those that conventions add to names."""
        found = frozenset(stem for name in self.all_names for stem in stems(name.text))
        return found | ADDED_WORDS | QUALIFIER_WORDS | SITE_STEMS | {"at", "to", "involving"}

    @cached_property
    def _words_of_drugs(self) -> frozenset[str]:
        return frozenset(word for name in self._drugs for word in name.split())

    @cached_property
    def _by_key(self) -> Mapping[str, list[_Entry]]:
        entries: defaultdict[str, list[_Entry]] = defaultdict(list)
        for name in self.all_names:
            for removed, form in reductions(name.text, is_name=True):
                entries[key(form)].append((name, removed))
                other = reordered(form)
                if other is not None:
                    order = INVERTED if "," in form else OF
                    entries[key(other)].append((name, (*removed, order)))
        return entries

    @cached_property
    def _by_bag(self) -> Mapping[tuple[str, ...], list[_Entry]]:
        entries: defaultdict[tuple[str, ...], list[_Entry]] = defaultdict(list)
        for name in self.all_names:
            for removed, form in reductions(name.text, is_name=True):
                words = bag(form)
                if len(words) > 1 and not name.only_with_kind:
                    entries[words].append((name, removed))
        return entries

    @cached_property
    def _drugs(self) -> Mapping[str, tuple[Name, ...]]:
        """Names of drugs by their stems, of the closest scope, and one of each concept."""
        drugs: dict[str, dict[str, Name]] = {}
        for scope in SCOPES[:2]:
            closer = frozenset(drugs)
            for name in self.all_names:
                if (
                    name.is_drug
                    and name.scope == scope
                    and not name.only_with_kind
                    and len(fold(name.text)) >= _SHORTEST_DRUG
                ):
                    words = " ".join(stems(name.text))
                    if words not in closer:
                        drugs.setdefault(words, {}).setdefault(name.concept_id, name)
        return {words: tuple(names.values()) for words, names in drugs.items()}
