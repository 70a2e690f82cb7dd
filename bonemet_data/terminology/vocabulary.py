"""The vocabulary of a release: concepts, names and mapped codes, indexed once."""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, CodesWarning
from ..names import fold, unknown
from ..tableschema.model import TableSchema
from .code_index import CodeIndex
from .concepts import Concept, build_concepts
from .frames import evidence_frame, require, statements_frame
from .label_index import LabelIndex, Name
from .lookup import Match, find_matches
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
            raise unknown("concept", concept_id, self._concepts)
        return self._concepts[concept_id]

    def lookup(self, term: str) -> tuple[Match, ...]:
        """Return the concepts that a code or name leads to; see `bonemet_data.lookup`."""
        if not isinstance(term, str):
            raise ArgumentError(f"term must be a code or name as text, not {term!r}.")
        labels = (self._labels, self._descendant_labels)
        return find_matches(term, self._concepts, labels, self._prefixes, self._codes)

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
        self, labels: Iterable[Any], kind: str | None = None, *, suggest: bool = False
    ) -> "pd.DataFrame":
        """Return the concepts that a column of texts names; see `bonemet_data.normalize`."""
        from .normalize import normalize_labels

        kinds = sorted({*self._kinds.values()} - self._kinds_not_searched)
        if kind is not None and kind not in kinds:
            raise unknown("kind", kind, kinds)
        return normalize_labels(labels, kind, self._labels, suggest=suggest)

    def suggest(self, text: str, *, broad: bool = False) -> str | None:
        """Return the id of the only concept with this EXACT label or synonym, or None.

        Args:
            text: The text.
            broad: Whether a label that covers more than its concept counts, too. It fits where
                only some concepts are possible, as in a column of types.
        """
        names = {name.concept_id for name in self._labels.labels(text)}
        if broad and not names:
            names = {n.concept_id for n in self._labels.names(text) if n.source == "label"}
        return names.pop() if len(names) == 1 else None

    @cached_property
    def _concepts(self) -> Mapping[str, Concept]:
        return {concept.concept_id: concept for concept in self.concepts}

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """Kind of each concept, by its id."""
        return {concept.concept_id: concept.kind for concept in self._records("concepts")}

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
        return LabelIndex(self._names())

    @cached_property
    def _descendant_labels(self) -> LabelIndex:
        """Labels of the terms below the mapped ones, which only `lookup` searches."""
        return LabelIndex(
            Name(
                concept_id=row.concept_id,
                kind=self._kinds[row.concept_id],
                text=row.object_label,
                scope="NARROW",
                source=row.object_source_version,
            )
            for row in self._records("descendants")
        )

    def _names(self) -> Iterator[Name]:
        concepts = self._records("concepts")
        kinds = self._kinds
        ambiguous = self._annotation("synonyms", "type", "bonemet:onlyWithKind")

        def name(concept_id: str, text: str, scope: str, source: str, type_: str = "") -> Name:
            return Name(
                concept_id=concept_id,
                kind=kinds[concept_id],
                text=text,
                scope=scope,
                source=source,
                only_with_kind=type_ in ambiguous,
                searched=kinds[concept_id] not in self._kinds_not_searched,
            )

        for concept in concepts:
            yield name(concept.concept_id, concept.label, concept.label_scope or "EXACT", "label")
        for row in self._records("synonyms"):
            yield name(row.concept_id, row.synonym, row.synonym_scope, row.source, row.type)
        for concept in concepts:
            # As text, an id such as "pain" means no less than the label "Pain".
            is_label = fold(concept.concept_id) == fold(concept.label)
            scope = concept.label_scope if is_label else None
            yield name(concept.concept_id, concept.concept_id, scope or "EXACT", "id")

    @cached_property
    def _kinds_not_searched(self) -> frozenset[str]:
        """Kinds of concepts that exist only for statements: no code or name in data means them."""
        return self._annotation("concepts", "kind", "bonemet:onlyInStatements")

    def _annotation(self, resource: str, column: str, name: str) -> frozenset[str]:
        """Return the values that an annotation of a column lists; none in an old release."""
        schema = self.schemas.get(resource)
        annotated = schema.field(column) if schema else None
        return frozenset(annotated.annotations.get(name, ()) if annotated else ())

    @cached_property
    def _upgraded(self) -> Mapping[str, tuple[Any, ...]]:
        return upgrade_records(self.records)

    def _records(self, name: str) -> tuple[Any, ...]:
        return self._upgraded.get(name, ())
