"""Answers about concepts, statements and evidence."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from ..errors import ArgumentError
from ..terminology.functions import vocabulary
from ..terminology.statements import Statement, in_words
from . import limits
from .answers import (
    ConceptAnswer,
    EvidenceAnswer,
    LookupAnswer,
    Reply,
    Row,
    StatementsAnswer,
    Term,
    cited,
    gaps,
    origin,
    to_row,
    unresolved,
)

_Item = TypeVar("_Item")

_ONE_BY_ONE = (
    "What a systematic search would find: the publications were found one by one, and they are not "
    "the sources that the article cites."
)


def look_up(terms: Sequence[str]) -> Reply:
    """Return the concepts of codes, ids and names."""
    found = {term: vocabulary().lookup(term) for term in terms}
    missing = [term for term, matches in found.items() if not matches]
    lines = [
        f"{term!r}: {match.concept_id} ({match.relation}): {match.why}"
        for term, matches in found.items()
        for match in matches
    ]
    limit = "It is no code or name of a concept of this package; no other meaning was guessed."
    answer = LookupAnswer(
        package=origin(),
        not_known=(*(f"What {term!r} means. {limit}" for term in missing), *gaps()),
        terms=tuple(
            Term(term=term, found=bool(matches), matches=matches) for term, matches in found.items()
        ),
    )
    return Reply(answer, "\n".join([*lines, *(f"{term!r}: not found" for term in missing)]))


def describe_concept(concept_id: str) -> Reply:
    """Return what is known about a concept; the statements end at the limit of a page.

    Raises:
        UnknownNameError: There is no such concept.
    """
    concept = vocabulary().concept(concept_id)
    (record,) = (each for each in vocabulary().records["concepts"] if each[0] == concept_id)
    shown = concept.statements[: limits.PAGE]
    row_sources = tuple(source.source_id for source in concept.citations)
    sources = cited({*row_sources, *(n for each in shown for n in each.source_ids)})
    rest = len(concept.statements) - len(shown)
    more = (f"{rest} more statements: call statements with subject or object.",) if rest else ()
    answer = ConceptAnswer(
        package=origin(),
        not_known=(*more, *unresolved(sources), *gaps()),
        concept=to_row(record),
        narrower=tuple(each.concept_id for each in concept.narrower),
        table=concept.table,
        row=dict(concept.record) if concept.record else None,
        row_source_ids=row_sources,
        statements=tuple(_brief(each, concept_id) for each in shown),
        statements_total=len(concept.statements),
        mappings=tuple(map(to_row, concept.mappings)),
        synonyms=tuple(to_row(each) for group in concept.synonyms.values() for each in group),
        sources=sources,
    )
    return Reply(answer, repr(concept))


def find_statements(
    subject: str | None,
    predicate: str | None,
    object_: str | None,
    context: str | None,
    *,
    offset: int,
    limit: int,
) -> Reply:
    """Return a part of the statements, narrowed by each argument that is not None.

    Raises:
        UnknownNameError: There is no such concept or predicate.
        ArgumentError: The offset is past the end.
    """
    records = vocabulary().statements_frame(
        subject, predicate, object_, context=context, engine="records"
    )
    part, after = _part(records, offset, limit)
    texts = {each.statement_id: each for each in vocabulary().statements}
    shown = [texts[record.statement_id] for record in part]
    sources = cited(number for each in shown for number in each.source_ids)
    none = () if records else ("Whether it is true: no such statement of the article is recorded.",)
    answer = StatementsAnswer(
        package=origin(),
        not_known=(*none, *unresolved(sources), *gaps()),
        total=len(records),
        next_offset=after,
        statements=tuple(to_row(each, {"text": texts[each.statement_id].text}) for each in part),
        sources=sources,
    )
    return Reply(
        answer,
        _listing(
            "statements", len(records), [f"{each.statement_id}: {each.text}" for each in shown]
        ),
    )


def find_evidence(
    statement_id: str | None, concept_id: str | None, *, offset: int, limit: int
) -> Reply:
    """Return a part of the evidence on a statement, or on the statements about a concept.

    Raises:
        UnknownNameError: There is no such statement or concept.
        ArgumentError: Neither is given, or the offset is past the end.
    """
    if statement_id is None and concept_id is None:
        raise ArgumentError("pass statement_id or concept_id.")
    records = vocabulary().evidence_frame(statement_id, concept_id, engine="records")
    part, after = _part(records, offset, limit)
    figures = defaultdict(list)
    for measurement in vocabulary().records["measurements"]:
        figures[measurement.evidence_id].append(to_row(measurement))
    wanted = {record.statement_id for record in part}
    none = () if records else ("Any evidence: no publication was recorded for this.",)
    answer = EvidenceAnswer(
        package=origin(),
        not_known=(
            *none,
            _ONE_BY_ONE,
            *gaps(),
        ),
        total=len(records),
        next_offset=after,
        evidence=tuple(to_row(each, {"measurements": figures[each.evidence_id]}) for each in part),
        statements={
            str(each.statement_id): each.text
            for each in vocabulary().statements
            if each.statement_id in wanted
        },
    )
    return Reply(
        answer, _listing("pieces of evidence", len(records), list(map(_in_one_line, part)))
    )


def _brief(statement: Statement, concept_id: str) -> Row:
    """Return id, words and sources of a statement."""
    return {
        "statement_id": statement.statement_id,
        "text": statement.seen_from(concept_id),
        "source_ids": statement.source_ids,
    }


def _part(items: Sequence[_Item], offset: int, limit: int) -> tuple[Sequence[_Item], int | None]:
    """Return items from an offset on, and the offset of the next ones."""
    if offset and offset >= len(items):
        raise ArgumentError(f"offset must be less than {len(items)}, the length of the list.")
    end = offset + limit
    return items[offset:end], end if end < len(items) else None


def _listing(what: str, total: int, lines: Sequence[str]) -> str:
    """Return lines below the number of items."""
    if not total:
        return f"There are no {what}."
    return "\n".join([f"{len(lines)} of {total} {what}:", *lines])


def _in_one_line(record: Any) -> str:
    """Return a piece of evidence, with its publication."""
    ids = {name: getattr(record, name) for name in ("doi", "pmid", "pmcid", "nbk")}
    publication = ", ".join(
        [
            record.authors_short or record.title,
            str(record.publication_year or "no year"),
            *(f"{name}:{id_}" for name, id_ in ids.items() if id_),
        ]
    )
    stance, basis = in_words(record.stance), in_words(record.basis)
    return (
        f"{record.evidence_id} on {record.statement_id}: {stance}: {record.finding} "
        f"({publication}; read: {basis})"
    )
