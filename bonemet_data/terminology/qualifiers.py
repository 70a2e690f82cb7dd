"""Qualifiers: words such as the side, severity, course and stage, which make a name narrower."""

import re

from .spelling import stems
from .word_order import key

QUALIFIER = "side, severity, course, stage, histology or intent"
"""Added words that make a name narrower; see `unqualified`."""

_WORDS = """
    left right bilateral unilateral male female
    very extreme extremely slight slightly mild moderate severe profound acute subacute chronic
    recurrent relapsed refractory transient intermittent episodic persistent progressive
    focal multifocal diffuse disseminated widespread extensive multiple solitary innumerable
    localized localised generalized generalised flaccid spastic displaced nondisplaced non-displaced
    comminuted NEC
    palliative curative definitive salvage adjuvant neoadjuvant neo-adjuvant concurrent preoperative
    pre-operative postoperative post-operative perioperative peri-operative intraoperative
    intra-operative hypofractionated hypo-fractionated combination single-agent dose-dense radical
    partial percutaneous laparoscopic robotic HDR LDR interstitial intracavitary operable inoperable
    resectable unresectable triple-negative painful symptomatic asymptomatic elective emergency
    ambulatory outpatient inpatient acquired congenital hereditary familial idiopathic circulating
"""
_HISTOLOGIES = """
    acinar anaplastic apocrine basaloid bronchioloalveolar chromophobe columnar cribriform cystic
    ductal endometrioid follicular infiltrating inflammatory keratinizing lobular medullary
    metaplastic micropapillary mucinous mucoepidermoid neuroendocrine papillary pleomorphic
    sarcomatoid scirrhous secretory tubular undifferentiated
"""
_WHOLE_WORDS = r",?\s*[(\[]?(?<![\w-])(?:{})\b[)\]]?(?!-)"
_SPREAD = re.compile(
    _WHOLE_WORDS.format(
        "metastatic(?!.* (?:to|in|from) )|(?:locally )?advanced|invasive|newly diagnosed"
    ),
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    _WHOLE_WORDS.format(
        "|".join((_WORDS + _HISTOLOGIES).split()) + r"|triple\snegative"
        r"|(?:clear|giant|large|small|non-?small|oat|spindle|squamous|transitional)[- ]cell"
        r"|signet[- ]ring(?:[- ]cell)?|squamous|(?:poorly|moderately|well)[- ]differentiated"
        r"|adenoid|second primary|(?:local )?recurrence of|in (?:remission|relapse)"
        r"|(?:early|limited|extensive)[- ]stage"
        r"|(?:first|second|third)[- ]line|ajcc v[0-9](?: and v[0-9])?"
        r"|(?:short|long)[- ]course|(?:high|low)[- ]dose(?:[- ]rate)?"
        r"|(?:hormone|castrat(?:ion|e))[- ](?:refractory|resistant|sensitive|dependent|na[iï]ve)"
        r"|(?:[EPH]R|HER2|(?:hormone|estrogen|progesterone)[- ]receptor)[- ](?:positive|negative)"
        r"|(?:(?:tnm|ajcc|clinical|pathologic) )?(?:stage|grade) (?:[1-4]|i{1,3}v?|iv)[a-d]?[0-9]?"
        r"(?:[-/\N{EN DASH}](?:[1-4]|i{1,3}v?|iv))?"
    ),
    re.IGNORECASE,
)
QUALIFIER_WORDS = frozenset(
    stems(
        f"""
        {_WORDS} {_HISTOLOGIES} clear giant large small non cell oat spindle squamous
        transitional signet ring poorly moderately well differentiated adenoid second primary
        recurrence local metastatic locally advanced invasive newly diagnosed
        remission relapse early limited stage grade first second third line 0 1 2 3 4 i ii
        iii iv ia ib ic iia iib iic iiia iiib iiic iva ivb ivc tnm ajcc clinical pathologic
        v6 v7 v8 v9 high low rate short long course hormone castration castrate resistant
        sensitive dependent naive naïve positive er pr hr her2 receptor estrogen progesterone
        """
    )
)
"""Stems of the words that `unqualified` removes."""


def unqualified(text: str) -> tuple[str, ...]:
    """Return the wider names without side, sex, severity, course, stage and intent.

    ICD-10-CM adds the side (guidelines I.B.13) and NEC for other kinds (I.A.6), HPO and SNOMED CT
    severity, course and spread, NCIt and ClinicalTrials.gov stage and course: "Stage IV Breast
    Cancer AJCC v8", "Recurrent Breast Carcinoma".

    Returns:
        The name without all of them but the spread of a tumor, and the name without its spread,
        in so far as they differ.

    Example:
        >>> unqualified("Malignant neoplasm of left breast"), unqualified("Breast cancer")
        (('Malignant neoplasm of breast',), ())
        >>> unqualified("Diffuse metastatic breast cancer")
        ('metastatic breast cancer', 'breast cancer')
    """
    plain = _QUALIFIER.sub("", text).strip(" ,-")
    wider = plain
    # "Metastatic cancer to the breast" is no cancer of the breast.
    if not key(plain).startswith("metastasis"):
        wider = _SPREAD.sub("", plain).strip(" ,-")
    return tuple(name for name in dict.fromkeys((plain, wider)) if name and name != text)
