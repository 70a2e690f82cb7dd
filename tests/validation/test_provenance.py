"""Proof against the article: each row and each mention is found on its line."""

import pytest

import bonemet_data as bm
from bonemet_data.errors import BonemetError
from bonemet_data.package.checksums import sha256
from bonemet_data.package.descriptor import open_package
from bonemet_data.validation.provenance import sentence_sources, verify_source
from tests import article

HEADINGS = {
    "symptoms": "Symptoms of Bone Metastasis",
    "types": "Types of Bone Metastasis",
    "causes": "Causes of Bone Metastasis",
    "treatments": "Treatment of Bone Metastasis",
    "conclusion": "Conclusion",
}
ROWS = {row[0]: " ".join(row[1:]) for table in article.TABLES for row in article.rows(table)}


def synthetic_lines():
    """Return lines with the transcribed rows and with sentences that end in the sources."""
    sources = {}
    for link in bm.load("mention_sources", "records"):
        sources.setdefault(link.mention_id, []).append(str(link.source_id))
    lines, first = {}, {}
    for mention in bm.load("mentions", "records"):
        number = mention.article_line
        first[mention.section] = min(first.get(mention.section, number), number)
        if mention.row_id:
            lines[number] = [ROWS[mention.row_id]]
        else:
            sentence = " ".join(["Something", *sources.get(mention.mention_id, [])]) + "."
            if sentence not in lines.setdefault(number, []):
                lines[number].append(sentence)
    for section, heading in HEADINGS.items():
        lines[first[section] - 1] = [heading]
    return [" ".join(lines.get(number, [])) for number in range(1, max(lines) + 1)]


LINES = synthetic_lines()
TEXT = "\n".join(LINES) + "\n"


@pytest.fixture
def verify(copy):
    """Verify the package against a text; the descriptor records the true text's sha256."""

    def run(text=TEXT):
        place = copy.root.parent / "article.txt"
        place.write_bytes(text.encode())
        return verify_source(open_package(copy.root), place)

    recorded = sha256(TEXT.encode())
    copy.describe(lambda d: d["sources"][0].update({"spdx:checksum": recorded}))
    return run


def faults(verification):
    return [(m.mention_id, m.line, m.fault) for m in verification.mentions if m.fault]


def test_every_row_and_every_mention_is_proved_on_its_line(verify):
    verification = verify()
    assert verification.valid
    assert {row.row_id: LINES[row.line - 1] for row in verification.rows} == ROWS
    assert len(verification.mentions) == len(bm.load("mentions"))
    assert {mention.basis for mention in verification.mentions} == {"cell", "table_title", "prose"}


def test_another_text_with_the_same_rows_does_not_hold_but_finds_them(verify):
    verification = verify(TEXT + "one more line\n")
    assert not verification.valid
    assert all(row.line for row in verification.rows)
    assert faults(verification) == []


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
def test_a_row_that_no_longer_matches_is_named_with_its_mentions(verify, old, new, row):
    verification = verify(TEXT.replace(old, new))
    assert [row.row_id for row in verification.rows if not row.line] == [row]
    mentioned = {m.mention_id for m in bm.load("mentions", "records") if m.row_id == row}
    assert {mention for mention, _, _ in faults(verification)} == mentioned
    assert {fault for _, _, fault in faults(verification)} == {f"the line is not the row {row}"}


def test_white_space_and_normalization_are_folded(verify):
    verification = verify(TEXT.replace("Severe cases", "Severe\u00a0\tcases"))
    assert all(row.line for row in verification.rows)
    assert faults(verification) == []


# table, what is replaced, by what; then the mention that is not proved, its line, and why
CHANGED = [
    ("mentions", "sy040,st033,prose,,,,symptoms,28", "sy040,st033,prose,,,,symptoms,30", 30, "the line is blank"),
    ("mentions", "sy040,st033,prose,,,,symptoms,28", "sy040,st033,prose,,,,symptoms,999", 999, "the line does not exist"),
    ("mentions", "sy040,st033,prose,,,,symptoms,28", "sy040,st033,prose,,,,types,28", 28, "the line is in the section symptoms, not types"),
    ("mentions", "sy015,st014,cell,symptoms,pain,prevalence_timing,symptoms,18", "sy015,st014,cell,symptoms,pain,prevalence_timing,symptoms,19", 19, "the line is not the row pain"),
    ("mentions", "sy015,st014,cell,symptoms,pain,", "sy015,st014,cell,symptoms,nausea,", 18, "the line is not the row nausea"),
    ("mention_sources", "sy049,2\n", "sy049,3\n", 32, "no sentence ends in 1 3, but in no number, 1 2, 1"),
    ("mention_sources", "sy049,1\nsy049,2\n", "sy049,2\nsy049,1\n", 32, "no sentence ends in 2 1, but in no number, 1 2, 1"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "line", "fault"), CHANGED)
def test_a_mention_that_its_line_does_not_prove(copy, verify, table, old, new, line, fault):
    copy.edit(f"datapackage/{table}.csv", old, new)
    copy.restamp()
    mention = old.strip().partition(",")[0]
    (found,) = faults(verify())
    assert found == (mention, line, fault)


def test_a_changed_number_in_the_text(verify):
    number = next(n for n, line in enumerate(LINES, 1) if line.startswith("Something 7 "))
    changed = LINES[number - 1].replace("Something 7 ", "Something 8 ")
    verification = verify("\n".join([*LINES[: number - 1], changed, *LINES[number:], ""]))
    assert {line for _, line, _ in faults(verification)} == {number}
    assert not verification.valid


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It is common 1 2 3.", [["1", "2", "3"]]),
        ("It is common. Nobody knows 14", [[], ["14"]]),
        ("It is common 1. Others (e.g. Pain) follow 2 3.", [["1"], ["2", "3"]]),
        ('Is it? "Yes" 5 6. It is! “So” 7.', [[], ["5", "6"], [], ["7"]]),
        ("• A point 3 4 10.", [["3", "4", "10"]]),
        ("In 2019 it was 75%.", [[]]),
        ("About 1,234 patients.", [[]]),
    ],
)
def test_the_numbers_at_the_end_of_each_sentence(line, expected):
    assert sentence_sources(line) == expected


@pytest.mark.parametrize("name", ["nothing.txt", "."])
def test_a_text_that_cannot_be_read_is_an_error(copy, name):
    with pytest.raises(BonemetError, match="in UTF-8"):
        verify_source(open_package(copy.root), copy.root / name)


def test_a_descriptor_that_records_no_article_is_an_error(copy):
    copy.describe(lambda d: d["sources"][0].pop("spdx:checksum"))
    with pytest.raises(BonemetError, match="must record one"):
        verify_source(open_package(copy.root), copy.root / "datapackage.json")


def test_a_long_line_takes_linear_time():
    assert sentence_sources("a" + " 1" * 500_000 + " b") == [[]]
    assert sentence_sources("a" + " 1" * 500_000) == [["1"] * 500_000]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("datapackage/mentions.csv", ",article_line,", ",line,"),
        ("datapackage/mentions.csv", ",symptoms,18,", ",symptoms,,"),
        ("datapackage/types.csv", "source_ids", "sources"),
        ("datapackage/types.csv", ",Prostate,", ",Prostate,,"),
        ("schemas/types.json", '"primaryKey"', '"x:primaryKey"'),
    ],
)
def test_a_package_that_is_not_valid_is_an_error(copy, verify, path, old, new):
    copy.edit(path, old, new)
    copy.restamp()
    with pytest.raises(BonemetError, match=r"(?i)run `bonemet-data validate` on the package"):
        verify()
