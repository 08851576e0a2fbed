"""What choose-tree lists: the sessions with their windows and panes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from aimux.commands.choose_list import Item, Order
from aimux.commands.choose_previews import Strip, pane_index, pane_preview
from aimux.commands.format_context import format_kind
from aimux.commands.groups import members
from aimux.commands.mode_formats import TREE_FORMAT
from aimux.commands.targets import Target
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.state import State

SORTS = ("index", "name", "time")


class Depth(Enum):
    """How far a tree is opened at first: `choose-tree -s`, `-w`, or neither."""

    SESSIONS = "sessions"
    WINDOWS = "windows"
    PANES = "panes"


Expand = Callable[[str, Target, dict[str, str]], str]
"""A format's value for a target, with extra variables."""


def no_command(_pane: Pane) -> str:
    """Of no pane is known what runs in it."""
    return ""


@dataclass(slots=True)
class Tree:
    """The sessions with their windows and panes.

    Attributes:
        expand: Expands the format of a line.
        depth: What is open when it comes into the list.
        template: The format of a line.
        shortcut: Gives a line's key by its number; None for 0 to 9 and M-a to M-z.
        filtered: Whether a filter lets a pane through; a window or session without any is not
            listed.
        command_of: What runs in a pane, for searches.
        here: What the chooser was opened for: of its group of sessions, only its own is listed.
        squash: Whether only one session of each group is listed.
        strip: Draws sessions and windows.
    """

    state: State
    expand: Expand
    depth: Depth = Depth.PANES
    template: str = TREE_FORMAT
    shortcut: Callable[[Target], Callable[[int], str] | None] = lambda _target: None
    filtered: Callable[[str, Target], bool] = lambda _wanted, _target: True
    command_of: Callable[[Pane], str] = no_command
    here: Session | None = None
    squash: bool = True
    strip: Strip = field(default_factory=Strip)

    def items(self, order: Order, wanted: str | None) -> list[Item]:
        """The sessions by `index`, `name` or `time`, with the panes that a filter lets through."""
        listed = sorted(self._sessions(), key=SESSION_ORDERS[order.field], reverse=order.reverse)
        items = (self._session(session, order, wanted) for session in listed)
        return [item for item in items if item.children]

    def _sessions(self) -> Iterator[Session]:
        for session in self.state.sessions_by_name():
            group = members(self.state, session.group) if self.squash else []
            if not group or session is (self.here if self.here in group else group[0]):
                yield session

    def selected(self, target: Target) -> Hashable:
        """The key of the item that stands for a target."""
        session, link, pane = target.session, target.link, target.pane
        if session is None or link is None or pane is None:
            return None
        if self.depth is Depth.SESSIONS:
            return session_key(session)
        if self.depth is Depth.WINDOWS or len(link.window.panes) == 1:
            return link_key(session, link)
        return pane_key(session, link, pane)

    def _text(self, kind: str, target: Target) -> str:
        return self.expand(self.template, target, format_kind(kind))

    def _session(self, session: Session, order: Order, wanted: str | None) -> Item:
        key = LINK_ORDERS[order.field]
        links = sorted(session.ordered(), key=key, reverse=order.reverse)
        windows = (self._window(session, link, order, wanted) for link in links)
        target = Target.of_session(session)
        return Item(
            session_key(session),
            session.name,
            self._text("session", target),
            f"={session.name}:",
            tuple(item for item in windows if item is not None),
            expanded=self.depth is not Depth.SESSIONS,
            preview=self.strip.of_session(session),
            shortcut=self.shortcut(target),
        )

    def _window(
        self, session: Session, link: Link, order: Order, wanted: str | None
    ) -> Item | None:
        window = link.window
        panes = [pane for pane in window.panes if self._passes(session, link, pane, wanted)]
        if not panes:
            return None
        panes.sort(key=PANE_ORDERS[order.field], reverse=order.reverse)
        alone = len(window.panes) == 1
        target = Target.of_link(session, link)
        return Item(
            link_key(session, link),
            str(link.index),
            self._text("window", target),
            f"={session.name}:{link.index}.",
            () if alone else tuple(self._pane(session, link, pane) for pane in panes),
            expanded=self.depth is Depth.PANES,
            preview=self.strip.of_window(session, link),
            searched=lambda text: text in window.name,
            shortcut=self.shortcut(target),
        )

    def _passes(self, session: Session, link: Link, pane: Pane, wanted: str | None) -> bool:
        if wanted is None:
            return True
        return self.filtered(wanted, Target(session, link, link.window, pane))

    def _pane(self, session: Session, link: Link, pane: Pane) -> Item:
        window = link.window
        target = Target(session, link, window, pane)
        return Item(
            pane_key(session, link, pane),
            str(pane_index(window, pane)),
            self._text("pane", target),
            f"={session.name}:{link.index}.%{pane.id}",
            preview=pane_preview(pane),
            searched=lambda text: text in self.command_of(pane),
            shortcut=self.shortcut(target),
        )

    def target(self, item: Item) -> Target | None:
        """What an item stands for; None if that has gone."""
        for session in self.state.sessions.values():
            if session_key(session) == item.key:
                return Target.of_session(session)
            for link in session.ordered():
                found = _within(session, link, item.key)
                if found is not None:
                    return found
        return None


def _within(session: Session, link: Link, key: Hashable) -> Target | None:
    """The link's window or one of its panes, whichever has that key."""
    window = link.window
    if link_key(session, link) == key:
        return Target.of_link(session, link)
    panes = (pane for pane in window.panes if pane_key(session, link, pane) == key)
    pane = next(panes, None)
    return None if pane is None else Target(session, link, window, pane)


def session_key(session: Session) -> Hashable:
    """The key of a session's item."""
    return ("session", session.id)


def link_key(session: Session, link: Link) -> Hashable:
    """The key of the item of a window at an index."""
    return ("window", session.id, link.index, link.window.id)


def pane_key(session: Session, link: Link, pane: Pane) -> Hashable:
    """The key of a pane's item."""
    return ("pane", session.id, link.index, pane.id)


SESSION_ORDERS: dict[str, Callable[[Session], tuple[float | str, ...]]] = {
    "index": lambda session: (session.id,),
    "name": lambda session: (session.name,),
    "time": lambda session: (-session.activity, session.name),
}
LINK_ORDERS: dict[str, Callable[[Link], tuple[float | str, ...]]] = {
    "index": lambda link: (link.index,),
    "name": lambda link: (link.window.name,),
    "time": lambda link: (-link.window.activity, link.window.name),
}
PANE_ORDERS: dict[str, Callable[[Pane], int]] = {
    "index": lambda pane: pane.id,
    "name": lambda pane: pane.id,
    "time": lambda pane: pane.active_point,
}
