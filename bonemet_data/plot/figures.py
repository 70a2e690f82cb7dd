"""Independent figures: measurements with the publications that report them."""

from dataclasses import dataclass
from typing import Any

from .wording import design_in_words, number_in_words

COLUMNS = ("publication", "figure", "unit", "patients", "design", "population", "reference")


@dataclass(frozen=True)
class IndependentFigure:
    """A measurement with its publication."""

    measurement: Any
    source: Any

    @property
    def ends(self) -> tuple[float, ...]:
        """The number and the ends of its range, as far as they are known."""
        each = self.measurement
        return tuple(n for n in (each.value_number, each.low, each.high) if n is not None)

    @property
    def number(self) -> str:
        """The figure as a text, with its range."""
        each = self.measurement
        ends = [("from", each.low), ("up to", each.high)]
        parts = [f"{word} {number_in_words(end)}" for word, end in ends if end is not None]
        span = " ".join(parts)
        if len(parts) == 2:
            span = span.removeprefix("from ").replace("up to", "to")
        if each.value_number is None:
            return span
        return number_in_words(each.value_number) + (f" ({span})" if span else "")

    @property
    def patients(self) -> str:
        """The number of patients, or "not stated"."""
        number = self.measurement.denominator or self.source.sample_size
        return "not stated" if number is None else f"{number:,}"

    @property
    def reference(self) -> str:
        """The first identifier of the publication, or its title."""
        source = self.source
        for name in ("doi", "pmid", "pmcid", "nbk"):
            if value := getattr(source, name):
                return str(value) if name == "doi" else f"{name.upper()} {value}"
        return str(source.title)

    @property
    def publication(self) -> str:
        """The authors and year of the publication."""
        year = f" {self.source.publication_year}" if self.source.publication_year else ""
        return f"{self.source.authors_short or self.source.journal or self.source.title}{year}"

    @property
    def population(self) -> str:
        """The patients and the time to which the figure applies."""
        each = self.measurement
        parts = (each.population or self.source.population, each.time_frame)
        return "; ".join(filter(None, parts))

    @property
    def row(self) -> tuple[str, ...]:
        """The texts of `COLUMNS`."""
        design = design_in_words(self.source.design)
        texts = (self.number, self.measurement.unit, self.patients, design, self.population)
        return (self.publication, *texts, self.reference)
