"""The look of a chooser: its list, and the box below it with what the current item is."""

from __future__ import annotations

from dataclasses import replace

from aimux.commands.choose_canvas import Canvas
from aimux.commands.choose_list import ChooseList, Line
from aimux.styles.style import BOLD, PLAIN, Style
from aimux.styles.width import text_width

INDENT, CONTINUED = "    ", "│   "
# The least room that a box needs.
BOX_COLUMNS = BOX_ROWS = 4


def draw_list(canvas: Canvas, shown: ChooseList, style: Style) -> None:
    """Draw the lines on the screen; the current one in a style, tagged ones bold."""
    key_columns = max((len(line.shortcut) + 3 for line in shown.lines if line.shortcut), default=0)
    end = min(shown.offset + shown.height, len(shown.lines))
    for place in range(shown.offset, end):
        line = shown.lines[place]
        key = f"({line.shortcut})" if line.shortcut else ""
        head = key.ljust(key_columns) + _start(shown, line) + _name(shown, line)
        look = style if place == shown.current else PLAIN
        if shown.is_tagged(line.item):
            look = replace(look, attributes=look.attributes ^ BOLD)
        row, width = place - shown.offset, min(text_width(head), canvas.columns)
        canvas.styled(row, 0, canvas.columns, head.replace("#", "##"), look)
        canvas.styled(row, width, canvas.columns - width, line.item.text or "", look)


def _name(shown: ChooseList, line: Line) -> str:
    tag = "*" if shown.is_tagged(line.item) else ""
    return f"{line.item.name}{tag}{': ' if line.item.text is not None else ''}"


def _start(shown: ChooseList, line: Line) -> str:
    """The lines that lead from a parent to its items, and the mark of a parent."""
    symbol = ""
    if not line.flat:
        symbol = "  " if not line.item.children else "+ "
        if line.item.children and shown.is_expanded(line.item):
            symbol = "- "
    if not line.parents:
        return symbol
    # tmux looks at the nearest parent for every level.
    level = INDENT if line.parents[-1].last else CONTINUED
    return level * (line.depth - 1) + ("└─> " if line.last else "├─> ") + symbol


def has_box(canvas: Canvas, shown: ChooseList) -> bool:
    """Whether there is room for the box below the list."""
    height = shown.height
    rows = canvas.rows
    if not shown.preview or rows <= BOX_ROWS or height <= BOX_ROWS:
        return False
    return rows - height > BOX_ROWS and canvas.columns > BOX_COLUMNS


def draw_box(canvas: Canvas, shown: ChooseList, style: Style) -> None:
    """Draw the box with its title, and in it what the current item is."""
    line = shown.line
    if line is None or not has_box(canvas, shown):
        return
    item = line.parents[-1].item if line.item.part else line.item
    top, columns = shown.height, canvas.columns
    rows = canvas.rows - top
    canvas.box(top, 0, columns, rows)
    _draw_title(canvas, shown, item.name, style)
    if item.preview is not None and columns > BOX_COLUMNS and rows > 2:
        item.preview(canvas, top + 1, 2, columns - 4, rows - 2)


def _draw_title(canvas: Canvas, shown: ChooseList, name: str, style: Style) -> None:
    top, room, order = shown.height, canvas.columns - 2, shown.order
    turned = ", reversed" if order.reverse else ""
    title = f" {name} (sort: {order.field}{turned})" if shown.sorts else f" {name}"
    if room < len(title):
        return
    canvas.plain(top, 1, f"{title} ")
    state = "no matches" if shown.no_matches else "active"
    if shown.wanted is None or room < len(title) + 10 + len(state) + 2:
        return
    column = 1 + len(title)
    canvas.plain(top, column, " (filter: ")
    canvas.plain(top, column + 10, state, style if shown.no_matches else PLAIN)
    canvas.plain(top, column + 10 + len(state), ") ")
