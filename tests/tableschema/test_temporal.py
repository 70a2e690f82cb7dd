"""Dates, times and durations: which texts are valid in which format, and their values."""

import datetime
import sys
from decimal import Decimal

import pytest

from bonemet_data.tableschema.fields import make_parser
from bonemet_data.tableschema.problems import OptionError
from bonemet_data.tableschema.temporal import temporal_parser
from bonemet_data.tableschema.values import Duration, Moment, YearMonth, days_from_civil


def parse(kind, text, form=None):
    return make_parser(kind, {"format": form} if form else {}, "field")(text)


def moment(year, month, day, second):
    return Moment(days_from_civil(year, month, day), Decimal(second))


# type, text, value
DEFAULT = [
    ("time", "01:02:03", datetime.time(1, 2, 3)),
    ("time", "19:59:58", datetime.time(19, 59, 58)),
    ("datetime", "2025-03-04T05:06:07", moment(2025, 3, 4, 18_367)),
    ("datetime", "2025-03-04T05:06:07+05:31", moment(2025, 3, 3, 84_907)),
    ("datetime", "2025-03-04T05:06:07.5-03:45", moment(2025, 3, 4, "31867.5")),
    ("datetime", "2025-03-04T05:06:07-13:59", moment(2025, 3, 4, 68_707)),
    ("datetime", "2025-03-04T05:06:07Z", moment(2025, 3, 4, 18_367)),
    ("datetime", f"2025-03-04T05:06:07.{'0' * 40}1+05:06", moment(2025, 3, 4, f"7.{'0' * 40}1")),
    ("duration", f"P1DT{'1' * 40}.5S", Duration(0, Decimal(f"{'1' * 35}97511.5"))),
    ("datetime", "2000-02-29T00:00:00", moment(2000, 2, 29, 0)),
    ("datetime", "0000-02-29T00:00:00", moment(0, 2, 29, 0)),
    ("datetime", "-0001-02-28T00:00:00", moment(-1, 2, 28, 0)),
    ("datetime", "12345-12-31T24:00:00", moment(12346, 1, 1, 0)),
    ("year", "-12025", -12025),
    ("year", "2025+14:00", 2025),
    ("yearmonth", "-0044-12", YearMonth(-44, 12)),
    ("yearmonth", "2025-09-13:59", YearMonth(2025, 9)),
    ("duration", "P3Y", Duration(36, Decimal(0))),
    ("duration", "P3M", Duration(3, Decimal(0))),
    ("duration", "P3D", Duration(0, Decimal(3 * 86_400))),
    ("duration", "PT3H", Duration(0, Decimal(3 * 3600))),
    ("duration", "PT3M", Duration(0, Decimal(180))),
    ("duration", "PT3.25S", Duration(0, Decimal("3.25"))),
    ("duration", "-P1Y2M3DT4H5M6.7S", Duration(-14, Decimal("-273906.7"))),
    ("duration", f"P{'1' * 3998}M", Duration(int("1" * 3998), Decimal(0))),
]
# type, texts that are not valid
INVALID = [
    ("time", ["24:00:01", "24:01:00", "23:60:00", "23:59:60", "25:00:00"]),
    ("datetime", [
        "2025-02-29T00:00:00", "2100-02-29T00:00:00", "-0001-02-29T00:00:00", "2025-04-31T00:00:00", "2025-01-00T00:00:00",
        "2025-01-01T24:00:00.1", "2025-01-01T24:01:00", "2025-01-01T00:00:00+14:01", "2025-01-01T00:00:00+5:00",
    ]),
    ("duration", [f"P{'1' * 3999}M", "P1YT", "PT1.S", "P1M1Y", "P-1Y", "+P1Y"]),
    ("year", ["1" * 4001, "2025+15:00"]),
]  # fmt: skip
UTC = moment(2025, 3, 4, 18_367)
DAY = datetime.date(2025, 3, 4)
# type, format, text, value
PATTERNS = [
    ("date", "%d.%m.%Y", "04.03.2025", DAY),
    ("date", "%F", "2025-03-04", DAY),
    ("date", "%D", "03/04/25", DAY),
    ("date", "%e %h %y", "4 Mar 25", DAY),
    ("date", "%A, %d %B %Y", "tuesday, 4 MARCH 2025", DAY),
    ("date", "%a %d %b %Y", "Tue 4 mar 2025", DAY),
    ("date", "%Y-%j", "2025-063", DAY),
    ("date", "%Y%%%m%%%d", "2025%03%04", DAY),
    ("date", "day %d of %m/%Y!", "day 4 of 3/2025!", DAY),
    ("date", "%m/%d", "02/29", datetime.date(2000, 2, 29)),
    ("date", "%y%m%d", "680304", datetime.date(2068, 3, 4)),
    ("time", "%T", "05:06:07", datetime.time(5, 6, 7)),
    ("time", "%R", "05:06", datetime.time(5, 6)),
    ("time", "%I:%M %p", "05:06 pm", datetime.time(17, 6)),
    ("time", "%H:%M:%S.%f", "05:06:07.25", datetime.time(5, 6, 7, 250_000)),
    ("time", "%H:%M %z", "00:30 +0100", datetime.time(23, 30)),
    ("time", "%H:%M %z", "23:30 -01:00", datetime.time(0, 30)),
    ("datetime", "%Y-%m-%d %T %z", "2025-03-04 07:06:07 +0200", UTC),
    ("datetime", "%Y-%m-%d %T %z", "2025-03-04 05:06:07 Z", UTC),
    ("datetime", "%Y-%m-%d %T %Z", "2025-03-04 05:06:07 UTC", UTC),
    ("datetime", "%Y-%m-%d %T.%f", "2025-03-04 05:06:07.000001", moment(2025, 3, 4, "18367.000001")),
    ("date", "any", "March 4, 2025", DAY),
    ("date", "any", "5 June", datetime.date(2000, 6, 5)),
    ("date", "any", "2025", datetime.date(2025, 1, 1)),
    ("time", "any", "5:06:07 pm", datetime.time(17, 6, 7)),
    ("datetime", "any", "2025-03-04 05:06:07", UTC),
    ("datetime", "any", "4 Mar 2025 05:06:07 XYZ", UTC),
]  # fmt: skip
# type, format, texts that are not valid
OTHERS = [
    ("date", "%d.%m.%Y", ["04x03.2025", "4.3.25", "4.3.20255", " 4.3.2025", "4.3.2025 ", "31.02.2025", "٤.3.2025", "4.3.2025\n"]),
    ("date", "%d of %m/%Y!", ["4 of 3/2025", "4 of 3/2025!!"]),
    ("date", "%m/%d", ["02/30", "2000/02/29"]),
    ("date", "%B %Y", ["Mar 2025", "März 2025"]),
    ("time", "%H:%M:%S", ["24:00:00", "10:00:61.0"]),
    ("time", "%H:%M %z", ["10:00 +14:01", "10:00 -1500", "10:00 CET"]),
    ("datetime", "%Y-%m-%d %T %Z", ["2025-03-04 05:06:07 CET"]),
    ("date", "any", ["", "yesterday", "2025-02-30", " " * 200 + "2025"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "value"), DEFAULT)
def test_the_value_of_a_default_format(kind, text, value):
    assert parse(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in INVALID for text in texts]
)
def test_a_text_that_is_not_in_the_default_format(kind, text):
    with pytest.raises(ValueError, match=r"^is not a "):
        parse(kind, text)


