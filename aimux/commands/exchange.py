"""What commands ask of the world about who talks to whom. The server does it; see `effects`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from aimux.agents.addresses import Caller, Member
from aimux.commands.fleet_view import FleetView
from aimux.model.client import Client
from aimux.model.pane import Pane

MESSAGES = "messages"
VALUES = "values"
TASKS = "tasks"
"""Topics: what `Exchange.changed` is told and `Exchange.watch` waits for."""


class Exchange(Protocol):
    """Who is here, and who waits for news."""

    @property
    def server(self) -> str:
        """Whose messages, values and tasks these are: the server's socket."""
        ...

    @property
    def fleet(self) -> FleetView:
        """The hosts that this one is joined with."""
        ...

    def caller(self, client: Client | None) -> Caller:
        """Who asks, as the kernel's process tree says."""
        ...

    def roster(self) -> Sequence[Member]:
        """Every pane."""
        ...

    def repository(self, path: str) -> str:
        """The top directory of the repository that a directory is in; "" if it is in none."""
        ...

    def revision(self, path: str) -> str:
        """The commit that is checked out in a directory; "" outside of git."""
        ...

    def unread(self, mailbox: str) -> int:
        """How many messages wait there, as of the last look."""
        ...

    def changed(self, *topics: str) -> None:
        """Something was stored: tell whoever waits for that, sidebars and agents."""
        ...

    def hooked(self, pane: Pane) -> None:
        """A hook of the agent in a pane asks for what waits: so it will at the end of each turn."""
        ...

    def plugin_asks(self, pane: Pane, *, waits: bool) -> None:
        """A plugin of the agent in a pane waits for a message, or waits no more."""
        ...

    def handed(self, pane: Pane, numbers: Sequence[int]) -> None:
        """Messages go to the agent in a pane now, which has asked: its log will show them."""
        ...

    def watch(self, topics: Sequence[str], watcher: Callable[[], bool]) -> None:
        """Tell a watcher of changes until it returns True. Raises CommandError: too many."""
        ...

    def claimed(self, expires: float) -> None:
        """Something is claimed until then, seconds since the epoch: its end will be told."""
        ...

    def warn(self, panes: Sequence[int], text: str) -> None:
        """Show people who look at these panes a message."""
        ...
