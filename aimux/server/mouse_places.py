"""What is under the mouse: a pane, a border, a part of the status line."""

from __future__ import annotations

from msgspec import Struct

from aimux.commands.scrollbars import slider_of
from aimux.commands.targets import MousePlace
from aimux.model.border_places import border_at
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.server.picture import Picture
from aimux.server.placed import Placed, covers
from aimux.styles.draw import StyleRange

STATUS_PLACES = {
    "left": "StatusLeft",
    "right": "StatusRight",
    "window": "Status",
    "pane": "Status",
    "session": "Status",
    "user": "Status",
    **{f"control{number}": f"Control{number}" for number in range(10)},
}


class Place(Struct, frozen=True):
    """A place as the end of a mouse key's name (`Pane`, `Border`, `Status` ...) and as a target."""

    where: str
    mouse: MousePlace


def place_at(
    session: Session,
    picture: Picture,
    ranges: tuple[StyleRange, ...],
    *,
    column: int,
    row: int,
) -> Place:
    """What a cell of the client's screen belongs to."""
    if row in picture.status_rows:
        return _in_status(session, ranges, column, row)
    floating = next((one for one in picture.floats if covers(one.frame, column, row)), None)
    panes = picture.placed if floating is None else (floating,)
    for placed in panes:
        if covers(placed.whole, column, row):
            part = _part_of(placed, column, row)
            return Place(part, _in_pane(session, placed, column, row))
    if floating is not None:
        return _on_border(session, picture, floating.pane, column, row)
    boxes = {one.pane.id: one.whole for one in picture.placed}
    beside = border_at(boxes, column, row)
    pane = next((one.pane for one in picture.placed if one.pane.id == beside), None)
    return _on_border(session, picture, pane, column, row)


def _on_border(
    session: Session, picture: Picture, pane: Pane | None, column: int, row: int
) -> Place:
    """A place on a border, in cells of the window."""
    row += picture.view.row - picture.first_row
    column += picture.view.column
    return Place("Border", MousePlace(column, row, session, session.current_link, pane))


def _part_of(placed: Placed, column: int, row: int) -> str:
    """The pane itself, or a part of its scrollbar; the padding belongs to the pane."""
    gutter, scrollbar = placed.gutter, placed.pane.scrollbar
    if gutter is None or scrollbar is None or not covers(gutter, column, row):
        return "Pane"
    cell = column - gutter.column + placed.gutter_start
    if not scrollbar.is_bar(cell):
        return "Pane"
    slider, line = slider_of(placed.pane), row - placed.row + placed.top
    if line < slider.top:
        return "ScrollbarUp"
    return "ScrollbarSlider" if line < slider.end else "ScrollbarDown"


def _in_pane(session: Session, placed: Placed, column: int, row: int) -> MousePlace:
    return MousePlace(
        column - placed.column + placed.left,
        row - placed.row + placed.top,
        session,
        session.current_link,
        placed.pane,
    )


def _in_status(session: Session, ranges: tuple[StyleRange, ...], column: int, row: int) -> Place:
    found = next((one for one in ranges if one.start <= column < one.end), None)
    if found is None:
        return Place("StatusDefault", MousePlace(column, row, session))
    link, pane = _named(session, found)
    kind = f"control{found.argument}" if found.kind == "control" else found.kind
    return Place(STATUS_PLACES[kind], MousePlace(column, row, session, link, pane))


def _named(session: Session, found: StyleRange) -> tuple[Link | None, Pane | None]:
    if found.kind == "window" and found.argument.isdigit():
        return session.links.get(int(found.argument)), None
    if found.kind == "pane":
        number = found.argument.removeprefix("%")
        panes = session.window.panes
        return None, next((pane for pane in panes if str(pane.id) == number), None)
    return None, None
