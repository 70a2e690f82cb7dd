"""One concept, with everything that the package says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any

from ..names import unknown
from ..package.descriptor import installed
from .records import TABLES, by_concept, read_records

_SHOWN = 6


@dataclass(frozen=True, repr=False, eq=False)
class Concept:
    """A concept of the package.

    Args:
        concept_id: its id.
        kind: what sort of thing it is.
        label: its name.
        definition: what it means.
        table: the table of which it is a row, or None.
        row: that row, as column and value, or None.
        citations: the records of `sources` that the article cites for the row.
        relations: the records of `relations` in which it is subject or object.
        mappings: its records of `mappings`.
        synonyms: its records of `synonyms`.
        evidence: its records of `evidence`: independent publications, not the article's sources.
    """

    concept_id: str
    kind: str
    label: str
    definition: str
    table: str | None
    row: Mapping[str, Any] | None
    citations: tuple[Any, ...]
    relations: tuple[Any, ...]
    mappings: tuple[Any, ...]
    synonyms: tuple[Any, ...]
    evidence: tuple[Any, ...]

    def __repr__(self) -> str:
        lines = [f"{self.label} ({self.concept_id}, {self.kind}): {self.definition}"]
        lines += [f"  {name + ':':<11} {'; '.join(values)}" for name, values in self._facts()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape('; '.join(values))}</td></tr>"
            for name, values in self._facts()
        )
        head = f"<b>{escape(self.label)}</b> <code>{escape(self.concept_id)}</code>"
        return (
            f"<p>{head}, {escape(self.kind)}<br>{escape(self.definition)}</p><table>{rows}</table>"
        )

    def _facts(self) -> list[tuple[str, list[str]]]:
        facts = [
            ("row", [f"{name}: {value}" for name, value in (self.row or {}).items()]),
            ("citations", [str(source.source_id) for source in self.citations]),
            ("relations", [f"{r.subject_id} {r.predicate} {r.object_id}" for r in self.relations]),
            ("mappings", [f"{m.object_id} ({m.predicate_id[5:]})" for m in self.mappings]),
            ("synonyms", [s.synonym for s in self.synonyms if s.scope == "EXACT"]),
            ("evidence", [f"{e.relation}: {e.title}" for e in self.evidence]),
        ]
        return [(name, _first(values)) for name, values in facts if values]


def concept(concept_id: str) -> Concept:
    """Gather everything that the package says of a concept.

    Args:
        concept_id: its id, such as "osteolytic".

    Returns:
        A frozen object with its label, kind, definition, row, citations, relations, mappings,
        synonyms and evidence; it shows itself readably in a terminal and in a notebook.

    Raises:
        UnknownNameError: there is no such concept; the text lists the nearest.

    Example:
        >>> import bonemet_data as bm
        >>> osteolytic = bm.concept("osteolytic")
        >>> osteolytic.label, osteolytic.row["common_cancers"]
        ('Osteolytic', 'Breast, lung, kidney')
        >>> [source.source_id for source in osteolytic.citations]
        [5, 6, 12, 14]
    """
    package = installed()
    concepts = {each.concept_id: each for each in read_records(package, "concepts")}
    if concept_id not in concepts:
        raise unknown("concept", concept_id, concepts)
    found = concepts[concept_id]
    table = next((name for name, kind in TABLES.items() if kind == found.kind), None)
    row: Mapping[str, Any] | None = None
    if table:
        record = next(r for r in read_records(package, table) if r[0] == concept_id)
        row = MappingProxyType(record._asdict())
    sources = {source.source_id: source for source in read_records(package, "sources")}
    return Concept(
        concept_id=concept_id,
        kind=found.kind,
        label=found.label,
        definition=found.definition,
        table=table,
        row=row,
        citations=tuple(
            sources[link.source_id]
            for link in by_concept(read_records(package, "citations"), concept_id)
        ),
        relations=tuple(
            relation
            for relation in read_records(package, "relations")
            if concept_id in (relation.subject_id, relation.object_id)
        ),
        mappings=by_concept(read_records(package, "mappings"), concept_id),
        synonyms=by_concept(read_records(package, "synonyms"), concept_id),
        evidence=by_concept(read_records(package, "evidence"), concept_id),
    )


def _first(values: list[str]) -> list[str]:
    rest = len(values) - _SHOWN
    return values if rest <= 1 else [*values[:_SHOWN], f"and {rest} more"]
