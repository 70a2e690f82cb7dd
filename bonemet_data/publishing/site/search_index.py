"""The search index: labels, names and codes with the concepts that they lead to."""

import base64
import gzip
import json
from collections.abc import Iterable

from .content import Content

_KINDS = ("label", "name", "other name", "code", "code below")
"""Kinds of texts, the best first. Other names are not EXACT; codes below are below mapped ones."""


def search_index(content: Content) -> str:
    """Return a script with the index, because pages at a file address cannot load JSON.

    The index is compressed, as gzip in Base64. A concept has one list of texts for each kind of
    text. A text is in the first list that fits. Codes are in lists that begin with their prefix.
    """
    concepts = []
    for concept in content.vocabulary.concepts:
        others = (records for scope, records in concept.synonyms.items() if scope != "EXACT")
        texts: tuple[Iterable[str], ...] = (
            [concept.label],
            [record.synonym for record in concept.synonyms["EXACT"]],
            [record.synonym for records in others for record in records],
            [record.object_id for record in concept.mappings],
            [record.object_id for record in content.descendants.get(concept.concept_id, ())],
        )
        *names, codes, below = _without_repetition(texts)
        distinct = [*names, _by_prefix(codes), _by_prefix(below)]
        concepts.append({"id": concept.concept_id, "kind": concept.kind, "texts": distinct})
    document = {"kinds": _KINDS, "concepts": concepts}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    compressed = base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()
    return f'window.bonemetIndex = "{compressed}";\n'


def _without_repetition(groups: Iterable[Iterable[str]]) -> list[list[str]]:
    seen: set[str] = set()
    distinct: list[list[str]] = []
    for group in groups:
        distinct.append([])
        for text in group:
            if text.casefold() not in seen:
                seen.add(text.casefold())
                distinct[-1].append(text)
    return distinct


def _by_prefix(curies: Iterable[str]) -> list[list[str]]:
    """Return codes in lists that begin with their prefix."""
    lists: dict[str, list[str]] = {}
    for curie in curies:
        prefix, _, code = curie.partition(":")
        lists.setdefault(prefix, [prefix]).append(code)
    return list(lists.values())
