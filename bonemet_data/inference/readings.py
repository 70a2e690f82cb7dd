"""Readings: the types and formats that the texts of a column can have.

The parsers of `tableschema` judge the texts, so that the verdicts agree with those of a check.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from ..tableschema.fields import make_parser
from ..tableschema.types import FALSE_VALUES, TRUE_VALUES, Parser

_SPACES = " \u00a0\u202f"
_APOSTROPHES = "'\u2019"
_YEARS = range(1800, 2200)
"""Years of dates without separators, and of columns of years."""

_FEWEST_DATES = 3
"""Distinct texts of eight digits from which they are dates, and not numbers by chance."""

_PAIRS = (("yes", "no"), ("y", "n"), ("t", "f"))
_YEAR_NAME = re.compile(r"year|yr|jahr", re.IGNORECASE)
_TIMES = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p")
_ZONED = ("%H:%M:%S%z", "%H:%M:%S.%f%z", "%H:%M%z")


@dataclass(frozen=True)
class Reading:
    """A type with options, as a column can be read.

    Attributes:
        type: Name of the type.
        options: Properties of the field that affect parsing.
    """

    type: str
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @cached_property
    def parse(self) -> Parser:
        """The parser of the cells."""
        return make_parser(self.type, self.options, self.type)

    @property
    def is_quantity(self) -> bool:
        """Whether the values are numbers, from which leading zeros would vanish."""
        return self.type in {"integer", "number"}

    @property
    def properties(self) -> dict[str, Any]:
        """The properties of a field with this reading."""
        return {"type": self.type, **self.options}

    @property
    def name(self) -> str:
        """The type and the options as text."""
        options = [f"{keyword} {value!r}" for keyword, value in self.options.items()]
        return " with ".join(filter(None, (self.type, " and ".join(options))))

    def fits(self, texts: Collection[str]) -> bool:
        """Return whether all texts are values; digits and the separators of numbers must occur."""
        if self.is_quantity and not any(char.isdigit() for text in texts for char in text):
            return False
        decimal, group = self.options.get("decimalChar"), self.options.get("groupChar")
        # Groups with periods need another decimal character, even for integers.
        for char in (group,) if group == "." else (decimal, group):
            if char is not None and not any(char in text for text in texts):
                return False
        return all(map(self.accepts, texts))

    def sentences(self, texts: Collection[str]) -> Iterator[str]:
        """Iterate over sentences that say what the reading of texts assumes."""
        options = self.options
        if "trueValues" in options:
            true, false = (
                " and ".join(map(repr, options[key])) for key in ("trueValues", "falseValues")
            )
            yield f"True is written as {true}, and false as {false}."
        if options.get("format") == _COMPACT:
            yield "Eight digits are read as year, month and day."
        elif "%" in options.get("format", ""):
            yield f"All values have the format {options['format']}."
        if self.type == "year":
            yield "Four digits are read as a year, because of the name of the column."
        if "decimalChar" in options and options["decimalChar"] != ".":
            yield "A comma is read as the decimal character."
        if "groupChar" in options:
            yield f"The character {options['groupChar']!r} is read as the separator of thousands."
        if self == Reading("number") and _number(decimalChar=",", groupChar=".").fits(texts):
            yield "A period is read as the decimal character, but may also separate thousands."

    def accepts(self, text: str) -> bool:
        """Return whether a text is a value."""
        try:
            self.parse(text)
        except ValueError:
            return False
        return True


Interpretation: TypeAlias = Sequence[Reading]
"""Readings that give a text the same value if several of them accept it; the first is used."""


def _formats(name: str, patterns: Iterable[str]) -> list[Reading]:
    return [Reading(name, {"format": pattern}) for pattern in patterns]


def _dates() -> Iterator[list[str]]:
    """Iterate over the patterns of dates, by the order of day, month and year."""
    for mark in "/.-":
        yield [f"%d{mark}%m{mark}%Y"]
        yield [f"%m{mark}%d{mark}%Y"]
    yield ["%Y/%m/%d"]
    yield ["%Y.%m.%d"]
    yield [f"%d{mark}%{month}{mark}%Y" for mark in (" ", "-", "") for month in "bB"]
    yield [f"%{month} %d, %Y" for month in "bB"]


def _datetimes() -> Iterator[list[Reading]]:
    yield [
        Reading("datetime"),
        *_formats("datetime", (f"%Y-%m-%d %H:%M:%S{end}" for end in ("", ".%f", "%z", ".%f%z"))),
        *_formats("datetime", ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M%z")),
    ]
    for patterns in _dates():
        yield _formats(
            "datetime", (f"{date} {time}" for date in patterns for time in (*_TIMES, *_ZONED))
        )


def _number(**options: str) -> Reading:
    return Reading("number", options)


_COMMA_GROUPS = [Reading("integer", {"groupChar": ","}), _number(groupChar=",")]
_COMMA_DECIMALS = [
    _number(decimalChar=","),
    *(_number(decimalChar=",", groupChar=char) for char in "." + _SPACES + _APOSTROPHES),
]
_OTHER_GROUPS = [
    *(Reading("integer", {"groupChar": char}) for char in _SPACES[1:] + _APOSTROPHES),
    *(_number(decimalChar=".", groupChar=char) for char in _SPACES + _APOSTROPHES),
]
_LADDER: Sequence[Sequence[Interpretation]] = (
    [[Reading("integer"), Reading("number")]],
    [_COMMA_GROUPS, _COMMA_DECIMALS, _OTHER_GROUPS],
    [[Reading("date")], *(_formats("date", patterns) for patterns in _dates())],
    [*_datetimes()],
    [[Reading("time"), *_formats("time", _TIMES)]],
    [[Reading("yearmonth")]],
    [[Reading("duration")]],
    [[Reading("geopoint", {"format": "object"}), Reading("geojson"), Reading("object")]],
    [[Reading("array")]],
    [_formats("string", ("uuid", "email"))],
)
"""Groups of interpretations. Texts that fit several interpretations of a group are ambiguous."""

_COMPACT = "%Y%m%d"
_URI = Reading("string", {"format": "uri"})
STRING, ANY = Reading("string"), Reading("any")


def find_readings(name: str, texts: Collection[str]) -> Iterator[list[list[Reading]]]:
    """Iterate over the groups of readings that texts have, the most specific group first.

    Args:
        name: Name of the column.
        texts: The texts, without those that represent a missing value.

    Yields:
        The interpretations of the texts; more than one if they are ambiguous. Each has one reading
        or more, the preferred one first.
    """
    if boolean := _boolean(texts):
        yield [[boolean]]
    if _are_compact_dates(texts):
        yield [_formats("date", (_COMPACT,))]
    if _YEAR_NAME.search(name) and _are_years(texts):
        yield [[Reading("year")]]
    for group in _LADDER:
        found = [[each for each in readings if each.fits(texts)] for readings in group]
        if found := [readings for readings in found if readings]:
            yield found
    # A CURIE such as HP:0002653 is a URI as well.
    if all("://" in text for text in texts) and _URI.fits(texts):
        yield [[_URI]]


def _boolean(texts: Collection[str]) -> Reading | None:
    """Return the reading of texts such as Yes and No, of which both occur; None for others."""
    words = {text.casefold() for text in texts}
    if words <= {"true", "false"}:
        if {*texts} <= {*TRUE_VALUES, *FALSE_VALUES}:
            return Reading("boolean")
    elif words not in map(set, _PAIRS):
        return None
    true = sorted(text for text in texts if text.casefold() in {"true", *_column(0)})
    false = sorted(text for text in texts if text.casefold() in {"false", *_column(1)})
    if not true or not false:
        return None
    return Reading("boolean", {"trueValues": true, "falseValues": false})


def _column(index: int) -> list[str]:
    return [pair[index] for pair in _PAIRS]


def _are_compact_dates(texts: Collection[str]) -> bool:
    """Return whether texts are dates such as 20240131."""
    reading = Reading("date", {"format": _COMPACT})
    return (
        len(texts) >= _FEWEST_DATES
        and all(len(text) == 8 and text.isdecimal() and _are_years([text[:4]]) for text in texts)
        and reading.fits(texts)
    )


def _are_years(texts: Collection[str]) -> bool:
    return all(len(t) == 4 and t.isascii() and t.isdecimal() and int(t) in _YEARS for t in texts)
