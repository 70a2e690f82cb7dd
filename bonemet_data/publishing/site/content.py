"""The content of the site: the package, and what its pages look up in it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from ...package.descriptor import Package
from ...tableschema.model import Field
from ...terminology.concepts import Concept
from ...terminology.lookup import PACKAGE_PREFIX
from ...terminology.statements import Statement
from ...terminology.vocabulary import Vocabulary
from .downloads import Download, collect_downloads
from .wording import meanings

T = TypeVar("T")


class Table(NamedTuple):
    """A table of the article.

    Attributes:
        name: Name of the resource.
        title: Title.
        fields: Fields that quote the article.
        concepts: Concepts of the rows, in order.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    concepts: tuple[Concept, ...]


class StatementEvidence(NamedTuple):
    """A statement with the evidence of one stance."""

    statement: Statement
    evidence: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Content:
    """The package, and what the pages of the site look up in it."""

    package: Package
    vocabulary: Vocabulary
    own_vocabulary: str = PACKAGE_PREFIX

    def records(self, name: str) -> tuple[Any, ...]:
        """Return the records of a resource."""
        return self.vocabulary.records[name]

    def concept(self, concept_id: str) -> Concept:
        """Return a concept."""
        return self.vocabulary.concept(concept_id)

    def title(self, name: str) -> str:
        """Return the title of a resource."""
        entries = self.package.descriptor["resources"]
        return str(next(entry["title"] for entry in entries if entry["name"] == name))

    def field(self, resource: str, name: str) -> Field:
        """Return a field of a resource."""
        field = self.vocabulary.schemas[resource].field(name)
        assert field is not None  # noqa: S101 - the templates name fields that exist
        return field

    def meanings(self, resource: str, name: str) -> Mapping[str, str]:
        """Return the meanings of the values of a closed list."""
        return meanings(self.field(resource, name))

    @cached_property
    def stances(self) -> tuple[str, ...]:
        """The stances, in the order of their closed list."""
        return self.field("evidence", "stance").categories or ()

    @cached_property
    def downloads(self) -> tuple[Download, ...]:
        """The files that readers can download."""
        return collect_downloads(self.package)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the article, in its order."""
        concepts = self.vocabulary.concepts
        names = dict.fromkeys(concept.table for concept in concepts if concept.table)
        return tuple(
            Table(
                name,
                self.title(name),
                tuple(
                    field
                    for field in self.vocabulary.schemas[name].fields
                    if field.annotations.get("bonemet:verbatim")
                ),
                tuple(concept for concept in concepts if concept.table == name),
            )
            for name in names
        )

    @cached_property
    def measurements(self) -> Mapping[str, tuple[Any, ...]]:
        """Measurements by evidence."""
        return _group(self.records("measurements"), attrgetter("evidence_id"))

    @cached_property
    def evidence_of_publications(self) -> Mapping[str, tuple[Any, ...]]:
        """Evidence by publication."""
        return _group(self.records("evidence"), attrgetter("publication_id"))

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """Statements by id."""
        return {str(each.statement_id): each for each in self.vocabulary.statements}

    @cached_property
    def sections(self) -> Mapping[str, tuple[Statement, ...]]:
        """Statements by the section of the article that makes them first."""
        names = self.field("mentions", "section").categories or ()
        groups = _group(self.vocabulary.statements, lambda each: each.mentions[0].section)
        return {name: groups.get(name, ()) for name in names}

    @cached_property
    def kinds(self) -> Mapping[str, tuple[Concept, ...]]:
        """Concepts by kind, in the order of its closed list."""
        kinds = self.field("concepts", "kind").categories or ()
        groups = _group(self.vocabulary.concepts, attrgetter("kind"))
        return {kind: groups[kind] for kind in kinds if kind in groups}

    @cached_property
    def vocabularies(self) -> Mapping[str, Any]:
        """Records of `vocabularies` by id."""
        return {record.vocabulary_id: record for record in self.records("vocabularies")}

    @cached_property
    def mapped(self) -> Mapping[str, int]:
        """Number of mappings by vocabulary."""
        return Counter(mapping.vocabulary_id for mapping in self.records("mappings"))

    @cached_property
    def descendants(self) -> Mapping[str, tuple[Any, ...]]:
        """Records of `descendants` by concept."""
        return _group(self.records("descendants"), attrgetter("concept_id"))

    @cached_property
    def inverses(self) -> Mapping[str, str]:
        """Inverse label of each predicate."""
        return {record.predicate: record.inverse_label for record in self.records("predicates")}

    def citing(self, source_id: int) -> tuple[tuple[Concept, ...], tuple[Statement, ...]]:
        """Return the rows and the statements for which the article cites a source."""
        concepts = [
            concept
            for concept in self.vocabulary.concepts
            if source_id in {source.source_id for source in concept.citations}
        ]
        cited = [each for each in self.vocabulary.statements if source_id in each.source_ids]
        return tuple(concepts), tuple(cited)

    def limited_to(self, concept_id: str) -> tuple[Statement, ...]:
        """Return the statements whose context is a concept."""
        return tuple(s for s in self.vocabulary.statements if s.context_id == concept_id)

    def findings(
        self, stance: str, statements: Iterable[Statement] | None = None
    ) -> tuple[StatementEvidence, ...]:
        """Return statements with their evidence of one stance; those without any are left out."""
        if statements is None:
            statements = self.vocabulary.statements
        found = (
            StatementEvidence(
                each, tuple(record for record in each.evidence if record.stance == stance)
            )
            for each in statements
        )
        return tuple(finding for finding in found if finding.evidence)

    def counts(self, evidence: Iterable[Any]) -> Sequence[tuple[str, int]]:
        """Return the stances that evidence takes, with the number of records."""
        counter = Counter(record.stance for record in evidence)
        return [(stance, counter[stance]) for stance in self.stances if counter[stance]]

    def codes(self, concept: Concept) -> Mapping[str, Sequence[Any]]:
        """Return the mappings of a concept by vocabulary, the closest first."""
        order = self.field("mappings", "predicate_id").categories or ()
        groups = _group(concept.mappings, attrgetter("vocabulary_id"))
        return {
            vocabulary_id: sorted(
                groups[vocabulary_id],
                key=lambda row: (order.index(row.predicate_id), row.object_id),
            )
            for vocabulary_id in self.vocabularies
            if vocabulary_id in groups
        }

    def names(self, records: Iterable[Any]) -> Mapping[str, Sequence[str]]:
        """Return names with the vocabularies that contain them."""
        names: dict[str, dict[str, None]] = {}
        for record in sorted(records, key=lambda each: each.synonym.casefold()):
            names.setdefault(record.synonym, {})[record.vocabulary_id] = None
        return {name: tuple(vocabularies) for name, vocabularies in names.items()}

    def vocabularies_of_names(self, concept: Concept) -> Sequence[Any]:
        """Return the records of the vocabularies that contain names of a concept."""
        used = {record.vocabulary_id for group in concept.synonyms.values() for record in group}
        return [record for record in self.vocabularies.values() if record.vocabulary_id in used]


def _group(records: Iterable[T], key: Callable[[T], str]) -> Mapping[str, tuple[T, ...]]:
    groups = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return {key: tuple(group) for key, group in groups.items()}
