"""How control mode writes what happened (tmux(1), CONTROL MODE; control.c, control-notify.c).

Every function gives a line without its newline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aimux.commands.effects import Effects
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.targets import Target
from aimux.events import (
    ClientDetached,
    ClientSessionChanged,
    Event,
    PaneModeChanged,
    SessionClosed,
    SessionCreated,
    SessionRenamed,
    SessionWindowChanged,
    WindowLayoutChanged,
    WindowLinked,
    WindowPaneChanged,
    WindowRenamed,
    WindowUnlinked,
)
from aimux.ids import PaneId, WindowId, pane_name, session_name, window_name
from aimux.model.client import Client
from aimux.model.control import Continued, Entry, Output, Paused, Said, Scope, Subscription
from aimux.model.session import Link, Session
from aimux.model.state import State

LAYOUT = "#{window_id} #{window_layout} #{window_visible_layout} #{window_raw_flags}"
UNSAFE = re.compile(rb"[\x00-\x1f\\]")
MILLISECONDS = 1000
INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f\\\\\udc80-\udcff]")
C_ESCAPES = {
    "\a": r"\a",
    "\b": r"\b",
    "\t": r"\t",
    "\v": r"\v",
    "\f": r"\f",
    "\r": r"\r",
    "\\": r"\\",
}
OCTAL_DIGITS = "01234567"
BYTE = 0xFF


# ---- blocks ----


def guard(word: str, *, time: float, number: int, typed: bool) -> str:
    """`%begin`, `%end` or `%error` around a command's output.

    Args:
        word: Which of them, without `%`.
        time: When the command began, in wall-clock seconds.
        number: The command's number.
        typed: Whether it came from the client's standard input.
    """
    return f"%{word} {int(time)} {number} {int(typed)}"


def line_of(entry: Entry, *, now: float, extended: bool) -> str:
    """What is written of an entry.

    Args:
        entry: What waited for the client.
        now: Monotonic seconds, for the age of output.
        extended: Whether output says how long it waited (the flag `pause-after`).
    """
    match entry:
        case Said(text):
            return text
        case Paused(pane):
            return f"%pause {pane_name(pane)}"
        case Continued(pane):
            return f"%continue {pane_name(pane)}"
        case Output(pane, data, since):
            age = f"{int((now - since) * MILLISECONDS)} : " if extended else ""
            word = "extended-output" if extended else "output"
            return f"%{word} {pane_name(pane)} {age}{escaped(data)}"


def escaped(data: bytes | bytearray) -> str:
    """Bytes with control characters and backslashes in octal; what is no UTF-8 as surrogates."""
    plain = UNSAFE.sub(lambda found: b"\\%03o" % found[0][0], data)
    return plain.decode("utf-8", "surrogateescape")


def visible(text: str) -> str:
    """A buffer as it is shown here: control characters but newlines as in C (vis(3))."""
    return INVISIBLE.sub(_visible_character, text)


def _visible_character(found: re.Match[str]) -> str:
    character, following = found[0], found.string[found.end() : found.end() + 1]
    if character == "\0" and (not following or following not in OCTAL_DIGITS):
        return r"\0"
    # A byte that is no UTF-8 is a surrogate whose low byte it is.
    return C_ESCAPES.get(character) or f"\\{ord(character) & BYTE:03o}"


# ---- notifications ----


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom a notification is for, and what it may look at."""

    client: Client
    state: State
    effects: Effects

    def link(self, window: WindowId) -> tuple[Session, Link] | None:
        """Where the client's session holds a window."""
        session = self.client.session
        if session is None:
            return None
        links = (link for link in session.ordered() if link.window.id == window)
        link = next(links, None)
        return (session, link) if link is not None else None

    def window_word(self, word: str, window: WindowId) -> str | None:
        """`%window-WORD`, or `%unlinked-window-WORD` of a window of other sessions."""
        if self.client.session is None:
            return None
        kind = "window" if self.link(window) else "unlinked-window"
        return f"%{kind}-{word} {window_name(window)}"


def _layout(event: WindowLayoutChanged, listener: Listener) -> str | None:
    place = listener.link(event.window)
    if place is None:
        return None
    context = StateContext(
        listener.state, listener.effects, Target.of_link(*place), client=listener.client
    )
    return f"%layout-change {expand(LAYOUT, context)}"


