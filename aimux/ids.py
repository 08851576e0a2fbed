"""The identities of tmux: `$1` a session, `@2` a window, `%3` a pane; never used twice."""

from typing import NewType

SessionId = NewType("SessionId", int)
WindowId = NewType("WindowId", int)
PaneId = NewType("PaneId", int)
ClientId = NewType("ClientId", int)


def session_name(identity: SessionId) -> str:
    """`$N`, as tmux writes it."""
    return f"${identity}"


def window_name(identity: WindowId) -> str:
    """`@N`, as tmux writes it."""
    return f"@{identity}"


def pane_name(identity: PaneId) -> str:
    """`%N`, as tmux writes it."""
    return f"%{identity}"
