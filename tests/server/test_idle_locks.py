"""lock-after-time."""

from __future__ import annotations

from collections.abc import Callable

from aimux.server.idle_locks import IdleLocks
from tests.server.world import make_world


def test_a_session_is_locked_once_it_was_idle_long_enough() -> None:
    world = make_world()
    client = world.client()
    world.session.options.set("lock-after-time", "10")
    now, locked = 100.0, []
    timers: list[tuple[float, Callable[[], None]]] = []

    def expire() -> None:
        nonlocal now
        due, action = timers.pop()
        now = due
        action()

    locks = IdleLocks(
        world.state,
        now=lambda: now,
        later=lambda seconds, action: timers.append((now + seconds, action)),
        lock=lambda one, command: locked.append((one.name, command)),
    )
    locks.settle()
    locks.settle()
    world.session.activity = 104.0
    expire()
    assert (locked, timers[0][0]) == ([], 114.0)
    expire()
    assert locked == [(client.name, "lock -np")]
    client.session = None
    expire()
    assert timers == []
