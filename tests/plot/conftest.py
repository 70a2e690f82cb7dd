"""The pictures that the tests look at, and the tables by the csv module."""

import csv
from functools import cache, partial

import pytest

import bonemet_data as bm
from tests.conftest import ROOT

PICTURES = {
    "statements": bm.plot.statements,
    "statements osteolytic": partial(bm.plot.statements, "osteolytic"),
    "statements bone_metastasis": partial(bm.plot.statements, "bone_metastasis"),
    "statements nausea": partial(bm.plot.statements, "nausea"),
    "measurements": partial(bm.plot.measurements, "st014"),
    "measurements narrow": partial(bm.plot.measurements, "st014", width=390),
    "evidence": bm.plot.evidence,
    "evidence narrow": partial(bm.plot.evidence, width=390),
    "structure": bm.plot.structure,
    "structure least wide": partial(bm.plot.structure, width=1100),
    "structure narrow": partial(bm.plot.structure, width=320),
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
