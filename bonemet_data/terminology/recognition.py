"""Recognition of the published ids, and of codes of vocabularies, in columns of a user's table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ..inference.recognition import Recognition, Recognize
from ..package.descriptor import Package
from ..package.installed import PUBLISHED
from .code_columns import ANY_CODE, CODES
from .functions import vocabulary
from .vocabulary import Vocabulary

CODE_COLUMN = "bonemet:column"
"""Property of a field with the choice of a vocabulary, as the option `--column` takes it."""

_FEWEST_IDS = 2
_FEWEST_DECIMALS = 5
"""Codes with a period, such as 174.9, from which they are no measured numbers by chance."""

_FEWEST_LONG, _LONG = 3, 6
"""Codes of this many digits, such as 94222008, from which they are no numbers by chance."""


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids of a published table of concepts."""

    table: str
    column: str
    values: frozenset[str]


def recognizer(package: Package, version: str | None) -> Recognize:
    """Return a function that recognizes the ids of concepts, and codes that lead to them.

    Args:
        package: The package with the published tables.
        version: Released version of the concepts; None for the installed data.
    """
    terms = vocabulary(version)
    tables = _tables(package, terms)

    def recognize(texts: Mapping[str, int], is_complete: bool) -> Recognition | None:
        these = _these(len(texts), is_complete)
        if len(texts) >= _FEWEST_IDS:
            for ids in tables:
                if ids.values.issuperset(texts):
                    reference = {
                        "package": PUBLISHED,
                        "resource": ids.table,
                        "fields": [ids.column],
                    }
                    return Recognition(f"{these} are ids of {ids.table}.", reference)
        return _codes(texts, these, terms)

    return recognize


def _tables(package: Package, terms: Vocabulary) -> list[_Ids]:
    """Return the ids of each table of concepts, the smallest table first."""
    concepts = {concept.concept_id for concept in terms.concepts}
    tables = []
    for resource in package.resources:
        key = package.schema(resource).primary_key
        if len(key) == 1:
            records = terms.records.get(resource.name, ())
            values = frozenset(getattr(record, key[0]) for record in records)
            if values and values <= concepts:
                tables.append(_Ids(resource.name, key[0], values))
    return sorted(tables, key=lambda ids: len(ids.values))


def _codes(texts: Mapping[str, int], these: str, terms: Vocabulary) -> Recognition | None:
    """Return the vocabulary whose codes all texts are, if some of them lead to a concept."""
    once = dict.fromkeys(texts, 1)
    fits = [fit for fit in terms.detector.fits(once) if fit.codes == len(texts) and fit.matched]
    if not fits:
        return None
    best = fits[0]
    all_matched = best.matched == len(texts)
    choice = f"{CODES}{best.vocabulary}{'' if all_matched else ANY_CODE}"
    lead = "all" if all_matched else f"{best.matched:,}"
    others = [fit.name for fit in fits[1:] if fit.matched == best.matched]
    sentence = f"{these} are codes of {best.name}, and {lead} of them lead to a concept."
    if others:
        sentence += f" They could also be codes of {' or '.join(others)}."
    return Recognition(
        sentence, properties={CODE_COLUMN: choice}, is_sure=all_matched and _are_codes(texts)
    )


def _are_codes(texts: Collection[str]) -> bool:
    """Return whether digits that lead to concepts are codes, and no measured numbers."""
    if all(len(text) >= _LONG for text in texts):
        return len(texts) >= _FEWEST_LONG
    return len(texts) >= _FEWEST_DECIMALS and all("." in text for text in texts)


def _these(number: int, is_complete: bool) -> str:
    if not is_complete:
        return f"The first {number:,} distinct values"
    return "All values" if number > 1 else "The only value"
