"""Annotating a column of codes: each code's concepts, by the million.

The work is done on the distinct codes and spread over the rows, so that time and memory follow
the number of rows only where the result does.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import BonemetError
from .codes import CodeIndex, Hit, Prefixes
from .records import Entries, read_entries

_VERSION = re.compile(r"(?<![0-9])(9|10)(?:\.0)?(?![0-9.])")
_VERSIONS = {"9": "icd9cm", "10": "icd10cm"}


def annotate(
    codes: Iterable[Any], vocabulary: str = "icd10cm", version: Any = None
) -> pd.DataFrame:
    """Find the concepts of many codes.

    Args:
        codes: a Series or list of codes of one vocabulary, as real data write them: in any case,
            with or without dots, and with codes of the ICD family longer than the mapped ones.
        vocabulary: its prefix in any usual spelling, such as "ICD-10-CM" or "mesh".
        version: for data that mix ICD-9-CM and ICD-10-CM, which of the two each code is of, as 9
            or 10: one for all, or a Series or list with one for each. A code whose version is
            neither has no concept. None if all codes are of `vocabulary`.

    Returns:
        A frame with the columns row (the code's position, from 0), code, concept_id, predicate
        (how the concept relates to the code, as in SSSOM) and matched_code (the mapped code).
        A code with several concepts has several rows; one with none has one, whose concept_id is
        missing. A longer code than the mapped one has the predicate skos:narrowMatch.

    Raises:
        UnknownNameError: there is no such vocabulary, or it has no mappings.
        BonemetError: codes and version differ in length or index, the vocabulary has no versions,
            or the codes are no list of single values.

    Example:
        >>> import bonemet_data as bm
        >>> found = bm.annotate(["C7951", "C50911", "Z85.3"])
        >>> found[["row", "concept_id", "matched_code"]]
           row       concept_id     matched_code
        0    0  bone_metastasis  icd10cm:C79.51
        1    1    breast_cancer      icd10cm:C50
        2    2             <NA>             <NA>
    """
    entries = read_entries()
    prefixes = Prefixes(entries.prefixes)
    name = prefixes.vocabulary(vocabulary, _mapped(entries))
    texts = as_texts(codes)
    if version is None:
        index = CodeIndex(entries.mappings, prefixes, name)
        numbers, distinct = distinct_texts(texts)
        return _rows(texts, numbers, [*map(index.match, distinct), ()])
    if name not in _VERSIONS.values():
        raise BonemetError(f"{name} has no versions 9 and 10: leave the version out.")
    if (
        isinstance(version, pd.Series)
        and isinstance(codes, pd.Series)
        and not version.index.equals(codes.index)
    ):
        raise BonemetError("Codes and versions have different indexes: align them first.")
    versions, numbers = _versions(version, len(texts))
    indexes = [CodeIndex(entries.mappings, prefixes, _VERSIONS[v]) if v else None for v in versions]
    codes_at, distinct = distinct_texts(texts)
    pairs, found = pd.factorize(codes_at * len(versions) + numbers)

    def match(pair: int) -> tuple[Hit, ...]:
        code, number = divmod(pair, len(versions))
        index = indexes[number]
        return index.match(distinct[code]) if index and code < len(distinct) else ()

    return _rows(texts, pairs, [match(int(pair)) for pair in found])


def as_texts(values: Iterable[Any]) -> NDArray[np.object_]:
    """Give values as an array of texts; missing is None.

    Raises:
        BonemetError: the values are one text, or one of them is no single value.
    """
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise BonemetError(f"Give a Series or a list of values, not {values!r} alone.")
    series = pd.Series(values if isinstance(values, pd.Series) else list(values), dtype=object)
    array = series.to_numpy(dtype=object, copy=True)
    try:
        numbers, distinct = pd.factorize(array)  # missing is -1
    except TypeError as error:
        raise BonemetError(f"Each value must be a text or a number: {error}.") from error
    texts = np.array([*map(str, distinct), None], dtype=object)
    return texts[numbers]


def distinct_texts(texts: NDArray[np.object_]) -> tuple[NDArray[np.intp], list[str]]:
    """Number the distinct texts; a missing one is numbered as the last, and is no text."""
    numbers, distinct = pd.factorize(texts)
    return np.where(numbers < 0, len(distinct), numbers), list(distinct)


def _mapped(entries: Entries) -> list[str]:
    return [mapping.object_id.partition(":")[0] for mapping in entries.mappings]


def _versions(version: Any, length: int) -> tuple[list[str | None], NDArray[np.intp]]:
    """Give the distinct versions, "9", "10" or None for what is neither, and each row's number."""
    if isinstance(version, str) or not isinstance(version, Iterable):
        version = [version] * length
    texts = as_texts(version)
    if len(texts) != length:
        raise BonemetError(f"There are {length} codes and {len(texts)} versions: give as many.")
    numbers, distinct = distinct_texts(texts)
    matches = [_VERSION.search(text) for text in distinct]
    return [*(match[1] if match else None for match in matches), None], numbers


def _rows(
    texts: NDArray[np.object_], numbers: NDArray[np.intp], hits: Sequence[Sequence[Hit]]
) -> pd.DataFrame:
    """Give every row the hits of its number, or one row without any."""
    filled = [each or (Hit("", "", ""),) for each in hits]
    counts = np.array([len(each) for each in filled], dtype=np.intp)
    flat = [hit for each in filled for hit in each]
    repeats = counts[numbers]
    rows = np.repeat(np.arange(len(texts)), repeats)
    starts = np.repeat(np.cumsum(counts)[numbers] - repeats, repeats)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    at = starts + within

    def column(values: Iterable[str]) -> Any:
        return pd.array([value or None for value in values], dtype="string").take(at)

    return pd.DataFrame(
        {
            "row": rows,
            "code": pd.array(texts, dtype="string").take(rows),
            "concept_id": column(hit.concept_id for hit in flat),
            "predicate": column(hit.predicate for hit in flat),
            "matched_code": column(hit.matched_code for hit in flat),
        }
    )
