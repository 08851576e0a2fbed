"""The prompt in the status line: editing, history, and prompts that answer while one types."""

from __future__ import annotations

import pytest

from aimux.model.prompt import MAX_TEXT, Prompt


def pressed(prompt: Prompt, *keys: str) -> Prompt:
    for key in keys:
        prompt.press(key)
    return prompt


def prompt(text: str = "", **settings: object) -> Prompt:
    return Prompt(label=":", answer=lambda _: None, text=text, cursor=len(text), **settings)


@pytest.mark.parametrize(
    ("text", "keys", "wanted", "cursor"),
    [
        ("", ("a", "Space", "é"), "a é", 3),
        ("abc", ("Left", "Left", "x"), "axbc", 2),
        ("abc", ("Home", "DC"), "bc", 0),
        ("abc", ("C-a", "C-d"), "bc", 0),
        ("abc", ("BSpace",), "ab", 2),
        ("one two", ("C-w",), "one ", 4),
        ("one two", ("M-b", "M-b", "M-f"), "one two", 3),
        ("one two", ("Home", "M-f", "C-k"), "one", 3),
        ("one", ("C-u",), "", 0),
        ("one", ("End", "Right"), "one", 3),
        ("one", ("F5", "C-Left"), "one", 3),
    ],
)
def test_keys_edit_the_text(text: str, keys: tuple[str, ...], wanted: str, cursor: int) -> None:
    edited = pressed(prompt(text), *keys)
    assert (edited.text, edited.cursor) == (wanted, cursor)


def test_enter_answers_and_escape_gives_up() -> None:
    answers: list[str | None] = []
    assert Prompt(":", answers.append, "ls").press("Enter")
    assert Prompt(":", answers.append, "ls").press("Escape")
    assert answers == ["ls", None]


def test_up_and_down_go_through_earlier_answers() -> None:
    history = ["first", "second"]
    one = prompt(history=history)
    assert pressed(one, "Up").text == "second"
    assert pressed(one, "Up", "Up").text == "first"
    assert pressed(one, "Down", "Down").text == ""
    pressed(one, "x", "Enter")
    assert history == ["first", "second", "x"]


def test_an_answer_given_twice_is_kept_once() -> None:
    history = ["same"]
    pressed(prompt("same", history=history), "Enter")
    assert history == ["same"]


def test_a_text_has_a_limit() -> None:
    one = prompt()
    one.insert("x" * (MAX_TEXT + 10))
    assert len(one.text) == MAX_TEXT


def test_an_incremental_prompt_tells_each_change_and_looks_again() -> None:
    told: list[str] = []
    one = prompt(changed=told.append, last="before")
    pressed(one, "a", "b", "Left", "C-r", "C-s", "BSpace")
    assert told == ["=a", "=ab", "-ab", "+ab", "=b"]


def test_an_empty_incremental_prompt_brings_the_last_text_back() -> None:
    told: list[str] = []
    one = prompt(changed=told.append, last="before")
    pressed(one, "C-r", "C-r")
    assert told == ["=before", "-before"]
    assert one.text == "before"


def test_a_paste_is_one_line_or_keeps_its_lines() -> None:
    one = Prompt("p ", lambda _text: None)
    one.paste("first\x1b[31m\r\nsecond")
    assert one.text == "first[31m"
    many = Prompt("p ", lambda _text: None, keeps_lines=True, limit=20)
    many.paste("first\r\nsecond\rthird\nfourth")
    assert many.text == "first\nsecond\nthird\nf"
    assert many.shown == many.text.replace("\n", "\u21b5")
    assert len(many.shown) == many.cursor


def test_a_line_begins_where_lines_are_kept() -> None:
    answers: list[str | None] = []
    one = Prompt("p ", answers.append, keeps_lines=True)
    for key in ("a", "M-Enter", "b", "Enter"):
        one.press(key)
    assert answers == ["a\nb"]
