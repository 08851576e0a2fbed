"""Targets: what `-t` and `-s` name, as tmux(1), COMMANDS, describes it.

The rules, their order and the errors are tmux 3.3a's. `aimux.commands.target_lookup` looks single
names up; this module takes a target apart and says what it may leave out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from msgspec import Struct

from aimux.commands.target_lookup import (
    PANE_WORDS,
    WINDOW_WORDS,
    Search,
    Target,
    best_session,
    best_session_with,
    pane_anywhere,
    pane_in_session,
    pane_in_window,
    session_called,
    window_anywhere,
    window_in_session,
)
from aimux.errors import CommandError
from aimux.keys.mouse import MouseEvent, encode_mouse
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.state import State

__all__ = ["Current", "Kind", "MousePlace", "Target", "find", "find_client"]


class Kind(Enum):
    """What a command takes; decides what a name without separators is first looked up as."""

    SESSION = auto()
    WINDOW = auto()
    PANE = auto()


@dataclass(frozen=True, slots=True)
class MousePlace:
    """Where a mouse event happened.

    Attributes:
        column: Counted from 0 in the pane, or in the terminal where there is no pane.
        row: As `column`.
        session: The session of the client that it happened on.
        link: The window under the mouse, also its name in the status line; None for the one shown.
        pane: The pane under the mouse; None over the status line.
        report: What the pane's program is to be told, counted from the pane's own first cell; None
            if it is the event itself, at this place.
    """

    column: int
    row: int
    session: Session | None = None
    link: Link | None = None
    pane: Pane | None = None
    report: MouseEvent | None = None

    def encoded(self, event: MouseEvent) -> bytes:
        """What the program in the pane gets for an event here, if it asked for such."""
        pane = self.pane
        if pane is None:
            return b""
        told = self.report or replace(event, column=self.column, row=self.row)
        if told.column >= pane.columns or told.row >= pane.rows:
            return b""
        return encode_mouse(told, pane.input_modes, column=told.column, row=told.row)


class Current(Struct, frozen=True):
    """What a target may leave out.

    Attributes:
        client: The client that the command came from.
        pane: The pane that the command was typed in; it counts for a client that is not attached.
        mouse: The mouse event that the command is run for.
        target: What the commands before in the same queue made current; wins while it exists.
        marked: The marked pane, if there is one, is meant before all of these.
    """

    client: Client | None = None
    pane: Pane | None = None
    mouse: MousePlace | None = None
    target: Target | None = None
    marked: bool = False


class _Parts(Struct, frozen=True):
    """A target taken apart; `alone` names had no separator before or behind them."""

    session: str
    window: str
    pane: str
    window_alone: bool
    pane_alone: bool


def find(
    state: State,
    text: str | None,
    kind: Kind,
    current: Current,
    *,
    window_index: bool = False,
    prefer_unattached: bool = False,
) -> Target:
    """What `text` names.

    Args:
        state: Where it is looked for.
        text: The target; None or empty for the current one.
        kind: What the command takes.
        current: What may be left out.
        window_index: An index that holds no window is a target, too: see `Target.index`.
        prefer_unattached: Sessions that no client shows win over others.

    Raises:
        CommandError: There is nothing of that name, in tmux's words.
    """
    marked = _marked(state)
    if current.marked and marked is not None:
        here: Target | None = marked
    else:
        here = _current(state, current, prefer_unattached=prefer_unattached)
    if here is None:
        raise CommandError("no current target")
    if not text:
        return here.without_index() if window_index else here
    if text in ("=", "{mouse}"):
        return _mouse(current.mouse, kind)
    if text in ("~", "{marked}"):
        if marked is None:
            raise CommandError("no marked target")
        return marked
    parts = _take_apart(text, kind)
    search = Search(
        state,
        here,
        window_index=window_index,
        prefer_unattached=prefer_unattached,
        exact_session=parts.session.startswith("="),
        exact_window=parts.window.startswith("="),
    )
    return _resolve(search, _plain(parts))


def _take_apart(text: str, kind: Kind) -> _Parts:
    session, colon, rest = text.partition(":")
    if not colon:
        session, rest = "", text
    window, period, pane = rest.partition(".")
    if colon or period:
        return _Parts(session, window, pane, not colon, not period)
    by_sigil = {"$": Kind.SESSION, "@": Kind.WINDOW, "%": Kind.PANE}
    kind = by_sigil.get(text[0], kind)
    return _Parts(
        text if kind is Kind.SESSION else "",
        text if kind is Kind.WINDOW else "",
        text if kind is Kind.PANE else "",
        window_alone=True,
        pane_alone=True,
    )


def _plain(parts: _Parts) -> _Parts:
    """Names without `=`, and words such as `{last}` as the symbols that they stand for."""
    window = parts.window.removeprefix("=")
    return _Parts(
        parts.session.removeprefix("="),
        WINDOW_WORDS.get(window, window),
        PANE_WORDS.get(parts.pane, parts.pane),
        parts.window_alone,
        parts.pane_alone,
    )


def _resolve(search: Search, parts: _Parts) -> Target:
    if parts.pane and search.window_index:
        raise CommandError("can't specify pane here")
    if parts.session:
        return _in_session(search, parts)
    if parts.window:
        place = window_anywhere(search, parts.window, only=not parts.window_alone)
        return _in_window(search, place, parts)
    if parts.pane:
        found = pane_anywhere(search, parts.pane, only=not parts.pane_alone)
        return _required(found, "pane", parts.pane)
    return search.current.without_index() if search.window_index else search.current


def _in_session(search: Search, parts: _Parts) -> Target:
    session = session_called(search, parts.session)
    if session is None:
        raise CommandError(f"can't find session: {parts.session}")
    if parts.window:
        return _in_window(search, window_in_session(search, session, parts.window), parts)
    if parts.pane:
        return _required(pane_in_session(search, session, parts.pane), "pane", parts.pane)
    return Target.of_session(session)


def _in_window(search: Search, place: Target | None, parts: _Parts) -> Target:
    place = _required(place, "window", parts.window)
    if not parts.pane:
        return place
    return _required(pane_in_window(search, place, parts.pane), "pane", parts.pane)


def _required(found: Target | None, what: str, text: str) -> Target:
    if found is None:
        raise CommandError(f"can't find {what}: {text}")
    return found


def _mouse(mouse: MousePlace | None, kind: Kind) -> Target:
    if mouse is None or mouse.session is None:
        raise CommandError("no mouse target")
    session = mouse.session
    link = mouse.link or session.current_link
    if kind is Kind.PANE and mouse.pane is not None and mouse.pane in link.window.panes:
        return Target(session, link, link.window, mouse.pane)
    return Target(session, link, link.window, link.window.active)


def _marked(state: State) -> Target | None:
    mark = state.valid_mark
    if mark is None:
        return None
    return Target.of_link(mark.session, mark.link).with_pane(mark.pane).without_index()


def _current(state: State, current: Current, *, prefer_unattached: bool) -> Target | None:
    if current.target is not None and current.target.exists(state):
        return current.target
    client = current.client
    if client is not None and client.session is not None:
        place = Target.of_session(client.session)
        return place.with_pane(client.pane) if client.pane is not None else place
    session = _session_around(state, current.pane, prefer_unattached=prefer_unattached)
    if session is not None:
        return Target.of_session(session)
    session = best_session(state, state.sessions_by_name(), prefer_unattached=prefer_unattached)
    return None if session is None else Target.of_link(session, session.current_link)


def _session_around(state: State, pane: Pane | None, *, prefer_unattached: bool) -> Session | None:
    window = None if pane is None else state.window_of(pane)
    if window is None:
        return None
    place = best_session_with(state, window, prefer_unattached=prefer_unattached)
    return None if place is None else place.session


def find_client(state: State, text: str | None, current: Current) -> Client:
    """The attached client of that name or terminal; without one, the current client.

    Raises:
        CommandError: There is none, in tmux's words.
    """
    if text is None:
        return _current_client(state, current)
    wanted = text.removesuffix(":")
    for client in state.attached():
        if wanted in (client.name, client.name.removeprefix("/dev/")):
            return client
    raise CommandError(f"can't find client: {wanted}")


def _current_client(state: State, current: Current) -> Client:
    client = current.client
    if client is not None and client.session is not None:
        return client
    session = _session_around(state, current.pane, prefer_unattached=False)
    if session is None:
        session = best_session(state, state.sessions_by_name(), prefer_unattached=False)
    if session is None or not state.attached():
        raise CommandError("no current client")
    clients = state.clients_of(session) or state.attached()
    return max(clients, key=lambda client: client.activity)
