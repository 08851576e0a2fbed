"""Window sizes from clients: tmux(1), window-size."""

import pytest

from aimux.commands.sizes import fit_windows
from aimux.model.client import Client
from tests.server.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


def client(world: World, columns: int, rows: int, *, activity: float, sidebar: int = 0) -> Client:
    one = world.client(columns=columns, rows=rows, sidebar_columns=sidebar)
    one.activity = activity
    return one


@pytest.mark.parametrize(
    ("choice", "size"), [("latest", (100, 29)), ("largest", (120, 39)), ("smallest", (100, 29))]
)
def test_a_window_has_the_size_that_its_option_asks_for(
    world: World, choice: str, size: tuple[int, int]
) -> None:
    world.window.options.set("window-size", choice)
    client(world, 120, 40, activity=1)
    client(world, 100, 30, activity=2)
    fit_windows(world.state)
    assert (world.window.columns, world.window.rows) == size


def test_a_window_leaves_room_for_the_sidebar_of_its_client(world: World) -> None:
    client(world, 120, 40, activity=1, sidebar=36)
    fit_windows(world.state)
    assert (world.window.columns, world.window.rows) == (84, 39)
    assert (world.pane.columns, world.pane.rows) == (84, 39)


def test_a_window_without_clients_keeps_its_size(world: World) -> None:
    before = world.window.columns, world.window.rows
    fit_windows(world.state)
    assert (world.window.columns, world.window.rows) == before


def test_the_status_line_takes_its_rows(world: World) -> None:
    client(world, 80, 24, activity=1)
    for status, rows in (("on", 23), ("off", 24), ("3", 21)):
        world.session.options.set("status", status)
        fit_windows(world.state)
        assert world.window.rows == rows


def test_a_manual_size_is_kept(world: World) -> None:
    world.window.options.set("window-size", "manual")
    world.window.manual_size = (50, 10)
    client(world, 80, 24, activity=1)
    fit_windows(world.state)
    assert (world.window.columns, world.window.rows) == (50, 10)
