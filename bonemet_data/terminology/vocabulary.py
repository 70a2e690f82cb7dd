"""The vocabulary of a release: concepts, names and mapped codes, indexed once."""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, CodesWarning, MissingExtraError
from ..names import fold, unknown
from ..tableschema.model import TableSchema
from .code_index import CodeIndex
from .concepts import Concept, build_concepts
from .frames import evidence_frame, require, statements_frame
from .label_index import LabelIndex
from .lookup import Match, find_matches
from .name_reading import read_names
from .near_names import NearNames, Suggestion
from .older import upgrade_records
from .prefixes import Prefixes
from .statements import Statement, build_statements, join_evidence

if TYPE_CHECKING:
    import pandas as pd

    from .annotate import Annotated
    from .detect import Detector


@dataclass(frozen=True, eq=False, repr=False)
class Vocabulary:
    """The concepts of one release, with the codes and names that lead to them.

    It is immutable. Resources that an old release does not have count as empty.

    Attributes:
        version: Version of the release.
        records: Records of every resource, as `load(name, "records")` returns them, by name of the
            resource.
        schemas: Table Schema of every resource, by name of the resource.
        concepts: All concepts, in the order of the resource `concepts`.
        statements: All statements, in the order of the resource `statements`.

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
    schemas: Mapping[str, TableSchema] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Vocabulary {self.version}: {len(self.concepts)} concepts>"

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """All concepts, in the order of the resource `concepts`."""
        return build_concepts(self._upgraded, self.statements, self.schemas)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order of the resource `statements`."""
        return build_statements(self._upgraded, self.schemas)

    def concept(self, concept_id: str) -> Concept:
        """Return one concept; see `bonemet_data.concept`."""
        if concept_id not in self._concepts:
            raise unknown("concept", concept_id, self._concepts, listed_in="the resource concepts")
        return self._concepts[concept_id]

    def lookup(self, term: str) -> tuple[Match, ...]:
        """Return the concepts that a code or name leads to; see `bonemet_data.lookup`."""
        if not isinstance(term, str):
            raise ArgumentError(f"term must be a code or name as text, not {term!r}.")
        return find_matches(term, self._concepts, self._labels, self._prefixes, self._codes)

    def statements_frame(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,  # noqa: A002 - the term of RDF
        *,
        context: str | None = None,
        engine: str = "pandas",
    ) -> Any:
        """Return statements as a frame; see `bonemet_data.statements`."""
        self._require_statements()
        wanted = {"subject_id": subject, "object_id": object, "context_id": context}
        for concept_id in wanted.values():
            require("concept", concept_id, self._concepts)
        require("predicate", predicate, [p.predicate for p in self._records("predicates")])
        return statements_frame(
            self.statements,
            self._records("statements"),
            self.schemas["statements"],
            {**wanted, "predicate": predicate},
            engine,
        )

    def evidence_frame(
        self,
        statement_id: str | None = None,
        concept_id: str | None = None,
        *,
        engine: str = "pandas",
    ) -> Any:
        """Return evidence as a frame; see `bonemet_data.evidence`."""
        self._require_statements()
        require("concept", concept_id, self._concepts)
        ids = {str(statement.statement_id): statement.concept_ids for statement in self.statements}
        require("statement", statement_id, ids)
        return evidence_frame(
            join_evidence(self._upgraded),
            {
                id_
                for id_, concept_ids in ids.items()
                if statement_id in {None, id_} and concept_id in {None, *concept_ids}
            },
            self.schemas["evidence"],
            self.schemas["publications"],
            engine,
        )

    def _require_statements(self) -> None:
        if "statements" not in self.records:
            raise ArgumentError(f"version {self.version} has no statements: use a later version.")

    def annotate(
        self,
        codes: Iterable[Any],
        vocabulary: str = "icd10cm",
        icd_version: Any = None,
        *,
        separator: str | None = None,
    ) -> "pd.DataFrame":
        """Return the concepts of a column of codes; see `bonemet_data.annotate`."""
        annotated = self.annotate_and_count(codes, vocabulary, icd_version, separator=separator)
        for message in self.detector.messages(annotated.vocabularies, annotated.counts):
            warnings.warn(message, CodesWarning, stacklevel=3)
        return annotated.frame

    def annotate_and_count(
        self,
        codes: Iterable[Any],
        vocabulary: str = "icd10cm",
        icd_version: Any = None,
        *,
        separator: str | None = None,
    ) -> "Annotated":
        """Do the same as `annotate` without warnings, and count the codes."""
        from .annotate import annotate_codes

        prefix = self._code_vocabulary(vocabulary)
        return annotate_codes(codes, prefix, icd_version, separator, self._codes)

    def detect(self, codes: Iterable[Any], *, separator: str | None = None) -> "pd.DataFrame":
        """Return the share of codes that are of each vocabulary; see `bonemet_data.detect`."""
        from .detect import detect_vocabularies

        return detect_vocabularies(codes, separator, self.detector)

    @cached_property
    def detector(self) -> "Detector":
        """Detector of the vocabulary of codes."""
        from .detect import Detector

        return Detector(self._records("vocabularies"), self._codes)

    def code_index(self, vocabulary: str) -> CodeIndex:
        """Return the mapped codes of a vocabulary.

        Args:
            vocabulary: Prefix or name in any usual spelling.

        Raises:
            ArgumentError: The release has no mappings.
            UnknownNameError: There is no such vocabulary, or it has no mappings.
        """
        return self._codes[self._code_vocabulary(vocabulary)]

    def _code_vocabulary(self, vocabulary: str) -> str:
        if not self._codes:
            raise ArgumentError(f"version {self.version} has no mappings: use a later version.")
        prefix = self._prefixes.find(vocabulary) if isinstance(vocabulary, str) else None
        if prefix is None or prefix not in self._codes:
            raise unknown("vocabulary", vocabulary, self._codes)
        return prefix

    def normalize(
        self,
        labels: Iterable[Any],
        kind: str | None = None,
        scopes: Iterable[str] = ("exact",),
        separator: str | None = None,
        suggest: bool = False,
    ) -> "pd.DataFrame":
        """Return the concepts that a column of texts names; see `bonemet_data.normalize`."""
        from .normalize import Normalizer, normalize_labels, require_scopes

        broader = {concept.concept_id: concept.broader_id for concept in self._records("concepts")}
        normalizer = Normalizer(
            self._labels, self._near, broader, self._kinds_in(kind), require_scopes(scopes)
        )
        return normalize_labels(labels, normalizer, separator=separator, suggest=suggest)

    def suggestions(self, text: str, kind: str | None = None) -> tuple[Suggestion, ...]:
        """Return the concepts that a text probably means, the best first.

        Args:
            text: The text.
            kind: Kind of the concepts; any if None.

        Raises:
            UnknownNameError: There is no such kind.
            MissingExtraError: The extra "suggest" is not installed.
        """
        return self._near.suggestions(text, self._kinds_in(kind))

    def suggest(self, text: str) -> tuple[str, str] | None:
        """Return the id of the concept that a text in a column of ids probably means, or None.

        The second item is the scope of the name, or "near" if the text is a misspelled name. An
        id in another spelling is "exact", whatever its scope as a name.
        Without the extra "suggest", misspelled names get no suggestion.
        """
        try:
            suggestions = self._near.suggestions(text)
        except MissingExtraError:
            return None
        if not suggestions:
            return None
        best = suggestions[0]
        if fold(text) == fold(best.concept_id):
            return best.concept_id, "exact"
        return best.concept_id, best.scope if best.similarity == 100 else "near"

    @cached_property
    def _concepts(self) -> Mapping[str, Concept]:
        return {concept.concept_id: concept for concept in self.concepts}

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """Kind of each concept, by its id."""
        return {concept.concept_id: concept.kind for concept in self._records("concepts")}

    def _kinds_in(self, kind: str | None) -> frozenset[str] | None:
        """Return the kinds of concepts in data of a kind, or None for any."""
        if kind is None:
            return None
        kinds = sorted({*self._kinds.values()} - self._kinds_not_searched)
        if kind not in kinds:
            raise unknown("kind", kind, kinds)
        included = self._annotation("concepts", "kind", "bonemet:includes") or {}
        return frozenset({kind, *included.get(kind, ())})

    @cached_property
    def _prefixes(self) -> Prefixes:
        return Prefixes(self._records("vocabularies"))

    @cached_property
    def _codes(self) -> Mapping[str, CodeIndex]:
        mappings, descendants = map(self._by_prefix, ("mappings", "descendants"))
        return {
            prefix: CodeIndex(prefix, mappings[prefix], self._prefixes, descendants[prefix])
            for prefix in sorted(mappings)
        }

    def _by_prefix(self, name: str) -> defaultdict[str, list[Any]]:
        """Return the records of a resource with codes that data may contain, by their prefix."""
        groups = defaultdict(list)
        for record in self._records(name):
            if self._kinds[record.concept_id] not in self._kinds_not_searched:
                groups[record.object_id.partition(":")[0]].append(record)
        return groups

    @cached_property
    def _labels(self) -> LabelIndex:
        return LabelIndex(read_names(self._upgraded, self._kinds_not_searched, self._abbreviated))

    @cached_property
    def _near(self) -> NearNames:
        return NearNames(self._labels)

    @cached_property
    def _abbreviated(self) -> frozenset[str]:
        """Types of synonyms that are ambiguous unless the kind of concept is known."""
        return frozenset(self._annotation("synonyms", "type", "bonemet:onlyWithKind") or ())

    @cached_property
    def _kinds_not_searched(self) -> frozenset[str]:
        """Kinds of concepts that exist only for statements: no code or name in data means them."""
        return frozenset(self._annotation("concepts", "kind", "bonemet:onlyInStatements") or ())

    def _annotation(self, resource: str, column: str, name: str) -> Any:
        """Return an annotation of a column, or None in an old release."""
        schema = self.schemas.get(resource)
        annotated = schema.field(column) if schema else None
        return annotated.annotations.get(name) if annotated else None

    @cached_property
    def _upgraded(self) -> Mapping[str, tuple[Any, ...]]:
        return upgrade_records(self.records)

    def _records(self, name: str) -> tuple[Any, ...]:
        return self._upgraded.get(name, ())
