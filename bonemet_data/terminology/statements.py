"""Statements of the article: in plain words, with their citations and independent evidence."""

import re
from collections import Counter, defaultdict, namedtuple
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..reporting.counting import counted
from ..tableschema.model import TableSchema

_ORDINARY_WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")
"""Word that is printed in lower case: not TGF-β, NSAIDs or Wnt."""


@dataclass(frozen=True, repr=False, eq=False)
class Statement:
    """A statement of the article, with its citations and the independent evidence.

    Records are named tuples with the columns of their resource.

    Attributes:
        statement_id: Id; None in releases before 2.0.0.
        subject_id: Id of the concept about which the statement is made.
        predicate: Predicate, as in the resource `predicates`.
        object_id: Id of the concept to which the predicate leads.
        value_number: Number that the article gives, or None.
        unit: Unit of `value_number`.
        qualifiers: Names of the resource `qualifiers`.
        context_id: Id of the concept to which the statement is limited, or None.
        source_ids: Numbers of the sources that the article cites, ascending.
        mentions: Records of `mentions`: where the article makes the statement.
        evidence: Records of `evidence`, joined to their publications.
        figures: Records of `measurements` of that evidence that measure the same as
            `value_number`; empty without a value.
        limits: Qualifiers and value in words, such as "up to 75 percent".
        text: The statement in plain words, seen from its subject.
        inverse_text: The statement in plain words, seen from its object.

    Example:
        >>> import bonemet_data as bm
        >>> pain = bm.concept("pain")
        >>> statement = next(s for s in pain.statements if s.value_number)
        >>> statement.source_ids
        (1, 2, 3)
        >>> sorted(figure.value_number for figure in statement.figures)
        [33.0, 40.5, 77.2, 84.1, 91.6]

    See Also:
        concept: Return a concept with its statements.
        statements: Return statements as a frame.
    """

    statement_id: str | None
    subject_id: str
    predicate: str
    object_id: str
    value_number: float | None
    unit: str | None
    qualifiers: tuple[str, ...]
    context_id: str | None
    source_ids: tuple[int, ...]
    mentions: tuple[Any, ...]
    evidence: tuple[Any, ...]
    figures: tuple[Any, ...]
    limits: tuple[str, ...]
    text: str
    inverse_text: str

    def __repr__(self) -> str:
        return self.text

    @property
    def concept_ids(self) -> tuple[str, ...]:
        """The ids of subject and object, without repetition."""
        return tuple(dict.fromkeys((self.subject_id, self.object_id)))

    def seen_from(self, concept_id: str) -> str:
        """Return the statement in plain words, as read from its subject or object."""
        return self.text if concept_id == self.subject_id else self.inverse_text


def build_statements(
    records: Mapping[str, tuple[Any, ...]], schemas: Mapping[str, TableSchema]
) -> tuple[Statement, ...]:
    """Return all statements, in the order of the resource `statements`.

    Args:
        records: Records of each resource; resources that an old release lacks count as empty.
        schemas: Table Schema of each resource.
    """
    writer = _Writer(records, schemas)
    mentions = _group("statement_id", records.get("mentions", ()))
    sources = _group("mention_id", records.get("mention_sources", ()))
    evidence = _group("statement_id", join_evidence(records))
    measurements = _group("evidence_id", records.get("measurements", ()))
    measure = _measure(schemas)
    statements = []
    for record in records.get("statements", ()):
        places = mentions[record.statement_id] if record.statement_id else ()
        cited = {link.source_id for place in places for link in sources[place.mention_id]}
        publications = evidence[record.statement_id] if record.statement_id else ()
        figures = tuple(
            measurement
            for publication in publications
            for measurement in measurements[publication.evidence_id]
            if (measurement.measure, measurement.unit) == (measure, record.unit)
        )
        qualifiers = tuple(filter(None, (record.qualifier or "").split(";")))
        facts: dict[str, Any] = {
            "limits": writer.limits(record, qualifiers),
            "source_ids": tuple(sorted(cited)),
            "evidence": tuple(publications),
            "figures": figures,
        }
        statements.append(
            Statement(
                statement_id=record.statement_id,
                subject_id=record.subject_id,
                predicate=record.predicate,
                object_id=record.object_id,
                value_number=record.value_number,
                unit=record.unit,
                qualifiers=qualifiers,
                context_id=record.context_id,
                mentions=tuple(places),
                text=writer.text(record, **facts),
                inverse_text=writer.text(record, inverse=True, **facts),
                **facts,
            )
        )
    return tuple(statements)


