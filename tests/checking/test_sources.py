"""What the engine lays aside and how it cuts: hashes on disk, blocks, full disks, bad parts."""

import gzip
import json
import os
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bonemet_data as bm
from bonemet_data.checking import chunks as blocks_module
from bonemet_data.checking.batches import parse
from bonemet_data.checking.chunks import Block, blocks
from bonemet_data.checking.hashes import Hashes
from bonemet_data.checking.output import OutputError
from bonemet_data.checking.records import Tokenizer
from bonemet_data.checking.streams import open_stream
from bonemet_data.errors import DataError

BATCHES = st.lists(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9)), max_size=6)


def repeated(batches):
    """Give the numbers that stand more than once, and the batches that hold one: the slow way."""
    every = [number for batch in batches for number in batch]
    twice = {number for number in every if every.count(number) > 1}
    return twice, {at for at, batch in enumerate(batches) if twice & {*batch}}


@pytest.mark.parametrize("held", [0, 64, 2**20])
@given(batches=BATCHES)
def test_hashes_that_repeat_are_found_in_memory_and_on_disk(tmp_path_factory, held, batches):
    hashes = Hashes(tmp_path_factory.mktemp("hashes") / "key", held)
    for at, batch in enumerate(batches):
        hashes.add(at, np.sort(np.array(batch, np.uint64)))
    found, numbers = hashes.repeated()
    assert ({*found}, numbers) == repeated(batches)
    assert found.n_unique() == len(found)


def test_many_hashes_are_compared_in_parts():
    """Three million: more than are compared at a time; each repeats what another batch has."""
    numbers = np.arange(1_500_000, dtype=np.uint64) * np.uint64(2**43)
    hashes = Hashes(None, 2**30)
    for at in range(3):
        hashes.add(at, numbers[at * 500_000 :][:500_000])
    assert hashes.repeated()[1] == set()
    hashes.add(3, numbers[[7, 600_000]])
    found, batches = hashes.repeated()
    assert sorted(found) == [7 * 2**43, 600_000 * 2**43]
    assert batches == {0, 1, 3}


def whole(data, start):
    """Give the places after line feeds outside quotes: the slow way."""
    return [at + 1 for at in range(start, len(data)) if data[at : at + 1] == b"\n" and data.count(b'"', start, at) % 2 == 0]  # fmt: skip


@given(
    data=st.text('"\na,', max_size=60).map(str.encode),
    size=st.integers(1, 20),
    packed=st.booleans(),
)
def test_blocks_hold_whole_records_and_lose_no_byte(tmp_path_factory, data, size, packed):
    place = tmp_path_factory.mktemp("chunks") / ("t.csv.gz" if packed else "t.csv")
    place.write_bytes(gzip.compress(data) if packed else data)
    start = whole(data, 0)[0] if whole(data, 0) else len(data)
    with open_stream(place, "t") as stream:
        found = list(blocks(stream, start, size))
    assert b"".join(block.data for block in found) == data[start:]
    assert [block.start for block in found] == [
        start + sum(len(block.data) for block in found[:at]) for at in range(len(found))
    ]
    ends = {block.start + len(block.data) for block in found[:-1]}
    assert ends <= {*whole(data, start)}
    assert all(block.quoted for block in found if b'"' in block.data)


PIECES = ["a", "b", ",", ",", "\n", "\n", "\r\n", "\r", '"', '"', '""', '"a"', '"a,b"', '"a\nb"', '"a""b"', " ", "é", "\0"]  # fmt: skip


@given(
    data=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join).map(str.encode),
    width=st.integers(1, 3),
)
@example(data=b'x,""a"\ny,"b""\n', width=2)
@example(data=b"a,b\n\nc,d,", width=2)
@example(data=b"a\nb,", width=1)
@settings(max_examples=1000)
def test_what_polars_reads_is_what_is_read_byte_by_byte(data, width):
    """The fast reading may leave a block to the exact one, and never differ from it."""
    found = parse(Block(0, data, b'"' in data), width, b",")
    exact = Tokenizer(b",").records(data, width, 0)
    rows = [tuple(cell or "" for cell in row) for row in found.frame.rows()]
    assert rows == [tuple(cell or "" for cell in row) for row in exact.cells]
    assert list(found.faults) == exact.faults
    assert found.line_count == exact.line_count
    lines = range(len(rows)) if found.lines is None else found.lines
    assert list(lines) == exact.lines


def test_a_lost_quote_does_not_swallow_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(blocks_module, "LONGEST", 100)
    place = tmp_path / "t.csv"
    place.write_bytes(b'a\n"x\n' + b"1\n" * 500)
    with open_stream(place, "t") as stream:
        found = list(blocks(stream, 2, 10))
    assert max(len(block.data) for block in found) <= 110
    assert b"".join(block.data for block in found) == place.read_bytes()[2:]


