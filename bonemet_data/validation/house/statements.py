"""The statements: their kinds, qualifiers and units, and that none is made twice."""

from collections.abc import Iterator

from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..typed_tables import RequiredTables

_SIDES = (("subject_id", "domain_kinds"), ("object_id", "range_kinds"))
_PART_OF = "part_of"


def check(tables: RequiredTables) -> Iterator[Finding]:
    """Check the statements against the predicates, the qualifiers and the concepts."""
    yield from _kinds(tables)
    yield from _order(tables)
    yield from _predicates(tables)
    yield from _qualifiers(tables)
    yield from _units(tables)
    yield from _repeated(tables)
    yield from _parts(tables)


def _split(value: object) -> list[str]:
    return str(value).split(";") if value else []


def _concept_kinds(tables: RequiredTables) -> dict[str, str]:
    return {concept: kind for _, concept, kind in tables.rows("concepts", "concept_id", "kind")}


def _kinds(tables: RequiredTables) -> Iterator[Finding]:
    """Subject and object are of the kinds that the predicate allows."""
    kinds, known = _concept_kinds(tables), tables.enum("concepts", "kind")
    for column, side in _SIDES:
        allowed = {
            predicate: _split(value)
            for _, predicate, value in tables.rows("predicates", "predicate", side)
        }
        for row, predicate, concept in tables.rows("statements", "predicate", column):
            kind = kinds.get(concept)
            if kind in known and predicate in allowed and kind not in allowed[predicate]:
                message = (
                    f"has the kind {kind}, but {predicate} allows {', '.join(allowed[predicate])}: "
                    f"correct the statement, or {side} in predicates"
                )
                yield tables["statements"].error(
                    Rule.STATEMENT_KINDS, row, column, concept, message
                )


def _order(tables: RequiredTables) -> Iterator[Finding]:
    """The subject is not the object; with a symmetric predicate it comes first by its id."""
    symmetric = {
        predicate
        for _, predicate, value in tables.values("predicates", "predicate", "is_symmetric")
        if value
    }
    columns = ("subject_id", "predicate", "object_id")
    for row, subject, predicate, target in tables.rows("statements", *columns):
        if subject is not None and subject == target:
            message = "is the subject and the object: correct one"
        elif subject and target and predicate in symmetric and subject > target:
            message = f"must come after {target}, since {predicate} is symmetric: swap the two"
        else:
            continue
        yield tables["statements"].error(Rule.STATEMENT_KINDS, row, "subject_id", subject, message)


def _predicates(tables: RequiredTables) -> Iterator[Finding]:
    """Every predicate is used, and lists the kinds that occur and no others."""
    kinds, known = _concept_kinds(tables), tables.enum("concepts", "kind")
    statements = tables.rows("statements", "subject_id", "predicate", "object_id")
    used: dict[tuple[str, str], set[str | None]] = {}
    for _, subject, predicate, target in statements:
        used.setdefault((predicate, "domain_kinds"), set()).add(kinds.get(subject))
        used.setdefault((predicate, "range_kinds"), set()).add(kinds.get(target))
    columns = ("predicate", "is_symmetric", "domain_kinds", "range_kinds")
    for row, predicate, symmetric, *lists in tables.values("predicates", *columns):
        sides = {side: used.get((predicate, side), set()) for _, side in _SIDES}
        if statements and not sides["domain_kinds"]:
            message = "is in no statement: remove it"
            yield tables["predicates"].error(Rule.UNUSED_ROW, row, "predicate", predicate, message)
            continue
        both = set().union(*sides.values())
        for (_, side), value in zip(_SIDES, lists, strict=True):
            for kind in _split(value):
                if known and kind not in known:
                    message = f"lists {kind}, which is not a kind of concepts: correct it"
                elif statements and kinds and kind not in (both if symmetric else sides[side]):
                    message = f"lists {kind}, which occurs in no statement: remove it"
                else:
                    continue
                yield tables["predicates"].error(Rule.STATEMENT_KINDS, row, side, value, message)


def _qualifiers(tables: RequiredTables) -> Iterator[Finding]:
    listed = tables.rows("qualifiers", "qualifier")
    names, used = {name for _, name in listed}, set()
    statements = tables.rows("statements", "qualifier")
    for row, value in statements:
        parts = _split(value)
        used.update(parts)
        for part in dict.fromkeys(parts):
            if names and part not in names:
                message = f"{part} is not listed in qualifiers: add it, or correct the cell"
            elif parts.count(part) > 1:
                message = f"lists {part} twice: remove one"
            else:
                continue
            yield tables["statements"].error(
                Rule.STATEMENT_QUALIFIER, row, "qualifier", value, message
            )
    for row, name in listed if statements else ():
        if name not in used:
            message = "is in no statement: remove it"
            yield tables["qualifiers"].error(Rule.UNUSED_ROW, row, "qualifier", name, message)


def _units(tables: RequiredTables) -> Iterator[Finding]:
    for row, number, unit in tables.rows("statements", "value_number", "unit"):
        if (number is None) != (unit is None):
            column, message = (
                ("unit", "is missing, but there is a value_number: add the unit")
                if unit is None
                else ("value_number", f"is missing, but the unit is {unit}: add the number")
            )
            yield tables["statements"].error(Rule.STATEMENT_UNIT, row, column, None, message)


def _repeated(tables: RequiredTables) -> Iterator[Finding]:
    key = "statement_id"
    columns = ("subject_id", "predicate", "object_id", "value_number", "unit", "qualifier")
    first: dict[tuple[object, ...], str] = {}
    for row, statement, *content in tables.values("statements", key, *columns, "context_id"):
        other = first.setdefault(tuple(content), statement)
        if other != statement:
            message = f"repeats {other}: remove it, and move its mentions and evidence there"
            yield tables["statements"].error(Rule.REPEATED_STATEMENT, row, key, statement, message)


def _parts(tables: RequiredTables) -> Iterator[Finding]:
    """A statement does not repeat the broader concept of its subject."""
    concepts = tables.rows("concepts", "concept_id", "broader_id")
    broader = {concept: parent for _, concept, parent in concepts}
    columns = ("subject_id", "predicate", "object_id")
    for row, subject, predicate, target in tables.rows("statements", *columns):
        if predicate == _PART_OF and target is not None and broader.get(subject) == target:
            message = f"is also the broader_id of {subject}: remove one of the two"
            yield tables["statements"].error(
                Rule.REPEATED_STATEMENT, row, "object_id", target, message
            )
