"""Conventions by which vocabularies, registries and hospitals write one name in several ways.

Each convention is documented by a vocabulary that uses it, and removes or reorders words without
changing what the name means. A text is never compared by part of its words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from .spelling import stems, words

_MARKS = re.compile(r"[®™©℠]|(?<=\w)\((?:r|tm|c)\)", re.IGNORECASE)
_INTERVENTION = re.compile(
    r"^\s*(?:drug|biological|procedure|radiation|dietary supplement|combination product)\s*:\s*",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\s*\((?:disorder|disease|finding|morphologic abnormality|procedure|regime/therapy|substance"
    r"|product|medicinal product|medicinal product form|clinical drug|situation|event"
    r"|observable entity|assessment scale|physical object|organism|person|qualifier value"
    r"|body structure|cell|cell structure|attribute"
    r"|context-dependent category|navigational concept)\)\s*$"
    r"|\s*\[(?:EPC|Chemical/Ingredient|CS)\]\s*$",
    re.IGNORECASE,
)
_NOS = re.compile(
    r",?\s*[(\[]?\b(?:N\.?O\.?S\b\.?|not otherwise specified|unspecified$"
    r"|(?:(?<=, )|of )(?:unspecified (?:site|type)|(?:site|type) (?:unspecified|not specified))$)"
    r"[)\]]?",
    re.IGNORECASE,
)
_COLON = re.compile(r"(?<=\bneoplasm): (?=\w)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\[[1-9][0-9]{0,3}\.?\s*\]\s*$")
_UNSPECIFIED = re.compile(r"^unspecified\s+|\bunspecified part of\s+", re.IGNORECASE)
_FEELING = re.compile(r"^(?:feels|feeling)\s+(?!of\b)", re.IGNORECASE)
_CHAPTER = re.compile(r"^\s*\[[DMX]\]\s*")
_BRACKETED = re.compile(r"^(?P<long>[^()\[\]]+)[(\[](?P<short>[^()\[\]]+)[)\]]\s*$")
_INSERTED = re.compile(r"^(?P<first>[^()]+) \((?P<second>[^()]+)\) (?P<noun>[^()]+)$")
_DASHED = re.compile(r"^(?P<short>\w{2,10})\s+[-\N{EN DASH}]\s+(?P<long>.+)$")
_CTCAE = re.compile(
    r",?\s*[(\[]?\bCTCAE(?:\s*(?:v[1-9](?:\.[0-9])?|[1-9]\.[0-9]))?[)\]]?,?", re.IGNORECASE
)
_COMPLAINT = re.compile(
    r"^(?:c/o|(?:patient )?(?:has|complain(?:s|ing|ed)? of|report(?:s|ed)))\s+"
    r"|(?<=\w)[ ,-]+(?:symptom|present)(?=$|,? NOS$)",
    re.IGNORECASE,
)
_GENE_SET = re.compile(r"^(?:KEGG|PID|BIOCARTA|HALLMARK|WP|GOBP)_(?=\w+_)")
_BIOLOGIC = re.compile(
    r"(?<=mab)-(?!free|like|plus|only|held|hold|stop|none|sham|fail|skip|dose|drug|past)[a-z]{4}\b",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r"\b(?:e\.?g\b|such as\b|for example\b).+$", re.IGNORECASE)
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_NO_ANSWER = frozenset({"na", "no"})
_SYSTEM = r"(?:(?:ICD-?(?:9|10|O)(?:-?CM)?|SNOMED(?: CT)?):?\s*)?"
_CODE = _SYSTEM + (
    r"(?:[A-CE-OR-S][0-9][0-9AB](?:\.?[0-9A-Z]{1,4})?|(?!000)[0-9]{3}(?:\.[0-9]{1,2})?|[0-9]{6,18})"
)
_SURE_CODE = (
    _SYSTEM
    + r"(?:[A-CE-OR-S][0-9][0-9AB]\.[0-9A-Z]{1,4}|C[0-9]{2}|[0-9]{3}\.[0-9]{1,2}|[0-9]{6,18})"
)
"""A code that cannot be a vertebra, vitamin, mutation or antibody: T12, B12, G12C or A33."""
_DASH = r"\s*[-\N{EN DASH}:|]\s+|\s+[-\N{EN DASH}:|]\s*"
_CODE_FIRST = re.compile(rf"^(?:{_CODE}(?:{_DASH})|{_SURE_CODE}\s+)(?=[^\W\d])")
_CODE_LAST = re.compile(rf"\s*(?:\({_CODE}\)|\[{_CODE}\]|\|)\s*$")
_AND_OR = re.compile(r"\band/or\b", re.IGNORECASE)
_WITH = re.compile(r"\bw/(?P<out>o\b)?\s*", re.IGNORECASE)
_HYPHEN = re.compile(r"\s+[-\N{EN DASH}]\s+")
_SLASH = re.compile(r"(?<=[^\W\d])\s*/\s*(?=[^\W\d])")
_OR = re.compile(r",?\s+(?:or|aka|a\.k\.a\.|i\.e\.,?|also known as)\s+", re.IGNORECASE)
_SEVERAL = re.compile(rf"\s*[/=]\s*|{_OR.pattern}", re.IGNORECASE)
_SIGNS_OF_SEVERAL = frozenset("([/=")

ADDED_WORDS = frozenset(
    stems(
        """
        of in the and nos not otherwise specified unspecified site ca primary malignancy feels
        feeling to secondary disease metastasis gland ctcae complains of c o reports has
        symptom present part patient drug medication agent medicine
        """
    )
)
"""Stems that a text may have and its name not, apart from qualifiers, brackets and codes."""


COMPLAINT = "complaint"


@dataclass(frozen=True)
class Convention:
    """One way of writing a name.

    Attributes:
        name: Name of the convention, as the column `how` gives it.
        source: Who writes so.
        reduce: Returns the text without it, or the text itself.
        in_names: Whether names are written so too; otherwise only the texts of data are.
    """

    name: str
    source: str
    reduce: Callable[[str], str]
    in_names: bool = True


def _without_ctcae(text: str) -> str:
    return _CTCAE.sub("", text).strip(" ,") if "CTCAE" in text.upper() else text


def _without_examples(text: str) -> str:
    plain = _EXAMPLES.sub("", text)
    return text if plain == text else plain.rstrip(" ,([")


def _without_joined_words(text: str) -> str:
    return text if " " in text else _JOINED.sub(" ", text)


def _without_code(text: str) -> str:
    return _CODE_LAST.sub("", _CODE_FIRST.sub("", text))


def _without_slash(text: str) -> str:
    return _SLASH.sub(" and ", _AND_OR.sub("and", text))


def _without_shorthand(text: str) -> str:
    return _WITH.sub(lambda found: "without " if found["out"] else "with ", text)


def _without_nos(text: str) -> str:
    return _UNSPECIFIED.sub("", _NOS.sub("", text)).strip(" ,")


def _without_abbreviation(text: str) -> str:
    """Return the long form of a text that ends in its abbreviation in brackets, or the reverse."""
    found = _BRACKETED.match(text) or _DASHED.match(text)
    if found is None:
        return text
    for long, short in (found["long"], found["short"]), (found["short"], found["long"]):
        if abbreviates(short, long):
            return long.strip()
    return text


CONVENTIONS = (
    Convention("code beside the name", "diagnosis lists: C50 Breast cancer", _without_code),
    Convention("trademark", "labels of drugs", partial(_MARKS.sub, "")),
    Convention("suffix of a biologic", "FDA: denosumab-bbdz", partial(_BIOLOGIC.sub, "")),
    Convention("terminology of adverse events", "NCIt: Bone Pain, CTCAE", _without_ctcae),
    Convention(COMPLAINT, "notes: c/o nausea, Nausea present", partial(_COMPLAINT.sub, ""), False),
    Convention("gene set", "MSigDB: KEGG_WNT_SIGNALING_PATHWAY", partial(_GENE_SET.sub, "")),
    Convention("examples", "drug lists: NSAIDs (e.g., ibuprofen)", _without_examples),
    Convention("joined words", "names of cohorts: RadiationTherapyOfBone", _without_joined_words),
    Convention("type of intervention", "ClinicalTrials.gov", partial(_INTERVENTION.sub, "")),
    Convention("mark of a chapter", "Read codes: [D], [M] and [X]", partial(_CHAPTER.sub, "")),
    Convention("colon", "ICD-10: Malignant neoplasm: Breast", partial(_COLON.sub, " of ")),
    Convention("number in brackets", "HCUP CCS: Cancer of breast [24.]", partial(_NUMBER.sub, "")),
    Convention("feeling", "SNOMED CT: feeling nervous", partial(_FEELING.sub, "")),
    Convention("semantic tag", "SNOMED CT: (disorder); FDA: [EPC]", partial(_TAG.sub, "")),
    Convention("abbreviation in brackets", "NCIt, LOINC, journals", _without_abbreviation),
    Convention("NOS", "ICD-O; ICD-10-CM guidelines I.A.6: NOS is unspecified", _without_nos),
    Convention("dash", "SNOMED CT: Pathological fracture - ankle", partial(_HYPHEN.sub, ", ")),
    Convention("w/ for with", "CTEP: RCC w/ sarcomatoid features", _without_shorthand),
    Convention("slash", "SEER: Lung/Bronchus; SNOMED CT: and/or", _without_slash),
)  # fmt: skip


def abbreviates(short: str, long: str) -> bool:
    """Return whether a short text abbreviates a long one by the letters of its words.

    The letters of the short form must occur in this order in the long form, the first one at the
    start of the long form, and capital letters must start words: the algorithm of Schwartz and
    Hearst (2003), with stricter rules for starts. Two capital letters tell an abbreviation from a
    word; without any capitals, the letters must be the initials of all words.

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
    capitals = "".join(char for char in short if char.isupper()).casefold()
    initials = iter(word[0] for word in words(long))
    if not all(letter in initials for letter in capitals):
        return False
    rest = iter(folded)
    return all(letter in rest for letter in letters)


