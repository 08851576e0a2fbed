"""One name of a target at a time: a session's, a window's, a pane's; None where tmux finds none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TypeVar

from msgspec import Struct

from aimux.ids import PaneId, SessionId, WindowId
from aimux.model.neighbours import above, below, in_corner, left_of, right_of
from aimux.model.pane import Pane
from aimux.model.session import MAX_INDEX, Link, Session
from aimux.model.state import State
from aimux.model.window import Window

MAX_ID = 0xFFFFFFFF
Found = TypeVar("Found")
NUMBER = re.compile(r"\s*([+-]?[0-9]{1,20})")

WINDOW_WORDS = {
    "{start}": "^",
    "{last}": "!",
    "{end}": "$",
    "{next}": "+",
    "{previous}": "-",
}
PANE_WORDS = {
    "{last}": "!",
    "{next}": "+",
    "{previous}": "-",
    "{top}": "top",
    "{bottom}": "bottom",
    "{left}": "left",
    "{right}": "right",
    "{top-left}": "top-left",
    "{top-right}": "top-right",
    "{bottom-left}": "bottom-left",
    "{bottom-right}": "bottom-right",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a target names; empty where a command can do without one.

    Attributes:
        link: The window's place in the session.
        index: The index that was asked for, which may hold no window (then `link` and `window` are
            the current ones); None where the target names none, and the next free one is meant.
    """

    session: Session | None = None
    link: Link | None = None
    window: Window | None = None
    pane: Pane | None = None
    index: int | None = None

    @classmethod
    def of_session(cls, session: Session) -> Target:
        """A session, the window it shows and its active pane; no index."""
        link = session.current_link
        return cls(session, link, link.window, link.window.active)

    @classmethod
    def of_link(cls, session: Session, link: Link) -> Target:
        """A window of a session, and its active pane."""
        return cls(session, link, link.window, link.window.active, link.index)

    def with_pane(self, pane: Pane) -> Target:
        """The same window, another pane."""
        return replace(self, pane=pane)

    def without_index(self) -> Target:
        """The same, as a target that names no index."""
        return replace(self, index=None)

    def exists(self, state: State) -> bool:
        """Whether session, link and pane are all still there and belong together."""
        session, link, pane = self.session, self.link, self.pane
        if session is None or link is None or pane is None:
            return False
        linked = session.links.get(link.index) is link and link.window is self.window
        return linked and state.sessions.get(session.id) is session and pane in link.window.panes


class Search(Struct, frozen=True):
    """What a look-up depends on; see `aimux.commands.targets.find`."""

    state: State
    current: Target
    window_index: bool
    prefer_unattached: bool
    exact_session: bool
    exact_window: bool


def number(text: str, low: int, high: int) -> int | None:
    """The decimal number that is all of `text`; None if it is none or out of range."""
    match = NUMBER.fullmatch(text)
    if match is None or not low <= int(match[1]) <= high:
        return None
    return int(match[1])


def matches_pattern(name: str, pattern: str) -> bool:
    """Whether a shell pattern matches all of `name` (POSIX fnmatch without flags)."""
    pattern = re.sub(r"\\([*?[])", r"[\1]", pattern)
    pattern = re.sub(r"\\(.)", r"\1", pattern).replace("[^", "[!")
    return fnmatchcase(name, pattern)


def best_session(
    state: State, sessions: Iterable[Session], *, prefer_unattached: bool
) -> Session | None:
    """The session that was used last; the first by name of equal ones."""
    candidates = [session for session in sessions if session.current is not None]
    if prefer_unattached:
        free = [session for session in candidates if not state.clients_of(session)]
        candidates = free or candidates
    return max(candidates, key=lambda session: session.activity, default=None)


def best_session_with(state: State, window: Window, *, prefer_unattached: bool) -> Target | None:
    """The place of `window` in the best session that it is linked to."""
    holders = (one for one in state.sessions_by_name() if one.link_of(window) is not None)
    session = best_session(state, holders, prefer_unattached=prefer_unattached)
    link = None if session is None else session.link_of(window)
    return None if session is None or link is None else Target.of_link(session, link)


def session_called(search: Search, text: str) -> Session | None:
    """A session by id, name, client, beginning or pattern, in that order."""
    state = search.state
    if text.startswith("$"):
        identity = number(text[1:], 0, MAX_ID)
        return None if identity is None else state.sessions.get(SessionId(identity))
    found = state.session_named(text) or _session_of_client(state, text)
    if found is not None or search.exact_session:
        return found
    return _by_name(state.sessions_by_name(), text, lambda session: session.name)


def _session_of_client(state: State, text: str) -> Session | None:
    wanted = text.removesuffix(":")
    for client in state.attached():
        if wanted in (client.name, client.name.removeprefix("/dev/")):
            return client.session
    return None


def _by_name(candidates: list[Found], text: str, name: Callable[[Found], str]) -> Found | None:
    """The only one whose name begins so, else the only one that matches as a pattern."""
    found = [one for one in candidates if name(one).startswith(text)]
    if not found:
        found = [one for one in candidates if matches_pattern(name(one), text)]
    return found[0] if len(found) == 1 else None


def window_anywhere(search: Search, text: str, *, only: bool) -> Target | None:
    """A window by id, or by name in the current session, or (unless `only`) a session's current."""
    if text.startswith("@"):
        window = _window_by_id(search.state, text)
        if window is None:
            return None
        preference = search.prefer_unattached
        return best_session_with(search.state, window, prefer_unattached=preference)
    here = search.current.session
    found = None if here is None else window_in_session(search, here, text)
    if found is not None or only:
        return found
    session = session_called(search, text)
    if session is None:
        return None
    found = Target.of_link(session, session.current_link)
    return found.without_index() if search.window_index else found


