"""Drugs in the strings of orders and trials, such as "zoledronic acid 4 mg IV".

An agent, a class or a brand is found as whole words, if everything else in its part of the string
is a dose, a form, a route, a time, a salt or an arm. A guard anywhere in the string, as in "Placebo
to denosumab", means that the drug was not given or that the string is about something else.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from .certainty import DOUBTS
from .spelling import stems, words

_Name = TypeVar("_Name")

_GUARDS = DOUBTS | frozenset(
    words(
        """
        placebo placebos sham no non not without none nil avoid avoided avoidance free naive
        denies stop stopped discontinued discontinue discontinuation hold withheld withdrawal
        withdrawn instead allergies hypersensitivity intolerance intolerant reaction adverse
        effect effects side toxicity toxic poisoning overdose underdosing overdosing abuse
        misuse dependence dep dependent addiction disorder use user induced antagonist
        antagonists inhibitor inhibitors receptor receptors resistant resistance refractory
        level levels measurement assay test testing antibody antibodies metabolite
        contraindicated contraindication caused due by against anti exposure sensitivity sparing
        nonopioid nonnarcotic prior previous rather than unless if before or dummy rash
        contraindications
        """
    )
)
"""Words that turn a mention of a drug into something else."""

_REST = frozenset(
    words(
        """
        mg mcg g gm kg ug µg ml l dl iu u unit units mmol meq ng hr hrs h hour hours hourly min
        mins minute minutes day days daily week weeks weekly month months monthly year years
        yearly annually once twice thrice every each per q qd bid tid qid qhs qam qpm qod prn
        stat od bd tds qds nocte mane ac pc hs x iv ivpb im sc sq subq subcut po pr sl td oral
        orally intravenous intravenously subcutaneous subcutaneously intramuscular
        intramuscularly transdermal topical topically rectal rectally sublingual buccal
        intrathecal epidural nasal parenteral injection injections injectable inj infusion
        infusions infus inf bolus drip tablet tablets tab tabs capsule capsules cap caps caplet
        caplets solution soln suspension susp syrup elixir patch patches gel cream ointment
        spray lozenge suppository suppositories powder concentrate vial vials syringe syringes
        prefilled pen ampoule ampoules bag film coated chewable effervescent dispersible
        disintegrating odt extended release controlled modified sustained prolonged immediate
        delayed er sr xr cr xl la ir dr ec mr preservative for in to at a an of the from on and
        w sodium disodium potassium calcium hydrochloride hcl sulfate sulphate phosphate citrate
        tartrate bitartrate maleate acetate monohydrate trihydrate hydrate anhydrous hemihydrate
        tromethamine salt dose doses dosing dosage low high standard loading maintenance single
        total strength generic brand arm group cohort experimental active
        drug drugs medication agent biosimilar formulation product oncology adult pediatric ad
        hoc adjuvant neoadjuvant liquid qmon qtue qwed qthu qthur qfri qsat qsun needed as
        with water nacl saline normal outpatient inpatient take give
        administer administered cycle cycles
        """
    )
)
"""Words that may accompany a drug: doses, forms, routes, times, salts, and arms of trials."""

_REST_STEMS = frozenset(stem for word in _REST for stem in stems(word))
_PARTS = re.compile(r"\s*(?:[+]|\band\b|\bplus\b|\bwith\b|\bfollowed by\b|\bthen\b)\s*")
_LISTED = re.compile(r"\s*[;|,&/]\s*")
"""What stands between drugs of a list; between other words it may stand before "deferred"."""
_NOTHING = re.compile(r"(?<![\d.,])0+(?:\.0+)?\s*(?:mg|mcg|g|ml|units?)\b")
_NUMBER = re.compile(r"(?!0+$)[0-9]+(?:[a-z]{1,5})?|q[0-9]+[a-z]{0,2}|[0-9.]+x?|[a-d]|i{1,3}")
_PRESERVATIVE_FREE = re.compile(r"\bpreservative[- ]free\b")
_REASON = re.compile(
    r"\b(prn|as needed)\b(?:\s*(?:for|or|and|severe|moderate|mild|breakthrough|pain|fever|nausea"
    r"|sleep|vomiting|headaches?|constipation|anxiety|agitation)\b)*"
)
"""What follows "as needed" is the reason: "PRN pain"."""
_BEFORE_COLON = re.compile(
    r"^(?:drug|biological|arm(?: [a-z0-9]{1,3})?|group(?: [a-z0-9]{1,3})?|experimental)\s*:\s*"
)
_LONGEST = 6
"""Words of the longest name of a drug that is searched."""


def find_drugs(text: str, names: Mapping[str, _Name]) -> Iterator[_Name]:
    """Iterate over the drugs in a string.

    Args:
        text: The string.
        names: Drugs by name: the stems of the words of each name, joined by spaces.

    Example:
        >>> list(find_drugs("Zoledronic acid 4 mg IV q4w", {"zoledronic acid": 1}))
        [1]
        >>> list(find_drugs("Placebo to zoledronic acid", {"zoledronic acid": 1}))
        []
    """
    text = _PRESERVATIVE_FREE.sub("", " ".join(text.casefold().split()))
    text = _BEFORE_COLON.sub("", _REASON.sub(r"\1", text))
    if "w/o" in text or _NOTHING.search(text) or not _GUARDS.isdisjoint(words(text)):
        return
    found: list[_Name] = []
    for item in _LISTED.split(text):
        parts = [_find(part, names) for part in _PARTS.split(item)]
        if all(part is None for part in parts):
            return
        found += [name for part in parts for name in part or ()]
    yield from found


def _find(part: str, names: Mapping[str, _Name]) -> list[_Name] | None:
    """Return the drugs in a part, or None if one of its other words may not accompany a drug."""
    found = []
    words_of_part = stems(part)
    position = 0
    while position < len(words_of_part):
        for length in range(min(_LONGEST, len(words_of_part) - position), 0, -1):
            name = names.get(" ".join(words_of_part[position : position + length]))
            if name is not None:
                found.append(name)
                position += length
                break
        else:
            word = words_of_part[position]
            if word not in _REST_STEMS and not _NUMBER.fullmatch(word):
                return None
            position += 1
    return found
