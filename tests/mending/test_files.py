"""Fixes of files change the cells with these texts, and no other byte."""

import bz2
import gzip
import json
import lzma
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bonemet_data as bm
from bonemet_data.errors import (
    ArgumentError,
    DataError,
    OutputError,
    UnknownNameError,
    UnsupportedDataError,
)
from bonemet_data.mending.records import mend_record
from bonemet_data.package.csv_reading import CsvReader
from bonemet_data.reading import tables


def fixes_of(*rows):
    """Fixes of (column, value, replacement)."""
    return pd.DataFrame(rows, columns=["column", "value", "replacement"], dtype=object)


def expected(reader, data, width, first, fixes):
    """The bytes of a file with fixes, as the exact reader finds its records one by one."""
    parts, malformed, is_risky = [], False, False
    for number, record in enumerate(reader.records(data.decode("utf-8", "surrogateescape"))):
        raw, cells = record.raw, record.cells
        malformed |= cells is None and bool(record.fault)
        if number >= first and cells is not None and len(cells or [""]) == width:
            found = {
                at: fixes[at][cell] for at, cell in enumerate(cells or [""]) if cell in fixes[at]
            }
            if found:
                mended = mend_record(reader, raw, found, "")
                raw, is_risky = mended.new, is_risky or (malformed and mended.is_risky)
        parts.append(raw)
    return "".join(parts).encode("utf-8", "surrogateescape"), is_risky


REPLACEMENTS = st.sampled_from(
    ["", "x", "é", "x,y", ",x", '"', 'x"y', "x\ny", "\r", "\n", "=1", ";"]
)


@pytest.mark.parametrize("size", [16, 64, 2**24])
@settings(max_examples=60)
@given(
    body=st.lists(
        st.sampled_from(
            [b",", b",", b'"', b"\n", b"\n", b"\r\n", b"a", b"b", b"\xc3\xa9", b"\xff", b"\r"]
        ),
        max_size=40,
    ),
    new=st.lists(REPLACEMENTS, min_size=4, max_size=4),
    mark=st.booleans(),
)
def test_only_the_cells_with_the_values_change(size, body, new, mark):
    data = (b"\xef\xbb\xbf" if mark else b"") + b"u,v\n" + b"".join(body)
    fixes = [{"a": new[0], "": new[1]}, {"a": new[2], "\u00e9": new[3]}]
    fixes = [{old: text for old, text in each.items() if old != text} for each in fixes]
    rows = [(name, *pair) for name, each in zip("uv", fixes, strict=True) for pair in each.items()]
    frame = fixes_of(*((name, old, text or "<empty>") for name, old, text in rows))
    wanted, is_risky = expected(CsvReader(), data, 2, 1, fixes)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "SIZE", size)
        source, target = Path(folder, "a.csv"), Path(folder, "b.csv")
        source.write_bytes(data)
        if is_risky:
            with pytest.raises(DataError, match="quoting on line"):
                bm.apply(source, frame, output=target, allow_unused=True)
            assert not target.exists()
            return
        bm.apply(source, frame, output=target, allow_unused=True)
        assert target.read_bytes() == wanted
        assert source.read_bytes() == data


DIALECTS = [
    {"delimiter": ";", "quoteChar": "'"},
    {"delimiter": "|", "quoteChar": "", "escapeChar": "\\"},
    {"delimiter": "::", "lineTerminator": "\r"},
    {"delimiter": "§", "commentChar": "#", "skipInitialSpace": True},
    {"delimiter": ",", "headerRows": [1, 2], "commentRows": [4]},
    {"delimiter": "\t", "header": False},
    {"delimiter": ",", "doubleQuote": False, "escapeChar": "\\", "nullSequence": "\\N"},
]
TEXTS = st.sampled_from(
    ["a", "b", "", "x y", "é", "it's", 'q"q', "#", "\\", "a;b", "a|b", "5,0", "z\nz"]
)


