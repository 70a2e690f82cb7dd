"""The plugin for pytest, as pytest finds it: by the entry point of the installed package."""

import re
from importlib.metadata import entry_points

import pytest

from tests.test_import import REPORT, fresh

from .page import PAGE

pytest_plugins = ["pytester"]

(EXAMPLE,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def project(repository, pytester):
    """The sample repository with the tests of the page, as the current folder."""
    for file in repository.root.iterdir():
        file.rename(pytester.path / file.name)
    repository.root = pytester.path
    pytester.makepyfile(test_data=EXAMPLE)
    return repository


def test_the_plugin_is_registered():
    found = [point.value for point in entry_points(group="pytest11", name="bonemet_data")]
    assert found == ["bonemet_data.pytest_plugin"], "install the project again: pip install -e ."


def test_pytest_imports_nothing_that_the_fixtures_need():
    code = "import bonemet_data.pytest_plugin"
    modules, opened = fresh(f"import pytest{REPORT.format(code=code)}")
    assert [name for name in modules if name.startswith("bonemet_data")] == [
        "bonemet_data",
        "bonemet_data.pytest_plugin",
    ]
    assert not {"click", "numpy", "pandas", "polars", "rich"} & {*modules}
    assert [path for path in opened if path.endswith((".csv", ".json"))] == []


def test_the_example_fails_at_the_broken_lines_and_passes_once_they_are_mended(project, pytester):
    broken = pytester.runpytest_subprocess()
    broken.assert_outcomes(passed=1, failed=2)
    broken.stdout.fnmatch_lines(
        [
            '>   *assert_valid_package(".")',
            "E *sample is not valid:",
            "E *visits.pain_score: *'11' *line 4*",
            ">   *assert_valid_table(*",
            "E *cohort.csv is not valid:",
            "E *lesion_type: *'lytic' *line 3 *osteolytic*",
        ]
    )
    broken.stdout.no_fnmatch_line("*pytest_plugin.py*")
    project.mend()
    pytester.runpytest_subprocess().assert_outcomes(passed=3)


def test_the_options_of_both_functions(project, pytester):
    pytester.makepyfile(
        test_data="""
        import pandas as pd
        import pytest

        COLUMNS = {"lesion_type": "types"}


        def fails(function, *arguments, **options):
            with pytest.raises(AssertionError, match="is not valid"):
                function(*arguments, **options)


        def test_frames(assert_valid_table):
            valid = pd.DataFrame({"lesion_type": ["mixed"]})
            assert assert_valid_table(valid, columns=COLUMNS).rows == 1
            fails(assert_valid_table, valid.replace("mixed", "bad"), columns=COLUMNS)


        def test_ignore(assert_valid_table, assert_valid_package):
            report = assert_valid_table("cohort.csv", columns=COLUMNS, ignore=["foreignKeys"])
            assert report.ignored == 1
            assert assert_valid_package(".", ignore=["maximum@visits.pain_score"]).ignored == 1


        def test_schema(assert_valid_table):
            fails(assert_valid_table, "visits.csv", "datapackage.json")


        def test_strict(assert_valid_package):
            assert assert_valid_package("warned").warnings == 1
            fails(assert_valid_package, "warned", strict=True)


        def test_unchecked(assert_valid_package):
            assert not assert_valid_package("remote", allow_unchecked=True).complete
            fails(assert_valid_package, "remote")
        """
    )
    text = (project.root / "datapackage.json").read_text(encoding="utf-8")
    for name, old, new in (
        ("warned", '"name": "sample",', '"name": "sample", "titel": "x",'),
        ("remote", '"visits.csv"', '"https://example.org/visits.csv"'),
    ):
        folder = pytester.mkdir(name)
        (folder / "datapackage.json").write_text(text.replace(old, new), encoding="utf-8")
        (folder / "visits.csv").write_text("visit_id,pain_score\nv1,3\n", encoding="utf-8")
    pytester.runpytest_subprocess().assert_outcomes(passed=5)
