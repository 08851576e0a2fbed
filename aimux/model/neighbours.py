"""Panes by where they stand in their window: beside another one, in a corner, at a place.

Beside a tiled pane stand tiled ones only; from one that floats the way leads to the tiled panes.
"""

from __future__ import annotations

from collections.abc import Iterable

from aimux.model.pane import Pane
from aimux.model.window import Window


def above(window: Window, pane: Pane) -> Pane | None:
    """The pane above `pane`, the bottom one if it is the topmost; the last used of several."""
    if window.is_floating(pane):
        return _past(window, _middle(pane), pane.row - 2)
    status, edge = window.border_status, pane.row
    if edge == (1 if status == "top" else 0):
        edge = window.rows if status == "bottom" else window.rows + 1
    return _last_used(
        other
        for other in window.tiled_panes
        if other.row + other.rows + 1 == edge and _overlaps_across(other, pane)
    )


def below(window: Window, pane: Pane) -> Pane | None:
    """The pane below `pane`, the top one if it is the bottommost; the last used of several."""
    if window.is_floating(pane):
        return _past(window, _middle(pane), pane.row + pane.rows + 1)
    status, edge = window.border_status, pane.row + pane.rows + 1
    if edge >= window.rows - (status == "bottom"):
        edge = 1 if status == "top" else 0
    return _last_used(
        other for other in window.tiled_panes if other.row == edge and _overlaps_across(other, pane)
    )


def left_of(window: Window, pane: Pane) -> Pane | None:
    """The pane left of `pane`, the rightmost if it is the leftmost; the last used of several."""
    if window.is_floating(pane):
        return _past(window, pane.box.column - 2, pane.row + pane.rows // 2)
    edge = pane.box.column or window.columns + 1
    return _last_used(
        other
        for other in window.tiled_panes
        if _behind(other) + 1 == edge and _overlaps_down(other, pane)
    )


def right_of(window: Window, pane: Pane) -> Pane | None:
    """The pane right of `pane`, the leftmost if it is the rightmost; the last used of several."""
    if window.is_floating(pane):
        return _past(window, _behind(pane) + 1, pane.row + pane.rows // 2)
    edge = _behind(pane) + 1
    if edge >= window.columns:
        edge = 0
    return _last_used(
        other
        for other in window.tiled_panes
        if other.box.column == edge and _overlaps_down(other, pane)
    )


def _middle(pane: Pane) -> int:
    return pane.box.column + pane.box.columns // 2


def _behind(pane: Pane) -> int:
    """The column right of a pane and its scrollbar."""
    return pane.box.column + pane.box.columns


def _past(window: Window, column: int, row: int) -> Pane | None:
    """The tiled pane just outside the border of one that floats; at the window's edge, under it."""
    column, row = min(max(0, column), window.columns - 1), min(max(0, row), window.rows - 1)
    return next((one for one in window.tiled_panes if _holds(one, column, row)), None)


def _holds(pane: Pane, column: int, row: int) -> bool:
    """Whether a place is in a pane; its right and bottom borders are its own."""
    across = pane.box.column <= column <= _behind(pane)
    return across and pane.row <= row <= pane.row + pane.rows


def _overlaps_across(other: Pane, pane: Pane) -> bool:
    one, two = other.box, pane.box
    return other is not pane and _overlaps(one.column, one.columns, two.column, two.columns)


def _overlaps_down(other: Pane, pane: Pane) -> bool:
    return other is not pane and _overlaps(other.row, other.rows, pane.row, pane.rows)


def _overlaps(start: int, size: int, low: int, length: int) -> bool:
    """Whether a line overlaps another one, whose border behind it counts as part of it."""
    end, high = start + size - 1, low + length
    return (start < low and end > high) or low <= start <= high or low <= end <= high


def _last_used(panes: Iterable[Pane]) -> Pane | None:
    return max(panes, key=lambda pane: pane.active_point, default=None)


def at_place(window: Window, column: int, row: int) -> Pane | None:
    """The visible pane at a place: a floating one with its whole border, or a tiled one."""
    for pane in window.drawn_floats:
        across = pane.box.column - 1 <= column <= _behind(pane)
        if across and pane.row - 1 <= row <= pane.row + pane.rows:
            return pane
    return next((one for one in window.drawn_tiled if _holds(one, column, row)), None)


def in_corner(window: Window, name: str) -> Pane | None:
    """The pane at an edge or in a corner, by names such as `top-left`; None for other names."""
    place = CORNERS.get(name.lower())
    if place is None:
        return None
    vertical, horizontal = place
    top = 1 if window.border_status == "top" else 0
    bottom = window.rows - (2 if window.border_status == "bottom" else 1)
    rows = {"top": top, "middle": window.rows // 2, "bottom": bottom}
    columns = {"left": 0, "middle": window.columns // 2, "right": window.columns - 1}
    return at_place(window, columns[horizontal], rows[vertical])


CORNERS: dict[str, tuple[str, str]] = {
    "top": ("top", "middle"),
    "bottom": ("bottom", "middle"),
    "left": ("middle", "left"),
    "right": ("middle", "right"),
    "top-left": ("top", "left"),
    "top-right": ("top", "right"),
    "bottom-left": ("bottom", "left"),
    "bottom-right": ("bottom", "right"),
}