def written(dialect, records):
    """Records in a dialect."""
    quote, escape = dialect.get("quoteChar", '"'), dialect.get("escapeChar", "")
    reader = CsvReader(
        dialect["delimiter"],
        quote,
        terminator=dialect.get("lineTerminator", ""),
        double_quote=dialect.get("doubleQuote", True),
        escape=escape,
        skip_space=dialect.get("skipInitialSpace", False),
        comment=dialect.get("commentChar", ""),
        null=dialect.get("nullSequence"),
    )
    start = dialect["delimiter"].join("zz") + reader.line_end
    return [mend_record(reader, start, dict(enumerate(record)), "").new for record in records]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-be", "gbk"])
@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
@settings(max_examples=10)
@given(
    records=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6), new=st.tuples(TEXTS, TEXTS)
)
def test_every_dialect_and_encoding_is_kept(dialect, encoding, records, new):
    end = dialect.get("lineTerminator", "\n")
    head = dialect["delimiter"].join("uv") + end
    names = ("u", "v")
    if "headerRows" in dialect:
        head = f"u{dialect['delimiter']}v{end}1{dialect['delimiter']}2{end}"
        head += f"r{dialect['delimiter']}s{end}a comment, with a quote{end}"
        names = ("u 1", "v 2")
    elif not dialect.get("header", True):
        head = ""
    if "commentChar" in dialect:
        head = f"# {dialect['delimiter']} 'comment{end}" + head
    wanted = [tuple({"a": new[0], "b": new[1]}.get(t, t) for t in record) for record in records]
    texts = [head + "".join(written(dialect, each)) for each in (records, wanted)]
    resource = {
        "name": "t", "path": "a.csv", "encoding": encoding, "dialect": dialect,
        "schema": {"fields": [{"name": name, "type": "string"} for name in names]},
    }  # fmt: skip
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "a.csv"), Path(folder, "b.csv")
        source.write_bytes(texts[0].encode(encoding))
        package = Path(folder, "datapackage.json")
        package.write_text(json.dumps({"name": "p", "resources": [resource]}), encoding="utf-8")
        rows = [
            (n, old, text or "<empty>") for n in names for old, text in zip("ab", new, strict=True)
        ]
        bm.apply(source, fixes_of(*rows), output=target, schema=package, allow_unused=True)
        assert target.read_bytes() == texts[1].encode(encoding)


