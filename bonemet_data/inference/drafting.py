"""Drafts of fields: the type, constraints and description that a profile suggests."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..reporting.escaping import quoted
from .limits import REFUTABLE, describe_constraints, describe_range, find_constraints
from .missing_texts import are_country_codes, is_mark, is_word
from .profiles import Profile
from .readings import ANY, STRING, Reading, find_readings
from .recognition import Recognition, Recognize

_SHORT_YEAR = re.compile(r"[0-9]{1,2}([./-])([0-9]{1,2}|[A-Za-z]{3})\1[0-9]{2}")


@dataclass
class Refuted:
    """What a check of the table has shown not to be true of a column.

    Attributes:
        readings: Readings that a value does not fit.
        confirmed: Readings that all values fit.
        keywords: Constraints that a value breaks.
    """

    readings: list[Reading] = field(default_factory=list)
    confirmed: list[Reading] = field(default_factory=list)
    keywords: set[str] = field(default_factory=set)

    def update(self, draft: "Draft", broken: Collection[str]) -> bool:
        """Note which rules a draft breaks; return whether a new one must be made."""
        new = REFUTABLE.intersection(broken) - self.keywords
        self.keywords |= new
        if "type" in broken and draft.reading != ANY:
            self.readings.append(draft.reading)
            return True
        if draft.is_trial:
            self.confirmed.append(draft.reading)
        return bool(new) or draft.is_trial


@dataclass(frozen=True)
class Draft:
    """A field as it is drafted.

    Attributes:
        entry: The field, as a JSON object.
        reading: The reading of its values.
        reference: Reference of its foreign key; None for none.
        is_trial: Whether another reading must be tried as well.
    """

    entry: dict[str, Any]
    reading: Reading
    reference: dict[str, Any] | None
    is_trial: bool


def draft_field(
    profile: Profile, refuted: Refuted, missing: Collection[str], recognize: Recognize
) -> Draft:
    """Draft the field of a column, given what is refuted, and the texts of missing values."""
    return _Drafting(profile, refuted, missing, recognize).draft()


class _Drafting:
    """The work on one field; sentences are collected in the order of the decisions."""

    def __init__(
        self, profile: Profile, refuted: Refuted, missing: Collection[str], recognize: Recognize
    ) -> None:
        self.profile, self.refuted, self.recognize = profile, refuted, recognize
        self.stated = {"", *missing}
        self.sentences: list[str] = []
        self.is_trial = False
        self.texts = [
            text
            for text in dict.fromkeys((*profile.texts, *profile.more))
            if text not in self.stated
        ]
        self.marks: list[str] = []

    def draft(self) -> Draft:
        """Return the draft."""
        reading = self._stored() if self.profile.stored is not None else self._of_texts()
        entry: dict[str, Any] = {"name": self.profile.name, **reading.properties}
        known = self._recognized(reading)
        if known is not None and known.is_sure and reading.is_quantity:
            reading = STRING
            entry = {"name": self.profile.name, **reading.properties}
        if self.marks:
            entry["missingValues"] = [*sorted(self.stated), *sorted(self.marks)]
        reference = None
        if known is not None and reading == STRING:
            self.sentences.append(known.sentence)
            entry |= known.properties
            if known.reference is not None and "foreignKeys" not in self.refuted.keywords:
                reference = dict(known.reference)
        absent = {*self.stated, *self.marks}
        found = find_constraints(
            self.profile, reading, absent, self.refuted.keywords, is_known=known is not None
        )
        constraints = dict(found)
        self.sentences += describe_constraints(constraints)
        self.sentences += describe_range(self.profile, reading, absent, constraints)
        if self.sentences:
            entry["description"] = " ".join(self.sentences)
        if constraints:
            entry["constraints"] = constraints
        return Draft(entry, reading, reference, self.is_trial)

    def _stored(self) -> Reading:
        """Return the reading of values that are no text."""
        for name in self.profile.stored or ():
            if (reading := Reading(name)) not in self.refuted.readings:
                return reading
        return self._text()

    def _text(self) -> Reading:
        """Return the reading that any value fits."""
        is_text = "string" in self.profile.types and STRING not in self.refuted.readings
        return STRING if is_text else ANY

    def _of_texts(self) -> Reading:
        """Return the reading of texts, and find those that represent a missing value."""
        marks = [text for text in self.texts if is_mark(text)]
        words = [text for text in self.texts if is_word(text)]
        values = [text for text in self.texts if text not in {*marks, *words}]
        if not values and not words:
            self._mark(marks)
            self.sentences.append("No value: the type is unknown.")
            return ANY
        reading = self._typed(values) if values and not self.profile.has_long else None
        if reading is not None and (reading.type != "boolean" or not words):
            self.sentences += reading.sentences(values)
            self._mark([*marks, *words])
            return reading
        if marks and not are_country_codes([*values, *words, *marks]):
            self._mark(marks)
        if words:
            self.sentences.append(
                f"{_listed(words)} {_verb(words, 'is a value', 'are values')}: if a value is "
                "missing there, add the text to missingValues."
            )
        return self._text()

    def _mark(self, marks: list[str]) -> None:
        self.marks = marks
        if marks:
            verb = _verb(marks, "represents", "represent")
            self.sentences.append(f"{_listed(marks)} {verb} a missing value.")

    def _typed(self, values: list[str]) -> Reading | None:
        """Return the reading of values that are more than text; None if there is none."""
        for found in find_readings(self.profile.name, values):
            interpretations = [
                readings for each in found if (readings := [*filter(self._is_possible, each)])
            ]
            if interpretations and interpretations[0][0].is_quantity and self.profile.label:
                self.sentences.append(f"Text, because {_why_label(self.profile.label)}.")
                return None
            if len(interpretations) == 1:
                return interpretations[0][0]
            if interpretations:
                return self._ambiguous([readings[0] for readings in interpretations])
        self._describe_text(values)
        return None

    def _is_possible(self, reading: Reading) -> bool:
        return reading.type in self.profile.types and reading not in self.refuted.readings

    def _ambiguous(self, readings: list[Reading]) -> Reading | None:
        """Return a reading to try; None if it is known that all values fit several."""
        for reading in readings:
            if reading not in self.refuted.confirmed:
                self.is_trial = True
                return reading
        names = " and as ".join(reading.name for reading in readings)
        self.sentences.append(
            f"Text, because every value can be read as {names}: choose the one that is right."
        )
        return None

    def _describe_text(self, values: list[str]) -> None:
        if all(map(_SHORT_YEAR.fullmatch, values)):
            self.sentences.append(
                "Text, because dates with years of two digits do not state the century."
            )
            return
        stripped = [text.strip() for text in values]
        if stripped == values or not all(stripped):
            return
        readings = next(find_readings(self.profile.name, stripped), None)
        if readings:
            name = readings[0][0].name
            self.sentences.append(f"Without the spaces around them, the values are of type {name}.")

    def _recognized(self, reading: Reading) -> Recognition | None:
        if reading != STRING and not reading.is_quantity:
            return None
        if self.profile.stored is not None or "string" not in self.profile.types:
            return None
        known = {*self.stated, *self.marks}
        texts = {text: n for text, n in self.profile.texts.items() if text not in known}
        if not texts or self.profile.has_long:
            return None
        return self.recognize(texts, self.profile.is_complete)


def _why_label(text: str) -> str:
    if text.lstrip("+-")[:1] == "0":
        return "a value begins with a zero, which a number would lose"
    if text[0] == "+" and len(text) < 20:
        return "a value begins with a plus sign, as phone numbers do"
    return "a value has more digits than integers of 64 bits"


def _listed(texts: Iterable[str]) -> str:
    return " and ".join(map(quoted, sorted(texts)))


def _verb(texts: Collection[str], singular: str, plural: str) -> str:
    return singular if len(texts) == 1 else plural
