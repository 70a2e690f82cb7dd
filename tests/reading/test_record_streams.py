"""Records of any dialect: those of Python's csv where it agrees, whatever is read at a time."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemet_data.package.csv_reading import CsvReader
from bonemet_data.reading import record_streams
from bonemet_data.reading.byte_streams import FileStream, ForwardStream
from bonemet_data.reading.record_streams import stream_records

CELL = st.text(alphabet="ab ,;'\"\\\n\ré", max_size=5)
TABLE = st.lists(st.lists(CELL, min_size=2, max_size=3), max_size=6)
DIALECTS = [
    {},
    {"delimiter": ";"},
    {"quote": "'"},
    {"escape": "\\", "double_quote": False},
    {"escape": "\\"},
    {"delimiter": "\t", "skip_space": True},
]
PYTHON = {"delimiter": "delimiter", "quote": "quotechar", "escape": "escapechar", "double_quote": "doublequote"}  # fmt: skip


@settings(max_examples=200)
@given(TABLE, st.sampled_from(DIALECTS))
def test_what_python_writes_is_read(table, dialect):
    out = io.StringIO(newline="")
    options = {PYTHON[key]: value for key, value in dialect.items() if key in PYTHON}
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL, **options)
    writer.writerows(table)
    found = [record.cells for record in CsvReader(**dialect).records(out.getvalue())]
    assert found == table


@settings(max_examples=500)
@given(
    text=st.lists(st.sampled_from(['"', "\n", "\r\n", "a", ",", "::", "|", "\\", "#", "é", " "])).map("".join),
    dialect=st.sampled_from([
        *DIALECTS, {"delimiter": "::"}, {"terminator": "|"}, {"comment": "#"}, {"quote": ""},
        {"terminator": "\r\n"}, {"double_quote": False},
    ]),
    step=st.integers(1, 9),
    limit=st.sampled_from([4, 9, 10**6]),
)  # fmt: skip
def test_records_do_not_depend_on_what_is_read_at_a_time(text, dialect, step, limit):
    data = text.encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CsvReader, "limit", limit)
        reader = CsvReader(**dialect)
        whole = list(reader.records(text))
        patch.setattr(record_streams, "_STEP", step)
        source = FileStream(io.BytesIO(data), "t", len(data))
        found = list(stream_records(source, reader))
    assert [record.cells for record in found] == [record.cells for record in whole]
    assert [record.line for record in found] == [record.line for record in whole]


def test_a_cell_that_is_too_long_is_skipped(monkeypatch):
    monkeypatch.setattr(CsvReader, "limit", 100)
    monkeypatch.setattr(record_streams, "_STEP", 16)
    source = ForwardStream(io.BytesIO(b'1;"' + b"x\n" * 5000 + b'";y\n3;4\n'), "t")
    found = list(stream_records(source, CsvReader(";")))
    assert [record.cells for record in found] == [None, ["3", "4"]]
    assert [record.line for record in found] == [0, 5001]


def test_a_line_that_is_too_long_is_skipped(monkeypatch):
    monkeypatch.setattr(CsvReader, "limit", 100)
    monkeypatch.setattr(record_streams, "_STEP", 16)
    source = ForwardStream(io.BytesIO(b"1,2\n" + b"x" * 5000 + b",y\n3,4\n"), "t")
    found = list(stream_records(source, CsvReader(comment="#")))
    assert [record.cells for record in found] == [["1", "2"], None, ["3", "4"]]
    assert [record.line for record in found] == [0, 1, 2]
    assert max(len(record.raw) for record in found) < 200
