"""Columns of files: CSV, compressed CSV and Parquet in and out, with nothing half written."""

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import bonemet_data as bm
from bonemet_data.cli import columns as _columns
from bonemet_data.cli import files as _files
from bonemet_data.cli import main

ROWS = [
    ("a", "C7951", "10", "nausea"),
    ("b", "G9520", "10", "x"),
    ("c", "1985", "9", ""),
    ("d", "I10", "10", "NA"),
]
FORMS = ["csv", "csv.gz", "csv.bz2", "csv.xz", "parquet"]


def write(path):
    frame = pd.DataFrame(ROWS, columns=["patient", "code", "version", "text"])
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_csv(path, index=False)
    return path


def read(path):
    if path.suffix == ".parquet":
        return pd.read_parquet(path).fillna("")
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def run(*arguments):
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("source", FORMS)
@pytest.mark.parametrize("target", FORMS)
def test_annotate_from_any_form_to_any(tmp_path, source, target):
    file, out = write(tmp_path / f"in.{source}"), tmp_path / f"out.{target}"
    done = run("annotate", file, "--column", "code", "--version-column", "version", "-o", out)
    assert done.exit_code == 0, done.output
    frame = read(out)
    assert frame["patient"].tolist() == ["a", "b", "b", "c", "d"]
    assert frame["concept_id"].tolist() == [
        "bone_metastasis", "spinal_issues", "cord_compression", "bone_metastasis", "",
    ]  # fmt: skip
    assert frame["text"].tolist() == ["nausea", "x", "x", "", "NA"]
    assert "4 rows: 3 with a concept, 1 without." in done.stderr
    assert "I10 (1)" in done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_normalize(tmp_path, form):
    file, out = write(tmp_path / f"in.{form}"), tmp_path / f"out.{form}"
    done = run("normalize", file, "--column", "text", "-o", out)
    assert done.exit_code == 0, done.output
    assert read(out)["concept_id"].tolist() == ["nausea", "", "", ""]
    assert read(out)["status"].tolist() == ["matched", "unknown", "missing", "unknown"]


def test_without_an_output_the_table_is_printed_and_the_summary_is_apart(tmp_path):
    done = run("annotate", write(tmp_path / "in.csv"), "--column", "code")
    assert done.stdout.startswith("patient,code,version,text,concept_id,predicate,matched_code\n")
    assert "rows:" not in done.stdout
    assert "rows:" in done.stderr


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_pieces_give_the_same_as_the_whole(tmp_path, monkeypatch, form):
    file = write(tmp_path / f"in.{form}")
    run("annotate", file, "--column", "code", "-o", tmp_path / f"whole.{form}")
    monkeypatch.setattr(_files, "ROWS", 1)
    run("annotate", file, "--column", "code", "-o", tmp_path / f"pieces.{form}")
    pd.testing.assert_frame_equal(
        read(tmp_path / f"pieces.{form}"), read(tmp_path / f"whole.{form}")
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["in.csv", "--column", "nothing"], "has no column 'nothing'; it has patient, code"),
        (["in.csv", "--column", "code", "--version-column", "x"], "has no column 'x'"),
        (["in.csv", "--column", "code", "--vocabulary", "snomed"], "no vocabulary 'snomed'"),
        (["missing.csv", "--column", "code"], "cannot be read"),
        (["bad.csv.gz", "--column", "code"], "cannot be read"),
        (["bad.parquet", "--column", "code"], "cannot be read"),
        (["empty.csv", "--column", "code"], "cannot be read"),
        (["annotated.csv", "--column", "code"], "has a column 'concept_id' already"),
        (["trailing.csv", "--column", "code"], "cannot be read"),
        (["twice.csv", "--column", "code"], "two columns are named 'code'"),
        (["bad.csv.xz", "--column", "code"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_an_error_and_writes_nothing(
    tmp_path, monkeypatch, arguments, words
):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in.csv")
    (tmp_path / "trailing.csv").write_text("code,site\nC7951,bone,\nC61,prostate,\n")
    (tmp_path / "twice.csv").write_text("code,code\nC61,C61\n")
    for name in ("bad.csv.gz", "bad.csv.xz", "bad.parquet"):
        (tmp_path / name).write_bytes(b"not that")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "annotated.csv").write_text("code,concept_id\nC61,x\n")
    (tmp_path / "out.csv").write_text("before")
    files = sorted(tmp_path.iterdir())
    done = run("annotate", *arguments, "-o", "out.csv")
    assert done.exit_code == 2
    assert words in done.stderr
    assert (tmp_path / "out.csv").read_text() == "before"
    assert sorted(tmp_path.iterdir()) == files


def test_an_output_of_unknown_form_is_refused(tmp_path):
    done = run("annotate", write(tmp_path / "in.csv"), "--column", "code", "-o", tmp_path / "x.zip")
    assert (done.exit_code, "ends in none of .csv, .parquet" in done.stderr) == (2, True)


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


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_without_rows_gives_one_without_rows(tmp_path, form):
    frame = pd.DataFrame({"code": pd.array([], dtype="string")})
    place = tmp_path / f"in.{form}"
    frame.to_parquet(place) if form == "parquet" else frame.to_csv(place, index=False)
    done = run("annotate", place, "--column", "code", "-o", tmp_path / f"out.{form}")
    assert done.exit_code == 0, done.output
    assert list(read(tmp_path / f"out.{form}").columns)[-1] == "matched_code"


def test_an_interruption_leaves_no_half_written_file(tmp_path, monkeypatch):
    monkeypatch.setattr(_files, "ROWS", 1)
    calls = []

    def interrupt(*arguments):
        calls.append(arguments)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return bm.annotate(*arguments)

    monkeypatch.setattr(_columns, "annotate", interrupt)
    file = write(tmp_path / "in.csv")
    done = CliRunner().invoke(
        main, ["annotate", str(file), "--column", "code", "-o", str(tmp_path / "out.csv")]
    )
    assert done.exit_code != 0
    assert [place.name for place in tmp_path.iterdir()] == ["in.csv"]


def test_lookup_and_concept_print_what_the_functions_give():
    assert run("lookup", "HP:0002653").output.startswith("pain  ")
    assert "Nothing leads from 'xyz'" in run("lookup", "xyz").stderr
    assert run("concept", "osteolytic").output == repr(bm.concept("osteolytic")) + "\n"
    assert run("concept", "osteolitic").exit_code == 2


def test_sssom_prints_the_exported_file():
    from tests.conftest import ROOT

    exported = (ROOT / "exports/mappings.sssom.tsv").read_text(encoding="utf-8")
    assert run("sssom").output == exported
