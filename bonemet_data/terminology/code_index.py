"""Codes of public vocabularies: their spellings, and the concepts that are mapped to them.

Data contain codes in many spellings, and codes that are more specific than the mapped ones. The
resource `descendants` lists the codes below a mapped one, by the edition of the vocabulary that it
names. In ICD-9-CM, ICD-10-CM and ICD-10-PCS, the ancestors of a code are also its own prefixes. A
descendant of a mapped code is narrower than the concept, unless the mapped code is itself broader
than the concept or only related to it: then nothing follows.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, TypeAlias

from .notations import notation
from .prefixes import Prefixes

_NARROWER = "skos:narrowMatch"
_INHERITABLE = {"skos:exactMatch", "skos:closeMatch", _NARROWER}

Status: TypeAlias = Literal["matched", "no_concept", "unknown_code", "not_a_code", "missing"]

FITTING = frozenset({"matched", "no_concept"})
"""Statuses of the codes of a vocabulary."""


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """A concept that a code leads to.

    Attributes:
        concept_id: Id of the concept.
        predicate: SSSOM predicate from the concept to the code.
        matched_code: CURIE of the mapped code.
        inherited: Whether the mapped code is an ancestor of the code.
    """

    concept_id: str
    predicate: str
    matched_code: str
    inherited: bool = False

    @property
    def columns(self) -> tuple[str, str, str]:
        """The concept, the predicate and the mapped code."""
        return self.concept_id, self.predicate, self.matched_code


class CodeReading(NamedTuple):
    """What a text is in one vocabulary.

    Attributes:
        status: "matched", "no_concept" for a code without a concept, "unknown_code" for a code that
            is below a mapped one but not in the edition of the resource `descendants`,
            "not_a_code", or "missing".
        matches: One match for each concept.
    """

    status: Status
    matches: tuple[CodeMatch, ...] = ()


_NO_CONCEPT, _NOT_A_CODE = CodeReading("no_concept"), CodeReading("not_a_code")


class CodeIndex:
    """Mapped codes of one vocabulary.

    Args:
        vocabulary: Prefix of the vocabulary, in the spelling of the package.
        mappings: Records of the resource `mappings` whose codes are of this vocabulary.
        prefixes: Prefixes of all vocabularies.
        descendants: Records of the resource `descendants` whose codes are of this vocabulary. They
            are all codes of an edition below the mapped ones, or none.

    Attributes:
        vocabulary: Prefix of the vocabulary.
        notation: How the vocabulary writes its codes.
    """

    def __init__(
        self,
        vocabulary: str,
        mappings: Iterable[Any],
        prefixes: Prefixes,
        descendants: Iterable[Any] = (),
    ) -> None:
        self.vocabulary = vocabulary
        self._prefixes = prefixes
        self.notation = notation(vocabulary)
        self._listed: defaultdict[str, list[CodeMatch]] = defaultdict(list)
        self._inherited: defaultdict[str, list[CodeMatch]] = defaultdict(list)
        self._edition_is_known = False
        self._stems: set[str] = set()
        for mapping in mappings:
            match = CodeMatch(mapping.concept_id, mapping.predicate_id, mapping.object_id)
            code = self._normalize(mapping.object_id) or mapping.object_id
            self._listed[code].append(match)
            if mapping.predicate_id in _INHERITABLE:
                narrower = replace(match, predicate=_NARROWER, inherited=True)
                self._inherited[code].append(narrower)
                if self.notation.hierarchical:
                    self._stems.add(code[:3])
        for descendant in descendants:
            ancestor = descendant.ancestor_object_id
            match = CodeMatch(descendant.concept_id, _NARROWER, ancestor, inherited=True)
            code = self._normalize(descendant.object_id) or descendant.object_id
            self._listed[code].append(match)
            self._edition_is_known = True

    @property
    def codes(self) -> Iterable[str]:
        """The mapped codes and those below them, in the form in which codes are compared."""
        return self._listed.keys()

    def match(self, code: str) -> tuple[CodeMatch, ...]:
        """Return one match for each concept of a code, by the most specific mapped code."""
        return self.read(code).matches

    def read(self, code: str) -> CodeReading:
        """Return what a text is in this vocabulary.

        Args:
            code: Code in any case, with or without dot, surrounding white space and prefix, or the
                full address of a code.
        """
        if not code.strip():
            return CodeReading("missing")
        normal = self._normalize(code)
        return _NOT_A_CODE if normal is None else self._read_normal(normal)

    def read_local(self, code: str) -> CodeReading:
        """Return what a text without prefix and surrounding white space is in this vocabulary."""
        normal = self.notation.parse(code)
        return _NOT_A_CODE if normal is None else self._read_normal(normal)

    def _read_normal(self, code: str) -> CodeReading:
        if code[3:] == self.notation.filler and code not in self._listed:
            code = code[:3]
        listed = self._listed.get(code, ())
        inherited = self._inherit(code) if code[:3] in self._stems else ()
        absent = self.notation.absent is not None and self.notation.absent.fullmatch(code)
        if not listed and not inherited:
            return _NOT_A_CODE if absent else _NO_CONCEPT
        matches: dict[str, CodeMatch] = {}
        for match in (*listed, *inherited):
            matches.setdefault(match.concept_id, match)
        is_known = listed or not (absent or self._edition_is_known)
        return CodeReading("matched" if is_known else "unknown_code", tuple(matches.values()))

    def _inherit(self, code: str) -> Sequence[CodeMatch]:
        """Return the matches of the prefixes of a code, those of the longest first."""
        ancestors = (code[:length] for length in range(len(code) - 1, 2, -1))
        return [match for ancestor in ancestors for match in self._inherited.get(ancestor, ())]

    def _normalize(self, code: str) -> str | None:
        """Return the form in which codes are compared, or None for no code of this vocabulary."""
        local = code.strip()
        parts = self._prefixes.split_all(local)
        if parts is not None:
            if self.vocabulary not in parts[0]:
                return None
            local = parts[1]
        return self.notation.parse(local)
