"""What an agent is driven through, and how right aimux was about it, step by step."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.real_agents.agent import Agent
from tests.real_agents.asking import News
from tests.real_agents.own_files import written_at

LIMIT_SECONDS = 0.5
"""How late a state that the agent itself tells may be."""
SETTLE_SECONDS = 60.0
"""How long a step may take to come to its state; a wrong one is then told as it stands."""
HOLD_SECONDS = 1.0
"""How long a state is watched once it is there, as long as a person looks before the next key."""
Truth = Literal["asked", "answered", "pressed", "ended"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done to an agent, and what is true then.

    Attributes:
        name: What it is about.
        states: What may be said once it is true; the first is the plain one.
        truth: Since when it is true: since the model was asked, or had answered, since the last
            key was pressed, or since the process had ended.
        prompt: What is typed, and sent.
        keys: What is pressed after that, by kind; an empty kind is any.
        passing: The states that may be passed through on the way.
        kinds: For which kinds; none for all.
        asks: What stands in the request that is shown of it then.
        reason: On what it waits, if it waits.
    """

    name: str
    states: tuple[str, ...]
    truth: Truth
    prompt: str = ""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passing: tuple[str, ...] = ("working",)
    kinds: tuple[str, ...] = ()
    asks: str = ""
    reason: str = "permission"

    def keys_of(self, kind: str) -> tuple[str, ...]:
        """What is pressed in an agent of a kind."""
        return self.keys.get(kind, self.keys.get("", ()))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How right aimux was in one step.

    Attributes:
        agent: Whose.
        kind: Of which kind.
        step: Which.
        wanted: The states that are right.
        said: The state that was said in the end.
        source: Who said so.
        lag: Seconds from the truth to the state being told, negative if it was told before;
            `None` if it was not, or no time is known.
        own_lag: The same from when the agent itself wrote it down, if that was later; else `lag`.
        passed: The states that were said on the way.
        strange: Those of them that were not true at any time; `unknown` says nothing wrong. That
            a turn ended otherwise than it did, once it had, is not strange: it is corrected late.
        asked: What it asks, as aimux shows it, and why it waits.
        is_request: Whether that is what it does ask.
    """

    agent: str
    kind: str
    step: str
    wanted: tuple[str, ...]
    said: str
    source: str
    lag: float | None
    own_lag: float | None
    passed: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    asked: str = ""
    is_request: bool = True

    @property
    def is_right(self) -> bool:
        """Whether the right state was said, and nothing wrong on the way."""
        return self.said in self.wanted and not self.strange and self.is_request

    @property
    def is_in_time(self) -> bool:
        """Whether it was said within the time that is promised, once the agent knew it."""
        return self.is_right and (self.own_lag is None or self.own_lag <= LIMIT_SECONDS)


RESTS = ("idle", "done", "error")
_ESCAPE = {"": ("Escape",), "opencode": ("Escape", "Escape")}
_ALLOW = {"": ("1",), "codex": ("y",), "opencode": ("Enter",)}
_QUIT = {"": ("C-c", "C-c"), "claude-code": ("C-c", "C-c", "C-c")}  # one ends waiting for a limit
_WITH_QUESTIONS = ("claude-code", "gemini-cli", "opencode")
_WITH_PLANS = ("claude-code", "codex")

STEPS: Sequence[Step] = (
    Step("working", ("working",), "asked", "SLOW please", passing=()),
    Step("interrupted", ("idle",), "pressed", keys=_ESCAPE),
    Step("done", ("done",), "answered", "hello there"),
    Step("permission", ("waiting",), "answered", "RUN[touch denied.txt]", asks="touch denied.txt"),
    Step("denied", ("idle",), "pressed", keys={"": ("Escape",)}),
    Step("asks again", ("waiting",), "answered", "RUN[touch made.txt]", asks="touch made.txt"),
    Step("allowed", ("done",), "answered", keys=_ALLOW),
    Step(
        "question",
        ("waiting",),
        "answered",
        "ASK me",
        asks="Which colour?",
        reason="question",
        kinds=_WITH_QUESTIONS,
    ),
    Step("answered", ("done",), "answered", keys={"": ("Enter",)}, kinds=_WITH_QUESTIONS),
    Step("error", ("error",), "answered", "ERR400 now"),
    Step(
        "limited",
        ("limited",),
        "answered",
        "LIMIT now",
        passing=("working", "error"),
        kinds=_WITH_PLANS,
    ),
    Step("exit", ("exited",), "ended", keys=_QUIT, passing=("idle", "done", "working", "error")),
)
"""Everything that an agent does, as far as its kind has it."""


class Drive:
    """Takes one agent through steps."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._turn = ""

    def through(self, steps: Iterable[Step]) -> list[Outcome]:
        """Take it through all steps that are for its kind."""
        kind = self._agent.kind
        return [self.take(step) for step in steps if not step.kinds or kind in step.kinds]

    def take(self, step: Step) -> Outcome:
        """Take it through one."""
        agent, began = self._agent, time.clock_gettime(time.CLOCK_REALTIME)
        descriptor = _process_of(agent) if step.truth == "ended" else None
        before = agent.state()
        pressed = began
        if step.prompt:
            self._turn = f"{agent.name}-{time.monotonic_ns()}"
            pressed = agent.types(f"{step.prompt} (turn {self._turn})")
        elif keys := step.keys_of(agent.kind):
            pressed = agent.presses(*keys)
        true_since = self._truth(step, pressed, descriptor)
        self._settle(step, began, true_since)
        return self._outcome(step, before, began, true_since())

    def _settle(self, step: Step, began: float, true_since: Callable[[], float | None]) -> None:
        """Wait until the step is true and its state is told, and then whether it stays."""
        agent = self._agent

        def is_told() -> bool:
            news = agent.watch.of(agent.pane, began)
            return true_since() is not None and _last_said(news, step.states) is not None

        def is_asked() -> bool:
            return step.asks in str(agent.fact().get("request", ""))

        if agent.watch.wait(is_told, SETTLE_SECONDS):
            agent.watch.wait(lambda: not is_told(), HOLD_SECONDS)
            agent.watch.wait(is_asked, SETTLE_SECONDS)

    def _truth(
        self, step: Step, pressed: float, descriptor: int | None
    ) -> Callable[[], float | None]:
        """How the time is found since when it is true."""
        model, turn = self._agent.model, self._turn
        if descriptor is not None:
            ended = _wait_for_end(descriptor)
            return lambda: ended
        if step.truth == "pressed":
            return lambda: pressed
        if step.truth == "asked":
            return lambda: model.began(turn)
        return lambda: model.ended(turn)

    def _outcome(self, step: Step, before: str, began: float, true_since: float | None) -> Outcome:
        agent = self._agent
        news = agent.watch.of(agent.pane, began)
        fact = agent.fact()
        since = _last_said(news, step.states)
        lag = None if since is None or true_since is None else since - true_since
        own = written_at(agent.kind, agent.home, since) if since is not None else None
        turn_began = (step.prompt and self._agent.model.began(self._turn)) or began
        fine = {*step.passing, *step.states, *(() if step.prompt else (before,)), "unknown"}
        ended = float("inf") if true_since is None else true_since
        asked, reason = str(fact.get("request", "")), str(fact.get("reason", ""))
        return Outcome(
            agent=agent.name,
            kind=agent.kind,
            step=step.name,
            wanted=step.states,
            said=str(fact.get("state", "")),
            source=str(fact.get("source", "")),
            lag=lag,
            own_lag=lag if own is None or since is None or lag is None else min(lag, since - own),
            asked=f"{asked} ({reason})",
            is_request=step.asks in asked and (not step.asks or reason == step.reason),
            passed=tuple(one.state for one in news),
            strange=tuple(
                one.state
                for one in news
                if one.state not in fine
                and (one.at > turn_began or one.state not in (before, "idle"))
                and not (one.state in RESTS and one.at >= ended)
            ),
        )


