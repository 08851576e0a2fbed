"""Two real agents in panes hand work to each other, each by the way that it has."""

from __future__ import annotations

import json
import select
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests.end_to_end.world import World
from tests.real_agents.agent import REVIEW, STARTED, Agent, need, session
from tests.real_agents.asking import ask
from tests.real_agents.homes import Traits
from tests.real_agents.model import serving
from tests.waiting import wait_until

STARTS_SECONDS = 200.0
"""OpenCode takes as long to start on a machine that has no time."""
SECONDS = 90.0
"""A real agent answers within so long, also where many tests run."""
SET_UP = Traits(is_set_up=True)
ALLOW = {"claude-code": "1", "codex": "y", "gemini-cli": "1", "opencode": "Enter"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two agents, and where they are."""

    world: World
    first: Agent
    second: Agent

    def message(self, number: int) -> dict[str, Any]:
        """A message as a person sees it; empty before it is sent."""
        told = self.world.run("msg", "show", "--json", str(number)).stdout
        return dict(json.loads(told)[0]) if told else {}

    def waits_until(self, number: int, **fields: str) -> None:
        """Wait until these are the fields of a message."""

        def is_so() -> bool:
            found = self.message(number)
            return all(found.get(name) == value for name, value in fields.items())

        wait_until(is_so, seconds=SECONDS, state=self.explains)

    def allows(self, one: Agent) -> None:
        """Let an agent run its command, once its question is drawn."""
        one.waits_until(lambda: one.state() == "waiting" and one.fact()["answers"])
        one.presses(ALLOW[one.kind])

    def explains(self) -> str:
        """What everybody shows."""
        told = self.world.do("msg", "tail")
        return f"{told}\n{self.first.explains()}\n{self.second.explains()}"


def _has_begun(one: Agent) -> bool:
    return any(text in one.seen() for text in (STARTED[one.kind], REVIEW))


@pytest.fixture
def pair(request: pytest.FixtureRequest, aimux: World) -> Iterator[Pair]:
    """Claude Code with its hooks, and an agent of another kind."""
    with serving() as model:
        watch = session(aimux)
        kind = request.param
        for each in ("claude-code", kind):
            need(each)
        first = Agent(aimux, watch, "claude-code", model, name="ann", traits=SET_UP)
        second = Agent(
            aimux, watch, kind, model, name="bob", traits=Traits(is_set_up=kind != "codex")
        )
        for one in (first, second):
            begun = partial(_has_begun, one)
            wait_until(begun, seconds=STARTS_SECONDS, state=one.explains)
            one.waits_until_it_listens()
            ask(aimux, "set-option", "-p", "-t", one.pane, "agent-name", one.name)
        yield Pair(aimux, first, second)
        watch.close()


def _greet(one: Agent) -> None:
    """Have a first turn; Gemini CLI takes no Enter while it still starts."""
    one.types("hello there (turn hello)")

    def press_again() -> None:
        select.select([], [], [], 1.0)
        if one.state() == "idle":
            one.presses("Enter")

    wait_until(lambda: one.state() == "done", seconds=SECONDS, step=press_again, state=one.explains)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("pair", "way", "receipt"),
    [
        ("codex", "queue", "transcript"),
        ("gemini-cli", "paste", "transcript"),
        ("opencode", "plugin", "recipient"),
    ],
    indirect=["pair"],
)
def test_work_is_handed_over_done_and_answered(pair: Pair, way: str, receipt: str) -> None:
    first, second = pair.first, pair.second
    _greet(second)  # from now on its session is known
    program = pair.world.directory / "bin" / "aimux"  # Codex has a PATH of its own
    (first.work / "letter").write_text(f"RUN[{program} msg reply 1 all-is-done] (turn work)")
    first.types("RUN[aimux msg send --type request bob - < letter] (turn send)")
    pair.allows(first)
    pair.waits_until(1, state="read", way=way, receipt=receipt, sender="ann", recipient="bob")
    second.waits_for("waiting")
    first.waits_for("done")
    first.types("SLOW please (turn slow)")
    first.waits_for("working")
    pair.allows(second)
    pair.waits_until(2, state="read", way="hook", receipt="transcript", sender="bob")
    assert pair.message(1)["state"] == "answered"
    assert (pair.message(2)["kind"], pair.message(2)["text"]) == ("reply", "all-is-done")
    first.waits_for_text("Message #2 (reply) from bob")
    assert pair.message(1)["tries"] == pair.message(2)["tries"] == 1
