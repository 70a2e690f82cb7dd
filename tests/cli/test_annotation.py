"""Annotating and normalizing a column of a file: CSV, TSV and Parquet, compressed or not."""

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import bonemet_data as bm
from bonemet_data.cli import main
from bonemet_data.reading import tables
from bonemet_data.terminology.vocabulary import Vocabulary

ROWS = [
    ("a", "C7951", "10", "nausea"),
    ("b", "G9520", "10", "x"),
    ("c", "1985", "9", ""),
    ("d", "I10", "10", "NA"),
]
FORMATS = ["csv", "csv.gz", "csv.bz2", "csv.xz", "csv.zst", "tsv", "tsv.gz", "parquet"]


def write(path):
    frame = pd.DataFrame(ROWS, columns=["patient", "code", "version", "text"])
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix == ".zst":
        with pa.CompressedOutputStream(str(path), "zstd") as stream:
            stream.write(frame.to_csv(index=False).encode())
    else:
        frame.to_csv(path, index=False, sep="\t" if ".tsv" in path.name else ",")
    return path


def read(path):
    if path.suffix == ".parquet":
        return pd.read_parquet(path).fillna("")
    if path.suffix == ".zst":
        path = pa.CompressedInputStream(str(path), "zstd")
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    separator = "\t" if ".tsv" in path.name else ","
    return pd.read_csv(path, dtype=str, keep_default_na=False, sep=separator)


def run(*arguments):
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(
    ("source", "target"),
    [*zip(FORMATS, FORMATS[1:] + FORMATS[:1], strict=True), ("csv", "csv"), ("parquet", "parquet")],
)
def test_annotate_from_any_format_to_any(tmp_path, source, target):
    file, out = write(tmp_path / f"in.{source}"), tmp_path / f"out.{target}"
    done = run("annotate", file, "--column", "code", "--version-column", "version", "-o", out)
    assert done.exit_code == 0, done.output
    frame = read(out)
    assert frame["patient"].tolist() == ["a", "a", "b", "b", "c", "c", "d"]
    assert frame["concept_id"].tolist() == [
        "bone_metastasis", "advanced_cancer", "spinal_issues", "cord_compression",
        "bone_metastasis", "advanced_cancer", "",
    ]  # fmt: skip
    assert frame["text"].tolist() == ["nausea", "nausea", "x", "x", "", "", "NA"]
    assert "4 rows: 3 with a concept, 1 without." in done.stderr
    assert "I10 (1)" in done.stderr
    assert frame["status"].tolist() == [*["matched"] * 6, "no_concept"]


@pytest.mark.parametrize("format_", FORMATS)
def test_normalize(tmp_path, format_):
    file, out = write(tmp_path / f"in.{format_}"), tmp_path / f"out.{format_}"
    done = run("normalize", file, "--column", "text", "-o", out)
    assert done.exit_code == 0, done.output
    assert read(out)["concept_id"].tolist() == ["nausea", "", "", ""]
    assert read(out)["status"].tolist() == ["exact", "unknown", "missing", "unknown"]


def test_normalize_by_scope_and_separator(tmp_path):
    (tmp_path / "in.csv").write_text("drug\nZometa; ibuprofen 400 mg\nnausea\nxyz\n")
    options = ["--scope", "exact", "--scope", "narrower", "--separator", ";"]
    done = run("normalize", tmp_path / "in.csv", "--column", "drug", *options)
    assert [line.split(",")[1:] for line in done.stdout.splitlines()[1:]] == [
        ["bisphosphonates", "narrower", "ZOMETA", "case and punctuation"],
        ["nsaids", "narrower", "ibuprofen", "drug string"],
        ["nausea", "exact", "nausea", ""],
        ["", "unknown", "", ""],
    ]
    assert "Names by status: 2 narrower, 1 exact, 1 unknown." in done.stderr


def test_without_an_output_the_table_is_printed_and_the_summary_is_apart(tmp_path):
    done = run("annotate", write(tmp_path / "in.csv"), "--column", "code")
    assert done.stdout.startswith(
        "patient,code,version,text,concept_id,predicate,matched_code,status\n"
    )
    assert "rows:" not in done.stdout
    assert "rows:" in done.stderr


