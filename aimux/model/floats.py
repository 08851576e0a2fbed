"""The floating panes of a window: where each stands over the tiled ones, and which is in front.

What tmux 3.7 does with them is in its window.c and layout.c: a new one is put a little to the right
of and below the one before, the last that was chosen is in front, and each has a border around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from aimux.ids import PaneId
from aimux.model.layout_cell import PANE_MINIMUM, Box

STEP_RIGHT, STEP_DOWN = 4, 2  # from one pane to the next that was given no place


def with_border(box: Box) -> Box:
    """The cells of a floating pane and of the border around it."""
    return Box(box.column - 1, box.row - 1, box.columns + 2, box.rows + 2)


@dataclass(slots=True)
class Floats:
    """The floating panes of one window.

    A box is the pane's screen in cells of the window, without its border. It may stand partly
    outside.
    """

    _boxes: dict[PaneId, Box] = field(default_factory=dict)  # the front one is the last
    _newest: tuple[int, int] = (0, 0)

    def __contains__(self, pane: PaneId) -> bool:
        return pane in self._boxes

    def __len__(self) -> int:
        return len(self._boxes)

    @property
    def front_first(self) -> list[PaneId]:
        """All of them, as they lie over each other."""
        return list(reversed(self._boxes))

    def box(self, pane: PaneId) -> Box:
        """Where a pane was put."""
        return self._boxes[pane]

    def boxes(self, *, columns: int, rows: int) -> dict[PaneId, Box]:
        """Where they stand in a window of that size: each has a cell in it at least."""
        return {pane: _held(box, columns, rows) for pane, box in self._boxes.items()}

    def put(self, pane: PaneId, box: Box) -> None:
        """Put a pane there, as large as that but no smaller than a pane can be; a new one in front.

        A pane that floats already stays as far in front as it is.
        """
        columns, rows = max(PANE_MINIMUM, box.columns), max(PANE_MINIMUM, box.rows)
        self._boxes[pane] = replace(box, columns=columns, rows=rows)

    def remove(self, pane: PaneId) -> None:
        """A pane floats no longer."""
        del self._boxes[pane]

    def raise_to_front(self, pane: PaneId) -> None:
        """Let a pane, if it floats, lie over all others."""
        if pane in self._boxes:
            self._boxes[pane] = self._boxes.pop(pane)

    def depth(self, pane: PaneId) -> int:
        """How many lie over a pane, as `#{pane_z}`; for a tiled pane one more than there are."""
        return self.front_first.index(pane) if pane in self._boxes else len(self._boxes) + 1

    def next_place(self, *, columns: int, rows: int) -> tuple[int, int]:
        """Column and row for a pane that was given none, in a window of that size."""
        return _step(self._newest[0], STEP_RIGHT, columns), _step(self._newest[1], STEP_DOWN, rows)

    def remember_place(self, column: int, row: int) -> None:
        """The next pane that is given no place stands beside this one."""
        self._newest = column, row


def _step(before: int, step: int, whole: int) -> int:
    place = before + step
    return place if place < whole else step


def _held(box: Box, columns: int, rows: int) -> Box:
    column = max(1 - box.columns, min(box.column, columns - 1))
    row = max(1 - box.rows, min(box.row, rows - 1))
    return replace(box, column=column, row=row)
