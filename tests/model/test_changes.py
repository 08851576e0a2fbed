"""What the comparison of two looks at the state finds."""

from __future__ import annotations

import pytest

from aimux.events import (
    ClientActive,
    ClientAttached,
    ClientDetached,
    ClientResized,
    PaneTitleChanged,
    WindowLayoutChanged,
    WindowResized,
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
    world.pane.title = "new"
    assert changes.look(world.state) == [PaneTitleChanged(world.pane.id)]
    assert changes.look(world.state) == []


def test_a_window_of_another_size_has_another_layout(world: World, changes: Changes) -> None:
    world.window.resize(columns=70, rows=20)
    assert changes.look(world.state) == [
        WindowLayoutChanged(world.window.id, "one"),
        WindowResized(world.window.id, "one"),
    ]


def test_what_is_told_where_it_happens_is_not_told_again(world: World, changes: Changes) -> None:
    world.window.name = world.session.name = "new"
    world.window.place_panes()
    world.session.link(world.window, index=5)
    assert changes.look(world.state) == []


def test_a_client_comes_changes_and_goes(world: World, changes: Changes) -> None:
    client = world.client()
    assert changes.look(world.state) == [
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
