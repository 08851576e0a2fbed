"""The lines between panes, and the dots beside a window that is smaller than its client.

What stands in a cell, and whose colour it has, is what tmux 3.3a draws (its screen-redraw.c): the
end of a line is joined to the lines around it, and a cell belongs to the first pane, counted from
the active one, whose border it is on. Those that need a person come right behind the active one:
tmux knows no such panes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby

from msgspec import Struct

from aimux.ids import PaneId
from aimux.model.border_places import STATUS_MARGIN, status_columns, status_row
from aimux.model.layout_cell import Box

RESET = "\x1b[0m"
# The neighbours that are border too, left 8, right 4, above 2, below 1: where to look in LINES.
LEFT, RIGHT, ABOVE, BELOW = 8, 4, 2, 1
OUTSIDE = 0
LINES: dict[str, str] = {
    #          0123456789abcdef
    "single": "···│·┌└├·┐┘┤─┬┴┼",
    "double": "···║·╔╚╠·╗╝╣═╦╩╬",
    "heavy": "···┃·┏┗┣·┓┛┫━┳┻╋",
    "simple": "...|.+++.+++-+++",
}
NUMBER_OUTSIDE = "·"
JOINED_ABOVE = LEFT | RIGHT | ABOVE
JOINED_BELOW = LEFT | RIGHT | BELOW
JOINED_LEFT = LEFT | ABOVE | BELOW
JOINED_RIGHT = RIGHT | ABOVE | BELOW
LINE_ACROSS = LEFT | RIGHT
LINE_DOWN = ABOVE | BELOW


class Side(Enum):
    """Where a cell is, seen from a pane."""

    OUTSIDE = "outside"
    INSIDE = "inside"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


ARROWS = {Side.LEFT: "→", Side.RIGHT: "←", Side.TOP: "↓", Side.BOTTOM: "↑"}


class Piece(Struct, frozen=True):
    """ANSI text to draw at a place; `text` begins and ends in default attributes."""

    row: int
    column: int
    columns: int
    text: str


@dataclass(frozen=True, slots=True)
class BorderView:
    """A window as its borders see it.

    Attributes:
        boxes: The visible panes' places in the order of the window's panes.
        active: The active pane; None if it is none of those in `boxes`.
        columns: The window's width.
        rows: The window's height.
        indexes: The panes' indexes as shown, for the lines `number`.
        lines: `pane-border-lines`: single, double, heavy, simple or number.
        indicators: `pane-border-indicators`: off, colour, arrows or both.
        border_status: `pane-border-status`: off, top or bottom.
        marked: The marked pane, if it is in this window: its border is drawn in reverse.
        fill: `fill-character`: stands outside the window; empty for dots.
        offset: Column and row of the window that the client shows at its top left.
        urgent: Panes whose border is theirs before that of any other but the active one.
        labels: Without a border status, the cells of the labels in the borders above panes; one
            that the client cannot show whole is left out.
    """

    boxes: Mapping[PaneId, Box]
    active: PaneId | None
    columns: int
    rows: int
    indexes: Mapping[PaneId, int] = field(default_factory=dict)
    lines: str = "single"
    indicators: str = "colour"
    border_status: str = "off"
    marked: PaneId | None = None
    fill: str = ""
    offset: tuple[int, int] = (0, 0)
    urgent: frozenset[PaneId] = frozenset()
    labels: Mapping[PaneId, int] = field(default_factory=dict)


StyleOf = Callable[[PaneId | None, bool], str]
StatusOf = Callable[[PaneId, str], str]


def border_cells(
    view: BorderView,
    *,
    columns: int,
    rows: int,
    style_for: StyleOf,
    status_for: StatusOf | None = None,
) -> list[Piece]:
    """Everything that a client draws beside the panes themselves.

    Args:
        view: The window.
        columns: Cells that the client has for it.
        rows: Rows that the client has for it.
        style_for: SGR text for the border of a pane (None: for what no pane owns), and whether it
            is drawn in reverse. The active pane's own cells are asked for with its identity.
        status_for: The ANSI text of a pane's status line or label, of exactly as many cells as the
            line's characters that it is given to be drawn over.
    """
    drawing = _Drawing(view, _texts(view, columns, rows))
    pieces = []
    for row in range(rows):
        pieces += _row_pieces(drawing, row, columns, style_for)
    if status_for is not None:
        pieces += _status_pieces(drawing, columns, rows, status_for)
    return pieces


def _by_urgency(boxes: list[tuple[PaneId, Box]], view: BorderView) -> list[tuple[PaneId, Box]]:
    if not view.urgent:
        return boxes

    def rank(one: tuple[PaneId, Box]) -> int:
        return 0 if one[0] == view.active else 1 if one[0] in view.urgent else 2

    return sorted(boxes, key=rank)


class _Text(Struct, frozen=True):
    """A text in a border: its cells, from `start` on, in cells of the window."""

    row: int
    start: int
    columns: int

    def is_within(self, view: BorderView, columns: int, rows: int) -> bool:
        """Whether a client with so many cells sees it whole."""
        left, top = view.offset
        across = left <= self.start and self.start + self.columns <= left + columns
        return across and 0 <= self.row - top < rows


def _texts(view: BorderView, columns: int, rows: int) -> dict[PaneId, _Text]:
    """The status lines of all panes, or the labels of some."""
    if view.border_status != "off":
        return {
            pane: _Text(
                status_row(box, view.border_status), box.column + STATUS_MARGIN, status_columns(box)
            )
            for pane, box in view.boxes.items()
        }
    labels = {
        pane: _Text(box.row - 1, box.column + STATUS_MARGIN, view.labels[pane])
        for pane, box in view.boxes.items()
        if pane in view.labels and box.row > 0
    }
    return {pane: text for pane, text in labels.items() if text.is_within(view, columns, rows)}


class _Look(Struct, frozen=True):
    """How a border cell is drawn, beside its character."""

    pane: PaneId | None
    reverse: bool


class _Drawing:
    """The questions that one drawing asks again and again, and the answers so far."""

    def __init__(self, view: BorderView, texts: Mapping[PaneId, _Text]) -> None:
        self.view = view
        self.texts = texts
        self.boxes = list(view.boxes.items())
        names = list(view.boxes)
        start = names.index(view.active) if view.active is not None else 0
        self._from_active = _by_urgency(self.boxes[start:] + self.boxes[:start], view)
        halves = view.indicators in ("colour", "both") and view.border_status == "off"
        second = self.boxes[1][1] if len(self.boxes) == 2 and halves else Box(0, 0, 0, 0)
        self._halved_across = second.column != 0
        self._halved_down = second.row != 0
        self._is_border: dict[tuple[int, int], bool] = {}

    def spans_inside(self, row: int) -> list[tuple[int, int]]:
        """Columns (first, behind the last) that panes and their status lines take in a row."""
        spans = []
        for pane, box in self.boxes:
            text = self.texts.get(pane)
            if box.row <= row < box.row + box.rows:
                spans.append((box.column, box.column + box.columns))
            elif text is not None and row == text.row:
                spans.append((text.start, text.start + text.columns))
        return sorted(spans)

    def side(self, box: Box, column: int, row: int) -> Side:
        """Where a cell is, seen from a pane: each half of a halved border is one pane's own."""
        right, bottom = box.column + box.columns, box.row + box.rows
        if box.column <= column < right and box.row <= row < bottom:
            return Side.INSIDE
        beside = self._beside(box, column, row)
        return beside if beside is not Side.OUTSIDE else self._over(box, column, row)

    def _beside(self, box: Box, column: int, row: int) -> Side:
        if self._halved_across:
            half = box.rows // 2
            on_left = box.column != 0 and column == box.column - 1 and row > half
            on_right = box.column == 0 and column == box.columns and row <= half
        else:
            near = box.row - 1 <= row <= box.row + box.rows
            on_left = near and box.column != 0 and column == box.column - 1
            on_right = near and column == box.column + box.columns
        if on_left:
            return Side.LEFT
        return Side.RIGHT if on_right else Side.OUTSIDE

    def _over(self, box: Box, column: int, row: int) -> Side:
        status = self.view.border_status
        if self._halved_down:
            half = box.columns // 2
            on_top = box.row != 0 and row == box.row - 1 and column > half
            on_bottom = box.row == 0 and row == box.rows and column <= half
        else:
            near = box.column - 1 <= column <= box.column + box.columns
            on_top = near and status != "bottom" and box.row != 0 and row == box.row - 1
            on_bottom = near and status != "top" and row == box.row + box.rows
        if on_top:
            return Side.TOP
        return Side.BOTTOM if on_bottom else Side.OUTSIDE

    def is_border(self, column: int, row: int) -> bool:
        """Whether there is a line in a cell."""
        place = (column, row)
        if place not in self._is_border:
            self._is_border[place] = self._find_border(column, row)
        return self._is_border[place]

    def _find_border(self, column: int, row: int) -> bool:
        view = self.view
        if not 0 <= column <= view.columns or not 0 <= row <= view.rows:
            return False
        if column == view.columns or row == view.rows:
            return True
        for _, box in self.boxes:
            side = self.side(box, column, row)
            if side is not Side.OUTSIDE:
                return side is not Side.INSIDE
        return False

    def neighbours(self, column: int, row: int) -> int:
        """The directions that a line in a cell goes on in, as bits."""
        status, last_row = self.view.border_status, self.view.rows - 1
        bits = 0
        if column == 0 or self.is_border(column - 1, row):
            bits |= LEFT
        if self.is_border(column + 1, row):
            bits |= RIGHT
        if self.is_border(column, row - 1) or (row == 0 and status != "top"):
            bits |= ABOVE
        if self.is_border(column, row + 1) and not (status == "bottom" and row == last_row):
            bits |= BELOW
        return bits

    def owner(self, column: int, row: int) -> tuple[PaneId | None, bool]:
        """The pane whose border a cell is on, and whether it is on one at all."""
        for pane, box in self._from_active:
            if self.side(box, column, row) is not Side.OUTSIDE:
                return pane, True
        return self._from_active[-1][0], False

    def cell(self, column: int, row: int) -> tuple[_Look, str]:
        """How a cell outside all panes looks, by its place in the window."""
        view = self.view
        if column > view.columns or row > view.rows:
            return _Look(None, reverse=False), self._character(OUTSIDE, None)
        if column == view.columns or row == view.rows:
            bits = self.neighbours(column, row)
            return _Look(None, reverse=False), self._character(bits, None)
        pane, on_border = self.owner(column, row)
        bits = self.neighbours(column, row) if on_border else OUTSIDE
        look = _Look(pane, reverse=self._on_marked(column, row))
        return look, self._arrow(pane, column, row, bits) or self._character(bits, pane)

    def line_character(self, column: int, row: int, pane: PaneId) -> str:
        """The line that goes on under a pane's status line."""
        return self._character(self.neighbours(column, row), pane)

    def _character(self, bits: int, pane: PaneId | None) -> str:
        outside = LINES["single"][bits] == LINES["single"][OUTSIDE]
        if outside and self.view.fill:
            return self.view.fill
        if self.view.lines != "number":
            return LINES.get(self.view.lines, LINES["single"])[bits]
        if outside:
            return NUMBER_OUTSIDE
        return "*" if pane is None else str(self.view.indexes.get(pane, 0) % 10)

    def _on_marked(self, column: int, row: int) -> bool:
        marked = self.view.marked
        box = None if marked is None else self.view.boxes.get(marked)
        return box is not None and self.side(box, column, row) not in (Side.OUTSIDE, Side.INSIDE)

    def _arrow(self, pane: PaneId | None, column: int, row: int, bits: int) -> str | None:
        """An arrow that points at the active pane, one cell from a corner of the border's owner."""
        view = self.view
        if pane is None or view.active is None or view.indicators not in ("arrows", "both"):
            return None
        side = self.side(view.boxes[view.active], column, row)
        owner = view.boxes[pane]
        left, top = view.offset
        across = column - left == owner.column + 1 and (
            bits == LINE_ACROSS
            or (bits == JOINED_BELOW and side is Side.BOTTOM)
            or (bits == JOINED_ABOVE and side is Side.TOP)
        )
        down = row - top == owner.row + 1 and (
            bits == LINE_DOWN
            or (bits == JOINED_RIGHT and side is Side.RIGHT)
            or (bits == JOINED_LEFT and side is Side.LEFT)
        )
        return ARROWS.get(side) if across or down else None


