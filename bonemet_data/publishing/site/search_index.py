"""The search index: labels, names and codes with the concepts that they lead to."""

import json
from collections.abc import Iterator

from .addresses import concept_path
from .content import Content


def search_index(content: Content) -> str:
    """Return a script with the index, because pages at a file address cannot load JSON.

    Each entry consists of a text, the number of its concept, and the kind of text: the place of
    the kind in `kinds`. Codes below mapped ones are "code below".
    """
    numbers = {
        concept.concept_id: number for number, concept in enumerate(content.vocabulary.concepts)
    }
    document = {
        "concepts": [
            [concept.label, concept.kind, concept_path(concept.concept_id)]
            for concept in content.vocabulary.concepts
        ],
        "kinds": _KINDS,
        "entries": [[text, numbers[id_], kind] for text, id_, kind in _entries(content)],
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return f"window.bonemetIndex = {text};\n"


_KINDS = ("label", "name", "other name", "code", "code below")


def _entries(content: Content) -> Iterator[tuple[str, str, int]]:
    """Iterate over texts, the ids of their concepts, and the numbers of their kinds."""
    seen = set()
    for text, concept_id, kind in _all_entries(content):
        if (text.casefold(), concept_id) not in seen:
            seen.add((text.casefold(), concept_id))
            yield text, concept_id, kind


def _all_entries(content: Content) -> Iterator[tuple[str, str, int]]:
    for concept in content.vocabulary.concepts:
        yield concept.label, concept.concept_id, 0
    for kind, is_exact in ((1, True), (2, False)):
        for record in content.records("synonyms"):
            if (record.synonym_scope == "EXACT") == is_exact:
                yield record.synonym, record.concept_id, kind
    for kind, name in ((3, "mappings"), (4, "descendants")):
        for record in content.records(name):
            yield record.object_id, record.concept_id, kind
