"""Menus: labels, keys and the mouse, as menu.c of tmux 3.3a has them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box
from aimux.model.menu import LINE, Menu, MenuItem, make_item
from aimux.model.overlay import Taken

ITEMS = (MenuItem("-Off", "o"), MenuItem("One", "1"), LINE, MenuItem("Two", "C-t"))
LONG = tuple(MenuItem(f"Item {number}", "") for number in range(12))
KEPT, CLOSED = Taken.STAYS, Taken.CLOSES


@dataclass
class Opened:
    """A menu at row 5, column 10, and what it said at its end."""

    items: tuple[MenuItem, ...] = ITEMS
    by_mouse: bool = False
    stays_open: bool = False
    chosen: list[int | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.menu = Menu(
            title="",
            items=self.items,
            column=10,
            row=5,
            ended=self.chosen.append,
            by_mouse=self.by_mouse,
            stays_open=self.stays_open,
        )

    def press(self, *names: str) -> Taken:
        taken = KEPT
        for name in names:
            taken = self.menu.key(name)
        if taken is CLOSED:
            self.menu.end()
        return taken

    def mouse(self, row: int, column: int = 12, **event: object) -> Taken:
        taken = self.menu.mouse(MouseEvent(column=column, row=row, **{"button": 3, **event}))
        if taken is CLOSED:
            self.menu.end()
        return taken


@pytest.mark.parametrize(
    ("text", "key", "columns", "label"),
    [
        ("Kill", "X", 80, "Kill#[default] #[align=right](X)"),
        ("-Kill", "X", 80, "-Kill"),
        ("Kill", "", 80, "Kill"),
        ("abcdefghij", "", 12, "defghij>"),
        ("abcdefghij", "X", 19, "abcdefghij#[default] #[align=right](X)"),
        ("abcdefghij", "X", 18, "abcdefghij"),
        ("abcdefghij", "X", 24, "abcdefghij#[default] #[align=right](X)"),
    ],
)
def test_a_label_has_its_key_where_there_is_room(
    text: str, key: str, columns: int, label: str
) -> None:
    assert make_item(text, key, columns=columns).label == label


def test_a_menu_is_as_wide_as_its_widest_row_with_a_frame() -> None:
    opened = Opened()
    assert opened.menu.columns == 3
    assert opened.menu.boxes == (Box(10, 5, 7, 6),)


def test_one_opened_by_a_key_begins_at_the_first_item_that_can_be_chosen() -> None:
    assert Opened().menu.choice == 1
    assert Opened(items=(MenuItem("-Off"),)).menu.choice is None
    assert Opened(by_mouse=True).menu.choice is None


@pytest.mark.parametrize(
    ("keys", "choice"),
    [
        (("Down",), 3),
        (("j", "j"), 1),
        (("Up",), 3),
        (("k", "k"), 1),
        (("x", "Right"), 1),
    ],
)
def test_arrows_go_around_over_lines_and_disabled_items(keys: tuple[str, ...], choice: int) -> None:
    opened = Opened()
    assert opened.press(*keys) is KEPT
    assert opened.menu.choice == choice


@pytest.mark.parametrize(
    ("keys", "choice"),
    [
        (("NPage",), 5),
        (("G", "NPage", "G"), 11),
        (("G", "G", "PPage"), 5),
        (("G", "g", "C-b"), 0),
    ],
)
def test_pages_are_five_items(keys: tuple[str, ...], choice: int) -> None:
    opened = Opened(items=LONG)
    opened.press(*keys)
    assert opened.menu.choice == choice


def test_an_items_key_and_enter_choose() -> None:
    by_key, by_enter = Opened(), Opened()
    assert by_key.press("C-t") is CLOSED
    assert by_enter.press("Enter") is CLOSED
    assert (by_key.chosen, by_enter.chosen) == ([3], [1])


def test_a_disabled_items_key_does_nothing() -> None:
    opened = Opened()
    assert opened.press("o") is KEPT
    assert opened.chosen == []


@pytest.mark.parametrize("key", ["q", "Escape", "C-c", "C-g"])
def test_a_menu_is_closed_without_a_choice(key: str) -> None:
    opened = Opened()
    assert opened.press(key) is CLOSED
    assert opened.chosen == [None]


def test_letting_the_button_go_on_an_item_chooses_it() -> None:
    opened = Opened(by_mouse=True)
    assert opened.mouse(7, motion=True) is KEPT
    assert opened.menu.choice == 1
    assert opened.mouse(7, release=True) is CLOSED
    assert opened.chosen == [1]


def test_letting_the_button_go_elsewhere_closes() -> None:
    opened = Opened(by_mouse=True)
    opened.mouse(7, motion=True)
    opened.mouse(2, motion=True)
    assert opened.menu.choice is None
    assert opened.mouse(2, release=True) is CLOSED
    assert opened.chosen == [None]


def test_a_line_and_a_disabled_item_are_not_chosen() -> None:
    opened = Opened(by_mouse=True)
    opened.mouse(8, motion=True)
    assert opened.mouse(8, release=True) is CLOSED
    assert opened.chosen == [None]


def test_one_that_stays_open_is_chosen_from_by_a_press() -> None:
    opened = Opened(by_mouse=True, stays_open=True)
    assert opened.mouse(2, release=True) is KEPT
    opened.mouse(6, motion=True, button=0)
    assert opened.mouse(6, button=1) is KEPT
    opened.mouse(9, motion=True, button=0)
    assert opened.mouse(9, button=1) is CLOSED
    assert opened.chosen == [3]


def test_one_that_stays_open_is_closed_by_a_press_elsewhere() -> None:
    opened = Opened(by_mouse=True, stays_open=True)
    assert opened.mouse(2, button=1) is CLOSED


def test_the_mouse_only_closes_a_menu_of_the_keyboard() -> None:
    assert Opened().mouse(7, button=1) is KEPT
    assert Opened().mouse(7, button=1, release=True) is CLOSED
    assert Opened().mouse(7, button=4) is CLOSED


def test_a_terminal_of_another_size_closes_it() -> None:
    assert not Opened().menu.fit(columns=100, rows=50)
