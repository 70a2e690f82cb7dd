"""Annotating and normalizing a column of a file, in every format that is read and written."""

import bz2
import gzip
import io
import lzma
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from functools import partial
from html import escape

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from click.testing import CliRunner

from bonemet_data.cli import main, status_counts
from bonemet_data.cli.status_counts import StatusCounts
from bonemet_data.package.csv_reading import CsvReader
from bonemet_data.reading import sheet_cells, table_writers, tables
from bonemet_data.reading.sources import open_tables
from bonemet_data.terminology.vocabulary import Vocabulary
from tests.conftest import ROOT

HEADER = ["id", "code", "version", "", "text, free"]
ROWS = [
    ["007", "C7951", "10", " x ", "nausea"],
    ["1e5", "G9520", "10", "", 'a "quoted", cell'],
    ["-0", "1985", "9", "NA", "two\nlines"],
    ["=1+1", "I10", "10", "é", "#no comment"],
]
ADDED = ["concept_id", "predicate", "matched_code", "status"]
CONCEPTS = [
    (0, "bone_metastasis"), (0, "advanced_cancer"), (1, "spinal_issues"), (1, "cord_compression"),
    (2, "bone_metastasis"), (2, "advanced_cancer"), (3, ""),
]  # fmt: skip
TEXT = ["csv", "tsv", "csv.gz", "csv.bz2", "csv.xz", "csv.zst", "tsv.gz"]
WRITTEN = [*TEXT, "parquet", "arrow", "feather", "xlsx"]
READ = [*WRITTEN, "txt", "psv.gz", "csv.zip", "json", "jsonl", "ods"]


def text_of(header, rows, separator=","):
    reader = CsvReader(separator)
    return "".join(f"{reader.join(cells)}\n" for cells in [header, *rows])


def zipped(data):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", data)
    return buffer.getvalue()


PACK = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": partial(pa.compress, codec="zstd", asbytes=True),
    ".zip": zipped,
}


def write_ods(path, rows):
    names = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ["".join(cell.format(escape(each)) for each in row) for row in rows]
    lines = [line.replace("\n", "</text:p><text:p>") for line in lines]
    lines = [line.replace("> x <", "><text:s/>x<text:s/><") for line in lines]
    table = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest xmlns="{names}:manifest:1.0"></manifest>'
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{names}:office:1.0" '
            f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="1">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def write_table(path, header=HEADER, rows=ROWS):
    """Write a table of text without the code under test."""
    frame = pl.DataFrame(rows, schema=[f"c{at}" for at in range(len(header))], orient="row")
    frame.columns = header
    match path.suffix:
        case ".parquet":
            frame.write_parquet(path)
        case ".arrow" | ".feather":
            frame.write_ipc(path)
        case ".json":
            frame.write_json(path)
        case ".jsonl":
            frame.write_ndjson(path)
        case ".ods":
            write_ods(path, [header, *rows])
        case ".xlsx":
            with xlsxwriter.Workbook(str(path)) as book:
                sheet = book.add_worksheet()
                for number, cells in enumerate([header, *rows]):
                    for column, cell in enumerate(cells):
                        sheet.write_string(number, column, cell)
        case _:
            kind = path.name.split(".")[1]
            separator = {"tsv": "\t", "txt": ";", "psv": "|"}.get(kind, ",")
            text = text_of(header, rows, separator)
            path.write_bytes(PACK.get(path.suffix, bytes)(text.encode()))
    return path


def read_cells(path):
    """Return the header and the rows of a file; a missing value is ""."""
    with open_tables(path) as (table,):
        rows = [row for frame, _ in table.frames() for row in frame.rows()]
    return list(table.header), [["" if cell is None else cell for cell in row] for row in rows]


