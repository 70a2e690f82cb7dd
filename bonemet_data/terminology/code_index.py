"""Codes of public vocabularies: their spellings, and the concepts that are mapped to them.

Data contain codes with or without the dot, and more specific than the mapped ones. In ICD-9-CM,
ICD-10-CM and ICD-10-PCS, the ancestors of a code are its own prefixes; in other vocabularies, the
resource `descendants` lists the codes below a mapped one. A descendant of a mapped code is narrower
than the concept, unless the mapped code is itself broader than the concept or only related to it:
then nothing follows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

_NARROWER = "skos:narrowMatch"
_INHERITABLE = {"skos:exactMatch", "skos:closeMatch", _NARROWER}


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


@dataclass(frozen=True)
class _Notation:
    """How a vocabulary writes its codes.

    Attributes:
        pattern: Pattern of a code; its groups are the parts before and after the dot.
        filler: Fourth character that adds nothing to a category, as in "C61X" or "185.0".
        hierarchical: Whether the prefixes of a code are its ancestors.
    """

    pattern: re.Pattern[str]
    filler: str = ""
    hierarchical: bool = True


_NOTATIONS = {
    "icd10cm": _Notation(re.compile(r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})"), "X"),
    "icd9cm": _Notation(re.compile(r"([0-9]{3}|V[0-9]{2}|E[0-9]{3})\.?([0-9]{0,2})"), "0"),
    "icd9proc": _Notation(re.compile(r"([0-9]{2})\.?([0-9]{1,2})"), hierarchical=False),
    "icd10pcs": _Notation(re.compile(r"([0-9A-HJ-NP-Z]{3})([0-9A-HJ-NP-Z]{0,4})")),
}


class Prefixes:
    """Prefixes of vocabularies, found by any usual spelling.

    Args:
        records: Records of the resource `vocabularies`. Those without a prefix have no codes.

    Example:
        >>> import bonemet_data as bm
        >>> prefixes = Prefixes(bm.load("vocabularies", "records"))
        >>> prefixes.find("ICD-10-CM"), prefixes.split("HPO: 0002653")
        ('icd10cm', ('HP', '0002653'))
    """

    def __init__(self, records: Iterable[Any]) -> None:
        self._by_spelling = {
            _squeeze(spelling): record.prefix
            for record in records
            if record.prefix
            for spelling in (record.prefix, record.name, *(record.spellings or "").split(";"))
        }
        self._by_spelling.pop("", None)

    def find(self, spelling: str) -> str | None:
        """Return the prefix in the spelling of the package, or None."""
        return self._by_spelling.get(_squeeze(spelling))

    def split(self, curie: str) -> tuple[str, str] | None:
        """Split a CURIE into its prefix, in the spelling of the package, and its local part."""
        spelling, colon, local = curie.strip().partition(":")
        prefix = self.find(spelling) if colon else None
        return (prefix, local.strip()) if prefix and local.strip() else None


class CodeIndex:
    """Mapped codes of one vocabulary.

    Args:
        vocabulary: Prefix of the vocabulary, in the spelling of the package.
        mappings: Records of the resource `mappings` whose codes are of this vocabulary.
        prefixes: Prefixes of all vocabularies.
        descendants: Records of the resource `descendants` whose codes are of this vocabulary.
    """

    def __init__(
        self,
        vocabulary: str,
        mappings: Iterable[Any],
        prefixes: Prefixes,
        descendants: Iterable[Any] = (),
    ) -> None:
        self._vocabulary = vocabulary
        self._prefixes = prefixes
        self._notation = _NOTATIONS.get(vocabulary)
        self._listed: defaultdict[str, list[CodeMatch]] = defaultdict(list)
        self._inherited: defaultdict[str, list[CodeMatch]] = defaultdict(list)
        for mapping in mappings:
            match = CodeMatch(mapping.concept_id, mapping.predicate_id, mapping.object_id)
            code = self._normalize(mapping.object_id) or mapping.object_id
            self._listed[code].append(match)
            if mapping.predicate_id in _INHERITABLE:
                narrower = replace(match, predicate=_NARROWER, inherited=True)
                self._inherited[code].append(narrower)
        for descendant in descendants:
            ancestor = descendant.ancestor_object_id
            match = CodeMatch(descendant.concept_id, _NARROWER, ancestor, inherited=True)
            code = self._normalize(descendant.object_id) or descendant.object_id
            self._listed[code].append(match)

    def match(self, code: str) -> tuple[CodeMatch, ...]:
        """Return one match for each concept of a code, by the most specific mapped code.

        Args:
            code: Code in any case, with or without dot, surrounding white space and prefix.
        """
        normal = self._normalize(code)
        if normal is None:
            return ()
        normal = self._without_filler(normal)
        matches = {match.concept_id: match for match in self._listed.get(normal, ())}
        if self._notation and self._notation.hierarchical:
            for length in range(len(normal) - 1, 2, -1):
                for match in self._inherited.get(normal[:length], ()):
                    matches.setdefault(match.concept_id, match)
        return tuple(matches.values())

    def _without_filler(self, code: str) -> str:
        notation = self._notation
        if notation and code[3:] == notation.filler and code not in self._listed:
            return code[:3]
        return code

    def _normalize(self, code: str) -> str | None:
        """Return the form in which codes are compared, or None for no code of this vocabulary."""
        local = code.strip()
        if ":" in local:
            parts = self._prefixes.split(local)
            if not parts or parts[0] != self._vocabulary:
                return None
            local = parts[1]
        if self._notation:
            match = self._notation.pattern.fullmatch(local.upper())
            return "".join(match.groups()) if match else None
        # OBO term addresses end in HP_0002653.
        return local.casefold().removeprefix(f"{self._vocabulary.casefold()}_") or None


def _squeeze(spelling: str) -> str:
    return re.sub(r"[^a-z0-9]", "", spelling.casefold())
