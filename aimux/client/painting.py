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


def painted(area: Area, ability: Ability) -> str:
    """The text to write; it leaves the cursor anywhere, and default attributes."""
    scrolled, shown = _scrolled(area, ability)
    rows = range(len(area.slots)) if scrolled else area.changed
    return scrolled + "".join(_row(area.slots[row], shown[row]) for row in rows)


def _scrolled(area: Area, ability: Ability) -> tuple[str, list[str] | tuple[str, ...]]:
    if not area.moves:
        return "", area.before
    first = area.slots[0]
    narrow = first.column > 0 or first.columns < ability.columns
    if narrow and not ability.has_margins:
        return "", area.before
    place = Place(first.row, first.column, first.columns, narrow)
    return scroll(place, area.before, [slot.text for slot in area.slots], area.moves)


def _row(slot: Slot, before: str) -> str:
    span = span_between(before, slot.text, slot.columns)
    if span is None:
        return ""
    text = shifted(span.text, slot.column)
    return sequences.place(slot.row, slot.column + span.column, text)
