"""What a pane's program asks for beside drawing: titles, bells, paths, clipboards, names."""

from __future__ import annotations

from collections.abc import Callable

from aimux.commands.effects import Effects
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.targets import Target
from aimux.commands.telling import rename_window
from aimux.events import PaneSetClipboard
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.model.window import Window
from aimux.security.clean import clean
from aimux.server.alerts import Alerts
from aimux.server.facts import FactBook
from aimux.styles.draw import draw
from aimux.styles.sgr import TRUE_COLOUR
from aimux.vt.events import (
    Bell,
    ClipboardSet,
    NameChanged,
    Osc,
    PathChanged,
    ScreenEvent,
    TitleChanged,
)

NAME_SECONDS = 0.5  # a window's name follows its program no faster, as in tmux
MAX_CLIPBOARD = 1 << 20


class PaneEvents:
    """Handles the events of all panes.

    Args:
        belled: Called when a bell rang.
        settle: Called when something that is drawn may have changed.
        later: Calls an action after some seconds.
    """

    def __init__(  # noqa: PLR0913  # what a program asks for touches all of these
        self,
        state: State,
        effects: Effects,
        facts: FactBook,
        alerts: Alerts,
        *,
        belled: Callable[[Pane], None],
        settle: Callable[[], None],
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._settle = settle
        self._state = state
        self._effects = effects
        self._facts = facts
        self._alerts = alerts
        self._belled = belled
        self._later = later
        self._naming: set[int] = set()
        self._named: dict[int, float] = {}
        self._followed: dict[int, tuple[int, bool, bool]] = {}

    def handle(self, pane: Pane, event: ScreenEvent) -> None:
        """One event."""
        match event:
            case TitleChanged(title=title):
                self._title(pane, title)
            case NameChanged(name=name):
                self._name(pane, name)
            case PathChanged(payload=payload):
                self._facts.path(pane, payload)
            case Bell():
                self._bell(pane)
            case ClipboardSet(data=data):
                self._clipboard(pane, data)
            case Osc():
                self._facts.osc(pane, event)
            case _:
                pass

    def _bell(self, pane: Pane) -> None:
        window = self._state.window_of(pane)
        if window is not None:
            self._alerts.bell(window)
            self._belled(pane)

    def _title(self, pane: Pane, title: str) -> None:
        cleaned = clean(title)
        if cleaned != pane.title and pane.options.flag("allow-set-title"):
            pane.title = cleaned
            self._settle()

    def _name(self, pane: Pane, name: str) -> None:
        window = self._state.window_of(pane)
        cleaned = clean(name)
        if window is None or not cleaned or not pane.options.flag("allow-rename"):
            return
        rename_window(self._effects, window, cleaned)
        window.options.set("automatic-rename", "off")
        self._settle()

    def _clipboard(self, pane: Pane, data: bytes) -> None:
        """OSC 52 of a program counts with `set-clipboard on` only, as in tmux."""
        if self._state.server_options.text("set-clipboard") != "on":
            return
        self._state.buffers.add(data[:MAX_CLIPBOARD], now=self._effects.now())
        self._effects.set_clipboard(data[:MAX_CLIPBOARD])
        self._effects.publish(PaneSetClipboard(pane.id))

    def dead_text(self, pane: Pane) -> str:
        """What is written below the last output of a program that has ended."""
        window = self._state.window_of(pane)
        place = next(self._state.links_of(window), None) if window is not None else None
        session, link = place if place is not None else (None, None)
        context = StateContext(self._state, self._effects, Target(session, link, window, pane))
        text = expand(pane.options.text("remain-on-exit-format"), context, time=True)
        return draw(text, columns=pane.columns, depth=TRUE_COLOUR).text

    def printed(self, pane: Pane) -> None:
        """A pane's program wrote something."""
        self._facts.printed(pane)
        window = self._state.window_of(pane)
        if window is None:
            return
        window.activity = self._effects.now()
        if window.has_scrollbars:  # the alternate screen has none
            self._settle()
        self._alerts.printed(window)
        if pane is window.active:
            self._name_later(window)

    # ---- names that follow programs ----

    def settle(self) -> None:
        """Look at the names of windows that began to follow, or follow another pane or a mode."""
        for window in list(self._state.windows.values()):
            follows = window.options.flag("automatic-rename")
            shown = (window.active.id, window.active.mode is None, follows)
            before = self._followed.get(window.id)
            self._followed[window.id] = shown
            if before is None and follows:  # it was given its first name just now
                self._named[window.id] = self._effects.now()
            if before != shown:
                self._name_later(window)
        for gone in self._followed.keys() - self._state.windows.keys():
            del self._followed[gone]
            self._named.pop(gone, None)

    def _name_later(self, window: Window) -> None:
        """Name a window now, or `NAME_SECONDS` after the last time (tmux's names.c)."""
        if window.id in self._naming or not window.options.flag("automatic-rename"):
            return
        self._naming.add(window.id)
        since = self._effects.now() - self._named.get(window.id, 0.0)
        wait = min(max(NAME_SECONDS - since, 0.0), NAME_SECONDS)  # clocks may be set back
        self._later(wait, lambda: self._follow(window))

    def _follow(self, window: Window) -> None:
        self._naming.discard(window.id)
        if window.id not in self._state.windows:
            return
        self._named[window.id] = self._effects.now()
        place = next(self._state.links_of(window), None)
        if place is None or not window.options.flag("automatic-rename"):
            return
        session, link = place
        context = StateContext(
            self._state, self._effects, Target(session, link, window, window.active)
        )
        name = clean(expand(window.options.text("automatic-rename-format"), context))
        if name and name != window.name:
            rename_window(self._effects, window, name)
            self._settle()
