"""View mode: the output of commands over a pane, read with the keys of copy mode."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from aimux.copymode.copy_mode import CopyMode
from aimux.copymode.drawing import CopyStyles
from aimux.copymode.grid import Grid
from aimux.copymode.search import SearchMemory
from aimux.copymode.selection import Place
from aimux.copymode.state import CopyOptions
from aimux.vt.engine import Engine

MAX_ROWS = 100_000
CONTROLS = dict.fromkeys(code for code in (*range(32), *range(127, 160)) if code != ord("\t"))


class ViewMode(CopyMode):
    """Lines of text over a pane; satisfies `aimux.model.pane.Mode`.

    The first lines are shown, and lines that are added do not move them. At most 100 000 rows are
    kept; of more, the oldest go.

    Args:
        columns: Width of the pane.
        lines: Height of the pane.
        options: As for `CopyMode`.
        styles: As for `CopyMode`.
        memory: As for `CopyMode`.
        clock: As for `CopyMode`.
    """

    def __init__(
        self,
        *,
        columns: int,
        lines: int,
        options: CopyOptions,
        styles: CopyStyles | None = None,
        memory: SearchMemory | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = Engine(columns, lines, history_limit=MAX_ROWS)
        super().__init__(self._engine, options, styles=styles, memory=memory, clock=clock)
        self.name = "view-mode"
        self.state.source = None
        self.state.numbered = False
        self.state.show(Place(0, 0))
        self._empty = True

    def add(self, lines: Iterable[str], *, parse: bool = False) -> None:
        """Show lines below those that are there.

        Args:
            lines: Text without newlines at its end. One call with all is cheaper than many.
            parse: Obey control sequences for looks; otherwise control characters are left out.
        """
        self._follow_size()
        for line in lines:
            text = line if parse else line.translate(CONTROLS).expandtabs()
            separator = "" if self._empty else "\r\n\x1b[m"
            self._engine.feed((separator + text).encode("utf-8", "replace"))
            self._empty = False
        top = self.state.top
        self.state.grid = Grid.of_screen(self._engine)
        self.state.scrolled = max(0, self.state.grid.above - top)
        self._version += 1

    def _follow_size(self) -> None:
        grid = self.state.grid
        if (grid.columns, grid.lines) != (self._engine.columns, self._engine.lines):
            self._engine.resize(rows=grid.lines, columns=grid.columns)
