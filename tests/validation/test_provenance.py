"""Proof against the article: each row is found on its line, and a changed line is named."""

import pytest

from bonemet_data.errors import BonemetError
from bonemet_data.package.checksums import sha256
from bonemet_data.package.descriptor import open_package
from bonemet_data.validation.provenance import verify_source
from tests import article


def text():
    """The tables as the article prints them: the cells of a row, then its citations."""
    lines = ["A title", ""]
    for table in article.TABLES:
        lines += [" ".join(row[1:]) for row in article.rows(table)] + [""]
    return "\n".join(lines)


@pytest.fixture
def verify(copy):
    """Verify the package against a text; the descriptor records the true text's sha256."""

    def run(words):
        place = copy.root.parent / "article.txt"
        place.write_bytes(words.encode())
        return verify_source(open_package(copy.root), place)

    recorded = sha256(text().encode())
    copy.describe(lambda d: d["sources"][0].update({"spdx:checksum": recorded}))
    return run


def test_every_row_is_proved_on_its_line(verify):
    verification = verify(text())
    assert verification.valid
    lines = text().splitlines()
    assert [lines[f.line - 1] for f in verification.rows] == [
        " ".join(row[1:]) for table in article.TABLES for row in article.rows(table)
    ]


def test_another_text_with_the_same_rows_does_not_hold_but_finds_them(verify):
    verification = verify(text() + "one more line\n")
    assert not verification.valid
    assert all(row.line for row in verification.rows)


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("Prostate 5 6 12", "Prostate 5 6 13", "osteoblastic"),
        ("TGF-β", "TGF-beta", "molecular_pathways"),
        ('"fertile soil"', "“fertile soil”", "seed_and_soil"),
        ("Seed & Soil", "Seed and Soil", "seed_and_soil"),
        ("75%", "70%", "pain"),
        ("Highly prevalent 1", "Highly prevalent 1 2", "poor_well_being"),
    ],
)
def test_a_row_that_no_longer_matches_is_named(verify, old, new, row):
    verification = verify(text().replace(old, new))
    assert [row.row_id for row in verification.rows if not row.line] == [row]


def test_white_space_and_normalization_are_folded(verify):
    verification = verify(text().replace("Severe cases", "Severe\u00a0\tcases"))
    assert all(row.line for row in verification.rows)


@pytest.mark.parametrize("name", ["nothing.txt", "."])
def test_a_text_that_cannot_be_read_is_an_error(copy, name):
    with pytest.raises(BonemetError, match="cannot be read as UTF-8 text"):
        verify_source(open_package(copy.root), copy.root / name)


def test_a_descriptor_that_records_no_article_is_an_error(copy):
    copy.describe(lambda d: d["sources"][0].pop("spdx:checksum"))
    with pytest.raises(BonemetError, match="must record one"):
        verify_source(open_package(copy.root), copy.root / "datapackage.json")
