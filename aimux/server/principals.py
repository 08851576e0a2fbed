"""Who asked for something: the pane that a process descends from, a client, or neither."""

from __future__ import annotations

from collections import OrderedDict

from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.pty.processes import lineage_of, parent_of

MAX_PARENTS = 40
MAX_KNOWN = 256
"""Processes whose panes are remembered."""


def pane_of_process(state: State, pid: int) -> Pane | None:
    """The pane whose program is a process or one above it; None if none is.

    It goes by the kernel's process tree, not by what the process says of itself.
    """
    panes = {pane.pid: pane for pane in state.panes.values() if pane.pid}
    for _ in range(MAX_PARENTS):
        if pid in panes:
            return panes[pid]
        parent = parent_of(pid) if pid > 1 else None
        if parent is None:
            return None
        pid = parent
    return None


class Ancestry:
    """Remembers the panes of processes that ask: one may ask for many commands.

    A process is known by its pid and by when it was started, so that a pid that the kernel has
    given to another one means that one.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._last: tuple[Client, int] | None = None
        self._pane: Pane | None = None
        self._known: OrderedDict[tuple[int, int], Pane | None] = OrderedDict()

    def pane_of(self, client: Client) -> Pane | None:
        """The pane that a client's process descends from; None if it does from none that lives."""
        if self._last != (client, client.process):
            self._last = (client, client.process)
            self._pane = self._find(client.process)
        pane = self._pane
        return pane if pane is not None and pane.id in self._state.panes else None

    def _find(self, pid: int) -> Pane | None:
        lineage = lineage_of(pid)
        if lineage is None:
            return None
        process = (pid, lineage.started)
        if process not in self._known:
            self._known[process] = pane_of_process(self._state, pid)
            if len(self._known) > MAX_KNOWN:
                self._known.popitem(last=False)
        return self._known[process]


def principal_of(client: Client | None, pane: Pane | None, *, in_hook: bool) -> str:
    """Who asked, in a few words.

    Args:
        client: The client or the one-shot command.
        pane: The pane that the kernel says its process is in.
        in_hook: A hook ran it.
    """
    if in_hook:
        return "hook"
    if client is None:
        return "configuration"
    if client.session is not None:
        return f"client {client.name}"
    return f"pane %{pane.id}" if pane is not None else "outside"
