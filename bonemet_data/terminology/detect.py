"""Detecting the vocabulary of codes from the way they are written."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .code_index import FITTING, CodeIndex, CodeReading
from .distinct_texts import read_texts, split_codes
from .notations import UNMAPPED
from .prefixes import Prefixes

_BETWEEN_CODES = re.compile(r"[;,|/\s]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well codes fit one vocabulary.

    Attributes:
        vocabulary: Prefix of the vocabulary.
        name: Name of the vocabulary.
        codes: Number of values that are its codes.
        matched: Number of values that lead to a concept.
    """

    vocabulary: str
    name: str
    codes: int
    matched: int


@dataclass(frozen=True, slots=True)
class CodeCounts:
    """Counts of annotated codes.

    Attributes:
        texts: By status, the number of values with each text.
    """

    texts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def update(self, other: "CodeCounts") -> None:
        """Add other counts."""
        for status, texts in other.texts.items():
            self.texts[status].update(texts)

    @property
    def codes(self) -> Counter[str]:
        """Number of values with each text that is not missing."""
        codes = Counter[str]()
        for status, texts in self.texts.items():
            if status != "missing":
                codes.update(texts)
        return codes

    @property
    def total(self) -> int:
        """Number of values that are not missing."""
        return sum(self.count(status) for status in self.texts if status != "missing")

    @property
    def fitting(self) -> int:
        """Number of values that are codes."""
        return sum(map(self.count, FITTING))

    def count(self, status: str) -> int:
        """Return the number of values with a status."""
        return self.texts[status].total() if status in self.texts else 0


