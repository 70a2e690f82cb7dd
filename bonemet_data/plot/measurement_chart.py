"""The independent figures on a statement, beside the value of the article."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.ticker import MaxNLocator

from ..errors import ArgumentError
from ..names import unknown
from ..reporting.counting import counted
from ..terminology.functions import vocabulary
from ..terminology.statements import Statement, in_words
from .figures import COLUMNS, IndependentFigure
from .heading import Heading
from .picture import Picture, Point, check_width, drawing, text_width, wrapped
from .themes import theme_of
from .wording import capitalized, design_in_words, number_in_words, sentence

_MARGIN, _NARROW, _LINE, _NUMBER = 16.0, 760, 15.0, 70.0


def draw(statement_id: str, width: int, theme_name: str) -> Picture:
    """Draw the chart; the arguments are those of `plot.measurements`."""
    theme = theme_of(theme_name)
    check_width(width)
    statement = _statement(statement_id)
    panels = _panels(statement)
    total = sum(len(figures) for _, figures in panels)
    name = sentence(statement)
    text = f"{counted(total, 'independent figure')} on statement {statement_id} of the article."
    if statement.value_number is not None:
        text += f" {capitalized(_article(statement))}."
    summary = f"{counted(total, 'independent figure')} ({statement_id})"
    heading = Heading.wrap(capitalized(name), summary, width)
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

    def labels(self, each: IndependentFigure) -> list[tuple[str, bool]]:
        """Return the lines of the label of a figure, and whether each is bold."""
        space = self.width - 2 * _MARGIN if self.is_narrow else self.axis[0] - _MARGIN - 24
        number = "patients not stated" if each.patients == "not stated" else ""
        number = number or f"{each.patients} patients"
        texts = [f"{design_in_words(each.source.design)}, {number}"]
        texts.append(each.measurement.population or "")
        texts += [each.reference] if self.is_narrow else []
        name = wrapped(each.publication, space, 12, bold=True)[:2]
        others = [line for text in texts for line in wrapped(text, space, 11)]
        return [*((line, True) for line in name), *((line, False) for line in others)]

    def row_height(self, each: IndependentFigure) -> float:
        return len(self.labels(each)) * _LINE + (38 if self.is_narrow else 14)

    def panel_height(self, figures: Iterable[IndependentFigure], *, compared: bool) -> float:
        return (54 if compared else 34) + sum(map(self.row_height, figures)) + 50

    def draw_panel(
        self,
        picture: Picture,
        y: float,
        measure: str,
        figures: Sequence[IndependentFigure],
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
        picture.write(_MARGIN, y + 14, capitalized(name), size=13, bold=True)
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
            for index, (text, bold) in enumerate(self.labels(each)):
                size, color = (12, None) if bold else (11, theme.muted)
                at_y = first + 8 + index * _LINE
                picture.write(_MARGIN, at_y, text, size=size, bold=bold, color=color)
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

    def _draw_figure(
        self,
        picture: Picture,
        each: IndependentFigure,
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


def _panels(statement: Statement) -> list[tuple[str, list[IndependentFigure]]]:
    """Return the figures by measure and unit: those comparable to the article first."""
    sources = {record.evidence_id: record for record in statement.evidence}
    groups: dict[tuple[str, str], list[IndependentFigure]] = {}
    for measurement in vocabulary().records["measurements"]:
        if source := sources.get(measurement.evidence_id):
            key = (measurement.measure, measurement.unit)
            groups.setdefault(key, []).append(IndependentFigure(measurement, source))
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


def _is_compared(statement: Statement, figures: Iterable[IndependentFigure]) -> bool:
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
