"""What to write so that a terminal that shows an area as it was shows it as it is. Pure.

An area is painted past Textual, so the less is written the better: rows that moved are scrolled
where the terminal can, and of other rows only what changed is written.
"""

from __future__ import annotations

from typing import NamedTuple

from aimux.client import sequences
from aimux.client.canvas import Area, Slot
from aimux.client.row_changes import span_between
from aimux.client.scrolling import Place, scroll
from aimux.protocol.row_text import shifted


class Ability(NamedTuple):
    """What the terminal is and can do.

    Attributes:
        columns: Its width.
        has_margins: It knows DECSLRM, so that a pane can scroll that others stand beside.
    """

    columns: int
    has_margins: bool


def painted(area: Area, ability: Ability, shift: int = 0) -> str:
    """The text to write; it leaves the cursor anywhere, and default attributes.

    Args:
        area: What has new text.
        ability: What the terminal can do.
        shift: Columns of the terminal left of the canvas, which the area is part of.
    """
    scrolled, shown = _scrolled(area, ability, shift)
    rows = range(len(area.slots)) if scrolled else area.changed
    return scrolled + "".join(_row(area.slots[row], shown[row], shift) for row in rows)


def _scrolled(area: Area, ability: Ability, shift: int) -> tuple[str, list[str] | tuple[str, ...]]:
    if not area.moves:
        return "", area.before
    first = area.slots[0]
    column = first.column + shift
    narrow = column > 0 or first.columns < ability.columns
    if narrow and not ability.has_margins:
        return "", area.before
    place = Place(first.row, column, first.columns, narrow)
    return scroll(place, area.before, [slot.text for slot in area.slots], area.moves)


def _row(slot: Slot, before: str, shift: int) -> str:
    span = span_between(before, slot.text, slot.columns)
    if span is None:
        return ""
    column = slot.column + shift
    return sequences.place(slot.row, column + span.column, shifted(span.text, column))
