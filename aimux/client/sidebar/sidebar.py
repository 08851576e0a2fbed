"""The sidebar as a widget: draws the panels, takes its keys, lets ages tick while it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import zip_longest

from rich.text import Text
from textual import events
from textual.css.types import EdgeType
from textual.geometry import Region
from textual.message import Message as TextualMessage
from textual.timer import Timer
from textual.widget import Widget
from typing_extensions import override

from aimux.client.sidebar.look import NO_LOOK, in_colours
from aimux.client.sidebar.marks import SHAPES, Marks
from aimux.client.sidebar.outline import Line, Outline
from aimux.client.sidebar.panel import FILTER, Entry, View
from aimux.client.sidebar.panels import BY_NAME, PANELS, panels_named, seconds_to_next_change
from aimux.protocol.client_messages import RowKept
from aimux.protocol.message import Message
from aimux.protocol.server_messages import Facts, Look, Toast

# A timer that fires a moment too early would show the old age again and need another one.
_LATE_SECONDS = 0.01
_FAR = 1 << 16
_PAGE = 10
WHEEL_STEPS = 3

TERMINAL_COLOUR, TERMINAL_GREY = "ansi_default", "ansi_bright_black"
NO_FACTS = Facts(pane="", title="", path="", commands=(), agents=())

MOVES: Mapping[str, int] = {
    "Up": -1,
    "k": -1,
    "C-p": -1,
    "Down": 1,
    "j": 1,
    "C-n": 1,
    "PPage": -_PAGE,
    "NPage": _PAGE,
    "Home": -_FAR,
    "g": -_FAR,
    "End": _FAR,
    "G": _FAR,
}

_TELLING = {"bell": "", "message": "traffic"}
"""The panel that says what a toast of a kind would; of agents, what all others would."""


class Sidebar(Widget):
    """The panels, top to bottom. It has a timer only while it is shown and shows an age.

    Args:
        clock: Seconds since the epoch.
        marks: What the terminal can show.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Sidebar {
        position: absolute;
        layer: over;
        padding: 0 0 0 1;
        background: ansi_default;
        color: ansi_default;
    }
    Sidebar.left { padding: 0 1 0 0; }
    """

    class Asked(TextualMessage):
        """A row was opened or answered: what the server is to be told."""

        def __init__(self, message: Message) -> None:
            super().__init__()
            self.message = message

    def __init__(self, clock: Callable[[], float], marks: Marks = SHAPES) -> None:
        super().__init__()
        self.display = False
        self._clock = clock
        self._marks = marks
        self._now = clock()
        self._facts = NO_FACTS
        self._look = NO_LOOK
        self._edge: str | None = None
        self._only: dict[str, str] = {}
        self._outline = Outline(PANELS)
        self._pages = (self._outline, Outline(panels_named(("agents",))))
        self._lines: list[Line] = []
        self._timer: Timer | None = None
        self._keys: dict[str, Callable[[], None]] = {
            "Enter": self._open,
            "z": self._fold,
            FILTER: self._filter,
            **{key: partial(self._move, steps) for key, steps in MOVES.items()},
        }

    # ---- what it is told ----

    def take_facts(self, facts: Facts) -> None:
        """Show other facts."""
        self._facts = facts
        self._tick()

    def take_panels(self, names: tuple[str, ...]) -> None:
        """Show other panels."""
        self._pages[0].panels = panels_named(names)
        self._tick()

    def take_look(self, look: Look) -> None:
        """Draw in other colours."""
        if look == self._look:
            return
        self._look = look
        self.styles.background = look.background or TERMINAL_COLOUR
        self.styles.color = look.text or TERMINAL_COLOUR
        self._draw_edge()
        self.refresh()

    def stand(self, *, left: bool, page: bool) -> None:
        """Have the window at the right, at the left or, as a `page`, nowhere."""
        self.set_class(left, "left")
        self._edge = None if page else "right" if left else "left"
        self._draw_edge()

    def _draw_edge(self) -> None:
        """A line between the window and the sidebar."""
        line: tuple[EdgeType, str] = ("solid", self._look.quiet or TERMINAL_GREY)
        self.styles.border_left = line if self._edge == "left" else None
        self.styles.border_right = line if self._edge == "right" else None

    def tells(self, toast: Toast) -> bool:
        """Whether a person sees here what a toast would say: of bells nothing does."""
        panel = _TELLING.get(toast.state, "agents")
        return self.display and bool(panel) and self._outline.shows(panel)

    def show(self, *, shown: bool, page: bool = False) -> None:
        """Show or hide it; as a `page` it shows the agents alone."""
        focused = self._outline.is_focused
        self._outline = self._pages[page]
        self.take_focus(focused=focused)
        self.display = shown
        self._tick()

    def take_focus(self, *, focused: bool) -> None:
        """It has the keys from now on, or no longer."""
        for outline in self._pages:
            outline.blur()
        if focused:
            self._outline.focus(self._view())
        self._tick()

    def press(self, key: str) -> None:
        """Do what a key does here; one that does nothing is passed over."""
        action = self._keys.get(key)
        if action is not None:
            action()
        else:
            self._answer(key)
        self._tick()

    # ---- keys and mouse ----

    def _open(self) -> None:
        entry = self._outline.chosen(self._view())
        if entry is None:
            self._outline.unfold(self._view())
        self._ask((entry.opens if entry is not None else None) or RowKept())

    def _fold(self) -> None:
        self._outline.fold(self._view())

    def _filter(self) -> None:
        """Let a panel be about the next of those that it can be about; behind the last, all."""
        place = self._outline.chosen_place
        panel = BY_NAME.get(place[0]) if place is not None else None
        if panel is None or panel.about is None:
            return
        choices = ["", *panel.about(self._facts)]
        now = self._only.get(panel.name, "")
        following = choices.index(now) + 1 if now in choices else 1
        self._only[panel.name] = choices[following % len(choices)]

    def _move(self, steps: int) -> None:
        self._outline.move(self._view(), steps)

    def _answer(self, key: str) -> None:
        entry = self._outline.chosen(self._view())
        if entry is None or key not in entry.answers:
            return
        place = self._outline.chosen_place
        drawn = [line.entry for line in self._lines if line.entry and line.place == place]
        same = all(one.answers == entry.answers for one in drawn)  # they name the request
        if same and len(drawn) >= len(entry.rows):  # nobody approves what is not on the screen
            self._ask(entry.answers[key])

    def _ask(self, message: Message) -> None:
        self.post_message(self.Asked(message))

    def on_click(self, event: events.Click) -> None:
        """Open the row under the mouse; a heading is folded or unfolded."""
        event.stop()
        line = self._line_at(event)
        if line is None or not line.panel:
            return
        self._outline.choose(line)
        if line.entry is None:
            self._outline.fold_panel(line.panel, self._view())
        elif line.entry.opens is not None:
            self._ask(line.entry.opens)
        self._tick()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show entries further down."""
        self._wheel(event, WHEEL_STEPS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show entries further up."""
        self._wheel(event, -WHEEL_STEPS)

    def _wheel(self, event: events.MouseEvent, steps: int) -> None:
        event.stop()
        line = self._line_at(event)
        if line is not None and line.panel:
            self._outline.scroll(line.panel, steps)
            self._tick()

    def _line_at(self, event: events.MouseEvent) -> Line | None:
        row = int(event.screen_y) - self.region.y
        return self._lines[row] if 0 <= row < len(self._lines) else None

    # ---- drawing ----

    @property
    def chosen(self) -> Entry | None:
        """What is chosen; None for a heading."""
        return self._outline.chosen(self._view())

    def _view(self) -> View:
        return View(
            self._facts, self._now, max(self.content_size.width, 1), self._marks, self._only
        )

    @override
    def render(self) -> Text:
        self._lines = self._make_lines()
        texts = (in_colours(line.text, self._look) for line in self._lines)
        return Text("\n", no_wrap=True).join(texts)

    def _make_lines(self) -> list[Line]:
        return self._outline.lines(self._view(), self.content_size.height)

    def _tick(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self.display:
            return
        self._now = self._clock()
        self._redraw_changed()
        delay = seconds_to_next_change(self._outline.panels, self._facts, self._now)
        if delay is not None:
            self._timer = self.set_timer(delay + _LATE_SECONDS, self._tick)

    def _redraw_changed(self) -> None:
        """An age that ticks costs its row, not the whole sidebar."""
        new = [line.text for line in self._make_lines()]
        pairs = enumerate(zip_longest((line.text for line in self._lines), new))
        width = self.content_size.width
        changed = [Region(0, row, width, 1) for row, (old, text) in pairs if old != text]
        if changed:
            self.refresh(*changed)
