"""What a format variable is: a reader of a scope. `format_variables` has the table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from aimux.commands.effects import Effects
from aimux.commands.targets import MousePlace, Target
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.model.window import Window


class Scope(Struct, frozen=True):
    """What a variable may look at."""

    state: State
    effects: Effects
    target: Target
    client: Client | None
    mouse: MousePlace | None


Reader = Callable[[Scope], str | None]


def flag(value: object) -> str:
    """`1` or `0`, as tmux writes what is true or false."""
    return "1" if value else "0"


def seconds(time: float) -> int:
    """A time as formats carry it."""
    return int(time)


def joined(names: Iterable[str]) -> str:
    """Names in a list."""
    return ",".join(names)


def of_pane(read: Callable[[Pane, Scope], object]) -> Reader:
    """A variable of the scope's pane; nothing without one."""
    return lambda scope: str(read(scope.target.pane, scope)) if scope.target.pane else None


def of_window(read: Callable[[Window, Scope], object]) -> Reader:
    """A variable of the scope's window."""
    return lambda scope: str(read(scope.target.window, scope)) if scope.target.window else None


def of_link(read: Callable[[Link, Session, Scope], object]) -> Reader:
    """A variable of a window's place in the scope's session."""

    def reader(scope: Scope) -> str | None:
        link, session = scope.target.link, scope.target.session
        return str(read(link, session, scope)) if link and session else None

    return reader


def of_session(read: Callable[[Session, Scope], object]) -> Reader:
    """A variable of the scope's session."""
    return lambda scope: str(read(scope.target.session, scope)) if scope.target.session else None


def of_client(read: Callable[[Client, Scope], object]) -> Reader:
    """A variable of the scope's client."""
    return lambda scope: str(read(scope.client, scope)) if scope.client else None


def of_server(read: Callable[[Scope], object]) -> Reader:
    """A variable of the server."""
    return lambda scope: str(read(scope))
