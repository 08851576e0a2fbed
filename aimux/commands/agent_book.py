"""What commands may ask and tell of the agents in panes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from aimux.agents.explanation import Explanation
from aimux.agents.sources.fields import Record
from aimux.model.pane import Pane

AgentWatcher = Callable[[Pane], bool]
"""Called when the agent in a pane has come into another state; true once nobody listens."""


class AgentProcess(Struct, frozen=True):
    """The agent that lives in a pane.

    Attributes:
        kind: The name of its kind.
        pid: Its process, the outermost of its kind.
        session: Its own id of what it works on; empty where that is not known for certain.
    """

    kind: str
    pid: int
    session: str = ""


class AgentBook(Protocol):
    """The agents, as commands see them."""

    def explain(self, pane: Pane) -> Explanation | None:
        """Why an agent's state is what it is; None if no agent runs in the pane."""
        ...

    def last(self, pane: Pane) -> AgentProcess | None:
        """The agent whose session was known last in a pane, also after it has ended."""
        ...

    def hooked(self, pane: Pane, kind: str, fields: Record) -> None:
        """Take what a hook of an agent was given.

        Raises:
            CommandError: No agent of that kind runs in the pane, or the event is none.
        """
        ...

    def is_its_own(self, pane: Pane, kind: str, session: str) -> bool:
        """Whether a session is that of the agent in a pane, which is of that kind, for all known.

        It is not if it belongs to an agent that this one runs.
        """
        ...

    def watch(self, watcher: AgentWatcher) -> None:
        """Tell a watcher of every turn. Raises CommandError if there are too many."""
        ...
