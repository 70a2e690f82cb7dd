"""Chunks: whole records, whatever the size of the blocks, on one machine and on many."""

import gzip
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bonemet_data.package.csv_reading import CsvReader
from bonemet_data.reading import batches, chunks
from bonemet_data.reading.batches import concat, parse_chunk
from bonemet_data.reading.byte_streams import FileStream, open_stream
from bonemet_data.reading.chunks import cut_points, is_quoting_sound, read_chunks, survey
from bonemet_data.reading.csv_records import parse_records

TEXT = st.lists(st.sampled_from(['"', "\n", "a", ",", 'b"', '",', '"\n', ',"', '""'])).map("".join)


def stream(data):
    return FileStream(BytesIO(data), "t", len(data))


@given(data=TEXT.map(str.encode), size=st.integers(1, 20), packed=st.booleans())
def test_chunks_contain_every_byte(tmp_path_factory, data, size, packed):
    place = tmp_path_factory.mktemp("chunks") / ("t.csv.gz" if packed else "t.csv")
    place.write_bytes(gzip.compress(data) if packed else data)
    with open_stream(place, "t") as source:
        found = list(read_chunks(source, 0, size, b","))
    assert b"".join(chunk.data for chunk in found) == data
    assert [chunk.offset for chunk in found] == [
        sum(len(chunk.data) for chunk in found[:at]) for at in range(len(found))
    ]


@settings(max_examples=1000)
@given(
    data=TEXT.map(str.encode),
    size=st.integers(1, 20),
    exact=st.integers(1, 20),
    limit=st.sampled_from([5, 12, 10**6]),
)
@example(data=b'5" nail,"a\nb"\n' * 9, size=10, exact=1, limit=10**6)
@example(data=b',"\n",b","\n""', size=1, exact=1, limit=12)
@example(data=b'"\n",b","""\nb"', size=1, exact=1, limit=12)
@example(data=b'b""","""""\n\n"', size=1, exact=1, limit=12)
@example(data=b'"lost\na\n' + b"b\n" * 20, size=3, exact=1, limit=12)
def test_records_do_not_depend_on_the_size_of_blocks(data, size, exact, limit):
    """Chunks of any size have the records of the whole file, where quotes are malformed too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CsvReader, "limit", limit)
        patch.setattr(chunks, "EXACT_SIZE", exact)
        patch.setattr(batches, "_EXACT_SIZE", exact)
        whole = parse_records(CsvReader(), data, 2)
        found = list(read_chunks(stream(data), 0, size, b","))
        if not found:
            assert not data
            return
        batch = concat([parse_chunk(chunk, 2, b",") for chunk in found])
    assert [[cell or None for cell in row] for row in batch.frame.rows()] == whole.cells
    assert batch.lines.to_list() == whole.lines
    assert [fault._replace(message="") for fault in batch.faults] == [
        fault._replace(message="") for fault in whole.faults
    ]
    assert batch.line_count == whole.line_count


@settings(max_examples=300)
@given(data=TEXT.map(str.encode), begin=st.integers(0, 5), size=st.integers(1, 9))
def test_surveyed_blocks_are_cut_at_records(data, begin, size):
    """On many machines, the cut points of sound quoting follow from surveys of the blocks."""
    data = b"a\n" * begin + data
    if not is_quoting_sound(data, b",") or data.count(b'"') % 2:
        return
    starts = range(0, len(data) - size + 1, size)
    surveys = [survey(data[start : start + size]) for start in starts]
    for _, end in pairwise([0, *cut_points(0, len(data), surveys)]):
        assert end == len(data) or (
            data[end - 1 : end] == b"\n" and data.count(b'"', 0, end) % 2 == 0
        )


@pytest.mark.parametrize("end", ['"\n3,4\n', '""\n"",""\n"\r\n3,4\n', '",x\n3,4\n', '" x\n3,4\n'])
@pytest.mark.parametrize("size", [20, 500, 5000])
def test_a_cell_that_is_too_long_is_skipped(monkeypatch, end, size):
    monkeypatch.setattr(CsvReader, "limit", 100)
    monkeypatch.setattr(chunks, "EXACT_SIZE", 10)
    data = ('1,2\n5,"' + "some text\n" * 500 + end).encode()
    found = list(read_chunks(stream(data), 0, size, b","))
    batch = concat([parse_chunk(chunk, 2, b",") for chunk in found])
    assert batch.frame.rows() == [("1", "2"), ("3", "4")]
    (fault,) = batch.faults
    assert (fault.line, fault.row, fault.value) == (1, None, '5,"some text')
    assert "more than 64 MiB, and was skipped" in fault.message
    assert batch.lines.to_list() == [0, data.count(b"\n") - 1]
    assert batch.line_count == data.count(b"\n")


def test_a_long_cell_without_delimiters(monkeypatch):
    monkeypatch.setattr(CsvReader, "limit", 100)
    data = b'"' + b"text\n" * 500 + b'",1\n3,4\n'
    records = parse_records(CsvReader(), data, 2)
    assert (records.cells, records.lines) == ([["3", "4"]], [501])
    assert len(records.faults) == 1


def test_the_records_after_a_lost_quote_are_read(monkeypatch):
    monkeypatch.setattr(CsvReader, "limit", 100)
    monkeypatch.setattr(chunks, "EXACT_SIZE", 10)
    data = b'1,2\n5,"6\n' + b"7,8\n" * 500
    found = list(read_chunks(stream(data), 0, 20, b","))
    batch = concat([parse_chunk(chunk, 2, b",") for chunk in found])
    assert batch.frame.height == 501
    assert [fault.line for fault in batch.faults] == [1]


def test_a_line_that_is_too_long_is_skipped(monkeypatch):
    monkeypatch.setattr(CsvReader, "limit", 100)
    monkeypatch.setattr(chunks, "EXACT_SIZE", 10)
    data = b"1,2\n" + b"x" * 5000 + b",y\n3,4\n"
    found = list(read_chunks(stream(data), 0, 20, b","))
    batch = concat([parse_chunk(chunk, 2, b",") for chunk in found])
    assert batch.frame.rows() == [("1", "2"), ("3", "4")]
    assert max(len(chunk.data) for chunk in found) <= 1024
    (fault,) = batch.faults
    assert (fault.line, fault.row) == (1, None)
    assert "look for a missing quote" in fault.message
