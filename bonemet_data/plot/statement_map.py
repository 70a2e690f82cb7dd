"""The statements of the article as a layered map."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..errors import ArgumentError
from ..reporting.counting import counted
from ..terminology.functions import vocabulary
from ..terminology.statements import Statement, in_words
from .groups import FAMILIES, FAMILY_OF, LAYER_OF, LAYERS
from .heading import Heading
from .layering import Layout, arrange
from .picture import Picture, Point, drawing, text_width, wrapped
from .themes import theme_of
from .wording import sentence

HUB = "bone_metastasis"
"""Concept of so many statements that the map of all shortens their lines."""
COLUMNS = ("statement", "subject", "predicate", "object", "in words")
_MARGIN, _TOP, _CHIP, _CHANNEL = 16.0, 108.0, 128.0, 96.0
_SIZE, _LINE, _PORT, _STUB, _BYPASS = 11.0, 14.0, 3.6, 12.0, 3.0
_LEGEND_ROW, _LEGEND_COLUMN = 18.0, 205.0
_DASHES = ((), (7, 2.5), (3.5, 2), (1.3, 1.8), (8, 2, 1.3, 2), (13, 3))


@dataclass
class _Chip:
    """A concept: its label, and the statements whose lines end at either side.

    Attributes:
        lines: Lines of the label.
        layer: Number of the column.
        sides: By side (True is the right one): numbers of statements, in the order of the ports.
        y: Upper end.
    """

    lines: list[str]
    layer: int
    sides: dict[bool, list[int]] = field(default_factory=lambda: {False: [], True: []})
    y: float = 0.0

    @property
    def x(self) -> float:
        return _MARGIN + self.layer * (_CHIP + _CHANNEL)

    @property
    def height(self) -> float:
        ports = max(map(len, self.sides.values()))
        return max(len(self.lines) * _LINE + 6, ports * _PORT + 5)

    def port(self, number: int, *, right: bool) -> Point:
        """Return the point where the line of a statement ends, given its number."""
        ports = self.sides[right]
        y = self.y + self.height / 2 + (ports.index(number) - (len(ports) - 1) / 2) * _PORT
        return self.x + _CHIP * right, y


def draw(concept_id: str | None, theme_name: str) -> Picture:
    """Draw the map; the arguments are those of `plot.statements`."""
    theme = theme_of(theme_name)
    words = vocabulary()
    if concept_id is None:
        title, chosen = "The statements of the article", words.statements
    else:
        concept = words.concept(concept_id)
        title, chosen = f"The statements of the article: {concept.label}", concept.statements
    if not chosen:
        raise ArgumentError(f"There are no statements about {concept_id!r}. Choose another id.")
    plan = _Map(chosen, HUB if concept_id is None else None)
    counts = Counter(statement.predicate for statement in chosen)
    shown = {
        name: [each for each in predicates if counts[each]]
        for name, predicates in FAMILIES.items()
        if any(counts[each] for each in predicates)
    }
    legend = _TOP + plan.layout.height + 40
    columns = len(plan.layers) * (_CHIP + _CHANNEL) - _CHANNEL + 2 * _MARGIN
    with drawing():
        picture = Picture(
            max(columns, len(shown) * _LEGEND_COLUMN + _MARGIN, 520),
            legend + (1 + max(map(len, shown.values()))) * _LEGEND_ROW + 8,
            theme,
            title=title,
            description=(
                f"{counted(len(chosen), 'statement')} on {counted(len(plan.chips), 'concept')}. "
                f"Columns from left to right: {', '.join(plan.layers)}. "
                "Each line is a statement and ends with a dot at its object."
            ),
            columns=COLUMNS,
            rows=[
                (s.statement_id or "", s.subject_id, s.predicate, s.object_id, sentence(s))
                for s in chosen
            ],
        )
        _draw_heading(picture, plan)
        plan.draw(picture)
        for position, (name, predicates) in enumerate(shown.items()):
            x = _MARGIN + position * max(_LEGEND_COLUMN, picture.bbox.width / len(FAMILIES))
            picture.write(x, legend, name.capitalize(), bold=True)
            for row, predicate in enumerate(predicates, 1):
                middle = legend + row * _LEGEND_ROW + 4
                color, dashes = _style(picture, predicate)
                picture.curve([(x, middle), (x + 34, middle)], color, dashes=dashes, width=1.8)
                picture.write(x + 42, middle, f"{in_words(predicate)} ({counts[predicate]})")
    return picture


class _Map:
    """Where concepts and statements are.

    Args:
        statements: The statements.
        hub: Id of the concept whose lines are shortened, or None.

    Attributes:
        layers: Names of the columns that are not empty.
        chips: Concepts by id.
        layout: Upper ends of the concepts, and the ways of the lines.
    """

    def __init__(self, statements: Sequence[Statement], hub: str | None) -> None:
        self.statements = statements
        used = {id_ for statement in statements for id_ in statement.concept_ids}
        concepts = [each for each in vocabulary().concepts if each.concept_id in used]
        layers = sorted({LAYER_OF[each.kind] for each in concepts})
        self.layers = [list(LAYERS)[layer] for layer in layers]
        self.chips = {
            each.concept_id: _Chip(
                wrapped(each.label, _CHIP - 12, _SIZE), layers.index(LAYER_OF[each.kind])
            )
            for each in concepts
        }
        self.hub = self.chips[hub] if hub else None
        if self.hub:
            number = sum(hub in statement.concept_ids for statement in statements)
            self.hub.lines.append(counted(number, "statement"))
        for number, statement in enumerate(statements):
            one, other = self._chips_of(statement)
            for chip, far in ((one, other), (other, one)):
                if chip is not self.hub:
                    chip.sides[self._leaves_right(chip, far)].append(number)
        for id_, chip in self.chips.items():
            chip.y = _TOP + self.layout.tops[id_]
        for (id_, right), ports in self._aims().items():
            self.chips[id_].sides[right] = [number for _, number in sorted(ports)]

    def _aims(self) -> dict[tuple[str, bool], list[tuple[float, int]]]:
        """Return the height that each line leads to, with its number, by chip and side."""
        aims = defaultdict(list)
        routes = iter(self.layout.routes)
        for number, statement in enumerate(self.statements):
            ends = (statement.subject_id, statement.object_id)
            route = ends if self._is_short(statement) else next(routes)
            for id_, other, node in ((*ends, route[1]), (*ends[::-1], route[-2])):
                chip = self.chips[id_]
                if chip is not self.hub:
                    height = -1.0 if self._is_short(statement) else self._middle(node)
                    side = id_, self._leaves_right(chip, self.chips[other])
                    aims[side].append((height, number))
        return aims

    def _middle(self, node: object) -> float:
        """Return the middle of a chip, or of a line where it passes a column."""
        chip = self.chips.get(node) if isinstance(node, str) else None
        return _TOP + self.layout.tops[node] + (chip.height if chip else _BYPASS) / 2

    @cached_property
    def layout(self) -> Layout:
        layers: list[dict[object, float]] = [{} for _ in self.layers]
        for id_, chip in self.chips.items():
            layers[chip.layer][id_] = chip.height
        edges = [(s.subject_id, s.object_id) for s in self.statements if not self._is_short(s)]
        return arrange(layers, edges, gap=7, bypass=_BYPASS)

    def draw(self, picture: Picture) -> None:
        """Draw the lines, their ends and the concepts."""
        routes = iter(self.layout.routes)
        for number, statement in enumerate(self.statements):
            color, dashes = _style(picture, statement.predicate)
            if self._is_short(statement):
                points, bend, ring = self._stub(number, statement), None, True
            else:
                points, bend, ring = *self._line(number, statement, next(routes)[1:-1]), False
            tip, id_ = sentence(statement), statement.statement_id or ""
            picture.curve(points, color, bend=bend, dashes=() if ring else dashes, id_=id_, tip=tip)
            look = {"ms": 5, "mfc": "none", "mew": 1.2} if ring else {"ms": 3.6, "mew": 0}
            picture.line(points[-1:], color, ls="none", marker="o", zorder=2, **look)
        for chip in self.chips.values():
            picture.box(chip.x, chip.y, _CHIP, chip.height, picture.theme.box)
            first = chip.y + chip.height / 2 - (len(chip.lines) - 1) * _LINE / 2
            for index, text in enumerate(chip.lines):
                y = first + index * _LINE
                bold = chip is self.hub and index == 0
                picture.write(chip.x + _CHIP / 2, y, text, size=_SIZE, bold=bold, align="center")

    def _chips_of(self, statement: Statement) -> tuple[_Chip, _Chip]:
        return self.chips[statement.subject_id], self.chips[statement.object_id]

    def _is_short(self, statement: Statement) -> bool:
        return self.hub in self._chips_of(statement)

    def _leaves_right(self, chip: _Chip, other: _Chip) -> bool:
        last = len(self.layers) - 1
        return other.layer > chip.layer or other.layer == chip.layer < last

    def _stub(self, number: int, statement: Statement) -> list[Point]:
        """Return the points of a shortened line."""
        one, other = self._chips_of(statement)
        chip = other if one is self.hub else one
        right = self._leaves_right(chip, self.chips[HUB])
        x, y = chip.port(number, right=right)
        return [(x, y), (x + (_STUB if right else -_STUB), y)]

    def _line(
        self, number: int, statement: Statement, passed: Sequence[object]
    ) -> tuple[list[Point], float | None]:
        """Return the points of a line, and how far it bends between chips of one column."""
        subject, object_ = self._chips_of(statement)
        right = self._leaves_right(subject, object_)
        start = subject.port(number, right=right)
        end = object_.port(number, right=self._leaves_right(object_, subject))
        if subject.layer == object_.layer:
            bend = min(22 + abs(start[1] - end[1]) / 5, _CHANNEL * 0.95)
            return [start, end], bend if right else -bend
        points = [start]
        for step, node in enumerate(passed, 1):
            x = subject.x + (step if right else -step) * (_CHIP + _CHANNEL)
            y = self._middle(node)
            points += [(x, y), (x + _CHIP, y)] if right else [(x + _CHIP, y), (x, y)]
        return [*points, end], None


def _style(picture: Picture, predicate: str) -> tuple[str, Sequence[float]]:
    """Return the color and the dashes of a predicate."""
    family = FAMILY_OF[predicate]
    rank = list(FAMILIES.values())[family].index(predicate)
    return picture.theme.series[family], _DASHES[rank]


def _draw_heading(picture: Picture, plan: _Map) -> None:
    text = "Each line is a statement, and ends with a dot at its object."
    if plan.hub:
        text += " A short line with a ring is a statement about bone metastasis itself."
    Heading.wrap(picture.title, text, picture.bbox.width).write(picture)
    for index, name in enumerate(plan.layers):
        x = _MARGIN + index * (_CHIP + _CHANNEL) + _CHIP / 2
        x = max(x, _MARGIN + text_width(name, bold=True) / 2)
        picture.write(x, _TOP - 20, name, bold=True, align="center")
