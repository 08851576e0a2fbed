"""How a chooser is drawn, at four sizes of the terminal."""

from __future__ import annotations

import pytest

from aimux.model.chooser import Choice, Chooser
from aimux.model.theme import Chrome
from aimux.server.chooser_drawing import cursor_of, draw_chooser
from aimux.styles.style import parse_style
from tests.picture import OuterScreen

CHOSEN = parse_style("fg=black,bg=yellow")
CHOICES = (
    Choice("1", "Split window vertically", 'C-b "', "split-window"),
    Choice("2", "Split window horizontally", "C-b %", "split-window -h"),
    Choice("3", "#[bg=red]#(evil) 漢字", "pane", "the title is #{any}", "pane"),
    Choice("4", "x" * 300, "C-b x", "y" * 300),
)


def opened(columns: int, rows: int) -> Chooser:
    return Chooser("keys", CHOICES, columns, rows, lambda _: None)


def seen(chooser: Chooser, chrome: Chrome | None = None) -> OuterScreen:
    screen = OuterScreen(columns=chooser.columns, rows=chooser.rows)
    for row, strips in draw_chooser(chooser, chrome or Chrome(), CHOSEN, 256).items():
        for strip in strips:
            screen.feed(f"\x1b[{row + 1};{strip.column + 1}H{strip.text}".encode())
    return screen


@pytest.mark.parametrize(("columns", "rows"), [(200, 50), (80, 24), (60, 20), (40, 15)])
def test_every_row_is_as_wide_as_its_frame(columns: int, rows: int) -> None:
    chooser = opened(columns, rows)
    box = chooser.box
    lines = seen(chooser).screen.display
    for row in range(box.row + 1, box.row + box.rows - 1):
        line = lines[row]
        assert line[box.column] == "│", line
        assert "│" in line[box.column + box.columns - 3 :], line
    assert lines[box.row][box.column] == "┌"
    assert lines[box.row + box.rows - 1].rstrip().endswith("┘")


def test_what_a_program_wrote_is_text() -> None:
    text = seen(opened(80, 24)).text
    assert "#[bg=red]#(evil)" in text
    chooser = opened(80, 24)
    chooser.key("Down")
    chooser.key("Down")
    assert "the title is #{any}" in seen(chooser).text


def test_the_letters_that_were_found_stand_out() -> None:
    chooser = opened(80, 24)
    chooser.insert("horiz")
    chooser.key("Down")
    screen = seen(chooser)
    assert "1 of 4" in screen.text
    row = screen.screen.buffer[chooser.box.row + 2]
    start = screen.screen.display[chooser.box.row + 2].index("horiz")
    assert [row[start + place].underscore for place in (-1, 0, 4, 5)] == [False, True, True, False]


def test_nothing_found_is_said() -> None:
    chooser = opened(80, 24)
    chooser.insert("qqq")
    assert "nothing found" in seen(chooser).text


def test_the_cursor_stands_behind_what_is_typed() -> None:
    chooser = opened(80, 24)
    chooser.insert("ab漢")
    row, column = cursor_of(chooser) or (0, 0)
    box = chooser.box
    assert (row, column) == (box.row + 1, box.column + 2 + 2 + 4)
    chooser.insert("x" * 90)
    assert (cursor_of(chooser) or (0, 0))[1] < box.column + box.columns - 1
    chooser.is_typing = False
    assert cursor_of(chooser) is None
