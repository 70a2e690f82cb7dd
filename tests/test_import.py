"""Importing: nothing is read, nothing outside the standard library is loaded."""

import json
import subprocess
import sys

import bonemet_data as bm

STANDARD = set(sys.stdlib_module_names)


def fresh(code):
    """Run code in a fresh Python; give what it prints, as JSON."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


REPORT = """
import sys
before = set(sys.modules)
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
{code}
import json
print(json.dumps([sorted(set(sys.modules) - before), opened]))
"""


def test_import_loads_no_other_module_and_reads_no_data():
    modules, opened = fresh(REPORT.format(code="import bonemet_data"))
    assert {name for name in modules if name.startswith("bonemet_data")} == {"bonemet_data"}
    assert {name.partition(".")[0] for name in modules} <= STANDARD | {"bonemet_data"}
    assert [path for path in opened if path.endswith((".csv", ".json"))] == []


def test_records_load_nothing_outside_the_standard_library():
    modules, _ = fresh(
        REPORT.format(code="import bonemet_data; bonemet_data.load('types', 'records')")
    )
    assert {name.partition(".")[0] for name in modules} <= STANDARD | {"bonemet_data"}


def test_statements_as_records_load_nothing_outside_the_standard_library():
    code = (
        "import bonemet_data as bm; bm.statements(engine='records'); bm.concept('pain'); bm.cite()"
    )
    modules, _ = fresh(REPORT.format(code=code))
    assert {name.partition(".")[0] for name in modules} <= STANDARD | {"bonemet_data"}


def test_records_do_not_load_what_takes_longer_than_the_data():
    """Importing dataclasses imports inspect, which takes longer than loading a table."""
    modules, _ = fresh(
        REPORT.format(code="import bonemet_data; bonemet_data.load('types', 'records')")
    )
    assert not {"dataclasses", "inspect", "csv", "zipfile", "difflib"} & {*modules}


def test_the_public_face_is_what_its_list_says():
    assert set(bm.__all__) <= set(dir(bm))
    for name in bm.__all__:
        assert getattr(bm, name) is not None


def test_an_unknown_attribute_is_an_attribute_error():
    assert not hasattr(bm, "nothing")


def test_type_checkers_see_the_same_names():
    from pathlib import Path

    face = Path(bm.__file__).read_text(encoding="utf-8")
    typed, _, _ = face.partition("_HOME")
    assert [name for name in bm.__all__ if f" as {name}\n" not in typed] == ["__version__"]
