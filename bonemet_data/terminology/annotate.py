"""Annotating a column of codes with the concepts that they lead to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import ArgumentError
from .code_index import CodeIndex, CodeMatch
from .distinct_texts import Texts, read_texts

_ICD_VERSION = re.compile(r"(?<![0-9])(9|10)(?:\.0)?(?![0-9.])")
_ICD = {"9": "icd9cm", "10": "icd10cm"}
_NO_MATCH = (CodeMatch("", "", ""),)


def annotate_codes(
    codes: Iterable[Any], vocabulary: str, icd_version: Any, indexes: Mapping[str, CodeIndex]
) -> pd.DataFrame:
    """Return the concepts of codes; see `bonemet_data.annotate`.

    Args:
        codes: Series or list of codes.
        vocabulary: Prefix of the vocabulary, a key of `indexes`.
        icd_version: One ICD version, one for each code, or None.
        indexes: Mapped codes by prefix of the vocabulary.
    """
    texts = read_texts(codes, "codes", numbers=False)
    if icd_version is None:
        matches = [indexes[vocabulary].match(code) for code in texts.distinct]
        return _frame(texts, texts.index, [*matches, ()])
    if vocabulary not in _ICD.values():
        raise ArgumentError(
            f"icd_version does not apply to the vocabulary {vocabulary}: remove it."
        )
    vocabularies, of_position = _icd_vocabularies(icd_version, codes, len(texts.index))
    pairs, distinct = pd.factorize(texts.index * len(vocabularies) + of_position)
    matches = []
    for code, of_code in (divmod(int(pair), len(vocabularies)) for pair in distinct):
        index = indexes.get(vocabularies[of_code] or "")
        known = index is not None and code < len(texts.distinct)
        matches.append(index.match(texts.distinct[code]) if index and known else ())
    return _frame(texts, pairs, matches)


def _icd_vocabularies(
    icd_version: Any, codes: Iterable[Any], length: int
) -> tuple[list[str | None], NDArray[np.intp]]:
    """Return vocabularies, None for a version other than 9 and 10, and each position's index."""
    if isinstance(icd_version, str) or not isinstance(icd_version, Iterable):
        icd_version = [icd_version] * length
    texts = read_texts(icd_version, "icd_version", numbers=True)
    if len(texts.index) != length:
        raise ArgumentError(
            f"codes has {length} values and icd_version {len(texts.index)}: give one for each code."
        )
    if (
        isinstance(icd_version, pd.Series)
        and isinstance(codes, pd.Series)
        and not icd_version.index.equals(codes.index)
    ):
        raise ArgumentError("codes and icd_version have different indexes: align them first.")
    versions = [_ICD_VERSION.search(text) for text in texts.distinct]
    return [*(_ICD[version[1]] if version else None for version in versions), None], texts.index


def _frame(
    texts: Texts, index: NDArray[np.intp], matches: Sequence[Sequence[CodeMatch]]
) -> pd.DataFrame:
    """Return a row for each match, and a row without concept for a code without any.

    Args:
        texts: The codes.
        index: For each position, the index of its matches.
        matches: Lists of matches.
    """
    filled = [group or _NO_MATCH for group in matches]
    flat = [match for group in filled for match in group]
    lengths = np.array([len(group) for group in filled], dtype=np.intp)
    counts = lengths[index]
    position = np.repeat(np.arange(len(index)), counts)
    first = np.repeat((np.cumsum(lengths) - lengths)[index], counts)
    within = np.arange(len(position)) - np.repeat(np.cumsum(counts) - counts, counts)

    def column(values: Iterable[str]) -> Any:
        return pd.array([value or None for value in values], dtype="string").take(first + within)

    return pd.DataFrame(
        {
            "position": position,
            "code": texts.column().take(position),
            "concept_id": column(match.concept_id for match in flat),
            "predicate": column(match.predicate for match in flat),
            "matched_code": column(match.matched_code for match in flat),
        }
    )
