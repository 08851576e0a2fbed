"""The sidebar as a widget: draws the panels and lets ages tick while it is shown."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from rich.text import Text
from textual.geometry import Region
from textual.timer import Timer
from textual.widget import Widget
from typing_extensions import override

from aimux.client.sidebar.panel import View
from aimux.client.sidebar.panels import seconds_to_next_change, sidebar_rows
from aimux.client.sidebar.theming import NO_LOOK, in_colours
from aimux.protocol.messages import Facts, Look

# A timer that fires a moment too early would show the old age again and need another one.
_LATE_SECONDS = 0.01

TERMINAL_COLOUR, TERMINAL_GREY = "ansi_default", "ansi_bright_black"
NO_FACTS = Facts(pane="", title="", path="", commands=(), agents=())


class Sidebar(Widget):
    """The panels, top to bottom. It has a timer only while it is shown and shows an age.

    Args:
        clock: Seconds since the epoch.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Sidebar {
        position: absolute;
        layer: over;
        padding: 0 0 0 1;
        border-left: solid ansi_bright_black;
        background: ansi_default;
        color: ansi_default;
    }
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self.display = False
        self._clock = clock
        self._now = clock()
        self._facts = NO_FACTS
        self._look = NO_LOOK
        self._rows: list[Text] = []
        self._timer: Timer | None = None

    def take_facts(self, facts: Facts) -> None:
        """Show other facts."""
        self._facts = facts
        self._tick()

    def take_look(self, look: Look) -> None:
        """Draw in other colours."""
        if look == self._look:
            return
        self._look = look
        self.styles.background = look.background or TERMINAL_COLOUR
        self.styles.color = look.text or TERMINAL_COLOUR
        self.styles.border_left = ("solid", look.quiet or TERMINAL_GREY)
        self.refresh()

    def show(self, *, shown: bool) -> None:
        """Show or hide it."""
        self.display = shown
        self._tick()

    @override
    def render(self) -> Text:
        self._rows = self._make_rows()
        rows = (in_colours(row, self._look) for row in self._rows)
        return Text("\n", no_wrap=True).join(rows)

    def _make_rows(self) -> list[Text]:
        width, height = self.content_size
        return sidebar_rows(View(self._facts, self._now, max(width, 1)), height)

    def _tick(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self.display:
            return
        self._now = self._clock()
        self._redraw_changed()
        delay = seconds_to_next_change(self._facts, self._now)
        if delay is not None:
            self._timer = self.set_timer(delay + _LATE_SECONDS, self._tick)

    def _redraw_changed(self) -> None:
        """An age that ticks costs its row, not the whole sidebar."""
        pairs = enumerate(zip_longest(self._rows, self._make_rows()))
        width = self.content_size.width
        changed = [Region(0, row, width, 1) for row, (old, new) in pairs if old != new]
        if changed:
            self.refresh(*changed)