def test_batches_give_the_same_as_the_whole(tmp_path, monkeypatch):
    file = write(tmp_path / "in.parquet")
    run("annotate", file, "--column", "code", "-o", tmp_path / "whole.csv")
    monkeypatch.setattr(tables, "FRAME_ROWS", 1)
    done = run("annotate", file, "--column", "code", "-o", tmp_path / "batches.csv")
    assert "4 rows: 2 with a concept, 2 without." in done.stderr
    pd.testing.assert_frame_equal(read(tmp_path / "batches.csv"), read(tmp_path / "whole.csv"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in.csv", "--column", "nothing"], "in.csv has no column 'nothing'; it has patient, code"),
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
        (["short.csv", "--column", "code"], "short.csv:3: "),
        (["twice.csv", "--column", "code"], "two columns have the name 'code'"),
        (["folder/*.csv", "--column", "code"], "folder/*.csv matches 2 files"),
        (["numbers.parquet", "--column", "code"], "read the column as text"),
        (["out.csv", "--column", "before"], "out.csv is one of the input files"),
    ],
)
def test_an_error_writes_nothing(tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in.csv")
    for name, text in {
        "trailing.csv": "code,site\nC7951,bone,\nC61,prostate,\n",
        "short.csv": "code,site\nC7951,bone\nC61\n",
        "twice.csv": "code,code\nC61,C61\n",
        "empty.csv": "",
        "annotated.csv": "code,concept_id\nC61,x\n",
        "out.csv": "before",
        **dict.fromkeys(["bad.csv.gz", "bad.csv.xz", "bad.csv.bz2", "bad.parquet"], "not that"),
    }.items():
        (tmp_path / name).write_text(text)
    pd.DataFrame({"code": [174]}).to_parquet("numbers.parquet")
    (tmp_path / "folder").mkdir()
    for name in ("a.csv", "b.csv"):
        write(tmp_path / "folder" / name)
    files = sorted(tmp_path.iterdir())
    done = run("annotate", *arguments, "-o", "out.csv")
    assert done.exit_code == 2
    assert message in done.stderr
    assert (tmp_path / "out.csv").read_text() == "before"
    assert sorted(tmp_path.iterdir()) == files


def test_an_output_of_unknown_format_is_refused(tmp_path):
    done = run("annotate", write(tmp_path / "in.csv"), "--column", "code", "-o", tmp_path / "x.zip")
    assert done.exit_code == 2
    assert "x.zip has an unknown format: use a suffix of: .csv, .tsv" in done.stderr


def test_no_row_and_no_column_is_lost(tmp_path):
    (tmp_path / "one.csv").write_text("label\npain\n\nnausea\n\n")
    run("normalize", tmp_path / "one.csv", "--column", "label", "-o", tmp_path / "out.csv")
    assert len(read(tmp_path / "out.csv")) == 4
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
    assert list(read(out).columns) == ["n", "code", *added]
    if format_ == "parquet":
        assert pq.read_schema(out).field("n").type == pa.int64()


def test_standard_input_is_read_as_csv():
    result = CliRunner().invoke(main, ["annotate", "-", "--column", "code"], input="code\nC61\n")
    assert (
        result.stdout.splitlines()[1] == "C61,prostate_cancer,skos:exactMatch,icd10cm:C61,matched"
    )


def test_cells_are_written_as_they_were_read(tmp_path):
    text = 'code,note\nC61," a, ""b""\nc "\n,\n'
    (tmp_path / "in.csv").write_text(text)
    run("annotate", tmp_path / "in.csv", "--column", "code", "-o", tmp_path / "out.csv")
    assert read(tmp_path / "out.csv")["note"].tolist() == [' a, "b"\nc ', ""]
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
        (["C61;C50"], "1 values contain several codes"),
        (["C79.519"], "1 values have the status unknown_code; the most frequent: C79.519 (1)."),
        (["foo"], "1 values have the status not_a_code; the most frequent: foo (1)."),
        (["a\x1b[31m"], "most frequent: a\\x1b[31m (1)."),
        (["C50.9"], "could also be codes of ICD-10 (WHO) or ICD-O-3 topography"),
    ],
)
def test_the_summary_says_what_is_wrong_with_the_codes(codes, cells, message, monkeypatch):
    monkeypatch.setattr(tables, "FRAME_ROWS", 1)
    assert message in run("annotate", codes(*cells), "--column", "code").stderr


def test_detect_prints_the_vocabularies_that_fit(codes):
    done = run("detect", codes("94222008", "22298006", "", "x"), "--column", "code")
    assert done.stdout == (
        "snomedct      2 of 3 values (66.7%) have the form of SNOMED CT; 1 lead to a concept\n"
    )
    none = run("detect", codes("x"), "--column", "code")
    assert none.stdout == "None of 1 values is a code of a known vocabulary.\n"
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
    file = write(tmp_path / "in.parquet")
    done = CliRunner().invoke(
        main, ["annotate", str(file), "--column", "code", "-o", str(tmp_path / "out.csv")]
    )
    assert done.exit_code != 0
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_concept_prints_what_the_function_gives():
    assert run("concept", "osteolytic").output == str(bm.concept("osteolytic")) + "\n"
    assert run("concept", "osteolitic").exit_code == 2


def test_sssom_prints_the_exported_file():
    from tests.conftest import ROOT

    exported = (ROOT / "exports/mappings.sssom.tsv").read_text(encoding="utf-8")
    assert run("sssom").output == exported
