"""What agents exchange, as frozen records. Times are seconds since the epoch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message.

    Attributes:
        id: Counts on the server.
        sender: `%3`, or `me` for a person.
        recipient: The same.
        agent: The agent that sent it; empty if none.
        kind: note, request, reply, task, status, help or data.
        priority: low, normal, high or urgent.
        text: As it was written: show it with care.
        reply_to: The message that it answers.
        created: When it was sent.
        expires: When it is of no use any more.
        state: queued, delivered, read, answered, expired or dead.
        since: When that state began.
        way: How it was delivered; empty if it was not.
        reason: Why it is dead.
        receipt: Who said that it was read: `recipient`, or its own `transcript`; empty before.
    """

    id: int
    sender: str
    recipient: str
    kind: str
    priority: str
    text: str
    created: float
    state: str
    agent: str = ""
    reply_to: int | None = None
    expires: float | None = None
    since: float = 0.0
    way: str = ""
    reason: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of the queue.

    Attributes:
        id: Counts on the server.
        text: What is to be done.
        state: As `aimux task list` shows it; `blocked` while others come first.
        author: Who added it.
        owner: Who has it; empty if nobody.
        role: The role that it is for.
        needs: What its agent must be able to do.
        priority: low, normal, high or urgent.
        retries: How often it is tried again.
        tries: How often it was begun.
        created: When it was added.
        since: When its state began.
        lease: When it is taken away unless its owner says something.
        progress: Percent, where the owner has said it.
        result: What the owner said at the end.
        after: The unfinished tasks that come first.
        worktree: The git worktree that was made for it; it is kept.
        pane: The owner's pane, or that of the agent that was started for it; -1 for none.
        host: The other host of the fleet whose task it is; empty for this one.
    """

    id: int
    text: str
    state: str
    author: str
    owner: str = ""
    role: str = ""
    needs: tuple[str, ...] = ()
    priority: str = "normal"
    retries: int = 0
    tries: int = 0
    created: float = 0.0
    since: float = 0.0
    lease: float | None = None
    progress: int | None = None
    result: str = ""
    after: tuple[int, ...] = ()
    worktree: str = ""
    pane: int = -1
    host: str = ""

    @property
    def name(self) -> int | str:
        """What verbs call it."""
        return f"{self.id}@{self.host}" if self.host else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A shared value, with its author and the version that `cas` asks for."""

    namespace: str
    name: str
    value: str
    author: str
    version: int
    written: float
    agent: str = ""
    expires: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A shared value that was written, or has gone: deleted, or at its end.

    Attributes:
        value: None of what has gone.
        version: Of what was written its own; else the newest that was given by then.
        author: Who wrote it; empty of what has gone.
    """

    namespace: str
    name: str
    version: int
    value: str | None = None
    author: str = ""
    agent: str = ""
    written: float = 0.0
    expires: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note."""

    id: int
    namespace: str
    text: str
    author: str
    written: float
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A path that somebody works on, until the claim expires."""

    path: str
    owner: str
    since: float
    expires: float
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision.

    Attributes:
        id: Counts on the server.
        at: When it was made.
        author: Who made it.
        title: What it was about.
        options: What there was to choose from.
        chosen: What was chosen.
        why: The reason.
        confidence: 0 to 1, where it was said.
        kind: `decision`; `approval` for what a person answered an agent, `intervention`, `retry`.
        link: What it led to, in the author's words.
        outcome: ok or bad; empty while that is not known.
        agent: The agent there, or the one that was answered.
        path: Where it was made.
        command: The last command of its pane before it; empty if none is known.
        revision: The commit that was checked out there; empty outside of git.
    """

    id: int
    at: float
    author: str
    title: str
    options: tuple[str, ...] = ()
    chosen: str = ""
    why: str = ""
    confidence: float | None = None
    kind: str = "decision"
    link: str = ""
    outcome: str = ""
    agent: str = ""
    path: str = ""
    command: str = ""
    revision: str = ""
