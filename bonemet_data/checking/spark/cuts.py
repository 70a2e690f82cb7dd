"""Cuts: where `blocks` would cut a stream, told from its cells, each surveyed by itself."""

from typing import NamedTuple

from ...extras import CHECK
from ..chunks import LONGEST

with CHECK:
    import numpy as np

_STRIDE = 2**18
_FEED, _QUOTE = b'\n"'


class Survey(NamedTuple):
    """What one cell of a stream tells about where to cut.

    Args:
        size: its bytes.
        odd: 1 if it holds an odd number of quotes, else 0.
        ends: the end of its last line that ends outside quotes, if the cell begins outside (0) or
            inside (1) of them; 0 where there is none.
    """

    size: int
    odd: int
    ends: tuple[int, int]


class Pending(NamedTuple):
    """The bytes since the last cut.

    Args:
        size: how many.
        inside: 1 if they end inside quotes, else 0.
        line: the end of their last line, which lies inside quotes; 0 if there is none.
    """

    size: int = 0
    inside: int = 0
    line: int = 0

    def cut(self, cell: Survey) -> tuple[int, "Pending"]:
        """Take a cell more; give the bytes up to the new cut, 0 for none, and what is pending."""
        size, inside = self.size + cell.size, self.inside ^ cell.odd
        line = self.size + max(cell.ends) if any(cell.ends) else self.line
        end = cell.ends[self.inside]
        if end:
            end += self.size
        elif size > LONGEST and line:  # the quote must have been lost
            end = line
            inside ^= 1
        return end, Pending(size - end, inside, line - end if line > end else 0)


def survey(data: bytes) -> Survey:
    """Survey a cell."""
    if b'"' not in data:
        return Survey(len(data), 0, (data.rfind(b"\n") + 1, 0))
    array = np.frombuffer(data, np.uint8)
    strides = [array[at : at + _STRIDE] for at in range(0, len(array), _STRIDE)]
    odd = [0]
    for stride in strides:
        odd.append(odd[-1] ^ (int(np.count_nonzero(stride == _QUOTE)) & 1))
    ends = [0, 0]
    for at in reversed(range(len(strides))):
        feeds = np.flatnonzero(strides[at] == _FEED)
        before = np.searchsorted(np.flatnonzero(strides[at] == _QUOTE), feeds)
        sides = (before & 1) ^ odd[at]
        for side in (0, 1):
            last_feed = feeds[sides == side][-1:]
            if not ends[side] and len(last_feed):
                ends[side] = at * _STRIDE + int(last_feed[0]) + 1
        if all(ends):
            break
    return Survey(len(array), odd[-1], (ends[0], ends[1]))
