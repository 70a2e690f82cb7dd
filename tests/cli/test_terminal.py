"""Colors, width and silence, each decided in one place."""

import json
import re

import pytest

import bonemet_data as bm
from bonemet_data.cli import main, terminal
from tests.cli.place import prepare

PLAIN = dict.fromkeys(("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR"))


@pytest.fixture
def place(tmp_path, monkeypatch):
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("environment", "colored"),
    [
        ({"TERM": "xterm"}, None),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, None),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, None),
        ({"CLICOLOR_FORCE": "1", "TERM": "dumb"}, True),
        ({"CLICOLOR": "0"}, False),
        ({"CLICOLOR": "1"}, None),
        ({"TERM": "dumb"}, False),
    ],
)
def test_the_environment_decides_on_colors(monkeypatch, run, environment, colored):
    """None: if the stream is a terminal."""
    for name, value in ({"TERM": "xterm"} | PLAIN | environment).items():
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    assert terminal.uses_color() is colored
    for arguments in (["show", "types"], ["validate"], ["show", "nothing"]):
        result = run(*arguments)
        assert ("\x1b[" in result.output) == (colored is True)


@pytest.mark.parametrize(("columns", "width"), [("120", 120), ("10", 40), ("", 80), ("0", 80)])
def test_the_width_is_that_of_the_terminal(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal.width() == width


@pytest.mark.parametrize("columns", ["1", "40", "80", "120"])
@pytest.mark.parametrize(
    "arguments",
    [["show", *bm.tables()[:4]], ["lookup", "C79.51", "bone mets"], ["list"], ["releases"]],
)
def test_text_fits_the_terminal(run, monkeypatch, columns, arguments):
    monkeypatch.setenv("COLUMNS", columns)
    lines = run(*arguments).stdout.splitlines()
    fixed = 80 if arguments[0] in {"list", "releases"} else 64 if arguments[0] == "lookup" else 40
    assert max(map(len, lines)) <= max(int(columns), fixed)


QUIET = {
    "annotate": ["diagnoses.csv", "--column", "icd_code"],
    "check": ["cohort.csv", "--schema", "cohort.json"],
    "detect": ["diagnoses.csv", "--column", "icd_code"],
    "diff": ["1.0.0", "1.1.0"],
    "lookup": ["xyz"],
    "normalize": ["registry.csv", "--column", "diagnosis"],
    "release": [],
    "stamp": [],
    "validate": [],
    "verify-source": ["article.txt", "--package", "."],
}
WITH_RESULTS = {"annotate", "detect", "diff", "normalize", "verify-source"}


@pytest.mark.parametrize(("command", "arguments"), QUIET.items())
def test_quiet_prints_results_only(run, place, command, arguments):
    for option in ("-q", "--quiet"):
        if (place / "datapackage/releases").exists():
            return
        result = run(command, *arguments, option)
        assert (result.exit_code, result.stderr) == (0, "")
        assert bool(result.stdout) == (command in WITH_RESULTS)


def test_quiet_is_an_option_of_every_command_with_notes_or_progress():
    quiet = {
        name for name, each in main.commands.items() if any("-q" in o.opts for o in each.params)
    }
    assert set(QUIET) <= quiet
    assert not quiet & {"list", "show", "concept", "cite", "sssom", "statements", "evidence"}


def test_quiet_keeps_the_summary_and_errors(run, place):
    (place / "cohort.csv").write_text("lesion_type\nlytic\n")
    result = run("check", "cohort.csv", "--column", "lesion_type=types", "-q")
    assert result.exit_code == 1
    assert result.stdout == "1 error in 1 row\n"
    assert run("check", "missing.csv", "--column", "a=types", "-q").stderr.startswith("Error: ")


def records(name):
    return [row._asdict() for row in bm.load(name, "records")]


JSON = {
    "list": (["list"], lambda: [
        {key: entry[key] for key in ("name", "rows", "title")} for entry in bm.descriptor()["resources"]
    ]),
    "show": (["show", "types"], lambda: records("types")),
    "show several": (["show", "types", "causes"], lambda: {
        "types": records("types"), "causes": records("causes"),
    }),
    "statements": (["statements", "pain", "bone"], lambda: [
        row._asdict() for subject in ("pain", "bone") for row in bm.statements(subject, engine="records")
    ]),
    "evidence": (["evidence", "st014", "st033"], lambda: [
        row._asdict() for id_ in ("st014", "st033") for row in bm.evidence(id_, engine="records")
    ]),
    "detect": (["detect", "diagnoses.csv", "--column", "icd_code"], lambda: (
        bm.detect(["C79.51", "C61"]).to_dict("records")
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_json_has_the_names_of_python(run, place, name):
    arguments, expected = JSON[name]
    assert json.loads(run(*arguments, "--format", "json").stdout) == expected()


def test_json_of_concepts_and_releases_has_their_attributes(run):
    pain, bone = json.loads(run("concept", "pain", "bone", "--format", "json").stdout)
    assert list(pain) == list(bm.concept("pain").__dataclass_fields__)
    assert [each["object_id"] for each in bone["mappings"]] == [
        each.object_id for each in bm.concept("bone").mappings
    ]
    first, *_ = json.loads(run("releases", "--format", "json").stdout)
    assert first["sha256"] == bm.releases()[0].sha256


@pytest.mark.parametrize("command", ["annotate", "normalize"])
def test_json_of_a_summary(run, place, command):
    (place / "a.csv").write_text("x\nC61\nC61\nnothing\n")
    result = run(command, "a.csv", "--column", "x", "-o", "out.csv", "--format", "json")
    summary = json.loads(result.stderr)
    assert list(summary) == ["rows", "matched", "statuses", "notes"]
    assert summary["rows"] == 3
    assert sum(each["values"] for each in summary["statuses"]) == 3
    assert summary["statuses"][0]["most_frequent"][0] == {"text": "C61", "values": 2}


def test_json_of_a_verification(run, place):
    found = json.loads(
        run("verify-source", "article.txt", "--package", ".", "--format", "json").stdout
    )
    assert found["checksum"] == found["recorded"]
    assert {row["resource"] for row in found["rows"]} == {
        "symptoms",
        "types",
        "causes",
        "treatments",
    }


@pytest.mark.parametrize(
    ("file", "arguments", "message"),
    [
        ("id;code\n1;C61\n", [], "by semicolons: pass separator=';' (--separator ';')"),
        (
            "id;code\n1;C61\n",
            ["--separator", ","],
            "by semicolons: pass separator=';' (--separator ';')",
        ),
        ("id|codes\n1|C61\n", [], "id|codes"),
        ("id,codes\n1,C61\n", [], "Did you mean codes?"),
        ("id,Code\n1,C61\n", [], "Did you mean Code?"),
        ("id,side\n1,C61\n", [], "id, side"),
    ],
)
@pytest.mark.parametrize("command", ["check", "annotate", "normalize", "detect"])
def test_a_wrong_column_or_separator_is_wrong_usage(
    run, tmp_path, file, arguments, message, command
):
    """The message says what the file looks like."""
    (tmp_path / "a.csv").write_text(file)
    column = "code=types" if command == "check" else "code"
    result = run(command, tmp_path / "a.csv", "--column", column, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_header_with_many_columns_is_not_listed_in_full(run, tmp_path):
    (tmp_path / "a.csv").write_text(",".join(f"column_{n}" for n in range(5000)) + "\n")
    message = run("annotate", tmp_path / "a.csv", "--column", "column_5001").stderr
    assert "and 4980 more" in message
    assert len(message) < 1000


def test_csv_of_several_tables_is_wrong_usage(run):
    result = run("show", "types", "causes", "--format", "csv")
    assert result.exit_code == 2
    assert "CSV is the text of one table" in result.stderr


def test_several_tables_as_markdown_have_headings(run):
    headings = re.findall(
        r"^## (.+)$", run("show", "types", "causes", "--format", "markdown").stdout, re.MULTILINE
    )
    assert headings == ["Types of Bone Metastasis", "Causes and Mechanisms of Bone Metastasis"]
