"""What is told of a change, and when."""

from __future__ import annotations

import pytest

from aimux.commands.telling import (
    link_window,
    rename_window,
    select_link,
    select_pane,
    tell_size,
    unlink_window,
    unzoom,
    zoom,
)
from aimux.events import (
    SessionWindowChanged,
    WindowLayoutChanged,
    WindowLinked,
    WindowPaneChanged,
    WindowRenamed,
    WindowResized,
    WindowUnlinked,
)
from aimux.model.layout_cell import Direction
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.vt.engine import Engine
from tests.server.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


def split(world: World) -> Pane:
    """A second pane, which is not active."""
    window = world.window
    pane = Pane(world.state.new_pane_id(), Engine(80, 11), Options(window.options))
    window.layout.split(
        world.pane.id, pane.id, direction=Direction.TOP_BOTTOM, size=None, before=False, full=False
    )
    window.panes.append(pane)
    window.place_panes()
    return pane


def test_a_name_is_told_of_even_if_it_is_the_same(world: World) -> None:
    rename_window(world.effects, world.window, "one")
    assert world.effects.events == [WindowRenamed(world.window.id, "one")]


def test_what_is_shown_already_is_not_told_of(world: World) -> None:
    assert not select_link(world.effects, world.session, world.session.current_link)
    assert not select_pane(world.state, world.effects, world.window, world.pane)
    assert not unzoom(world.effects, world.window)
    assert not zoom(world.effects, world.window)  # it has one pane
    assert world.effects.events == []


def test_a_zoom_is_a_layout_and_so_is_its_end(world: World) -> None:
    other = split(world)
    assert select_pane(world.state, world.effects, world.window, other)
    assert zoom(world.effects, world.window)
    assert unzoom(world.effects, world.window)
    layout = WindowLayoutChanged(world.window.id, "one")
    active = WindowPaneChanged(world.window.id, "one", other.id)
    assert world.effects.events == [active, layout, layout]


def test_a_zoomed_window_gets_a_size_in_three_steps(world: World) -> None:
    split(world)
    world.window.zoom()
    tell_size(world.effects, world.window)
    layout = WindowLayoutChanged(world.window.id, "one")
    assert world.effects.events == [layout] * 3 + [WindowResized(world.window.id, "one")]


def test_the_next_window_is_shown_before_one_leaves(world: World) -> None:
    place = (world.session.id, "work", world.window.id, "one")
    first = world.session.current_link
    link_window(world.effects, world.session, world.window, index=5)
    unlink_window(world.effects, world.session, first)
    assert world.effects.events == [
        WindowLinked(*place),
        SessionWindowChanged(world.session.id, "work", world.window.id),
        WindowUnlinked(*place),
    ]
    assert world.session.current is world.session.links[5]
    assert world.session.last == []


def test_the_only_window_leaves_nothing_to_show(world: World) -> None:
    unlink_window(world.effects, world.session, world.session.current_link)
    assert [type(event) for event in world.effects.events] == [WindowUnlinked]
    assert world.session.current is None
