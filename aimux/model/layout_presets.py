"""The arrangements that `select-layout` knows by name; sizes as tmux 3.3a's layout-set.c gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from aimux.errors import LayoutError
from aimux.ids import PaneId
from aimux.model.layout import Layout
from aimux.model.layout_cell import PANE_MINIMUM, Cell, Direction, adjust, spread

NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})")


class PresetSizes(Struct, frozen=True):
    """The window's options that arrangements look at: of the main-* ones as cells or `N%`.

    What is not a size is taken as the default, `0` as whatever is left. `tiled_columns` is the most
    panes beside each other in `tiled`; 0 for any number.
    """

    main_width: str = "80"
    main_height: str = "24"
    other_width: str = "0"
    other_height: str = "0"
    tiled_columns: int = 0


class _Space(Struct, frozen=True):
    panes: Sequence[PaneId]
    columns: int
    rows: int
    sizes: PresetSizes
    border_status: str

    def layout(self, root: Cell) -> Layout:
        """The tree with all edges marked, ready to be spread."""
        layout = Layout(root, border_status=self.border_status)
        layout.mark_edges()
        return layout


def preset_index(name: str) -> int | None:
    """The place of an arrangement in `PRESETS`; a beginning that only one has is enough."""
    matches = [index for index, known in enumerate(PRESETS) if known.startswith(name)]
    return matches[0] if len(matches) == 1 else None


def preset(
    name: str,
    panes: Sequence[PaneId],
    *,
    columns: int,
    rows: int,
    sizes: PresetSizes | None = None,
    border_status: str = "off",
) -> Layout:
    """The panes of a window of that size in a named arrangement.

    The layout is larger than the window if the panes do not fit; tmux then gives the window the
    layout's size.

    Raises:
        LayoutError: There is no arrangement of that name.
    """
    if name not in PRESETS:
        raise LayoutError(f"unknown layout: {name}")
    if len(panes) == 1:
        return Layout.single(panes[0], columns=columns, rows=rows, border_status=border_status)
    space = _Space(panes, columns, rows, sizes or PresetSizes(), border_status)
    return PRESETS[name](space)


def _needed(count: int, size: int) -> int:
    """What `count` panes in a line take, at least `size`."""
    return max(size, count * (PANE_MINIMUM + 1) - 1)


def _even(space: _Space, direction: Direction) -> Layout:
    count = len(space.panes)
    root = Cell(space.columns, space.rows, None, direction)
    root.set_size(direction, _needed(count, root.size(direction)))
    root.children = [Cell(space.columns, space.rows, pane) for pane in space.panes]
    layout = space.layout(root)
    spread(root)
    return Layout(root, border_status=layout.border_status)


def _even_horizontal(space: _Space) -> Layout:
    return _even(space, Direction.LEFT_RIGHT)


def _even_vertical(space: _Space) -> Layout:
    return _even(space, Direction.TOP_BOTTOM)


def _size_of(text: str, whole: int) -> int | None:
    """Cells of `N` or `N%` of `whole`; None if it is neither or out of range."""
    percentage = text.endswith("%")
    number = NUMBER.fullmatch(text.removesuffix("%"))
    limit = 100 if percentage else whole
    if number is None or not 0 <= int(number[1]) <= limit:
        return None
    return whole * int(number[1]) // 100 if percentage else int(number[1])


def _main_and_other(whole: int, main: str, other: str, default: int) -> tuple[int, int]:
    """The sizes of the main pane and of the line of others, of `whole` without their border."""
    main_size = _size_of(main, whole)
    main_size = default if main_size is None else main_size
    if main_size + PANE_MINIMUM >= whole:
        return max(PANE_MINIMUM, whole - PANE_MINIMUM), PANE_MINIMUM
    other_size = _size_of(other, whole) or 0
    if other_size == 0 or whole - other_size < main_size:
        return main_size, whole - main_size
    return whole - other_size, other_size


def _main(space: _Space, sizes: tuple[int, int], *, split: Direction) -> Layout:
    """A main pane and a line of others; `split` is how the two stand."""
    across = Direction.TOP_BOTTOM if split is Direction.LEFT_RIGHT else Direction.LEFT_RIGHT
    main_size, other_size = sizes
    root = Cell(space.columns, space.rows, None, split)
    length = _needed(len(space.panes) - 1, root.size(across))
    first, *rest = space.panes
    main, others = Cell(pane=first), Cell(direction=across)
    for cell, size in (
        (root, main_size + other_size + 1),
        (main, main_size),
        (others, other_size),
    ):
        cell.set_size(split, size)
        cell.set_size(across, length)
    root.children = [main, others]
    if len(rest) == 1:
        others.pane, others.direction = rest[0], None
    for pane in rest if len(rest) > 1 else ():
        child = Cell(pane=pane)
        child.set_size(split, other_size)
        child.set_size(across, PANE_MINIMUM)
        others.children.append(child)
    layout = space.layout(root)
    spread(others)
    return Layout(root, border_status=layout.border_status)


def _main_horizontal(space: _Space) -> Layout:
    options = space.sizes
    sizes = _main_and_other(space.rows - 1, options.main_height, options.other_height, 24)
    return _main(space, sizes, split=Direction.TOP_BOTTOM)


def _main_vertical(space: _Space) -> Layout:
    options = space.sizes
    sizes = _main_and_other(space.columns - 1, options.main_width, options.other_width, 80)
    return _main(space, sizes, split=Direction.LEFT_RIGHT)


def _grid(count: int, most: int) -> tuple[int, int]:
    """Columns, at most so many unless that is 0, and rows that hold `count` panes."""
    rows = columns = 1
    while rows * columns < count:
        rows += 1
        if rows * columns < count and columns != most:
            columns += 1
    return columns, rows


def _tiled(space: _Space) -> Layout:
    count = len(space.panes)
    columns, rows = _grid(count, space.sizes.tiled_columns)
    width = max(PANE_MINIMUM, (space.columns - (columns - 1)) // columns)
    height = max(PANE_MINIMUM, (space.rows - (rows - 1)) // rows)
    root = Cell(
        max(space.columns, (width + 1) * columns - 1),
        max(space.rows, (height + 1) * rows - 1),
        None,
        Direction.TOP_BOTTOM,
    )
    for start in range(0, count, columns):
        panes = space.panes[start : start + columns]
        root.children.append(_tiled_row(panes, space.columns, width, height))
    unused = space.rows - (rows * height + rows - 1)
    if unused > 0:
        adjust(root.children[-1], Direction.TOP_BOTTOM, unused)
    return Layout(root, border_status=space.border_status)


def _tiled_row(panes: Sequence[PaneId], columns: int, width: int, height: int) -> Cell:
    if len(panes) == 1:
        return Cell(columns, height, panes[0])
    cells = [Cell(width, height, pane) for pane in panes]
    unused = columns - (len(cells) * (width + 1) - 1)
    if unused > 0:
        cells[-1].columns += unused
    return Cell(columns, height, None, Direction.LEFT_RIGHT, cells)


PRESETS: dict[str, Callable[[_Space], Layout]] = {
    "even-horizontal": _even_horizontal,
    "even-vertical": _even_vertical,
    "main-horizontal": _main_horizontal,
    "main-vertical": _main_vertical,
    "tiled": _tiled,
}
