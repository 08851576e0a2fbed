"""The files that agents of a kind write, and the way of what they say to who keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from aimux.agents.recognise import Recognised
from aimux.agents.state_claims import Claim, Source
from aimux.model.pane import Pane
from aimux.server.agent_files import AgentFiles, Files, Log, News
from aimux.server.claude_files import ClaudeFiles
from aimux.server.log_files import PLACES, LogFiles
from aimux.server.opencode_files import OpenCodeFiles
from aimux.server.pane_agent import PaneAgent


class Book(Protocol):
    """Who keeps what the files of all agents say."""

    @property
    def log_line(self) -> Callable[[Pane, bytes], None]:
        """The log of a pane's agent has one more line."""
        ...

    def claimed(self, pane: Pane, agent: PaneAgent, claim: Claim) -> None:
        """A source says something of an agent's state."""
        ...

    def withdrawn(self, pane: Pane, agent: PaneAgent, source: Source) -> None:
        """A source says nothing any more."""
        ...

    def logged(self, pane: Pane, agent: PaneAgent, log: Log) -> None:
        """The log was read further."""
        ...


def follow_files(recognised: Recognised, files: Files, news: News) -> AgentFiles | None:
    """Follow the files of a live agent; None for a kind of which none are known.

    Args:
        recognised: The agent's process.
        files: How files are followed.
        news: Told what they say.
    """
    name, pids = recognised.kind.name, recognised.pids
    if name == "claude-code":
        return ClaudeFiles(pids, files, news)
    if name in PLACES:
        return LogFiles(PLACES[name], pids, files, news)
    if name == "opencode":
        return OpenCodeFiles(pids, files, news)
    return None


@dataclass(frozen=True, slots=True)
class FileNews:
    """What one agent's files say, on its way to the book."""

    book: Book
    pane: Pane
    agent: PaneAgent

    def bound(self, session: str, path: str) -> None:
        """The agent's session and its log are known."""
        self.agent.session, self.agent.log = session, path
        if not path:
            self.agent.logged = None

    def claimed(self, claim: Claim) -> None:
        """A file says something of the state."""
        self.book.claimed(self.pane, self.agent, claim)

    def withdrawn(self, source: Source) -> None:
        """A file says nothing any more."""
        self.book.withdrawn(self.pane, self.agent, source)

    def line(self, line: bytes) -> None:
        """The log has one more line."""
        self.book.log_line(self.pane, line)

    def logged(self, log: Log) -> None:
        """The log was read further."""
        self.book.logged(self.pane, self.agent, log)
