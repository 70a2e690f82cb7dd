"""Codes of public vocabularies: their spellings, and the concepts that are mapped to them.

Data contain codes in many spellings, and codes that are more specific than the mapped ones. The
resource `descendants` lists the codes below a mapped one, by the edition of the vocabulary that it
names. In ICD-9-CM, ICD-10-CM and ICD-10-PCS, the ancestors of a code are also its own prefixes. A
descendant of a mapped code is narrower than the concept, unless the mapped code is itself broader
than the concept or only related to it: then nothing follows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, TypeAlias

from .notations import notation

_NARROWER = "skos:narrowMatch"
_INHERITABLE = {"skos:exactMatch", "skos:closeMatch", _NARROWER}

Status: TypeAlias = Literal["matched", "no_concept", "unknown_code", "not_a_code", "missing"]

FITTING = frozenset({"matched", "no_concept"})
"""Statuses of the codes of a vocabulary."""

_NAMESPACES = {
    "snomedct": ("http://snomed.info/sct",),
    "icd10cm": ("http://hl7.org/fhir/sid/icd-10-cm",),
    "icd9cm": ("http://hl7.org/fhir/sid/icd-9-cm", "http://hl7.org/fhir/sid/icd-9-cm/diagnosis"),
    "icd9proc": ("http://hl7.org/fhir/sid/icd-9-cm", "http://hl7.org/fhir/sid/icd-9-cm/procedure"),
    "icd10pcs": ("http://www.cms.gov/Medicare/Coding/ICD10",),
    "umls": ("http://www.nlm.nih.gov/research/umls",),
    "NCIT": ("http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl",),
}
"""Code systems of FHIR, in addition to the namespaces of the resource `vocabularies`.

