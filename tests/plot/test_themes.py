"""Colors: enough contrast, and different for readers with any color vision."""

from itertools import combinations

import pytest

from bonemet_data.plot.themes import THEMES

PAGES = {"light": ["#ffffff", "#f6f8fa"], "dark": ["#0d1117", "#131416"]}
"""Backgrounds of common sites."""
# Machado, Oliveira and Fernandes (2009), severity 1, https://doi.org/10.1109/TVCG.2009.113
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(color):
    """The linear RGB of a color such as #1f2328."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def contrast(one, other):
    """The contrast ratio of WCAG 2.2."""
    lights = sorted(
        sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(color), strict=True))
        for color in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def lab(rgb):
    """CIE L*a*b* of linear RGB."""
    to_xyz = (
        (0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505),
        (0.2126, 0.7152, 0.0722),
        (0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089),
    )
    x, y, z = (
        max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0) ** (1 / 3) for row in to_xyz
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one, other, vision):
    """The distance of two colors as a reader with a color vision sees them."""
    seen = [
        lab([sum(a * b for a, b in zip(row, linear(color), strict=True)) for row in VISION[vision]])
        for color in (one, other)
    ]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize("name", THEMES)
def test_text_and_lines_have_enough_contrast(name):
    theme = THEMES[name]
    for page in [theme.page, *PAGES[name]]:
        for color in (theme.text, theme.muted, theme.accent, *theme.series):
            assert contrast(color, page) >= 4.5, (color, page)
        assert contrast(theme.line, page) >= 3, page
    for color in (theme.text, theme.muted, *theme.series):
        assert contrast(color, theme.box) >= 4.5, color


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("name", THEMES)
def test_categories_differ_for_readers_with_any_color_vision(name, vision):
    for one, other in combinations(THEMES[name].series, 2):
        assert difference(one, other, vision) > 12, (one, other)
