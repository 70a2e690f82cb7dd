"""Logical values: their order, their canonical texts, and their nearest native values."""

import datetime
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.tableschema.fields import make_parser
from bonemet_data.tableschema.values import (
    Duration,
    Json,
    Moment,
    YearMonth,
    civil,
    days_from_civil,
    json_text,
    native,
    value_text,
)


def parse(kind, text):
    return make_parser(kind, {}, "field")(text)


# equal values in several notations, of which each line has the canonical text
NOTATIONS = [
    ("number", ["1", "1.0", "+01", "10e-1", "0.1e1"], "1"),
    ("number", ["0", "-0", "0.000", "0e9"], "0"),
    ("number", ["-0.050", "-5e-2"], "-0.05"),
    ("number", ["12.50", "1250e-2"], "12.5"),
    ("number", ["1e20", "100000000000000000000"], "1" + "0" * 20),
    ("number", ["-1.2e21"], "-12" + "0" * 20),
    ("number", ["1e21", "1000000000000000000000"], "1E21"),
    ("number", ["1e30", "1000000000000000000000000000000"], "1E30"),
    ("number", ["-120e30"], "-12E31"),
    ("number", ["1e-20"], "0." + "0" * 19 + "1"),
    ("number", ["123e-20"], "0." + "0" * 17 + "123"),
    ("number", ["1e-21"], "1E-21"),
    ("number", ["0.1", "1e-1"], "0.1"),
    ("number", ["inf"], "INF"),
    ("number", ["-INF"], "-INF"),
    ("duration", ["P1Y", "P12M"], "P1Y"),
    ("duration", ["P1D", "PT24H", "PT1440M"], "P1D"),
    ("duration", ["P0D", "PT0S", "-P0Y"], "PT0S"),
    ("duration", ["P1M", "P0Y1M"], "P1M"),
    ("duration", ["P11M"], "P11M"),
    ("duration", ["-P24M"], "-P2Y"),
    ("duration", ["-P1M"], "-P1M"),
    ("duration", ["-PT0.5S"], "-PT0.5S"),
    ("duration", ["PT86399S"], "PT86399S"),
    ("duration", ["PT0.10S"], "PT0.1S"),
    ("duration", [f"PT{'9' * 40}.5S"], f"P{int('9' * 40) // 86_400}DT{int('9' * 40) % 86_400}.5S"),
    ("datetime", [f"2024-01-01T00:00:00.{'1' * 40}"], f"2024-01-01T00:00:00.{'1' * 40}"),
    ("duration", ["-P13MT1.50S", "-P1Y1MT1.5S"], "-P1Y1MT1.5S"),
    ("duration", ["P2DT1H1M1S"], "P2DT3661S"),
    ("duration", ["-PT90000S"], "-P1DT3600S"),
    ("datetime", ["2024-01-01T00:00:00Z", "2024-01-01T02:00:00.00+02:00", "2023-12-31T24:00:00"], "2024-01-01T00:00:00"),
    ("datetime", ["2024-12-31T23:59:58.250-01:01"], "2025-01-01T01:00:58.25"),
    ("datetime", ["2024-03-01T00:30:00+01:00"], "2024-02-29T23:30:00"),
    ("datetime", ["-0001-03-01T01:02:03Z"], "-0001-03-01T01:02:03"),
    ("datetime", ["0000-01-01T00:00:00Z"], "0000-01-01T00:00:00"),
    ("datetime", ["12024-02-29T00:00:00"], "12024-02-29T00:00:00"),
    ("object", ['{"a": 1, "b": [1.50]}', '{"b":[15e-1],"a":1.0}'], '{"a":1,"b":[1.5]}'),
    ("array", ['[true, null, "\\u00e9"]'], '[true,null,"\\u00e9"]'),
    ("list", ["a,b"], '["a","b"]'),
    ("geopoint", ["1,-2.50", "1.0, -2.5"], '["1","-2.5"]'),
    ("boolean", ["true", "1"], "true"),
    ("boolean", ["false", "0"], "false"),
    ("date", ["2024-02-29"], "2024-02-29"),
    ("time", ["10:00:00"], "10:00:00"),
    ("year", ["2025", "2025Z"], "2025"),
    ("yearmonth", ["-0044-03"], "-0044-03"),
    ("yearmonth", ["0044-12"], "0044-12"),
    ("yearmonth", ["12025-12"], "12025-12"),
    ("string", ["x"], "x"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "texts", "canonical"), NOTATIONS)
def test_equal_values_have_one_canonical_text(kind, texts, canonical):
    values = [parse(kind, text) for text in texts]
    assert len({*values}) == 1
    assert {value_text(value) for value in values} == {canonical}


def test_the_canonical_text_of_nan():
    assert value_text(math.nan) == value_text(Decimal("NaN")) == "NaN"


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_the_canonical_text_of_a_number_is_equal_to_it(number):
    assert Decimal(value_text(number)) == number


