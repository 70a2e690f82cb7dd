"""Types: the lexical rules of Table Schema, as tables of valid and invalid texts."""

import datetime
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.errors import UnsupportedSchemaError
from bonemet_data.tableschema.parser import make_parser
from bonemet_data.tableschema.types import TYPES
from bonemet_data.tableschema.values import Duration, Moment, YearMonth, days_from_civil, native


def parse(kind, text, **options):
    return make_parser(kind, options, "field")(text)


UTC = Moment.of(datetime.datetime(2024, 2, 29, 10, 0))  # noqa: DTZ001 - converted to UTC
# type, text, value
VALID = [
    ("string", "NA", "NA"),
    ("string", " x ", " x "),
    ("integer", "0", 0),
    ("integer", "-7", -7),
    ("integer", "+7", 7),
    ("integer", "007", 7),
    ("integer", "9223372036854775807", 2**63 - 1),
    ("integer", "123456789012345678901234567890", 123456789012345678901234567890),
    ("integer", "1" * 4000, int("1" * 4000)),
    ("integer", "1" * 4001, Decimal("1" * 4001)),
    ("integer", "-" + "1" * 5000, Decimal("-" + "1" * 5000)),
    ("number", "75", Decimal(75)),
    ("number", "-0.5", Decimal("-0.5")),
    ("number", ".5", Decimal("0.5")),
    ("number", "5.", Decimal(5)),
    ("number", "1e3", Decimal(1000)),
    ("number", "0.10000000000000000001", Decimal("0.10000000000000000001")),
    ("number", "INF", math.inf),
    ("number", "-INF", -math.inf),
    ("year", "2025", 2025),
    ("boolean", "true", True),
    ("boolean", "False", False),
    ("boolean", "1", True),
    ("date", "2024-02-29", datetime.date(2024, 2, 29)),
    ("time", "23:59:59", datetime.time(23, 59, 59)),
    ("time", "24:00:00", datetime.time(0)),
    ("datetime", "2024-02-29T10:00:00", UTC),
    ("datetime", "2024-02-29T12:00:00+02:00", UTC),
    ("datetime", "2024-02-28T24:00:00.0", Moment.of(datetime.datetime(2024, 2, 29))),  # noqa: DTZ001
    ("datetime", "-0001-12-31T23:59:59Z", Moment(days_from_civil(-1, 12, 31), Decimal(86_399))),
    ("yearmonth", "2024-02", YearMonth(2024, 2)),
    ("duration", "P1Y2M3DT4H5M6.7S", Duration(14, Decimal("273906.7"))),
    ("duration", "-P1M", Duration(-1, Decimal(0))),
    ("array", "[1.0]", make_parser("array", {}, "a")("[1]")),
    ("list", "a,b", ("a", "b")),
    ("geopoint", "1, -2.5", (Decimal(1), Decimal("-2.5"))),
    ("any", " x", " x"),
]
# type, what is wrong, texts
INVALID = [
    ("integer", "is not an integer", ["", " 3", "3 ", "1_0", "1.0", "1e3", "٣", "0x1", "--1", "NaN"]),
    ("number", "is not a number", ["", " 3", "1_0", "1,5", "Infinity", "+INF", "+NaN", "ınf", "٣", ".", "1e", "0x1p3"]),
    ("number", "is a number with an exponent of more than 18 digits", ["1e9999999999999999999"]),
    ("year", "is not a year (YYYY)", ["25", "02025", "+2025", "2025 ", "2025+15:00"]),
    ("boolean", "is not one of: true, True, TRUE, 1, false, False, FALSE, 0", ["", "yes", "tRUE", "2", " true"]),
    ("date", "is not a date (YYYY-MM-DD)", [
        "2020-02-30", "2025-13-01", "20251109", "2025-1-9", "2025-W01-1", "2025-11-09T00:00", "09.11.2025", "٢٠٢٥-١١-٠٩",
    ]),
    ("time", "is not a time (hh:mm:ss)", ["25:00:00", "10:00", "10:00:00Z", "10:00:00.0", "24:00:01"]),
    ("datetime", "is not a date and time (YYYY-MM-DDThh:mm:ss)", ["2024-02-30T10:00:00", "2024-02-28 10:00:00"]),
    ("yearmonth", "is not a year and month (YYYY-MM)", ["2024-13", "2024"]),
    ("duration", "is not a duration (for example, P1Y2M3DT4H5M6S)", ["P", "PT", "1Y"]),
]  # fmt: skip
# type, options, text, value; or what is wrong
FORMATS = [
    ("boolean", {"trueValues": ["ja"], "falseValues": ["nein"]}, "ja", True),
    ("boolean", {"trueValues": ["ja"], "falseValues": ["nein"]}, "true", "is not one of: ja, nein"),
    ("number", {"decimalChar": ","}, "1,5", Decimal("1.5")),
    ("number", {"decimalChar": ","}, "1.5", "is not a number"),
    ("number", {"groupChar": ","}, "1,234.5", Decimal("1234.5")),
    ("number", {"groupChar": ","}, "1,00,000", Decimal(100_000)),
    ("integer", {"groupChar": " "}, "1 234 567", 1_234_567),
    ("integer", {"groupChar": " "}, "12 34", "is not an integer"),
    ("integer", {"bareNumber": False}, "75 %", 75),
    ("number", {"bareNumber": False, "decimalChar": ","}, "€ -1,5", Decimal("-1.5")),
    ("integer", {"bareNumber": False}, "no. 5", 5),
    ("date", {"format": "%d.%m.%Y"}, "24.12.2025", datetime.date(2025, 12, 24)),
    ("date", {"format": "%d.%m.%Y"}, "2025-12-24", "is not a date in the format %d.%m.%Y"),
    ("time", {"format": "%H.%M"}, "10.30", datetime.time(10, 30)),
    ("datetime", {"format": "%d.%m.%Y %H:%M"}, "29.02.2024 10:00", UTC),
    ("string", {"format": "email"}, "a@x.org", "a@x.org"),
    ("string", {"format": "email"}, "a", "is not an email string"),
    ("string", {"format": "uri"}, "a b", "is not a uri string"),
    ("string", {"format": "binary"}, "YQ==", "YQ=="),
    ("string", {"format": "uuid"}, "1", "is not a uuid string"),
]
# type, options, what is wrong with the schema
REFUSED = [
    ("string", {"format": "color"}, "is not one of: default, email, uri, uuid, binary"),
    ("string", {"format": 1}, "format must be a string"),
    ("date", {"format": "%s"}, "%s is not supported"),
    ("date", {"format": "%Y-W%V"}, "must be used with"),
    ("date", {"format": "%d %d"}, "is not supported"),
    ("date", {"format": "%"}, "% is not supported"),
    ("date", {"format": "yyyy-mm-dd"}, "use a pattern such as %Y-%m-%d"),
    ("list", {"delimiter": ""}, "delimiter must be a string"),
    ("list", {"itemType": ["string"]}, "itemType"),
    (
        "geopoint",
        {"format": "polar"},
        "'polar' of a geopoint is not one of: default, array, object",
    ),
    ("geojson", {"format": "wkt"}, "'wkt' of a geojson is not one of: default, topojson"),
    ("number", {"decimalChar": ""}, "decimalChar must be one character"),
    ("number", {"decimalChar": "5"}, "decimalChar must be one character"),
    ("number", {"groupChar": "."}, "groupChar must be one character"),
    ("integer", {"bareNumber": "no"}, "bareNumber must be true or false"),
    ("boolean", {"trueValues": []}, "trueValues must be a non-empty list of strings"),
    ("boolean", {"trueValues": [1]}, "trueValues must be a non-empty list of strings"),
    ("boolean", {"trueValues": ["0"]}, "'0' is in both trueValues and falseValues"),
]


