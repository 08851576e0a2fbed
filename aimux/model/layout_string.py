"""Layout strings, e.g. `b25d,80x24,0,0,0`: a checksum, then every cell as WIDTHxHEIGHT,X,Y[,PANE].

Children stand in `{}` beside each other and in `[]` on top of each other; floating panes in `<>`
behind all others, the front one first, as tmux 3.7 writes them. The checksum and the errors are
tmux 3.3a's (layout-custom.c).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aimux.errors import LayoutError
from aimux.ids import PaneId
from aimux.model.floats import Floats
from aimux.model.layout import Layout
from aimux.model.layout_cell import Box, Cell, Direction

MAX_LENGTH = 8192
MAX_DEPTH = 100
MAX_SIZE = 10_000

CHECKSUM = re.compile(r"\s*[+-]?(?:0[xX])?([0-9a-fA-F]+)")
GEOMETRY = re.compile(r"([0-9]{1,5})x([0-9]{1,5}),([0-9]{1,5}),([0-9]{1,5})")
# Digits with an `x` behind them are the width of the next cell, not the number of a pane.
PANE_NUMBER = re.compile(r",[0-9]*(?![0-9x])")
BRACKETS = {Direction.LEFT_RIGHT: ("{", "}"), Direction.TOP_BOTTOM: ("[", "]")}
FLOATING = re.compile(rf"<({GEOMETRY.pattern.replace(',(', ',(-?')},[0-9]+[,>])+$")
ONE_FLOATING = re.compile(rf"{GEOMETRY.pattern.replace(',(', ',(-?')},[0-9]+[,>]")
OPENING = {"{": Direction.LEFT_RIGHT, "[": Direction.TOP_BOTTOM}


def checksum(text: str) -> int:
    """The 16-bit sum that a layout string begins with."""
    total = 0
    for byte in text.encode("utf-8", "surrogateescape"):
        total = ((total >> 1) + ((total & 1) << 15) + byte) & 0xFFFF
    return total


def dump(layout: Layout, floats: Floats | None = None) -> str:
    """The layout, and the panes that float over it, as `#{window_layout}` shows them."""
    text = _cell_text(layout.root)
    if floats:
        text += f"<{','.join(_box_text(floats.box(pane), pane) for pane in floats.front_first)}>"
    return f"{checksum(text):04x},{text}"


def _box_text(box: Box, pane: PaneId) -> str:
    return f"{box.columns}x{box.rows},{box.column},{box.row},{pane}"


def _cell_text(cell: Cell) -> str:
    text = f"{cell.columns}x{cell.rows},{cell.column},{cell.row}"
    if cell.direction is None:
        return f"{text},{cell.pane}"
    opening, closing = BRACKETS[cell.direction]
    return text + opening + ",".join(_cell_text(child) for child in cell.children) + closing


def parse_layout(text: str, panes: Sequence[PaneId], *, border_status: str = "off") -> Layout:
    """The layout that `text` describes, with `panes` put into its cells in order.

    The numbers of panes in the string are not looked at. Cells too many are closed, the last
    first. The window takes the size of the layout.

    Raises:
        LayoutError: The string is no layout, or has fewer cells than there are panes.
    """
    layout = Layout(_parse(text), border_status=border_status)
    _fit_count(layout, text, len(panes))
    _fix_root(layout.root)
    if not _consistent(layout.root):
        raise LayoutError(f"size mismatch after applying layout: {text}")
    layout.assign(list(panes))
    return Layout(layout.root, border_status=border_status)


def floating_boxes(text: str) -> list[Box]:
    """The boxes of the floating panes in a layout that `parse_layout` accepts, the front first."""
    found = FLOATING.search(text)
    if found is None:
        return []
    numbers = [
        tuple(int(number) for number in match.groups()) for match in ONE_FLOATING.finditer(found[0])
    ]
    return [Box(column, row, columns, rows) for columns, rows, column, row in numbers]


def _parse(text: str) -> Cell:
    number = CHECKSUM.match(text)
    body = text[5:]
    if number is None or len(text) > MAX_LENGTH or int(number[1], 16) & 0xFFFF != checksum(body):
        raise LayoutError(f"invalid layout: {text}")
    tiled = FLOATING.sub("", body)
    parsed = _parse_cell(tiled, 0, 0)
    if parsed is None or parsed[1] != len(tiled):
        raise LayoutError(f"invalid layout: {text}")
    return parsed[0]


def _parse_cell(text: str, start: int, depth: int) -> tuple[Cell, int] | None:
    """The cell at `start` and where the text goes on; None if there is none."""
    match = GEOMETRY.match(text, start)
    if match is None or depth > MAX_DEPTH:
        return None
    columns, rows, column, row = (int(number) for number in match.groups())
    if max(columns, rows, column, row) > MAX_SIZE:
        return None
    number = PANE_NUMBER.match(text, match.end())
    end = match.end() if number is None else number.end()
    cell = Cell(columns, rows, PaneId(-1), column=column, row=row)
    following = text[end : end + 1]
    if following in OPENING:
        cell.pane, cell.direction = None, OPENING[following]
        return _parse_children(cell, text, end, depth)
    return (cell, end) if following in (",", "}", "]", "") else None


def _parse_children(cell: Cell, text: str, start: int, depth: int) -> tuple[Cell, int] | None:
    place = start
    while True:
        parsed = _parse_cell(text, place + 1, depth + 1)
        if parsed is None:
            return None
        child, place = parsed
        cell.children.append(child)
        if text[place : place + 1] != ",":
            break
    closed = cell.direction is not None and text.startswith(BRACKETS[cell.direction][1], place)
    return (cell, place + 1) if closed else None


def _fit_count(layout: Layout, text: str, wanted: int) -> None:
    cells = list(layout.root.leaves())
    if wanted > len(cells):
        raise LayoutError(f"have {wanted} panes but need {len(cells)}: {text}")
    for cell in reversed(cells[wanted:]):
        layout.remove_cell(cell)


def _fix_root(root: Cell) -> None:
    """Old versions of tmux wrote a wrong size for the root; its children know better."""
    if root.direction is Direction.LEFT_RIGHT:
        root.columns = sum(child.columns + 1 for child in root.children) - 1
        root.rows = root.children[-1].rows
    elif root.direction is Direction.TOP_BOTTOM:
        root.columns = root.children[-1].columns
        root.rows = sum(child.rows + 1 for child in root.children) - 1


def _consistent(cell: Cell) -> bool:
    if cell.direction is None:
        return True
    along = cell.direction
    across = Direction.TOP_BOTTOM if along is Direction.LEFT_RIGHT else Direction.LEFT_RIGHT
    total = sum(child.size(along) + 1 for child in cell.children) - 1
    same = all(child.size(across) == cell.size(across) for child in cell.children)
    return same and total == cell.size(along) and all(map(_consistent, cell.children))
