"""What a client's sidebar is told, as msgspec structs: what each row of it shows.

Every text is clean: what a program wrote is one line, free of control characters, and drawn as it
is. Every list has a limit, below; whoever fills one in keeps the first.
"""

from __future__ import annotations

import msgspec

MAX_COMMANDS = 20
MAX_PROBLEMS = 10
MAX_COUNTS = 8
MAX_AGENTS = 200
MAX_LIMITS = 4
MAX_MESSAGES = 100
MAX_TASKS = 50
MAX_NEEDS = 8
MAX_LINE = 200
"""Cells of a text."""


class ProblemFact(msgspec.Struct, array_like=True, frozen=True):
    """A diagnostic in a command's output; texts are clean and one line.

    Attributes:
        path: As it was printed; "" where none was.
        line: From 1, or None.
        column: From 1, or None.
        severity: `error warning note`.
        row: The logical line of the output, from 0, on which it begins.
    """

    path: str
    line: int | None
    column: int | None
    severity: str
    message: str
    row: int


class CommandFact(msgspec.Struct, array_like=True, frozen=True):
    """A command that a shell reported by OSC 133.

    Attributes:
        started: Wall-clock seconds since the epoch.
        seconds: How long it ran; None while it runs.
        exit_status: None while it runs or where the shell did not say.
        id: Names it among the commands of its pane, to open its output.
        tool: The program that was recognised, such as `pytest`; "" if none was.
        status: How it went: `running ok warn fail info unknown`; "" if nobody looked.
        headline: What it said in one short clean line, such as `1 failed 10 passed`; may be empty.
        counts: Numbers by the tool's words, at most MAX_COUNTS.
        problems: At most MAX_PROBLEMS, the first ones.
    """

    text: str
    started: float
    seconds: float | None
    exit_status: int | None
    id: int = 0
    tool: str = ""
    status: str = ""
    headline: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    problems: tuple[ProblemFact, ...] = ()


class LimitFact(msgspec.Struct, array_like=True, frozen=True):
    """A limit of an agent's plan.

    Attributes:
        name: The time that it covers, such as `5h` or `week`; clean.
        percent: Used, 0 to 100.
        resets_at: When it begins anew, in seconds since the epoch; None if not said.
    """

    name: str
    percent: float
    resets_at: float | None = None


class ContextFact(msgspec.Struct, array_like=True, frozen=True):
    """How full an agent's context is.

    Attributes:
        used: Tokens.
        window: Tokens that fit; 0 where it is not known.
        percent: Of the window, as the agent counts, 0 to 100; None where it is not known.
        assumed: Whether `window` stands in a table and was not told.
        growth: Tokens that the last turn added; None where it is not known.
        compactions: How often it was shortened, as far as was seen.
        source: Where the numbers come from, such as `transcript`; "" if not said.
        limits: Those of the agent's plan, at most MAX_LIMITS.
    """

    used: int
    window: int = 0
    percent: int | None = None
    assumed: bool = False
    growth: int | None = None
    compactions: int = 0
    source: str = ""
    limits: tuple[LimitFact, ...] = ()


class AgentFact(msgspec.Struct, array_like=True, frozen=True):
    """A coding agent in a pane.

    Attributes:
        place: `session:window.pane`.
        state: `starting working waiting done idle error limited exited unknown`.
        detail: Why it waits, or what it says of itself; one clean line.
        since: When the state began, wall-clock seconds since the epoch.
        source: Where the state comes from, e.g. `OSC 7501`; empty for `unknown`.
        window: The name of its window, clean.
        reason: For `waiting`, on what: `permission`, `question`, `dialog`; "" if not said.
        request: The exact command or question it waits for, one clean line; "" if not known.
        request_id: Names the request while it is on the screen; another one has another number.
        answers: The keys that answer it and what each means, such as `("y", "allow")`; empty where
            it must be answered in its pane.
        progress: 0 to 100, or None.
        context: How full its context is; None where that is not known.
        cost: Dollars so far; None where the agent does not say.
        limit_reset: For `limited`, when it ends, in seconds since the epoch; None if not known.
        stale_from: From when on, in seconds since the epoch, these facts are older than their
            source's refresh; None: they are told as they happen.
        host: Where it runs; "" for here.
    """

    pane: int
    session: str
    place: str
    name: str
    state: str
    detail: str
    since: float
    source: str
    window: str = ""
    reason: str = ""
    request: str = ""
    request_id: int = 0
    answers: tuple[tuple[str, str], ...] = ()
    progress: int | None = None
    context: ContextFact | None = None
    cost: float | None = None
    limit_reset: float | None = None
    stale_from: float | None = None
    host: str = ""


class MessageFact(msgspec.Struct, array_like=True, frozen=True):
    """A message between agents or people; texts are clean.

    Attributes:
        kind: `note request reply task status help data`.
        state: `queued delivered read answered expired dead`.
        since: When the state began, wall-clock seconds since the epoch.
        text: Its first line.
        pane: The recipient's, to go there; -1 where it has none.
        way: How it was delivered, such as `hook`; "" if it was not.
        receipt: Who said that it was read: `recipient` or `transcript`; "" while nobody has.
    """

    id: int
    sender: str
    recipient: str
    kind: str
    state: str
    since: float
    text: str
    priority: str = "normal"
    pane: int = -1
    way: str = ""
    receipt: str = ""


class TaskFact(msgspec.Struct, array_like=True, frozen=True):
    """A task on the board; texts are clean.

    Attributes:
        text: Its first line.
        state: `open claimed working blocked done failed cancelled`.
        owner: The agent that has it; "" if none.
        since: When the state began, wall-clock seconds since the epoch.
        needs: The ids of unfinished tasks that come first, at most MAX_NEEDS.
        progress: 0 to 100, or None.
        pane: The owner's, to go there; -1 where it has none.
        host: Whose task it is; "" for this host's.
    """

    id: int
    text: str
    state: str
    owner: str
    priority: str
    since: float
    needs: tuple[int, ...] = ()
    progress: int | None = None
    pane: int = -1
    host: str = ""
