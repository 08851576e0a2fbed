"""Floating panes on a client's screen: over tiled panes, under overlays and the mouse."""

from __future__ import annotations

import pytest

from aimux.model.layout_cell import Box
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.pane_numbers import PaneNumbers
from aimux.protocol.facts import AgentFact
from aimux.server.mouse_places import place_at
from aimux.vt.engine import Engine
from tests.server.test_overlay_drawing import Desk, menu


def floating(desk: Desk, box: Box, text: bytes) -> Pane:
    """Put a floating pane in front and make it active."""
    world = desk.world
    pane = Pane(world.state.new_pane_id(), Engine(1, 1), Options(world.window.options))
    world.state.panes[pane.id] = pane
    world.window.panes.append(pane)
    world.window.floats.put(pane.id, box)
    world.window.place_panes()
    world.window.select(pane, point=world.state.new_point())
    pane.screen.feed(text)
    return pane


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.sent()
    return desk


def test_it_covers_panes_and_borders_with_a_border_of_its_own(desk: Desk) -> None:
    before = desk.settle()
    floating(desk, Box(15, 3, 8, 2), b"one\r\ntwo")
    rows = desk.settle()
    assert [row[14:24] for row in rows[2:6]] == [
        "┌────────┐",
        "│one     │",
        "│two     │",
        "└────────┘",
    ]
    assert [row[:14] for row in rows] == [row[:14] for row in before]
    assert rows[:2] + rows[6:11] == before[:2] + before[6:11]


def test_what_it_covered_comes_back(desk: Desk) -> None:
    before = desk.settle()
    pane = floating(desk, Box(15, 3, 8, 2), b"one")
    desk.settle()
    window = desk.world.window
    window.select(desk.world.pane, point=desk.world.state.new_point())
    window.give_up_place(pane)
    window.panes.remove(pane)
    assert desk.settle()[:11] == before[:11]


def test_the_front_one_covers_the_others(desk: Desk) -> None:
    first = floating(desk, Box(4, 2, 8, 2), b"back")
    floating(desk, Box(8, 3, 8, 2), b"front")
    assert [row[3:17] for row in desk.settle()[2:5]] == [
        "│bac┌────────┐",
        "│   │front   │",
        "└───│        │",
    ]
    desk.world.window.select(first, point=99)
    assert desk.settle()[3][3:17] == "│        │   │"


def test_what_its_program_writes_is_sent_and_nothing_else(desk: Desk) -> None:
    pane = floating(desk, Box(15, 3, 8, 2), b"one")
    desk.settle()
    pane.screen.feed(b" more")
    desk.attachment.flush(pane)
    (frame,) = desk.sent()
    assert [len(rows.rows) for rows in frame.panes] == [1]
    assert not frame.status
    assert desk.rows[3][14:24] == "│one more│"


def test_a_tiled_pane_goes_on_under_it(desk: Desk) -> None:
    floating(desk, Box(2, 3, 8, 2), b"one")
    desk.settle()
    desk.world.pane.screen.feed(b"\x1b[4;1H<12345678901>")
    assert desk.settle()[3][:13] == "<│one     │1>"


@pytest.mark.parametrize(
    ("box", "row", "shown"),
    [
        (Box(-3, 3, 8, 2), 3, "ut   │"),
        (Box(36, 3, 8, 2), 3, "│inpu"),
        (Box(15, 9, 8, 5), 9, "│input   │"),
        (Box(15, -1, 8, 3), 0, "│put     │"),
    ],
)
def test_outside_the_window_it_is_cut(desk: Desk, box: Box, row: int, shown: str) -> None:
    floating(desk, box, b"input\r\nput")
    rows = desk.settle()
    assert shown in rows[row]
    assert rows[11].startswith("[work]")


def test_its_status_line_stands_in_its_border(desk: Desk) -> None:
    window = desk.world.window
    window.options.set("pane-border-format", "#{pane_index}")
    for where, row in (("top", 3), ("bottom", 6)):
        window.options.set("pane-border-status", where)
        window.place_panes()
        if not window.floats:
            floating(desk, Box(15, 4, 8, 2), b"one")
        assert desk.settle()[row][14:24] in ("┌─2──────┐", "└─2──────┘")


def test_its_agent_is_named_in_its_border(desk: Desk) -> None:
    pane = floating(desk, Box(15, 4, 20, 2), b"one")
    desk.world.effects.known_agents = [
        AgentFact(pane.id, "work", "work:0", "claude", "working", "", 0.0, "")
    ]
    assert desk.settle()[3][14:36] == "┌─ 2 claude ● ───────┐"
    desk.world.window.options.set("pane-border-labels", "off")
    assert desk.settle()[3][14:36] == "┌────────────────────┐"


def test_the_cursor_is_its_own_and_hides_with_what_it_covers(desk: Desk) -> None:
    floating(desk, Box(2, 3, 8, 2), b"one")
    desk.settle()
    painter = desk.attachment.painter
    cursor = painter.cursor(painter.picture())
    assert (cursor.row, cursor.column, cursor.visible) == (3, 5, True)
    desk.world.window.select(desk.world.pane, point=99)
    desk.world.pane.screen.feed(b"\x1b[4;5H")
    assert not painter.cursor(painter.picture()).visible
    desk.world.pane.screen.feed(b"\x1b[1;1H")
    assert painter.cursor(painter.picture()).visible


def test_a_menu_lies_over_it(desk: Desk) -> None:
    floating(desk, Box(15, 3, 8, 2), b"one")
    desk.client.overlay = menu(18, 3)
    assert desk.settle()[3][14:27] == "│one┌─T─────┐"


def test_panes_that_lie_over_each_other_are_numbered(desk: Desk) -> None:
    floating(desk, Box(2, 1, 36, 9), b"")
    desk.client.overlay = PaneNumbers(lambda _: False, lambda: None)
    assert "36x9" in desk.settle()[1]


def test_the_mouse_finds_it_and_its_border(desk: Desk) -> None:
    pane = floating(desk, Box(15, 3, 8, 2), b"one")
    desk.settle()
    picture = desk.attachment.painter.picture()

    def at(column: int, row: int) -> tuple[str, Pane | None, int, int]:
        found = place_at(desk.world.session, picture, (), column=column, row=row)
        return found.where, found.mouse.pane, found.mouse.column, found.mouse.row

    assert at(16, 4) == ("Pane", pane, 1, 1)
    assert at(14, 4) == ("Border", pane, 14, 4)
    assert at(20, 2) == ("Border", pane, 20, 2)
    assert at(13, 4)[:2] == ("Pane", desk.world.pane)
