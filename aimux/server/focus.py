"""Which panes have the focus: programs that asked are told, and so are hooks (`focus-events`)."""

from __future__ import annotations

from aimux.commands.effects import Effects
from aimux.events import PaneFocusIn, PaneFocusOut
from aimux.ids import PaneId
from aimux.model.state import State

FOCUS_IN = b"\x1b[I"
FOCUS_OUT = b"\x1b[O"


class Focus:
    """The panes that the keys of a focused client go to."""

    def __init__(self, state: State, effects: Effects) -> None:
        self._state = state
        self._effects = effects
        self._focused: frozenset[PaneId] = frozenset()

    def settle(self) -> None:
        """Tell those panes of which that has changed."""
        focused = self._now()
        before, self._focused = self._focused, focused
        for identity in sorted(before - focused):
            self._tell(identity, FOCUS_OUT)
            self._effects.publish(PaneFocusOut(identity))
        for identity in sorted(focused - before):
            self._tell(identity, FOCUS_IN)
            self._effects.publish(PaneFocusIn(identity))

    def _now(self) -> frozenset[PaneId]:
        if not self._state.server_options.flag("focus-events"):
            return frozenset()
        return frozenset(
            client.session.window.active.id
            for client in self._state.attached()
            if client.focused and client.session is not None
        )

    def _tell(self, identity: PaneId, report: bytes) -> None:
        pane = self._state.panes.get(identity)
        if pane is not None and pane.screen.modes.focus_events:
            self._effects.write(pane, report)