class Detector:
    """Counts the values of columns that are codes of each vocabulary.

    Args:
        records: Records of the resource `vocabularies`.
        indexes: Mapped codes by prefix of the vocabulary.
    """

    def __init__(self, records: Iterable[Any], indexes: Mapping[str, CodeIndex]) -> None:
        records = [*records, *UNMAPPED]
        self._names = {record.prefix: record.name for record in records}
        self._prefixes = Prefixes(records)
        self._mapped = frozenset(indexes)
        unmapped = {each.prefix: CodeIndex(each.prefix, (), self._prefixes) for each in UNMAPPED}
        self._indexes = {**indexes, **unmapped}
        self._by_form = [
            (index, index.notation.pattern.fullmatch)
            for index in self._indexes.values()
            if not index.notation.needs_prefix
        ]
        self._by_code = defaultdict[str, list[CodeIndex]](list)
        for index in self._indexes.values():
            for code in index.codes if index.notation.needs_prefix else ():
                self._by_code[code].append(index)

    def fits(self, codes: Mapping[str, int]) -> list[Fit]:
        """Return how well codes fit each vocabulary, the best first.

        Args:
            codes: Number of values with each text.
        """
        fitting, matched = Counter[str](), Counter[str]()
        for text, number in codes.items():
            for vocabulary, reading in self._recognize(text):
                fitting[vocabulary] += number
                matched[vocabulary] += number if reading.matches else 0
        fits = [
            Fit(prefix, self._names.get(prefix, prefix), fitting[prefix], matched[prefix])
            for prefix in self._indexes
        ]
        return sorted(fits, key=lambda fit: (-fit.codes, -fit.matched, fit.vocabulary.casefold()))

    def _recognize(self, text: str) -> Iterator[tuple[str, CodeReading]]:
        """Iterate over the vocabularies of which a text shows that it is a code."""
        code = text.strip()
        parts = self._prefixes.split_all(code)
        if parts is not None:
            local, indexes = parts[1], [self._indexes.get(prefix) for prefix in parts[0]]
        else:
            local, capitals = code, code.upper()
            indexes = [index for index, matches in self._by_form if matches(capitals)]
            # Codes of OncoTree are words in capitals: "Lung" is a name, "LUNG" a code.
            indexes += self._by_code.get(code, ())
        for index in indexes:
            if index is None:
                continue
            reading = index.read_local(local)
            shows_it = parts or reading.matches or index.notation.shows_vocabulary(local)
            if reading.status in FITTING and shows_it:
                yield index.vocabulary, reading

    def messages(self, asked: Collection[str], counts: CodeCounts) -> list[str]:
        """Return a message for each reason to doubt that codes were looked up in the right way.

        Args:
            asked: Prefixes of the vocabularies in which the codes were looked up.
            counts: Counts of the codes.
        """
        return [
            *self._mismatch(asked, counts),
            *self._several_codes(asked, counts.texts["not_a_code"]),
        ]

    def ambiguity(self, asked: Collection[str], counts: CodeCounts) -> str | None:
        """Return a message if all values could also be codes of other vocabularies, or None."""
        if counts.fitting < counts.total or not counts.total:
            return None
        same = [fit for fit in self.fits(counts.codes) if fit.codes == counts.total]
        names = [fit.name for fit in same if fit.vocabulary not in asked]
        if not names:
            return None
        return f"All values could also be codes of {' or '.join(names)}: their form does not tell."

    def _mismatch(self, asked: Collection[str], counts: CodeCounts) -> Iterator[str]:
        """Iterate over a message if codes fit another vocabulary better than those asked for."""
        total, fitting, matched = counts.total, counts.fitting, counts.count("matched")
        if not total or (fitting == total and matched):
            return
        # With one version of ICD for each code, codes of both are expected.
        others = [fit for fit in self.fits(counts.codes) if [fit.vocabulary] != list(asked)]
        best = others[0]
        # Codes such as C7951 have the form of several vocabularies.
        is_better = best.codes == total and not matched and 2 * best.matched >= total
        if best.codes <= fitting and not is_better:
            return
        best_fits = [
            fit for fit in others if (fit.codes, fit.matched) == (best.codes, best.matched)
        ]
        mapped = [fit.vocabulary for fit in best_fits if fit.vocabulary in self._mapped]
        step = f"pass the vocabulary {' or '.join(mapped)}" if mapped else "nothing is mapped to it"
        step = "check icd_version" if len(asked) > 1 else step
        yield (
            f"{fitting:,} of {total:,} values are codes of {' or '.join(asked)}; {best.codes:,} "
            f"look like {' or '.join(fit.name for fit in best_fits)}: {step}."
        )

    def _several_codes(self, asked: Collection[str], not_codes: Mapping[str, int]) -> Iterator[str]:
        """Iterate over a message if values consist of several codes."""
        number = sum(
            count
            for text, count in not_codes.items()
            if len(parts := [part for part in _BETWEEN_CODES.split(text) if part]) > 1
            and all(self._is_code(asked, part) for part in parts)
        )
        if number:
            yield (
                f"Values with several codes: {number:,}. Pass the separator of the codes, such as "
                "separator=';' (--code-separator ';')."
            )

    def _is_code(self, asked: Collection[str], text: str) -> bool:
        return any(True for _ in self._recognize(text)) or any(
            self._indexes[prefix].read(text).status in FITTING for prefix in asked
        )


def detect_vocabularies(
    codes: Iterable[Any], separator: str | None, detector: Detector
) -> pd.DataFrame:
    """Return the share of codes that are of each vocabulary; see `bonemet_data.detect`.

    Args:
        codes: Series or list of codes.
        separator: Separator of the codes in a cell, or None.
        detector: Detector of vocabularies.
    """
    counts = count_codes(codes, separator)
    fits, total = detector.fits(counts), counts.total()
    return pd.DataFrame(
        {
            "vocabulary": pd.array([fit.vocabulary for fit in fits], dtype="string"),
            "codes": np.array([fit.codes for fit in fits], dtype=np.int64),
            "share": [fit.codes / total if total else 0.0 for fit in fits],
            "matched": np.array([fit.matched for fit in fits], dtype=np.int64),
        }
    )


def count_codes(codes: Iterable[Any], separator: str | None) -> Counter[str]:
    """Return the number of values with each code, without missing values.

    Args:
        codes: Series or list of codes.
        separator: Separator of the codes in a cell, or None.
    """
    texts = read_texts(codes, "codes", numbers=False)
    numbers = np.bincount(texts.index, minlength=len(texts.distinct)).tolist()
    counts = Counter[str]()
    for text, number in zip(texts.distinct, numbers, strict=False):  # the last: missing values
        for code in split_codes(text, separator):
            if code.strip():
                counts[code] += number
    return counts
