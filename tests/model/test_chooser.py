"""The chooser: typing, moving, choosing, and what is shown first."""

from __future__ import annotations

import pytest

from aimux.keys.mouse import MouseEvent
from aimux.model.chooser import Choice, Chooser
from aimux.model.overlay import Taken

NAMES = ("split-window", "kill-window", "kill-pane", "new-window")


@pytest.fixture
def ended() -> list[Choice | None]:
    return []


def open_on(ended: list[Choice | None], **settings: object) -> Chooser:
    choices = [Choice(name, name) for name in NAMES]
    return Chooser("t", choices, 80, 24, ended.append, **settings)


def labels(one: Chooser) -> list[str]:
    return [found.choice.label for found in one.found]


def press(one: Chooser, *keys: str) -> Taken:
    return [one.key(key) for key in keys][-1]


def test_typing_filters_and_enter_chooses(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    press(one, *"kill", "Space", "p")
    assert labels(one) == ["kill-pane"]
    assert press(one, "Enter") is Taken.CLOSES
    one.end()
    assert [choice.label for choice in ended if choice] == ["kill-pane"]


def test_escape_chooses_nothing(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    assert press(one, "Down", "Escape") is Taken.CLOSES
    one.end()
    assert ended == [None]


def test_nothing_found_chooses_nothing(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    press(one, *"zzz", "Up", "Down", "NPage", "Enter")
    one.end()
    assert ended == [None]


def test_what_is_typed_can_be_mended(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    press(one, *"kill x", "BSpace")
    assert one.typed == "kill "
    press(one, "C-w")
    assert one.typed == ""
    press(one, "a", "C-u")
    assert labels(one) == list(NAMES)


def test_any_text_is_a_search(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    one.insert("#[bg=red]é\x1b\x00" + "x" * 500)
    assert one.typed.startswith("#[bg=red]éx")
    assert len(one.typed) == 100
    assert one.found == []


def test_a_list_that_is_not_searched_moves_as_less_does(ended: list[Choice | None]) -> None:
    one = open_on(ended, is_typing=False)
    press(one, "j", "j")
    assert one.current == 2
    press(one, "G")
    assert one.current == 3
    press(one, "/", "j")
    assert one.typed == "j"
    other = open_on(ended, is_typing=False)
    assert press(other, "q") is Taken.CLOSES


def test_what_was_chosen_most_stands_first(ended: list[Choice | None]) -> None:
    one = open_on(ended, uses={"new-window": 2, "kill-pane": 1})
    assert labels(one)[:2] == ["new-window", "kill-pane"]
    press(one, *"kill")
    assert labels(one)[0] == "kill-pane"


def test_whoever_opened_it_hears_of_every_move(ended: list[Choice | None]) -> None:
    moved: list[str] = []
    one = open_on(ended, moved=lambda choice: moved.append(choice.label if choice else "none"))
    press(one, "Down", "Up", *"kz")
    assert moved == ["kill-window", "split-window", "kill-pane", "none"]


@pytest.mark.parametrize(("columns", "rows"), [(200, 50), (80, 24), (60, 20), (40, 15), (20, 6)])
def test_it_stays_on_the_terminal(columns: int, rows: int) -> None:
    one = Chooser("t", [Choice(str(n), str(n)) for n in range(99)], columns, rows, print)
    box = one.box
    assert box.column >= 0
    assert box.row >= 0
    assert box.column + box.columns <= columns
    assert box.row + box.rows <= rows
    press(one, "End")
    assert one.shown[-1].choice.label == "98"
    assert one.fit(columns=40, rows=10)
    assert one.current - one.offset < one.height
    assert not one.fit(columns=40, rows=5)


def test_a_click_chooses_and_one_outside_closes(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    box = one.box
    assert one.mouse(MouseEvent(5, 0, 0)) is Taken.STAYS
    assert one.current == 3
    assert one.mouse(MouseEvent(1, box.column + 3, box.row + 3)) is Taken.CLOSES
    one.end()
    assert [choice.label for choice in ended if choice] == ["kill-window"]
    assert open_on(ended).mouse(MouseEvent(1, 0, 0)) is Taken.CLOSES
