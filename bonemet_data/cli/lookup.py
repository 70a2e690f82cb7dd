"""Printing what terms refer to."""

from collections.abc import Mapping, Sequence
from textwrap import wrap

import bonemet_data as bm

from ..errors import MissingExtraError
from ..names import one_of

_REASON = 42
"""Column at which the reason begins."""


def as_text(found: Mapping[str, Sequence[bm.Match]], width: int) -> str:
    """Return the matches, with the reason of each; several terms are headings."""
    margin = "  " if len(found) > 1 else ""
    lines = []
    for term, matches in found.items():
        lines += [term] if margin and matches else []
        for match in matches:
            first, *rest = wrap(match.why, max(width - _REASON - len(margin), 20))
            lines.append(f"{margin}{match.concept_id:<22} {match.relation:<18} {first}")
            lines += [f"{margin}{'':{_REASON}}{line}" for line in rest]
    return "\n".join(lines)


def advice(term: str) -> str:
    """Return that nothing was found, with similar names."""
    try:
        near = bm.vocabulary().suggestions(term)
    except MissingExtraError:
        near = ()
    names = [f"{each.name!r} ({each.concept_id}, {each.scope})" for each in near]
    hint = f" Did you mean {one_of(names)}?" if names else ""
    return f"No concept has the code or name {term!r}.{hint}"
