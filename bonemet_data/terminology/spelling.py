"""Spelling of names: words in one form, whatever their number, dialect and typography.

Two texts are spelled alike if their words are equal after these changes. Each is a documented
difference of spelling; none of them changes the meaning of a name.
"""

import re
import unicodedata
from functools import lru_cache

from ..names import fold

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4\u00ad\u200b]")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ω": "omega",
}  # fmt: skip

_BRITISH = [
    (re.compile(pattern), american)
    for pattern, american in [
        ("tumour", "tumor"),
        ("oesoph", "esoph"),
        ("oestr", "estr"),
        ("oedema", "edema"),
        ("haem", "hem"),
        ("aemi", "emi"),
        ("anaes", "anes"),
        ("orthopaed", "orthoped"),
        ("paediat", "pediat"),
        ("gynaec", "gynec"),
        ("caec", "cec"),
        ("faec", "fec"),
        ("foet", "fet"),
        ("leucaem|leukaem", "leukem"),
        ("diarrhoea", "diarrhea"),
        ("dyspnoea", "dyspnea"),
        ("paraesth", "paresth"),
        ("hypoaesth", "hypoesth"),
        ("neurone$", "neuron"),
        ("fibre", "fiber"),
        ("centre", "center"),
        ("litre", "liter"),
        ("colour", "color"),
        ("behaviour", "behavior"),
        ("sulph", "sulf"),
        ("programme", "program"),
        ("remodell", "remodel"),
        ("signall", "signal"),
        ("labell", "label"),
        (r"(?<=[a-z]{4})is(e[ds]?|ing|ations?)$", r"iz\1"),
        (r"(?<=[a-z]{4})lyse", "lyze"),
    ]
]
"""British spellings, from the spelling variants that SNOMED CT keeps as synonyms."""

_PLURALS = [
    (re.compile(pattern), singular)
    for pattern, singular in [
        ("^mets$", "met"),
        ("(stas|lys|ros|nos|thes|phys|thromb|pares|ptos)es$", r"\1is"),
        ("(?<=[a-z]{3})ies$", "y"),
        ("mata$", "ma"),
        ("ae$", "a"),
        ("(ch|sh|ss|x|zz)es$", r"\1"),
        ("(?<=[a-z]{2})(?<![sui])s$", ""),
        ("(?<=cranii)s$|(?<=radii)s$", ""),
    ]
]
"""Regular English and Latin plurals; words in -ss, -us and -is are left alone."""


@lru_cache(65536)
def american(word: str) -> str:
    """Return a folded word in American spelling, with Greek letters spelled out."""
    word = "".join(_GREEK.get(char, char) for char in word)
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(65536)
def singular(word: str) -> str:
    """Return a folded word in the singular."""
    for pattern, replacement in _PLURALS:
        changed = pattern.sub(replacement, word)
        if changed != word:
            return changed
    return word


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded.

    Example:
        >>> words("Paget’s disease: non-small cell")
        ('pagets', 'disease', 'non', 'small', 'cell')
    """
    plain = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", text)).casefold()
    return tuple(_WORD.findall(plain))


def stems(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded, in American spelling and in the singular.

    Example:
        >>> stems("Malignant tumours of the oesophagus")
        ('malignant', 'tumor', 'of', 'the', 'esophagus')
    """
    return tuple(singular(american(word)) for word in words(text))


def differences(text: str, name: str) -> tuple[str, ...]:
    """Return the names of the differences of spelling between two texts that are spelled alike.

    Example:
        >>> differences("Tumours", "tumor"), differences("BREAST-CANCER", "Breast cancer")
        (('British spelling', 'plural'), ('case and punctuation',))
    """
    if text == name:
        return ()
    if fold(text) == fold(name):
        return ("case and punctuation",)
    found = []
    if "".join(map(american, words(text))) != "".join(words(text)) or "".join(
        map(american, words(name))
    ) != "".join(words(name)):
        found.append("British spelling")
    one, other = ("".join(map(american, words(each))) for each in (text, name))
    if one != other:
        found.append("plural")
    return tuple(found)