def _row_pieces(drawing: _Drawing, row: int, columns: int, style_for: StyleOf) -> list[Piece]:
    left, top = drawing.view.offset
    pieces = []
    start = left
    for first, behind in [*drawing.spans_inside(row + top), (left + columns, left + columns)]:
        end = min(first, left + columns)
        if end > start:
            cells = _cells(drawing, start, end, row + top)
            pieces.append(Piece(row, start - left, end - start, _text(cells, style_for)))
        start = max(start, behind)
    return pieces


def _cells(drawing: _Drawing, start: int, end: int, row: int) -> list[tuple[_Look, str]]:
    """The cells of a row from `start` up to `end`; those far outside the window are all alike."""
    view = drawing.view
    inner = end if row <= view.rows else start
    inner = max(start, min(inner, view.columns + 1))
    cells = [drawing.cell(column, row) for column in range(start, min(inner, end))]
    if len(cells) < end - start:
        outside = drawing.cell(view.columns + 1, row)
        cells += [outside] * (end - start - len(cells))
    return cells


def _text(cells: list[tuple[_Look, str]], style_for: StyleOf) -> str:
    parts = []
    for look, group in groupby(cells, key=lambda cell: cell[0]):
        style = style_for(look.pane, look.reverse)
        text = "".join(character for _, character in group)
        parts.append(f"{style}{text}{RESET}" if style else text)
    return "".join(parts)


def _status_pieces(drawing: _Drawing, columns: int, rows: int, status_for: StatusOf) -> list[Piece]:
    """The texts in the borders; one that the client cannot show whole is left out."""
    left, top = drawing.view.offset
    pieces = []
    for pane, text in drawing.texts.items():
        if text.columns and text.is_within(drawing.view, columns, rows):
            line = range(text.start, text.start + text.columns)
            under = "".join(drawing.line_character(column, text.row, pane) for column in line)
            place = text.row - top, text.start - left
            pieces.append(Piece(*place, text.columns, status_for(pane, under)))
    return pieces