def _last_said(news: Sequence[News], states: tuple[str, ...]) -> float | None:
    """Since when one of some states has been said without a break."""
    since = None
    for one in news:
        since = (since or one.at) if one.state in states else None
    return since


def _process_of(agent: Agent) -> int | None:
    pid = agent.world.ask("#{pane_pid}", agent.pane)
    return os.pidfd_open(int(pid)) if Path(f"/proc/{pid}").exists() else None


def _wait_for_end(descriptor: int) -> float | None:
    try:
        ready, _, _ = select.select([descriptor], [], [], SETTLE_SECONDS)
        return time.clock_gettime(time.CLOCK_REALTIME) if ready else None
    finally:
        os.close(descriptor)


def table(outcomes: Iterable[Outcome]) -> str:
    """All of them, a line each."""
    lines = [f"{'agent':12} {'step':12} {'said':8} {'by':10} {'late':>7} {'own':>7}  on the way"]
    for one in outcomes:
        late, own = (f"{lag:+.2f} s" if lag is not None else "" for lag in (one.lag, one.own_lag))
        mark = "" if one.is_right else f"   WRONG: wanted {'/'.join(one.wanted)}; asks {one.asked}"
        mark = mark or ("" if one.is_in_time else "   LATE")
        way = " ".join(one.passed)
        lines.append(
            f"{one.agent:12} {one.step:12} {one.said:8} {one.source:10} {late:>7} {own:>7}  "
            f"{way}{mark}"
        )
    return "\n".join(lines)
