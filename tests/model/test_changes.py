"""What the comparison of two looks at the state finds."""

from __future__ import annotations

import pytest

from aimux.events import (
    ClientActive,
    ClientAttached,
    ClientDetached,
    ClientResized,
    ClientSessionChanged,
    PaneTitleChanged,
    SessionClosed,
    SessionRenamed,
    WindowLayoutChanged,
    WindowLinked,
    WindowRenamed,
    WindowResized,
    WindowUnlinked,
)
from aimux.model.changes import Changes
from tests.server.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def changes(world: World) -> Changes:
    changes = Changes()
    changes.look(world.state)
    return changes


def test_nothing_happened_where_nothing_changed(world: World, changes: Changes) -> None:
    assert changes.look(world.state) == []


def test_a_change_is_told_once(world: World, changes: Changes) -> None:
    world.window.name = world.session.name = "new"
    assert changes.look(world.state) == [
        WindowRenamed(world.window.id, "new"),
        SessionRenamed(world.session.id, "new"),
    ]
    assert changes.look(world.state) == []


def test_a_layout_that_is_set_anew_counts_even_if_it_is_the_same(
    world: World, changes: Changes
) -> None:
    world.window.place_panes()
    assert changes.look(world.state) == [WindowLayoutChanged(world.window.id, "one")]


def test_a_window_of_another_size(world: World, changes: Changes) -> None:
    world.window.resize(columns=70, rows=20)
    assert WindowResized(world.window.id, "one") in changes.look(world.state)


def test_a_title(world: World, changes: Changes) -> None:
    world.pane.title = "title"
    assert changes.look(world.state) == [PaneTitleChanged(world.pane.id)]


def test_a_window_that_moves_is_linked_and_unlinked(world: World, changes: Changes) -> None:
    world.session.link(world.window, index=5)
    del world.session.links[0]
    place = (world.session.id, "work", world.window.id, "one")
    assert changes.look(world.state) == [WindowLinked(*place), WindowUnlinked(*place)]


def test_a_renumbered_window_is_neither(world: World, changes: Changes) -> None:
    link = world.session.links.pop(0)
    link.index = 3
    world.session.links[3] = link
    assert changes.look(world.state) == []


def test_a_session_that_ended_unlinks_its_windows(world: World, changes: Changes) -> None:
    del world.state.sessions[world.session.id]
    assert changes.look(world.state) == [
        SessionClosed(world.session.id, "work"),
        WindowUnlinked(world.session.id, "work", world.window.id, "one"),
    ]


def test_a_client_comes_changes_and_goes(world: World, changes: Changes) -> None:
    client = world.client()
    assert changes.look(world.state) == [
        ClientSessionChanged(client.id, client.name, world.session.id),
        ClientAttached(client.id, client.name),
        ClientResized(client.id, client.name),
    ]
    client.columns = 100
    assert changes.look(world.state) == [ClientResized(client.id, client.name)]
    client.session = None
    assert changes.look(world.state) == [ClientDetached(client.id, client.name)]


def test_a_client_that_takes_over_is_the_active_one(world: World, changes: Changes) -> None:
    first, second = world.client(), world.client()
    first.activity = 1
    changes.look(world.state)
    second.activity = 2
    assert changes.look(world.state) == [ClientActive(second.id, second.name)]
