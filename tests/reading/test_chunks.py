"""Chunks: whole records, cut alike by one machine and by many."""

import gzip
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemet_data.reading import chunks
from bonemet_data.reading.byte_streams import FileStream, open_stream
from bonemet_data.reading.chunks import cut_points, read_chunks, survey


def whole(data, start):
    """Return the offsets after line feeds outside quotes: the slow way."""
    return [at + 1 for at in range(start, len(data)) if data[at : at + 1] == b"\n" and data.count(b'"', start, at) % 2 == 0]  # fmt: skip


@given(
    data=st.text('"\na,', max_size=60).map(str.encode),
    size=st.integers(1, 20),
    packed=st.booleans(),
)
def test_chunks_contain_whole_records_and_every_byte(tmp_path_factory, data, size, packed):
    place = tmp_path_factory.mktemp("chunks") / ("t.csv.gz" if packed else "t.csv")
    place.write_bytes(gzip.compress(data) if packed else data)
    start = whole(data, 0)[0] if whole(data, 0) else len(data)
    with open_stream(place, "t") as stream:
        found = list(read_chunks(stream, start, size))
    assert b"".join(chunk.data for chunk in found) == data[start:]
    assert [chunk.offset for chunk in found] == [
        start + sum(len(chunk.data) for chunk in found[:at]) for at in range(len(found))
    ]
    ends = {chunk.offset + len(chunk.data) for chunk in found[:-1]}
    assert ends <= {*whole(data, start)}
    assert all(chunk.has_quotes for chunk in found if b'"' in chunk.data)


def test_a_lost_quote_ends_at_a_line(tmp_path, monkeypatch):
    monkeypatch.setattr(chunks, "MAX_OPEN", 100)
    place = tmp_path / "t.csv"
    place.write_bytes(b'a\n"x\n' + b"1\n" * 500)
    with open_stream(place, "t") as stream:
        found = list(read_chunks(stream, 2, 10))
    assert max(len(chunk.data) for chunk in found) <= 110
    assert b"".join(chunk.data for chunk in found) == place.read_bytes()[2:]


@settings(max_examples=300)
@given(
    data=st.text('"\na', max_size=60).map(str.encode),
    begin=st.integers(0, 5),
    size=st.integers(1, 9),
    longest=st.integers(1, 30),
)
def test_surveyed_cells_are_cut_like_a_stream(data, begin, size, longest):
    begin = min(begin, len(data))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "MAX_OPEN", longest)
        streamed = [
            chunk.data
            for chunk in read_chunks(FileStream(BytesIO(data), "t", len(data)), begin, size)
        ]
        starts = range(begin, len(data) - size + 1, size)
        surveys = [survey(data[start : start + size]) for start in starts]
        folded = [data[a:b] for a, b in pairwise([begin, *cut_points(begin, len(data), surveys)])]
    assert b"".join(streamed) == data[begin:]
    assert streamed == folded == simply_cut(data[begin:], size, longest)


def simply_cut(data, size, longest):
    """Cut at the last line feed outside quotes after every so many bytes: the slow way."""
    found, start = [], 0
    for end in range(size, len(data) + 1, size):
        part = data[start:end]
        feeds = [at + 1 for at, byte in enumerate(part) if byte == 10]
        cut = max((at for at in feeds if part.count(b'"', 0, at) % 2 == 0), default=0)
        if not cut and len(part) > longest:
            cut = max(feeds, default=0)
        found += [part[:cut]] * bool(cut)
        start += cut
    return found + [data[start:]] * (start < len(data))
