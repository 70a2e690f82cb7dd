"""Signals that end a command: temporary files are removed first, unlike by default."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_NAMES = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class Terminated(BaseException):
    """A signal has ended the command; like KeyboardInterrupt, it is no Exception.

    Args:
        number: Number of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def terminations() -> Iterator[None]:
    """Raise Terminated for signals that end the process, unless the caller ignores or handles them.

    A second signal is ignored, so that it does not interrupt the removal of files.
    """

    def terminate(number: int, _: FrameType | None) -> NoReturn:
        for handled in replaced:
            signal.signal(handled, signal.SIG_IGN)
        raise Terminated(number)

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    replaced = []
    try:
        for number in numbers:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, terminate)
                replaced.append(number)
    except ValueError:  # not in the main thread, where alone handlers can be set
        pass
    try:
        yield
    finally:
        for number in replaced:
            signal.signal(number, signal.SIG_DFL)
