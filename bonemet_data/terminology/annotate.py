"""Annotating a column of codes with the concepts that they lead to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import ArgumentError
from .code_index import CodeIndex, CodeReading
from .detect import CodeCounts
from .distinct_texts import read_texts, split_codes

_ICD_VERSION = re.compile(r"(?<![0-9])(9|10)(?:\.0)?(?![0-9.])")
_ICD = {"9": "icd9cm", "10": "icd10cm"}

_TEXT_COLUMNS = ("code", "concept_id", "predicate", "matched_code", "status")

_Cell: TypeAlias = list[tuple[str | None, CodeReading]]
"""The codes of a cell, and what each is."""


class Annotated(NamedTuple):
    """Annotated codes.

    Attributes:
        frame: The result of `bonemet_data.annotate`.
        counts: Counts of the codes.
        vocabularies: Prefixes of the vocabularies in which the codes were looked up.
    """

    frame: pd.DataFrame
    counts: CodeCounts
    vocabularies: tuple[str, ...]


def annotate_codes(
    codes: Iterable[Any],
    vocabulary: str,
    icd_version: Any,
    separator: str | None,
    indexes: Mapping[str, CodeIndex],
) -> Annotated:
    """Return the concepts of codes; see `bonemet_data.annotate`.

    Args:
        codes: Series or list of codes.
        vocabulary: Prefix of the vocabulary, a key of `indexes`.
        icd_version: One ICD version, one for each code, or None.
        separator: Separator of the codes in a cell, or None.
        indexes: Mapped codes by prefix of the vocabulary.
    """
    texts = read_texts(codes, "codes", numbers=False)
    values = (*texts.distinct, None)
    if icd_version is None:
        cells = [_read_cell(value, separator, indexes[vocabulary]) for value in values]
        return _annotated(texts.index, cells, (vocabulary,))
    if vocabulary not in _ICD.values():
        raise ArgumentError(
            f"icd_version does not apply to the vocabulary {vocabulary}: remove it."
        )
    vocabularies, of_position = _icd_vocabularies(icd_version, codes, len(texts.index))
    pairs, distinct = pd.factorize(texts.index * len(vocabularies) + of_position)
    cells = [
        _read_cell(values[value], separator, indexes.get(vocabularies[version] or ""))
        for value, version in (divmod(int(pair), len(vocabularies)) for pair in distinct)
    ]
    return _annotated(pairs, cells, tuple(sorted(_ICD.values())))


def _read_cell(text: str | None, separator: str | None, index: CodeIndex | None) -> _Cell:
    """Return the codes of a cell, and what each is.

    Args:
        text: Text of the cell; None if it is missing.
        separator: Separator of the codes, or None.
        index: Index of the vocabulary; None if it is unknown.
    """
    if text is None:
        return [(None, CodeReading("missing"))]
    codes = split_codes(text, separator)
    if index is None:
        unknown = CodeReading("not_a_code")
        return [(code, unknown if code.strip() else CodeReading("missing")) for code in codes]
    return [(code, index.read(code)) for code in codes]


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


def _annotated(
    index: NDArray[np.intp], cells: Sequence[_Cell], vocabularies: tuple[str, ...]
) -> Annotated:
    """Return a row for each match of each code, and a row for a code without any.

    Args:
        index: For each position, the index of its cell.
        cells: Distinct cells.
        vocabularies: Prefixes of the vocabularies in which the codes were looked up.
    """
    counts = CodeCounts()
    numbers = np.bincount(index, minlength=len(cells)).tolist()
    for cell, number in zip(cells, numbers, strict=True):
        for code, reading in cell if number else ():
            counts.texts[reading.status][code or ""] += number
    rows = [
        [
            (code, *concept, reading.status)
            for code, reading in cell
            for concept in _concepts(reading)
        ]
        for cell in cells
    ]
    lengths = np.array([len(group) for group in rows], dtype=np.intp)
    repeats = lengths[index]
    position = np.repeat(np.arange(len(index)), repeats)
    first = np.repeat((np.cumsum(lengths) - lengths)[index], repeats)
    rows_of = first + np.arange(len(position)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    flat = [row for group in rows for row in group]
    columns = {
        name: pd.array([row[at] for row in flat], dtype="string").take(rows_of)
        for at, name in enumerate(_TEXT_COLUMNS)
    }
    return Annotated(pd.DataFrame({"position": position, **columns}), counts, vocabularies)


def _concepts(reading: CodeReading) -> Sequence[tuple[str | None, ...]]:
    """Return the concept, the predicate and the mapped code of each match, or one without any."""
    return [match.columns for match in reading.matches] or [(None, None, None)]
