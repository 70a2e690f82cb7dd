"""The exit status of the command line."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Self


class Status(IntEnum):
    """Exit status of the command line.

    Attributes:
        meaning: When a command ends with this status.
    """

    meaning: str

    def __new__(cls, number: int, meaning: str) -> Self:
        """Create a member with a meaning."""
        status = int.__new__(cls, number)
        status._value_ = number
        status.meaning = meaning
        return status

    VALID = 0, "Success. For check and validate: no errors, and everything was checked."
    ERRORS = 1, "The data have errors, or a file differs from its checksum."
    UNUSABLE = 2, "Wrong usage, or something cannot be read or written. There is no result."
    INCOMPLETE = 3, "No errors, but something was not checked; see --allow-unchecked."
    HUNG_UP = 129, "Ended by SIGHUP, because the terminal was closed. There is no result."
    INTERRUPTED = 130, "Interrupted with Ctrl-C. There is no result."
    CLOSED_PIPE = 141, "The program that read the output closed the pipe."
    TERMINATED = 143, "Ended by SIGTERM. There is no result."


READS_DATA: Mapping[Status, str] = {
    Status.ERRORS: "A file of the installed package differs from its checksum."
}
"""Status of the commands that read the published data."""
