"""The statements of the article as a layered map."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..terminology.functions import vocabulary
from ..terminology.statements import Statement, in_words, plural
from .groups import FAMILIES, FAMILY_OF, LAYER_OF, LAYERS
from .layering import Layout, arrange
from .picture import Picture, drawing, wrapped
from .themes import theme_of
from .wording import sentence

HUB = "bone_metastasis"
"""Concept of so many statements that the map of all shortens their lines."""
COLUMNS = ("statement", "subject", "predicate", "object", "in words")
_MARGIN, _TOP, _CHIP, _CHANNEL = 16.0, 112.0, 128.0, 96.0
_SIZE, _LINE, _PORT, _STUB = 11.0, 14.0, 3.6, 12.0
_LEGEND_ROW, _LEGEND_COLUMN = 18.0, 205.0
_DASHES = ((), (7, 2.5), (3.5, 2), (1.3, 1.8), (8, 2, 1.3, 2), (13, 3))


@dataclass
class _Chip:
    """A concept: its label, and the statements whose lines end at either side."""

    lines: list[str]
    layer: int
    x: float = 0.0
    y: float = 0.0
    sides: dict[bool, list[tuple[float, int]]] = field(
        default_factory=lambda: {False: [], True: []}
    )

    @property
    def height(self) -> float:
        ports = max(map(len, self.sides.values()))
        return max(len(self.lines) * _LINE + 6, ports * _PORT + 5)

    def port(self, number: int, *, right: bool) -> tuple[float, float]:
        """Return the point where the line of a statement ends, given its number."""
        ports = sorted(self.sides[right])
        rank = next(i for i, (_, each) in enumerate(ports) if each == number)
        y = self.y + self.height / 2 + (rank - (len(ports) - 1) / 2) * _PORT
        return self.x + _CHIP * right, y


def draw(concept_id: str | None, theme_name: str) -> Picture:
    """Draw the map; the arguments are those of `plot.statements`."""
    theme = theme_of(theme_name)
    words = vocabulary()
    all_of_them = concept_id is None
    chosen = words.statements if concept_id is None else words.concept(concept_id).statements
    about = "" if concept_id is None else f": {words.concept(concept_id).label}"
    chips = _chips(chosen)
    used = sorted({chip.layer for chip in chips.values()})
    for chip in chips.values():
        chip.layer = used.index(chip.layer)
        chip.x = _MARGIN + chip.layer * (_CHIP + _CHANNEL)
    shortened = {
        number
        for number, statement in enumerate(chosen)
        if all_of_them and HUB in statement.concept_ids
    }
    ends = {
        number: (chips[statement.subject_id], chips[statement.object_id])
        for number, statement in enumerate(chosen)
    }
    if shortened:
        chips[HUB].lines.append(plural(len(shortened), "statement"))
    last = len(used) - 1
    for number, (subject, object_) in ends.items():
        for chip, other in ((subject, object_), (object_, subject)):
            if number in shortened and chip is chips[HUB]:
                continue
            chip.sides[_leaves_right(chip, other, last)].append((0.0, number))
    layout = arrange(
        [
            {id_: chip.height for id_, chip in chips.items() if chip.layer == layer}
            for layer in range(len(used))
        ],
        [(s.subject_id, s.object_id) for n, s in enumerate(chosen) if n not in shortened],
        gap=7,
        bypass=3,
    )
    for id_, chip in chips.items():
        chip.y = _TOP + layout.tops[id_]
    for number, (subject, object_) in ends.items():
        for chip, other in ((subject, object_), (object_, subject)):
            _aim(chip, other, number, last, hub=number in shortened)
    legend = _TOP + layout.height + 34
    width = max(2 * _MARGIN + len(used) * (_CHIP + _CHANNEL) - _CHANNEL, 4 * _LEGEND_COLUMN + 32)
    rows = [
        (s.statement_id or "", s.subject_id, s.predicate, s.object_id, sentence(s)) for s in chosen
    ]
    with drawing():
        picture = Picture(
            width,
            legend + 8 * _LEGEND_ROW,
            theme,
            title=f"The statements of the article{about}",
            description=(
                f"A map of {plural(len(chosen), 'statement')} on {plural(len(chips), 'concept')}. "
                f"Columns from left to right: {', '.join(list(LAYERS)[i] for i in used)}. "
                "Each line is a statement and ends with a dot at its object."
            ),
            columns=COLUMNS,
            rows=rows,
        )
        _draw_lines(picture, chosen, ends, layout, shortened, chips)
        for chip in chips.values():
            _draw_chip(picture, chip)
        _draw_heading(picture, [list(LAYERS)[i] for i in used], all_of_them)
        _draw_legend(picture, legend, Counter(statement.predicate for statement in chosen))
    return picture


def _chips(statements: Sequence[Statement]) -> dict[str, _Chip]:
    used = {id_ for statement in statements for id_ in statement.concept_ids}
    return {
        concept.concept_id: _Chip(wrapped(concept.label, _CHIP - 12, _SIZE), LAYER_OF[concept.kind])
        for concept in vocabulary().concepts
        if concept.concept_id in used
    }


def _leaves_right(chip: _Chip, other: _Chip, last: int) -> bool:
    """Return whether a line leaves a chip at its right side."""
    return other.layer > chip.layer or (other.layer == chip.layer < last)


def _aim(chip: _Chip, other: _Chip, number: int, last: int, *, hub: bool) -> None:
    """Sort the end of a line by the height that it leads to; shortened lines come first."""
    ports = chip.sides[_leaves_right(chip, other, last)]
    if (0.0, number) in ports:
        height = other.y + other.height / 2
        ports[ports.index((0.0, number))] = (-1.0 if hub else height, number)


def _draw_lines(
    picture: Picture,
    statements: Sequence[Statement],
    ends: dict[int, tuple[_Chip, _Chip]],
    layout: Layout,
    shortened: set[int],
    chips: dict[str, _Chip],
) -> None:
    last = max(chip.layer for chip in chips.values())
    routes = iter(layout.routes)
    dots: dict[str, list[tuple[float, float]]] = {}
    rings: dict[str, list[tuple[float, float]]] = {}
    for number, statement in enumerate(statements):
        subject, object_ = ends[number]
        family = FAMILY_OF[statement.predicate]
        color = picture.theme.series[family]
        names = list(FAMILIES.values())[family]
        bend = None
        if number in shortened:
            chip, other = (object_, subject) if subject is chips[HUB] else (subject, object_)
            right = _leaves_right(chip, other, last)
            x, y = chip.port(number, right=right)
            points = [(x, y), (x + (_STUB if right else -_STUB), y)]
            rings.setdefault(color, []).append(points[1])
        else:
            sides = [
                _leaves_right(one, other, last)
                for one, other in ((subject, object_), (object_, subject))
            ]
            inner = next(routes)[1:-1]
            points = [subject.port(number, right=sides[0])]
            for step, node in enumerate(inner, 1):
                layer = subject.layer + (step if sides[0] else -step)
                x, y = _MARGIN + layer * (_CHIP + _CHANNEL), _TOP + layout.tops[node] + 1.5
                passing = [(x, y), (x + _CHIP, y)]
                points += passing if sides[0] else reversed(passing)
            points.append(object_.port(number, right=sides[1]))
            if subject.layer == object_.layer:
                distance = abs(points[0][1] - points[1][1])
                bend = min(22 + distance / 5, _CHANNEL * 0.95) * (1 if sides[0] else -1)
            dots.setdefault(color, []).append(points[-1])
        picture.curve(
            points,
            color,
            bend=bend,
            dashes=_DASHES[names.index(statement.predicate)] if number not in shortened else (),
            id_=statement.statement_id or "",
            tip=sentence(statement),
        )
    for color, places in dots.items():
        picture.line(places, color, ls="none", marker="o", ms=3.6, mew=0, zorder=2)
    for color, places in rings.items():
        picture.line(places, color, ls="none", marker="o", ms=5, mfc="none", mew=1.2, zorder=2)


def _draw_chip(picture: Picture, chip: _Chip) -> None:
    picture.box(chip.x, chip.y, _CHIP, chip.height, picture.theme.box)
    first = chip.y + chip.height / 2 - (len(chip.lines) - 1) * _LINE / 2
    for index, line in enumerate(chip.lines):
        y = first + index * _LINE
        picture.write(chip.x + _CHIP / 2, y, line, size=_SIZE, align="center")


def _draw_heading(picture: Picture, names: Sequence[str], all_of_them: bool) -> None:
    picture.write(_MARGIN, 24, picture.title, size=17, bold=True)
    text = "Each line is a statement, and ends with a dot at its object."
    if all_of_them:
        text += " A short line with a ring is a statement about bone metastasis itself."
    for index, line in enumerate(wrapped(text, picture.bbox.width - 2 * _MARGIN, 12)):
        picture.write(_MARGIN, 48 + 16 * index, line, color=picture.theme.muted)
    for index, name in enumerate(names):
        x = _MARGIN + index * (_CHIP + _CHANNEL) + _CHIP / 2
        picture.write(x, _TOP - 20, name, bold=True, align="center")


def _draw_legend(picture: Picture, y: float, counts: Counter[str]) -> None:
    for index, (family, predicates) in enumerate(FAMILIES.items()):
        x = _MARGIN + index * (picture.bbox.width - 2 * _MARGIN) / len(FAMILIES)
        color = picture.theme.series[index]
        picture.write(x, y, family.capitalize(), bold=True)
        shown = [predicate for predicate in predicates if counts[predicate]]
        for row, predicate in enumerate(shown, 1):
            middle = y + row * _LEGEND_ROW + 4
            dashes = _DASHES[predicates.index(predicate)]
            picture.curve([(x, middle), (x + 34, middle)], color, dashes=dashes, width=1.8)
            picture.write(x + 42, middle, f"{in_words(predicate)} ({counts[predicate]})")
