"""Signals that end a command: temporary files are removed first, unlike by default."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_NAMES = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class Terminated(BaseException):
    """A signal has ended the command; like KeyboardInterrupt, it is no Exception."""

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


@contextmanager
def exits_at_once() -> Iterator[None]:
    """End the process at a signal as soon as its temporary files are removed.

    For a command with a thread that waits for standard input: no exception interrupts it, so that
    Python would wait for it before it ends. The temporary files of the block are in one folder.
    """
    before, previous = tempfile.tempdir, {}
    with tempfile.TemporaryDirectory(prefix="bonemet-data-", ignore_cleanup_errors=True) as folder:

        def end(number: int, _: FrameType | None) -> NoReturn:
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(128 + number)

        tempfile.tempdir = folder
        try:
            for name in ("SIGINT", *_NAMES):
                number = getattr(signal, name, None)
                if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                    previous[number] = signal.signal(number, end)
        except ValueError:  # not in the main thread, where alone handlers can be set
            pass
        try:
            yield
        finally:
            tempfile.tempdir = before
            for number, handler in previous.items():
                signal.signal(number, handler)
