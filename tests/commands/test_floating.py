"""new-pane, and what other commands do with a pane that floats."""

from __future__ import annotations

import pytest

from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box
from aimux.model.pane import Pane
from aimux.model.window import Window
from tests.commands.test_overlays import Desk


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.asker.said.clear()
    return desk


def window_of(desk: Desk) -> Window:
    return desk.world.window


def box_of(pane: Pane) -> Box:
    return Box(pane.column, pane.row, pane.columns, pane.rows)


def test_a_pane_floats_half_as_wide_and_a_quarter_as_high_as_the_window(desk: Desk) -> None:
    desk.run("new-pane ; new-pane")
    window = window_of(desk)
    assert [box_of(pane) for pane in window.panes] == [
        Box(0, 0, 80, 23),
        Box(4, 2, 40, 5),
        Box(8, 4, 40, 5),
    ]
    assert window.drawn_floats == [window.panes[2], window.panes[1]]
    assert window.active is window.panes[2]
    assert window.layout.panes() == [window.panes[0].id]


def test_flags_say_where_it_stands_and_what_is_told_of_it(desk: Desk) -> None:
    desk.run("new-pane -d -x 50% -y 6 -X -2 -Y '#{e|+:2,3}'")
    desk.run("list-panes -F '#{pane_floating_flag} #{pane_x},#{pane_y},#{pane_z} #{pane_flags}'")
    assert desk.asker.said == ["0 0,0,2 *", "1 -2,5,0 F"]
    assert box_of(window_of(desk).panes[1]) == Box(-2, 5, 40, 6)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("new-pane -x 80", "size or position too large"),
        ("new-pane -y -1", "size or position too small"),
        ("new-pane -X a", "size or position invalid"),
        ("new-pane -s foo", "bad style: foo"),
        ("new-pane -S foo", "bad active border style: foo"),
        ("split-window -R foo", "bad inactive border style: foo"),
        ("new-pane ; split-window", "size or position can't split a floating pane"),
        ("new-pane ; join-pane -s :.0", "size or position can't split a floating pane"),
        ("new-pane ; swap-pane -s :.0", "cannot swap floating panes"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, command: str, error: str) -> None:
    desk.run(command)
    assert desk.asker.said == [error]
    assert len(window_of(desk).panes) <= 2


def test_borders_of_one_pane_have_styles_of_their_own(desk: Desk) -> None:
    desk.run("new-pane -R fg=blue -S fg=green ; split-window -t :.0 -R '' -S fg=red")
    _, floating, tiled = sorted(window_of(desk).panes, key=lambda pane: pane.id)
    assert floating.options.text("pane-border-style") == "fg=blue"
    assert floating.options.text("pane-active-border-style") == "fg=green"
    assert tiled.options.text("pane-border-style") == ""
    assert tiled.options.text("pane-active-border-style") == "fg=red"


def test_l_makes_a_tiled_pane(desk: Desk) -> None:
    desk.run("new-pane -L -h -l 20")
    window = window_of(desk)
    assert not window.floats
    assert [pane.columns for pane in window.panes] == [59, 20]


def test_layouts_and_rotation_leave_it_where_it_is(desk: Desk) -> None:
    desk.run("split-window -h ; new-pane -X 10 -Y 5 -x 20 -y 4 ; select-layout even-vertical")
    window = window_of(desk)
    first, second, floating = window.panes
    assert [first.columns, second.columns] == [80, 80]
    desk.run("rotate-window")
    assert window.panes == [second, first, floating]
    assert box_of(floating) == Box(10, 5, 20, 4)


def test_a_saved_layout_brings_it_back_to_its_place(desk: Desk) -> None:
    desk.run("new-pane -X 10 -Y 5 -x 20 -y 4 ; display-message -p '#{window_layout}'")
    layout = desk.asker.said[-1]
    desk.run("resize-pane -x 7 ; resize-pane -D 3")
    assert box_of(window_of(desk).active) == Box(10, 5, 7, 7)
    desk.run(f"select-layout '{layout}'")
    assert box_of(window_of(desk).active) == Box(10, 5, 20, 4)


def test_zoomed_it_covers_the_window_and_floats_again_behind_that(desk: Desk) -> None:
    desk.run("new-pane ; resize-pane -Z")
    window = window_of(desk)
    assert box_of(window.active) == Box(0, 0, 80, 23)
    assert (window.drawn_tiled, window.drawn_floats) == ([window.active], [])
    desk.run("resize-pane -Z")
    assert box_of(window.active) == Box(4, 2, 40, 5)


def test_the_front_one_takes_the_place_of_the_last_tiled_pane(desk: Desk) -> None:
    desk.run("new-pane ; new-pane ; kill-pane -t :.0")
    window = window_of(desk)
    assert [window.is_floating(pane) for pane in window.panes] == [True, False]
    assert box_of(window.panes[1]) == Box(0, 0, 80, 23)


def test_broken_out_and_joined_it_is_tiled(desk: Desk) -> None:
    desk.run("new-pane")
    window, floating = window_of(desk), window_of(desk).active
    desk.run("join-pane -h -t :.0")
    assert not window.floats
    assert [pane.columns for pane in window.panes] == [40, 39]
    desk.run("new-pane ; break-pane")
    assert not window.floats
    assert desk.world.session.window.layout.panes() == [desk.world.session.window.active.id]
    assert floating in window.panes


def test_from_a_floating_pane_the_way_leads_to_what_lies_beside_it(desk: Desk) -> None:
    desk.run("split-window -h ; new-pane -X 20 -Y 5 -x 15 -y 4")
    window = window_of(desk)
    left, right, floating = window.panes
    for key, target in (("L", left), ("U", left), ("R", left)):
        desk.run(f"select-pane -t :.2 ; select-pane -{key}")
        assert window.active is target, key
    desk.run("select-pane -t :.2 ; resize-pane -x 25 ; select-pane -R")
    assert window.active is right
    desk.run("select-pane -L")
    assert window.active is left
    assert floating in window.last_panes


def test_choosing_a_pane_brings_it_to_the_front(desk: Desk) -> None:
    desk.run("new-pane ; new-pane ; select-pane -t :.1")
    window = window_of(desk)
    assert window.drawn_floats == [window.panes[1], window.panes[2]]


def test_a_drag_of_its_border_needs_a_mouse(desk: Desk) -> None:
    desk.run("new-pane ; resize-pane -M", mouse_event=MouseEvent(1, 5, 5))
    assert desk.client.drag is None
