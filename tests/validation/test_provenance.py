"""Proof against the article: each row is found on its line, and a changed line is named."""

import pytest

from bonemet_data.errors import BonemetError
from bonemet_data.package.descriptor import open_package, sha256
from bonemet_data.validation.provenance import verify_source
from tests import article


def text():
    """The tables as the article prints them: the cells of a row, then its citations."""
    lines = ["A title", ""]
    for table in article.TABLES:
        lines += [" ".join(row[1:]) for row in article.rows(table)] + [""]
    return "\n".join(lines)


@pytest.fixture
def prove(copy):
    """Verify the package against a text; the descriptor records the true text's sha256."""

    def run(words):
        place = copy.root.parent / "article.txt"
        place.write_bytes(words.encode())
        return verify_source(open_package(copy.root), place)

    recorded = sha256(text().encode())
    copy.describe(lambda d: d["sources"][0].update({"spdx:checksum": recorded}))
    return run


def test_every_row_is_proved_on_its_line(prove):
    proof = prove(text())
    assert proof.holds
    lines = text().splitlines()
    assert [lines[f.line - 1] for f in proof.findings] == [
        " ".join(row[1:]) for table in article.TABLES for row in article.rows(table)
    ]


def test_another_text_with_the_same_rows_does_not_hold_but_finds_them(prove):
    proof = prove(text() + "one more line\n")
    assert not proof.holds
    assert all(finding.line for finding in proof.findings)


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
def test_a_row_that_no_longer_matches_is_named(prove, old, new, row):
    proof = prove(text().replace(old, new))
    assert [finding.row_id for finding in proof.findings if not finding.line] == [row]


def test_white_space_and_normalization_are_folded(prove):
    proof = prove(text().replace("Severe cases", "Severe\u00a0\tcases"))
    assert all(finding.line for finding in proof.findings)


@pytest.mark.parametrize("name", ["nothing.txt", "."])
def test_a_text_that_cannot_be_read_is_an_error(copy, name):
    with pytest.raises(BonemetError, match="cannot be read as UTF-8 text"):
        verify_source(open_package(copy.root), copy.root / name)


def test_a_descriptor_that_records_no_article_is_an_error(copy):
    copy.describe(lambda d: d["sources"][0].pop("spdx:checksum"))
    with pytest.raises(BonemetError, match="must record one"):
        verify_source(open_package(copy.root), copy.root / "datapackage.json")
