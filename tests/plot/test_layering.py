"""Layered drawing: few crossings, and no node over another."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.plot.layering import arrange


def layers(*names):
    return [dict.fromkeys(layer, 10.0) for layer in names]


def test_edges_that_can_be_drawn_without_crossing_do_not_cross():
    edges = [("a", "z"), ("b", "y"), ("c", "x")]
    tops = arrange(layers("abc", "xyz"), edges, gap=5, bypass=2).tops
    partner = dict(edges)
    upper = sorted("abc", key=tops.get)
    assert [partner[node] for node in upper] == sorted("xyz", key=tops.get)


def test_an_edge_over_a_layer_passes_between_its_nodes():
    layout = arrange(layers("a", "mn", "z"), [("a", "z")], gap=5, bypass=2)
    (route,) = layout.routes
    assert (route[0], route[-1], len(route)) == ("a", "z", 3)
    passing = layout.tops[route[1]]
    places = sorted([(passing, 2), *((layout.tops[node], 10) for node in "mn")])
    for (top, height), (below, _) in pairwise(places):
        assert below >= top + height + 5 - 1e-6


def test_a_route_begins_at_the_first_node_of_its_edge():
    layout = arrange(layers("a", "m", "z"), [("z", "a")], gap=5, bypass=2)
    assert (layout.routes[0][0], layout.routes[0][-1]) == ("z", "a")


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 3), st.integers(0, 4)),
        max_size=12,
    )
)
def test_nodes_of_a_layer_keep_their_distance(pairs):
    columns = [{(layer, i): 10.0 for i in range(5)} for layer in range(4)]
    edges = [((a, i), (b, j)) for a, i, b, j in pairs if (a, i) != (b, j)]
    layout = arrange(columns, edges, gap=5, bypass=2)
    assert min(layout.tops.values()) == pytest.approx(0)
    for layer in range(4):
        nodes = [(top, 10.0) for node, top in layout.tops.items() if node in columns[layer]]
        nodes += [
            (top, 2.0)
            for node, top in layout.tops.items()
            if node[0] == "bypass" and node[-1] == layer
        ]
        nodes.sort()
        for (top, height), (below, _) in pairwise(nodes):
            assert below - top - height >= 5 - 1e-6
        assert nodes[-1][0] + nodes[-1][1] <= layout.height + 1e-6
