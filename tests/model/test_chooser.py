"""The chooser: which keys close it, which go on to the client, and what the client answers."""

from __future__ import annotations

import pytest

from aimux.keys.mouse import MouseEvent
from aimux.model.chooser import MAXIMUM_STROKES, Choice, Chooser, Stroke
from aimux.model.overlay import Taken

NAMES = ("split-window", "kill-window", "kill-pane", "new-window")


@pytest.fixture
def ended() -> list[Choice | None]:
    return []


def open_on(ended: list[Choice | None], **settings: object) -> Chooser:
    choices = [Choice(name, name, previews=name == "kill-pane") for name in NAMES]
    return Chooser("t", choices, ended.append, **settings)


def press(one: Chooser, *keys: str) -> Taken:
    return [one.key(key) for key in keys][-1]


def test_what_is_typed_goes_on_to_the_client_in_order(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    assert press(one, *"ki", "Space", "C-n", "C-h", "C-w", "Enter") is Taken.STAYS
    text = [Stroke(text="k"), Stroke(text="i"), Stroke(text=" ")]
    keys = [Stroke(name) for name in ("Down", "BSpace", "C-w", "Enter")]
    assert one.take_strokes() == text + keys
    assert one.take_strokes() == []


@pytest.mark.parametrize("key", ["Escape", "C-c", "C-g"])
def test_keys_that_close_it_choose_nothing(ended: list[Choice | None], key: str) -> None:
    one = open_on(ended)
    assert press(one, "Down", key) is Taken.CLOSES
    one.end()
    assert ended == [None]


def test_enter_waits_for_what_the_client_says(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    press(one, "Enter")
    assert one.awaits
    one.choose("kill-pane")
    assert not one.awaits
    one.end()
    assert [choice.label for choice in ended if choice] == ["kill-pane"]


def test_a_choice_that_is_none_is_nothing(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    one.choose("reboot")
    one.end()
    assert ended == [None]


def test_any_text_is_a_search(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    one.insert("#[bg=red]é\x1b\x00" + "x" * 500)
    (stroke,) = one.take_strokes()
    assert stroke.text.startswith("#[bg=red]éx")
    assert len(stroke.text) == 100


def test_a_list_that_is_not_searched_moves_as_less_does(ended: list[Choice | None]) -> None:
    one = open_on(ended, is_typing=False)
    press(one, "j", "G", "x", "C-d", "/", "j")
    names = [stroke.name or stroke.text for stroke in one.take_strokes()]
    assert names == ["Down", "End", "NPage", "/", "j"]
    assert press(one, "q") is Taken.STAYS
    other = open_on(ended, is_typing=False)
    assert press(other, "q") is Taken.CLOSES


def test_what_was_chosen_most_stands_first(ended: list[Choice | None]) -> None:
    one = open_on(ended, uses={"new-window": 2, "kill-pane": 1})
    assert [choice.label for choice in one.choices][:2] == ["new-window", "kill-pane"]


def test_whoever_opened_it_hears_of_what_shows_something(ended: list[Choice | None]) -> None:
    moved: list[Choice | None] = []
    one = open_on(ended, moved=moved.append)
    one.move("kill-pane")
    one.move("split-window")
    one.move("reboot")
    assert [choice.label if choice else "none" for choice in moved] == ["kill-pane", "none", "none"]


def test_a_client_that_does_not_read_costs_no_more(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    press(one, *["x"] * (MAXIMUM_STROKES + 10))
    assert len(one.take_strokes()) == MAXIMUM_STROKES


def test_the_mouse_is_the_clients(ended: list[Choice | None]) -> None:
    one = open_on(ended)
    assert one.mouse(MouseEvent(1, 3, 3)) is Taken.STAYS
    assert one.fit(columns=40, rows=10)
    assert not one.fit(columns=40, rows=5)
