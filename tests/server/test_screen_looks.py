from collections.abc import Callable
from itertools import pairwise

import pytest

from aimux.model.pane import Pane
from aimux.server.screen_looks import BUSY_SECONDS, QUIET_SECONDS, ScreenLooks
from tests.server.world import make_world


class Time:
    """A clock that is moved by hand, and what is to happen at which time."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        self.waiting.append((self.now + seconds, action))

    def go_to(self, moment: float) -> None:
        while due := [one for one in self.waiting if one[0] <= moment + 1e-9]:
            first = min(due, key=lambda one: one[0])
            self.waiting.remove(first)
            self.now = first[0]
            first[1]()
        self.now = moment


@pytest.fixture
def pane() -> Pane:
    return make_world().pane


def looks_at(time: Time) -> tuple[ScreenLooks, list[float]]:
    seen: list[float] = []
    looks = ScreenLooks(
        now=lambda: time.now, later=time.later, look=lambda _: seen.append(time.now)
    )
    return looks, seen


def test_a_pane_is_looked_at_once_it_is_quiet_and_then_never_again(pane: Pane) -> None:
    time = Time()
    looks, seen = looks_at(time)
    looks.soon(pane)
    time.go_to(200.0)
    assert seen == [pytest.approx(100.0 + QUIET_SECONDS)]
    assert time.waiting == []


def test_a_pane_that_prints_all_the_time_is_looked_at_now_and_then(pane: Pane) -> None:
    time = Time()
    looks, seen = looks_at(time)
    for step in range(500):
        time.go_to(100.0 + step / 100)
        looks.soon(pane)
    assert 4 <= len(seen) <= 6
    assert all(b - a >= BUSY_SECONDS - 0.02 for a, b in pairwise(seen))


def test_a_pane_that_has_gone_is_not_looked_at(pane: Pane) -> None:
    time = Time()
    looks, seen = looks_at(time)
    looks.soon(pane)
    looks.forget(pane)
    time.go_to(200.0)
    assert seen == []
