"""The row of tabs on a narrow terminal: drawn, and what a click in it means."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from aimux.commands.one_pane import Tab
from aimux.ids import PaneId
from aimux.model.theme import Chrome
from aimux.styles.sgr import sgr
from aimux.styles.style import parse_style
from aimux.styles.width import text_width

WAITING, FAILED = frozenset({"waiting", "limited"}), frozenset({"error"})
_RESET = "\x1b[0m"


class TabLook(Struct, frozen=True):
    """The parameters of SGR of the row's parts, as `Chrome` describes them."""

    plain: str
    shown: str
    waiting: str
    failed: str

    def of(self, tab: Tab) -> str:
        """Those of a tab."""
        told = ""
        if tab.state in (*WAITING, *FAILED):
            told = self.waiting if tab.state in WAITING else self.failed
        if told:
            return f"{told};7" if tab.is_shown else told
        return self.shown if tab.is_shown else self.plain


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


def tab_look(chrome: Chrome, depth: int) -> TabLook:
    """How tabs look on a terminal of so many colours."""

    def of(style: str) -> str:
        return sgr(parse_style(style), depth)

    return TabLook(
        of(chrome.tabs), of(chrome.tab_shown), of(chrome.tab_waiting), of(chrome.tab_failed)
    )


def draw_tabs(tabs: Sequence[Tab], columns: int, look: TabLook) -> TabRow:
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
        parts.append(_styled(look.of(tab), _text(tab)))
        spans.append(TabSpan(column, end, tab.pane.id))
        column = end
    rest = _styled(look.plain, " " * (columns - column))
    return TabRow("".join(parts) + rest, tuple(spans))


def _text(tab: Tab) -> str:
    return f" {tab.label}{tab.mark} "


def _width(tab: Tab) -> int:
    return text_width(_text(tab))


def _styled(parameters: str, text: str) -> str:
    return f"\x1b[{parameters}m{text}{_RESET}" if parameters and text else text
