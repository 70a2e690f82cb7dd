"""Modifiers: phrases that add a cause, an origin, a purpose or a bone, and make a name narrower."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .spelling import stems

MODIFIER = "cause, origin, purpose or bone"
"""Added phrases that make a name narrower; see `unmodified`."""

_PROBLEMS = frozenset({"symptom", "finding", "condition", "cancer", "type"})
_TREATMENTS = frozenset({"procedure", "treatment"})
_CONDITIONS = frozenset({"condition"})
_CANCERS = frozenset({"cancer"})
_KINDS = {
    # Lung cancer from breast is breast cancer.
    **dict.fromkeys(("from", "due to", "secondary to"), _PROBLEMS - _CANCERS),
    **dict.fromkeys(("for", "using"), _TREATMENTS),
    **dict.fromkeys(("before", "after", "following", "during"), _PROBLEMS | _TREATMENTS),
}
"""Kinds of the concepts that a phrase with this word makes narrower; of others, problems."""

_PHRASE = re.compile(
    r"\s*[,(]?\s*\b(?P<word>due to|secondary to|caused by|resulting from|associated with|related to"
    r"|because of|complicated by|from|before|following|after|during|for|using|with|without)\s+"
    r"(?P<rest>.+)$",
    re.IGNORECASE,
)
_CAUSED = re.compile(
    r"^(?!non|never|un)[\w-]+[- ](?:induced|related|associated)\s+(?=\w)", re.IGNORECASE
)
_OF_A_CANCER = re.compile(r"\s(?:of|in)\s.*(?:cancer|carcinoma|myeloma)$", re.IGNORECASE)
_TUMOR = (
    r"(?:(?!of |for |in |to |non |benign )[\w-]+ ){0,3}?"
    r"(?:\w*carcinoma|cancer|malignancy|tumou?r|neoplasm|melanoma|NSCLC|SCLC|RCC|m?CRPC)"
)
_OF_A_TUMOR = re.compile(
    rf"^(?P<tumor>{_TUMOR})(?: \([^()]*\))? "
    r"(?P<rest>(?:bone|bony|skeletal|osseous|spinal?) (?:mets?|metasta\w+))$",
    re.IGNORECASE,
)
_SPREAD_TO = re.compile(
    rf"^(?:(?P<first>{_TUMOR}) (?:metastatic|with metastas[ie]s) to"
    rf"|(?:metastatic|secondary) (?P<second>{_TUMOR}) (?:to|in))(?: the)? (?P<place>[\w ]+)$",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"cancer|carcinoma|tumou?r|neoplas|malignan|metasta|myeloma|\bmets?\b|pain|palliat|bone|fracture"
    r"|compression|surg|operat|therapy|photons|protons|electrons|neutrons",
    re.IGNORECASE,
)
"""Purposes and means of the treatments: "hormone therapy for menopause" is none of cancer."""
_SPREAD = re.compile(r"\b(?:met|mets|metasta\w+|secondary|secondaries)\b", re.IGNORECASE)
_RADIATION = re.compile(r"radiation|radiotherapy|\b(?:EB|X)?RT\b", re.IGNORECASE)
_BONES = re.compile(
    r"\b(?:(?:long|pelvic|rib|vertebral|cranial|facial|hip|leg|thigh) bones?"
    r"|ribs?|femurs?|femoral|humerus|humeral|tibial?|fibula|ulna|sternum|sternal|skull|calvarium"
    r"|vertebrae?|vertebral(?: bod(?:y|ies))?|sacrum|sacral|ilium|iliac|acetabulum|acetabular"
    r"|scapular?|clavicles?|mandible|mandibular|ischium|pubis|calcaneus)\b",
    re.IGNORECASE,
)
_NOT_CERTAIN = re.compile(r"\b(?:not?|nor|or)\b|^(?:without|non)\b", re.IGNORECASE)

MODIFIER_WORDS = frozenset(
    stems(
        """
        due secondary caused resulting associated related because complicated from before following
        after during for using with without induced metastatic metastases cancer carcinoma myeloma
        radiation radiotherapy irradiation rt ebrt xrt
        """
    )
)
"""Stems of which a text with a modifier has one."""


class Plain(NamedTuple):
    """A name without a modifier.

    Attributes:
        text: The name.
        kinds: Kinds of the concepts for which the modifier makes the name narrower.
        if_named: Whether the name counts only if the one before it names a concept.
    """

    text: str
    kinds: frozenset[str]
    if_named: bool = False


def unmodified(text: str) -> Iterator[Plain]:
    """Iterate over the names that a text adds a cause, an origin, a purpose or a bone to.

    ICD-10-CM writes "due to" and "with" (guidelines I.A.15), SNOMED CT "caused by" and
    "metastatic to", registries of trials "for" a disease.

    Example:
        >>> [plain.text for plain in unmodified("Hypercalcemia due to bone metastases")]
        ['Hypercalcemia']
        >>> [plain.text for plain in unmodified("Prostate cancer metastatic to bone")]
        ['metastasis to bone', 'Prostate cancer']
        >>> [plain.text for plain in unmodified("Rib metastasis")]
        ['bone metastasis']
    """
    if _NOT_CERTAIN.search(text):
        return
    spread = _SPREAD.search(text) is not None
    if spread and (found := _SPREAD_TO.match(text)):
        yield Plain(f"metastasis to {_BONES.sub('bone', found['place'])}", _CONDITIONS)
        yield Plain(found["first"] or found["second"], _CANCERS)
    elif spread and (found := _OF_A_TUMOR.match(text)):
        yield Plain(found["rest"], _CONDITIONS)
        yield Plain(found["tumor"], _CANCERS)
    elif found := _PHRASE.search(text):
        word = found["word"].casefold()
        kinds = _KINDS.get(word, _PROBLEMS)
        if not _TREATED.search(found["rest"]):
            kinds -= _TREATMENTS
        yield Plain(text[: found.start()], kinds)
        if word == "with":
            yield Plain(found["rest"], _CONDITIONS, if_named=True)
    elif found := _OF_A_CANCER.search(text):
        yield Plain(text[: found.start()], _CONDITIONS)
    elif found := _CAUSED.match(text):
        yield Plain(text[found.end() :], _PROBLEMS)
    if (spread or _RADIATION.search(text)) and _BONES.search(text):
        yield Plain(_BONES.sub("bone", text), _CONDITIONS if spread else _TREATMENTS)
