"""Orders of the words of a name, and the words for cancer and metastasis that have one meaning.

ICD, MeSH, MedDRA and hospitals write the words of one name in several orders.
"""

import re
from collections.abc import Iterable

from .spelling import stems

INVERTED = "inverted order"
"""MeSH and the index of ICD invert names at a comma: "Carcinoma, breast"."""
OF = "X of Y"
"""ICD writes "malignant neoplasm of breast" where others write "breast malignant neoplasm";
SNOMED CT and HPO write "pain in bone" and "bone pain"."""
ADJECTIVE_LAST = "adjective last"
"""MedDRA ends names in the adjective: "Lung neoplasm malignant", "Blood calcium increased"."""
NOUN_FIRST = "noun first"
"""Hospitals write "Ca breast" and "carcinoma prostate" for cancers of these organs; MedDRA has
"Fracture pathological"."""
AND = "and, or"
"""ICD has "bronchus and lung", and registries "lung and bronchus"."""
CANCER_SYNONYM = "malignant neoplasm for cancer"
METASTASIS = "secondary neoplasm for metastasis"
"""NCIt has both in one term, C3580: "Bone Metastases", "Metastatic Tumor to the Bone"."""

_COMMA = re.compile(r"\s*,\s*")
_OF = re.compile(r"\s+(?:of|in|to)\s+(?:the\s+)?", re.IGNORECASE)
_ARTICLE = "the"
_OF_WORDS = frozenset({"of", "in", "to"})
_LAST_ADJECTIVES = frozenset({"malignant", "increased", "decreased", "impaired"})
_FIRST_NOUNS = frozenset(
    {"ca", "cancer", "carcinoma", "adenocarcinoma", "neoplasm", "tumor", "malignant", "malignancy"}
    | {"metastasis", "fracture", "compression", "radiation"}
)
_LEFT_OUT = _OF_WORDS | {"the", "and"}
_TUMORS = frozenset({"neoplasm", "tumor", "growth"})
_MALIGNANT_TUMORS = _TUMORS | {"malignant"}
_SECONDARY_TUMORS = _TUMORS | {"cancer"}
_TUMOR_WORDS = _TUMORS | {"malignant", "malignancy", "cancer", "ca", "primary"}
_CANCER = re.compile(
    r"\b(?:primary )?(?:malignant (?:neoplasm|tumor|growth)|malignancy|cancer)\b"
    r"|^(?:primary )?ca(?= [a-z])|(?<=[a-z] )ca$"
)
"""EXACT synonyms of the concept cancer, as in NCIt C9305, in names of cancers of an organ."""


_GLAND = re.compile(r"(?<=adrenal|thyroid) gland\b|(?<=prostate) gland\b|(?<=breast) gland\b")
"""Topography of ICD-O: "Thyroid gland", "Adrenal gland", "Prostate gland"."""
_SECONDARY = re.compile(
    r"\b(?:(?:metastatic|secondary) (?=[a-z]+ (?:to|in)\b)|secondary (?!disease)(?=[a-z]+ of\b))"
    r"(?:cancer|tumor|neoplasm|growth|disease)\b"
    r"|(?<=[a-z] )secondary (?:cancer|tumor|neoplasm|growth)$"
    r"|(?:cancer|tumor) metastasis(?= (?:to|in)\b)"
)
"""What is a metastasis of a place that follows; a "metastatic cancer of" one began there."""


def _joined(stems_: Iterable[str]) -> str:
    """Return stems as a text in which glands, cancers and metastases have one name each."""
    text = " ".join(stems_)
    if " gland" in text:
        text = _GLAND.sub("", text)
    return _SECONDARY.sub("metastasis", _CANCER.sub("cancer", text))


def key(text: str) -> str:
    """Return what texts with the same words in the same order have in common.

    Example:
        >>> key("Malignant tumours of the breast")
        'cancerofbreast'
    """
    return _joined(stem for stem in stems(text) if stem != _ARTICLE).replace(" ", "")


def bag(text: str) -> tuple[str, ...]:
    """Return what texts with the same words in any order have in common.

    Example:
        >>> bag("Lung neoplasm malignant"), bag("Cancer of lung")
        (('cancer', 'lung'), ('cancer', 'lung'))
    """
    found = [stem for stem in _joined(stems(text)).split() if stem not in _LEFT_OUT]
    if "malignant" in found and sum(stem in _TUMORS for stem in found) == 1:
        found = [*(s for s in found if s not in _MALIGNANT_TUMORS), "cancer"]
    if "secondary" in found and not _SECONDARY_TUMORS.isdisjoint(found):
        found = [*(s for s in found if s not in _SECONDARY_TUMORS | {"secondary"}), "metastasis"]
    if "cancer" in found:
        found = [stem for stem in found if stem != "primary"]
    return tuple(sorted(found))


def synonyms(text: str, name: str) -> tuple[str, ...]:
    """Return the convention by which two texts name cancer or metastasis in other words, or none.

    Example:
        >>> synonyms("breast cancer", "Malignant neoplasm of breast")
        ('malignant neoplasm for cancer',)
        >>> synonyms("Metastatic tumor to the liver", "Liver metastasis")
        ('secondary neoplasm for metastasis',)
    """
    one, other = {*stems(text)}, {*stems(name)}
    if ("metastasis" in one) != ("metastasis" in other):
        return (METASTASIS,)
    return (CANCER_SYNONYM,) if _TUMOR_WORDS & (one ^ other) else ()


def order_of(text: str) -> str | None:
    """Return the name of the convention by which a text may have another order of words, or None.

    Example:
        >>> order_of("Carcinoma, breast"), order_of("cancer of the breast"), order_of("bone pain")
        ('inverted order', 'X of Y', None)
    """
    if "," in text:
        return INVERTED
    found = stems(text)
    if "and" in found:
        return AND
    if not _OF_WORDS.isdisjoint(found):
        return OF
    if len(found) > 1 and found[-1] in _LAST_ADJECTIVES:
        return ADJECTIVE_LAST
    return NOUN_FIRST if len(found) > 1 and found[0] in _FIRST_NOUNS else None


def reordered(text: str) -> str | None:
    """Return "Y X" for a name "X of Y" or "X, Y", and None for a name in plain order.

    Example:
        >>> reordered("Malignant neoplasm of the breast"), reordered("Carcinoma, ductal, breast")
        ('breast Malignant neoplasm', 'breast ductal Carcinoma')
    """
    if "," in text:
        return " ".join(reversed(_COMMA.split(text)))
    first, of, second = _OF.sub(" of ", text).partition(" of ")
    if _joined(stems(text)).startswith("metastasis "):
        first = "metastasis"
    return f"{second} {first}" if of else None
