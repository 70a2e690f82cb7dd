"""How the resources of the package are connected by their foreign keys."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..package.descriptor import Package
from ..package.installed import installed
from ..reporting.counting import counted
from .heading import Heading
from .layering import arrange
from .picture import Picture, Point, check_width, drawing
from .themes import theme_of

COLUMNS = ("resource", "rows", "field", "refers to")
_MARGIN, _TOP, _NARROW, _BOX = 16.0, 100.0, 1100, 218.0
_HEAD, _FIELD, _GAP, _SIZE = 30.0, 18.0, 14.0, 11.0


_Line: TypeAlias = tuple[list[Point], float | None, str]
"""Points, bend and target of a line."""


@dataclass(frozen=True)
class _Resource:
    """A resource with its foreign keys: the fields, and the resource that they refer to."""

    name: str
    rows: int
    keys: tuple[tuple[str, str], ...]

    @property
    def height(self) -> float:
        return _HEAD + len(self.keys) * _FIELD + (6 if self.keys else 0)


def draw(width: int, theme_name: str) -> Picture:
    """Draw the map; the arguments are those of `plot.structure`."""
    theme = theme_of(theme_name)
    check_width(width)
    resources = _resources(installed())
    used = Counter(target for each in resources.values() for _, target in each.keys)
    hubs = [name for name, number in used.most_common() if number > 2]
    colors = {name: theme.series[i % len(theme.series)] for i, name in enumerate(hubs)}
    places = _listed(resources) if width < _NARROW else _layered(resources, width)
    bottom = max(y + resources[name].height for name, (_, y) in places.positions.items())
    total = sum(len(each.keys) for each in resources.values())
    text = f"{counted(len(resources), 'resource')} and {counted(total, 'foreign key')}. "
    text += (
        "Each field refers to the resource beside it."
        if width < _NARROW
        else "Each line leads from the field of a resource to the resource that it refers to."
    )
    with drawing():
        picture = Picture(
            width,
            bottom + 20,
            theme,
            title="How the resources are connected",
            description=text,
            columns=COLUMNS,
            rows=[
                (each.name, f"{each.rows:,}", field, target)
                for each in resources.values()
                for field, target in each.keys or (("", ""),)
            ],
        )
        Heading.wrap(picture.title, text, width).write(picture)
        for points, bend, target in places.lines:
            color = colors.get(target, theme.muted)
            picture.curve(points, color, bend=bend, width=1.5)
            picture.line(points[-1:], color, ls="none", marker="o", ms=5, mew=0, zorder=2)
        for name, (x, y) in places.positions.items():
            box = width - 2 * _MARGIN if width < _NARROW else _BOX
            _draw_box(picture, resources[name], (x, y), box, colors, named=width < _NARROW)
    return picture


def _resources(package: Package) -> dict[str, _Resource]:
    return {
        resource.name: _Resource(
            resource.name,
            resource.rows or 0,
            tuple(
                (", ".join(key.fields), key.resource or resource.name)
                for key in package.schema(resource).foreign_keys
            ),
        )
        for resource in package.resources
    }


@dataclass(frozen=True)
class _Places:
    """Upper left corners of the boxes, and the lines between them."""

    positions: Mapping[str, Point]
    lines: Sequence[_Line] = ()


def _listed(resources: Mapping[str, _Resource]) -> _Places:
    """Place the boxes below each other."""
    positions, y = {}, _TOP + 4
    for name, each in resources.items():
        positions[name] = (_MARGIN, y)
        y += each.height + _GAP
    return _Places(positions)


def _layered(resources: Mapping[str, _Resource], width: float) -> _Places:
    """Place each box to the left of those that it refers to."""
    depths: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in depths:
            others = {target for _, target in resources[name].keys} - {name}
            depths[name] = max((depth(other) + 1 for other in others), default=0)
        return depths[name]

    last = max(map(depth, resources))
    layers: list[dict[str, float]] = [{} for _ in range(last + 1)]
    for name, each in resources.items():
        layers[last - depth(name)][name] = each.height
    keys = [
        (each.name, index, target)
        for each in resources.values()
        for index, (_, target) in enumerate(each.keys)
    ]
    edges = [(name, target) for name, _, target in keys if name != target]
    layout = arrange(layers, edges, gap=_GAP, bypass=4)
    step = (width - 2 * _MARGIN - 26 - _BOX) / last
    positions = {
        name: (_MARGIN + (last - depth(name)) * step, _TOP + layout.tops[name])
        for name in resources
    }
    routes = iter(layout.routes)
    lines: list[_Line] = []
    for name, index, target in keys:
        x, y = positions[name]
        start = (x + _BOX, y + _HEAD + (index + 0.5) * _FIELD)
        if name == target:
            lines.append(([start, (x + _BOX, y + _HEAD / 2)], 22.0, target))
            continue
        points = [start]
        for offset, node in enumerate(next(routes)[1:-1], 1):
            left = x + offset * step
            height = _TOP + layout.tops[node] + 2
            points += [(left, height), (left + _BOX, height)]
        end_x, end_y = positions[target]
        lines.append(([*points, (end_x, end_y + _HEAD / 2)], None, target))
    return _Places(positions, lines)


def _draw_box(
    picture: Picture,
    resource: _Resource,
    corner: Point,
    width: float,
    colors: Mapping[str, str],
    *,
    named: bool,
) -> None:
    x, y = corner
    theme = picture.theme
    picture.box(x, y, width, resource.height, theme.box)
    picture.write(x + 12, y + _HEAD / 2, resource.name, bold=True, color=colors.get(resource.name))
    rows = counted(resource.rows, "row")
    end = x + width - 12
    picture.write(end, y + _HEAD / 2, rows, size=_SIZE, color=theme.muted, align="right")
    for index, (field, target) in enumerate(resource.keys):
        middle = y + _HEAD + (index + 0.5) * _FIELD
        picture.write(x + 12, middle, field, size=_SIZE, color=theme.text)
        if named:
            color = colors.get(target, theme.muted)
            picture.write(end, middle, f"→ {target}", size=_SIZE, color=color, align="right")
