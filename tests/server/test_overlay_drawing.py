"""Overlays on a client's picture: menus, popups and numbers over panes, borders and status line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aimux.client.canvas import Canvas
from aimux.ids import PaneId
from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box, Direction
from aimux.model.menu import LINE, Menu, MenuItem
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.pane_numbers import PaneNumbers
from aimux.model.popup import Popup, PopupActions
from aimux.protocol.picture_messages import Frame, Layout
from aimux.protocol.server_messages import Facts, OuterModes
from aimux.server.attachment import Attachment
from aimux.server.painter import Painter
from aimux.server.picture import PATCH
from aimux.styles.style import parse_style
from aimux.vt.engine import Engine
from tests.picture import OuterScreen
from tests.server.test_attachment import Wire
from tests.server.world import World, make_world

COLUMNS, ROWS = 40, 12


def split(world: World) -> Pane:
    """Put a second pane right of the first one."""
    state, window = world.state, world.window
    pane = Pane(state.new_pane_id(), Engine(1, 1), Options(window.options))
    state.panes[pane.id] = pane
    window.layout.split(
        world.pane.id,
        pane.id,
        direction=Direction.LEFT_RIGHT,
        size=None,
        before=False,
        full=False,
    )
    window.panes.append(pane)
    window.place_panes()
    return pane


class Desk:
    """A client of a window with two panes, and what it shows."""

    def __init__(self) -> None:
        self.world = make_world(columns=COLUMNS, rows=ROWS - 1)
        self.world.state.session_options.set("narrow-columns", "0")
        self.other = split(self.world)
        self.world.pane.screen.feed(b"left " * 60)
        self.other.screen.feed("日本".encode() * 60)
        self.client = self.world.client(columns=COLUMNS, rows=ROWS)
        self.attachment = Attachment(
            self.client,
            Painter(self.world.state, self.world.effects, self.client),
            outer=lambda: OuterModes(mouse=0, kitty_flags=0, escape_seconds=0.025),
            facts=lambda: Facts("%0", "0", "/tmp", (), ()),
            title=lambda: "",
        )
        self.wire = Wire()
        self.canvas = Canvas()
        self.attachment.connect(self.wire)

    def sent(self) -> list[Frame]:
        """Take in what was sent; the frames of it."""
        frames = []
        for message in self.wire.take():
            if isinstance(message, Layout):
                self.canvas.take_layout(message)
            if isinstance(message, Frame):
                self.canvas.take_frame(message)
                self.attachment.acknowledge(message.number)
                frames.append(message)
        return frames

    def settle(self) -> list[str]:
        """The rows once everything that changed has been sent."""
        self.attachment.layout_changed()
        self.attachment.flush()
        self.sent()
        return self.rows

    @property
    def rows(self) -> list[str]:
        screen = OuterScreen(columns=COLUMNS, rows=ROWS)
        for row in range(ROWS):
            screen.feed(f"\x1b[{row + 1}H{self.canvas.line(row)[0]}".encode())
        return screen.text.split("\n")

    def popup(self, box: Box, **settings: object) -> Popup:
        actions = PopupActions(
            write=lambda _: None,
            ended=lambda _: None,
            paste=lambda: None,
            buffer_name=lambda: "",
            to_pane=lambda _: False,
        )
        pane = Pane(
            PaneId(-1), Engine(box.columns - 2, box.rows - 2), Options(self.world.window.options)
        )
        popup = Popup(pane, box, COLUMNS, ROWS, actions, **settings)
        self.client.overlay = popup
        return popup


def menu(column: int, row: int, ended: Callable[[int | None], None] = lambda _: None) -> Menu:
    items = (MenuItem("One"), LINE, MenuItem("-Off"), MenuItem("Three"))
    return Menu(title="T", items=items, column=column, row=row, ended=ended)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.sent()
    return desk


def test_a_menu_covers_panes_borders_and_the_status_line(desk: Desk) -> None:
    before = desk.settle()
    desk.client.overlay = menu(16, 6)
    rows = desk.settle()
    assert rows[:6] == before[:6]
    assert [row[16:25] for row in rows[6:]] == [
        "┌─T─────┐",
        "│ One   │",
        "├───────┤",
        "│ Off   │",
        "│ Three │",
        "└───────┘",
    ]
    assert [row[:16] for row in rows[6:11]] == [row[:16] for row in before[6:11]]
    assert "日" in rows[7][25:]
    assert rows[11].startswith("[work]")


def test_what_a_menu_covered_comes_back(desk: Desk) -> None:
    before = desk.settle()
    desk.client.overlay = menu(16, 6)
    desk.settle()
    desk.client.close_overlay()
    assert desk.settle() == before


def test_moving_in_a_menu_sends_two_rows_and_no_layout(desk: Desk) -> None:
    desk.client.overlay = menu(1, 1)
    desk.settle()
    desk.client.overlay.key("Down")
    desk.attachment.layout_changed()
    desk.attachment.flush()
    assert [type(message) for message in desk.wire.messages] == [Frame]
    (frame,) = desk.sent()
    assert [[row for row, _ in pane.rows] for pane in frame.panes] == [[1, 4]]


def test_panes_go_on_drawing_around_and_below_a_menu(desk: Desk) -> None:
    desk.client.overlay = menu(2, 1)
    desk.settle()
    desk.world.pane.screen.feed(b"\x1b[H\x1b[2Jnews everywhere\r\nmore news, here")
    desk.attachment.flush(desk.world.pane)
    (frame,) = desk.sent()
    sent = {pane.pane: [row for row, _ in pane.rows] for pane in frame.panes}
    assert sent == {desk.world.pane.id: [0, *range(7, 11)], PATCH: list(range(6))}
    assert desk.rows[0].startswith("news everywhere")
    assert desk.rows[1][:12] == "mo┌─T─────┐h"


def test_a_popup_shows_its_program_and_its_cursor(desk: Desk) -> None:
    popup = desk.popup(Box(10, 2, 20, 5), title="title")
    popup.pane.screen.feed("hello 日本\r\n$ ".encode())
    rows = desk.settle()
    assert rows[2][10:].startswith("┌─title────────────┐")
    assert rows[3][10:].startswith("│hello 日本        │")
    assert (desk.canvas.cursor.row, desk.canvas.cursor.column) == (4, 13)
    assert desk.canvas.cursor.visible


def test_a_busy_popup_sends_only_its_rows(desk: Desk) -> None:
    popup = desk.popup(Box(10, 2, 20, 5))
    desk.settle()
    popup.pane.screen.feed(b"x")
    desk.attachment.flush(popup.pane)
    assert [type(message) for message in desk.wire.messages] == [Frame]
    (frame,) = desk.sent()
    assert [row for pane in frame.panes for row, _ in pane.rows] == [1]
    assert frame.status == ()


def test_a_popups_colours_are_its_programs_default(desk: Desk) -> None:
    popup = desk.popup(
        Box(0, 0, 10, 3), style=parse_style("bg=blue"), border_style=parse_style("fg=red")
    )
    popup.pane.screen.feed(b"a\x1b[31mb")
    desk.settle()
    text, _ = desk.canvas.line(1)
    assert text.startswith(
        "\x1b[31m│\x1b[0m\x1b[0;44ma\x1b[0;44;31mb\x1b[0;44m      \x1b[0m\x1b[31m│\x1b[0m"
    )


def test_a_popups_menu_lies_over_it(desk: Desk) -> None:
    popup = desk.popup(Box(10, 0, 20, 4))
    popup.mouse(MouseEvent(3, 20, 0))
    rows = desk.settle()
    assert popup.menu is not None
    column = popup.menu.column
    assert rows[1][column : column + 9] == "│ Close  "
    assert not desk.canvas.cursor.visible


def test_numbers_leave_the_cells_beside_them_alone(desk: Desk) -> None:
    before = desk.settle()
    desk.client.overlay = PaneNumbers(lambda _: None, lambda: None)
    rows = desk.settle()
    assert rows[0][:15] == before[0][:15]
    assert rows[0][15:20] == "20x11"
    assert "\x1b[44m" in desk.canvas.line(3)[0] + desk.canvas.line(4)[0]
    assert "\x1b[41m" in desk.canvas.line(3)[0]
    assert not desk.canvas.cursor.visible


def test_the_first_picture_has_the_overlay_too(desk: Desk) -> None:
    desk.client.overlay = menu(16, 6)
    screen = OuterScreen(columns=COLUMNS, rows=ROWS)
    screen.feed(desk.attachment.first_paint().encode())
    assert screen.text.split("\n") == desk.settle()
