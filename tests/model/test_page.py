"""The page: its rows, scrolling, what its keys do, and where it stands."""

from __future__ import annotations

import pytest

from aimux.keys.mouse import MouseEvent
from aimux.model.overlay import Taken
from aimux.model.page import FRAME_COLUMNS, MAX_LINES, Page, PageLine
from aimux.styles.width import text_width


def page(acted: list[str] | None = None, *, columns: int = 80, rows: int = 24) -> Page:
    keys = (("r", "answer"), ("d", "drop"))
    return Page("message 1", columns, rows, keys, (acted if acted is not None else []).append)


def texts(one: Page) -> list[str]:
    return [line.text for line in one.shown]


def test_lines_are_cut_between_words_and_labels_stand_once() -> None:
    one = page(columns=34)
    one.show((PageLine("three words that do not fit in there", "from"), PageLine("x" * 40)))
    assert [(line.label, line.text) for line in one.shown] == [
        ("from", "three words that do"),
        (" ", "not fit in there"),
        ("", "x" * 30),
        ("", "x" * 10),
    ]


def test_wide_characters_fit_too() -> None:
    one = page(columns=25)
    one.show((PageLine("漢字" * 20),))
    assert all(text_width(text) <= 25 - FRAME_COLUMNS for text in texts(one))
    assert "".join(texts(one)) == "漢字" * 20


def test_a_key_that_does_something_closes_it_first() -> None:
    acted: list[str] = []
    one = page(acted)
    assert one.key("x") is Taken.STAYS
    assert one.key("d") is Taken.CLOSES
    assert acted == []
    one.end()
    assert acted == ["d"]


@pytest.mark.parametrize("key", ["q", "Escape", "Enter", "C-c"])
def test_keys_that_only_close_it(key: str) -> None:
    acted: list[str] = []
    one = page(acted)
    assert one.key(key) is Taken.CLOSES
    one.end()
    assert acted == []


def test_it_scrolls_and_stops_at_the_ends() -> None:
    one = page()
    one.show([PageLine(str(number)) for number in range(50)])
    one.key("k")
    assert texts(one)[0] == "0"
    one.key("G")
    assert texts(one)[-1] == "49"
    one.mouse(MouseEvent(4, 40, 10))
    assert texts(one)[-1] == "46"
    one.key("g")
    assert one.offset == 0


def test_a_click_beside_it_closes_it() -> None:
    one = page()
    assert one.mouse(MouseEvent(1, 40, one.box.row + 1)) is Taken.STAYS
    assert one.mouse(MouseEvent(1, 0, 0)) is Taken.CLOSES


def test_a_text_without_an_end_has_one_here() -> None:
    one = page()
    one.show([PageLine("x")] * (MAX_LINES + 10))
    one.key("G")
    assert one.count == MAX_LINES + 1
    assert texts(one)[-1] == "the rest is not shown"


@pytest.mark.parametrize(("columns", "rows"), [(200, 50), (80, 24), (60, 20), (40, 15), (20, 6)])
def test_it_stays_on_the_terminal(columns: int, rows: int) -> None:
    one = page()
    one.show([PageLine("word " * 50)] * 20)
    assert one.fit(columns=columns, rows=rows)
    box = one.box
    assert box.column >= 0
    assert box.row >= 0
    assert box.column + box.columns <= columns
    assert box.row + box.rows <= rows
    assert not one.fit(columns=columns, rows=4)
