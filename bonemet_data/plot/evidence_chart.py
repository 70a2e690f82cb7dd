"""The independent evidence by statement and stance."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..reporting.counting import counted
from ..terminology.functions import vocabulary
from ..terminology.statements import Statement, closed_list, in_words
from .groups import LAYER_OF, LAYERS
from .heading import Heading
from .picture import Picture, check_width, drawing, wrapped
from .themes import theme_of
from .wording import sentence

_MARGIN, _BETWEEN, _NARROW = 16.0, 40.0, 900
_SIZE, _LINE, _ROW, _HEAD, _MARK = 11.0, 14.0, 20.0, 46.0, 16.0
_MARKS: tuple[Mapping[str, Any], ...] = (
    {"marker": "o", "ms": 9, "mew": 1.4},
    {"marker": "o", "ms": 9, "mew": 1.4, "fillstyle": "left", "mfcalt": "none"},
    {"marker": "o", "ms": 9, "mew": 1.4, "fillstyle": "none"},
    {"marker": "X", "ms": 10, "mew": 0},
)
"""Marks of the stances, in the order of their closed list; shape and color differ."""
_COLORS = (0, 0, 1, 3)


@dataclass(frozen=True)
class _Row:
    """A heading, or a statement with the stances of its evidence."""

    lines: Sequence[str]
    stances: Sequence[int] = ()
    is_heading: bool = False

    @property
    def height(self) -> float:
        if self.is_heading:
            return _HEAD + (len(self.lines) - 1) * _LINE
        return _ROW + (len(self.lines) - 1) * _LINE


def draw(width: int, theme_name: str) -> Picture:
    """Draw the chart; the arguments are those of `plot.evidence`."""
    theme = theme_of(theme_name)
    check_width(width)
    words = vocabulary()
    stances = closed_list(words.schemas, "evidence", "stance")
    kinds = {concept.concept_id: concept.kind for concept in words.concepts}
    groups: list[list[Statement]] = [[] for _ in LAYERS]
    for statement in words.statements:
        groups[LAYER_OF[kinds[statement.subject_id]]].append(statement)
    for group in groups:
        group.sort(key=lambda each: (-len(each.evidence), _ranks(each, stances)))
    with_any = [each for group in groups for each in group if each.evidence]
    counts = Counter(row.stance for each in with_any for row in each.evidence)
    total = sum(counts.values())
    number = 1 if width < _NARROW else 2
    column = (width - 2 * _MARGIN - (number - 1) * _BETWEEN) / number
    blocks = [
        _block(name, group, stances, column)
        for name, group in zip(LAYERS, groups, strict=True)
        if any(each.evidence for each in group)
    ]
    columns = _balanced(blocks, number)
    text = (
        f"{counted(total, 'row')} of evidence on {len(with_any)} of "
        f"{counted(len(words.statements), 'statement')}."
    )
    title = "Independent evidence on the statements of the article"
    heading = Heading.wrap(title, f"{text} Each mark is what one publication reports.", width)
    across = len(stances) if number > 1 else 2
    top = heading.height + 26 * -(-len(stances) // across)
    with drawing():
        picture = Picture(
            width,
            top + max(sum(row.height for row in each) for each in columns) + 12,
            theme,
            title=title,
            description=(
                f"{text} "
                + ", ".join(f"{in_words(stance)}: {counts[stance]}" for stance in stances)
                + "."
            ),
            columns=("statement", "in words", *map(in_words, stances)),
            rows=[_numbers(each, stances) for group in groups for each in group],
        )
        heading.write(picture)
        for index, stance in enumerate(stances):
            x = _MARGIN + index % across * (205 if number > 1 else column / 2)
            y = heading.height + 12 + 26 * (index // across)
            _mark(picture, x + 6, y, index)
            picture.write(x + 18, y, f"{in_words(stance)} ({counts[stance]})")
        for index, each in enumerate(columns):
            _draw_column(picture, _MARGIN + index * (column + _BETWEEN), top, column, each)
    return picture


def _ranks(statement: Statement, stances: Sequence[str]) -> list[int]:
    return sorted(stances.index(row.stance) for row in statement.evidence)


def _block(
    name: str, group: Sequence[Statement], stances: Sequence[str], width: float
) -> list[_Row]:
    """Return the heading of a group, and a row for each statement with evidence."""
    shown = [each for each in group if each.evidence]
    heading = f"{name}: {len(shown)} of {counted(len(group), 'statement')}"
    rows = [_Row([heading], is_heading=True)]
    for statement in shown:
        ranks = _ranks(statement, stances)
        space = width - len(ranks) * _MARK - 16
        rows.append(_Row(wrapped(sentence(statement), space, _SIZE), ranks))
    return rows


def _balanced(blocks: Sequence[Sequence[_Row]], number: int) -> list[list[_Row]]:
    """Spread blocks over columns of similar height; no block is split."""
    limit = sum(row.height for block in blocks for row in block) / number
    columns: list[list[_Row]] = [[]]
    for block in blocks:
        filled = sum(row.height for row in columns[-1])
        height = sum(row.height for row in block)
        if len(columns) < number and filled + height / 2 > limit:
            columns.append([])
        columns[-1] += block
    return columns


def _draw_column(picture: Picture, x: float, y: float, width: float, rows: Sequence[_Row]) -> None:
    for row in rows:
        if row.is_heading:
            picture.write(x, y + _HEAD - 20, row.lines[0], size=13, bold=True)
            end = y + _HEAD - 8
            picture.line([(x, end), (x + width, end)], picture.theme.line, lw=0.8)
        else:
            for index, line in enumerate(row.lines):
                picture.write(x, y + _ROW / 2 + index * _LINE, line, size=_SIZE)
            middle = y + row.height / 2
            for index, stance in enumerate(reversed(row.stances)):
                _mark(picture, x + width - 6 - index * _MARK, middle, stance)
        y += row.height


def _mark(picture: Picture, x: float, y: float, stance: int) -> None:
    color = picture.theme.series[_COLORS[stance]]
    picture.line([(x, y)], color, ls="none", **_MARKS[stance])


def _numbers(statement: Statement, stances: Sequence[str]) -> tuple[str, ...]:
    counts = Counter(row.stance for row in statement.evidence)
    numbers = (str(counts[stance]) for stance in stances)
    return (statement.statement_id or "", sentence(statement), *numbers)
