"""Bells, activity and silence: which windows are marked, which clients are told (alerts.c)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from aimux.commands.effects import Effects
from aimux.events import AlertActivity, AlertBell, AlertSilence, LinkEvent
from aimux.ids import SessionId, WindowId
from aimux.model.client import Client
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.model.window import Window

# In the order they are looked at.
EVENTS: dict[str, type[LinkEvent]] = {
    "bell": AlertBell,
    "activity": AlertActivity,
    "silence": AlertSilence,
}
# What a window must be to its session for `ACTION` to want an alert.
ACTIONS: dict[str, Callable[[bool], bool]] = {
    "any": lambda _is_current: True,
    "current": lambda is_current: is_current,
    "other": lambda is_current: not is_current,
    "none": lambda _is_current: False,
}
RINGS = ("off", "both")  # values of visual-bell and the like that ring the terminal's bell
SHOWS = ("on", "both")


class Clients(Protocol):
    """The attached clients as alerts see them."""

    def ring(self, client: Client) -> None:
        """Ring a client's bell."""
        ...

    def show_message(self, client: Client, text: str) -> None:
        """Show a text in a client's status line."""
        ...


class Alerts:
    """The alerts of all windows.

    Args:
        monotonic: Seconds of a clock that only goes forward.
        later: Calls an action after some seconds.
        changed: Called when a window was marked.
    """

    def __init__(  # alerts touch windows, clients and time
        self,
        state: State,
        effects: Effects,
        clients: Clients,
        *,
        monotonic: Callable[[], float],
        later: Callable[[float, Callable[[], None]], None],
        changed: Callable[[], None],
    ) -> None:
        self._state = state
        self._effects = effects
        self._clients = clients
        self._monotonic = monotonic
        self._later = later
        self._changed = changed
        self._pending: dict[WindowId, set[str]] = {}
        self._heard: dict[WindowId, float] = {}
        self._options = (0, 0)
        self._known: set[WindowId] = set()

    # ---- what happens ----

    def bell(self, window: Window) -> None:
        """A bell rang; many of one moment are one."""
        if window.options.flag("monitor-bell"):
            self._queue(window, "bell")

    def mark(self, window: Window) -> None:
        """Flag the window as a bell does where nobody looks at it; nothing rings, no hook runs."""
        for session, link in self._state.links_of(window):
            if not (link is session.current and self._state.clients_of(session)):
                link.alerts.add("bell")
        self._changed()

    def printed(self, window: Window) -> None:
        """Something was printed."""
        if window.id in self._heard:
            self._heard[window.id] = self._monotonic()
        if window.options.flag("monitor-activity"):
            self._queue(window, "activity")

    def seen(self, window: Window) -> None:
        """A session shows the window now: its marks go, in other sessions, too.

        That counts as activity (session_set_current in tmux).
        """
        for _session, link in self._state.links_of(window):
            link.alerts.clear()
        window.activity = self._effects.now()
        self.printed(window)

    def settle(self) -> None:
        """Begin to listen for silence where `monitor-silence` has been set, and to new windows.

        That a window was made counts as activity (window_create in tmux).
        """
        self._begin_new_windows()
        if not self._options_changed():
            return
        for window in self._state.windows.values():
            seconds = window.options.number("monitor-silence")
            if seconds and window.id not in self._heard:
                self._heard[window.id] = self._monotonic()
                self._listen(window, seconds)

    def _begin_new_windows(self) -> None:
        windows = self._state.windows
        if self._known != windows.keys():
            for identity in windows.keys() - self._known:
                self.printed(windows[identity])
            self._known = set(windows)

    def _options_changed(self) -> bool:
        windows = self._state.windows.values()
        versions = sum(window.options.version for window in windows)
        versions += self._state.window_options.version
        before, self._options = self._options, (len(windows), versions)
        return before != self._options

    def _listen(self, window: Window, seconds: float) -> None:
        self._later(seconds, lambda: self._maybe_silent(window))

    def _maybe_silent(self, window: Window) -> None:
        seconds = window.options.number("monitor-silence")
        if not seconds or window.id not in self._state.windows:
            del self._heard[window.id]
            return
        now = self._monotonic()
        rest = self._heard[window.id] + seconds - now
        if rest <= 0:
            self._heard[window.id] = now
            self._queue(window, "silence")
        self._listen(window, rest if rest > 0 else seconds)

    def _queue(self, window: Window, alert: str) -> None:
        if not self._pending:
            self._later(0, self._check)
        self._pending.setdefault(window.id, set()).add(alert)

    # ---- what comes of it ----

    def _check(self) -> None:
        pending, self._pending = self._pending, {}
        for identity, alerts in pending.items():
            window = self._state.windows.get(identity)
            for alert in EVENTS if window is not None else ():
                if alert in alerts and window is not None:
                    self._raise(window, alert)
        self._changed()

    def _raise(self, window: Window, alert: str) -> None:
        told: set[SessionId] = set()
        for session, link in list(self._state.links_of(window)):
            if alert != "bell" and alert in link.alerts:
                continue
            is_current = link is session.current
            if not (is_current and self._state.clients_of(session)):
                link.alerts.add(alert)
            if not ACTIONS[session.options.text(f"{alert}-action")](is_current):
                continue
            self._effects.publish(EVENTS[alert](session.id, session.name, window.id, window.name))
            if session.id not in told:
                told.add(session.id)
                self._tell(session, link, alert)

    def _tell(self, session: Session, link: Link, alert: str) -> None:
        visual = session.options.text(f"visual-{alert}")
        place = "current window" if link is session.current else f"window {link.index}"
        for client in self._state.clients_of(session):
            if visual in RINGS:
                self._clients.ring(client)
            if visual in SHOWS:
                self._clients.show_message(client, f"{alert.capitalize()} in {place}")
