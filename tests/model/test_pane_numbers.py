"""The numbers on panes: keys, and what is drawn on panes of every size."""

from __future__ import annotations

import pytest

from aimux.keys.mouse import MouseEvent
from aimux.model.overlay import Taken
from aimux.model.pane_numbers import PaneNumbers, marks


def drawn(index: int, *, columns: int, rows: int, size: str = "") -> list[str]:
    """The pane's rows; `#` for a filled cell."""
    cells = [[" "] * columns for _ in range(rows)]
    for mark in marks(index, columns=columns, rows=rows, size=size):
        for place, character in enumerate(mark.text):
            cells[mark.row][mark.column + place] = "#" if mark.filled else character
    return ["".join(row).rstrip() for row in cells]


def numbers(*, takes_keys: bool = True) -> tuple[PaneNumbers, list[object]]:
    said: list[object] = []
    ended = lambda: said.append("ended")  # noqa: E731  # one line
    return PaneNumbers(said.append, ended, takes_keys=takes_keys), said


def test_a_large_pane_has_large_digits_and_its_size() -> None:
    assert drawn(12, columns=20, rows=9, size="20x9") == [
        "                20x9",
        "",
        "        # #####",
        "        #     #",
        "        # #####",
        "        # #",
        "        # #####",
        "              c",
        "",
    ]


def test_a_low_pane_has_no_size() -> None:
    assert drawn(7, columns=9, rows=5, size="9x5") == [
        " #####",
        "     #",
        "     #",
        "     #",
        "     #",
    ]


@pytest.mark.parametrize(
    ("index", "columns", "row"),
    [(3, 5, " 3"), (12, 9, "  12 c"), (12, 3, "12"), (123, 2, "")],
)
def test_a_small_pane_has_small_digits(index: int, columns: int, row: str) -> None:
    assert drawn(index, columns=columns, rows=4) == ["", "", row, ""]


@pytest.mark.parametrize(("key", "index"), [("0", 0), ("9", 9), ("a", 10), ("z", 35)])
def test_a_digit_or_a_letter_chooses(key: str, index: int) -> None:
    overlay, said = numbers()
    assert overlay.key(key) is Taken.CLOSES
    overlay.end()
    assert said == [index, "ended"]


@pytest.mark.parametrize("key", ["A", "C-a", "Enter", "é", "F1"])
def test_another_key_closes_and_does_what_it_does_otherwise(key: str) -> None:
    overlay, said = numbers()
    assert overlay.key(key) is Taken.PASSES
    overlay.end()
    assert said == ["ended"]


def test_without_keys_and_for_the_mouse_everything_passes() -> None:
    overlay, _ = numbers(takes_keys=False)
    assert overlay.key("1") is Taken.PASSES
    assert overlay.mouse(MouseEvent(1, 0, 0)) is Taken.PASSES
