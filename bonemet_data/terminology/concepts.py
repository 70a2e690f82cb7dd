"""Concepts, with all records that refer to them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten, wrap
from types import MappingProxyType
from typing import Any

from ..tableschema.model import TableSchema
from .items import WIDTH, Item
from .statements import Statement, closed_list, in_lower_case, in_words, join_evidence

_SHOWN = 4
"""Values of one group that the text and HTML of a concept show; statements are shown in full."""
_NAME_WIDTH = 12
_TITLE_WIDTH = 50
_CELL = 'style="text-align: left; vertical-align: top"'


@dataclass(frozen=True, repr=False, eq=False)
class Concept:
    """A concept, with all records of the package that refer to it.

    Records are named tuples with the columns of their resource.

    Attributes:
        concept_id: Id, which never changes its meaning.
        kind: Kind, such as "symptom" or "cancer".
        label: Preferred name.
        label_scope: "BROAD" if the label of a row covers more than the definition, "EXACT" if not;
            None for a concept without a row.
        definition: Definition.
        scope_note: Limits of the concept, or None.
        broader: Record of the concept of which it is a kind, or None.
        narrower: Records of the concepts that are kinds of it.
        table: Table of the article in which the concept has a row.
        record: Values of that row by column.
        citations: Records of `sources` that the article cites for that row.
        statements: Statements with the concept as subject or object: cited ones first.
        evidence: Records of `evidence` on these statements, joined to their publications, by
            stance. The publications are independent; they are not the sources of the article.
        mappings: Records of `mappings`: codes of public vocabularies.
        synonyms: Records of `synonyms`, by scope.

    Example:
        >>> import bonemet_data as bm
        >>> pain = bm.concept("pain")
        >>> pain.label, pain.kind, pain.record["prevalence_timing"]
        ('Pain', 'symptom', 'Up to 75% of patients')
        >>> [mapping.object_id for mapping in pain.mappings][:2]
        ['HP:0002653', 'NCIT:C38644']
        >>> [concept.label for concept in pain.narrower]
        ['Cancer-induced bone pain']

    See Also:
        concept: Return one concept.
        Vocabulary.concepts: All concepts.
    """

    concept_id: str
    kind: str
    label: str
    label_scope: str | None
    definition: str
    scope_note: str | None
    broader: Any | None
    narrower: tuple[Any, ...]
    table: str | None
    record: Mapping[str, Any] | None
    citations: tuple[Any, ...]
    statements: tuple[Statement, ...]
    evidence: Mapping[str, tuple[Any, ...]]
    mappings: tuple[Any, ...]
    synonyms: Mapping[str, tuple[Any, ...]]

    def __repr__(self) -> str:
        lines = [f"{self.label} ({self.concept_id}, {in_words(self.kind)})"]
        lines += [*wrap(self.definition, WIDTH), ""]
        for name, items in self._summary():
            first, *rest = [line for item in items for line in item.lines(WIDTH - _NAME_WIDTH)]
            lines += [f"{name:<{_NAME_WIDTH}}{first}", *(" " * _NAME_WIDTH + line for line in rest)]
        return "\n".join(lines).rstrip()

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th {_CELL}>{escape(name)}</th>"
            f"<td {_CELL}>{'<br>'.join(item.html() for item in items)}</td></tr>"
            for name, items in self._summary()
        )
        return (
            f"<p><b>{escape(self.label)}</b> <code>{escape(self.concept_id)}</code>, "
            f"{escape(in_words(self.kind))}<br>{escape(self.definition)}</p><table>{rows}</table>"
        )

    def _summary(self) -> list[tuple[str, list[Item]]]:
        """Return the attributes that have a value, with the items to print for each."""
        attributes = [
            ("Note", [Item(self.scope_note)] if self.scope_note else []),
            ("Broader", [Item(self.broader.concept_id)] if self.broader else []),
            ("Narrower", _list(record.concept_id for record in self.narrower)),
            ("Row", _row(self.table, self.record)),
            ("Statements", [_statement(statement, self) for statement in self.statements]),
            ("Evidence", _groups(self.evidence, _publication)),
            ("Mappings", _groups(_by("predicate_id", self.mappings), lambda row: row.object_id)),
            ("Synonyms", _groups(self._names(), lambda row: row.synonym)),
        ]
        return [(name, items) for name, items in attributes if items]

    def _names(self) -> dict[str, list[Any]]:
        """Return the synonyms by scope, those of vocabularies first."""
        return {
            scope.lower(): sorted(records, key=lambda record: record.object_id is None)
            for scope, records in self.synonyms.items()
        }


def build_concepts(
    records: Mapping[str, tuple[Any, ...]],
    statements: Iterable[Statement],
    schemas: Mapping[str, TableSchema],
) -> tuple[Concept, ...]:
    """Return all concepts, in the order of the resource `concepts`.

    Args:
        records: Records of each resource; resources that an old release lacks count as empty.
        statements: All statements.
        schemas: Table Schema of each resource.
    """
    by_id = {concept.concept_id: concept for concept in records["concepts"]}
    # The key of a table of the article is named after the kind of its concepts: symptom_id.
    rows = {
        row[0]: (table, MappingProxyType(row._asdict()))
        for table, table_rows in records.items()
        for row in table_rows
        if row[0] in by_id and row._fields[0] == f"{by_id[row[0]].kind}_id"
    }
    sources = {source.source_id: source for source in records["sources"]}
    citations, mappings, synonyms = (
        _group((record.concept_id, record) for record in records.get(name, ()))
        for name in ("citations", "mappings", "synonyms")
    )
    narrower = _group((concept.broader_id, concept) for concept in records["concepts"])
    about = _group((id_, statement) for statement in statements for id_ in statement.concept_ids)
    evidence_of_concepts = _group(
        (record.concept_id, record)  # of a release before 2.0.0
        for record in join_evidence(records)
        if record.statement_id is None
    )
    stances = closed_list(schemas, "evidence", "stance")
    scopes = closed_list(schemas, "synonyms", "synonym_scope")
    concepts = []
    for concept in records["concepts"]:
        concept_id = concept.concept_id
        table, record = rows.get(concept_id, (None, None))
        evidence = [record for statement in about[concept_id] for record in statement.evidence]
        concepts.append(
            Concept(
                concept_id=concept_id,
                kind=concept.kind,
                label=concept.label,
                label_scope=concept.label_scope,
                definition=concept.definition,
                scope_note=concept.scope_note,
                broader=by_id.get(concept.broader_id),
                narrower=tuple(narrower[concept_id]),
                table=table,
                record=record,
                citations=tuple(sources[link.source_id] for link in citations[concept_id]),
                statements=tuple(sorted(about[concept_id], key=lambda s: not s.source_ids)),
                evidence=_by("stance", [*evidence, *evidence_of_concepts[concept_id]], stances),
                mappings=tuple(mappings[concept_id]),
                synonyms=_by("synonym_scope", synonyms[concept_id], scopes),
            )
        )
    return tuple(concepts)


def _group(pairs: Iterable[tuple[str, Any]]) -> defaultdict[str, list[Any]]:
    groups = defaultdict(list)
    for concept_id, record in pairs:
        groups[concept_id].append(record)
    return groups


def _by(
    column: str, records: Iterable[Any], values: Iterable[str] = ()
) -> Mapping[str, tuple[Any, ...]]:
    """Return records by the value of a column, with a key for each value of its closed list."""
    groups: dict[str, list[Any]] = {value: [] for value in values}
    for record in records:
        groups.setdefault(getattr(record, column), []).append(record)
    return MappingProxyType({value: tuple(group) for value, group in groups.items()})


def _row(table: str | None, record: Mapping[str, Any] | None) -> list[Item]:
    """Return the cells of a row, without its id, which is that of the concept."""
    cells = list((record or {}).items())[1:]
    texts = [(name, f"{v:g}" if isinstance(v, float) else v) for name, v in cells if v is not None]
    return [Item(f"{name}: {text}") for name, text in (("table", table), *texts)] if table else []


def _statement(statement: Statement, concept: Concept) -> Item:
    """Return a statement without the label of the concept in front of it."""
    text = statement.seen_from(concept.concept_id)
    return Item(text.removeprefix(f"{in_lower_case(concept.label)}: "), statement.statement_id)


def _groups(groups: Mapping[str, Sequence[Any]], text: Callable[[Any], str]) -> list[Item]:
    """Return one item for each group that has records."""
    return [
        Item(f"{in_words(name.removeprefix('skos:'))} ({len(group)}): {item.text}")
        for name, group in groups.items()
        for item in _list(map(text, group))
    ]


def _list(texts: Iterable[str]) -> list[Item]:
    """Return one item with the first texts, or no item if there are none."""
    distinct = list(dict.fromkeys(texts))
    rest = len(distinct) - _SHOWN
    if rest > 1:
        distinct[_SHOWN:] = [f"and {rest} more"]
    return [Item("; ".join(distinct))] if distinct else []


def _publication(record: Any) -> str:
    name = record.authors_short or shorten(record.title, _TITLE_WIDTH, placeholder="...")
    return f"{name}, {record.publication_year or 'no year'}"