# https://www.w3.org/TR/xmlschema-2/#duration-order
ORDER = [
    ("P1Y", "P364D", "greater"), ("P1Y", "P365D", "neither"), ("P1Y", "P366D", "neither"), ("P1Y", "P367D", "less"),
    ("P1M", "P27D", "greater"), ("P1M", "P28D", "neither"), ("P1M", "P31D", "neither"), ("P1M", "P32D", "less"),
    ("P5M", "P149D", "greater"), ("P5M", "P150D", "neither"), ("P5M", "P153D", "neither"), ("P5M", "P154D", "less"),
    ("P5M", "P1M123D", "neither"), ("P6M", "P1M152D", "neither"), ("P2M", "P1M30D", "neither"), ("P2M", "P60D", "neither"),
    (f"PT{'1' * 40}S", f"PT{'1' * 39}2S", "less"), ("P1M", "P30DT86399S", "neither"), ("-P1M", "-P27D", "less"), ("PT2S", "PT1S", "greater"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "order"), ORDER)
def test_durations_are_partially_ordered(one, other, order):
    first, second = parse("duration", one), parse("duration", other)
    assert (first > second, first < second) == (order == "greater", order == "less")
    if order != "neither":
        assert (first >= second, first <= second) == (order == "greater", order == "less")


def test_a_duration_is_at_least_another_if_it_is_so_in_every_month():
    month, days = parse("duration", "P1M"), parse("duration", "P31D")
    assert days >= month
    assert month <= days
    assert not days > month
    assert not month < days
    assert not parse("duration", "P30D") >= month


@given(st.integers(-(10**9), 10**9))
def test_every_day_survives(day):
    assert days_from_civil(*civil(day)) == day


@given(st.dates())
def test_days_are_counted_as_python_counts_them(day):
    assert days_from_civil(day.year, day.month, day.day) == (day - datetime.date(1970, 1, 1)).days


# A calendar repeats after 400 years, which have 146,097 days.
@pytest.mark.parametrize(
    ("date", "day"),
    [
        ((1970, 1, 1), 0),
        ((2000, 2, 29), 11_016),
        ((2370, 1, 1), 146_097),
        ((1570, 1, 1), -146_097),
        ((11970, 1, 1), 25 * 146_097),
        ((0, 1, 1), -719_528),
        ((-1, 12, 31), -719_529),
        ((-2000, 1, 1), -719_528 - 5 * 146_097),
    ],
)
def test_days_of_any_year(date, day):
    assert days_from_civil(*date) == day
    assert civil(day) == date


# day and seconds as given, the same within a day
SECONDS = [
    ((0, "0"), (0, "0")),
    ((0, "86399.5"), (0, "86399.5")),
    ((0, "86400"), (1, "0")),
    ((0, "172801"), (2, "1")),
    ((0, f"86400.5{'0' * 40}1"), (1, f"0.5{'0' * 40}1")),
    ((0, "-0.5"), (-1, "86399.5")),
    ((5, "-86400"), (4, "0")),
    ((5, "-86401"), (3, "86399")),
]


@pytest.mark.parametrize(("given", "expected"), SECONDS)
def test_the_seconds_of_a_moment_are_within_a_day(given, expected):
    moment = Moment.at(given[0], Decimal(given[1]))
    assert moment == Moment(expected[0], Decimal(expected[1]))


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_is_in_utc(value):
    try:
        utc = value.astimezone(datetime.UTC).replace(tzinfo=None)
    except OverflowError:
        return
    assert native(Moment.of(value)) == utc
    assert value_text(Moment.of(value)).rstrip("0") == (
        utc.isoformat().rstrip("0") if utc.microsecond else utc.isoformat()
    ).rstrip("0")


# value, native value
NATIVE = [
    (None, None),
    ("x", "x"),
    (7, 7),
    (Decimal("0.1"), 0.1),
    (YearMonth(2024, 2), YearMonth(2024, 2)),
    (Moment(0, Decimal("0.0000005")), datetime.datetime(1970, 1, 1)),  # noqa: DTZ001
    (Moment(1, Decimal("0.0000015")), datetime.datetime(1970, 1, 2, 0, 0, 0, 2)),  # noqa: DTZ001
    (Moment(-1, Decimal("86399.9999999")), datetime.datetime(1970, 1, 1)),  # noqa: DTZ001
]


@pytest.mark.parametrize(("value", "expected"), NATIVE)
def test_the_nearest_native_value(value, expected):
    assert native(value) == expected
    assert type(native(value)) is type(expected)


def test_a_moment_that_has_no_native_value():
    with pytest.raises(OverflowError):
        native(Moment(days_from_civil(10_000, 1, 1), Decimal(0)))


def test_json_values():
    one, other = Json({"a": [1]}), Json({"a": [Decimal("1.0")]})
    assert one == other
    assert hash(one) == hash(other)
    assert one != Json({"a": [True]})
    assert Json({"a": [True]}) != one
    assert one != one.text
    assert (len(one), len(Json([1, 2])), str(one)) == (1, 2, '{"a":[1]}')
    assert json_text((1, "x")) == '[1,"x"]'


def test_a_duration_is_equal_to_itself_only():
    assert Duration(12, Decimal(0)) != Duration(0, Decimal(365 * 86_400))
