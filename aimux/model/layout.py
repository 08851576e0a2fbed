"""A window's layout: the tree of its panes, and what splitting, closing and resizing do to it.

The sizes are tmux 3.3a's in every case (its layout.c). The layout may be larger than its window
when the panes do not fit.
"""

from __future__ import annotations

from collections.abc import Iterator

from aimux.errors import LayoutError
from aimux.ids import PaneId
from aimux.model.layout_cell import (
    PANE_MINIMUM,
    Box,
    Cell,
    Direction,
    adjust,
    fits,
    fix_offsets,
    mark_edges,
    refit_children,
    room,
    spread,
)

# Where a border is looked for around the place that was dragged, as (columns, rows) away.
DRAG_OFFSETS = ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0))


class Layout:
    """The panes of one window and the place of each.

    Attributes:
        root: The whole window.
        border_status: `off`, `top` or `bottom`: the window's `pane-border-status`. It decides how
            small a pane at that edge may become; set it when the option changes.
    """

    __slots__ = ("border_status", "root")

    def __init__(self, root: Cell, *, border_status: str = "off") -> None:
        self.root = root
        self.border_status = border_status
        fix_offsets(root)

    @classmethod
    def single(cls, pane: PaneId, *, columns: int, rows: int, border_status: str = "off") -> Layout:
        """A layout of one pane."""
        return cls(Cell(columns, rows, pane), border_status=border_status)

    @property
    def columns(self) -> int:
        """Width in cells; more than the window's when the panes do not fit."""
        return self.root.columns

    @property
    def rows(self) -> int:
        """Height in cells; more than the window's when the panes do not fit."""
        return self.root.rows

    def panes(self) -> list[PaneId]:
        """The panes in order."""
        return [cell.pane for cell in self.root.leaves() if cell.pane is not None]

    def boxes(self, *, border_status: str | None = None) -> dict[PaneId, Box]:
        """Where every pane's screen stands; `border_status` is the layout's own unless given.

        A status line between two panes stands on their border; only a pane at the edge of the
        window gives up a row for it.
        """
        status = self.border_status if border_status is None else border_status
        self._mark_edges(status)
        boxes = {}
        for cell in self.root.leaves():
            if cell.pane is not None:
                row = cell.row + (cell.edge and status == "top")
                boxes[cell.pane] = Box(cell.column, row, cell.columns, cell.rows - cell.edge)
        return boxes

    def copy(self) -> Layout:
        """A layout of its own, the same in everything."""
        return Layout(self.root.copy(), border_status=self.border_status)

    def split(
        self,
        target: PaneId,
        new: PaneId,
        *,
        direction: Direction,
        size: int | None = None,
        before: bool = False,
        full: bool = False,
    ) -> None:
        """Put the pane `new` beside `target`.

        Args:
            target: The pane that gives up space.
            new: The pane that gets it.
            direction: LEFT_RIGHT puts it beside, TOP_BOTTOM above or below.
            size: Cells for the new pane; half of the space if None. Limited to what there is.
            before: Left of or above the target instead of behind it.
            full: Over the whole width or height of the window: every pane gives up space.

        Raises:
            LayoutError: There is no space for it.
        """
        self._mark_edges()
        cell = self.root if full else self._leaf(target)
        first, second = _halves(cell, direction, size, before=before)
        kept = second if before else first
        if full and not fits(cell, direction, kept):
            raise LayoutError("no space for new pane")
        created = Cell(cell.columns, cell.rows, new)
        if full and cell.direction is direction:
            self._add_to_root(created, direction, kept, before=before)
        else:
            self._insert(cell, created, direction, before=before)
            ordered = (created, cell) if before else (cell, created)
            for part, part_size in zip(ordered, (first, second), strict=True):
                part.set_size(direction, part_size)
            if full:
                self._mark_edges()
                refit_children(cell)
        fix_offsets(self.root)

    def _add_to_root(self, created: Cell, direction: Direction, kept: int, *, before: bool) -> None:
        whole = self.root.size(direction)
        self.root.set_size(direction, kept)
        refit_children(self.root)
        self.root.set_size(direction, whole)
        created.set_size(direction, whole - 1 - kept)
        self.root.children.insert(0 if before else len(self.root.children), created)

    def _insert(self, cell: Cell, created: Cell, direction: Direction, *, before: bool) -> None:
        parent = self._parent(cell)
        if parent is None or parent.direction is not direction:
            parent = self._wrap(cell, direction)
        index = parent.children.index(cell)
        parent.children.insert(index if before else index + 1, created)

    def _wrap(self, cell: Cell, direction: Direction) -> Cell:
        """Put a parent with the same place between `cell` and its parent."""
        wrapper = Cell(cell.columns, cell.rows, None, direction, [cell], cell.column, cell.row)
        self._replace_cell(cell, wrapper)
        return wrapper

    def _replace_cell(self, old: Cell, new: Cell) -> None:
        parent = self._parent(old)
        if parent is None:
            self.root = new
            new.column = new.row = 0
        else:
            parent.children[parent.children.index(old)] = new

    def close(self, pane: PaneId) -> None:
        """Take a pane out; its neighbour gets the space. The only pane stays: its window ends."""
        self.remove_cell(self._leaf(pane))
        fix_offsets(self.root)

    def remove_cell(self, cell: Cell) -> None:
        """Take a cell out without placing the others anew."""
        parent = self._parent(cell)
        if parent is None or parent.direction is None:
            return
        if len(parent.children) == 1:
            self.remove_cell(parent)
            return
        index = parent.children.index(cell)
        heir = parent.children[1 if index == 0 else index - 1]
        adjust(heir, parent.direction, cell.size(parent.direction) + 1)
        parent.children.remove(cell)
        if len(parent.children) == 1:
            self._replace_cell(parent, parent.children[0])

    def resize(self, *, columns: int, rows: int) -> None:
        """Fit the layout to a window of another size, down to one cell a pane."""
        self._mark_edges()
        for direction, size in ((Direction.LEFT_RIGHT, columns), (Direction.TOP_BOTTOM, rows)):
            change = size - self.root.size(direction)
            adjust(self.root, direction, max(change, -room(self.root, direction)))
        fix_offsets(self.root)

    def resize_pane_to(self, pane: PaneId, direction: Direction, size: int) -> None:
        """Make a pane `size` cells wide (LEFT_RIGHT) or high, as far as the others allow."""
        found = self._resizable(pane, direction)
        if found is None:
            return
        parent, cell = found
        change = size - cell.size(direction)
        self.resize_pane_by(pane, direction, -change if cell is parent.children[-1] else change)

    def resize_pane_by(self, pane: PaneId, direction: Direction, change: int) -> None:
        """Move the border behind a pane (before it, for the last one) by `change` cells.

        A positive change goes right or down.
        """
        found = self._resizable(pane, direction)
        if found is None:
            return
        parent, cell = found
        index = parent.children.index(cell)
        if cell is parent.children[-1]:
            index -= 1
        if index >= 0:
            self._move_space(parent, index, change, opposite=True)

    def move_border(self, column: int, row: int, to_column: int, to_row: int) -> bool:
        """Drag the border at or beside a place to another place; False if nothing moved."""
        self._mark_edges()
        moved = False
        for parent, cell in self._borders_around(column, row):
            vertical = parent.direction is Direction.TOP_BOTTOM
            change = to_row - row if vertical else to_column - column
            if change:
                self._move_space(parent, parent.children.index(cell), change, opposite=False)
                moved = True
        return moved

    def swap(self, first: PaneId, second: PaneId) -> None:
        """Let two panes change places; the cells keep their sizes."""
        one, other = self._leaf(first), self._leaf(second)
        one.pane, other.pane = second, first

    def replace(self, old: PaneId, new: PaneId) -> None:
        """Put the pane `new` where `old` stands."""
        self._leaf(old).pane = new

    def assign(self, panes: list[PaneId]) -> None:
        """Put `panes`, as many as there are, into the cells in order (rotate-window)."""
        for cell, pane in zip(self.root.leaves(), panes, strict=True):
            cell.pane = pane

    def spread(self, pane: PaneId) -> bool:
        """Give the panes beside `pane` the same size (select-layout -E); False if they had it."""
        self._mark_edges()
        path = self.root.path_to(self._leaf(pane)) or []
        for parent in reversed(path[:-1]):
            if spread(parent):
                fix_offsets(self.root)
                return True
        return False

    def mark_edges(self) -> None:
        """Bring `Cell.edge` of all cells up to date after the tree was changed from outside."""
        self._mark_edges()

    def _mark_edges(self, border_status: str | None = None) -> None:
        status = self.border_status if border_status is None else border_status
        mark_edges(self.root, status, edge=status != "off")

    def _leaf(self, pane: PaneId) -> Cell:
        for cell in self.root.leaves():
            if cell.pane == pane:
                return cell
        raise AssertionError(f"pane %{pane} is not in the layout")

    def _parent(self, cell: Cell) -> Cell | None:
        path = self.root.path_to(cell) or [cell]
        return path[-2] if len(path) > 1 else None

    def _resizable(self, pane: PaneId, direction: Direction) -> tuple[Cell, Cell] | None:
        """The nearest cell around `pane` that has neighbours in `direction`, after its parent."""
        self._mark_edges()
        path = self.root.path_to(self._leaf(pane)) or []
        for parent, cell in zip(path[-2::-1], path[:0:-1], strict=True):
            if parent.direction is direction:
                return parent, cell
        return None

    def _move_space(self, parent: Cell, index: int, change: int, *, opposite: bool) -> None:
        if parent.direction is None:
            return
        while change:
            moved = _move_once(parent, parent.direction, index, change, opposite=opposite)
            if not moved:
                break
            change -= moved
        fix_offsets(self.root)

    def _borders_around(self, column: int, row: int) -> Iterator[tuple[Cell, Cell]]:
        seen: list[Cell] = []
        for columns, rows in DRAG_OFFSETS:
            found = border_at_place(self.root, column + columns, row + rows)
            if found is not None and found[1] not in seen:
                seen.append(found[1])
                yield found


