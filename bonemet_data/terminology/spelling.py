"""Spelling of names: words in one form, whatever their number, dialect and typography.

Two texts are spelled alike if their words are equal after the rules of this module. Each rule is a
documented difference of spelling, and none changes the meaning of a name.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..names import fold

_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans(
    dict.fromkeys("'\u2019\u02bc`\u00b4\u00ad\u200b") | dict.fromkeys("&;", " and ")
)


def _replacing(pairs: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that replaces each match of a pattern in a word."""
    patterns = [(re.compile(pattern), replacement) for pattern, replacement in pairs.items()]
    any_of = re.compile("|".join(f"(?:{re.sub(r'[(](?![?])', '(?:', p)})" for p in pairs))

    def replace(word: str) -> str:
        if any_of.search(word):
            for pattern, replacement in patterns:
                word = pattern.sub(replacement, word)
        return word

    return replace


class Rule(NamedTuple):
    """One difference of spelling.

    Attributes:
        name: Name of the rule, as the column `how` gives it.
        source: Who spells so.
        apply: Returns a folded word in the one form, which may be two words.
    """

    name: str
    source: str
    apply: Callable[[str], str]


RULES = (
    Rule(
        "Greek letter",
        "HGNC and UniProt spell out the letters of TGF-β",
        _replacing({"\N{GREEK SMALL LETTER ALPHA}": "alpha", "β": "beta", "κ": "kappa"}),
    ),
    Rule(
        "British spelling",
        "SNOMED CT, MedDRA; uk_spelling in the synonyms of this package",
        _replacing(
            {
                "tumour": "tumor",
                "oesoph": "esoph",
                "oestr": "estr",
                "oedema": "edema",
                "haem": "hem",
                "caem": "cem",
                "kaem": "kem",
                "glycaem": "glycem",
                "aemi": "emi",
                "anaes": "anes",
                "aesth": "esth",
                "orthopaed": "orthoped",
                "paediat": "pediat",
                "gynaec": "gynec",
                "faec": "fec",
                "caec": "cec",
                "rrhoea": "rrhea",
                "pnoea": "pnea",
                "neurone$": "neuron",
                "fibre": "fiber",
                "centre": "center",
                "colour": "color",
                "behaviour": "behavior",
                "sulph": "sulf",
                "remodell": "remodel",
                "signall": "signal",
                "lys(ed|ing)$": r"lyz\1",
                "(?<=[a-z]{4})is(e[ds]?|ing|ations?)$": r"iz\1",
            }
        ),
    ),
    Rule(
        "plural",
        "MeSH lists the plurals of its terms as entry terms",
        _replacing(
            {
                "(stas|lys|ros|nos|thes|phys|pares|ptos)es$": r"\1is",
                "(?<=[a-z]{3})ies$": "y",
                "(?<=[a-z]{3})mata$": "ma",
                "(?<=[a-z]{5})ae$": "a",
                "(ch|sh|ss|x)es$": r"\1",
                "(?<=[a-z]{3})(?<![sui])s$": "",
            }
        ),
    ),
    Rule(
        "short form",
        "synonyms of this package: bone mets, bone met; ICD-9-CM: Malign neopl, Path fx",
        _replacing(
            {
                "^mets?$": "metastasis",
                "^(?:mal|malig|malign)$": "malignant",
                "^(?:neo|neopl)$": "neoplasm",
                "^fx$": "fracture",
                "^path$": "pathologic",
                "^[tr]x$": "therapy",
            }
        ),
    ),
    Rule(
        "pathological for pathologic",
        "MeSH D005598: Pathologic Fracture, Pathological Fracture",
        _replacing({"^pathological$": "pathologic"}),
    ),
    Rule(
        "-dronate for -dronic acid",
        "INN stem -dronic acid; its salts end in -dronate",
        _replacing({"dronate$": "dronic acid"}),
    ),
    Rule(
        "adjective of an organ",
        "NCIt: prostate and prostatic cancer, kidney and renal cancer, bone and osseous metastasis;"
        " ICD-9-CM: incontinence of feces and fecal incontinence",
        _replacing(
            {
                "^prostatic$": "prostate",
                "^renal$": "kidney",
                "^pulmonary$": "lung",
                "^mammary$": "breast",
                "^hepatic$": "liver",
                "^urinary$": "urine",
                "^feces?$": "fecal",
                "^(?:osseous|bony|skeletal)$": "bone",
            }
        ),
    ),
    Rule(
        "treatment for therapy",
        "MeSH D011878: Radiation Therapy, Radiation Treatment; MAxO",
        _replacing({"^treatment$": "therapy"}),
    ),
    Rule(
        "radiotherapy",
        "MeSH D011878: Radiotherapy, Radiation Therapy",
        _replacing({"^radiotherapy$": "radiation therapy"}),
    ),
    Rule("and, or", "ICD-10-CM guidelines I.A.14: and means and/or", _replacing({"^or$": "and"})),
)


@lru_cache(65536)
def _stem(word: str, without: str = "") -> str:
    """Return a folded word in one spelling, by all rules but one."""
    for rule in RULES:
        if rule.name != without:
            word = rule.apply(word)
    return word


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded.

    Example:
        >>> words("Paget's disease: non-small cell")
        ('pagets', 'disease', 'non', 'small', 'cell')
    """
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN))
    return tuple(_WORD.findall(plain.casefold()))


@lru_cache(1024)
def stems(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded and in one spelling.

    Example:
        >>> stems("Malignant tumours of the oesophagus")
        ('malignant', 'tumor', 'of', 'the', 'esophagus')
    """
    return tuple(" ".join(map(_stem, words(text))).split())


def differences(text: str, name: str) -> tuple[str, ...]:
    """Return the names of the rules by which two texts with the same words differ.

    Example:
        >>> differences("Tumours", "tumor"), differences("BREAST-CANCER", "Breast cancer")
        (('British spelling', 'plural'), ('case and punctuation',))
    """
    if text == name:
        return ()
    if fold(text) == fold(name):
        return ("case and punctuation",)
    unequal = _unequal(text, name)
    return tuple(rule.name for rule in RULES if _unequal(text, name, rule.name) > unequal)


def _unequal(text: str, name: str, without: str = "") -> int:
    """Return the number of words that only one text has, by all rules but one."""
    one, other = (
        {part for word in words(each) for part in _stem(word, without).split()}
        for each in (text, name)
    )
    return len(one ^ other)
