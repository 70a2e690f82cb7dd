"""Every package of the corpus gets the verdict of the standard, and no descriptor a traceback."""

import copy
import json
import random
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import bonemet_data as bm

from .corpus import CASES
from .corpus.case import Case, Expected

REFUSED = "refused"


def differences(expected: Iterable[Expected], findings: Iterable[bm.Finding]) -> list[str]:
    """Return the findings that are missing, and those that are too many."""
    left = [finding for finding in findings if finding.severity is not bm.Severity.WARNING]
    missing = []
    for place in sorted(expected, key=lambda place: -place.precision):
        found = next((finding for finding in left if place.matches(finding)), None)
        if found:
            left.remove(found)
        elif place.required:
            missing.append(f"missing: {place.text}")
    return missing + [f"surplus: {finding.severity} {finding.rule} {finding}" for finding in left]


def expected_findings(case: Case) -> list[Expected]:
    """Return what a case requires and allows."""
    return [Expected.parse(text) for text in case.expected if text != REFUSED]


def judge(case: Case, package: Path) -> None:
    """Validate a package, and compare the findings with the verdict of the standard."""
    if REFUSED in case.expected:
        with suppress(bm.BonemetError):
            assert not differences(expected_findings(case), bm.validate_package(package).findings)
        return
    wrong = differences(expected_findings(case), bm.validate_package(package).findings)
    assert not wrong, "\n".join([case.clause, *wrong])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case, tmp_path: Path) -> None:
    judge(case, case.write(tmp_path))


@pytest.mark.parametrize("case", CASES[::8], ids=str)
def test_verdict_in_a_zip_archive(case: Case, tmp_path: Path) -> None:
    """A package in a ZIP archive has the verdict of its folder."""
    folder = case.write(tmp_path)
    package = tmp_path.with_suffix(".zip")
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder).as_posix())
    judge(case, package)


def test_names_are_unique() -> None:
    names = [str(case) for case in CASES]
    assert len(set(names)) == len(names)


OTHERS: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, "", "x", "../x", "\x00", "é" * 300, [], [None], ["x"], [[]],
    {}, {"x": None}, {"name": "x"},
)  # fmt: skip


def paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Iterate over the paths of all nodes of a JSON value."""
    yield path
    items: Any = ()
    if isinstance(node, dict):
        items = node.items()
    elif isinstance(node, list):
        items = enumerate(node)
    for key, value in items:
        yield from paths(value, (*path, key))


def replaced(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of a JSON value with another value at the path."""
    if not path:
        return value
    document = copy.deepcopy(document)
    node = document
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return document


def outcomes(folder: Path) -> Iterator[Callable[[], object]]:
    """Iterate over what a user may do with a descriptor."""
    descriptor = folder / "datapackage.json"
    yield lambda: bm.validate_package(folder)
    yield lambda: bm.check(folder / "t.csv", descriptor, resource="t")
    yield lambda: bm.schema(descriptor, "pandas", resource="t")
    yield lambda: bm.schema(descriptor, "polars", resource="t")
    yield lambda: bm.diff(folder, folder)


@pytest.mark.slow
def test_mutated_descriptors(tmp_path: Path) -> None:
    """Each node of the descriptors, replaced by values of other types: a report or one line."""
    chance = random.Random(7)
    crashes: list[str] = []
    number = 0
    for index, case in enumerate(case for case in CASES if case.descriptor is not None):
        (tmp_path / str(index)).mkdir()
        folder = case.write(tmp_path / str(index))
        nodes = list(paths(case.descriptor))
        for path in chance.sample(nodes, min(len(nodes), 12)):
            other = chance.choice(OTHERS)
            text = json.dumps(replaced(case.descriptor, path, other))
            (folder / "datapackage.json").write_text(text, encoding="utf-8")
            number += 1
            for run in outcomes(folder):
                try:
                    run()
                except bm.BonemetError as error:
                    if "\n" in str(error).strip():
                        crashes.append(f"{case} {path} {other!r:.20}: several lines: {error}")
                except Exception as error:
                    kind = type(error).__name__
                    crashes.append(f"{case} {path} {other!r:.20}: {kind}: {error}")
    assert number >= 2000
    assert not crashes, f"{len(crashes)} of {number}:\n" + "\n".join(crashes[:40])
