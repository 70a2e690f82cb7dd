"""Reading the names of concepts from the resources that have some."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..names import fold
from .label_index import Name
from .sites import has_organ, is_site
from .spelling import words

_SCOPES = {
    "skos:exactMatch": "EXACT",
    "skos:closeMatch": "RELATED",
    "skos:narrowMatch": "NARROW",
    "skos:broadMatch": "BROAD",
    "skos:relatedMatch": "RELATED",
}
_READ_IN_CONTEXT = frozenset({"icd9cm", "icd9proc", "icd10pcs", "oncotree"})
"""Vocabularies with labels that mean something only below the label above them, such as "Upper
lobe" or "Large Cell Neuroendocrine Carcinoma" (of the lung)."""
_DRUGS = frozenset({"drug_class", "agent"})
_DRUG_TYPES = frozenset({"agent", "brand"})
_OF_A_SITE = frozenset({"cancer", "condition"})


def read_names(
    records: Mapping[str, tuple[Any, ...]],
    kinds_not_searched: Collection[str],
    abbreviated: Collection[str],
) -> Iterator[Name]:
    """Iterate over labels, synonyms, ids, and the labels of mapped terms and those below them.

    Args:
        records: Records by name of the resource.
        kinds_not_searched: Kinds of concepts that data do not contain.
        abbreviated: Types of synonyms that are ambiguous unless the kind is known.
    """
    concepts = records.get("concepts", ())
    kinds = {concept.concept_id: concept.kind for concept in concepts}
    given: set[tuple[str, str]] = set()

    def name(
        concept_id: str, text: str, scope: str, source: str, type_: str = "", *, alone: bool = True
    ) -> Name:
        given.add((concept_id, fold(text)))
        searched = alone and kinds[concept_id] not in kinds_not_searched
        kind = kinds[concept_id]
        is_drug = kind in _DRUGS or type_ in _DRUG_TYPES
        return Name(concept_id, kind, text, scope, source, type_ in abbreviated, searched, is_drug)

    for concept in concepts:
        yield name(concept.concept_id, concept.label, concept.label_scope or "EXACT", "label")
    for row in records.get("synonyms", ()):
        yield name(row.concept_id, row.synonym, row.synonym_scope, row.source, row.type)
    for concept in concepts:
        # As text, an id such as "pain" means no less than the label "Pain".
        is_label = fold(concept.concept_id) == fold(concept.label)
        scope = concept.label_scope if is_label else None
        yield name(concept.concept_id, concept.concept_id, scope or "EXACT", "id")
    # The scope that a synonym has is better than the one that follows from a mapping.
    for row in (*records.get("mappings", ()), *records.get("descendants", ())):
        if row.object_label and (row.concept_id, fold(row.object_label)) not in given:
            scope = _SCOPES[getattr(row, "predicate_id", "skos:narrowMatch")]
            source, alone = row.object_source_version, True
            if row.object_id.partition(":")[0] in _READ_IN_CONTEXT:
                alone = len(words(row.object_label)) > 1
                if not _is_complete(row.object_label, kinds[row.concept_id]):
                    scope = "RELATED"
            yield name(row.concept_id, row.object_label, scope, source, alone=alone)


def _is_complete(label: str, kind: str) -> bool:
    """Return whether a label of a term below another one means the same without it."""
    return not is_site(label) and (kind not in _OF_A_SITE or has_organ(label))
