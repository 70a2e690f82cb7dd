"""Layered drawing of a graph: the order and the heights of the nodes of each layer.

The method is that of Sugiyama, Tagawa and Toda (1981), https://doi.org/10.1109/TSMC.1981.4308636:
edges over several layers get a node in each, and barycenters order the layers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

_SWEEPS = 40
Node: TypeAlias = Any
"""Anything that can be a key."""


@dataclass(frozen=True)
class Layout:
    """Where the nodes are.

    Attributes:
        tops: Upper end of each node, in pixels.
        routes: For each edge, the nodes that it passes, from one end to the other, of which the
            inner ones have no label.
        height: Lower end of the lowest node.
    """

    tops: Mapping[Node, float]
    routes: tuple[tuple[Node, ...], ...]
    height: float


def arrange(
    layers: Sequence[Mapping[Node, float]],
    edges: Sequence[tuple[Node, Node]],
    *,
    gap: float,
    bypass: float,
) -> Layout:
    """Arrange the nodes of layers so that few edges cross and most are short.

    Args:
        layers: Height of each node, by layer.
        edges: Pairs of nodes.
        gap: Least distance between nodes, in pixels.
        bypass: Height that an edge needs to pass a layer.
    """
    heights: dict[Node, float] = {}
    layer_of: dict[Node, int] = {}
    order: list[list[Node]] = [list(layer) for layer in layers]
    for index, layer in enumerate(layers):
        heights.update(layer)
        layer_of.update(dict.fromkeys(layer, index))
    routes: list[tuple[Node, ...]] = []
    for start, end in edges:
        first, last = layer_of[start], layer_of[end]
        step = 1 if first < last else -1
        inner: list[Node] = [
            ("bypass", *sorted((str(start), str(end))), index)
            for index in range(first + step, last, step)
        ]
        routes.append((start, *inner, end))
        for node, index in zip(inner, range(first + step, last, step), strict=True):
            if node not in heights:
                heights[node], layer_of[node] = bypass, index
                order[index].append(node)
    neighbors: dict[Node, list[Node]] = {node: [] for node in heights}
    for route in routes:
        for one, other in pairwise(route):
            neighbors[one].append(other)
            neighbors[other].append(one)
    order = _sorted(order, layer_of, neighbors)
    tops = _placed(order, heights, neighbors, gap)
    low = min(tops.values())
    tops = {node: top - low for node, top in tops.items()}
    return Layout(tops, tuple(routes), max(tops[node] + heights[node] for node in tops))


def _sorted(
    order: list[list[Node]], layer_of: Mapping[Node, int], neighbors: Mapping[Node, list[Node]]
) -> list[list[Node]]:
    """Return the order with the fewest crossings that sweeps in both directions find."""
    best, fewest = order, _crossings(order, layer_of, neighbors)
    for sweep in range(_SWEEPS):
        ranks = {node: i / len(layer) for layer in order for i, node in enumerate(layer)}
        indices = range(len(order)) if sweep % 2 else reversed(range(len(order)))
        order = [list(layer) for layer in order]
        for index in indices:
            layer = order[index]
            layer.sort(key=partial(_barycenter, neighbors=neighbors, values=ranks))
            ranks.update((node, i / len(layer)) for i, node in enumerate(layer))
        if (number := _crossings(order, layer_of, neighbors)) < fewest:
            best, fewest = order, number
    return best


def _barycenter(
    node: Node, neighbors: Mapping[Node, list[Node]], values: Mapping[Node, float]
) -> float:
    """Return the mean value of the neighbors of a node, or its own value without neighbors."""
    others = neighbors[node] or [node]
    return sum(values[other] for other in others) / len(others)


def _crossings(
    order: list[list[Node]], layer_of: Mapping[Node, int], neighbors: Mapping[Node, list[Node]]
) -> int:
    """Count the pairs of edges between neighboring layers that cross."""
    rank = {node: i for layer in order for i, node in enumerate(layer)}
    total = 0
    for index, layer in enumerate(order):
        ends = [
            other
            for node in layer
            for other in sorted(
                rank[each] for each in neighbors[node] if layer_of[each] == index + 1
            )
        ]
        total += sum(ends[j] < end for i, end in enumerate(ends) for j in range(i + 1, len(ends)))
    return total


def _placed(
    order: list[list[Node]],
    heights: Mapping[Node, float],
    neighbors: Mapping[Node, list[Node]],
    gap: float,
) -> dict[Node, float]:
    """Return the upper ends that bring nodes near to their neighbors, within the tallest layer."""

    def stacked(layer: list[Node]) -> list[float]:
        tops, y = [], 0.0
        for node in layer:
            tops.append(y)
            y += heights[node] + gap
        return [*tops, y - gap]

    offsets = [stacked(layer) for layer in order]
    tallest = max(stack[-1] for stack in offsets)
    middles = {
        node: top + heights[node] / 2 + (tallest - stack[-1]) / 2
        for layer, stack in zip(order, offsets, strict=True)
        for node, top in zip(layer, stack, strict=False)
    }
    for _ in range(_SWEEPS):
        for layer, stack in zip(order, offsets, strict=True):
            shifts = _nondecreasing(
                [
                    _barycenter(node, neighbors, middles) - heights[node] / 2 - top
                    for node, top in zip(layer, stack, strict=False)
                ]
            )
            for node, shift, top in zip(layer, shifts, stack, strict=False):
                inside = min(max(shift, 0.0), tallest - stack[-1])
                middles[node] = top + inside + heights[node] / 2
    return {node: middle - heights[node] / 2 for node, middle in middles.items()}


def _nondecreasing(values: Sequence[float]) -> list[float]:
    """Return the nondecreasing numbers nearest to values, by pooling adjacent violators."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, size = value, 1
        while pools and pools[-1][0] > mean:
            earlier, count = pools.pop()
            mean, size = (earlier * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    return [mean for mean, size in pools for _ in range(size)]
