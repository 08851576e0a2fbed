"""Draws the scrollbars of panes: for each row of a pane what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from aimux.model.scrollbars import Scrollbar, Slider
from aimux.server.covering import text_cells
from aimux.styles.sgr import sgr
from aimux.styles.style import REVERSE, Style

_RESET: Final = "\x1b[m"


def scrollbar_rows(
    scrollbar: Scrollbar, slider: Slider, *, rows: int, style: Style, depth: int
) -> list[str]:
    """A scrollbar with its padding, row by row, as wide as it wants to be.

    Args:
        scrollbar: Its form.
        slider: Where its slider stands.
        rows: The pane's rows.
        style: Of what is not the slider, which has the two colours exchanged.
        depth: Colours of the terminal.
    """
    bar = _row(scrollbar, style, depth)
    slid = _row(scrollbar, _turned(style), depth)
    return [slid if slider.top <= row < slider.end else bar for row in range(rows)]


def _turned(style: Style) -> Style:
    """The slider's style; where there are no two colours to exchange, reversed."""
    if style.fg == style.bg:
        return replace(style, attributes=style.attributes ^ REVERSE)
    return replace(style, fg=style.bg, bg=style.fg)


def _row(scrollbar: Scrollbar, style: Style, depth: int) -> str:
    codes, cells = sgr(style, depth), " " * scrollbar.width
    bar = f"\x1b[{codes}m{cells}{_RESET}" if codes else cells
    pad = " " * scrollbar.pad
    return bar + pad if scrollbar.on_left else pad + bar


def cut(texts: list[str], scrollbar: Scrollbar, start: int, stop: int, depth: int) -> list[str]:
    """The cells `start <= n < stop` of each row of a scrollbar."""
    whole = scrollbar.width + scrollbar.pad
    if (start, stop) == (0, whole):
        return texts
    return [text_cells(text, whole, start, stop, depth) for text in texts]
