"""What is told of panes that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from aimux.model.client import Client
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.protocol.facts import AgentFact
from aimux.protocol.server_messages import Notice, Toast
from aimux.server.toasts import Toasts
from aimux.vt.engine import Engine
from tests.server.world import World, make_world


@dataclass
class Shown:
    """One client's attachment, as far as toasts know it."""

    client: Client
    toasts: list[Toast] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    rings: int = 0

    @property
    def attachment(self) -> Shown:
        return self

    def toast(self, toast: Toast) -> bool:
        self.toasts.append(toast)
        return True

    def notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def ring(self) -> None:
        self.rings += 1


@dataclass
class Desk:
    world: World
    shown: Shown
    now: float = 100.0

    def __post_init__(self) -> None:
        self.toasts = Toasts(self.world.state, self, monotonic=lambda: self.now)

    def __iter__(self) -> Iterator[Shown]:
        return iter([self.shown])

    @property
    def texts(self) -> list[str]:
        return [toast.text for toast in self.shown.toasts]


@pytest.fixture
def desk() -> Desk:
    world = make_world()
    return Desk(world, Shown(world.client()))


def hidden(world: World) -> Pane:
    """A pane that the window holds and nobody sees: another one is zoomed."""
    pane = Pane(world.state.new_pane_id(), Engine(10, 10), Options(world.window.options))
    world.window.panes.append(pane)
    world.window.zoomed_layout = world.window.layout
    world.state.panes[pane.id] = pane
    return pane


def agent(pane: Pane, state: str, detail: str = "") -> AgentFact:
    return AgentFact(pane.id, "work", "work:0.1", "claude", state, detail, 0.0, "", window="api")


def test_an_agent_that_begins_to_wait_unseen_is_told_of(desk: Desk) -> None:
    pane = hidden(desk.world)
    desk.toasts.turned(pane, agent(pane, "waiting", "run\x1b[31m [b]rm[/b]?"))
    assert desk.texts == ["claude api waits: run[31m [b]rm[/b]?"]
    assert desk.shown.toasts[0].state == "waiting"
    assert desk.shown.toasts[0].pane == pane.id


def test_what_somebody_sees_is_not_told(desk: Desk) -> None:
    desk.toasts.turned(desk.world.pane, agent(desk.world.pane, "waiting"))
    desk.toasts.bell(desk.world.pane)
    assert desk.texts == []


@pytest.mark.parametrize("state", ["working", "starting", "idle", "unknown", "exited"])
def test_what_needs_nobody_is_not_told(desk: Desk, state: str) -> None:
    pane = hidden(desk.world)
    desk.toasts.turned(pane, agent(pane, state))
    assert desk.texts == []


def test_a_pane_is_told_of_once_a_second(desk: Desk) -> None:
    pane, other = hidden(desk.world), hidden(desk.world)
    desk.toasts.bell(pane)
    desk.now += 0.9
    desk.toasts.bell(pane)
    desk.toasts.bell(other)
    desk.now += 0.1
    desk.toasts.turned(pane, agent(pane, "done"))
    assert desk.texts == ["bell in one", "bell in one", "claude api is done"]


def test_the_option_and_the_name_of_tmux_turn_them_off(desk: Desk) -> None:
    pane = hidden(desk.world)
    desk.world.session.options.set("toasts", "off")
    desk.toasts.bell(pane)
    desk.world.session.options.set("toasts", "on")
    desk.shown.client.as_tmux = True
    desk.now += 5
    desk.toasts.bell(pane)
    assert desk.texts == []


def test_a_window_whose_bells_are_not_monitored_is_silent(desk: Desk) -> None:
    pane = hidden(desk.world)
    desk.world.window.options.set("monitor-bell", "off")
    desk.toasts.bell(pane)
    assert desk.texts == []
