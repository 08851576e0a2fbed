"""What happened: records that the server hands to hooks, the sidebar and the log.

Each is called as tmux calls the notification and the hook of it (`hook`). A record holds identities
and plain values only, so that it means the same after the thing has gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from aimux.ids import ClientId, PaneId, SessionId, WindowId


@dataclass(frozen=True, slots=True)
class Event:
    """What every record is.

    Attributes:
        hook: The option that holds the commands to run; empty where tmux has none.
    """

    hook: ClassVar[str] = ""


# ---- of what: five kinds ----


@dataclass(frozen=True, slots=True)
class SessionEvent(Event):
    """Something of a session; `name` is its name after it."""

    session: SessionId
    name: str


@dataclass(frozen=True, slots=True)
class WindowEvent(Event):
    """Something of a window; `name` is its name after it."""

    window: WindowId
    name: str


@dataclass(frozen=True, slots=True)
class LinkEvent(Event):
    """Something of a window in one of its sessions."""

    session: SessionId
    session_name: str
    window: WindowId
    window_name: str


@dataclass(frozen=True, slots=True)
class PaneEvent(Event):
    """Something of a pane."""

    pane: PaneId


@dataclass(frozen=True, slots=True)
class ClientEvent(Event):
    """Something of a client; `name` is its terminal's."""

    client: ClientId
    name: str


# ---- sessions ----


@dataclass(frozen=True, slots=True)
class SessionCreated(SessionEvent):
    """A session was made."""

    hook = "session-created"


@dataclass(frozen=True, slots=True)
class SessionClosed(SessionEvent):
    """A session ended."""

    hook = "session-closed"


@dataclass(frozen=True, slots=True)
class SessionRenamed(SessionEvent):
    """A session got another name."""

    hook = "session-renamed"


@dataclass(frozen=True, slots=True)
class SessionWindowChanged(SessionEvent):
    """Another window of a session is current; `window` is the new one."""

    hook = "session-window-changed"
    window: WindowId


# ---- windows ----


@dataclass(frozen=True, slots=True)
class WindowLinked(LinkEvent):
    """A window came into a session."""

    hook = "window-linked"


@dataclass(frozen=True, slots=True)
class WindowUnlinked(LinkEvent):
    """A window left a session; it may have ended."""

    hook = "window-unlinked"


@dataclass(frozen=True, slots=True)
class WindowRenamed(WindowEvent):
    """A window got another name."""

    hook = "window-renamed"


@dataclass(frozen=True, slots=True)
class WindowPaneChanged(WindowEvent):
    """Another pane of a window is active; `pane` is the new one."""

    hook = "window-pane-changed"
    pane: PaneId


@dataclass(frozen=True, slots=True)
class WindowLayoutChanged(WindowEvent):
    """A window's panes have other places or sizes."""

    hook = "window-layout-changed"


@dataclass(frozen=True, slots=True)
class WindowResized(WindowEvent):
    """A window has another size."""

    hook = "window-resized"


@dataclass(frozen=True, slots=True)
class AlertBell(LinkEvent):
    """A bell rang, and `bell-action` wants to hear of it there."""

    hook = "alert-bell"


@dataclass(frozen=True, slots=True)
class AlertActivity(LinkEvent):
    """Something was printed, and `activity-action` wants to hear of it there."""

    hook = "alert-activity"


@dataclass(frozen=True, slots=True)
class AlertSilence(LinkEvent):
    """Nothing was printed for `monitor-silence`, and `silence-action` wants to hear of it."""

    hook = "alert-silence"


# ---- panes ----


@dataclass(frozen=True, slots=True)
class PaneExited(PaneEvent):
    """A pane's program ended, and the pane with it; the status or the signal is known."""

    hook = "pane-exited"
    status: int | None
    signal: int | None


@dataclass(frozen=True, slots=True)
class PaneDied(PaneEvent):
    """The same of a pane that remains (`remain-on-exit`)."""

    hook = "pane-died"
    status: int | None
    signal: int | None


@dataclass(frozen=True, slots=True)
class CommandFinished(PaneEvent):
    """A command that a pane's shell ran has ended, and its output has been read.

    Attributes:
        exit_status: 0-255, or None where the shell did not say.
        result: How it went: `ok warn fail info unknown`.
    """

    hook = "command-finished"
    exit_status: int | None
    result: str


@dataclass(frozen=True, slots=True)
class TestsFailed(PaneEvent):
    """A command that ran tests has ended, and some failed."""

    __test__: ClassVar[bool] = False  # pytest takes it for a class of tests

    hook = "tests-failed"
    failed: int


@dataclass(frozen=True, slots=True)
class AgentWaiting(PaneEvent):
    """A pane's agent has waited for a person for `agent-notify-after`."""

    hook = "agent-waiting"


@dataclass(frozen=True, slots=True)
class AgentDone(PaneEvent):
    """A pane's agent has finished a turn."""

    hook = "agent-done"


@dataclass(frozen=True, slots=True)
class AgentError(PaneEvent):
    """A turn of a pane's agent ended in an error."""

    hook = "agent-error"


@dataclass(frozen=True, slots=True)
class AgentLimited(PaneEvent):
    """A pane's agent has reached a limit."""

    hook = "agent-limited"


@dataclass(frozen=True, slots=True)
class PaneModeChanged(PaneEvent):
    """A pane entered or left a mode."""

    hook = "pane-mode-changed"


@dataclass(frozen=True, slots=True)
class PaneTitleChanged(PaneEvent):
    """A pane has another title."""

    hook = "pane-title-changed"


@dataclass(frozen=True, slots=True)
class PaneSetClipboard(PaneEvent):
    """A program set the clipboard."""

    hook = "pane-set-clipboard"


@dataclass(frozen=True, slots=True)
class PaneFocusIn(PaneEvent):
    """A pane is what a focused client's keys go to (`focus-events`)."""

    hook = "pane-focus-in"


@dataclass(frozen=True, slots=True)
class PaneFocusOut(PaneEvent):
    """A pane is no more what a focused client's keys go to."""

    hook = "pane-focus-out"


# ---- clients ----


@dataclass(frozen=True, slots=True)
class ClientAttached(ClientEvent):
    """A client shows a session, its first."""

    hook = "client-attached"


@dataclass(frozen=True, slots=True)
class ClientDetached(ClientEvent):
    """A client shows no session any more."""

    hook = "client-detached"


@dataclass(frozen=True, slots=True)
class ClientSessionChanged(ClientEvent):
    """A client shows another session, or its first."""

    hook = "client-session-changed"
    session: SessionId


@dataclass(frozen=True, slots=True)
class ClientResized(ClientEvent):
    """A client's terminal has another size."""

    hook = "client-resized"


@dataclass(frozen=True, slots=True)
class ClientActive(ClientEvent):
    """A client is the one that its session was used by last."""

    hook = "client-active"


@dataclass(frozen=True, slots=True)
class ClientFocusIn(ClientEvent):
    """A client's terminal got the focus."""

    hook = "client-focus-in"


@dataclass(frozen=True, slots=True)
class ClientFocusOut(ClientEvent):
    """A client's terminal lost the focus."""

    hook = "client-focus-out"
