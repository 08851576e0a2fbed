"""Scrolling a part of the terminal instead of writing the rows that moved in it. Pure.

DECSTBM, LF and RI are known to every terminal, DECSLRM to those that say so (mode 69).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aimux.client import sequences

# What a scroll costs, in bytes; to save less is not worth it.
_LEAST_SAVED = 40

Move = tuple[int, int, int]
"""First row before, first row now, how many rows."""


class Place(NamedTuple):
    """Where a pane stands in the terminal.

    Attributes:
        narrow: Whether the terminal has cells beside it, which must not scroll with it.
    """

    row: int
    column: int
    columns: int
    narrow: bool


def scroll(
    place: Place, before: Sequence[str], after: Sequence[str], moves: Sequence[Move]
) -> tuple[str, list[str]]:
    """Scroll where that saves writing rows.

    Args:
        place: The pane; if it is `narrow`, the terminal knows DECSLRM.
        before: The text of each of its rows.
        after: What they are to show.
        moves: Where rows of `before` are to stand, as a proposal.

    Returns:
        What to write, and what each row shows once it is written: a blank row is "".
    """
    shown, written = [*before], ""
    for source, target, count in moves:
        if not 0 < count <= len(shown) - max(source, target) or min(source, target) < 0:
            continue
        first, end = min(source, target), max(source, target) + count
        moved = _moved(shown[first:end], target - source)
        if _worth(moved, after[first:end]) - _worth(shown[first:end], after[first:end]) > (
            _LEAST_SAVED
        ):
            shown[first:end] = moved
            written += _scrolled(place, first, end, target - source)
    return written, shown


def _moved(rows: list[str], distance: int) -> list[str]:
    blank = [""] * min(abs(distance), len(rows))
    if distance < 0:
        return rows[-distance:] + blank
    return blank + rows[: len(rows) - distance]


def _worth(shown: Sequence[str], wanted: Sequence[str]) -> int:
    """The length of the rows that need no writing."""
    return sum(len(want) for have, want in zip(shown, wanted, strict=True) if have == want)


def _scrolled(place: Place, first: int, end: int, distance: int) -> str:
    top, bottom = place.row + first, place.row + end - 1
    steps = "\n" * -distance if distance < 0 else "\x1bM" * distance
    corner = sequences.place(bottom if distance < 0 else top, place.column, steps)
    rows = sequences.scroll_region(top, bottom)
    if not place.narrow:
        return f"{rows}{corner}{sequences.WHOLE_REGION}"
    columns = sequences.scroll_columns(place.column, place.column + place.columns - 1)
    return f"{columns}{rows}{corner}{sequences.WHOLE_REGION}{sequences.ALL_COLUMNS}"
