"""Other programs read every cell of the data package as it is published."""

import pytest

from .clients import CLIENTS, ROOT
from .measure import results
from .outcome import compare, reference

KEPT = [{"missing": "null"}, {"missing": "null", "only_text": True}]
"""The outcomes of clients with and without types that keep everything."""

RUNS = [
    pytest.param(
        client, mode, id=f"{client.name}-{mode}", marks=[pytest.mark.slow] if client.slow else []
    )
    for client in CLIENTS
    for mode in client.modes
]


@pytest.mark.parametrize(("client", "mode"), RUNS)
def test_a_client_reads_what_is_recorded(client, mode):
    client.need()
    outcome = compare(client.read(mode)).record()
    assert outcome == results()[client.name][mode], "run: python -m tests.clients.measure"


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_with_its_options_a_client_keeps_every_cell(client):
    """As recorded; clients without types read text."""
    recorded = results()[client.name][client.modes[0]]
    assert recorded in KEPT


LOOKALIKES = ROOT / "tests" / "data" / "lookalikes"
"""A package of texts that look like numbers, dates, booleans, formulas or missing values."""


@pytest.mark.parametrize(
    "client",
    [
        pytest.param(client, id=client.name, marks=[pytest.mark.slow] if client.slow else [])
        for client in CLIENTS
    ],
)
def test_texts_that_look_like_other_values_stay_texts(client):
    client.need()
    outcome = compare(client.read(client.modes[0], LOOKALIKES), LOOKALIKES)
    assert outcome.record() in KEPT


def test_every_program_belongs_to_a_client():
    programs = {path.name for path in (ROOT / "tests/clients/programs").iterdir() if path.is_file()}
    assert programs == {client.program for client in CLIENTS}
    assert list(results()) == [client.name for client in CLIENTS]


def as_printed():
    """The reference as a client without types would print it."""
    return {
        name: {
            "rows": [
                {field: cell or None for (field, _), cell in zip(fields, row, strict=True)}
                for row in rows
            ]
        }
        for name, (fields, rows) in reference(ROOT).items()
    }


@pytest.mark.parametrize(
    ("value", "cells", "types"),
    [
        ("Osteolytic ", "`Osteolytic` as `Osteolytic `", {}),
        (None, "`Osteolytic` as `None`", {}),
        (1, "`Osteolytic` as `1`", {"types.type": "integer"}),
        (True, "`Osteolytic` as `true`", {"types.type": "boolean"}),
    ],
)
def test_a_cell_that_differs_is_found(value, cells, types):
    tables = as_printed()
    tables["types"]["rows"][0]["type"] = value
    outcome = compare(tables)
    assert outcome.cells == {"types.type": cells}
    assert outcome.only_text == (types == {})
    assert types.items() <= outcome.types.items()


@pytest.mark.parametrize(
    ("text", "missing"), [("", "empty text or null"), (None, "null")], ids=["empty", "null"]
)
def test_a_missing_cell_that_is_kept_as_text_is_found(text, missing):
    tables = as_printed()
    row = next(row for row in tables["sources"]["rows"] if row["title"] is None)
    row["title"] = text
    assert compare(tables).missing == missing


def test_a_lost_row_is_found():
    tables = as_printed()
    del tables["types"]["rows"][-1]
    with pytest.raises(AssertionError, match="types has another number of rows"):
        compare(tables)


def test_an_absent_client_is_named(monkeypatch, tmp_path):
    """Skipped, or an error where all clients must be there."""
    client = next(client for client in CLIENTS if client.name == "JavaScript, csv-parse")
    absent = type(client)(
        "csv-parse", client.program, client.command, "", (tmp_path / "csv-parse",)
    )
    monkeypatch.delenv("BONEMET_CLIENTS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="csv-parse not found"):
        absent.need()
    monkeypatch.setenv("BONEMET_CLIENTS", "all")
    with pytest.raises(pytest.fail.Exception, match=r"csv-parse not found.*install\.sh"):
        absent.need()


def test_the_lock_file_names_no_address_of_downloads():
    lock = (ROOT / "tests/clients/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')
