"""The order of what list commands list: `-O` and `-r`, as tmux 3.7 has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from aimux.commands.command import Call
from aimux.commands.targets import Target
from aimux.errors import CommandError
from aimux.model.buffers import Buffer
from aimux.model.client import Client
from aimux.model.key_order import key_order
from aimux.model.key_tables import Binding
from aimux.model.session import Session

Thing = TypeVar("Thing")
Key = tuple[float | str, ...]
Orders = Mapping[str, Callable[[Thing], Key]]

NAMES = ("activity", "creation", "index", "key", "modifier", "name", "order", "size", "title", "z")
SYNONYMS = {"key": "index", "title": "name"}


def in_order(call: Call, things: Iterable[Thing], orders: Orders[Thing]) -> list[Thing]:
    """The things in the order that `-O` names, turned around by `-r`.

    Without `-O`, and by an order that these things do not have, they stay as they are.

    Raises:
        CommandError: There is no order of that name.
    """
    listed = list(things)
    wanted = call.arguments.get("O")
    if wanted is not None:
        if wanted.lower() not in NAMES:
            raise CommandError("invalid sort order")
        key = orders.get(SYNONYMS.get(wanted.lower(), wanted.lower()))
        if key is not None:
            listed.sort(key=key)
    return listed[::-1] if call.arguments.has("r") else listed


SESSION_ORDERS: Orders[Session] = {
    "activity": lambda session: (-session.activity, session.name),
    "creation": lambda session: (session.created, session.name),
    "index": lambda session: (session.id, session.name),
    "name": lambda session: (session.name,),
}
CLIENT_ORDERS: Orders[Client] = {
    "activity": lambda client: (-client.activity, client.name),
    "creation": lambda client: (client.created, client.name),
    "name": lambda client: (client.name,),
    "size": lambda client: (client.columns, client.rows, client.name),
}
BUFFER_ORDERS: Orders[Buffer] = {
    "creation": lambda buffer: (-buffer.order, buffer.name),
    "name": lambda buffer: (buffer.name,),
    "size": lambda buffer: (len(buffer.data), buffer.name),
}
KEY_ORDERS: Orders[tuple[str, Binding]] = {
    "index": lambda row: (*_code(row[1].key)[::-1], row[0]),
    "modifier": lambda row: (_code(row[1].key)[0], row[0]),
    "name": lambda row: (row[0],),
}


def _code(key: str) -> tuple[int, int]:
    """Modifiers and code of a key."""
    modifiers, code, _ = key_order(key)
    return modifiers, code


def _of_window(key: Callable[[Target], Key]) -> Callable[[Target], Key]:
    """A window's order; those that are alike come by name."""

    def with_name(target: Target) -> Key:
        return (*key(target), target.window.name if target.window else "")

    return with_name


def _size(target: Target) -> Key:
    window = target.window
    return (window.columns * window.rows if window else 0,)


WINDOW_ORDERS: Orders[Target] = {
    "activity": _of_window(lambda target: (-target.window.activity if target.window else 0,)),
    "creation": _of_window(lambda target: (target.window.created if target.window else 0,)),
    "index": _of_window(lambda target: (target.link.index if target.link else 0,)),
    "name": _of_window(lambda _: ()),
    "size": _of_window(_size),
}


def _of_pane(key: Callable[[Target], float]) -> Callable[[Target], Key]:
    """A pane's order; those that are alike come by title."""

    def with_title(target: Target) -> Key:
        return (key(target), target.pane.title if target.pane else "")

    return with_title


def _depth(target: Target) -> int:
    window, pane = target.window, target.pane
    return window.floats.depth(pane.id) if window and pane else 0


def _place(target: Target) -> int:
    window, pane = target.window, target.pane
    return window.index_of(pane) if window and pane else 0


PANE_ORDERS: Orders[Target] = {
    "activity": _of_pane(lambda target: target.pane.active_point if target.pane else 0),
    "creation": _of_pane(lambda target: target.pane.id if target.pane else 0),
    "index": _of_pane(_place),
    "name": _of_pane(lambda _: 0),
    "size": _of_pane(lambda target: target.pane.columns * target.pane.rows if target.pane else 0),
    "z": _of_pane(_depth),
}
