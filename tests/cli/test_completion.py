"""What a shell completes: names of the package, columns of the file, and nothing dangerous."""

import os
import shlex
import shutil
import sys

import polars as pl
import pytest
from click.testing import CliRunner

import bonemet_data as bm
from bonemet_data.cli import main
from tests.conftest import ROOT

HEADER = ["icd_code", "Side", "free text", "a;$(touch hacked)", "x\x1b[2J", "über"]


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(",".join(HEADER) + "\n" + "C61," * 5 + "\n")
    (tmp_path / "semi.csv").write_text("# a note\nleft;right\n1;2\n")
    pl.DataFrame({"left": [1], "right": [2]}).write_parquet("b.parquet")
    (tmp_path / "bad.csv").write_bytes(b"\xff\x00\n")
    (tmp_path / "bad.parquet").write_text("not that")
    os.mkfifo(tmp_path / "pipe.csv")
    return tmp_path


def complete(*words, shell="bash"):
    """Return the completions of the last word, as click's protocol prints them."""
    environment = {
        "_BONEMET_DATA_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": shlex.join(["bonemet-data", *words]),
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words)),
        "COMP_LINE": None,
    }
    result = CliRunner(env=environment).invoke(main, prog_name="bonemet-data")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout.splitlines()


def plain(*words):
    return [line.removeprefix("plain,") for line in complete(*words) if line.startswith("plain,")]


@pytest.mark.parametrize(
    ("words", "completions"),
    [
        (["sho"], ["show"]),
        (["check", "--stri"], ["--strict"]),
        (["show", "sym"], ["symptoms"]),
        (["show", "types", "SYM"], ["symptoms"]),
        (["export", "sq"], ["sqlite"]),
        (["export", "json", "-o", "out.json", "--release", "1.0"], ["1.0.0"]),
        (["concept", "osteo"], [c for c in bm.load("concepts")["concept_id"] if c.startswith("osteo")]),
        (["lookup", "fatig"], ["fatigue"]),
        (["statements", "--predicate", "trea"], ["treats"]),
        (["statements", "--object", "fatig"], ["fatigue"]),
        (["evidence", "st01"], [f"st01{number}" for number in range(10)]),
        (["evidence", "--concept", "fatig"], ["fatigue"]),
        (["annotate", "a.csv", "--vocabulary", "icd10"], ["icd10cm", "icd10pcs"]),
        (["normalize", "a.csv", "--kind", "can"], ["cancer"]),
        (["normalize", "a.csv", "--scope", "na"], ["narrower"]),
        (["diff", "1.1"], ["1.1.0"]),
        (["check", "a.csv", "--release", "1.1"], ["1.1.0"]),
        (["validate", "--ignore", "primary"], ["primaryKey"]),
        (["cite", "--style", "r"], ["ris"]),
        (["concept", "nothing_like_it"], []),
    ],
)  # fmt: skip
def test_names(words, completions):
    assert plain(*words) == completions


@pytest.mark.parametrize(
    ("words", "completions"),
    [
        (["annotate", "a.csv", "--column", "icd"], ["icd_code"]),
        (["annotate", "a.csv", "--version-column", "s"], ["Side"]),
        (["detect", "a.csv", "--column", "ü"], ["über"]),
        (["normalize", "b.parquet", "--column", ""], ["left", "right"]),
        (["annotate", "semi.csv", "--comment", "#", "--separator", ";", "--column", ""], ["left", "right"]),
        (["check", "a.csv", "--column", "icd"], ["icd_code="]),
        (["check", "a.csv", "--column", "icd_code=symp"], ["icd_code=symptoms"]),
        (["check", "a.csv", "--column", "icd_code=codes:icd10c"], ["icd_code=codes:icd10cm"]),
        (["annotate", "missing.csv", "--column", ""], []),
        (["annotate", "bad.csv", "--column", "z"], []),
        (["annotate", "bad.parquet", "--column", ""], []),
        (["annotate", "pipe.csv", "--column", ""], []),
        (["annotate", "-", "--column", ""], []),
        (["annotate", "--column", ""], []),
    ],
)  # fmt: skip
def test_columns_of_the_file(files, words, completions):
    assert plain(*words) == completions


def test_a_name_that_a_terminal_would_obey_is_left_out_and_others_are_escaped(files):
    assert plain("annotate", "a.csv", "--column", "") == [
        "icd_code", "Side", r"free\ text", r"a\;\$\(touch\ hacked\)", "über",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [["annotate", ""], ["check", "x"], ["validate", ""], ["diff", "./"], ["check", "--schema", ""]],
)
def test_paths_are_left_to_the_shell(files, words):
    assert complete(*words)[-1].startswith("file,")


@pytest.mark.parametrize(
    ("shell", "lines"),
    [
        ("zsh", ["plain", "symptoms", "Key Symptoms of Bone Metastasis"]),
        ("fish", ["plain,symptoms\tKey Symptoms of Bone Metastasis"]),
    ],
)
def test_other_shells_show_titles(shell, lines):
    assert complete("show", "sym", shell=shell) == lines


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed(shell):
    environment = {"_BONEMET_DATA_COMPLETE": f"{shell}_source"}
    result = CliRunner(env=environment).invoke(main, prog_name="bonemet-data")
    assert "_BONEMET_DATA_COMPLETE" in result.stdout
    assert f"{shell}_complete" in result.stdout


@pytest.fixture(scope="module")
def bash(tmp_path_factory):
    """A bash that has read the script, with the command on its path."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed here")
    pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed here")
    folder = tmp_path_factory.mktemp("bash")
    program = folder / "bonemet-data"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m bonemet_data "$@"\n')
    program.chmod(0o755)
    (folder / "a.csv").write_text(",".join(HEADER) + "\n")
    script = CliRunner(env={"_BONEMET_DATA_COMPLETE": "bash_source"}).invoke(
        main, prog_name="bonemet-data"
    )
    (folder / "complete.sh").write_text(script.stdout)
    child = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile"],
        cwd=folder,
        env={"PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "PS1": "ready> ",
             "TERM": "dumb", "INPUTRC": "/dev/null", "LANG": "C.UTF-8"},
        dimensions=(50, 200),
        encoding="utf-8",
        timeout=60,
    )  # fmt: skip
    child.expect_exact("ready> ")
    child.sendline(
        "bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; source complete.sh"
    )
    child.expect_exact("ready> ")
    yield child
    child.close(force=True)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("bonemet-data sho", "bonemet-data show "),
        ("bonemet-data show sym", "bonemet-data show symptoms "),
        ("bonemet-data annotate a.csv --column fr", r"bonemet-data annotate a.csv --column free\ text "),
        ("bonemet-data check a.csv --column icd", "bonemet-data check a.csv --column icd_code="),
        ("bonemet-data check a.csv --column icd_code=symp", "bonemet-data check a.csv --column icd_code=symptoms "),
        ("bonemet-data check a.csv --column icd_code=codes:icd10c", "bonemet-data check a.csv --column icd_code=codes:icd10cm "),
        ("bonemet-data annotate a.c", "bonemet-data annotate a.csv "),
        ("bonemet-data detect a.csv --column a", r"bonemet-data detect a.csv --column a\;\$\(touch\ hacked\) "),
    ],
)  # fmt: skip
def test_in_bash(bash, typed, line):
    bash.send(f"{typed}\t")
    bash.expect_exact(line)
    bash.sendline("\x15echo $((40 + 2))")  # Ctrl-U erases the line
    bash.expect_exact("42")
    bash.expect_exact("ready> ")
