"""Which panes are told of the focus."""

from __future__ import annotations

from aimux.events import PaneFocusIn, PaneFocusOut
from aimux.server.focus import Focus
from tests.server.world import make_world


def test_a_pane_is_told_when_focused_clients_come_and_go() -> None:
    world = make_world()
    world.pane.screen.feed(b"\x1b[?1004h")
    world.state.server_options.set("focus-events", "on")
    first, second = world.client(), world.client()
    focus = Focus(world.state, world.effects)
    focus.settle()
    first.focused = False
    focus.settle()
    second.focused = False
    focus.settle()
    assert world.effects.events == [PaneFocusIn(world.pane.id), PaneFocusOut(world.pane.id)]
    assert world.effects.written == [(world.pane.id, b"\x1b[I"), (world.pane.id, b"\x1b[O")]


def test_without_focus_events_nobody_is_told() -> None:
    world = make_world()
    world.client()
    Focus(world.state, world.effects).settle()
    assert world.effects.events == []
