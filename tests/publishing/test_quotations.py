"""The record of verbatim rows is written only if the article proves every row."""

import pytest

import bonemet_data as bm
from bonemet_data.errors import BonemetError, OutputError, UnsafePathError
from bonemet_data.package.checksums import sha256
from bonemet_data.package.ledger import QUOTATIONS
from bonemet_data.publishing.quotations import record_quotations
from tests.conftest import ROOT
from tests.validation.test_provenance import TEXT


@pytest.fixture
def text(copy):
    """A text that proves every row; the descriptor records its checksum."""
    place = copy.root.parent / "article.txt"
    place.write_bytes(TEXT.encode())
    copy.describe(lambda d: d["sources"][0].update({"spdx:checksum": sha256(TEXT.encode())}))
    return place


def test_every_row_is_recorded(copy, text):
    assert record_quotations(copy.root, text).valid
    recorded = (copy.root / QUOTATIONS).read_text(encoding="utf-8")
    published = (ROOT / QUOTATIONS).read_text(encoding="utf-8")
    assert recorded.partition('"rows"')[2] == published.partition('"rows"')[2]
    assert sha256(TEXT.encode()) in recorded


def test_nothing_is_recorded_if_a_row_is_not_in_the_article(copy, text):
    assert record_quotations(copy.root, text).valid
    before = (copy.root / QUOTATIONS).read_bytes()
    copy.edit("datapackage/types.csv", "Prostate", "Prostrate")
    copy.restamp()
    assert not record_quotations(copy.root, text).valid
    assert (copy.root / QUOTATIONS).read_bytes() == before


def test_a_corrected_row_is_recorded_anew(copy, text):
    record_quotations(copy.root, text)
    changed = TEXT.replace("Prostate 5 6 12", "Prostate gland 5 6 12").encode()
    text.write_bytes(changed)
    copy.describe(lambda d: d["sources"][0].update({"spdx:checksum": sha256(changed)}))
    copy.edit("datapackage/types.csv", ",Prostate,", ",Prostate gland,")
    copy.restamp()
    rules = {finding.rule for finding in bm.validate_package(copy.root).findings}
    assert "quotation" in rules
    record_quotations(copy.root, text)
    rules = {finding.rule for finding in bm.validate_package(copy.root).findings}
    assert "quotation" not in rules


def test_a_link_is_refused(copy, text):
    (copy.root / "datapackage/releases").symlink_to(copy.root.parent)
    with pytest.raises(UnsafePathError):
        record_quotations(copy.root, text)
    assert not (copy.root.parent / "quotations.json").exists()


def test_a_folder_that_cannot_be_made(copy, text):
    (copy.root / "datapackage/releases").write_text("a file")
    with pytest.raises(OutputError, match="cannot be written"):
        record_quotations(copy.root, text)


def test_a_package_of_others(small, text):
    with pytest.raises(BonemetError, match="must record one"):
        record_quotations(small.root, text)
