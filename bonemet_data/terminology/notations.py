"""Notations: how each vocabulary writes its codes.

A notation decides whether a text can be a code of a vocabulary, without a list of all codes. The
patterns of identifiers are those of https://bioregistry.io.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_ALL, _NONE = re.compile(""), re.compile("(?!)")


@dataclass(frozen=True)
class Notation:
    """How a vocabulary writes its codes.

    Attributes:
        pattern: Pattern of a code in capital letters. Its groups, if any, are the parts that count.
        absent: Pattern of codes that have the form but are in no edition; None if none is known.
        filler: Fourth character that adds nothing to a category, as in "C61X" or "185.0".
        hierarchical: Whether the prefixes of a code are its ancestors.
        check: Function that tests the check digit; None without one.
        distinct: Pattern of the start of codes that show their vocabulary without a prefix. Bare
            digits do not show it.
    """

    pattern: re.Pattern[str]
    absent: re.Pattern[str] | None = None
    filler: str = ""
    hierarchical: bool = False
    check: Callable[[str], bool] | None = None
    distinct: re.Pattern[str] = _ALL

    @property
    def needs_prefix(self) -> bool:
        """Whether no code without a prefix shows that it is of this vocabulary."""
        return self.distinct is _NONE

    def shows_vocabulary(self, code: str) -> bool:
        """Return whether a code without prefix shows that it is of this vocabulary."""
        return self.distinct.match(code.upper()) is not None

    def parse(self, code: str) -> str | None:
        """Return a code without prefix in the form in which codes are compared; None if it is none.

        Args:
            code: Code in any case, with or without dot.
        """
        # str.upper() converts other letters to ASCII, such as the long s to S.
        match = self.pattern.fullmatch(code.upper()) if code.isascii() else None
        if match is None or (self.check is not None and not self.check(match[0])):
            return None
        return "".join(filter(None, match.groups())) or match[0]


@dataclass(frozen=True)
class Unmapped:
    """A vocabulary without mappings in the package, which `detect` tells from the others.

    It has the attributes of a record of the resource `vocabularies` that `Prefixes` uses.
    """

    prefix: str
    name: str
    spellings: str
    namespace: str


_SINGLE = "01|07|12|19|20|23|33|37|52|55|58|61|73"
"""Categories of cancers without subdivisions, in both the ICD-10 of the WHO and ICD-10-CM."""

_VERHOEFF_PRODUCT = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_PERMUTATION = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def has_verhoeff_digit(number: str) -> bool:
    """Return whether the last digit is the check digit of Verhoeff, as in SNOMED CT.

    See https://confluence.ihtsdotools.org/display/DOCRELFMT/5.5+Check-digit.

    Example:
        >>> has_verhoeff_digit("94222008"), has_verhoeff_digit("94222009")
        (True, False)
    """
    check = 0
    for position, digit in enumerate(reversed(number)):
        check = int(_VERHOEFF_PRODUCT[check][int(_VERHOEFF_PERMUTATION[position % 8][int(digit)])])
    return check == 0


def has_mod10_digit(code: str) -> bool:
    """Return whether the digit after the hyphen is the check digit of LOINC.

    See https://loinc.org/kb/users-guide, appendix B.

    Example:
        >>> has_mod10_digit("21908-9"), has_mod10_digit("21908-8")
        (True, False)
    """
    digits = code.replace("-", "")
    total = 0
    for position, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + position % 2)
        total += doubled - 9 if doubled > 9 else doubled  # sum of the two digits
    return total % 10 == 0


def _notation(pattern: str, **arguments: Any) -> Notation:
    return Notation(re.compile(pattern), **arguments)


_OBO = _notation(r"[0-9]{7}", distinct=_NONE)
_ANY = _notation(r"[!-~]+", distinct=_NONE)

_NOTATIONS: Mapping[str, Notation] = {
    "icd10cm": Notation(
        re.compile(r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})"),
        # C42 is a site of ICD-O-3, C97 a category of the WHO; the WHO's C80.9 is C80.1 here.
        absent=re.compile(rf"C(?:2[7-9]|3[56]|42|59|87|89|9[7-9]|80[3-9]|(?:{_SINGLE})[0-9]).*"),
        filler="X",
        hierarchical=True,
    ),
    "icd9cm": Notation(
        re.compile(r"((?!000)[0-9]{3}|V(?:0[1-9]|[1-8][0-9]|9[01])|E[0-9]{3})\.?([0-9]{0,2})"),
        absent=re.compile(r"E[0-9]{5}"),
        filler="0",
        hierarchical=True,
    ),
    "icd9proc": _notation(r"([0-9]{2})\.?([0-9]{1,2})"),
    # Three characters name a table of codes, which have seven. The letters I and O are not used.
    "icd10pcs": _notation(
        r"([0-9A-HJ-NP-Z]{3})([0-9A-HJ-NP-Z]{4})?",
        hierarchical=True,
        distinct=re.compile(r"(?=.+[A-Z]).{7}"),
    ),
    # The partition identifier 00 or 10 marks a concept; see section 5.4 of the release formats.
    "snomedct": _notation(
        r"([1-9][0-9]{2,14}[01]0[0-9])(?:\s*\|.*\|)?",
        check=lambda code: has_verhoeff_digit(code.partition("|")[0].strip()),
    ),
    "umls": _notation(r"C[0-9]{7}"),
    "mesh": _notation(r"[CD](?:[0-9]{6}|[0-9]{9})"),
    "NCIT": _notation(r"C[0-9]{3,6}"),
    "oncotree": _notation(r"[A-Z][A-Z0-9_]{1,15}", distinct=_NONE),
    "uniprot": _notation(r"[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2}"),
    "wikipathways": _notation(r"WP[0-9]{1,5}"),
    "reactome": _notation(r"R-[A-Z]{3}-[0-9]+"),
    "DOID": _notation(r"[0-9]{1,7}", distinct=_NONE),
    **dict.fromkeys(("CHEBI", "hgnc", "icd11", "omop"), _notation(r"[0-9]+", distinct=_NONE)),
    **dict.fromkeys(("HP", "MONDO", "MAXO", "SYMP", "GO", "CL", "EFO", "UBERON"), _OBO),
    # The vocabularies of UNMAPPED:
    "icd10": Notation(
        re.compile(r"([A-Z][0-9]{2})\.?([0-9X]?)[+*]?"),
        absent=re.compile(rf"C(?:42|(?:{_SINGLE}|56|64|65|66)[0-9])"),
        filler="X",
    ),
    "icdo3": Notation(
        re.compile(
            r"(C(?:[01][0-9]|2[0-6]|3[0-4]|3[7-9]|4[0-24789]|5[0-8]|6[0-9]|7[0-7]|80))\.?([0-9])"
        ),
        absent=re.compile(rf"C(?:{_SINGLE}|56|64|65|66|80)[0-8]"),
    ),
    "icdo3m": _notation(r"(?:M-?)?([89][0-9]{3})/([0-9])"),
    "loinc": _notation(r"[0-9]{1,7}-[0-9]", check=has_mod10_digit),
}

UNMAPPED = (
    Unmapped("icd10", "ICD-10 (WHO)", "ICD-10;ICD10", "http://hl7.org/fhir/sid/icd-10"),
    Unmapped(
        "icdo3",
        "ICD-O-3 topography",
        "ICD-O-3;ICD-O;ICDO",
        "http://terminology.hl7.org/CodeSystem/icd-o-3",
    ),
    Unmapped("icdo3m", "ICD-O-3 morphology", "", ""),
    Unmapped("loinc", "LOINC", "LNC", "http://loinc.org"),
)


def notation(prefix: str) -> Notation:
    """Return the notation of a vocabulary; for an unknown one, any text without white space."""
    return _NOTATIONS.get(prefix, _ANY)
