"""The job for GitLab: its commands run, and write the files that it keeps."""

import shlex
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from .page import YAML, blocks_with

((JOB,),) = ([block["data"]] for block in blocks_with("data"))


def test_every_example_of_the_page_is_tested():
    keys = ("jobs", "steps", "repos", "data")
    assert sorted(map(str, YAML)) == sorted(
        str(block) for key in keys for block in blocks_with(key)
    )


@pytest.mark.parametrize(
    ("mended", "failed"), [(False, ["maximum  visits.pain_score"]), (True, [])]
)
def test_the_command_writes_junit_with_the_broken_rule(repository, mended, failed):
    if mended:
        repository.mend()
    (command,) = (line for line in JOB["script"] if line.startswith("bonemet-data "))
    done = subprocess.run(
        [sys.executable, "-m", "bonemet_data", *shlex.split(command)[1:]],
        cwd=repository.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (0 if mended else 1), done.stderr
    suite = ElementTree.parse(repository.root / JOB["artifacts"]["reports"]["junit"]).getroot()
    assert [case.get("name") for case in suite if case.find("failure") is not None] == failed
    for path in JOB["artifacts"]["paths"]:
        assert (repository.root / path).is_file()