def run(*arguments, **options):
    result = CliRunner().invoke(main, [str(each) for each in arguments], **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def annotate(file, *arguments, **options):
    return run("annotate", file, "--column", "code", *arguments, **options)


@pytest.mark.parametrize("target", WRITTEN)
@pytest.mark.parametrize("source", READ)
def test_from_any_format_to_any(tmp_path, source, target):
    file, out = write_table(tmp_path / f"in.{source}"), tmp_path / f"out.{target}"
    done = annotate(file, "--version-column", "version", "-o", out)
    assert done.exit_code == 0, done.output
    header, rows = read_cells(out)
    assert header == [*HEADER, *ADDED]
    assert [row[:5] for row in rows] == [ROWS[at] for at, _ in CONCEPTS]
    assert [row[5] for row in rows] == [concept for _, concept in CONCEPTS]
    assert done.stderr.splitlines()[:4] == [
        "4 rows: 3 with a concept, 1 without",
        "status      values  most frequent",
        "matched          3  C7951 (1), G9520 (1), 1985 (1)",
        "no_concept       1  I10 (1)",
    ]


@pytest.mark.parametrize("format_", ["csv", "tsv.gz", "parquet", "xlsx"])
def test_normalize(tmp_path, format_):
    file, out = write_table(tmp_path / f"in.{format_}"), tmp_path / f"out.{format_}"
    done = run("normalize", file, "--column", "text, free", "-o", out)
    assert done.exit_code == 0, done.output
    header, rows = read_cells(out)
    assert header == [*HEADER, "concept_id", "status", "matched", "how"]
    assert [row[:5] for row in rows] == ROWS
    assert [row[5:7] for row in rows] == [["nausea", "exact"], *[["", "unknown"]] * 3]


@pytest.mark.parametrize("format_", READ)
def test_detect(tmp_path, format_):
    done = run("detect", write_table(tmp_path / f"in.{format_}"), "--column", "code")
    assert done.stdout.splitlines()[2].split() == ["icd10cm", "ICD-10-CM", "3", "(75.0%)", "2"]


def test_normalize_by_scope_and_separator(tmp_path):
    (tmp_path / "in.csv").write_text("drug\nZometa; ibuprofen 400 mg\nnausea\nxyz\n")
    options = ["--scope", "exact", "--scope", "narrower", "--label-separator", ";"]
    done = run("normalize", tmp_path / "in.csv", "--column", "drug", *options)
    assert [line.split(",")[1:] for line in done.stdout.splitlines()[1:]] == [
        ["bisphosphonates", "narrower", "ZOMETA", "case and punctuation"],
        ["nsaids", "narrower", "ibuprofen", "drug string"],
        ["nausea", "exact", "nausea", ""],
        ["", "unknown", "", ""],
    ]
    assert done.stderr.splitlines() == [
        "3 rows: 2 with a concept, 1 without",
        "status    values  most frequent",
        "narrower       2  Zometa (1), ibuprofen 400 mg (1)",
        "exact          1  nausea (1)",
        "unknown        1  xyz (1)",
    ]


def test_without_an_output_the_table_is_printed_and_the_summary_is_apart(tmp_path):
    done = annotate(write_table(tmp_path / "in.csv"))
    assert done.stdout.startswith(
        'id,code,version,,"text, free",concept_id,predicate,matched_code,status\n'
    )
    assert annotate(tmp_path / "in.csv", "-o", "-").stdout == done.stdout
    assert "rows:" not in done.stdout
    assert "rows:" in done.stderr


def test_batches_give_the_same_as_the_whole(tmp_path, monkeypatch):
    file = write_table(tmp_path / "in.parquet")
    whole = [annotate(file, "-o", tmp_path / f"whole.{kind}") for kind in WRITTEN]
    monkeypatch.setattr(tables, "FRAME_ROWS", 1)
    for kind, done in zip(WRITTEN, whole, strict=True):
        again = annotate(file, "-o", tmp_path / f"batches.{kind}")
        assert again.stderr == done.stderr
        assert read_cells(tmp_path / f"batches.{kind}") == read_cells(tmp_path / f"whole.{kind}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in.csv", "--column", "nothing"], "in.csv has no column 'nothing'; it has id, code"),
        (["in.csv", "--column", "code", "--separator", ";;"], "separator ';;' is not valid"),
        (["in.csv", "--column", "code", "--encoding", "x"], "the encoding 'x' is unknown"),
        (["semicolons.csv", "--column", "code"], "pass separator=';' (--separator ';')"),
        (["hash.csv", "--column", "code"], "it has # a note. If lines that start with # are"),
        (["latin.csv", "--column", "code"], "latin.csv:2: is not UTF-8 (byte 0xe9): save"),
        (["latin.csv", "--column", "code"], "or pass its encoding (--encoding)"),
        (["header.csv", "--column", "code"], "or pass the encoding of the file (--encoding)"),
        (["short.xlsx", "--column", "code"], "short.xlsx:3: blank line: remove it"),
        (["short.json", "--column", "code"], "short.json: has 1 cells, but the header has 2"),
        (["short.txt", "--column", "code", "--comment", "%"], "short.txt:4: has 1 cell, but"),
        (["numbers.xlsx", "--column", "code"], "numbers.xlsx:3: code: 250.1 is a number"),
        (
            ["numbers.json", "--column", "code"],
            "numbers.json:3: code: Decimal('250.1') is a number",
        ),
        (["in.csv", "--column", "code", "--version-column", "x"], "has no column 'x'"),
        (["in.csv", "--column", "code", "--vocabulary", "loinc"], "no vocabulary 'loinc'"),
        (["missing.csv", "--column", "code"], "missing.csv does not exist"),
        (["bad.csv.gz", "--column", "code"], "bad.csv.gz cannot be read"),
        (["bad.csv.xz", "--column", "code"], "bad.csv.xz cannot be read"),
        (["bad.csv.bz2", "--column", "code"], "bad.csv.bz2 cannot be read"),
        (["bad.parquet", "--column", "code"], "bad.parquet cannot be read"),
        (["empty.csv", "--column", "code"], "empty.csv has no header"),
        (["annotated.csv", "--column", "code"], "has a column 'concept_id' already"),
        (["trailing.csv", "--column", "code"], "trailing.csv:2: "),
        (["short.csv", "--column", "code"], "short.csv:3: has 1 cell, but the header has 2"),
        (["twice.csv", "--column", "code"], "two columns have the name 'code'"),
        (["folder/*.csv", "--column", "code"], "folder/*.csv matches 2 files"),
        (["numbers.parquet", "--column", "code"], "read the column as text"),
        (["out.csv", "--column", "before"], "out.csv is one of the input files"),
    ],
)
def test_an_error_writes_nothing(tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    write_table(tmp_path / "in.csv")
    for name, text in {
        "trailing.csv": "code,site\nC7951,bone,\nC61,prostate,\n",
        "short.csv": "code,site\nC7951,bone\nC61\n",
        "twice.csv": "code,code\nC61,C61\n",
        "empty.csv": "",
        "annotated.csv": "code,concept_id\nC61,x\n",
        "out.csv": "before",
        "semicolons.csv": "id;code\n1;C61\n",
        "hash.csv": "# a note\ncode\nC61\n",
        "short.json": '[["code", "x"], ["C61", "y"], ["C50"]]',
        "short.txt": "% a note\ncode;x\nC61;y\nC50\n",
        "numbers.json": '[{"code": "C61"}, {"code": 250.1}]',
        **dict.fromkeys(["bad.csv.gz", "bad.csv.xz", "bad.csv.bz2", "bad.parquet"], "not that"),
    }.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "latin.csv").write_bytes(b"code,x\nC61,\xe9\n")
    (tmp_path / "header.csv").write_bytes(b"code,\xe9\nC61,x\n")
    pl.DataFrame({"code": [174]}).write_parquet("numbers.parquet")
    write_table(tmp_path / "short.xlsx", ["code", "x"], [["C61", "y"], ["", ""], ["C50", "z"]])
    with xlsxwriter.Workbook("numbers.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["code", "V10.1", 250.1])
    (tmp_path / "folder").mkdir()
    for name in ("a.csv", "b.csv"):
        write_table(tmp_path / "folder" / name)
    files = sorted(tmp_path.iterdir())
    done = run("annotate", *arguments, "-o", "out.csv")
    assert done.exit_code == 2
    assert message in done.stderr
    assert (tmp_path / "out.csv").read_text() == "before"
    assert sorted(tmp_path.iterdir()) == files


@pytest.mark.parametrize("name", ["x", "x.csv.zip", "x.parquet.gz", "x.xls", "x.ods", "x.json"])
def test_an_output_of_unknown_format_is_refused(tmp_path, name):
    done = annotate(write_table(tmp_path / "in.csv"), "-o", tmp_path / name)
    assert done.exit_code == 2
    assert f"{name} has an unknown format: use one of the extensions .csv, .tsv" in done.stderr
    assert not (tmp_path / name).exists()


def test_no_row_and_no_column_is_lost(tmp_path):
    (tmp_path / "one.csv").write_text("label\npain\n\nnausea\n\n")
    run("normalize", tmp_path / "one.csv", "--column", "label", "-o", tmp_path / "out.csv")
    assert [row[0] for row in read_cells(tmp_path / "out.csv")[1]] == ["pain", "", "nausea", ""]
    frame = pd.DataFrame({"patient": [2**60 + 1, 3, 4], "code": ["C61", None, "x"]})
    frame["count"] = pd.array([9007199254740993, None, 3], dtype="Int64")
    frame.set_index("patient").to_parquet(tmp_path / "in.parquet")
    run("annotate", tmp_path / "in.parquet", "--column", "code", "-o", tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet").to_pydict()
    assert found["patient"] == [2**60 + 1, 3, 4]
    assert found["count"] == [9007199254740993, None, 3]
    assert found["concept_id"] == ["prostate_cancer", None, None]


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_a_table_without_rows_gives_one_without_rows(tmp_path, format_):
    frame = pd.DataFrame({"n": pd.array([], dtype="Int64"), "code": pd.array([], dtype="string")})
    file, out = tmp_path / f"in.{format_}", tmp_path / f"out.{format_}"
    frame.to_parquet(file) if format_ == "parquet" else frame.to_csv(file, index=False)
    done = run("annotate", file, "--column", "code", "-o", out)
    assert done.exit_code == 0, done.output
    added = ["concept_id", "predicate", "matched_code", "status"]
    assert read_cells(out) == (["n", "code", *added], [])
    if format_ == "parquet":
        assert pq.read_schema(out).field("n").type == pa.int64()


MATCHED = "prostate_cancer,skos:exactMatch,icd10cm:C61,matched"


@pytest.mark.parametrize(
    ("options", "data", "first"),
    [
        ([], "x,code\ny,C61\n", "y,C61"),
        (["--separator", ";"], "x;code\na,b;C61\n", '"a,b",C61'),
        (["--separator", "\t"], "x\tcode\ny\tC61\n", "y,C61"),
        (["--separator", r"\t"], "x\tcode\ny\tC61\n", "y,C61"),
        (["--comment", "#"], '# x,code\nx,code\n"#",C61\n#y,C50\n', "#,C61"),
        (["--comment", "//", "--separator", "|"], "//\nx|code\n//\ny|C61\n", "y,C61"),
        (["--encoding", "cp1252"], "x,code\n€,C61\n".encode("cp1252"), "€,C61"),
        (["--encoding", "utf-16"], "x,code\né,C61\n".encode("utf-16"), "é,C61"),
        ([], "\ufeffx,code\r\ny,C61\r\n", "y,C61"),
    ],
)
@pytest.mark.parametrize("how", ["-", "in.csv"])
def test_text_in_any_form(tmp_path, how, options, data, first):
    data = data if isinstance(data, bytes) else data.encode()
    (tmp_path / "in.csv").write_bytes(data)
    file = how if how == "-" else tmp_path / how
    done = annotate(file, *options, input=data)
    assert done.stdout.splitlines() == [f"x,code,{','.join(ADDED)}", f"{first},{MATCHED}"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_columns_show_the_separator_of_a_text_file(tmp_path, separator):
    lines = [["# a, b; c|d"], ["a,b" if separator != "," else "a", "code"], ["x", "C61"]]
    (tmp_path / "in.txt").write_text("".join(f"{separator.join(each)}\n" for each in lines))
    done = annotate(tmp_path / "in.txt", "--comment", "#")
    assert done.stdout.splitlines()[1] == f"x,C61,{MATCHED}"


@pytest.mark.parametrize("kind", ["same", "relative", "link", "hard link", "standard input"])
def test_the_input_is_never_the_output(tmp_path, monkeypatch, capsys, kind):
    monkeypatch.chdir(tmp_path)
    text = "code\nC61\n"
    (tmp_path / "in.csv").write_text(text)
    (tmp_path / "link.csv").symlink_to("in.csv")
    (tmp_path / "hard.csv").hardlink_to("in.csv")
    output = {"relative": "./../" + tmp_path.name + "/in.csv", "link": "link.csv",
              "hard link": "hard.csv"}.get(kind, "in.csv")  # fmt: skip
    source = "-" if kind == "standard input" else "in.csv"
    with (tmp_path / "in.csv").open() as file:
        monkeypatch.setattr("sys.stdin", file)
        main(["annotate", source, "--column", "code", "-o", output], standalone_mode=False)
    assert "is one of the input files" in capsys.readouterr().err
    assert (tmp_path / "in.csv").read_text() == text


@pytest.mark.parametrize("source", ["in.csv", "-"])
def test_standard_output_is_never_the_input(tmp_path, source):
    path = tmp_path / "in.csv"
    path.write_text("code\nC61\n")
    with path.open() as file, path.open("a") as output:
        done = subprocess.run(
            [sys.executable, "-m", "bonemet_data", "annotate", source, "--column", "code"],
            stdin=file, stdout=output, stderr=subprocess.PIPE, text=True, check=False,
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert done.returncode == 2
    assert f"standard output is the input {source}" in done.stderr
    assert path.read_text() == "code\nC61\n"


def test_names_of_columns_may_be_empty_or_repeated(tmp_path):
    (tmp_path / "in.csv").write_text("x,,code,,x\n1,2,C61,4,5\n")
    done = annotate(tmp_path / "in.csv")
    assert done.stdout.splitlines() == [f"x,,code,,x,{','.join(ADDED)}", f"1,2,C61,4,5,{MATCHED}"]
    annotate(tmp_path / "in.csv", "-o", tmp_path / "out.xlsx")
    assert read_cells(tmp_path / "out.xlsx")[0] == ["x", "", "code", "", "x", *ADDED]
    refused = annotate(tmp_path / "in.csv", "-o", tmp_path / "out.parquet")
    assert refused.exit_code == 2
    assert "out.parquet cannot have two columns with the name 'x'" in refused.stderr


def test_native_values_of_a_spreadsheet_keep_their_types(tmp_path):
    header = ["code", "age", "weight", "when", "at", "alive", "mixed"]
    rows = [
        ["C61", 54, 1.5, date(2024, 1, 5), datetime.fromisoformat("2024-01-05T10:30"), True, 1],
        ["I10", None, 2, None, None, False, "x"],
    ]
    with xlsxwriter.Workbook(tmp_path / "in.xlsx") as book:
        sheet = book.add_worksheet()
        formats = [book.add_format({"num_format": each}) for each in ("yyyy-mm-dd", "d.m.y h:mm")]
        for number, cells in enumerate([header, *rows]):
            sheet.write_row(number, 0, cells)
        sheet.write_datetime(1, 3, rows[0][3], formats[0])
        sheet.write_datetime(1, 4, rows[0][4], formats[1])
    annotate(tmp_path / "in.xlsx", "-o", tmp_path / "out.parquet")
    assert pl.read_parquet(tmp_path / "out.parquet").drop(ADDED).to_dicts() == [
        dict(zip(header, [*rows[0][:6], "1"], strict=True)),
        dict(zip(header, rows[1], strict=True)),
    ]
    annotate(tmp_path / "in.xlsx", "-o", tmp_path / "again.xlsx")
    assert [row[:7] for row in read_cells(tmp_path / "again.xlsx")[1]] == [
        [*rows[0][:6], "1"],
        ["" if cell is None else cell for cell in rows[1]],
    ]


@pytest.mark.parametrize("target", ["csv", "xlsx"])
def test_cells_with_parts_need_a_columnar_file(tmp_path, target):
    pl.DataFrame({"code": ["C61"], "x": [["a"]]}).write_parquet(tmp_path / "in.parquet")
    done = annotate(tmp_path / "in.parquet", "-o", tmp_path / f"out.{target}")
    assert done.exit_code == 2
    assert f"out.{target} cannot contain cells that are lists" in done.stderr
    assert annotate(tmp_path / "in.parquet", "-o", tmp_path / "out.arrow").exit_code == 0
    assert pl.read_ipc(tmp_path / "out.arrow")["x"].to_list() == [["a"]]


@pytest.mark.parametrize(
    ("module", "limit", "value", "message"),
    [
        (table_writers, "SHEET_ROWS", 4, "a sheet has 4 rows at most"),
        (table_writers, "SHEET_COLUMNS", 8, "a sheet has 8 columns at most"),
        (sheet_cells, "LONGEST_CELL", 14, "14 characters at most, and that in row 2 has 15"),
    ],
)
def test_limits_of_spreadsheets(tmp_path, monkeypatch, module, limit, value, message):
    monkeypatch.setattr(module, limit, value)
    done = annotate(write_table(tmp_path / "in.csv"), "-o", tmp_path / "out.xlsx")
    assert done.exit_code == 2
    assert message in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_counts_of_statuses_are_bounded(monkeypatch):
    monkeypatch.setattr(status_counts, "MOST_DISTINCT", 4)
    counts = StatusCounts()
    for number in range(1000):
        counts.update("unknown", {f"{number} {'x' * 100}": 1, "frequent": 2})
    _, line = counts.lines(1_000)
    assert line.startswith("unknown   3,000  at least frequent (2,000), ")
    assert f"{'x' * 50}… (1)" in line
    assert sum(map(len, counts._texts.values())) <= 4


def test_cells_are_written_as_they_were_read(tmp_path):
    text = 'code,note\nC61," a, ""b""\nc "\n,\n'
    (tmp_path / "in.csv").write_text(text)
    run("annotate", tmp_path / "in.csv", "--column", "code", "-o", tmp_path / "out.csv")
    assert [row[1] for row in read_cells(tmp_path / "out.csv")[1]] == [' a, "b"\nc ', ""]
    assert (tmp_path / "out.csv").read_text().endswith("\n,,,,,missing\n")


@pytest.fixture
def codes(tmp_path):
    def write_codes(*cells):
        path = tmp_path / "codes.csv"
        path.write_text("\n".join(["code", *cells]) + "\n", encoding="utf-8")
        return path

    return write_codes


def test_several_codes_of_a_cell_have_a_row_each(codes):
    done = run("annotate", codes("C61; x", "I10"), "--column", "code", "--code-separator", ";")
    assert done.stdout.splitlines() == [
        "code,separated_code,concept_id,predicate,matched_code,status",
        "C61; x,C61,prostate_cancer,skos:exactMatch,icd10cm:C61,matched",
        "C61; x,x,,,,not_a_code",
        "I10,I10,,,,no_concept",
    ]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["94222008"] * 3, "0 of 3 values are codes of icd10cm; 3 look like SNOMED CT"),
        (["C61;C50"], "Values with several codes: 1."),
        (["C79.519"], "unknown_code       1  C79.519 (1)\n"),
        (["foo"], "not_a_code       1  foo (1)\n"),
        (["a\x1b[31m"], "  a\\x1b[31m (1)\n"),
        (["C50.9"], "could also be codes of ICD-10 (WHO) or ICD-O-3 topography"),
    ],
)
def test_the_summary_says_what_is_wrong_with_the_codes(codes, cells, message, monkeypatch):
    monkeypatch.setattr(tables, "FRAME_ROWS", 1)
    assert message in run("annotate", codes(*cells), "--column", "code").stderr


def test_detect_prints_the_vocabularies_that_fit(codes):
    done = run("detect", codes("94222008", "22298006", "", "x"), "--column", "code")
    assert done.stdout.splitlines() == [
        "values: 3",
        "vocabulary  name       have its form  have a concept",
        "snomedct    SNOMED CT      2 (66.7%)               1",
    ]
    none = run("detect", codes("x"), "--column", "code")
    assert none.stdout == "values: 1, none with the form of a code of a known vocabulary\n"
    assert run("detect", codes("x"), "--column", "y").exit_code == 2


def test_an_interruption_leaves_no_half_written_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "FRAME_ROWS", 1)
    annotate = Vocabulary.annotate_and_count
    calls = []

    def interrupt(*arguments, **options):
        calls.append(arguments)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return annotate(*arguments, **options)

    monkeypatch.setattr(Vocabulary, "annotate_and_count", interrupt)
    file = write_table(tmp_path / "in.parquet")
    done = CliRunner().invoke(
        main, ["annotate", str(file), "--column", "code", "-o", str(tmp_path / "out.csv")]
    )
    assert done.exit_code != 0
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_more_distinct_codes_than_are_counted_one_by_one(codes, monkeypatch):
    monkeypatch.setattr(tables, "FRAME_ROWS", 1)
    monkeypatch.setattr(status_counts, "MOST_DISTINCT", 4)
    cells = [f"word {number}" for number in range(50)] + ["94222008"] * 60
    done = annotate(codes(*cells))
    assert "not_a_code     110  at least 9" in done.stderr
    assert "0 of 110 values are codes of icd10cm; 60 look like SNOMED CT" in done.stderr
    found = run("detect", codes(*cells), "--column", "code").stdout
    assert "  60 (54.5%)  " in found
