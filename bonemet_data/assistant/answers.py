"""The answers of the tools: what was found, whom to cite for it, and what is not known."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from ..citing import cite
from ..datasets import descriptor
from ..reporting.groups import FindingGroup
from ..terminology.functions import vocabulary
from ..terminology.lookup import Match

Row: TypeAlias = dict[str, Any]
"""A record with the columns of its resource; a column without a value is left out."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(_Model):
    """The data that an answer comes from, and how to cite them."""

    name: str
    version: str
    license: str
    cite: tuple[str, ...] = Field(description="Cite these works: the data, and their article.")


class Answer(_Model):
    """What every answer contains."""

    package: Origin
    not_known: tuple[str, ...] = Field(description="What the answer does not show. Say so.")


class Term(_Model):
    """One term that was looked up."""

    term: str
    found: bool
    matches: tuple[Match, ...] = Field(description="The closest first; empty if not found.")


class LookupAnswer(Answer):
    """Concepts of codes and names."""

    terms: tuple[Term, ...]


class ConceptAnswer(Answer):
    """One concept, with its statements, codes and names."""

    concept: Row
    narrower: tuple[str, ...] = Field(description="Ids of the concepts that are kinds of it.")
    table: str | None = Field(description="Table of the article in which it has a row.")
    row: Row | None = Field(description="Cells of that row, quoted from the article.")
    row_source_ids: tuple[int, ...] = Field(description="Sources that the article cites for it.")
    statements: tuple[Row, ...]
    statements_total: int
    mappings: tuple[Row, ...] = Field(description="Codes of public vocabularies.")
    synonyms: tuple[Row, ...]
    sources: tuple[Row, ...] = Field(description="The sources that are cited above.")


class Page(Answer):
    """A part of a list."""

    total: int = Field(description="Length of the whole list.")
    next_offset: int | None = Field(description="Offset of the next part; null at the end.")


class StatementsAnswer(Page):
    """Statements of the article, with the sources that it cites."""

    statements: tuple[Row, ...]
    sources: tuple[Row, ...] = Field(description="The sources that the statements cite.")


class EvidenceAnswer(Page):
    """Independent evidence on statements, with its publications and figures."""

    evidence: tuple[Row, ...] = Field(description="Cite doi, pmid, pmcid or nbk for each row.")
    statements: dict[str, str] = Field(description="The statements in words, by their id.")


class AnnotateAnswer(Answer):
    """Concepts of a column of codes."""

    rows: tuple[Row, ...]
    labels: dict[str, str] = Field(description="Labels of the concepts, by their id.")


class CheckAnswer(Answer):
    """Result of the check of a table."""

    valid: bool = Field(description="No errors, and everything was checked.")
    complete: bool = Field(description="Everything was checked.")
    rows: int
    errors: int
    warnings: int
    not_checked: int
    groups: tuple[FindingGroup, ...] = Field(description="Distinct faults, the most frequent first")
    groups_total: int
    notes: tuple[str, ...]


class Reply(NamedTuple):
    """What a tool sends: an answer, and its content as text."""

    answer: Answer
    summary: str

    def text(self) -> str:
        """Return the summary, with what to cite and what is not known."""
        parts = [self.summary, "Cite:", *(f"- {work}" for work in self.answer.package.cite)]
        return "\n".join([*parts, "Not known:", *(f"- {gap}" for gap in self.answer.not_known)])


@cache
def origin() -> Origin:
    """Return name, version, license and citation of the installed data."""
    about = descriptor()
    return Origin(
        name=about["name"],
        version=about["version"],
        license=", ".join(license_["name"] for license_ in about["licenses"]),
        cite=tuple(cite("text").splitlines()),
    )


def gaps() -> tuple[str, ...]:
    """Return what the data do not show, as the descriptor states it."""
    return tuple(descriptor()["bonemet:notKnown"])


def to_row(record: Any, more: Mapping[str, Any] | None = None) -> Row:
    """Return a record, with further values, without the columns that have no value."""
    values = {**record._asdict(), **(more or {})}
    return {name: value for name, value in values.items() if value is not None}


def cited(source_ids: Iterable[int]) -> tuple[Row, ...]:
    """Return the records of sources."""
    wanted = set(source_ids)
    records = vocabulary().records["sources"]
    return tuple(to_row(record) for record in records if record.source_id in wanted)


def unresolved(sources: Iterable[Row]) -> tuple[str, ...]:
    """Return a sentence about the sources whose publications are not known, if there are any."""
    numbers = [str(each["source_id"]) for each in sources if each["status"] == "unresolved"]
    if not numbers:
        return ()
    sentence = (
        f"Which publications the sources {', '.join(numbers)} are: the bibliography of the article "
        "is not in its text. Cite them as numbers, and give no title, author or DOI."
    )
    return (sentence,)
