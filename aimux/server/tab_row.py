"""The row of tabs on a narrow terminal: drawn, and what a click in it means."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from aimux.commands.one_pane import Tab
from aimux.ids import PaneId
from aimux.styles.width import text_width

SHOWN, WAITING, FAILED, PLAIN = "\x1b[7m", "\x1b[1;33m", "\x1b[1;31m", "\x1b[2m"
_COLOURS = {"waiting": WAITING, "limited": WAITING, "error": FAILED}
_RESET = "\x1b[0m"


class TabSpan(Struct, frozen=True):
    """Where a tab stands in its row: columns `start` up to `end`, exclusive."""

    start: int
    end: int
    pane: PaneId


class TabRow(Struct, frozen=True):
    """A drawn row.

    Attributes:
        text: ANSI text of exactly the terminal's width.
        spans: Where each tab stands.
    """

    text: str
    spans: tuple[TabSpan, ...]

    def pane_at(self, column: int) -> PaneId | None:
        """The pane whose tab a column belongs to."""
        return next((span.pane for span in self.spans if span.start <= column < span.end), None)


def draw_tabs(tabs: Sequence[Tab], columns: int) -> TabRow:
    """The tabs side by side, from the first one on with which the shown one is seen whole."""
    first = 0
    shown = next((index for index, tab in enumerate(tabs) if tab.is_shown), 0)
    while first < shown and sum(_width(tab) for tab in tabs[first : shown + 1]) > columns:
        first += 1
    parts, spans, column = [], [], 0
    for tab in tabs[first:]:
        end = column + _width(tab)
        if end > columns:
            break
        parts.append(_drawn(tab))
        spans.append(TabSpan(column, end, tab.pane.id))
        column = end
    return TabRow("".join(parts) + " " * (columns - column), tuple(spans))


def _text(tab: Tab) -> str:
    return f" {tab.label}{tab.mark} "


def _width(tab: Tab) -> int:
    return text_width(_text(tab))


def _drawn(tab: Tab) -> str:
    colour = _COLOURS.get(tab.state, "")
    style = SHOWN + colour if tab.is_shown else colour or PLAIN
    return f"{style}{_text(tab)}{_RESET}"
