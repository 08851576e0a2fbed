"""Widths of characters that a person has set (`codepoint-widths`): one list for the process.

An item is `U+1F600=2`, `U+E000-U+F8FF=1` or a character and its width, 0 to 2. What cannot be read
is skipped, as in tmux 3.7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

LEAST_CODE: Final = 0xA0
"""Characters before the first that is beyond ASCII and its like are always one cell."""
MAX_ITEMS: Final = 1000
_ITEM: Final = re.compile(
    r"(?:U\+(?P<low>[0-9A-Fa-f]{1,6})(?:-U\+(?P<high>[0-9A-Fa-f]{1,6}))?|(?P<one>.))=(?P<width>[012])",
    re.DOTALL,
)


class Override(NamedTuple):
    """The width of the characters from `low` to `high`."""

    low: int
    high: int
    width: int


_overrides: list[Override] = []
_followers: list[Callable[[], None]] = []


def overrides() -> tuple[Override, ...]:
    """What is set now; the later one counts where two overlap."""
    return tuple(_overrides)


def follow(changed: Callable[[], None]) -> None:
    """Have a function called whenever something else is set: for those that keep widths."""
    _followers.append(changed)


def set_overrides(items: Iterable[str]) -> None:
    """Set other widths in place of those that were set before; what is drawn stays."""
    found = [override for item in items if (override := _read(item)) is not None][:MAX_ITEMS]
    if found != _overrides:
        _overrides[:] = found
        for changed in _followers:
            changed()


def _read(item: str) -> Override | None:
    match = _ITEM.fullmatch(item)
    if match is None:
        return None
    if match["one"] is not None:
        low = high = ord(match["one"])
    else:
        low = int(match["low"], 16)
        high = int(match["high"], 16) if match["high"] else low
    usable = LEAST_CODE <= low <= high <= 0x10FFFF
    return Override(low, high, int(match["width"])) if usable else None
