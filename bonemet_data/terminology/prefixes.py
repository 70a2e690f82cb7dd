"""Prefixes of vocabularies: their spellings, CURIEs and full addresses."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .notations import notation

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
        if parts is None:
            return None
        prefixes, code = parts
        fitting = (prefix for prefix in prefixes if notation(prefix).parse(code))
        return next(fitting, prefixes[0]), code

    def split_all(self, curie: str) -> tuple[tuple[str, ...], str] | None:
        """Do the same as `split`, with all prefixes whose addresses begin alike."""
        if ":" not in curie and "_" not in curie:
            return None
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


def _without_scheme(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.")


def _squeeze(spelling: str) -> str:
    return re.sub(r"[^a-z0-9]", "", spelling.casefold())