@pytest.mark.parametrize(("kind", "text", "value"), VALID)
def test_a_valid_text(kind, text, value):
    assert parse(kind, text) == value
    assert type(parse(kind, text)) is type(value)


@pytest.mark.parametrize(
    ("kind", "message", "text"),
    [(kind, why, text) for kind, why, texts in INVALID for text in texts],
)
def test_an_invalid_text_and_the_reason(kind, message, text):
    with pytest.raises(ValueError, match=r"^is ") as caught:
        parse(kind, text)
    assert str(caught.value) == message


@pytest.mark.parametrize(("kind", "options", "text", "value"), FORMATS)
def test_a_format(kind, options, text, value):
    if isinstance(value, str) and value.startswith("is "):
        with pytest.raises(ValueError, match=r"^is ") as caught:
            parse(kind, text, **options)
        assert str(caught.value) == value
    else:
        assert parse(kind, text, **options) == value


@pytest.mark.parametrize(("kind", "options", "message"), REFUSED)
def test_an_option_that_is_not_supported(kind, options, message):
    with pytest.raises(UnsupportedSchemaError, match=f"^field: .*{message}"):
        make_parser(kind, options, "field")


@given(st.integers())
def test_every_integer_survives(value):
    assert parse("integer", str(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_every_number_survives(value):
    assert parse("number", str(value)) == value


@given(st.floats(allow_nan=False))
def test_every_float_survives(value):
    assert native(parse("number", repr(value))) == value


@given(st.datetimes(), st.integers(-840, 840))
def test_every_moment_survives(value, minutes):
    zone = datetime.timezone(datetime.timedelta(minutes=minutes))
    moment = parse("datetime", value.replace(tzinfo=zone).isoformat())
    assert moment == Moment.of(value) if not minutes else moment != Moment.of(value)
    assert moment == Moment.of(value.replace(tzinfo=zone))
    if not minutes:
        assert native(moment) == value


@given(st.dates())
def test_every_date_survives(value):
    assert parse("date", value.isoformat()) == value


def test_only_types_with_an_order_have_limits():
    ordered = {name for name, each in TYPES.items() if "minimum" in each.constraints}
    assert ordered == {
        "integer",
        "number",
        "year",
        "date",
        "time",
        "datetime",
        "yearmonth",
        "duration",
    }
