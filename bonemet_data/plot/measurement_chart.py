"""The independent figures on a statement, beside the value of the article."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.ticker import MaxNLocator

from ..errors import ArgumentError
from ..names import unknown
from ..terminology.functions import vocabulary
from ..terminology.statements import Statement, in_words, plural
from .heading import Heading
from .picture import Picture, Point, check_width, drawing, text_width, wrapped
from .themes import theme_of
from .wording import design_in_words, number_in_words, sentence

COLUMNS = ("publication", "figure", "unit", "patients", "design", "population", "reference")
_MARGIN, _NARROW, _LINE, _NUMBER = 16.0, 760, 15.0, 70.0


@dataclass(frozen=True)
class _Figure:
    """A measurement with its publication."""

    measurement: Any
    source: Any

    @property
    def ends(self) -> tuple[float, ...]:
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
        number = self.measurement.denominator or self.source.sample_size
        return "not stated" if number is None else f"{number:,}"

    @property
    def reference(self) -> str:
        source = self.source
        for name in ("doi", "pmid", "pmcid", "nbk"):
            if value := getattr(source, name):
                return str(value) if name == "doi" else f"{name.upper()} {value}"
        return str(source.title)

    @property
    def publication(self) -> str:
        year = f" {self.source.publication_year}" if self.source.publication_year else ""
        return f"{self.source.authors_short or self.source.journal or self.source.title}{year}"

    @property
    def population(self) -> str:
        each = self.measurement
        parts = (each.population or self.source.population, each.time_frame)
        return "; ".join(filter(None, parts))

    @property
    def row(self) -> tuple[str, ...]:
        design = design_in_words(self.source.design)
        texts = (self.number, self.measurement.unit, self.patients, design, self.population)
        return (self.publication, *texts, self.reference)


def draw(statement_id: str, width: int, theme_name: str) -> Picture:
    """Draw the chart; the arguments are those of `plot.measurements`."""
    theme = theme_of(theme_name)
    check_width(width)
    statement = _statement(statement_id)
    panels = _panels(statement)
    total = sum(len(figures) for _, figures in panels)
    name = sentence(statement)
    text = f"{plural(total, 'independent figure')} on statement {statement_id} of the article."
    if statement.value_number is not None:
        text += f" {_article(statement)[:1].upper()}{_article(statement)[1:]}."
    summary = f"{plural(total, 'independent figure')} ({statement_id})"
    heading = Heading.wrap(name[:1].upper() + name[1:], summary, width)
    longest = max(text_width(each.reference, 11) for _, figures in panels for each in figures)
    chart = _Chart(width, longest)
    heights = [
        chart.panel_height(figures, compared=_is_compared(statement, figures))
        for _, figures in panels
    ]
    with drawing():
        picture = Picture(
            width,
            heading.height + sum(heights) + 8,
            theme,
            title=name,
            description=text,
            columns=COLUMNS,
            rows=[each.row for _, figures in panels for each in figures],
        )
        heading.write(picture)
        y = heading.height
        for (measure, figures), height in zip(panels, heights, strict=True):
            compared = statement if _is_compared(statement, figures) else None
            chart.draw_panel(picture, y, measure, figures, compared)
            y += height
    return picture


@dataclass(frozen=True)
class _Chart:
    """Where labels and axes are.

    Attributes:
        width: Width of the picture.
        reference: Width of the longest reference.
    """

    width: int
    reference: float

    @property
    def is_narrow(self) -> bool:
        return self.width < _NARROW

    @property
    def axis(self) -> Point:
        """The left and right ends of the axis."""
        if self.is_narrow:
            return _MARGIN + 8, self.width - _MARGIN - 50
        return _MARGIN + 0.36 * self.width, self.width - _MARGIN - self.reference - _NUMBER

    def labels(self, each: _Figure) -> list[str]:
        """Return the lines of the label of a figure; the first is the publication."""
        space = self.width - 2 * _MARGIN if self.is_narrow else self.axis[0] - _MARGIN - 24
        number = "patients not stated" if each.patients == "not stated" else ""
        number = number or f"{each.patients} patients"
        second = f"{design_in_words(each.source.design)}, {number}"
        lines = wrapped(each.publication, space, 12, bold=True)[:2]
        texts = [second, each.measurement.population or ""]
        texts += [each.reference] if self.is_narrow else []
        return lines + [line for text in texts for line in wrapped(text, space, 11)]

    def bold_lines(self, each: _Figure) -> int:
        """Return how many lines of the label name the publication."""
        space = self.width - 2 * _MARGIN if self.is_narrow else self.axis[0] - _MARGIN - 24
        return len(wrapped(each.publication, space, 12, bold=True)[:2])

    def row_height(self, each: _Figure) -> float:
        return len(self.labels(each)) * _LINE + (38 if self.is_narrow else 14)

    def panel_height(self, figures: Iterable[_Figure], *, compared: bool) -> float:
        return (54 if compared else 34) + sum(map(self.row_height, figures)) + 50

    def draw_panel(
        self,
        picture: Picture,
        y: float,
        measure: str,
        figures: Sequence[_Figure],
        compared: Statement | None,
    ) -> None:
        """Draw the figures of one measure and unit, from the height y downwards."""
        theme = picture.theme
        unit = figures[0].measurement.unit
        numbers = [number for each in figures for number in each.ends]
        if compared is not None and compared.value_number is not None:
            numbers.append(compared.value_number)
        low, high = min(0.0, *numbers), max(0.0, *numbers)
        if unit == "percent" and low >= 0:
            high = 100.0
        locator = MaxNLocator(4 if self.is_narrow else 5)
        ticks = [float(tick) for tick in locator.tick_values(low, high)]
        low, high = ticks[0], ticks[-1]
        left, right = self.axis

        def at(number: float) -> float:
            return left + (number - low) / (high - low) * (right - left)

        first = y + (34 if compared is None else 54)
        bottom = first + sum(map(self.row_height, figures)) + 4
        name = measure if measure.endswith(unit) else f"{measure}, {unit}"
        picture.write(_MARGIN, y + 14, name[:1].upper() + name[1:], size=13, bold=True)
        picture.line([(left, bottom), (right, bottom)], theme.line)
        for tick in ticks:
            picture.line([(at(tick), bottom), (at(tick), bottom + 5)], theme.line)
            label = number_in_words(tick)
            picture.write(at(tick), bottom + 16, label, size=11, color=theme.muted, align="center")
        strips = [(first - 4, bottom)]
        if self.is_narrow:
            strips = []
            for height in map(self.row_height, figures):
                end = (strips[-1][1] if strips else first - 10) + height
                strips.append((end - 26, end))
        if compared is not None and compared.value_number is not None:
            self._draw_article(picture, compared, strips, at, low=low, y=first - 16)
        for each in figures:
            self._write_label(picture, each, first + 8)
            height = self.row_height(each)
            middle = first + height - 23
            if not self.is_narrow:
                middle = first + 8 + (len(self.labels(each)) - 1) * _LINE / 2
                end, color = self.width - _MARGIN, theme.muted
                picture.write(end, middle, each.reference, size=11, color=color, align="right")
            limit = compared.value_number if compared is not None else None
            self._draw_figure(picture, each, middle, at, limit)
            first += height

    def _draw_article(
        self,
        picture: Picture,
        statement: Statement,
        strips: Sequence[Point],
        at: Callable[[float], float],
        *,
        low: float,
        y: float,
    ) -> None:
        """Draw the value of the article as a line, and what it allows as a band."""
        color, value = picture.theme.accent, statement.value_number or 0.0
        start = low if "up_to" in _limits(statement) else value
        for upper, lower in strips:
            band = [at(start), at(value)]
            picture.canvas_axes.fill_between(band, upper, lower, color=color, alpha=0.13, lw=0)
            picture.line([(at(value), upper), (at(value), lower)], color, lw=2)
        words = _article(statement)
        if self.is_narrow:
            picture.line([(_MARGIN + 1, y - 6), (_MARGIN + 1, y + 6)], color, lw=2)
            picture.write(_MARGIN + 10, y, words, bold=True, color=color)
            return
        half = text_width(words, 12, bold=True) / 2
        x = min(max(at(value), self.axis[0] + half), self.width - _MARGIN - half)
        picture.write(x, y, words, bold=True, color=color, align="center")

    def _write_label(self, picture: Picture, each: _Figure, y: float) -> None:
        bold = self.bold_lines(each)
        for index, line in enumerate(self.labels(each)):
            is_name = index < bold
            color = None if is_name else picture.theme.muted
            size = 12 if is_name else 11
            picture.write(_MARGIN, y + index * _LINE, line, size=size, bold=is_name, color=color)

    def _draw_figure(
        self,
        picture: Picture,
        each: _Figure,
        y: float,
        at: Callable[[float], float],
        limit: float | None,
    ) -> None:
        """Draw a figure with its range, and its number where it crosses no line."""
        color, value = picture.theme.series[0], each.measurement.value_number
        least, most = at(min(each.ends)), at(max(each.ends))
        picture.line([(least, y), (most, y)], color, lw=2)
        shown = each.ends if value is None else (value,)
        style: dict[str, Any] = {"marker": "|", "ms": 11, "mew": 2}
        if value is not None:
            style = {"marker": "o", "ms": 9, "mew": 0}
        picture.line([(at(number), y) for number in shown], color, ls="none", zorder=3, **style)
        label = each.number if value is None else number_in_words(value)
        width = text_width(label, 12, bold=True) + 10
        crosses = limit is not None and most < at(limit) < most + width
        if crosses or most + width > self.axis[1] + 44:
            picture.write(least - 10, y, label, bold=True, align="right")
        else:
            picture.write(most + 10, y, label, bold=True)


def _statement(statement_id: str) -> Statement:
    statements = {s.statement_id: s for s in vocabulary().statements if s.statement_id}
    if statement_id not in statements:
        raise unknown("statement", statement_id, statements, listed_in="the resource statements")
    return statements[statement_id]


def _panels(statement: Statement) -> list[tuple[str, list[_Figure]]]:
    """Return the figures by measure and unit: those comparable to the article first."""
    sources = {record.evidence_id: record for record in statement.evidence}
    groups: dict[tuple[str, str], list[_Figure]] = {}
    for measurement in vocabulary().records["measurements"]:
        if source := sources.get(measurement.evidence_id):
            key = (measurement.measure, measurement.unit)
            groups.setdefault(key, []).append(_Figure(measurement, source))
    if not groups:
        raise ArgumentError(
            f"The evidence on statement {statement.statement_id} has no figures. "
            "Choose a statement whose evidence is in the resource measurements."
        )
    panels = [
        (in_words(measure), sorted(figures, key=lambda each: -max(each.ends)))
        for (measure, _), figures in groups.items()
    ]
    return sorted(panels, key=lambda panel: not _is_compared(statement, panel[1]))


def _is_compared(statement: Statement, figures: Iterable[_Figure]) -> bool:
    """Return whether figures measure the same as the value of the article."""
    return any(each.measurement in statement.figures for each in figures)


def _limits(statement: Statement) -> list[str]:
    groups = {each.qualifier: each.qualifier_group for each in vocabulary().records["qualifiers"]}
    return [name for name in statement.qualifiers if groups[name] == "value"]


def _article(statement: Statement) -> str:
    """Return the value of the article in words: "article: up to 75 %"."""
    unit = "%" if statement.unit == "percent" else statement.unit
    words = [*map(in_words, _limits(statement)), f"{statement.value_number:g} {unit}"]
    return f"article: {' '.join(words)}"
