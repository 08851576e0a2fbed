"""The programs of all panes and popups: what they write, ask for, and leave when they end."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection

from aimux.commands.effects import Effects
from aimux.commands.lifecycle import close_pane
from aimux.events import PaneDied, PaneExited
from aimux.ids import PaneId
from aimux.model.pane import Exit, Pane
from aimux.model.state import State
from aimux.pty.process import PtyProcess
from aimux.server.clients import Clients
from aimux.server.clock import Clock
from aimux.server.control_clients import ControlClients
from aimux.server.facts import FactBook
from aimux.server.key_input import KEY_CLOSES
from aimux.server.pane_events import PaneEvents
from aimux.server.pane_pipe import Pipes
from aimux.server.pane_process import PaneProcess
from aimux.vt.events import ScreenEvent

SIGNALLED = 128


class PanePrograms:
    """The running programs, by pane.

    Args:
        pipes: What `pipe-pane` runs beside them.
        clock: The server's clocks.
        ended: Called when the program of a pane, and no popup's, has ended.
        settle: Called when something that is drawn may have changed.
    """

    def __init__(  # noqa: PLR0913  # what a program does concerns all of these
        self,
        state: State,
        effects: Effects,
        facts: FactBook,
        clients: Clients,
        controls: ControlClients,
        events: PaneEvents,
        *,
        pipes: Pipes,
        clock: Clock,
        ended: Callable[[Pane], None],
        settle: Callable[[], None],
    ) -> None:
        self._state = state
        self._effects = effects
        self._facts = facts
        self._ended = ended
        self._clients = clients
        self._controls = controls
        self._events = events
        self._pipes = pipes
        self._clock = clock
        self._settle = settle
        self._running: dict[PaneId, PaneProcess] = {}
        self._popups: dict[PaneId, Callable[[int], None]] = {}

    def of(self, pane: Pane) -> PaneProcess | None:
        """A pane's program; None once it has ended."""
        return self._running.get(pane.id)

    # ---- beginning ----

    def adopt(self, pane: Pane, process: PtyProcess) -> None:
        """A pane has a program now."""
        self._running[pane.id] = PaneProcess(
            self, pane, process, exited=lambda status: self._exited(pane, status)
        )

    def adopt_popup(self, pane: Pane, process: PtyProcess, ended: Callable[[int], None]) -> None:
        """A popup has a program now; `ended` is told its exit status, or its signal."""
        self._popups[pane.id] = ended
        self.adopt(pane, process)

    def move_in(self, pane: Pane, identity: PaneId) -> None:
        """The program of a popup is a pane's from now on."""
        del self._popups[pane.id]
        self._running[identity] = self._running.pop(pane.id)
        pane.id = identity

    # ---- what they do (`aimux.server.pane_process.Owner`) ----

    def draw_pane(self, pane: Pane) -> None:
        """Send what changed on a pane's screen to the clients that show it."""
        self._clients.flush_pane(pane)

    def pane_printed(self, pane: Pane) -> None:
        """A program wrote something. What one in a popup does concerns no window."""
        if pane.id not in self._popups:
            self._events.printed(pane)

    def pane_output(self, pane: Pane, data: bytes) -> None:
        """The bytes that a program wrote."""
        self._controls.output(pane, data)

    def pane_event(self, pane: Pane, event: ScreenEvent) -> None:
        """A program asked for something that is not drawn. One in a popup asks in vain."""
        if pane.id not in self._popups:
            self._events.handle(pane, event)

    def pane_failed(self, pane: Pane) -> None:
        """Our code failed on a pane: it is shown as it is, and gets no more output."""
        pane.screen.feed(b"\r\naimux: this pane failed, see the log\r\n")
        self.draw_pane(pane)

    # ---- what is done to them ----

    def hold(self, panes: Collection[PaneId]) -> None:
        """Let the programs of these panes wait, and only those."""
        for process in list(self._running.values()):
            process.hold_back(held=process.pane.id in panes)

    def fit(self) -> None:
        """Tell those whose panes have another size."""
        for process in self._running.values():
            process.fit()

    def hang_up(self, pane: Pane) -> None:
        """Hang a pane's program up, and end its pipe."""
        self._pipes.close(pane)
        process = self.of(pane)
        if process is not None:
            process.close()

    def close(self) -> None:
        """Hang all up."""
        for process in list(self._running.values()):
            process.close()

    # ---- ending ----

    def reap(self) -> None:
        """SIGCHLD: collect the programs that have ended."""
        self._pipes.reap()
        for process in list(self._running.values()):
            status = process.process.reap()
            if status is not None:
                process.ended(status)

    def _exited(self, pane: Pane, status: int) -> None:
        process = self._running.pop(pane.id, None)
        code = os.waitstatus_to_exitcode(status)
        popup_ended = self._popups.pop(pane.id, None)
        if popup_ended is not None:
            popup_ended(abs(code))
            self._settle()
            return
        self._facts.ended(pane, code if code >= 0 else SIGNALLED - code)
        self._ended(pane)
        if process is None or pane.id not in self._state.panes:
            self._facts.forget(pane)
            return
        self._pipes.close(pane)
        self._leave(pane, code)
        self._settle()

    def _leave(self, pane: Pane, code: int) -> None:
        """Close a pane whose program has ended, or keep it as `remain-on-exit` says.

        Args:
            pane: Where it ran.
            code: Its exit status; if it is negative, the signal that ended it.
        """
        exit_status, exit_signal = (code, None) if code >= 0 else (None, -code)
        pane.exited = Exit(exit_status, exit_signal, self._clock.wall())
        keep = pane.options.text("remain-on-exit")
        if keep in ("on", KEY_CLOSES) or (keep == "failed" and code):
            self._mark_dead(pane)
            self._effects.publish(PaneDied(pane.id, exit_status, exit_signal))
        else:
            self._effects.publish(PaneExited(pane.id, exit_status, exit_signal))
            close_pane(self._state, self._effects, pane)
            self._facts.forget(pane)

    def _mark_dead(self, pane: Pane) -> None:
        """Write `remain-on-exit-format` in the last row of what the program left."""
        text = self._events.dead_text(pane)
        pane.screen.feed(f"\x1b[r\x1b[{pane.rows};1H\n{text}\x1b[m\r\x1b[?25l".encode())
        self.draw_pane(pane)
