"""The cells of a layout tree and how space moves between them; `aimux.model.layout` has the tree.

A cell holds one pane, or children side by side, or children on top of each other, with one row or
column for the border between two of them. The arithmetic is tmux 3.3a's, its unsigned overflow
where a window is too small for its panes included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from aimux.ids import PaneId

PANE_MINIMUM = 1
UNSIGNED = 0xFFFFFFFF


class Direction(Enum):
    """How the children of a cell stand: beside each other or on top of each other."""

    LEFT_RIGHT = "left-right"
    TOP_BOTTOM = "top-bottom"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of cells in a window, counted from 0."""

    column: int
    row: int
    columns: int
    rows: int


@dataclass(slots=True, eq=False)
class Cell:
    """One node of a layout.

    Attributes:
        pane: The pane of a leaf; None for a cell with children.
        direction: How the children stand; None for a leaf.
        edge: Whether it touches the edge of the window where a pane's status line costs a row.
    """

    columns: int = 0
    rows: int = 0
    pane: PaneId | None = None
    direction: Direction | None = None
    children: list[Cell] = field(default_factory=list)
    column: int = 0
    row: int = 0
    edge: bool = False

    @property
    def box(self) -> Box:
        """Where the cell stands."""
        return Box(self.column, self.row, self.columns, self.rows)

    def size(self, direction: Direction) -> int:
        """Columns for LEFT_RIGHT, rows for TOP_BOTTOM."""
        return self.columns if direction is Direction.LEFT_RIGHT else self.rows

    def set_size(self, direction: Direction, size: int) -> None:
        """Set what `size` gives."""
        if direction is Direction.LEFT_RIGHT:
            self.columns = size
        else:
            self.rows = size

    def leaves(self) -> Iterator[Cell]:
        """The cells of panes below, or the cell itself, in order."""
        if self.direction is None:
            yield self
        for child in self.children:
            yield from child.leaves()

    def path_to(self, target: Cell) -> list[Cell] | None:
        """The cells from this one down to `target`; None if it is not below."""
        if self is target:
            return [self]
        for child in self.children:
            path = child.path_to(target)
            if path is not None:
                return [self, *path]
        return None

    def copy(self) -> Cell:
        """A tree of its own, the same in everything."""
        children = [child.copy() for child in self.children]
        return Cell(
            self.columns,
            self.rows,
            self.pane,
            self.direction,
            children,
            self.column,
            self.row,
            self.edge,
        )


def fix_offsets(cell: Cell) -> None:
    """Place the children of `cell`, and theirs, by their sizes."""
    column, row = cell.column, cell.row
    for child in cell.children:
        child.column, child.row = column, row
        fix_offsets(child)
        if cell.direction is Direction.LEFT_RIGHT:
            column += child.columns + 1
        else:
            row += child.rows + 1


def mark_edges(cell: Cell, border_status: str, *, edge: bool) -> None:
    """Set `edge` in a tree; the root is called with whether there are status lines at all."""
    cell.edge = edge
    keeps = cell.children[:1] if border_status == "top" else cell.children[-1:]
    for child in cell.children:
        inherits = cell.direction is Direction.LEFT_RIGHT or child in keeps
        mark_edges(child, border_status, edge=edge and inherits)


def room(cell: Cell, direction: Direction) -> int:
    """Cells that can be taken from `cell` before one of its panes is at the minimum."""
    if cell.direction is None:
        minimum = PANE_MINIMUM + (cell.edge and direction is Direction.TOP_BOTTOM)
        return max(0, cell.size(direction) - minimum)
    rooms = [room(child, direction) for child in cell.children]
    return sum(rooms) if cell.direction is direction else min(rooms)


def adjust(cell: Cell, direction: Direction, change: int) -> None:
    """Grow or shrink `cell` and what is in it, one row or column from each child in turn.

    The caller has limited `change` to `room`; what cannot be taken is left.
    """
    cell.set_size(direction, cell.size(direction) + change)
    if cell.direction is not direction:
        for child in cell.children:
            adjust(child, direction, change)
        return
    step = 1 if change > 0 else -1
    while change:
        before = change
        for child in cell.children:
            if change and (step > 0 or room(child, direction) > 0):
                adjust(child, direction, step)
                change -= step
        if change == before:
            return


def share(
    cell: Cell, direction: Direction, *, total: int, previous: int, left: tuple[int, int]
) -> int:
    """The size of a child when its parent goes from `previous` to `total`.

    Args:
        cell: The child.
        direction: In which its parent is divided.
        total: The parent's new size.
        previous: The parent's size before.
        left: Children from this one on, and cells not yet given to a child.
    """
    count, size_left = left
    if count == 1:
        return size_left
    needed = cell.size(direction) - room(cell, direction)
    minimum = max((PANE_MINIMUM + 1) * (count - 1), needed)
    wanted = cell.size(direction) * total // previous
    return max(PANE_MINIMUM, min(wanted, (size_left - minimum) & UNSIGNED))


def fits(cell: Cell, direction: Direction, size: int) -> bool:
    """Whether `cell` and all in it can be brought to `size`."""
    if cell.direction is None:
        return size >= PANE_MINIMUM
    if cell.direction is not direction:
        nodes = [child for child in cell.children if child.direction is not None]
        return all(fits(child, direction, size) for child in nodes)
    return _children_fit(cell, direction, size)


def _children_fit(cell: Cell, direction: Direction, size: int) -> bool:
    count, available, previous = len(cell.children), size & UNSIGNED, cell.size(direction)
    if available < count * 2 - 1:
        return False
    for index, child in enumerate(cell.children):
        left = (count - index, available)
        new_size = share(child, direction, total=size, previous=previous, left=left)
        taken = new_size + (index < count - 1)
        if taken > available or not fits(child, direction, new_size):
            return False
        available -= taken
    return True


def refit_children(cell: Cell) -> None:
    """Bring all below `cell` to its size, in proportion to the sizes before."""
    direction = cell.direction
    if direction is None:
        return
    across = _other(direction)
    count = len(cell.children)
    previous = sum(child.size(direction) for child in cell.children) + count - 1
    available = total = cell.size(direction)
    for index, child in enumerate(cell.children):
        left = (count - index, available)
        child.set_size(
            direction, share(child, direction, total=total, previous=previous, left=left)
        )
        child.set_size(across, cell.size(across))
        available = (available - child.size(direction) - 1) & UNSIGNED
        refit_children(child)


def _other(direction: Direction) -> Direction:
    if direction is Direction.LEFT_RIGHT:
        return Direction.TOP_BOTTOM
    return Direction.LEFT_RIGHT


def spread(cell: Cell) -> bool:
    """Give every child of `cell` the same size, the last what is left; False if none changed."""
    direction, number = cell.direction, len(cell.children)
    if direction is None or number <= 1:
        return False
    vertical = direction is Direction.TOP_BOTTOM
    size = cell.size(direction) - (vertical and cell.edge)
    each = (size - (number - 1)) // number
    if each <= 0:
        return False
    changed = False
    for child in cell.children:
        wanted = each
        if child is cell.children[-1]:
            wanted = size - (each + 1) * (number - 1)
        change = wanted + (vertical and child.edge) - child.size(direction)
        adjust(child, direction, change)
        changed = changed or change != 0
    return changed
