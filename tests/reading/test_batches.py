"""Batches: what Polars parses is what the exact reader parses."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bonemet_data.package.csv_reading import CsvReader
from bonemet_data.reading.batches import parse_chunk
from bonemet_data.reading.chunks import Chunk
from bonemet_data.reading.csv_records import parse_records

PIECES = ["\ufeff", "a", "b", ",", ",", "\n", "\n", "\r\n", "\r", '"', '"', '""', '"a"', '"a,b"', '"a\nb"', '"a""b"', " ", "é", "\0"]  # fmt: skip


@given(
    data=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join).map(str.encode),
    width=st.integers(1, 3),
)
@example(data=b'x,""a"\ny,"b""\n', width=2)
@example(data=b"a,b\n\nc,d,", width=2)
@example(data=b"a\nb,", width=1)
@example(data=b"\xef\xbb\xbfa\n", width=1)
@settings(max_examples=500)
def test_polars_and_the_exact_reader_agree(data, width):
    batch = parse_chunk(Chunk.of(0, data, b","), width, b",")
    exact = parse_records(CsvReader(), data, width)
    rows = [tuple(cell or "" for cell in row) for row in batch.frame.rows()]
    assert rows == [tuple(cell or "" for cell in row) for row in exact.cells]
    assert list(batch.faults) == exact.faults
    assert batch.line_count == exact.line_count
    lines = range(len(rows)) if batch.lines is None else batch.lines
    assert list(lines) == exact.lines