INTEGERS = {"fields": [{"name": "a", "type": "integer", "constraints": {"unique": True}}]}
LIMITED = """
import resource, sys
import bonemet_data.checking.hashes as hashes
from bonemet_data.cli import main
hashes.Hashes.__init__.__defaults__ = (0,)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
main()
"""


@pytest.fixture
def limited(tmp_path):
    """Run `bonemet-data check` where no file may grow beyond some bytes, as on a full disk."""
    pytest.importorskip("resource", reason="this system cannot limit the size of a file")
    rules = tmp_path / "s.json"
    rules.write_text(json.dumps(INTEGERS))
    aside = tmp_path / "aside"
    aside.mkdir()

    def run(size, *arguments, **options):
        command = [sys.executable, "-c", LIMITED, str(size), "check", *map(str, arguments), "--schema", str(rules)]  # fmt: skip
        return subprocess.run(
            command,
            capture_output=True,
            check=False,
            env={**os.environ, "TMPDIR": str(aside)},
            **options,
        )

    return run


@pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
def test_a_disk_that_is_full_of_failures(tmp_path, limited, ending):
    place, output = tmp_path / "t.csv", tmp_path / f"failures.{ending}"
    place.write_bytes(b"a\n" + b"".join(b"x%d\n" % at for at in range(20_000)))
    done = limited(50_000, place, "-o", output)
    assert done.returncode == 2
    assert f"{output} cannot be written" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["aside", "s.json", "t.csv"]


def test_a_disk_that_is_full_of_keys(tmp_path, limited):
    place = tmp_path / "t.csv"
    place.write_bytes(b"a\n" + b"".join(b"%d\n" % at for at in range(20_000)))
    done = limited(50_000, place)
    assert done.returncode == 2
    assert b"A key of so many records cannot be laid aside" in done.stderr
    assert b"Let TMPDIR name a folder with room" in done.stderr
    assert not list((tmp_path / "aside").iterdir())


def test_a_disk_that_is_full_of_standard_input(tmp_path, limited):
    done = limited(1000, "-", input=b"a\n" + b"1\n" * 1000)
    assert done.returncode == 2
    assert b"Standard input cannot be laid aside" in done.stderr
    assert not list((tmp_path / "aside").iterdir())


@pytest.mark.parametrize("form", ["csv", "csv.gz", "parquet"])
def test_a_part_that_cannot_be_read_is_named_and_there_is_no_verdict(tmp_path, form):
    frame = pl.DataFrame({"a": range(1000)})
    for part in ("1", "2", "3"):
        place = tmp_path / f"{part}.{form}"
        if form == "parquet":
            frame.write_parquet(place)
        else:
            data = frame.write_csv().encode()
            place.write_bytes(gzip.compress(data) if form == "csv.gz" else data)
    torn = tmp_path / f"2.{form}"
    if form == "csv":
        torn.unlink()
        torn.symlink_to(tmp_path / "gone")
    else:
        torn.write_bytes(torn.read_bytes()[:-30])
    with pytest.raises(DataError, match=rf"2\.{form}"):
        bm.check([tmp_path / f"{part}.{form}" for part in "123"], INTEGERS, output=tmp_path / "f.csv")  # fmt: skip
    assert not (tmp_path / "f.csv").exists()


def test_an_output_error_says_that_nothing_was_left(tmp_path):
    with pytest.raises(OutputError, match="Nothing was left there"):
        bm.check(pl.DataFrame({"a": [1]}), INTEGERS, output=tmp_path / "nowhere" / "f.csv")


def test_a_batch_of_many_failing_records_is_judged_in_parts(tmp_path):
    """Three hundred thousand records in one block: rows and lines stay true, all are told."""
    rows = 300_000
    place, output = tmp_path / "t.csv", tmp_path / "f.parquet"
    bad = b"".join(b"x%d\n" % at for at in range(rows - 2))
    place.write_bytes(b"a\n" + b'"x\ny"\n' + bad + b"\xff\n")
    report = bm.check(place, INTEGERS, limit=3, output=output)
    assert (report.rows, report.failed, report.cells) == (rows, rows + 1, rows)
    assert [(f.row, f.line) for f in report.failures] == [(1, 2), (2, 4), (3, 5)]
    told = pl.read_parquet(output)
    assert told["row"].to_list() == [*range(1, rows + 1), rows]
    assert told["line"].to_list() == [2, *range(4, rows + 3), rows + 2]
    assert told.filter(rule="encoding")["row"].to_list() == [rows]
    assert bm.check(place, INTEGERS, limit=3).failures == report.failures
