"""Values: the lexical rules of Table Schema, by a table of good and bad spellings."""

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.tableschema.types import reader

GOOD = [
    ("string", "NA", "NA"),
    ("string", " x ", " x "),
    ("integer", "0", 0),
    ("integer", "-7", -7),
    ("integer", "+7", 7),
    ("integer", "007", 7),
    ("integer", "9223372036854775807", 2**63 - 1),
    ("number", "75", 75.0),
    ("number", "-0.5", -0.5),
    ("number", ".5", 0.5),
    ("number", "5.", 5.0),
    ("number", "1e3", 1000.0),
    ("number", "INF", math.inf),
    ("number", "-INF", -math.inf),
    ("year", "2025", 2025),
    ("boolean", "true", True),
    ("boolean", "False", False),
    ("boolean", "1", True),
    ("date", "2024-02-29", datetime.date(2024, 2, 29)),
]
BAD = [
    ("integer", text) for text in ("", " 3", "3 ", "1_0", "1.0", "1e3", "٣", "0x1", "--1", "9223372036854775808", "1" * 30, "NaN")
] + [
    ("number", text) for text in ("", " 3", "1_0", "1,5", "inf", "Infinity", "nan", "+INF", "٣", ".", "1e", "0x1p3")
] + [
    ("year", text) for text in ("25", "20255", "+2025", "2025 ")
] + [
    ("boolean", text) for text in ("", "yes", "tRUE", "2", " true")
] + [
    ("date", text) for text in ("2020-02-30", "2025-13-01", "20251109", "2025-1-9", "2025-W01-1", "2025-11-09T00:00", "09.11.2025", "٢٠٢٥-١١-٠٩")
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_a_good_spelling(kind, text, value):
    assert reader(kind)(text) == value
    assert type(reader(kind)(text)) is type(value)


@pytest.mark.parametrize(("kind", "text"), BAD)
def test_a_bad_spelling_is_refused_with_the_reason(kind, text):
    with pytest.raises(ValueError, match=r"^is (not|an integer too large)"):
        reader(kind)(text)


def test_a_boolean_with_spellings_of_its_own():
    read = reader("boolean", ["ja"], ["nein"])
    assert (read("ja"), read("nein")) == (True, False)
    with pytest.raises(ValueError, match="is not one of ja, nein"):
        read("true")


@given(st.integers(-(2**63), 2**63 - 1))
def test_every_integer_survives(value):
    assert reader("integer")(str(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_survives(value):
    assert reader("number")(repr(value)) == value


@given(st.dates())
def test_every_date_survives(value):
    assert reader("date")(value.isoformat()) == value
