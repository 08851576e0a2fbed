"""What verbs give: frozen records. Ids are tmux's: `$1` a session, `@2` a window, `%3` a pane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session.

    Attributes:
        id: `$` and a number, for as long as the server lives.
        name: Can be changed.
        windows: How many there are.
        attached: How many clients show it.
        created: Unix time.
        path: Where new windows begin.
    """

    id: str
    name: str = ""
    windows: int = 0
    attached: int = 0
    created: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A window, in one of the sessions that it is linked to."""

    id: str
    session: str = ""
    index: int = 0
    name: str = ""
    active: bool = False
    panes: int = 0
    columns: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """A pane, and what is known of what runs in it.

    Attributes:
        id: `%` and a number.
        place: `session:window.pane`, by name and indexes.
        session: The session's name.
        window: The window's id.
        title: As its program has set it, cleaned.
        command: The program in the foreground.
        path: That program's directory.
        pid: The process that the pane was started with.
        columns: Its width.
        rows: Its height.
        active: It is its window's active pane.
        dead: Its program has ended and it stayed.
        agent: The agent in it; empty where there is none.
        state: The agent's state: one of `aimux.agents.state_names`.
        detail: What the agent waits for or does, where it says so.
        context_percent: How full the agent's context is, where that is known.
        last_command: The last command line of its shell that has ended.
        last_exit: That command's exit status.
        last_result: How it went, in one line.
    """

    id: str
    place: str = ""
    session: str = ""
    window: str = ""
    title: str = ""
    command: str = ""
    path: str = ""
    pid: int = 0
    columns: int = 0
    rows: int = 0
    active: bool = False
    dead: bool = False
    agent: str = ""
    state: str = ""
    detail: str = ""
    context_percent: int | None = None
    last_command: str = ""
    last_exit: int | None = None
    last_result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A place that a command's output points at."""

    path: str | None = None
    line: int | None = None
    column: int | None = None
    severity: str = "error"
    message: str = ""
    code: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a command's output says, read by the recogniser of its tool."""

    tool: str = ""
    kind: str = "plain"
    status: str = "unknown"
    headline: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    failing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    urls: tuple[str, ...] = ()
    progress: float | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A command that ran in a pane.

    Attributes:
        id: Counts in its pane.
        pane: Where.
        command: Its line, if the shell told it.
        path: The directory.
        started: Unix time.
        seconds: How long it took; None while it runs.
        exit_status: None if it is not known.
        trusted: The shell's own marks bound it.
        result: What it said.
        output: Its lines, only from `Client.run`.
    """

    id: int
    pane: str
    command: str | None = None
    path: str | None = None
    started: float = 0.0
    seconds: float | None = None
    exit_status: int | None = None
    trusted: bool = False
    result: Result = field(default_factory=Result)
    output: tuple[str, ...] = ()
