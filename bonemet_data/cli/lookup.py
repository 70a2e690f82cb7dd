"""Printing what terms refer to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import bonemet_data as bm

from ..errors import MissingExtraError


def _text(found: Mapping[str, Sequence[bm.Match]]) -> str:
    """Return a line for each match; several terms are headings."""
    blocks = []
    for term, matches in found.items():
        lines = [f"{m.concept_id:<22} {m.relation:<18} {m.why}" for m in matches]
        if len(found) > 1 and lines:
            lines = [term, *(f"  {line}" for line in lines)]
        blocks += lines
    return "\n".join(blocks)


def _json(found: Mapping[str, Sequence[bm.Match]]) -> str:
    """Return a list with an object for each match, as JSON."""
    objects = [{"term": term, **asdict(m)} for term, matches in found.items() for m in matches]
    return json.dumps(objects, ensure_ascii=False, indent=2)


FORMATS = {"text": _text, "json": _json}


def advice(term: str) -> str:
    """Return what to try after nothing was found."""
    try:
        near = bm.vocabulary().suggestions(term)
    except MissingExtraError:
        near = ()
    names = [f"{each.name!r} ({each.concept_id}, {each.scope})" for each in near]
    hint = f" Did you mean {' or '.join(names)}?" if names else ""
    return (
        f"No concept has the code or name {term!r}.{hint}\n"
        "All concepts: bonemet-data show concepts. The vocabulary of codes: bonemet-data detect. "
        "A column of codes: bonemet-data annotate. A column of names: bonemet-data normalize."
    )