def _renamed_window(event: WindowRenamed, listener: Listener) -> str | None:
    line = listener.window_word("renamed", event.window)
    window = listener.state.windows.get(event.window)
    return f"{line} {window.name if window is not None else event.name}" if line else None


def _active_pane(event: WindowPaneChanged, listener: Listener) -> str:
    window = listener.state.windows.get(event.window)
    pane = window.active.id if window is not None else event.pane
    return f"%window-pane-changed {window_name(event.window)} {pane_name(pane)}"


def _current_window(event: SessionWindowChanged, listener: Listener) -> str:
    session = listener.state.sessions.get(event.session)
    window = session.window.id if session is not None else event.window
    return f"%session-window-changed {session_name(event.session)} {window_name(window)}"


def _renamed_session(event: SessionRenamed, listener: Listener) -> str:
    session = listener.state.sessions.get(event.session)
    name = session.name if session is not None else event.name
    return f"%session-renamed {session_name(event.session)} {name}"


def _client_session(event: ClientSessionChanged, listener: Listener) -> str | None:
    session = listener.state.sessions.get(event.session)
    if listener.client.session is None or session is None:
        return None
    place = f"{session_name(session.id)} {session.name}"
    if event.client == listener.client.id:
        return f"%session-changed {place}"
    return f"%client-session-changed {event.name} {place}"


def _client_left(event: ClientDetached, listener: Listener) -> str | None:
    return None if event.client == listener.client.id else f"%client-detached {event.name}"


# What tmux notifies control clients of; other events are for hooks only. As in tmux they say what
# is so when they are told, not what was so when it happened.
NOTIFICATIONS: dict[type[Event], Callable[[Any, Listener], str | None]] = {
    ClientDetached: _client_left,
    ClientSessionChanged: _client_session,
    PaneModeChanged: lambda event, _: f"%pane-mode-changed {pane_name(event.pane)}",
    SessionClosed: lambda _event, _: "%sessions-changed",
    SessionCreated: lambda _event, _: "%sessions-changed",
    SessionRenamed: _renamed_session,
    SessionWindowChanged: _current_window,
    WindowLayoutChanged: _layout,
    WindowLinked: lambda event, listener: listener.window_word("add", event.window),
    WindowPaneChanged: _active_pane,
    WindowRenamed: _renamed_window,
    WindowUnlinked: lambda event, listener: listener.window_word("close", event.window),
}


def notification(event: Event, listener: Listener) -> str | None:
    """What a control client is told of an event; None for nothing."""
    write = NOTIFICATIONS.get(type(event))
    return write(event, listener) if write is not None else None


# ---- subscriptions ----


def changed_subscriptions(listener: Listener) -> Iterator[str]:
    """A line for every watched format that has another value than was told last; tells it."""
    client = listener.client
    if client.control is None or client.session is None:
        return
    for _name, subscription in sorted(client.control.subscriptions.items()):
        yield from _changed(subscription, client.session, listener)


def _changed(subscription: Subscription, session: Session, listener: Listener) -> Iterator[str]:
    before, subscription.values = subscription.values, {}
    for place, target in _places(subscription, session):
        context = StateContext(listener.state, listener.effects, target, client=listener.client)
        value = expand(subscription.template, context)
        subscription.values[place] = value
        if before.get(place) != value:
            yield f"%subscription-changed {subscription.name} {place} : {value}"


def _places(subscription: Subscription, session: Session) -> Iterator[tuple[str, Target]]:
    """What a subscription is for, in the client's session, as it is written and as a target."""
    here = session_name(session.id)
    if subscription.scope is Scope.SESSION:
        yield f"{here} - - -", Target.of_session(session)
        return
    for link in session.ordered():
        target = Target.of_link(session, link)
        window = f"{here} {window_name(link.window.id)} {link.index}"
        if _is_window(subscription, link.window.id):
            yield f"{window} -", target
        for pane in link.window.panes:
            if _is_pane(subscription, pane.id):
                yield f"{window} {pane_name(pane.id)}", target.with_pane(pane)


def _is_window(subscription: Subscription, window: WindowId) -> bool:
    if subscription.scope is Scope.WINDOW:
        return window == subscription.identity
    return subscription.scope is Scope.ALL_WINDOWS


def _is_pane(subscription: Subscription, pane: PaneId) -> bool:
    if subscription.scope is Scope.PANE:
        return pane == subscription.identity
    return subscription.scope is Scope.ALL_PANES
