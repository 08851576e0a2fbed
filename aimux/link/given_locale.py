"""The locale as the caller gave it, without what Python puts in its place.

Where the locale is C, Python sets LC_CTYPE to one of UTF-8 before any of our code runs (PEP 538).
The terminal is no other for that, and what runs in panes should find what the user had set.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import MutableMapping

COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
_NAME = "LC_CTYPE"
_START = "/proc/self/environ"


def restore_locale(environment: MutableMapping[str, str], start: str = _START) -> None:
    """Take LC_CTYPE out of an environment if Python has put it there.

    Args:
        environment: This process's.
        start: A file with what the process was started with, as Linux has it. Where there is none
            nothing is known, and LC_CTYPE stays.
    """
    if environment.get(_NAME) not in COERCED:
        return
    try:
        with open(start, "rb") as stream:  # noqa: PTH123  # pathlib costs start-up time
            given = stream.read()
    except OSError:
        return
    names = (entry.partition(b"=")[0] for entry in given.split(b"\0"))
    if _NAME.encode() not in names:
        del environment[_NAME]
