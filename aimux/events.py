"""What happened: records that the server hands to hooks, the sidebar and the log.

A record holds identities and plain values only, so that it means the same after the thing has gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from aimux.ids import ClientId, PaneId, SessionId, WindowId


@dataclass(frozen=True, slots=True)
class Event:
    """What every record is."""


@dataclass(frozen=True, slots=True)
class SessionCreated(Event):
    """A session was made."""

    session: SessionId


@dataclass(frozen=True, slots=True)
class SessionClosed(Event):
    """A session ended."""

    session: SessionId
    name: str


@dataclass(frozen=True, slots=True)
class SessionRenamed(Event):
    """A session got another name."""

    session: SessionId
    old_name: str
    name: str


@dataclass(frozen=True, slots=True)
class WindowRenamed(Event):
    """A window got another name."""

    window: WindowId
    name: str


@dataclass(frozen=True, slots=True)
class WindowClosed(Event):
    """A window ended."""

    window: WindowId


@dataclass(frozen=True, slots=True)
class PaneExited(Event):
    """A pane's program ended; the status or the signal is known."""

    pane: PaneId
    status: int | None
    signal: int | None


@dataclass(frozen=True, slots=True)
class ClientAttached(Event):
    """A client shows a session."""

    client: ClientId
    session: SessionId


@dataclass(frozen=True, slots=True)
class ClientDetached(Event):
    """A client shows no session any more."""

    client: ClientId
    name: str
