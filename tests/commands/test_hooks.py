"""Which hooks there are, and where the commands of each come from."""

from __future__ import annotations

import pytest

from aimux import events
from aimux.commands.hooks import Hook, hook_of, place_of
from aimux.commands.table import COMMANDS
from aimux.events import (
    Event,
    PaneDied,
    SessionClosed,
    SessionRenamed,
    WindowLinked,
    WindowRenamed,
)
from aimux.ids import SessionId
from aimux.model.command_list import Arguments, BoundCommand, CommandBlock
from aimux.model.option_hooks import HOOKS
from tests.server.world import World, make_world

NEVER = {"after-queue"}  # tmux 3.3a has the option and no such command


def block(text: str) -> CommandBlock:
    """Any command of that name."""
    return CommandBlock(((BoundCommand(text, Arguments()),),))


@pytest.fixture
def world() -> World:
    world = make_world()
    for options in (world.state.session_options, world.state.window_options):
        options.read_commands_with(block)
    return world


def names(hook: Hook | None) -> list[str]:
    """The commands of a hook."""
    return [command.name for one in hook.blocks for command in one] if hook is not None else []


def test_every_hook_is_an_events_or_a_commands() -> None:
    kinds = [kind for kind in vars(events).values() if isinstance(kind, type)]
    told = {kind.hook for kind in kinds if issubclass(kind, Event)} - {""}
    after = {f"after-{name}" for name in COMMANDS}
    hooks = {row.name for row in HOOKS}
    assert told <= hooks
    assert hooks - told - after == NEVER


def ran(world: World, event: Event) -> Hook | None:
    """What runs of an event that has just happened."""
    return hook_of(world.state, event, place_of(world.state, event))


def test_a_hook_without_commands_is_none(world: World) -> None:
    assert ran(world, SessionRenamed(world.session.id, "work")) is None


def test_the_commands_come_in_the_order_of_their_indexes(world: World) -> None:
    options = world.state.session_options
    for index in (7, 0, 3):
        options.set(f"session-renamed[{index}]", f"run-{index}")
    hook = ran(world, SessionRenamed(world.session.id, "work"))
    assert names(hook) == ["run-0", "run-3", "run-7"]


def test_a_sessions_own_hook_hides_the_global_one(world: World) -> None:
    world.state.session_options.set("session-renamed", "global")
    world.session.options.set("session-renamed", "own")
    assert names(ran(world, SessionRenamed(world.session.id, "work"))) == ["own"]


def test_a_panes_own_hook_hides_its_windows(world: World) -> None:
    world.window.options.set("pane-died", "window")
    event = PaneDied(world.pane.id, 0, None)
    assert names(ran(world, event)) == ["window"]
    world.pane.options.set("pane-died", "pane")
    assert names(ran(world, event)) == ["pane"]


def test_what_a_hook_is_of_stands_in_its_formats(world: World) -> None:
    world.state.window_options.set("window-renamed", "told")
    hook = ran(world, WindowRenamed(world.window.id, "new"))
    assert hook is not None
    assert hook.formats == {
        "hook": "window-renamed",
        "hook_window": f"@{world.window.id}",
        "hook_window_name": "new",
    }
    assert hook.place is not None
    assert (hook.place.session, hook.place.pane) == (world.session, world.pane)


def test_a_hook_of_what_has_gone_runs_in_the_session_that_was_used_last(world: World) -> None:
    world.state.session_options.set("session-closed", "told")
    hook = ran(world, SessionClosed(SessionId(99), "gone"))
    assert hook is not None
    assert hook.formats["hook_session_name"] == "gone"
    assert hook.place is not None
    assert hook.place.session is world.session


def test_a_hook_runs_where_it_happened_unless_that_has_gone(world: World) -> None:
    world.state.session_options.set("window-linked", "told")
    event = WindowLinked(world.session.id, "work", world.window.id, "one")
    place = place_of(world.state, event)
    world.session.link(world.window, index=7)
    world.session.select(world.session.links[7])
    first, second = hook_of(world.state, event, place), hook_of(world.state, event, None)
    assert first is not None
    assert first.place is not None
    assert first.place.link is world.session.links[0]
    assert second is not None
    assert second.place is not None
    assert second.place.link is world.session.links[7]
