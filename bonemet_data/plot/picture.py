"""A matplotlib figure that is laid out in pixels and has a text equivalent."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise
from os import PathLike
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, TypeAlias

from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from ..atomic import write_atomically
from ..errors import ArgumentError
from .svg import finish
from .themes import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point: TypeAlias = tuple[float, float]
FONT = "DejaVu Sans"
"""Font that measures the text. It ships with matplotlib, and is wider than most system fonts."""
_POINTS = 72
_LEAST = 320


class Picture(Figure):
    """A figure with a title, a description and a table of what it shows.

    Coordinates are pixels from the upper left corner. pyplot does not manage the figure.

    Args:
        width: Width in pixels.
        height: Height in pixels.
        theme: Colors.
        title: What the picture shows, on one line.
        description: What a reader learns from it, in a few sentences.
        columns: Header of the table.
        rows: Rows of the table, which say everything that the picture shows.

    Attributes:
        title: As passed.
        description: As passed.
        columns: As passed.
        rows: As passed.
        tips: Text of the elements that have an id, which browsers show as tool tips.

    Example:
        >>> import bonemet_data as bm
        >>> picture = bm.plot.measurements("st014")
        >>> picture.title
        'bone metastasis: has symptom pain, up to 75 percent'
        >>> picture.savefig("pain.svg")  # doctest: +SKIP
    """

    def __init__(
        self,
        width: float,
        height: float,
        theme: Theme,
        *,
        title: str,
        description: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
    ) -> None:
        super().__init__(figsize=(width / _POINTS, height / _POINTS), dpi=_POINTS, facecolor="none")
        self.theme, self.title, self.description = theme, title, description
        self.columns, self.rows = tuple(columns), tuple(map(tuple, rows))
        self.tips: dict[str, str] = {}
        self.canvas_axes: Axes = self.add_axes((0, 0, 1, 1), facecolor="none")
        self.canvas_axes.set_axis_off()
        self.canvas_axes.set_xlim(0, width)
        self.canvas_axes.set_ylim(height, 0)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 12,
        color: str | None = None,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Write a line of text whose lower-case letters are centered on y.

        Args:
            x: Left end, center or right end of the text.
            y: Middle of the line.
            text: The text.
            size: Size in pixels.
            color: Color; None for that of the text.
            bold: Whether to write in bold.
            align: "left", "center" or "right".
        """
        self.canvas_axes.text(
            x,
            y + 0.36 * size,
            text,
            fontsize=size,
            color=color or self.theme.text,
            fontfamily=FONT,
            fontweight="bold" if bold else "normal",
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def box(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Draw a box with round corners, given its upper left corner."""
        radius = min(4.0, height / 2)
        shape = f"round,pad=0,rounding_size={radius}"
        self.canvas_axes.add_artist(
            FancyBboxPatch((x, y), width, height, boxstyle=shape, fc=color, ec="none", zorder=1.5)
        ).set_clip_on(False)

    def curve(
        self,
        points: Sequence[Point],
        color: str,
        *,
        bend: float | None = None,
        dashes: Sequence[float] = (),
        width: float = 1.3,
        id_: str = "",
        tip: str = "",
    ) -> None:
        """Draw a line through points, which is horizontal at each of them.

        Args:
            points: The points.
            color: Color of the line.
            bend: How far the line leaves to the right of both points, for two points above each
                other; None for lines from left to right.
            dashes: Lengths of dashes and gaps, in pixels.
            width: Width in pixels.
            id_: Id of the element.
            tip: Its text.
        """
        vertices, codes = [points[0]], [Path.MOVETO]
        for (x0, y0), (x1, y1) in pairwise(points):
            near, far = (x0 + bend, x1 + bend) if bend is not None else ((x0 + x1) / 2,) * 2
            vertices += [(near, y0), (far, y1), (x1, y1)]
            codes += [Path.CURVE4] * 3
        patch = PathPatch(
            Path(vertices, codes),
            fc="none",
            ec=color,
            lw=width,
            ls=(0, tuple(dashes)) if dashes else "-",
            capstyle="butt",
            zorder=1,
        )
        if id_:
            patch.set_gid(id_)
            self.tips[id_] = tip
        self.canvas_axes.add_artist(patch).set_clip_on(False)

    def line(self, points: Sequence[Point], color: str, **options: Any) -> None:
        """Draw straight lines, or markers if `marker` is passed."""
        xs, ys = zip(*points, strict=True)
        settings = {"lw": 1, "solid_capstyle": "butt", **options}
        self.canvas_axes.add_artist(Line2D(xs, ys, color=color, **settings)).set_clip_on(False)

    def savefig(self, fname: Any, **options: Any) -> None:
        """Write the figure; the same data give the same bytes.

        An SVG file has the title, the description and the tool tips. Files in other formats have
        the background of the page.

        Args:
            fname: Path, or binary file.
            **options: Options of `matplotlib.figure.Figure.savefig`; an SVG file has none but
                `format`.

        Raises:
            OutputError: The file cannot be written.
        """
        is_path = isinstance(fname, str | PathLike)
        suffix = FilePath(fname).suffix[1:] if is_path else ""
        kind = (options.pop("format", None) or suffix or "png").lower()
        data = self.svg().encode() if kind == "svg" else self._rendered(kind, options)
        if is_path:
            write_atomically(FilePath(fname), data)
        else:
            fname.write(data)

    def _rendered(self, kind: str, options: Mapping[str, Any]) -> bytes:
        metadata = {"png": {"Software": None}, "pdf": {"CreationDate": None}}.get(kind)
        fixed = {"facecolor": self.theme.page, "dpi": 2 * _POINTS, "metadata": metadata}
        file = BytesIO()
        with drawing():
            super().savefig(file, **{"format": kind, **fixed, **options})
        return file.getvalue()

    def svg(self) -> str:
        """Return the picture as an SVG document."""
        file = BytesIO()
        with drawing():
            super().savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        return finish(file.getvalue(), FONT, self.title, self.description, self.tips)

    def _repr_svg_(self) -> str:
        return self.svg()


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with the default settings of matplotlib instead of those of the caller."""
    settings = {"svg.fonttype": "none", "svg.hashsalt": "bonemet-data", "path.simplify": False}
    with style.context(["default", settings]):
        yield


def text_width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """Return the width of a text in pixels."""
    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    width: float = text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
    return width


def wrapped(text: str, width: float, size: float = 12, *, bold: bool = False) -> list[str]:
    """Return the lines of a text that is at most as wide as given; a long word is not split."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def check_width(width: int) -> None:
    """Check that labels fit into a width in pixels.

    Raises:
        ArgumentError: They do not.
    """
    if width < _LEAST:
        raise ArgumentError(
            f"width is {width}, which is too narrow for labels: pass {_LEAST} or more."
        )