def join_evidence(records: Mapping[str, tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return the records of `evidence` with the columns of their publications.

    The evidence of an old release contains those columns itself.
    """
    evidence, publications = records.get("evidence", ()), records.get("publications", ())
    if not evidence or not publications:
        return evidence
    by_id = {publication.publication_id: publication for publication in publications}
    columns = [name for name in publications[0]._fields if name != "publication_id"]
    joined = namedtuple("Record", [*evidence[0]._fields, *columns])  # type: ignore[misc]  # noqa: PYI024 - dynamic fields
    return tuple(
        joined(*record, *(getattr(by_id[record.publication_id], name) for name in columns))
        for record in evidence
    )


def closed_list(schemas: Mapping[str, TableSchema], resource: str, column: str) -> tuple[str, ...]:
    """Return the allowed values of a column; () without a schema or list."""
    schema = schemas.get(resource)
    field = schema.field(column) if schema else None
    return tuple(field.constraints.get("enum", ())) if field else ()


def in_words(name: str) -> str:
    """Return a name of a closed list as words."""
    return name.replace("_", " ")


def in_lower_case(label: str) -> str:
    """Return a label as it stands within a sentence.

    Example:
        >>> in_lower_case("Bone-Targeted Agents"), in_lower_case("TGF-β pathway")
        ('bone-targeted agents', 'TGF-β pathway')
    """
    return _ORDINARY_WORD.sub(lambda word: word[0].lower(), label)


class _Writer:
    """Writes statements in plain words."""

    def __init__(
        self, records: Mapping[str, tuple[Any, ...]], schemas: Mapping[str, TableSchema]
    ) -> None:
        self._stances = closed_list(schemas, "evidence", "stance")
        self._labels = {c.concept_id: in_lower_case(c.label) for c in records["concepts"]}
        self._inverses = {p.predicate: p.inverse_label for p in records.get("predicates", ())}
        self._groups = {q.qualifier: q.qualifier_group for q in records.get("qualifiers", ())}

    def limits(self, record: Any, qualifiers: Sequence[str]) -> tuple[str, ...]:
        """Return the qualifiers and the value of a statement in words.

        Args:
            record: Record of `statements`.
            qualifiers: Its qualifiers.
        """
        has_value = record.value_number is not None
        of_value = [q for q in qualifiers if has_value and self._groups.get(q) == "value"]
        words = [in_words(qualifier) for qualifier in qualifiers if qualifier not in of_value]
        if has_value:
            value = f"{record.value_number:g} {record.unit}"
            words.append(" ".join([*map(in_words, of_value), value]))
        return tuple(words)

    def text(
        self,
        record: Any,
        *,
        limits: Sequence[str],
        source_ids: Sequence[int],
        evidence: Sequence[Any],
        figures: Sequence[Any],
        inverse: bool = False,
    ) -> str:
        """Return one statement in plain words.

        Args:
            record: Record of `statements`.
            limits: Its qualifiers and value in words.
            source_ids: Numbers of its sources.
            evidence: Its evidence.
            figures: Measurements that are comparable to its value.
            inverse: Whether to read it from its object. Old releases have no inverse labels.
        """
        ends = [self._labels[record.subject_id], self._labels[record.object_id]]
        predicate = record.predicate
        if inverse and predicate in self._inverses:
            ends.reverse()
            predicate = self._inverses[predicate]
        text = ", ".join([f"{ends[0]}: {in_words(predicate)} {ends[1]}", *limits])
        if record.context_id:
            text += f" (context: {self._labels[record.context_id]})"
        if source_ids:
            text += f" [{' '.join(map(str, source_ids))}]"
        if evidence:
            text += f"; independent: {_summarize(evidence, figures, self._stances)}"
        return text


def _summarize(evidence: Iterable[Any], figures: Sequence[Any], stances: Iterable[str]) -> str:
    """Return the range of the figures or, without any, the number of publications by stance."""
    if not figures:
        counts = Counter(record.stance for record in evidence)
        return ", ".join(agree(counts[stance], stance) for stance in stances if counts[stance])
    numbers = sorted(
        number
        for figure in figures
        for number in (figure.value_number, figure.low, figure.high)
        if number is not None
    )
    span = f"{numbers[0]:g}" if len(numbers) == 1 else f"{numbers[0]:g} to {numbers[-1]:g}"
    return f"{counted(len(figures), 'figure')}, {span} {figures[0].unit}"


def agree(number: int, stance: str) -> str:
    """Return a number with a stance, a verb: "1 qualifies", "2 qualify"."""
    verb = in_words(stance)
    return f"{number} {verb if number == 1 else re.sub('s$', '', re.sub('ies$', 'y', verb))}"


def _measure(schemas: Mapping[str, TableSchema]) -> str | None:
    """Return the measure of the numbers in statements, as their schema states it."""
    schema = schemas.get("statements")
    field = schema.field("value_number") if schema else None
    return field.annotations.get("bonemet:measure") if field else None


def _group(column: str, records: Iterable[Any]) -> defaultdict[str, list[Any]]:
    groups = defaultdict(list)
    for record in records:
        groups[getattr(record, column)].append(record)
    return groups
