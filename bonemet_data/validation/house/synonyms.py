"""The names of concepts: an exact name means one concept of its kind."""

from collections.abc import Iterator

from ...names import fold
from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..typed_tables import RequiredTables


def check(tables: RequiredTables) -> Iterator[Finding]:
    """Two concepts of one kind must not have the same name, so that normalizing is unambiguous."""
    kinds: dict[str, str] = {}
    owners: dict[tuple[str | None, str], str] = {}
    concepts = tables.rows("concepts", "concept_id", "kind", "label", "label_scope")
    for _, concept, kind, label, scope in concepts:
        kinds[concept] = kind
        if concept and label and scope != "BROAD":
            owners[kind, fold(label)] = concept  # a repeated label is reported by its column
    synonyms = tables.rows("synonyms", "concept_id", "synonym", "synonym_scope")
    for row, concept, name, scope in synonyms:
        if concept and name and scope == "EXACT":
            owner = owners.setdefault((kinds.get(concept), fold(name)), concept)
            if owner != concept:
                message = f"is also a name of {owner}, of the same kind: change one of the scopes"
                yield tables["synonyms"].error(Rule.EXACT_SYNONYM, row, "synonym", name, message)
