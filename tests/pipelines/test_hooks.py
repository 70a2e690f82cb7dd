"""The hooks: as their manifest states them, on a repository with a broken cell."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bonemet_data.cli.hooks import packages_of
from tests.conftest import ROOT

from .page import blocks_with

MANIFEST = {
    hook["id"]: hook
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}
((USED,),) = (block["repos"] for block in blocks_with("repos"))
CHECK_ARGUMENTS = next(hook["args"] for hook in USED["hooks"] if "args" in hook)

VALIDATE_FINDING = "visits.csv:4: pain_score: '11' is greater than the maximum 10"
CHECK_FINDING = "cohort.csv:3: lesion_type: 'lytic' not found in types.type_id"


@pytest.fixture
def hook(repository):
    """Run the command of a hook, as pre-commit does in the environment of the hook."""

    def run(name, *arguments):
        python, *options = shlex.split(MANIFEST[name]["entry"])
        assert python == "python"
        return subprocess.run(
            [sys.executable, *options, *arguments],
            cwd=repository.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_validate_fails_at_the_broken_line_and_passes_once_it_is_mended(hook, repository):
    broken = hook("bonemet-data-validate", "visits.csv", "datapackage.json")
    assert (broken.returncode, broken.stdout.count(VALIDATE_FINDING)) == (1, 1), broken.stderr
    repository.mend()
    assert hook("bonemet-data-validate", "visits.csv").returncode == 0


def test_check_fails_at_the_broken_line_and_passes_once_it_is_mended(hook, repository):
    broken = hook("bonemet-data-check", *CHECK_ARGUMENTS, "cohort.csv")
    assert (broken.returncode, broken.stdout.count(CHECK_FINDING)) == (1, 1), broken.stderr
    repository.mend()
    assert hook("bonemet-data-check", *CHECK_ARGUMENTS, "cohort.csv").returncode == 0


def test_each_changed_file_is_a_table_and_one_that_cannot_be_read_hides_no_other(hook, repository):
    schema = '{"fields": [{"name": "id"}], "primaryKey": ["id"]}'
    (repository.root / "schema.json").write_text(schema)
    for name, text in {"a": "id\n1\n", "b": "id\n1\n", "c": "id\n2\n2\n"}.items():
        (repository.root / f"{name}.csv").write_text(text)
    arguments = ("bonemet-data-check", "--schema", "schema.json")
    assert hook(*arguments, "a.csv", "b.csv").returncode == 0
    worst = hook(*arguments, "missing.csv", "c.csv")
    assert worst.returncode == 1
    assert "missing.csv" in worst.stderr
    assert "c.csv:2: " in worst.stdout
    assert hook(*arguments, "missing.csv", "a.csv").returncode == 2


def test_files_outside_packages_are_passed_over(hook, repository):
    (repository.root / "datapackage.json").unlink()
    assert hook("bonemet-data-validate", "visits.csv").returncode == 0


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        (["README.md"], []),
        (["a/datapackage.json"], ["a"]),
        (["a/data/deep/x.csv", "a/x.csv"], ["a"]),
        (["a/inner/x.csv"], ["a/inner"]),
        (["a/inner/x.csv", "b/x.csv", "a/x.csv"], ["a/inner", "b", "a"]),
        (["ab/x.csv"], []),
    ],
)
def test_a_file_belongs_to_the_nearest_package(tmp_path, monkeypatch, files, folders):
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "a/inner", "b"):
        Path(folder).mkdir()
        Path(folder, "datapackage.json").touch()
    assert packages_of(files) == [str(Path(folder)) for folder in folders]


def test_the_page_uses_every_hook():
    assert [hook["id"] for hook in USED["hooks"]] == [*MANIFEST]


def git(*arguments, cwd):
    """Run git without the settings of the user."""
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", *identity, "-c", "commit.gpgsign=false", *arguments]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A repository with the files of the checkout that the hooks are installed from."""
    root = tmp_path_factory.mktemp("published")
    for name in ("bonemet_data", "datapackage", "schemas"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    files = ("pyproject.toml", "datapackage.json", ".pre-commit-hooks.yaml")
    for name in (*files, "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-DATA"):
        shutil.copy(ROOT / name, root)
    git("init", "--quiet", cwd=root)
    git("add", "--all", cwd=root)
    git("commit", "--quiet", "--message", "All files", cwd=root)
    return root


@pytest.fixture(scope="module")
def pre_commit(tmp_path_factory):
    """Run pre-commit with an empty cache; needs a package index, or a cache of pip."""
    home = tmp_path_factory.mktemp("pre-commit")

    def run(cwd, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def tracked(repository):
    """The sample repository, under version control."""
    git("init", "--quiet", cwd=repository.root)
    git("add", "--all", cwd=repository.root)
    return repository


@pytest.mark.slow
def test_pre_commit_tries_the_repository_of_the_hooks(tracked, published, pre_commit):
    arguments = ("try-repo", published, "bonemet-data-validate", "--all-files", "--verbose")
    broken = pre_commit(tracked.root, *arguments)
    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert broken.stdout.count(VALIDATE_FINDING) == 1


@pytest.mark.slow
def test_pre_commit_runs_the_hooks_of_the_page(tracked, published, pre_commit):
    used = {**USED, "repo": str(published), "rev": git("rev-parse", "HEAD", cwd=published)}
    config = tracked.root / ".pre-commit-config.yaml"
    config.write_text(yaml.safe_dump({"repos": [used]}), encoding="utf-8")
    git("add", "--all", cwd=tracked.root)
    broken = pre_commit(tracked.root, "run", "--all-files")
    assert broken.returncode == 1, broken.stdout + broken.stderr
    for finding in (VALIDATE_FINDING, CHECK_FINDING):
        assert broken.stdout.count(finding) == 1
    tracked.mend()
    mended = pre_commit(tracked.root, "run", "--all-files")
    assert (mended.returncode, mended.stdout.count("Passed")) == (0, 2), mended.stdout