def _window_by_id(state: State, text: str) -> Window | None:
    identity = number(text[1:], 0, MAX_ID)
    return None if identity is None else state.windows.get(WindowId(identity))


def window_in_session(search: Search, session: Session, text: str) -> Target | None:
    """A window of `session` by id, offset, symbol, index, name, beginning or pattern."""
    if text.startswith("@"):
        window = _window_by_id(search.state, text)
        return _place(session, None if window is None else session.link_of(window))
    if not search.exact_window:
        if text[0] in "+-":
            return _window_at_offset(search, session, text)
        if text in WINDOW_SYMBOLS:
            return _place(session, WINDOW_SYMBOLS[text](session))
    return _window_at_index(search, session, text) or _window_called(search, session, text)


def _place(session: Session, link: Link | None) -> Target | None:
    return None if link is None else Target.of_link(session, link)


def _offset(text: str) -> int:
    """How far `+N` or `-N` goes; tmux takes what is no number for 0."""
    return 1 if len(text) == 1 else number(text[1:], 1, MAX_INDEX) or 0


def _window_at_offset(search: Search, session: Session, text: str) -> Target | None:
    sign = 1 if text[0] == "+" else -1
    link, offset = session.current_link, _offset(text)
    if search.window_index:
        index = link.index + sign * offset
        return replace(Target.of_session(session), index=index) if 0 <= index <= MAX_INDEX else None
    ordered = session.ordered()
    return _place(session, ordered[(ordered.index(link) + sign * offset) % len(ordered)])


def _window_at_index(search: Search, session: Session, text: str) -> Target | None:
    index = None if text[0] in "+-" else number(text, 0, MAX_INDEX)
    if index is None:
        return None
    if index not in session.links and search.window_index:
        return replace(Target.of_session(session), index=index)
    return _place(session, session.links.get(index))


def _window_called(search: Search, session: Session, text: str) -> Target | None:
    links = session.ordered()
    exact = [link for link in links if link.window.name == text]
    if exact:
        return _place(session, exact[0] if len(exact) == 1 else None)
    if search.exact_window:
        return None
    return _place(session, _by_name(links, text, lambda link: link.window.name))


def pane_anywhere(search: Search, text: str, *, only: bool) -> Target | None:
    """A pane by id, or in the current window, or (unless `only`) the active one of a window."""
    if text.startswith("%"):
        pane, window = _pane_by_id(search.state, text)
        if pane is None or window is None:
            return None
        preference = search.prefer_unattached
        place = best_session_with(search.state, window, prefer_unattached=preference)
        return None if place is None else place.with_pane(pane)
    found = pane_in_window(search, search.current, text)
    return found if found is not None or only else window_anywhere(search, text, only=False)


def _pane_by_id(state: State, text: str) -> tuple[Pane | None, Window | None]:
    identity = number(text[1:], 0, MAX_ID)
    pane = None if identity is None else state.panes.get(PaneId(identity))
    return pane, None if pane is None else state.window_of(pane)


def pane_in_session(search: Search, session: Session, text: str) -> Target | None:
    """A pane of `session` by id, or one of its current window."""
    if text.startswith("%"):
        pane, window = _pane_by_id(search.state, text)
        place = None if window is None else _place(session, session.link_of(window))
        return None if place is None or pane is None else place.with_pane(pane)
    return pane_in_window(search, Target.of_link(session, session.current_link), text)


def pane_in_window(search: Search, place: Target, text: str) -> Target | None:
    """A pane of the window at `place` by id, symbol, offset, index or corner."""
    window = place.window
    if window is None:
        return None
    pane = _pane(search, window, text)
    return None if pane is None else place.with_pane(pane)


def _pane(search: Search, window: Window, text: str) -> Pane | None:
    if text.startswith("%"):
        pane, holder = _pane_by_id(search.state, text)
        return pane if holder is window else None
    if text == "!":
        return window.last_panes[-1] if window.last_panes else None
    here = search.current.pane
    if text in NEIGHBOURS:
        home = search.current.window
        return None if here is None or home is None else NEIGHBOURS[text](home, here)
    if text[0] in "+-" and here is not None:
        return _pane_at_offset(search, window, here, text)
    return _pane_at_index(window, text) or in_corner(window, text)


def _pane_at_offset(search: Search, window: Window, pane: Pane, text: str) -> Pane | None:
    """Steps from the current pane, even when it is in another window: there it only leaves."""
    home = search.current.window
    step, offset = (1 if text[0] == "+" else -1), _offset(text)
    if home is None or not offset:
        return pane
    if home is window:
        return window.panes[(window.panes.index(pane) + step * offset) % len(window.panes)]
    beyond = home.panes.index(pane) + step * offset
    if 0 <= beyond < len(home.panes):
        return home.panes[beyond]
    if step > 0:
        return window.panes[(beyond - len(home.panes)) % len(window.panes)]
    return window.panes[beyond % len(window.panes)]


def _pane_at_index(window: Window, text: str) -> Pane | None:
    index = number(text, 0, MAX_INDEX)
    if index is None:
        return None
    place = index - window.options.number("pane-base-index")
    return window.panes[place] if 0 <= place < len(window.panes) else None


WINDOW_SYMBOLS: dict[str, Callable[[Session], Link | None]] = {
    "!": lambda session: session.last[-1] if session.last else None,
    "^": lambda session: session.ordered()[0],
    "$": lambda session: session.ordered()[-1],
}

NEIGHBOURS: dict[str, Callable[[Window, Pane], Pane | None]] = {
    "{up-of}": above,
    "{down-of}": below,
    "{left-of}": left_of,
    "{right-of}": right_of,
}
