"""The action: its steps run as they are in action.yml, on a repository with a broken cell."""

import json
import os
import re

import pytest

from tests.conftest import ROOT

from .composite import ACTION, CHECKOUT, THIS_PYTHON, run_action
from .page import PAGE, action_steps

pytestmark = pytest.mark.skipif(os.name == "nt", reason="bash may be that of another system")

STEPS = ACTION["runs"]["steps"]
PACKAGE, TABLE, SARIF = (step["with"] for step in action_steps())


@pytest.fixture
def run(repository, tmp_path):
    """Run the action on the repository, without the steps that need a network."""

    def run_here(**inputs):
        names = {name.replace("_", "-"): text for name, text in inputs.items()}
        folder = tmp_path / f"runner-{len(list(tmp_path.iterdir()))}"
        return run_action(repository.root, names, folder, CHECKOUT)

    return run_here


@pytest.mark.parametrize(
    ("inputs", "file", "line", "column"),
    [(PACKAGE, "visits.csv", 4, "pain_score"), (TABLE, "cohort.csv", 3, "lesion_type")],
    ids=["package", "table"],
)
def test_the_examples_fail_at_the_broken_line_and_pass_once_it_is_mended(
    run, repository, inputs, file, line, column
):
    broken = run(**inputs)
    annotations = re.findall(r"^::(\w+) file=(.+),line=(\d+),.*::(\w+)", broken.log, re.MULTILINE)
    assert broken.status == 1
    assert annotations == [("error", file, str(line), column)]
    assert broken.outputs == {"valid": "false", "errors": "1", "warnings": "0", "not-checked": "0"}
    assert broken.summary.startswith("### ❌ ")
    assert f"line {line}" in broken.summary
    repository.mend()
    mended = run(**inputs)
    assert (mended.status, mended.log.count("::")) == (0, 0), mended.log
    assert mended.outputs == {"valid": "true", "errors": "0", "warnings": "0", "not-checked": "0"}
    assert mended.summary.startswith("### ✅ ")


def test_the_example_with_a_sarif_file_writes_the_broken_line(run, repository):
    assert run(**SARIF).status == 1
    log = json.loads((repository.root / SARIF["sarif"]).read_text(encoding="utf-8"))
    (result,) = log["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "visits.csv"
    assert location["region"]["startLine"] == 4


def test_the_package_is_the_repository_by_default(run):
    assert run() == run(package=".")


def test_an_input_can_have_several_lines(run, repository):
    (repository.root / "more.csv").write_text("lesion_type,symptom\nbad,pain\nmixed,bad\n")
    both = run(
        data="more.csv\n  m*.csv\n",
        columns="lesion_type=types\n\nsymptom=symptoms\n",
        ignore="foreignKeys@.symptom\n",
    )
    assert (both.status, both.outputs["errors"]) == (1, "2"), both.log


def test_at_most_ten_errors_are_annotated_and_all_are_counted(run, repository):
    lines = "".join(f"p{number},bad{number}\n" for number in range(12))
    (repository.root / "many.csv").write_text("patient_id,lesion_type\n" + lines)
    many = run(data="many.csv", columns="lesion_type=types")
    assert (many.log.count("::error "), many.outputs["errors"]) == (10, "12")


@pytest.mark.parametrize(("strict", "status"), [(False, 0), (True, 1)])
def test_strict_makes_errors_of_warnings(run, repository, strict, status):
    repository.mend()
    repository.edit("datapackage.json", '"name": "sample",', '"name": "sample", "titel": "x",')
    assert run(strict=strict).status == status


@pytest.mark.parametrize(("allow", "status"), [(False, 3), (True, 0)])
def test_what_is_not_checked_is_accepted_on_request(run, repository, allow, status):
    repository.edit("datapackage.json", '"visits.csv"', '"https://example.org/visits.csv"')
    remote = run(allow_unchecked=allow)
    assert (remote.status, remote.outputs["valid"]) == (status, "false")
    assert remote.outputs["not-checked"] != "0"


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"package": "missing"}, "missing"),
        ({"package": ".", "data": "cohort.csv"}, "Pass package or data, but not both."),
        ({"data": "cohort.csv"}, "pass exactly one of schema"),
        ({"columns": "lesion_type=types"}, "No such option"),
        ({"strict": "yes"}, "The input strict must be true or false."),
        ({"allow_unchecked": "1"}, "The input allow-unchecked must be true or false."),
        ({"ignore": "no-such-rule"}, "no-such-rule"),
        ({"sarif": "visits.csv"}, "visits.csv exists"),
    ],
)
def test_what_cannot_be_run_fails_and_has_no_report(run, inputs, message):
    failed = run(**inputs)
    assert failed.status == 2
    assert message in failed.log
    assert failed.outputs["valid"] in {"", "false"}
    assert (failed.outputs["errors"], failed.summary) == ("", "")


HOSTILE = """
$(touch hacked)
`touch hacked`
x; touch hacked
"; touch hacked; "
--output=hacked
--report=json=hacked
"""


@pytest.mark.parametrize("name", [name for name in ACTION["inputs"] if name != "python-version"])
@pytest.mark.parametrize("text", [HOSTILE, "--output=hacked"], ids=["commands", "option"])
def test_no_input_is_run_as_a_command_or_taken_as_an_option(run, repository, name, text):
    base = {} if name in {"package", "data"} else {"data": "cohort.csv"}
    run(**{**base, name: text})
    assert not (repository.root / "hacked").exists()


def test_no_module_of_the_repository_is_imported(run, repository):
    for name in ("json", "pandas", "bonemet_data"):
        (repository.root / f"{name}.py").write_text("raise SystemExit(9)")
    assert run(**TABLE).status == 1


def test_no_expression_is_a_part_of_a_script():
    assert not [step["id"] for step in STEPS if "${{" in step.get("run", "")]


@pytest.mark.parametrize(
    "file",
    [ROOT / "action.yml", *sorted((ROOT / ".github" / "workflows").glob("*.yml"))],
    ids=lambda file: file.name,
)
def test_other_actions_are_pinned_to_a_commit(file):
    text = file.read_text(encoding="utf-8")
    used = [each for each in re.findall(r"uses: (.+)", text) if each != "./"]
    assert used
    pinned = re.compile(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [each for each in used if not pinned.fullmatch(each)] == []


def test_every_input_is_used():
    values = [
        text for step in STEPS for text in {**step.get("env", {}), **step.get("with", {})}.values()
    ]
    used = re.findall(r"inputs\.([\w-]+)", str(values))
    assert sorted(used) == sorted(ACTION["inputs"])


def test_the_page_lists_every_input_and_output():
    tables = re.findall(r"\| (input|output) \| meaning \|\n(.*?)\n\n", PAGE, re.DOTALL)
    listed = {
        kind: re.findall(r"`([\w-]+)`", " ".join(row.split("|")[1] for row in rows.splitlines()))
        for kind, rows in tables
    }
    assert listed == {"input": [*ACTION["inputs"]], "output": [*ACTION["outputs"]]}


@pytest.mark.slow
def test_the_action_installs_itself_and_finds_the_broken_line(repository, tmp_path):
    """Needs a package index, or a cache of pip."""
    for expected in (1, 0):
        done = run_action(repository.root, PACKAGE, tmp_path / "runner", THIS_PYTHON)
        assert (done.status, "visits.csv,line=4" in done.log) == (expected, expected == 1), done.log
        repository.mend() if expected else None
