"""Codes: how codes of public vocabularies, as real data write them, lead to concepts.

Codes of the ICD family are written with or without the dot, and may be longer than the mapped
category: they match by the hierarchy of their vocabulary, in which a code's ancestors are its own
beginnings. What is below a mapped category is narrower than the concept, unless the category is
itself broader than the concept or merely related to it: then nothing follows, and nothing is said.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from ..names import unknown

_SHAPES = {
    "icd10cm": re.compile(r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})"),
    "icd9cm": re.compile(r"([0-9]{3}|V[0-9]{2}|E[0-9]{3})\.?([0-9]{0,2})"),
}
_INHERITED = {"skos:exactMatch", "skos:closeMatch", "skos:narrowMatch"}
NARROWER = "skos:narrowMatch"


class Hit(NamedTuple):
    """A concept that a code leads to, by which mapped code, and how the concept relates to it."""

    concept_id: str
    predicate: str
    matched_code: str


class Prefixes:
    """The vocabularies of the package, found by any usual spelling of their prefix.

    Args:
        records: the records of the prefixes resource.
    """

    def __init__(self, records: Iterable[Any]) -> None:
        self._canonical: dict[str, str] = {}
        for record in records:
            for spelling in (record.prefix, record.name, *(record.spellings or "").split(";")):
                self._canonical[_squeeze(spelling)] = record.prefix
        self._canonical.pop("", None)

    def find(self, spelling: str) -> str | None:
        """Give the prefix as the package writes it, or None.

        Example:
            >>> from bonemet_data.terminology.records import read_entries
            >>> Prefixes(read_entries().prefixes).find("ICD-10-CM")
            'icd10cm'
        """
        return self._canonical.get(_squeeze(spelling))

    def vocabulary(self, name: object, mapped: Iterable[str]) -> str:
        """Give the prefix of a vocabulary that has mappings, or raise UnknownNameError."""
        found = self.find(name) if isinstance(name, str) else None
        known = sorted(set(mapped))
        if found not in known:
            raise unknown("vocabulary", name, known)
        return str(found)

    def split(self, curie: str) -> tuple[str, str] | None:
        """Split a CURIE into its prefix, as the package writes it, and its local part."""
        spelling, colon, local = curie.strip().partition(":")
        prefix = self.find(spelling)
        return (prefix, local.strip()) if colon and prefix and local.strip() else None


class CodeIndex:
    """The mapped codes of one vocabulary.

    Args:
        mappings: the records of the mappings resource.
        prefixes: the vocabularies.
        vocabulary: the prefix of the vocabulary, as the package writes it.
    """

    def __init__(self, mappings: Iterable[Any], prefixes: Prefixes, vocabulary: str) -> None:
        self._prefixes = prefixes
        self._vocabulary = vocabulary
        self._shape = _SHAPES.get(vocabulary)
        self._hits: dict[str, list[Hit]] = {}
        for mapping in mappings:
            prefix, _, local = mapping.object_id.partition(":")
            if prefix == vocabulary:
                hit = Hit(mapping.concept_id, mapping.predicate_id, mapping.object_id)
                self._hits.setdefault(self._normal(local) or local, []).append(hit)

    def match(self, code: object) -> tuple[Hit, ...]:
        """Give the concepts of a code, each once, by the mapped code that is nearest to it.

        Args:
            code: with or without dot, white space and prefix, in any case; anything that is no
                code of the vocabulary has no hit.
        """
        normal = self._normal(code) if isinstance(code, str) else None
        if not normal:
            return ()
        found = {hit.concept_id: hit for hit in self._hits.get(self._filled(normal), ())}
        if self._shape:
            for end in range(len(self._filled(normal)) - 1, 2, -1):
                for hit in self._hits.get(normal[:end], ()):
                    if hit.concept_id not in found and hit.predicate in _INHERITED:
                        found[hit.concept_id] = hit._replace(predicate=NARROWER)
        return tuple(found.values())

    def same(self, one: str, other: str) -> bool:
        """Tell whether two spellings are of one code."""
        first, second = self._normal(one), self._normal(other)
        return bool(first and second) and self._filled(str(first)) == self._filled(str(second))

    def _filled(self, normal: str) -> str:
        """Take off what only fills a code up: an X after a category, the .0 of a number."""
        short = normal[:3]
        filler = {"icd10cm": short + "X", "icd9cm": short + "0"}.get(self._vocabulary)
        return short if normal == filler and normal not in self._hits else normal

    def _normal(self, code: str) -> str | None:
        """Write a code in the one form in which codes are compared, or give None."""
        text = code.strip()
        if ":" in text:
            parts = self._prefixes.split(text)
            if not parts or parts[0] != self._vocabulary:
                return None
            text = parts[1]
        if self._shape:
            match = self._shape.fullmatch(text.upper())
            return "".join(match.groups()) if match else None
        local = text.casefold()
        bare = self._vocabulary.casefold() + "_"  # the form inside an address, HP_0002653
        return local.removeprefix(bare) or None


def _squeeze(spelling: str) -> str:
    return re.sub(r"[^a-z0-9]", "", spelling.casefold())
