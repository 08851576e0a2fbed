"""Hints after the prefix: when they come, where they stand, and that they go."""

from __future__ import annotations

import pytest

from aimux.commands.keymap import read_keymap
from aimux.data import load_data
from aimux.model.client import Client
from aimux.model.layout_cell import Box
from aimux.model.menu import Menu, MenuItem
from aimux.server.hints import hint_row
from aimux.server.painter import Painter
from aimux.server.reading import language
from aimux.server.which_key import WhichKey
from tests.server.world import World, make_world


@pytest.fixture
def world() -> World:
    world = make_world()
    read = language(world.state, world.effects).read_string
    for name in ("tmux", "aimux"):
        read_keymap(load_data("keymaps", name), read, into=world.state.key_tables)
    return world


def wait(world: World, client: Client) -> WhichKey:
    """Press the prefix."""
    hints = WhichKey(world.state, world.effects, client)
    client.key_table = "prefix"
    hints.begin(world.session)
    return hints


def time_over(world: World) -> None:
    for _, action in world.effects.timers:
        action()


def test_half_a_second_after_the_prefix_the_keys_are_shown(world: World) -> None:
    client = world.client()
    hints = wait(world, client)
    assert [seconds for seconds, _ in world.effects.timers] == [0.5]
    assert client.hint == ()
    time_over(world)
    assert len(client.hint) == 2
    assert hints.end()
    assert client.hint == ()


def test_a_key_that_comes_sooner_shows_nothing(world: World) -> None:
    client = world.client()
    hints = wait(world, client)
    assert not hints.end()
    time_over(world)
    assert client.hint == ()


@pytest.mark.parametrize("reason", ["tmux", "off", "left", "menu"])
def test_nothing_is_shown_where_nobody_wants_it(world: World, reason: str) -> None:
    client = world.client()
    client.as_tmux = reason == "tmux"
    world.state.session_options.set("which-key", "off" if reason == "off" else "on")
    wait(world, client)
    if reason == "left":
        client.key_table = "root"
    if reason == "menu":
        client.overlay = Menu("m", (MenuItem("x"),), 0, 0, lambda _: None)
    assert len(world.effects.timers) == (0 if reason in ("tmux", "off") else 1)
    time_over(world)
    assert client.hint == ()


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_as_much_is_shown_as_fits_and_all_keys_always(world: World, columns: int) -> None:
    client = world.client(columns=columns)
    wait(world, client)
    time_over(world)
    painter = Painter(world.state, world.effects, client)
    picture = painter.picture()
    assert picture.hint == Box(0, 21, columns, 2)
    strips = painter.over(picture)
    assert [strip.columns for row in (21, 22) for strip in strips[row]] == [columns, columns]
    assert "all keys" in client.hint[1]
    assert ("palette" in client.hint[1]) == (columns >= 80)


def test_a_persons_own_keys_are_among_them(world: World) -> None:
    client = world.client(columns=200)
    read = language(world.state, world.effects).read_string
    world.state.key_tables.bind("prefix", "C-#", read("kill-server"), note="end #[bg=red] it")
    wait(world, client)
    time_over(world)
    assert "C-###[default] end ##[bg=red] it" in client.hint[1]


def test_the_cursors_row_stays_free(world: World) -> None:
    client = world.client()
    world.pane.screen.feed(b"\x1b[22;1H")
    wait(world, client)
    time_over(world)
    picture = Painter(world.state, world.effects, client).picture()
    assert picture.hint == Box(0, 19, 80, 2)


@pytest.mark.parametrize(
    ("cursor", "on_top", "row"),
    [
        (None, False, 21),
        (0, False, 21),
        (20, False, 21),
        (21, False, 19),
        (22, False, 20),
        (None, True, 0),
        (0, True, 1),
        (1, True, 2),
        (9, True, 0),
    ],
)
def test_hints_stand_beside_the_status_line_or_the_cursor(
    cursor: int | None, on_top: bool, row: int
) -> None:
    assert hint_row(2, first=0, end=23, cursor=cursor, on_top=on_top) == row


def test_without_room_there_are_none() -> None:
    assert hint_row(2, first=0, end=2, cursor=1, on_top=False) is None
    assert hint_row(2, first=0, end=1, cursor=None, on_top=False) is None