@pytest.fixture
def cohort(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path("cohort.csv")
    path.write_bytes(b'id,kind\r\n1,lytic\r\n2,mixed\r\n3\r\n4,lytic,\r\n5,"lytic"\r\n')
    return path


COMPRESSIONS = {"gz": gzip.decompress, "bz2": bz2.decompress, "xz": lzma.decompress}


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_a_compressed_file_is_written_compressed(cohort, suffix):
    packer = {"gz": gzip, "bz2": bz2, "xz": lzma}[suffix]
    source = Path(f"{cohort}.{suffix}")
    source.write_bytes(packer.compress(cohort.read_bytes()))
    bm.apply(source, fixes_of(("kind", "mixed", "both")), output=f"out.csv.{suffix}")
    written_bytes = COMPRESSIONS[suffix](Path(f"out.csv.{suffix}").read_bytes())
    assert written_bytes == cohort.read_bytes().replace(b"mixed", b"both")


def test_rows_with_more_or_fewer_cells_are_left_and_said(cohort):
    applied = bm.apply(cohort, fixes_of(("kind", "lytic", "osteolytic")), output="out.csv")
    assert Path("out.csv").read_bytes() == (
        b'id,kind\r\n1,osteolytic\r\n2,mixed\r\n3\r\n4,lytic,\r\n5,"osteolytic"\r\n'
    )
    assert str(applied) == (
        "1 of the values are in rows with more or fewer cells than the header, and were left: "
        "correct these rows first\n1 fix changed 2 cells in 5 rows"
    )


def test_the_log_lists_each_change_with_its_line_and_row(cohort):
    fixes = fixes_of(("kind", "lytic", "=1+1"), ("id", "1", "<empty>"))
    bm.apply(cohort, fixes, output="out.csv", log="log.csv")
    assert Path("log.csv").read_bytes().decode("utf-8-sig") == (
        'line,row,column,old,new\r\n2,1,id,"""1""",<empty>\r\n'
        '2,1,kind,lytic,"""=1+1"""\r\n6,5,kind,lytic,"""=1+1"""\r\n'
    )


def test_without_an_output_nothing_is_written(cohort):
    applied = bm.apply(cohort, fixes_of(("kind", "lytic", "x")))
    assert (applied.cells, applied.rows, applied.fixes) == (2, 5, 1)
    assert [*Path().iterdir()] == [cohort]


def test_a_value_that_does_not_occur_is_refused_with_its_row(cohort):
    fixes = fixes_of(("kind", "lytic", "x"), ("kind", "Lytic", "y"), ("id", "9", None))
    with pytest.raises(DataError, match=r"1 of the values(.|\n)*fix 2: kind: 'Lytic' → 'y'"):
        bm.apply(cohort, fixes, output="out.csv", log="log.csv")
    assert [*Path().iterdir()] == [cohort]
    applied = bm.apply(cohort, fixes, output="out.csv", allow_unused=True)
    assert applied.unused == ("fix 2: kind: 'Lytic' → 'y'",)


REFUSED = [
    (fixes_of(("colour", "a", "b")), {}, UnknownNameError, "colour"),
    (fixes_of(("kind", "lytic", "a"), ("kind", "lytic", "b")), {}, DataError, "fix 2.*fix 1"),
    (fixes_of(("id", "1", "2")).assign(rule="unique"), {}, DataError, "edit the rows"),
    (fixes_of(("id", "1", "2"))[["column", "value"]], {}, ArgumentError, "replacement"),
    (fixes_of(("kind", "lytic", "β")), {"encoding": "cp1252"}, OutputError, "'β'.*cp1252"),
    (fixes_of(("kind", "lytic", "\ud800")), {}, OutputError, "utf-8"),
    (fixes_of(("kind", "lytic", "b")), {"output": "cohort.csv"}, OutputError, "input"),
    (fixes_of(("kind", "lytic", "b")), {"output": "link.csv"}, OutputError, "input"),
    (fixes_of(("kind", "lytic", "b")), {"log": "out.csv"}, OutputError, "also the output"),
    (fixes_of(("kind", "lytic", "b")), {"log": "cohort.csv"}, OutputError, "input"),
    (fixes_of(("kind", "lytic", "b")), {"output": "out.xlsx"}, OutputError, "format"),
    (fixes_of(("kind", "lytic", "b")), {"output": "out.csv.zip"}, OutputError, "zip"),
]


@pytest.mark.parametrize(("fixes", "more", "error", "message"), REFUSED)
def test_what_cannot_be_done_is_refused_and_nothing_is_written(cohort, fixes, more, error, message):
    before = cohort.read_bytes()
    Path("link.csv").symlink_to(cohort)
    with pytest.raises(error, match=message):
        bm.apply(cohort, fixes, **{"output": "out.csv", **more})
    assert {path.name for path in Path().iterdir()} == {"cohort.csv", "link.csv"}
    assert cohort.read_bytes() == before


def test_several_files_and_other_formats_are_refused(cohort):
    Path("b.csv").write_bytes(cohort.read_bytes())
    with pytest.raises(ArgumentError, match="one file at a time"):
        bm.apply("*.csv", fixes_of(("kind", "lytic", "b")))
    pd.DataFrame({"kind": ["lytic"]}).to_json("a.json", orient="records")
    with pytest.raises(UnsupportedDataError, match="CSV, Parquet and Arrow files only"):
        bm.apply("a.json", fixes_of(("kind", "lytic", "b")))


def test_a_text_with_several_forms_in_its_encoding_is_refused(tmp_path):
    source = tmp_path / "a.csv"
    source.write_bytes("u\n".encode("utf-7") + b"+AGEAYg-\nb\n")  # ab, which UTF-7 needs not encode
    with pytest.raises(UnsupportedDataError, match="byte for byte"):
        bm.apply(source, fixes_of(("u", "b", "c")), output=tmp_path / "b.csv", encoding="utf-7")
    assert not (tmp_path / "b.csv").exists()
