"""What happened: records that the server hands to hooks, the sidebar and the log.

Each is called as tmux calls the notification and the hook of it (`hook`). A record holds identities
and plain values only, so that it means the same after the thing has gone. They are structs because
three dozen data classes would cost every start of a server 15 ms.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from aimux.ids import ClientId, PaneId, SessionId, WindowId


class Event(Struct, frozen=True):
    """What every record is.

    Attributes:
        hook: The option that holds the commands to run; empty where tmux has none.
    """

    hook: ClassVar[str] = ""


# ---- of what: five kinds ----


class SessionEvent(Event, frozen=True):
    """Something of a session; `name` is its name after it."""

    session: SessionId
    name: str


class WindowEvent(Event, frozen=True):
    """Something of a window; `name` is its name after it."""

    window: WindowId
    name: str


class LinkEvent(Event, frozen=True):
    """Something of a window in one of its sessions."""

    session: SessionId
    session_name: str
    window: WindowId
    window_name: str


class PaneEvent(Event, frozen=True):
    """Something of a pane."""

    pane: PaneId


class ClientEvent(Event, frozen=True):
    """Something of a client; `name` is its terminal's."""

    client: ClientId
    name: str


# ---- sessions ----


class SessionCreated(SessionEvent, frozen=True):
    """A session was made."""

    hook = "session-created"


class SessionClosed(SessionEvent, frozen=True):
    """A session ended."""

    hook = "session-closed"


class SessionRenamed(SessionEvent, frozen=True):
    """A session got another name."""

    hook = "session-renamed"


class SessionWindowChanged(SessionEvent, frozen=True):
    """Another window of a session is current; `window` is the new one."""

    hook = "session-window-changed"
    window: WindowId


# ---- windows ----


class WindowLinked(LinkEvent, frozen=True):
    """A window came into a session."""

    hook = "window-linked"


class WindowUnlinked(LinkEvent, frozen=True):
    """A window left a session; it may have ended."""

    hook = "window-unlinked"


class WindowRenamed(WindowEvent, frozen=True):
    """A window got another name."""

    hook = "window-renamed"


class WindowPaneChanged(WindowEvent, frozen=True):
    """Another pane of a window is active; `pane` is the new one."""

    hook = "window-pane-changed"
    pane: PaneId


class WindowLayoutChanged(WindowEvent, frozen=True):
    """A window's panes have other places or sizes."""

    hook = "window-layout-changed"


class WindowResized(WindowEvent, frozen=True):
    """A window has another size."""

    hook = "window-resized"


class AlertBell(LinkEvent, frozen=True):
    """A bell rang, and `bell-action` wants to hear of it there."""

    hook = "alert-bell"


class AlertActivity(LinkEvent, frozen=True):
    """Something was printed, and `activity-action` wants to hear of it there."""

    hook = "alert-activity"


class AlertSilence(LinkEvent, frozen=True):
    """Nothing was printed for `monitor-silence`, and `silence-action` wants to hear of it."""

    hook = "alert-silence"


# ---- panes ----


class PaneExited(PaneEvent, frozen=True):
    """A pane's program ended, and the pane with it; the status or the signal is known."""

    hook = "pane-exited"
    status: int | None
    signal: int | None


class PaneDied(PaneEvent, frozen=True):
    """The same of a pane that remains (`remain-on-exit`)."""

    hook = "pane-died"
    status: int | None
    signal: int | None


class CommandFinished(PaneEvent, frozen=True):
    """A command that a pane's shell ran has ended, and its output has been read.

    Attributes:
        exit_status: 0-255, or None where the shell did not say.
        result: How it went: `ok warn fail info unknown`.
    """

    hook = "command-finished"
    exit_status: int | None
    result: str


class TestsFailed(PaneEvent, frozen=True):
    """A command that ran tests has ended, and some failed."""

    __test__: ClassVar[bool] = False  # pytest takes it for a class of tests

    hook = "tests-failed"
    failed: int


class AgentWaiting(PaneEvent, frozen=True):
    """A pane's agent has waited for a person for `agent-notify-after`."""

    hook = "agent-waiting"


class AgentDone(PaneEvent, frozen=True):
    """A pane's agent has finished a turn."""

    hook = "agent-done"


class AgentError(PaneEvent, frozen=True):
    """A turn of a pane's agent ended in an error."""

    hook = "agent-error"


class AgentLimited(PaneEvent, frozen=True):
    """A pane's agent has reached a limit."""

    hook = "agent-limited"


class AgentContext(PaneEvent, frozen=True):
    """The context of a pane's agent is 80 or 95 percent full."""

    hook = "agent-context"


class PaneModeChanged(PaneEvent, frozen=True):
    """A pane entered or left a mode."""

    hook = "pane-mode-changed"


class PaneTitleChanged(PaneEvent, frozen=True):
    """A pane has another title."""

    hook = "pane-title-changed"


class PaneSetClipboard(PaneEvent, frozen=True):
    """A program set the clipboard."""

    hook = "pane-set-clipboard"


class PaneFocusIn(PaneEvent, frozen=True):
    """A pane is what a focused client's keys go to (`focus-events`)."""

    hook = "pane-focus-in"


class PaneFocusOut(PaneEvent, frozen=True):
    """A pane is no more what a focused client's keys go to."""

    hook = "pane-focus-out"


# ---- clients ----


class ClientAttached(ClientEvent, frozen=True):
    """A client shows a session, its first."""

    hook = "client-attached"


class ClientDetached(ClientEvent, frozen=True):
    """A client shows no session any more."""

    hook = "client-detached"


class ClientSessionChanged(ClientEvent, frozen=True):
    """A client shows another session, or its first."""

    hook = "client-session-changed"
    session: SessionId


class ClientResized(ClientEvent, frozen=True):
    """A client's terminal has another size."""

    hook = "client-resized"


class ClientActive(ClientEvent, frozen=True):
    """A client is the one that its session was used by last."""

    hook = "client-active"


class ClientFocusIn(ClientEvent, frozen=True):
    """A client's terminal got the focus."""

    hook = "client-focus-in"


class ClientFocusOut(ClientEvent, frozen=True):
    """A client's terminal lost the focus."""

    hook = "client-focus-out"
