"""The vocabulary of a release: concepts, names and mapped codes, indexed once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError
from ..names import unknown
from .codes import CodeIndex, Prefixes
from .concepts import Concept, build_concepts
from .labels import LabelIndex, Name
from .lookup import Match, find_matches

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Vocabulary:
    """The concepts of one release, with the codes and names that lead to them.

    It is immutable. Resources that an old release does not have count as empty.

    Attributes:
        version: Version of the release.
        records: Records of every resource, as `load(name, "records")` returns them, by name of the
            resource.
        concepts: All concepts, in the order of the resource `concepts`.

    Example:
        >>> import bonemet_data as bm
        >>> vocabulary = bm.vocabulary("1.0.0")
        >>> vocabulary
        <Vocabulary 1.0.0: 49 concepts>
        >>> [concept.label for concept in vocabulary.concepts if concept.kind == "type"]
        ['Osteolytic', 'Osteoblastic', 'Mixed']

    See Also:
        vocabulary: Return the vocabulary of a release.
    """

    version: str
    records: Mapping[str, tuple[Any, ...]]

    def __repr__(self) -> str:
        return f"<Vocabulary {self.version}: {len(self.concepts)} concepts>"

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """All concepts, in the order of the resource `concepts`."""
        return build_concepts(self.records)

    def concept(self, concept_id: str) -> Concept:
        """Return one concept; see `bonemet_data.concept`."""
        if concept_id not in self._concepts:
            raise unknown("concept", concept_id, self._concepts)
        return self._concepts[concept_id]

    def lookup(self, term: str) -> tuple[Match, ...]:
        """Return the concepts that a code or name leads to; see `bonemet_data.lookup`."""
        if not isinstance(term, str):
            raise ArgumentError(f"term must be a code or name as text, not {term!r}.")
        return find_matches(term, self._concepts, self._labels, self._prefixes, self._codes)

    def annotate(
        self, codes: Iterable[Any], vocabulary: str = "icd10cm", icd_version: Any = None
    ) -> "pd.DataFrame":
        """Return the concepts of a column of codes; see `bonemet_data.annotate`."""
        from .annotate import annotate_codes

        if not self._codes:
            raise ArgumentError(f"version {self.version} has no mappings: use a later version.")
        prefix = self._prefixes.find(vocabulary) if isinstance(vocabulary, str) else None
        if prefix is None or prefix not in self._codes:
            raise unknown("vocabulary", vocabulary, self._codes)
        return annotate_codes(codes, prefix, icd_version, self._codes)

    def normalize(
        self, labels: Iterable[Any], kind: str | None = None, *, suggest: bool = False
    ) -> "pd.DataFrame":
        """Return the concepts that a column of texts names; see `bonemet_data.normalize`."""
        from .normalize import normalize_labels

        kinds = sorted({concept.kind for concept in self.concepts})
        if kind is not None and kind not in kinds:
            raise unknown("kind", kind, kinds)
        return normalize_labels(labels, kind, self._labels, suggest=suggest)

    def suggest(self, text: str) -> str | None:
        """Return the id of the only concept with this label or EXACT synonym, or None."""
        names = self._labels.labels(text)
        return names[0].concept_id if len(names) == 1 else None

    @cached_property
    def _concepts(self) -> Mapping[str, Concept]:
        return {concept.concept_id: concept for concept in self.concepts}

    @cached_property
    def _prefixes(self) -> Prefixes:
        return Prefixes(self._records("prefixes"))

    @cached_property
    def _codes(self) -> Mapping[str, CodeIndex]:
        mappings: defaultdict[str, list[Any]] = defaultdict(list)
        for mapping in self._records("mappings"):
            mappings[mapping.object_id.partition(":")[0]].append(mapping)
        return {
            prefix: CodeIndex(prefix, mappings[prefix], self._prefixes)
            for prefix in sorted(mappings)
        }

    @cached_property
    def _labels(self) -> LabelIndex:
        return LabelIndex(self._names())

    def _names(self) -> Iterator[Name]:
        concepts = self._records("concepts")
        kinds = {concept.concept_id: concept.kind for concept in concepts}
        for concept in concepts:
            yield Name(concept.concept_id, concept.kind, concept.label, "EXACT", "label")
        for synonym in self._records("synonyms"):
            kind = kinds[synonym.concept_id]
            yield Name(synonym.concept_id, kind, synonym.synonym, synonym.scope, synonym.source)
        for concept in concepts:
            yield Name(concept.concept_id, concept.kind, concept.concept_id, "EXACT", "id")

    def _records(self, name: str) -> tuple[Any, ...]:
        return self.records.get(name, ())