See https://terminology.hl7.org/external_terminologies.html.
"""

_RESOLVERS = re.compile(
    r"(?:identifiers\.org|bioregistry\.io|n2t\.net|purl\.bioontology\.org/ontology"
    r"|purl\.obolibrary\.org/obo)/(?P<prefix>[A-Za-z][\w.-]*?)[:/_](?P<local>[^/]+)"
)
"""Addresses that consist of a prefix and a code."""


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


class Prefixes:
    """Prefixes of vocabularies, found by any usual spelling.

    Args:
        records: Records of the resource `vocabularies`. Those without a prefix have no codes.

    Example:
        >>> import bonemet_data as bm
        >>> prefixes = Prefixes(bm.load("vocabularies", "records"))
        >>> prefixes.find("ICD-10-CM"), prefixes.split("HPO: 0002653")
        ('icd10cm', ('HP', '0002653'))
        >>> prefixes.split("http://purl.obolibrary.org/obo/HP_0002653")
        ('HP', '0002653')
    """

    def __init__(self, records: Iterable[Any]) -> None:
        records = [record for record in records if record.prefix]
        self._by_spelling = {
            _squeeze(spelling): record.prefix
            for record in records
            for spelling in (record.prefix, record.name, *(record.spellings or "").split(";"))
        }
        self._by_spelling.pop("", None)
        namespaces: defaultdict[str, list[str]] = defaultdict(list)
        self._underscored = set()
        for record in records:
            # Releases before 2.0.0 have no namespaces.
            namespace = getattr(record, "namespace", None)
            if namespace and namespace.endswith("_"):
                self._underscored.add(record.prefix)
            for address in filter(None, (namespace, *_NAMESPACES.get(record.prefix, ()))):
                namespaces[_without_scheme(address).rstrip("/").casefold()].append(record.prefix)
        longest_first = sorted(namespaces.items(), key=lambda item: -len(item[0]))
        self._namespaces = [(namespace, tuple(found)) for namespace, found in longest_first]

    def find(self, spelling: str) -> str | None:
        """Return the prefix in the spelling of the package, or None."""
        return self._by_spelling.get(_squeeze(spelling))

    def split(self, curie: str) -> tuple[str, str] | None:
        """Split a CURIE or address into its prefix, in the spelling of the package, and its code.

        Args:
            curie: CURIE such as "HP:0002653", OBO id such as "HP_0002653", or full address.
        """
        parts = self.split_all(curie)
        return (parts[0][0], parts[1]) if parts else None

    def split_all(self, curie: str) -> tuple[tuple[str, ...], str] | None:
        """Do the same as `split`, with all prefixes whose addresses begin alike."""
        text = curie.strip().removeprefix("<").removesuffix(">")
        if "://" in text:
            return self._split_address(_without_scheme(text))
        spelling, separator, local = text.partition(":")
        prefix = self.find(spelling) if separator else None
        if not separator and "_" in text:
            spelling, _, local = text.partition("_")
            prefix = self.find(spelling)
            if prefix not in self._underscored or not local[-1:].isdigit():
                return None
        code = self._without_prefix(local.strip(), (prefix,)) if prefix else ""
        return ((prefix,), code) if prefix and code else None

    def _split_address(self, address: str) -> tuple[tuple[str, ...], str] | None:
        folded = address.casefold()
        for namespace, prefixes in self._namespaces:
            if folded.startswith(namespace):
                # A token of FHIR separates the system from the code by a vertical bar.
                local = address[len(namespace) :].strip("/|#")
                if local and not re.search(r"[/|#]", local):
                    return prefixes, self._without_prefix(local, prefixes)
        match = _RESOLVERS.match(address)
        prefix = self.find(match["prefix"]) if match else None
        if not match or not prefix:
            return None
        return (prefix,), self._without_prefix(match["local"], (prefix,))

    def _without_prefix(self, local: str, prefixes: tuple[str, ...]) -> str:
        """Return a code without a repeated prefix, as in identifiers.org/hp/HP:0002653."""
        repeated = re.fullmatch(r"([^:_]+)[:_](.*)", local)
        return repeated[2] if repeated and self.find(repeated[1]) in prefixes else local


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
        self._notation = notation(vocabulary)
        self._listed: defaultdict[str, list[CodeMatch]] = defaultdict(list)
        self._inherited: defaultdict[str, list[CodeMatch]] = defaultdict(list)
        self._edition_is_known = False
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
            self._edition_is_known = True

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
        return CodeReading("not_a_code") if normal is None else self._read_normal(normal)

    def recognize(self, code: str, parts: tuple[tuple[str, ...], str] | None) -> CodeReading | None:
        """Return what a text is in this vocabulary if it shows that it is a code of it, or None.

        Args:
            code: Code without surrounding white space.
            parts: Its prefixes and its local part, from `Prefixes.split_all`.
        """
        if parts and self.vocabulary not in parts[0]:
            return None
        normal = self._notation.parse(parts[1] if parts else code)
        if normal is None:
            return None
        reading = self._read_normal(normal)
        if reading.status not in FITTING:
            return None
        is_distinct = parts or reading.matches or self._notation.distinct.match(normal)
        return reading if is_distinct else None

    def _read_normal(self, code: str) -> CodeReading:
        if code[3:] == self._notation.filler and code not in self._listed:
            code = code[:3]
        matches = {match.concept_id: match for match in self._listed.get(code, ())}
        is_known = bool(matches)
        for ancestor in self._ancestors(code):
            for match in self._inherited.get(ancestor, ()):
                matches.setdefault(match.concept_id, match)
        absent = self._notation.absent is not None and self._notation.absent.fullmatch(code)
        if is_known or (matches and not (absent or self._edition_is_known)):
            return CodeReading("matched", tuple(matches.values()))
        if matches:
            return CodeReading("unknown_code", tuple(matches.values()))
        return CodeReading("not_a_code" if absent else "no_concept")

    def _ancestors(self, code: str) -> Iterator[str]:
        """Iterate over the prefixes of a code that are codes, the longest first."""
        if self._notation.hierarchical:
            for length in range(len(code) - 1, 2, -1):
                yield code[:length]

    def _normalize(self, code: str) -> str | None:
        """Return the form in which codes are compared, or None for no code of this vocabulary."""
        local = code.strip()
        parts = self._prefixes.split_all(local)
        if parts is not None:
            if self.vocabulary not in parts[0]:
                return None
            local = parts[1]
        return self._notation.parse(local)


def _without_scheme(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.")


def _squeeze(spelling: str) -> str:
    return re.sub(r"[^a-z0-9]", "", spelling.casefold())
