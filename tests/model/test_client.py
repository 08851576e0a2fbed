"""The pane that a client's keys go to."""

from __future__ import annotations

from aimux.ids import PaneId, WindowId
from aimux.model.client import MAX_OWN_PANES
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.vt.engine import Engine
from tests.server.world import World, make_world


def two_panes() -> tuple[World, Pane]:
    """A world whose window has a second pane, which is not active."""
    world = make_world()
    other = Pane(world.state.new_pane_id(), Engine(80, 23), Options(world.window.options))
    world.window.panes.append(other)
    return world, other


def test_it_is_the_active_one_whatever_was_chosen_without_the_flag() -> None:
    world, other = two_panes()
    client = world.client()
    client.choose_pane(world.window.id, other.id)
    assert client.pane is world.pane


def test_with_the_flag_it_is_the_client_s_own_while_that_is_there() -> None:
    world, other = two_panes()
    client = world.client()
    client.active_pane = True
    assert client.pane is world.pane
    client.choose_pane(world.window.id, other.id)
    assert client.pane is other
    world.window.panes.remove(other)
    assert client.pane is world.pane


def test_in_a_zoomed_window_it_is_the_one_that_is_seen() -> None:
    world, other = two_panes()
    client = world.client()
    client.active_pane = True
    client.choose_pane(world.window.id, other.id)
    world.window.zoom()
    assert client.pane is world.pane


def test_a_client_without_a_session_has_none() -> None:
    world = make_world()
    client = world.client()
    client.session = None
    assert client.pane is None


def test_the_choice_of_too_many_windows_is_forgotten() -> None:
    client = make_world().client()
    for number in range(MAX_OWN_PANES + 5):
        client.choose_pane(WindowId(number), PaneId(number))
    assert len(client.own_panes) == MAX_OWN_PANES
    assert WindowId(0) not in client.own_panes
