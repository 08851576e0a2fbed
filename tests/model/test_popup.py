"""Popups: what closes them, what drags them, what their menu does, as popup.c of tmux 3.3a."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from aimux.ids import PaneId
from aimux.keys.key import Modifiers
from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box, Direction
from aimux.model.option_row import Scope
from aimux.model.options import Options
from aimux.model.overlay import Taken
from aimux.model.pane import Pane
from aimux.model.popup import HUNG_UP, Closing, Popup, PopupActions
from aimux.vt.engine import Engine

LEFT, RIGHT = 1, 3


@dataclass
class Desk:
    """A popup of 20x10 cells at row 5, column 10 of a terminal of 80x24."""

    closing: Closing = Closing.BY_KEY
    lines: str = "single"
    buffer: bytes = b""
    room: bool = True
    written: list[bytes] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    moved: list[Direction] = field(default_factory=list)

    def __post_init__(self) -> None:
        border = 2 * (self.lines != "none")
        options = Options.with_defaults(Scope.WINDOW)
        self.popup = Popup(
            pane=Pane(PaneId(-1), Engine(20 - border, 10 - border), options),
            box=Box(10, 5, 20, 10),
            columns=80,
            rows=24,
            actions=PopupActions(
                write=self.written.append,
                ended=self.ended.append,
                paste=lambda: self.buffer,
                buffer_name=lambda: "buffer0" if self.buffer else "",
                to_pane=self._to_pane,
            ),
            closing=self.closing,
            lines=self.lines,
        )

    def _to_pane(self, direction: Direction) -> bool:
        self.moved.append(direction)
        return self.room

    def mouse(self, row: int, column: int, button: int = LEFT, **event: object) -> Taken:
        return self.popup.mouse(MouseEvent(button, column, row, **event))

    def drag(self, button: int, *places: tuple[int, int], **event: object) -> None:
        """Press, move (the first motion only begins), let go."""
        self.mouse(*places[0], button, **event)
        for place in places:
            self.mouse(*place, button, motion=True, **event)
        self.mouse(*places[-1], button, release=True, **event)

    def choose(self, label: str) -> Taken:
        """Choose from the popup's menu, which opens at the terminal's upper left."""
        self.mouse(0, 0, RIGHT)
        assert self.popup.menu is not None
        labels = [item.label for item in self.popup.menu.items]
        row = 1 + next(index for index, text in enumerate(labels) if text.startswith(label))
        self.mouse(row, 3, RIGHT, motion=True)
        return self.mouse(row, 3, RIGHT, release=True)

    @property
    def size(self) -> tuple[int, int]:
        return self.popup.pane.columns, self.popup.pane.rows


# ---- what closes it ----


@pytest.mark.parametrize("key", ["Escape", "C-c"])
def test_without_e_these_keys_close_it_also_while_its_program_runs(key: str) -> None:
    assert Desk().popup.key(key) is Taken.CLOSES


@pytest.mark.parametrize("closing", [Closing.AT_EXIT, Closing.AT_SUCCESS])
def test_with_e_they_are_the_programs(closing: Closing) -> None:
    popup = Desk(closing=closing).popup
    assert popup.key("Escape") is Taken.STAYS
    assert popup.modes is not None


@pytest.mark.parametrize(
    ("closing", "status", "closes"),
    [
        (Closing.BY_KEY, 0, False),
        (Closing.AT_EXIT, 0, True),
        (Closing.AT_EXIT, 3, True),
        (Closing.AT_SUCCESS, 0, True),
        (Closing.AT_SUCCESS, 3, False),
    ],
)
def test_the_end_of_its_program_closes_it(closing: Closing, status: int, closes: bool) -> None:
    assert Desk(closing=closing).popup.exited(status) is closes


def test_one_whose_program_failed_is_closed_by_a_key_and_types_to_nobody() -> None:
    desk = Desk(closing=Closing.AT_SUCCESS)
    desk.popup.exited(3)
    desk.popup.type(b"x")
    assert desk.popup.modes is None
    assert desk.popup.key("Escape") is Taken.CLOSES
    desk.popup.end()
    assert (desk.written, desk.ended) == ([], [3])


def test_closing_it_before_its_program_ends_is_a_hangup() -> None:
    desk = Desk()
    desk.popup.end()
    assert desk.ended == [HUNG_UP]


# ---- the mouse ----


def test_the_left_button_on_the_border_moves_it() -> None:
    desk = Desk()
    desk.drag(LEFT, (5, 15), (8, 20), (7, 18))
    assert desk.popup.box == Box(13, 7, 20, 10)


def test_it_does_not_leave_the_terminal() -> None:
    desk = Desk()
    desk.drag(LEFT, (5, 15), (23, 79))
    assert desk.popup.box == Box(60, 14, 20, 10)
    desk.drag(LEFT, (14, 65), (0, 0))
    assert desk.popup.box == Box(0, 0, 20, 10)


def test_the_right_button_on_the_lower_border_sizes_it_and_its_screen() -> None:
    desk = Desk()
    desk.drag(RIGHT, (14, 29), (20, 50))
    assert desk.popup.box == Box(10, 5, 40, 15)
    assert desk.size == (38, 13)


def test_it_keeps_room_for_one_cell() -> None:
    desk = Desk()
    desk.drag(RIGHT, (14, 29), (8, 13), (6, 11), (0, 0))
    assert desk.popup.box == Box(10, 5, 3, 3)


def test_alt_drags_from_anywhere_within() -> None:
    desk = Desk()
    desk.drag(LEFT, (8, 15), (9, 16), modifiers=Modifiers.ALT)
    assert desk.popup.box == Box(11, 6, 20, 10)


def test_a_program_that_asked_for_the_mouse_gets_it_in_cells_of_its_own() -> None:
    desk = Desk()
    desk.mouse(7, 12)
    desk.popup.pane.screen.feed(b"\x1b[?1000h\x1b[?1006h")
    desk.mouse(7, 12)
    desk.mouse(5, 12)
    desk.mouse(20, 70)
    assert desk.written == [b"\x1b[<0;2;2M"]


# ---- its menu ----


def test_the_right_button_outside_or_on_the_upper_or_left_border_opens_its_menu() -> None:
    for row, column in ((0, 0), (5, 15), (9, 10)):
        desk = Desk()
        desk.mouse(row, column, RIGHT)
        assert desk.popup.menu is not None, (row, column)
    for row, column in ((8, 15), (9, 29), (14, 15)):
        desk = Desk()
        desk.mouse(row, column, RIGHT)
        assert desk.popup.menu is None, (row, column)


def test_its_menu_takes_the_keys() -> None:
    desk = Desk()
    desk.mouse(0, 0, RIGHT)
    assert desk.popup.modes is None
    assert desk.popup.key("Escape") is Taken.STAYS
    assert desk.popup.menu is None
    assert desk.popup.modes is not None


def test_close() -> None:
    assert Desk().choose("Close") is Taken.CLOSES


def test_fill_space_and_centre() -> None:
    desk = Desk()
    assert desk.choose("Centre") is Taken.STAYS
    assert desk.popup.box == Box(30, 7, 20, 10)
    desk.choose("Fill Space")
    assert desk.popup.box == Box(0, 0, 80, 24)
    assert desk.size == (78, 22)


def test_a_buffer_is_pasted_if_there_is_one() -> None:
    empty = Desk()
    empty.mouse(0, 0, RIGHT)
    assert empty.popup.menu is not None
    assert not any("Paste" in item.label for item in empty.popup.menu.items)
    desk = Desk(buffer=b"text")
    desk.choose("Paste #[underscore]buffer0")
    assert desk.written == [b"text"]


@pytest.mark.parametrize(
    ("label", "direction"),
    [("To Horizontal", Direction.LEFT_RIGHT), ("To Vertical", Direction.TOP_BOTTOM)],
)
def test_its_program_moves_into_a_pane_if_there_is_room(label: str, direction: Direction) -> None:
    desk, full = Desk(), Desk(room=False)
    assert desk.choose(label) is Taken.CLOSES
    assert desk.moved == [direction]
    assert full.choose(label) is Taken.STAYS


# ---- its size ----


def test_a_small_terminal_makes_it_small_and_a_large_one_gives_it_back() -> None:
    desk = Desk()
    assert desk.popup.fit(columns=15, rows=6)
    assert desk.popup.box == Box(0, 0, 15, 6)
    assert desk.size == (13, 4)
    desk.popup.fit(columns=80, rows=24)
    assert desk.popup.box == Box(10, 5, 20, 10)
    assert desk.size == (18, 8)


def test_a_terminal_without_room_for_its_inside_leaves_its_screen_alone() -> None:
    desk = Desk()
    desk.popup.fit(columns=2, rows=2)
    assert desk.popup.box == Box(0, 0, 2, 2)
    assert desk.size == (18, 8)


def test_without_a_border_all_of_it_is_its_screen() -> None:
    desk = Desk(lines="none")
    desk.popup.pane.screen.feed(b"\x1b[?1000h\x1b[?1006h")
    desk.mouse(5, 10)
    assert desk.written == [b"\x1b[<0;1;1M"]
    desk.popup.fit(columns=10, rows=5)
    assert desk.size == (10, 5)


def test_any_key_closes_a_popup_that_asks_for_it_once_its_program_has_ended() -> None:
    popup = Desk(closing=Closing.AT_SUCCESS).popup
    popup.any_key = True
    assert popup.key("x") is Taken.STAYS
    popup.exited(3)
    assert popup.key("x") is Taken.CLOSES
