"""Conventions by which vocabularies, registries and hospitals write one name in several ways.

Each convention is documented by a vocabulary that uses it, and removes or reorders words without
changing what the name means. A text is never compared by part of its words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .spelling import stems, words

INVERTED = "inverted order"
"""MeSH and the index of ICD invert names at a comma: "Carcinoma, breast"."""
OF = "X of Y"
"""ICD writes "malignant neoplasm of breast" where others write "breast malignant neoplasm";
SNOMED CT and HPO write "pain in bone" and "bone pain"."""
ADJECTIVE_LAST = "adjective last"
"""MedDRA ends names in the adjective: "Lung neoplasm malignant", "Blood calcium increased"."""
CA_FIRST = "Ca X"
"""Hospitals write "Ca breast" and "CA of thyroid" for breast and thyroid cancer."""
CANCER_SYNONYM = "malignant neoplasm for cancer"
METASTASIS = "secondary neoplasm for metastasis"
"""NCIt has both in one term, C3580: "Bone Metastases", "Metastatic Tumor to the Bone"."""

_MARKS = re.compile(r"[®™©℠]|\((?:r|tm|c)\)", re.IGNORECASE)
_INTERVENTION = re.compile(
    r"^\s*(?:drug|biological|procedure|radiation|device|behavioral|dietary supplement|genetic"
    r"|combination product|diagnostic test|other)\s*:\s*",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\s*\((?:disorder|disease|finding|morphologic abnormality|procedure|regime/therapy|substance"
    r"|product|medicinal product|medicinal product form|clinical drug|situation|event"
    r"|observable entity|assessment scale|physical object|organism|person|qualifier value"
    r"|body structure|cell|cell structure|attribute"
    r"|context-dependent category|navigational concept)\)\s*$",
    re.IGNORECASE,
)
_NOS = re.compile(
    r",?\s*[(\[]?\b(?:N\.?O\.?S\b\.?|not otherwise specified|(?<=, )unspecified$"
    r"|(?:(?<=, )|of )(?:unspecified site|site (?:unspecified|not specified))$)[)\]]?",
    re.IGNORECASE,
)
_COLON = re.compile(r"(?<=\bneoplasm): (?=\w)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\[[0-9]{1,4}\.?\s*\]\s*$")
_UNSPECIFIED = re.compile(r"^unspecified\s+", re.IGNORECASE)
_FEELING = re.compile(r"^(?:feels|feeling)\s+(?!of\b)", re.IGNORECASE)
_CHAPTER = re.compile(r"^\s*\[[DMX]\]\s*")
_BRACKETED = re.compile(r"^(?P<long>[^()\[\]]+)[(\[](?P<short>[^()\[\]]+)[)\]]\s*$")
_NO_ANSWER = frozenset({"na", "no"})
_COMMA = re.compile(r"\s*,\s*")
_OF = re.compile(r"\s+(?:of|in|to)\s+(?:the\s+)?", re.IGNORECASE)
_ARTICLE = "the"
_OF_WORDS = frozenset({"of", "in", "to"})
_LAST_ADJECTIVES = frozenset({"malignant", "increased", "decreased", "impaired"})
_LEFT_OUT = _OF_WORDS | {"the", "and"}
_TUMORS = frozenset({"neoplasm", "tumor", "growth"})
_TUMOR_WORDS = _TUMORS | {"malignant", "malignancy", "cancer", "ca", "primary"}
_CANCER = re.compile(
    r"\b(?:primary )?(?:malignant (?:neoplasm|tumor|growth)|malignancy|cancer)\b"
    r"|^(?:primary )?ca(?= [a-z])|(?<=[a-z] )ca$"
)
"""EXACT synonyms of the concept cancer, as in NCIt C9305, in names of cancers of an organ."""


_GLAND = re.compile(r"(?<=adrenal|thyroid) gland\b|(?<=prostate) gland\b|(?<=breast) gland\b")
"""Topography of ICD-O: "Thyroid gland", "Adrenal gland", "Prostate gland"."""
_SECONDARY = re.compile(
    r"\b(?:(?:metastatic|secondary) (?=[a-z]+ (?:to|in)\b)|secondary (?=[a-z]+ of\b))"
    r"(?:cancer|tumor|neoplasm|growth|disease)\b"
    r"|(?<=[a-z] )secondary (?:cancer|tumor|neoplasm|growth)$"
    r"|(?:cancer|tumor) metastasis(?= (?:to|in)\b)"
)
"""What is a metastasis of a place that follows; a "metastatic cancer of" one began there."""


ADDED_WORDS = frozenset(
    stems(
        """
        of in the and nos not otherwise specified unspecified site ca primary malignancy feels
        feeling to secondary disease metastasis gland
        """
    )
)
"""Stems that a text may have and its name not, apart from qualifiers and what is in brackets."""


@dataclass(frozen=True)
class Convention:
    """One way of writing a name.

    Attributes:
        name: Name of the convention, as the column `how` gives it.
        source: Who writes so.
        reduce: Returns the text without it, or the text itself.
    """

    name: str
    source: str
    reduce: Callable[[str], str]


def _without_marks(text: str) -> str:
    return _MARKS.sub("", text)


def _without_intervention(text: str) -> str:
    return _INTERVENTION.sub("", text)


def _without_colon(text: str) -> str:
    return _COLON.sub(" of ", text)


def _without_number(text: str) -> str:
    return _NUMBER.sub("", text)


def _without_chapter(text: str) -> str:
    return _CHAPTER.sub("", text)


def _without_feeling(text: str) -> str:
    return _FEELING.sub("", text)


def _without_tag(text: str) -> str:
    return _TAG.sub("", text)


def _without_nos(text: str) -> str:
    return _UNSPECIFIED.sub("", _NOS.sub("", text)).strip(" ,")


def _without_abbreviation(text: str) -> str:
    """Return the long form of a text that ends in its abbreviation in brackets, or the reverse."""
    found = _BRACKETED.match(text)
    if found is None:
        return text
    for long, short in (found["long"], found["short"]), (found["short"], found["long"]):
        if abbreviates(short, long):
            return long.strip()
    return text


CONVENTIONS = (
    Convention("trademark", "labels of drugs", _without_marks),
    Convention("type of intervention", "ClinicalTrials.gov", _without_intervention),
    Convention("mark of a chapter", "Read codes: [D], [M] and [X]", _without_chapter),
    Convention("colon", "ICD-10: Malignant neoplasm: Breast, unspecified", _without_colon),
    Convention("number in brackets", "HCUP CCS: Cancer of breast [24.]", _without_number),
    Convention("feeling", "SNOMED CT: feeling nervous; MedDRA: feeling hot", _without_feeling),
    Convention("semantic tag", "SNOMED CT: fully specified names", _without_tag),
    Convention("abbreviation in brackets", "NCIt, LOINC, journals", _without_abbreviation),
    Convention("NOS", "ICD-O; ICD-10-CM guidelines I.A.6: NOS is unspecified", _without_nos),
)  # fmt: skip


def abbreviates(short: str, long: str) -> bool:
    """Return whether a short text abbreviates a long one by the letters of its words.

    The letters of the short form must occur in this order in the long form, the first one at the
    start of the long form: the algorithm of Schwartz and Hearst (2003), with a stricter start. Two
    capital letters tell an abbreviation from a word; without any capitals, the letters must be the
    initials of all words.

    Example:
        >>> abbreviates("SREs", "skeletal-related events"), abbreviates("left", "breast cancer")
        (True, False)
    """
    letters = "".join(words(short))
    folded = " ".join(words(long))
    if (
        not 2 <= len(letters) <= 10
        or letters in _NO_ANSWER
        or len(words(short)) > 2
        or len(folded) <= len(letters)
    ):
        return False
    if (short + long).islower():
        return letters == "".join(word[0] for word in words(long))
    if sum(char.isupper() for char in short) < 2 or folded[0] != letters[0]:
        return False
    rest = iter(folded)
    return all(letter in rest for letter in letters)


def reductions(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Iterate over a text and the texts that result as conventions are removed, one by one.

    Yields:
        Names of the removed conventions, and the text without them.

    Example:
        >>> list(reductions("Breast cancer, NOS (disorder)"))[-1]
        (('semantic tag', 'NOS'), 'Breast cancer')
    """
    removed: tuple[str, ...] = ()
    text = " ".join(text.split())
    yield removed, text
    for convention in CONVENTIONS:
        reduced = convention.reduce(text)
        if reduced != text and reduced.strip():
            text, removed = reduced, (*removed, convention.name)
            yield removed, text


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
    found = {*_joined(stems(text)).split()} - _LEFT_OUT
    if "malignant" in found and not found.isdisjoint(_TUMORS):
        found = found - _TUMORS - {"malignant"} | {"cancer"}
    if "secondary" in found and not found.isdisjoint(_TUMORS | {"cancer"}):
        found = found - _TUMORS - {"secondary", "cancer"} | {"metastasis"}
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
    found = words(text)
    if not _OF_WORDS.isdisjoint(found):
        return OF
    if len(found) > 1 and found[-1] in _LAST_ADJECTIVES:
        return ADJECTIVE_LAST
    return CA_FIRST if len(found) > 1 and found[0] == "ca" else None


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
