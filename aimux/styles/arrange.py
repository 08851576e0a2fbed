"""Where the parts of a drawn line go: left, centre, right, the list of windows and its markers.

Widths and positions only; `draw.py` fills them with cells. The rules are those of tmux's status
line: which part gives way first when there is no room, and which piece of a long list is shown.
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final, NamedTuple

from aimux.styles.style import Align


class Part(Enum):
    """A part of a line, collected on its own before all are put side by side."""

    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()
    ABSOLUTE_CENTRE = auto()
    LIST = auto()
    LEFT_MARKER = auto()
    RIGHT_MARKER = auto()
    AFTER = auto()


class Placement(NamedTuple):
    """`width` cells of `part`, from its cell `start` on, go to column `column`."""

    part: Part
    column: int
    start: int
    width: int


Widths = Mapping[Part, int]

# Who gives way first when the line is too short, by where the list stands.
_TRIM_WITHOUT_LIST: Final = (Part.CENTRE, Part.RIGHT, Part.LEFT)
_TRIM_LIST_AT_EDGE: Final = (Part.CENTRE, Part.LIST, Part.RIGHT, Part.AFTER, Part.LEFT)
_TRIM_LIST_IN_CENTRE: Final = (Part.LIST, Part.AFTER, Part.CENTRE, Part.RIGHT, Part.LEFT)
_TRIM_OVERLAY: Final = (Part.LIST, Part.AFTER, Part.ABSOLUTE_CENTRE)


def arrange(
    full: Widths, align: Align, focus: tuple[int, int] | None, available: int
) -> list[Placement]:
    """The placements of all parts, in the order in which they are painted over each other.

    Args:
        full: How wide each part is, all parts given.
        align: Where the list stands; empty if the line has none.
        focus: First and last column of the list's part to keep in sight, if it has one.
        available: Cells of the line.
    """
    match align:
        case "":
            return _without_list(full, available)
        case "left":
            return _list_at_left(full, focus, available)
        case "right":
            return _list_at_right(full, focus, available)
        case "centre":
            return _list_in_centre(full, focus, available)
        case "absolute-centre":
            return _list_in_absolute_centre(full, focus, available)


def _trimmed(full: Widths, order: tuple[Part, ...], available: int) -> dict[Part, int]:
    """The widths of the parts in `order` after each has given way in turn."""
    widths = {part: full[part] for part in order}
    excess = sum(widths.values()) - available
    for part in order:
        if excess <= 0:
            break
        cut = min(excess, widths[part])
        widths[part] -= cut
        excess -= cut
    return widths


def _without_list(full: Widths, available: int) -> list[Placement]:
    widths = _trimmed(full, _TRIM_WITHOUT_LIST, available)
    left, right = widths[Part.LEFT], widths[Part.RIGHT]
    return [
        Placement(Part.LEFT, 0, 0, left),
        _right(full, right, available),
        _centre_between(full, widths[Part.CENTRE], left, available - right),
        _absolute_centre(full, available),
    ]


def _list_at_left(full: Widths, focus: tuple[int, int] | None, available: int) -> list[Placement]:
    widths = _trimmed(full, _TRIM_LIST_AT_EDGE, available)
    left, right, listed = widths[Part.LEFT], widths[Part.RIGHT], widths[Part.LIST]
    if not listed:
        return _without_list(full, available)
    after = widths[Part.AFTER]
    return [
        Placement(Part.LEFT, 0, 0, left),
        _right(full, right, available),
        Placement(Part.AFTER, left + listed, 0, after),
        _centre_between(full, widths[Part.CENTRE], left + listed + after, available - right),
        *_list(full, left, listed, focus or (0, 0)),
        _absolute_centre(full, available),
    ]


def _list_at_right(full: Widths, focus: tuple[int, int] | None, available: int) -> list[Placement]:
    widths = _trimmed(full, _TRIM_LIST_AT_EDGE, available)
    left, right, listed = widths[Part.LEFT], widths[Part.RIGHT], widths[Part.LIST]
    if not listed:
        return _without_list(full, available)
    after = widths[Part.AFTER]
    list_column = available - listed - after
    return [
        Placement(Part.LEFT, 0, 0, left),
        Placement(Part.AFTER, available - after, full[Part.AFTER] - after, after),
        Placement(Part.RIGHT, list_column - right, 0, right),
        _centre_between(full, widths[Part.CENTRE], left, list_column - right),
        *_list(full, list_column, listed, focus or (0, 0)),
        _absolute_centre(full, available),
    ]


def _list_in_centre(full: Widths, focus: tuple[int, int] | None, available: int) -> list[Placement]:
    widths = _trimmed(full, _TRIM_LIST_IN_CENTRE, available)
    left, right, listed = widths[Part.LEFT], widths[Part.RIGHT], widths[Part.LIST]
    if not listed:
        return _without_list(full, available)
    centre = widths[Part.CENTRE]
    list_column = left + (available - right - left) // 2 - listed // 2
    middle_of_list = full[Part.LIST] // 2
    return [
        Placement(Part.LEFT, 0, 0, left),
        _right(full, right, available),
        Placement(Part.CENTRE, list_column - centre, 0, centre),
        Placement(Part.AFTER, list_column + listed, 0, widths[Part.AFTER]),
        *_list(full, list_column, listed, focus or (middle_of_list, middle_of_list)),
        _absolute_centre(full, available),
    ]


def _list_in_absolute_centre(
    full: Widths, focus: tuple[int, int] | None, available: int
) -> list[Placement]:
    """The list, what stands before it and what comes after are drawn over the rest of the line."""
    widths = _trimmed(full, _TRIM_WITHOUT_LIST, available)
    over = _trimmed(full, _TRIM_OVERLAY, available)
    left, right, centre = widths[Part.LEFT], widths[Part.RIGHT], widths[Part.CENTRE]
    before, listed = over[Part.ABSOLUTE_CENTRE], over[Part.LIST]
    # As in tmux, what comes after the list does not count for the middle.
    column = (available - listed - before) // 2
    middle_of_list = full[Part.LIST] // 2
    return [
        Placement(Part.LEFT, 0, 0, left),
        _right(full, right, available),
        Placement(Part.CENTRE, left + (available - right - left) // 2 - centre, 0, centre),
        Placement(Part.ABSOLUTE_CENTRE, column, 0, before),
        *_list(full, column + before, listed, focus or (middle_of_list, middle_of_list)),
        Placement(Part.AFTER, column + before + listed, 0, over[Part.AFTER]),
    ]


def _right(full: Widths, width: int, available: int) -> Placement:
    return Placement(Part.RIGHT, available - width, full[Part.RIGHT] - width, width)


def _centre_between(full: Widths, width: int, first: int, end: int) -> Placement:
    column = first + (end - first) // 2 - width // 2
    return Placement(Part.CENTRE, column, full[Part.CENTRE] // 2 - width // 2, width)


def _absolute_centre(full: Widths, available: int) -> Placement:
    width = min(full[Part.ABSOLUTE_CENTRE], available)
    return Placement(Part.ABSOLUTE_CENTRE, (available - width) // 2, 0, width)


def _list(full: Widths, column: int, width: int, focus: tuple[int, int]) -> list[Placement]:
    """The list in `width` cells: the piece around the focus, with markers where it goes on."""
    total = full[Part.LIST]
    if width >= total:
        return [Placement(Part.LIST, column, 0, width)]
    centre = focus[0] + (focus[1] - focus[0]) // 2
    start = min(max(0, centre - width // 2), total - width)
    placements: list[Placement] = []
    left_marker, right_marker = full[Part.LEFT_MARKER], full[Part.RIGHT_MARKER]
    if start and width > left_marker:
        placements.append(Placement(Part.LEFT_MARKER, column, 0, left_marker))
        column, start, width = column + left_marker, start + left_marker, width - left_marker
    if start + width < total and width > right_marker:
        width -= right_marker
        placements.append(Placement(Part.RIGHT_MARKER, column + width, 0, right_marker))
    return [*placements, Placement(Part.LIST, column, start, width)]
