"""What to write so that a row of a terminal that shows one text shows another. Pure.

A row's texts (`protocol.row_text`) are compared as they are, not as cells: what both begin and end
with stays. Where it is not certain in which column something stands, more is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

# Characters that take one cell on every terminal and are never a part of the one before.
_NARROW = (
    " -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u2190-\u2193\u2500-\u259f\u2800-\u28ff"
)
_STEADY = re.compile(f"(?:[{_NARROW}]|\x1b\\[(?:[0-9;:]*m|[0-9]{{1,5}}G))*")
_BEGINS_CELL = re.compile(f"[\x1b{_NARROW}]|\\Z")
_CONTROL = re.compile(r"\x1b\[([0-9;:]*)([mG])")
# After one of these the look does not depend on what stood before.
_RESET = re.compile(r"\x1b\[(?:0(?:;[0-9;:]*)?)?m")
_BLANK_END = re.compile(r"\x1b\[([0-9]{1,5})X\Z")
_LOOK = re.compile(r"\x1b\[[0-9;:]*m")
_LINK = "\x1b]"
_END_OF_LOOK = "\x1b[m"
_ENDS_OF_LOOK = (_END_OF_LOOK, "\x1b[0m")


class Span(NamedTuple):
    """Text to write at a column of the row; it begins and ends in default attributes."""

    column: int
    text: str


def span_between(before: str, after: str, columns: int) -> Span | None:
    """The one piece of a row that has to be written anew.

    Args:
        before: What stands there; empty for blank cells.
        after: What is to stand there; empty for blank cells.
        columns: How many cells both cover.

    Returns:
        None if both look the same. The text may hold CHA, counted from the row's first cell.
    """
    if before == after:
        return None
    old, old_blanks = _split(before, columns)
    new, new_blanks = _split(after, columns)
    same = _alike(old, new)
    kept = new[:same]
    end = _kept_end(old, new, same) if old_blanks == new_blanks else len(new)
    text = new[same:end]
    if new_blanks > old_blanks:
        text += f"{_default_after(kept, text)}\x1b[{new_blanks - old_blanks}X"
    if not text:
        return None
    look = "" if _RESET.match(text) is not None else _look_after(kept)
    return Span(_column_after(kept), f"{look}{text}{_default_after(look, text)}")


def _split(text: str, columns: int) -> tuple[str, int]:
    """A row's text without the blanks that it ends with, and how many these are."""
    if not text:
        return "", columns
    found = _BLANK_END.search(text) if text[-1] == "X" else None
    return (text[: found.start()], int(found[1])) if found is not None else (text, 0)


def _alike(old: str, new: str) -> int:
    """How many characters both begin with, up to a place whose column and look are certain."""
    same = _longest(min(len(old), len(new)), lambda count: old[:count] == new[:count])
    end = _steady_end(new, same)
    if not (_begins_cell(old, end) and _begins_cell(new, end)):
        end = _steady_end(new, end - 1)
    return end


def _steady_end(text: str, most: int) -> int:
    found = _STEADY.match(text, 0, max(0, most))
    return found.end() if found is not None else 0


def _kept_end(old: str, new: str, same: int) -> int:
    """Where in `new` the cells begin that both end with and that look the same in both."""
    if _LINK in old or _LINK in new:
        return len(new)
    most = min(len(old), len(new)) - same
    count = _longest(most, lambda length: not length or old[-length:] == new[-length:])
    start = len(new) - count
    changed = old[same : len(old) - count], new[same:start]
    if not any("\x1b" in text for text in changed) and _begins_cell(new, start):
        return start
    reset = _RESET.search(new, start)
    return reset.start() if reset is not None else len(new)


def _longest(most: int, fits: Callable[[int], bool]) -> int:
    """The greatest length up to `most` that fits, where every shorter one fits, too."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if fits(middle):
            low = middle
        else:
            most = middle - 1
    return low


def _begins_cell(text: str, place: int) -> bool:
    return _BEGINS_CELL.match(text, place) is not None


def _column_after(kept: str) -> int:
    """The column behind text that is steady."""
    if "\x1b" not in kept:
        return len(kept)
    column = place = 0
    for found in _CONTROL.finditer(kept):
        column += found.start() - place
        place = found.end()
        if found[2] == "G":
            column = int(found[1]) - 1
    return column + len(kept) - place


def _look_after(kept: str) -> str:
    """The sequences that lead from default attributes to those in force behind a text."""
    if "\x1b" not in kept:
        return ""
    looks: list[str] = []
    for found in _CONTROL.finditer(kept):
        if found[2] == "G":
            continue
        if _RESET.fullmatch(found[0]) is not None:
            looks.clear()
        looks.append(found[0])
    return "" if looks and looks[-1] in _ENDS_OF_LOOK else "".join(looks)


def _default_after(*texts: str) -> str:
    """What ends the look that a text leaves, if it leaves any."""
    looks = _LOOK.findall("".join(texts))
    return _END_OF_LOOK if looks and looks[-1] not in _ENDS_OF_LOOK else ""
