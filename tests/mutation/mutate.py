"""Change the code in small ways, and count the changes that the tests do not notice.

Run `./dev mutate [MODULE ...]`. `survivors.toml` beside this file lists the modules with their
tests, and the mutants that no test can kill, with the reasons. The exit status is 1 if a mutant
survives without a reason. Work is done in temporary copies of the project.
"""

import argparse
import ast
import difflib
import importlib
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import MutationSpec

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads(Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8"))
FORK = multiprocessing.get_context("fork")
PRELOADED = ("hypothesis", "numpy", "pandas", "polars")
"""Modules that are imported once, and not again for each mutant."""

IGNORED = shutil.ignore_patterns(".*", "__pycache__", "build", "dist")
OPTIONS = [
    *("-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=mutation"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
]
CPU_SECONDS, SECONDS = 90, 1200
"""Processor time and time after which tests count as failed: a mutant may never end."""


def annotations(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the start and end of each annotation, as line and column: it changes no behavior."""
    for node in ast.walk(ast.parse(source)):
        for name in ("annotation", "returns"):
            if (each := getattr(node, name, None)) is not None:
                yield (each.lineno, each.col_offset), (each.end_lineno, each.end_col_offset)


def mutants(path: str, sample: int | None, seed: int) -> tuple[list[str], int]:
    """Return the source code of a sample of the mutants of a module, and the number of all."""
    source = Path(path).read_text(encoding="utf-8")
    with use_db(":memory:") as session:
        init([Path(path)], session, {})
        every = [mutation for item in session.work_items for mutation in item.mutations]
    spans = [*annotations(source)]
    every = [m for m in every if not any(a <= m.start_pos < b for a, b in spans)]
    every.sort(key=lambda m: (m.operator_name, m.occurrence))
    few = sample is not None and sample < len(every)
    chosen = random.Random(seed).sample(every, sample) if few else every
    return [code for mutation in chosen if (code := mutant(source, mutation))], len(every)


def mutant(source: str, mutation: MutationSpec) -> str | None:
    """Return the source code of a mutant; None if the operator cannot change the code."""
    operator = get_operator(mutation.operator_name)(**mutation.operator_args)
    try:
        return mutate_code(source, operator, mutation.occurrence)
    except AttributeError:  # dotted names of exceptions, in Cosmic Ray 8.7
        return None


def enter_copy(parent: str) -> None:
    """Move this process to a copy of the project, in which it can change the code."""
    copy = Path(parent, str(os.getpid()))
    shutil.copytree(ROOT, copy, ignore=IGNORED)
    os.chdir(copy)
    os.environ["PYTHONPATH"] = sys.path[0] = str(copy)
    for name in PRELOADED:
        importlib.import_module(name)


def run_tests(tests: list[str]) -> None:
    """Run files of tests until one fails, and exit with the status of pytest."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    log = os.open("tests.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os._exit(next((status for file in tests if (status := pytest.main([*OPTIONS, file]))), 0))


def passes(tests: list[str]) -> bool:
    """Return whether tests pass, in a new process."""
    process = FORK.Process(target=run_tests, args=(tests,))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode == 0


def survives(path: str, code: str, tests: list[str]) -> bool:
    """Return whether tests pass with other code of a module."""
    original = Path(path).read_bytes()
    try:
        Path(path).write_text(code, encoding="utf-8")
        return passes(tests)
    finally:
        Path(path).write_bytes(original)


def changed_lines(path: str, code: str) -> tuple[str, str]:
    """Return the lines of a module that differ in a mutant, before and after."""
    source = Path(path).read_text(encoding="utf-8")
    diff = [*difflib.unified_diff(source.splitlines(), code.splitlines(), n=0)][3:]
    before, after = ([line[1:].strip() for line in diff if line[0] == sign] for sign in "-+")
    return " ".join(before), " ".join(after)


def reason(path: str, before: str, after: str) -> str | None:
    """Return why no test can kill a mutant; None if no reason is listed."""
    for each in CONFIG.get("survivor", []):
        is_listed = (each["module"], each["line"]) == (path, before)
        if is_listed and after in each.get("mutants", [after]):
            return str(each["reason"])
    return None


def main() -> int:
    """Run the mutants; print a table, and to stderr the survivors without a listed reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="parts of paths; all modules by default")
    parser.add_argument("--sample", type=int, default=CONFIG["sample"], help="mutants of a module")
    parser.add_argument("--seed", type=int, default=CONFIG["seed"])
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    os.chdir(ROOT)
    chosen: list[dict[str, Any]] = [
        each
        for each in CONFIG["module"]
        if not options.modules or any(part in each["path"] for part in options.modules)
    ]
    print("| Module | Mutants | Tried | Killed | Survived, with a reason | Survived |", flush=True)
    print("| --- | ---: | ---: | ---: | ---: | ---: |", flush=True)
    unexplained = 0
    with (
        tempfile.TemporaryDirectory() as parent,
        ProcessPoolExecutor(options.jobs, FORK, enter_copy, (parent,)) as pool,
    ):
        for module in chosen:
            path, tests = module["path"], module["tests"]
            if not pool.submit(passes, tests).result():
                sys.exit(f"The tests of {path} fail without a mutation: correct them first.")
            tried, number = mutants(path, options.sample, options.seed)
            alive = new = 0
            results = pool.map(survives, repeat(path), tried, repeat(tests))
            for code, is_alive in zip(tried, results, strict=True):
                before, after = changed_lines(path, code)
                alive += is_alive
                if is_alive and reason(path, before, after) is None:
                    new += 1
                    print(f"{path}\n- {before}\n+ {after}", file=sys.stderr, flush=True)
            unexplained += new
            counts = [number, len(tried), len(tried) - alive, alive - new, new]
            print(f"| `{path}` | {' | '.join(map(str, counts))} |", flush=True)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
