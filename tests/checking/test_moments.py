"""The prefilter of dates with times clears nothing that the cell validator rejects."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.checking.moments import valid_moment
from bonemet_data.tableschema.fields import read_field
from bonemet_data.tableschema.problems import Problems


def field(form=None):
    entry = {"name": "seen", "type": "datetime"} | ({"format": form} if form else {})
    return read_field(entry, Problems())


def cleared(form, texts):
    column = pl.Series("seen", texts, pl.String)
    return column.to_frame().select(valid_moment(field(form), pl.col("seen"))).to_series().to_list()


def is_valid(form, text):
    try:
        field(form).parse(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (None, "2024-02-29T23:59:59"),
        ("%Y-%m-%d %H:%M:%S", "2024-01-31 00:00:00"),
        ("%d.%m.%Y %H:%M", "31.12.1999 08:05"),
        ("%m/%d/%Y %H:%M", "12/31/1999 08:05"),
    ],
)
def test_usual_values_are_cleared(form, text):
    assert cleared(form, [text, *[text] * 3]) == [True] * 4


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d %I:%M %p", "%H:%M", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %z"]
)
def test_other_formats_are_left_to_the_cell_validator(form):
    assert valid_moment(field(form), pl.col("seen")).meta.eq(pl.lit(False))


@pytest.mark.parametrize("form", [None, "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%d%m%Y%H%M"])
@given(data=st.data())
def test_what_is_cleared_is_valid(form, data):
    number = st.integers(0, 70).map("{:02}".format)
    year = st.sampled_from(["0000", "0001", "1900", "2024", "2023", "9999", "٢٠٢٤"])
    text = (form or "%Y-%m-%dT%H:%M:%S").replace("%Y", data.draw(year))
    for directive in ("%m", "%d", "%H", "%M", "%S"):
        text = text.replace(directive, data.draw(number))
    text = data.draw(st.sampled_from([text, f" {text}", f"{text}\n", text[:-1], text + "0"]))
    assert is_valid(form, text) or cleared(form, [text]) == [False]
