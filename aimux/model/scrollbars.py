"""Scrollbars beside panes, as tmux has them from 3.6 on: which panes have one, and its geometry."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from msgspec import Struct

from aimux.errors import OptionError
from aimux.model.layout_cell import Box
from aimux.model.options import Options
from aimux.styles.style import PLAIN, parse_style

LEAST_COLUMNS: Final = 1
"""What a scrollbar leaves of a pane at least."""

SCROLLING_MODES: Final = ("copy-mode", "view-mode")
"""The modes in which `pane-scrollbars modal` shows one."""


class Scrollbar(Struct, frozen=True):
    """What a pane's scrollbar takes of its place.

    Attributes:
        width: Cells of the bar.
        pad: Empty cells between it and the pane.
        on_left: It stands left of the pane, else right.
    """

    width: int
    pad: int
    on_left: bool

    def is_bar(self, cell: int) -> bool:
        """Whether a cell, counted from the first of bar and padding, is the bar's."""
        return cell < self.width if self.on_left else cell >= self.pad

    def beside(self, box: Box) -> Box:
        """What is left for the pane of its place in the layout."""
        columns = max(LEAST_COLUMNS, box.columns - self.width - self.pad)
        right = box.columns - columns if self.on_left else 0
        return replace(box, column=box.column + right, columns=columns)


def wanted_scrollbar(
    window: Options, pane: Options, *, mode: str, alternate: bool
) -> Scrollbar | None:
    """The scrollbar that a pane is to have.

    Args:
        window: The options of its window.
        pane: Its own options.
        mode: The name of the mode that it is in, or "".
        alternate: It shows the alternate screen, which has no history.
    """
    wanted = window.text("pane-scrollbars")
    if alternate or not (wanted == "on" or (wanted == "modal" and mode in SCROLLING_MODES)):
        return None
    on_left = window.text("pane-scrollbars-position") == "left"
    return _scrollbar(pane.text("pane-scrollbars-style"), on_left)


@lru_cache(maxsize=64)
def _scrollbar(style_text: str, on_left: bool) -> Scrollbar:
    try:
        style = parse_style(style_text)
    except OptionError:
        style = PLAIN
    return Scrollbar(max(1, style.width), max(0, style.pad), on_left)


class Slider(Struct, frozen=True):
    """The filled part of a scrollbar, in rows from the pane's first."""

    top: int
    rows: int

    @property
    def end(self) -> int:
        """The row behind its last."""
        return self.top + self.rows


def slider(rows: int, *, above: int, offset: int | None = None) -> Slider:
    """Where the slider stands.

    Args:
        rows: The pane's.
        above: Rows of the history.
        offset: The row of all that is shown first; None for a pane that shows its newest rows,
            whose slider always reaches the end.
    """
    total = rows + above
    size = int(rows * (rows / total))
    top = rows - size if offset is None else int((rows + 1) * (offset / total))
    return Slider(min(top, rows - 1), max(1, size))


def offset_at(top: int, rows: int, *, above: int) -> int:
    """The row to show first for a slider that begins at `top`: the inverse of `slider`."""
    return min(above, int(top * ((above + rows) / rows)))
