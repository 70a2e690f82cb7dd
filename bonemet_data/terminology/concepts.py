"""Concepts, with all records that refer to them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any

_SHOWN = 6
"""Values of one attribute that the text and HTML of a concept show."""


@dataclass(frozen=True, repr=False, eq=False)
class Concept:
    """A concept, with all records of the package that refer to it.

    Records are named tuples with the columns of their resource.

    Attributes:
        concept_id: Id, which never changes its meaning.
        kind: Kind, such as "symptom" or "cancer".
        label: Preferred name.
        definition: Definition.
        table: Table of the article in which the concept has a row.
        record: Values of that row by column.
        citations: Records of `sources` that the article cites for that row.
        relations: Records of `relations` with the concept as subject or object.
        mappings: Records of `mappings`: codes of public vocabularies.
        synonyms: Records of `synonyms`, of every scope.
        evidence: Records of `evidence`: independent publications, which are not the
            sources of the article.

    Example:
        >>> import bonemet_data as bm
        >>> pain = bm.concept("pain")
        >>> pain.label, pain.kind, pain.record["prevalence_timing"]
        ('Pain', 'symptom', 'Up to 75% of patients')
        >>> [mapping.object_id for mapping in pain.mappings][:2]
        ['HP:0002653', 'NCIT:C38644']

    See Also:
        concept: Return one concept.
        Vocabulary.concepts: All concepts.
    """

    concept_id: str
    kind: str
    label: str
    definition: str
    table: str | None
    record: Mapping[str, Any] | None
    citations: tuple[Any, ...]
    relations: tuple[Any, ...]
    mappings: tuple[Any, ...]
    synonyms: tuple[Any, ...]
    evidence: tuple[Any, ...]

    def __repr__(self) -> str:
        lines = [f"{self.label} ({self.concept_id}, {self.kind}): {self.definition}"]
        lines += [f"  {name + ':':<11} {values}" for name, values in self._summary()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(values)}</td></tr>"
            for name, values in self._summary()
        )
        return (
            f"<p><b>{escape(self.label)}</b> <code>{escape(self.concept_id)}</code>, "
            f"{escape(self.kind)}<br>{escape(self.definition)}</p><table>{rows}</table>"
        )

    def _summary(self) -> list[tuple[str, str]]:
        attributes = [
            ("record", [f"{column}: {value}" for column, value in (self.record or {}).items()]),
            ("citations", [str(source.source_id) for source in self.citations]),
            ("relations", [f"{r.subject_id} {r.predicate} {r.object_id}" for r in self.relations]),
            (
                "mappings",
                [f"{m.object_id} ({m.predicate_id.removeprefix('skos:')})" for m in self.mappings],
            ),
            ("synonyms", [s.synonym for s in self.synonyms if s.scope == "EXACT"]),
            ("evidence", [f"{e.relation}: {e.title}" for e in self.evidence]),
        ]
        return [(name, "; ".join(_first(values))) for name, values in attributes if values]


def build_concepts(records: Mapping[str, tuple[Any, ...]]) -> tuple[Concept, ...]:
    """Return all concepts, in the order of the resource `concepts`.

    Args:
        records: Records of each resource; resources that an old release lacks count as empty.
    """
    kinds = {concept.concept_id: concept.kind for concept in records["concepts"]}
    # The key of a table of the article is named after the kind of its concepts: symptom_id.
    rows = {
        row[0]: (table, MappingProxyType(row._asdict()))
        for table, table_rows in records.items()
        for row in table_rows
        if row._fields[0] == f"{kinds.get(row[0])}_id"
    }
    sources = {source.source_id: source for source in records["sources"]}
    citations, mappings, synonyms, evidence = (
        _by_concept((record.concept_id, record) for record in records.get(name, ()))
        for name in ("citations", "mappings", "synonyms", "evidence")
    )
    relations = _by_concept(
        (concept_id, relation)
        for relation in records.get("relations", ())
        for concept_id in dict.fromkeys((relation.subject_id, relation.object_id))
    )
    concepts = []
    for concept in records["concepts"]:
        concept_id = concept.concept_id
        table, record = rows.get(concept_id, (None, None))
        concepts.append(
            Concept(
                concept_id=concept_id,
                kind=concept.kind,
                label=concept.label,
                definition=concept.definition,
                table=table,
                record=record,
                citations=tuple(sources[link.source_id] for link in citations[concept_id]),
                relations=tuple(relations[concept_id]),
                mappings=tuple(mappings[concept_id]),
                synonyms=tuple(synonyms[concept_id]),
                evidence=tuple(evidence[concept_id]),
            )
        )
    return tuple(concepts)


def _by_concept(pairs: Iterable[tuple[str, Any]]) -> defaultdict[str, list[Any]]:
    groups = defaultdict(list)
    for concept_id, record in pairs:
        groups[concept_id].append(record)
    return groups


def _first(values: list[str]) -> list[str]:
    rest = len(values) - _SHOWN
    return values if rest <= 1 else [*values[:_SHOWN], f"and {rest} more"]