@pytest.mark.parametrize(("kind", "form", "text", "value"), PATTERNS)
def test_the_value_of_a_pattern(kind, form, text, value):
    assert parse(kind, text, form) == value


@pytest.mark.parametrize(
    ("kind", "form", "text"), [(kind, form, text) for kind, form, texts in OTHERS for text in texts]
)
def test_a_text_that_does_not_match_a_pattern(kind, form, text):
    with pytest.raises(ValueError, match=rf"^is not a {kind} ") as caught:
        parse(kind, text, form)
    expected = "that dateutil can parse" if form == "any" else f"in the format {form}"
    assert str(caught.value).endswith(expected.replace("%T", "%H:%M:%S"))


# format, message
REFUSED = [
    ("%Q", "format '%Q': %Q is not supported; use one of: %%, %A, %B,"),
    ("%d %d", "format '%d %d' is not supported: redefinition of group name 'd'"),
    ("DD.MM.YYYY", "format 'DD.MM.YYYY' is not supported: use a pattern such as %Y-%m-%d"),
]


@pytest.mark.parametrize(("form", "message"), REFUSED)
def test_a_pattern_that_is_not_supported(form, message):
    """The schema may be right, so that its table is not checked."""
    with pytest.raises(OptionError) as caught:
        temporal_parser("date", form)
    assert str(caught.value).startswith(message)
    assert not caught.value.supported


def test_the_format_any_without_dateutil(monkeypatch):
    monkeypatch.setitem(sys.modules, "dateutil", None)
    with pytest.raises(
        OptionError, match="requires the library python-dateutil: install it"
    ) as caught:
        temporal_parser("date", "any")
    assert not caught.value.supported
