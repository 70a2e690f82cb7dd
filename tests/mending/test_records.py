"""A record in which cells are replaced is read as before, but for these cells."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bonemet_data.errors import OutputError
from bonemet_data.mending.records import mend_record
from bonemet_data.package.csv_reading import CsvReader

DELIMITERS = [",", ";", "\t", "|", "::", "§", " "]
TEXTS = st.text(st.sampled_from(list("ab\"';,:|§\\ #\t\r\n\ufeffé")), max_size=4)


@st.composite
def readers(draw):
    quote = draw(st.sampled_from(['"', "'", ""]))
    return CsvReader(
        draw(st.sampled_from(DELIMITERS)),
        quote,
        terminator=draw(st.sampled_from(["", "\r", "\r\n", "$$", "\n"])),
        double_quote=draw(st.booleans()),
        escape=draw(st.sampled_from(["", "\\"])),
        skip_space=draw(st.booleans()),
        comment=draw(st.sampled_from(["", "#"])),
        null=draw(st.sampled_from([None, "\\N"])),
    )


def records(reader, text):
    """The records of a text that have cells, with their texts."""
    return [
        (text[start:end], cells) for start, end, cells, _ in reader.spans(text) if cells is not None
    ]


@given(readers(), st.data())
def test_the_spans_of_the_cells_are_those_that_the_reader_reads(reader, data):
    special = st.sampled_from(
        [reader.delimiter, reader.line_end, reader.quote, "\r", "a", "\\", " "]
    )
    text = "".join(data.draw(st.lists(special, max_size=12)))
    for raw, cells in records(reader, text):
        spans = [*reader.cell_spans(raw)]
        assert len(spans) == len(cells or [""])
        without_comments = CsvReader(
            reader.delimiter,
            reader.quote,
            terminator=reader.terminator,
            double_quote=reader.double_quote,
            escape=reader.escape,
            skip_space=reader.skip_space,
            null=reader.null,
        )
        for (start, _), cell in zip(spans, cells or [""], strict=True):
            rest = records(without_comments, raw[start:])
            first = rest[0][1] if rest else []
            assert (first or [""])[0] == cell
        # What is between the cells are delimiters, and spaces after them.
        gaps = [raw[end:start] for (_, end), (start, _) in pairwise(spans)]
        assert all(re.fullmatch(re.escape(reader.delimiter) + r"[ \t]*", gap) for gap in gaps)
        assert raw[spans[-1][1] :] in {"", reader.line_end, "\r\n", "\r"}


@given(readers(), st.data())
def test_only_the_replaced_cells_differ(reader, data):
    special = st.sampled_from(
        [reader.delimiter, reader.line_end, reader.quote, "\r", "a", "b", " "]
    )
    text = "".join(data.draw(st.lists(special, min_size=1, max_size=12)))
    found = [*reader.spans(text)][:1]
    assume(found and found[0][2] is not None)
    _, end, cells, _ = found[0]
    cells = cells or [""]
    indices = st.integers(0, len(cells) - 1)
    new = data.draw(st.dictionaries(indices, TEXTS, min_size=1))
    try:
        mended = mend_record(reader, text, new, "here")
    except OutputError:
        assume(False)
    assert mended.old == text[:end]
    expected = [new.get(index, cell) for index, cell in enumerate(cells)]
    ((raw, read),) = records(reader, mended.new)
    assert raw == mended.new
    assert (read or [""]) == expected
    # All other bytes are as they were, in the same order.
    spans = [*reader.cell_spans(mended.old)]
    pattern, last = "", 0
    for index, (start, stop) in enumerate(spans):
        if index in new:
            pattern += re.escape(mended.old[last:start]) + r"[\s\S]*"
            last = stop
    assert re.fullmatch(pattern + re.escape(mended.old[last:]), mended.new)


CASES = [
    ("a,b\n", {0: "x"}, "x,b\n"),
    ('"a",b\n', {0: "x"}, '"x",b\n'),
    ("a,b\r\n", {1: "x,y"}, 'a,"x,y"\r\n'),
    ("a,b", {1: 'x"y'}, 'a,"x""y"'),
    ('"a""b",c\n', {0: 'x"'}, '"x""",c\n'),
    ("a,b\n", {0: "", 1: "\n"}, ',"\n"\n'),
    ("a\n", {0: ""}, '""\n'),
    ('a ,"b"\n', {1: ""}, 'a ,""\n'),
    ('5" nail,b\n', {1: "c"}, '5" nail,c\n'),
    ("a,b\nnext,", {0: "x"}, "x,b\n"),
]


@pytest.mark.parametrize(("text", "new", "expected"), CASES)
def test_quotes_stay_or_are_added_where_they_are_needed(text, new, expected):
    assert mend_record(CsvReader(), text, new, "").new == expected


def test_a_text_that_the_dialect_cannot_express_is_refused_with_its_place():
    with pytest.raises(OutputError, match=r"^c\.csv:2: the text 'x,y' cannot be written"):
        mend_record(CsvReader(",", ""), "a,b\n", {0: "x,y"}, "c.csv:2")
