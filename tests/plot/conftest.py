"""The pictures that the tests look at, and the tables by the csv module."""

import csv
from functools import cache

import pytest

import bonemet_data as bm
from tests.conftest import ROOT

PICTURES = {
    "statements": lambda **options: bm.plot.statements(**options),
    "statements osteolytic": lambda **options: bm.plot.statements("osteolytic", **options),
    "statements bone_metastasis": lambda **options: bm.plot.statements(
        "bone_metastasis", **options
    ),
    "statements nausea": lambda **options: bm.plot.statements("nausea", **options),
    "measurements": lambda **options: bm.plot.measurements("st014", **options),
    "measurements narrow": lambda **options: bm.plot.measurements("st014", width=390, **options),
    "evidence": lambda **options: bm.plot.evidence(**options),
    "evidence narrow": lambda **options: bm.plot.evidence(width=390, **options),
    "structure": lambda **options: bm.plot.structure(**options),
    "structure least wide": lambda **options: bm.plot.structure(width=1100, **options),
    "structure narrow": lambda **options: bm.plot.structure(width=320, **options),
}


@cache
def drawn(name):
    return PICTURES[name]()


@pytest.fixture(params=PICTURES)
def picture(request):
    return drawn(request.param)


@cache
def table(name):
    """The rows of a CSV file, as dictionaries of texts."""
    with (ROOT / "datapackage" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts(picture):
    """The text objects that can be seen."""
    from matplotlib.text import Text

    return [each for each in picture.findobj(Text) if each.get_text() and each.get_visible()]


def overlaps(picture):
    """Pairs of texts whose boxes intersect, and texts that leave the picture."""
    renderer = picture._get_renderer()
    boxes = [(each.get_text(), each.get_window_extent(renderer)) for each in texts(picture)]
    pairs = [
        (one, other)
        for index, (one, box) in enumerate(boxes)
        for other, far in boxes[index + 1 :]
        if min(box.x1, far.x1) - max(box.x0, far.x0) > 0.5
        and min(box.y1, far.y1) - max(box.y0, far.y0) > 0.5
    ]
    page = picture.bbox
    outside = [
        text
        for text, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > page.x1 or box.y1 > page.y1
    ]
    return pairs, outside
