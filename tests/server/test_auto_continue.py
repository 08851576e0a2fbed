"""An agent is told to go on once its limit is over, where a person wants that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from aimux.model.pane import Pane
from aimux.protocol.facts import AgentFact
from aimux.server.auto_continue import AutoContinue
from tests.server.world import World, make_world


@dataclass
class Desk:
    world: World = field(default_factory=make_world)
    now: float = 1000.0
    timers: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    gone_on: list[Pane] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world.session.options.set("auto-continue", "on")
        self.watcher = AutoContinue(
            self.world.state,
            self,
            agent=self.world.effects.agent,
            go_on=self.gone_on.append,
            later=lambda seconds, action: self.timers.append((self.now + seconds, action)),
        )

    def wall(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now

    def note(self, state: str, *, since: float = 1000.0, reset: float | None = 1600.0) -> None:
        pane = self.world.pane
        fact = AgentFact(
            pane.id,
            "work",
            "work:0.0",
            "claude",
            state,
            "",
            since,
            "transcript",
            request_id=round(since * 1000),
            limit_reset=reset,
        )
        self.world.effects.known_agents = [fact]
        self.watcher.noted(pane, fact)

    def wait_until(self, now: float) -> None:
        self.now = now
        due = [timer for timer in self.timers if timer[0] <= now]
        self.timers = [timer for timer in self.timers if timer not in due]
        for _, action in due:
            action()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_agent_goes_on_a_little_after_its_limits_end_and_once(desk: Desk) -> None:
    for _ in range(3):
        desk.note("limited")
    desk.wait_until(1604)
    assert desk.gone_on == []
    desk.wait_until(1605)
    desk.note("limited")
    desk.wait_until(9999)
    assert desk.gone_on == [desk.world.pane]


def test_nothing_is_said_where_nobody_wants_it(desk: Desk) -> None:
    desk.world.session.options.set("auto-continue", "off")
    desk.note("limited")
    desk.wait_until(9999)
    desk.world.session.options.set("auto-continue", "on")
    desk.note("limited")
    desk.world.session.options.set("auto-continue", "off")
    desk.wait_until(99999)
    assert desk.gone_on == []


def test_an_agent_that_went_on_itself_is_left_alone(desk: Desk) -> None:
    desk.note("limited")
    desk.note("working", since=1100.0)
    desk.wait_until(9999)
    desk.note("limited", since=10000.0, reset=20000.0)
    desk.world.state.panes.clear()
    desk.wait_until(30000)
    assert desk.gone_on == []


@pytest.mark.parametrize("reset", [None, 900.0])
def test_a_limit_without_an_end_to_come_is_not_waited_for(desk: Desk, reset: float | None) -> None:
    desk.note("limited", reset=reset)
    desk.wait_until(9999)
    assert desk.gone_on == []
