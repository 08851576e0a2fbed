"""Alerts: who is marked, who is told, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from aimux.events import AlertActivity, AlertBell, AlertSilence
from aimux.model.client import Client
from aimux.server.alerts import Alerts
from tests.server.world import World, make_world


@dataclass
class Told:
    """The clients that were rung, and the messages that were shown."""

    rung: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def ring(self, client: Client) -> None:
        self.rung.append(client.name)

    def show_message(self, client: Client, text: str) -> None:
        del client
        self.messages.append(text)


class Hall:
    """A window that makes noise, and time."""

    def __init__(self) -> None:
        self.world: World = make_world()
        self.told = Told()
        self.now = 0.0
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.alerts = Alerts(
            self.world.state,
            self.world.effects,
            self.told,
            monotonic=lambda: self.now,
            later=lambda seconds, action: self.timers.append((self.now + seconds, action)),
            changed=lambda: None,
        )

    @property
    def marks(self) -> set[str]:
        return self.world.session.current_link.alerts

    def wait(self, seconds: float) -> None:
        end = self.now + seconds
        while due := [timer for timer in self.timers if timer[0] <= end]:
            timer = min(due, key=lambda one: one[0])
            self.timers.remove(timer)
            self.now = timer[0]
            timer[1]()
        self.now = end


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_a_bell_in_a_window_that_is_shown_rings_and_marks_nothing(hall: Hall) -> None:
    client = hall.world.client()
    hall.alerts.bell(hall.world.window)
    hall.wait(0)
    assert (hall.told.rung, hall.told.messages, hall.marks) == ([client.name], [], set())
    assert [type(event) for event in hall.world.effects.events] == [AlertBell]


def test_a_bell_that_nobody_sees_marks_the_window(hall: Hall) -> None:
    hall.alerts.bell(hall.world.window)
    hall.wait(0)
    assert hall.marks == {"bell"}


def test_many_bells_of_one_moment_are_one(hall: Hall) -> None:
    for _ in range(1000):
        hall.alerts.bell(hall.world.window)
    hall.wait(0)
    assert len(hall.world.effects.events) == 1


@pytest.mark.parametrize(("visual", "rung", "shown"), [("off", 1, 0), ("on", 0, 1), ("both", 1, 1)])
def test_a_client_is_told_as_visual_bell_says(
    hall: Hall, visual: str, rung: int, shown: int
) -> None:
    hall.world.client()
    hall.world.session.options.set("visual-bell", visual)
    hall.alerts.bell(hall.world.window)
    hall.wait(0)
    assert (len(hall.told.rung), hall.told.messages) == (rung, ["Bell in current window"] * shown)


def test_an_action_that_wants_other_windows_tells_nothing_of_the_current_one(hall: Hall) -> None:
    hall.world.client()
    hall.world.window.options.set("monitor-activity", "on")
    hall.alerts.printed(hall.world.window)
    hall.wait(0)
    assert hall.world.effects.events == []
    hall.world.session.options.set("activity-action", "any")
    hall.world.session.options.set("visual-activity", "on")
    hall.alerts.printed(hall.world.window)
    hall.wait(0)
    assert [type(event) for event in hall.world.effects.events] == [AlertActivity]
    assert hall.told.messages == ["Activity in current window"]


def test_silence_is_told_after_the_last_output(hall: Hall) -> None:
    hall.world.session.options.set("silence-action", "any")
    hall.world.window.options.set("monitor-silence", "10")
    hall.alerts.settle()
    hall.wait(6)
    hall.alerts.printed(hall.world.window)
    hall.wait(6)
    assert hall.marks == set()
    hall.wait(4)
    assert hall.marks == {"silence"}
    assert [type(event) for event in hall.world.effects.events] == [AlertSilence]


def test_silence_is_listened_for_no_more_once_the_option_is_off(hall: Hall) -> None:
    hall.world.window.options.set("monitor-silence", "10")
    hall.alerts.settle()
    hall.world.window.options.set("monitor-silence", "0")
    hall.wait(10)
    assert (hall.timers, hall.marks) == ([], set())


def test_a_window_that_is_seen_loses_its_marks_everywhere(hall: Hall) -> None:
    other = hall.world.session.link(hall.world.window, index=7)
    other.alerts.add("bell")
    hall.marks.add("bell")
    hall.alerts.seen(hall.world.window)
    assert (other.alerts, hall.marks) == (set(), set())
