"""What is said of agents, when, how often, and by which ways."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from aimux.abilities.features import Abilities
from aimux.events import AgentContext, AgentDone, AgentError, AgentLimited, AgentWaiting
from aimux.model.pane import Pane
from aimux.model.window import Window
from aimux.protocol.facts import AgentFact, ContextFact
from aimux.protocol.server_messages import Notice
from aimux.server.notices import Notices, is_within
from aimux.server.toasts import Toasts
from tests.server.test_toasts import Shown, hidden
from tests.server.world import World, make_world

NOON = time.mktime((2026, 11, 20, 12, 0, 0, 0, 0, -1))


@dataclass
class Desk:
    """Notices with a clock that stands still until it is moved."""

    world: World = field(default_factory=make_world)
    now: float = 100.0
    marked: list[Window] = field(default_factory=list)
    timers: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shown = Shown(self.world.client())
        self.pane = hidden(self.world)
        self.toasts = Toasts(self.world.state, self, monotonic=self.monotonic)
        self.notices = Notices(
            self.world.state,
            self,
            self.toasts,
            self,
            self,
            agent=self.world.effects.agent,
            publish=self.world.effects.publish,
            later=lambda seconds, action: self.timers.append((self.now + seconds, action)),
        )

    def __iter__(self) -> Iterator[Shown]:
        return iter([self.shown])

    def wall(self) -> float:
        return NOON

    def monotonic(self) -> float:
        return self.now

    def mark(self, window: Window) -> None:
        self.marked.append(window)

    def turn(self, state: str, detail: str = "", **more: object) -> None:
        pane: Pane = more.pop("pane", self.pane)
        fact = AgentFact(
            pane.id, "work", "work:0.1", "claude", state, detail, 0.0, "", window="api", **more
        )
        self.world.effects.known_agents = [fact]
        self.notices.turned(pane, fact)
        self.notices.news(pane, fact)

    def wait(self, seconds: float) -> None:
        self.now += seconds
        due = [timer for timer in self.timers if timer[0] <= self.now]
        self.timers = [timer for timer in self.timers if timer not in due]
        for _, action in due:
            action()

    @property
    def texts(self) -> list[str]:
        return [toast.text for toast in self.shown.toasts]

    @property
    def hooks(self) -> list[type]:
        return [type(event) for event in self.world.effects.events]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_turns_end_is_said_at_once_and_once(desk: Desk) -> None:
    desk.turn("done")
    desk.turn("idle")
    desk.turn("done")
    desk.wait(10)
    assert desk.texts == ["claude api is done"]
    assert desk.hooks == [AgentDone]
    assert desk.marked == [desk.world.window]
    desk.turn("working")
    desk.turn("done")
    assert desk.hooks == [AgentDone] * 2


def test_waiting_is_said_after_a_while_and_not_if_it_was_answered(desk: Desk) -> None:
    desk.turn("waiting", request_id=1)
    desk.wait(1.9)
    desk.turn("working")
    desk.wait(10)
    assert desk.hooks == []
    desk.turn("waiting", request="rm x?", request_id=2)
    desk.wait(2)
    assert (desk.texts, desk.hooks) == (["claude api waits: rm x?"], [AgentWaiting])
    desk.turn("waiting", request="rm y?", request_id=3)
    desk.wait(2)
    assert desk.hooks == [AgentWaiting] * 2


def test_a_pane_is_spoken_of_once_a_second_and_what_still_holds_is_not_lost(desk: Desk) -> None:
    desk.turn("error", "boom")
    desk.wait(0.2)
    desk.turn("limited")
    assert desk.hooks == [AgentError]
    desk.wait(0.8)
    assert desk.hooks == [AgentError, AgentLimited]
    assert desk.texts == ["claude api failed: boom", "claude api is limited"]


def test_a_limit_says_until_when(desk: Desk) -> None:
    desk.turn("limited", limit_reset=NOON + 5400)
    assert desk.texts == ["claude api is limited until 13:30"]


def test_what_somebody_sees_runs_its_hook_and_nothing_else(desk: Desk) -> None:
    desk.turn("done", pane=desk.world.pane)
    assert (desk.hooks, desk.texts, desk.marked) == ([AgentDone], [], [])


def test_in_quiet_hours_only_marks_and_hooks_tell(desk: Desk) -> None:
    desk.world.session.options.set("quiet-hours", "11:00-12:01")
    desk.world.session.options.set("agent-notify-terminal", "osc9")
    desk.turn("done", context=ContextFact(90, 100, 90))
    assert (desk.hooks, desk.texts, desk.shown.notices) == ([AgentDone], [], [])
    assert desk.marked == [desk.world.window]


def test_the_outer_terminal_is_told_where_an_option_says_how(desk: Desk) -> None:
    desk.turn("done")
    assert desk.shown.notices == []
    desk.world.session.options.set("agent-notify-terminal", "osc777")
    desk.world.session.options.set("agent-mark", "off")
    desk.turn("working")
    desk.wait(1)
    desk.turn("done")
    assert desk.shown.notices == [Notice("osc777", "claude api is done")]
    assert len(desk.marked) == 1


@pytest.mark.parametrize(
    ("features", "form"),
    [
        ({"osc9"}, "osc9"),
        ({"osc9", "osc777"}, "osc777"),
        ({"osc9", "osc777", "osc99"}, "osc99"),
    ],
)
def test_an_outer_terminal_is_told_as_it_is_known_to_understand(
    desk: Desk, features: set[str], form: str
) -> None:
    desk.shown.client.abilities = Abilities(frozenset(features), 256)
    desk.turn("done")
    assert desk.shown.notices == [Notice(form, "claude api is done")]


def test_a_bell_is_rung_only_where_an_option_says_so(desk: Desk) -> None:
    desk.turn("done")
    assert (desk.shown.notices, desk.shown.rings) == ([], 0)
    desk.world.session.options.set("agent-notify-terminal", "bell")
    desk.turn("working")
    desk.wait(1)
    desk.turn("done")
    assert (desk.shown.notices, desk.shown.rings) == ([], 1)


def test_a_context_that_fills_up_is_said_at_each_step_once_by_all_ways(desk: Desk) -> None:
    desk.world.session.options.set("agent-notify-terminal", "osc9")
    for percent in (79, 80, 90, 95, 99, 20, 81):
        desk.turn("working", context=ContextFact(percent, 100, percent))
        desk.wait(1)
    said = [f"claude api: context {percent} % full" for percent in (80, 95, 81)]
    assert desk.texts == said
    assert desk.shown.notices == [Notice("osc9", text) for text in said]
    assert desk.hooks == [AgentContext] * 3
    assert len(desk.marked) == 3


def test_a_turns_end_and_a_full_context_are_said_a_second_apart(desk: Desk) -> None:
    desk.turn("done", context=ContextFact(90, 100, 90))
    assert desk.hooks == [AgentDone]
    desk.wait(1)
    assert desk.hooks == [AgentDone, AgentContext]


def test_an_agent_that_has_gone_is_forgotten(desk: Desk) -> None:
    desk.turn("waiting", request_id=1)
    desk.notices.turned(desk.pane, None)
    desk.wait(5)
    assert desk.hooks == []


@pytest.mark.parametrize(
    ("hours", "now", "is_in"),
    [
        ("22:00-07:00", "23:10", True),
        ("22:00-07:00", "06:59", True),
        ("22:00-07:00", "07:00", False),
        ("09:00-17:00", "12:00", True),
        ("09:00-17:00", "08:59", False),
        ("00:00-00:00", "00:00", False),
    ],
)
def test_hours_may_go_over_midnight(hours: str, now: str, is_in: bool) -> None:
    assert is_within(hours, now) is is_in