def without_added_words(text: str) -> str:
    """Return a text without the words that conventions add to names, which no list contains.

    Example:
        >>> without_added_words("C79.51 - Bone metastasis"), without_added_words("denosumab-bbdz")
        ('Bone metastasis', 'denosumab')
    """
    text = _GENE_SET.sub("", _BIOLOGIC.sub("", _CODE_FIRST.sub("", text)))
    text = _without_examples(_without_joined_words(_without_shorthand(text)))
    return _without_abbreviation(text) if _DASHED.match(text) else text


def several(text: str) -> tuple[str, ...]:
    """Return the names in a text that has several, one in brackets or after a slash, or none.

    Example:
        >>> several("Hypercalcemia (high blood calcium)"), several("tiredness or fatigue")
        (('Hypercalcemia', 'high blood calcium'), ('tiredness', 'fatigue'))
        >>> several("kidney (renal) cancer"), several("bone pain")
        (('kidney cancer', 'renal cancer'), ())
    """
    if _SIGNS_OF_SEVERAL.isdisjoint(text) and not _OR.search(text):
        return ()
    if found := _INSERTED.match(text):
        parts = tuple(f"{found[name]} {found['noun']}" for name in ("first", "second"))
    else:
        found = _BRACKETED.match(text)
        parts = found.groups() if found else tuple(_SEVERAL.split(text))
    return tuple(part.strip() for part in parts) if len(parts) > 1 else ()


def reductions(text: str, *, is_name: bool = False) -> Iterator[tuple[tuple[str, ...], str]]:
    """Iterate over a text and the texts that result as conventions are removed, one by one.

    Args:
        text: The text.
        is_name: Whether it is a name, in which only some conventions occur.

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
        if is_name and not convention.in_names:
            continue
        reduced = convention.reduce(text)
        if reduced != text and reduced.strip():
            text, removed = reduced, (*removed, convention.name)
            yield removed, text
