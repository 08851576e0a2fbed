"""What is needed to follow the files of agents, and who is told what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from aimux.agents.context import Context
from aimux.agents.state_claims import Claim, Source
from aimux.server.clock import Clock
from aimux.server.file_watch import FileWatch
from aimux.server.process_watch import ProcessWatch


class Log(Protocol):
    """What an agent's log says so far."""

    @property
    def context(self) -> Context | None:
        """The newest numbers."""

    @property
    def claim(self) -> Claim | None:
        """How the last turn ended, at a time of the wall clock; `None` while one goes on."""


class LineLog(Log, Protocol):
    """A log of lines."""

    @property
    def prompted_at(self) -> float | None:
        """When the last turn began, seconds since the epoch."""

    def feed(self, line: bytes) -> None:
        """Take a line."""


class News(Protocol):
    """Who is told what an agent's files say."""

    def bound(self, session: str, path: str) -> None:
        """The agent's session and its log are known; "" and "" if not any more."""

    def claimed(self, claim: Claim) -> None:
        """A file says something of the state."""

    def withdrawn(self, source: Source) -> None:
        """A file says nothing any more."""

    def line(self, line: bytes) -> None:
        """The log has one more line, which it was fed."""

    def logged(self, log: Log) -> None:
        """The log was read further."""


class AgentFiles(Protocol):
    """The files of one agent, followed."""

    def turned(self, state: str, since: float) -> None:
        """The agent came into a state, at a time in seconds since the epoch."""

    def told(self, session: str, path: str) -> None:
        """A hook that ran in the pane named the agent's session and its log; "" where not."""

    def titled(self, title: str) -> None:
        """The window's title is another."""

    def close(self) -> None:
        """Follow nothing any more."""


@dataclass(frozen=True, slots=True)
class Files:
    """How files are followed.

    Attributes:
        watch: Tells when they change.
        processes: Tells when agents end.
        clock: The server's clocks.
        later: Calls an action after some seconds.
        taken: The logs that panes are bound to.
        turns: When the agents that only time binds to their logs began their last turns, in
            seconds since the epoch, by agent; with where they work.
    """

    watch: FileWatch
    processes: ProcessWatch
    clock: Clock
    later: Callable[[float, Callable[[], None]], None]
    taken: set[str]
    turns: dict[object, tuple[str, float]] = field(default_factory=dict)

    def now(self) -> float:
        """Seconds on the monotonic clock."""
        return self.clock.monotonic()
