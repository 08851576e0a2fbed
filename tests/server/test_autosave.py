"""When sessions are saved by themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aimux.errors import CommandError
from aimux.server.autosave import Autosave
from tests.server.world import World, make_world


class Desk:
    """A server's state and the timers that were asked for."""

    def __init__(self) -> None:
        self.world: World = make_world()
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.autosave = Autosave(
            self.world.state,
            self.world.effects,
            later=lambda seconds, action: self.timers.append((seconds, action)),
        )

    def set(self, minutes: int) -> None:
        self.world.state.server_options.set("autosave-interval", str(minutes))
        self.autosave.settle()

    def pass_time(self) -> None:
        """The oldest timer is due."""
        self.timers.pop(0)[1]()

    @property
    def written(self) -> list[object]:
        return [what for name, what in self.world.effects.asked if name == "replace_file"]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_nothing_is_saved_unless_asked_for(desk: Desk) -> None:
    desk.autosave.settle()
    desk.autosave.end()
    assert (desk.timers, desk.written) == ([], [])


def test_it_is_saved_every_so_many_minutes_and_at_the_end(desk: Desk) -> None:
    desk.set(15)
    desk.autosave.settle()
    assert [seconds for seconds, _ in desk.timers] == [900]
    desk.pass_time()
    assert len(desk.written) == 1
    assert [seconds for seconds, _ in desk.timers] == [900]
    desk.world.window.name = "another"
    desk.autosave.end()
    assert len(desk.written) == 2


def test_what_has_not_changed_is_not_written_again(desk: Desk) -> None:
    desk.set(1)
    desk.pass_time()
    desk.pass_time()
    desk.autosave.end()
    assert len(desk.written) == 1


def test_no_sessions_leave_the_file_as_it_is(desk: Desk) -> None:
    desk.set(1)
    desk.world.state.sessions.clear()
    desk.pass_time()
    desk.autosave.end()
    assert desk.written == []


def test_another_interval_counts_from_now(desk: Desk) -> None:
    desk.set(15)
    desk.set(5)
    assert [seconds for seconds, _ in desk.timers] == [900, 300]
    desk.pass_time()
    assert desk.written == []  # the timer of before
    desk.set(0)
    desk.pass_time()
    assert (desk.timers, desk.written) == ([], [])


def test_a_disk_that_is_full_ends_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: str, _text: str) -> None:
        raise CommandError("No space left on device")

    monkeypatch.setattr(desk.world.effects, "replace_file", full)
    desk.set(1)
    desk.pass_time()
    assert len(desk.timers) == 1
