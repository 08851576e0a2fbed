"""A client's picture: where panes, borders, status line and cursor stand."""

from __future__ import annotations

import pytest

from aimux.ids import PaneId
from aimux.model.layout_cell import Direction
from aimux.model.pane import Pane
from aimux.model.prompt import Prompt
from aimux.server.cursor_place import HIDDEN
from aimux.server.mouse_places import place_at
from aimux.server.painter import Painter
from aimux.vt.engine import Engine
from tests.server.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world(columns=80, rows=23)


def split(world: World) -> Pane:
    """A second pane at the right."""
    pane = Pane(PaneId(7), Engine(1, 1), world.window.options)
    world.window.layout.split(world.pane.id, pane.id, direction=Direction.LEFT_RIGHT)
    world.window.panes.append(pane)
    world.state.panes[pane.id] = pane
    world.window.place_panes()
    return pane


def painter(world: World, *, columns: int = 80, rows: int = 24) -> Painter:
    client = world.client(columns=columns, rows=rows)
    return Painter(world.state, world.effects, client)


def test_panes_stand_beside_their_border_and_above_the_status_line(world: World) -> None:
    other = split(world)
    picture = painter(world).picture()
    assert [(one.pane, one.column, one.columns, one.rows) for one in picture.placed] == [
        (world.pane, 0, 40, 23),
        (other, 41, 39, 23),
    ]
    assert picture.status_rows == (23,)
    assert {cells.column for cells in picture.borders} == {40}


def test_a_status_line_on_top_moves_the_window_down(world: World) -> None:
    world.session.options.set("status-position", "top")
    picture = painter(world).picture()
    assert picture.status_rows == (0,)
    assert picture.placed[0].row == 1


def test_a_window_larger_than_the_client_is_cut_and_follows_its_cursor(world: World) -> None:
    world.pane.screen.feed(b"\x1b[23;1H")
    view = painter(world, columns=40, rows=11)
    picture = view.picture()
    (placed,) = picture.placed
    assert (placed.columns, placed.rows, placed.top) == (40, 10, 13)
    assert view.cursor(picture).row == 9


def test_what_is_shown_of_a_wide_window_has_the_cursor_in_its_middle(world: World) -> None:
    world.pane.screen.feed(b"\x1b[1;46H")
    view = painter(world, columns=30, rows=24)
    picture = view.picture()
    (placed,) = picture.placed
    assert (placed.column, placed.columns, placed.left) == (0, 30, 30)
    assert view.cursor(picture).column == 15
    place = place_at(world.session, picture, (), column=5, row=0)
    assert place.mouse.column == 35


def test_a_terminal_of_one_row_shows_its_pane_and_no_status_line(world: World) -> None:
    picture = painter(world, columns=10, rows=1).picture()
    assert picture.status_rows == ()
    assert picture.placed[0].rows == 1


def test_the_cursor_is_the_active_panes(world: World) -> None:
    other = split(world)
    other.screen.feed(b"\x1b[3;5H\x1b[4 q")
    world.window.select(other, point=1)
    view = painter(world)
    cursor = view.cursor(view.picture())
    assert (cursor.row, cursor.column, cursor.visible, cursor.shape) == (2, 45, True, 4)


def test_a_hidden_cursor_stays_hidden(world: World) -> None:
    world.pane.screen.feed(b"\x1b[?25l")
    view = painter(world)
    assert view.cursor(view.picture()) == HIDDEN


@pytest.mark.parametrize(("position", "row", "skipped"), [("bottom", 22, 0), ("top", 0, 1)])
def test_without_a_status_line_a_prompt_covers_a_row_of_the_window(
    world: World, position: str, row: int, skipped: int
) -> None:
    world.session.options.set("status", "off")
    world.session.options.set("status-position", position)
    view = painter(world, rows=23)
    client = next(iter(world.state.clients.values()))
    assert view.picture().status_rows == ()
    client.prompt = Prompt(label=":", answer=lambda _: None)
    picture = view.picture()
    assert picture.status_rows == (row,)
    (placed,) = picture.placed
    assert (placed.rows, placed.top) == (22, skipped)
    assert view.cursor(picture).row == row


@pytest.mark.parametrize(
    ("column", "row", "where"),
    [(5, 5, "Pane"), (40, 5, "Border"), (60, 5, "Pane"), (1, 23, "StatusLeft")],
)
def test_the_mouse_finds_what_is_under_it(world: World, column: int, row: int, where: str) -> None:
    split(world)
    view = painter(world)
    picture = view.picture()
    _rows, ranges = view.status_line.draw(picture)
    place = place_at(world.session, picture, ranges, column=column, row=row)
    assert place.where == where


def test_a_place_in_a_pane_counts_from_its_corner(world: World) -> None:
    other = split(world)
    picture = painter(world).picture()
    place = place_at(world.session, picture, (), column=45, row=3)
    assert (place.mouse.pane, place.mouse.column, place.mouse.row) == (other, 4, 3)


def test_a_pane_that_calls_for_attention_has_a_border_of_its_own(world: World) -> None:
    split(world)
    options = world.window.options
    options.set("pane-border-style", "fg=blue,bold")
    options.set("pane-active-border-style", "fg=green,bold")

    def looks() -> set[str]:
        return {cells.text.partition("m")[0] for cells in painter(world).picture().borders}

    assert looks() == {"\x1b[1;32", "\x1b[1;34"}
    options.set("pane-attention-border-style", "#{?#{==:#{pane_id},%7},fg=yellow,}")
    assert looks() == {"\x1b[1;32", "\x1b[1;33"}
