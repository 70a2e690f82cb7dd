"""The exact CSV reader: RFC 4180, read the same way for every use, in linear time and memory."""

import csv
import io
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bonemet_data.package.csv_reading import CsvReader


def records(text, **options):
    return [(record.line, record.cells) for record in CsvReader(**options).records(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a,b\n1,2\n", [(0, ["a", "b"]), (1, ["1", "2"])]),
        ("a,b\r\n1,2\r\n", [(0, ["a", "b"]), (1, ["1", "2"])]),
        ("a,b\n1,2", [(0, ["a", "b"]), (1, ["1", "2"])]),
        ("a,\n,\n", [(0, ["a", ""]), (1, ["", ""])]),
        ("a\n\n\r\nb\n", [(0, ["a"]), (1, []), (2, []), (3, ["b"])]),
        ('""\n"",\n', [(0, [""]), (1, ["", ""])]),
        ('"a,b","c\nd"\n1\n', [(0, ["a,b", "c\nd"]), (2, ["1"])]),
        ('"a\r\nb"\r\n1\r\n', [(0, ["a\r\nb"]), (2, ["1"])]),
        ('"say ""hi"""\n', [(0, ['say "hi"'])]),
        ('5" nail,x\n', [(0, ['5" nail', "x"])]),
        ("a\rb,c\r\n", [(0, ["a\rb", "c"])]),
        ("\ufeffa\n", [(0, ["\ufeffa"])]),
        ("a\0b,é\n", [(0, ["a\0b", "é"])]),
        # a malformed record is reported, and reading continues at the next line
        ('1,"x\n2,y\n3,z\n', [(0, None), (1, ["2", "y"]), (2, ["3", "z"])]),
        ('"a"b,c\nd\n', [(0, None), (1, ["d"])]),
        ('"a\nb"c\nd\n', [(0, None), (1, ['b"c']), (2, ["d"])]),
        ('"', [(0, None)]),
    ],
)
def test_records(text, expected):
    assert records(text) == expected


def test_another_delimiter_and_quote():
    text = "'a;''b';\"c\nd,e\n"
    expected = [(0, ["a;'b", '"c']), (1, ["d,e"])]
    assert records(text, delimiter=";", quote="'") == expected


@pytest.mark.parametrize("char", list("^]-\\|.$\t "))
def test_a_delimiter_or_quote_that_is_special_in_a_regular_expression(char):
    cells = [f"a{char}b", "c"]
    for reader in (CsvReader(delimiter=char), CsvReader(quote=char)):
        assert [record.cells for record in reader.records(reader.join(cells) + "\n")] == [cells]


def test_the_raw_texts_are_the_text():
    text = 'a,"b\n\n1,2\r\n"x\ny"\n"z'
    assert "".join(record.raw for record in CsvReader().records(text)) == text


CELLS = st.text(st.sampled_from('ab,"\n\r é\0'), max_size=5)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=4))
def test_what_is_joined_is_read_again(rows):
    reader = CsvReader()
    text = "".join(reader.join(cells) + "\n" for cells in rows)
    assert [record.cells for record in reader.records(text)] == rows


@given(st.text(st.sampled_from('ab,"\n é'), max_size=30))
@example('"a""b"\n,"c')
def test_the_csv_module_reads_the_same(text):
    """A lone carriage return is left out: it ends a line for the csv module."""
    strict = csv.reader(io.StringIO(text, newline=""), strict=True)
    expected = []
    try:
        expected.extend(strict)
    except csv.Error:
        expected.append(None)
    cells = [record.cells for record in CsvReader().records(text)]
    if None in cells:
        cells = cells[: cells.index(None) + 1]
    assert cells == expected


LOST = ['1,"x\n', '"x\n', 'a","b\n"', '"""', '"a""b\n', '""""a\n', 'x,"a\ny",b"\n']


def seconds(text):
    start = time.process_time()
    for _ in CsvReader().records(text):
        pass
    return time.process_time() - start


@pytest.mark.parametrize("line", LOST)
@pytest.mark.parametrize("start", ['1,"x\n', ""])
def test_lost_quotes_take_linear_time(start, line):
    """Eight times the text takes about eight times the time; quadratic time would be 64 times."""
    small, large = (start + line * (size // len(line)) for size in (25_000, 200_000))
    assert seconds(large) < 30 * max(min(seconds(small) for _ in range(3)), 0.001)


def test_a_lost_quote_in_plain_records_takes_the_time_of_plain_records():
    plain = "abcdefg,1\n" * 300_000
    assert seconds('1,"x\n' + plain) < 5 * seconds(plain)


def test_a_lost_quote_takes_little_memory():
    resource = pytest.importorskip("resource", reason="this system does not report memory")
    text = '1,"x' + "abcdefg,\n" * 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert next(CsvReader().records(text)).cells is None
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