def border_at_place(cell: Cell, column: int, row: int) -> tuple[Cell, Cell] | None:
    """The cell whose border behind it is at a place, after its parent."""
    last: Cell | None = None
    for child in cell.children:
        right, bottom = child.column + child.columns, child.row + child.rows
        if child.column <= column < right and child.row <= row < bottom:
            return border_at_place(child, column, row)
        if last is not None and _between(cell, last, child, (column, row)):
            return cell, last
        last = child
    return None


def _between(parent: Cell, before: Cell, after: Cell, place: tuple[int, int]) -> bool:
    column, row = place
    if parent.direction is Direction.LEFT_RIGHT:
        return before.column + before.columns <= column < after.column
    return before.row + before.rows <= row < after.row


def _halves(cell: Cell, direction: Direction, size: int | None, *, before: bool) -> tuple[int, int]:
    """The sizes of the left or upper part and of the other one. Raises LayoutError."""
    whole = cell.size(direction)
    border_row = cell.edge and direction is Direction.TOP_BOTTOM
    if whole < PANE_MINIMUM * 2 + 1 + border_row:
        raise LayoutError("no space for new pane")
    if size is None:
        second = (whole + 1) // 2 - 1
    elif before:
        second = whole - size - 1
        # tmux computes this unsigned: a new pane that is too large becomes as small as possible.
        second = second if second >= 0 else whole
    else:
        second = size
    second = min(max(second, PANE_MINIMUM), whole - 2)
    return whole - 1 - second, second


def _move_once(
    parent: Cell, direction: Direction, index: int, change: int, *, opposite: bool
) -> int:
    """Move as much of `change` as one neighbour of the border can give; 0 if none can."""
    cells = parent.children
    if change > 0:
        givers = cells[index + 1 :] + (cells[index - 1 :: -1] if opposite and index else [])
        taker = cells[index]
    else:
        givers = cells[index::-1]
        if index + 1 == len(cells):
            return 0
        taker = cells[index + 1]
    giver = next((cell for cell in givers if room(cell, direction) > 0), None)
    if giver is None:
        return 0
    moved = min(abs(change), room(giver, direction))
    adjust(taker, direction, moved)
    adjust(giver, direction, -moved)
    return moved if change > 0 else -moved
