"""The prompt in the status line: editing, history, and prompts that answer while one types."""

from __future__ import annotations

import pytest

from aimux.model.prompt import Prompt, PromptOptions
from aimux.model.prompt_editing import MAX_TEXT


def pressed(prompt: Prompt, *keys: str) -> Prompt:
    for key in keys:
        prompt.press(key)
    return prompt


def prompt(text: str = "", **settings: object) -> Prompt:
    made = Prompt(label=":", answer=lambda _: None, text=text, cursor=len(text), **settings)
    made.obey(PromptOptions(separators="."))
    return made


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
        ("one", ("F5", "S-Left"), "one", 3),
        ("one two", ("C-Left", "C-Left", "C-Right"), "one two", 3),
        ("a.b c", ("C-w", "C-w"), "a.", 2),
        ("a.b c", ("C-w", "C-w", "C-a", "C-y"), "b a.", 2),
        ("ab", ("C-t",), "ba", 2),
        ("abc", ("C-a", "Right", "C-t"), "bac", 2),
        ("a", ("C-t",), "a", 1),
        ("", ("C-w", "M-b", "M-f"), "", 0),
    ],
)
def test_keys_edit_the_text(text: str, keys: tuple[str, ...], wanted: str, cursor: int) -> None:
    edited = pressed(prompt(text), *keys)
    assert (edited.text, edited.cursor) == (wanted, cursor)


def test_enter_answers_and_escape_gives_up() -> None:
    answers: list[str | None] = []
    assert Prompt(label=":", answer=answers.append, text="ls").press("Enter")
    assert Prompt(label=":", answer=answers.append, text="ls").press("Escape")
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
    one = Prompt(label="p ", answer=lambda _text: None)
    one.paste("first\x1b[31m\r\nsecond")
    assert one.text == "first[31m"
    many = Prompt(label="p ", answer=lambda _text: None, keeps_lines=True, limit=20)
    many.paste("first\r\nsecond\rthird\nfourth")
    assert many.text == "first\nsecond\nthird\nf"
    assert many.shown == many.text.replace("\n", "\u21b5")
    assert len(many.shown) == many.cursor


def test_a_line_begins_where_lines_are_kept() -> None:
    answers: list[str | None] = []
    one = Prompt(label="p ", answer=answers.append, keeps_lines=True)
    for key in ("a", "M-Enter", "b", "Enter"):
        one.press(key)
    assert answers == ["a\nb"]


def test_what_was_copied_is_pasted_while_nothing_was_cut() -> None:
    asked = prompt("one", pasted=lambda: "copied ")
    assert pressed(asked, "C-a", "C-y").text == "copied one"
    assert pressed(asked, "C-e", "C-w", "C-y", "C-y").text == "copied oneone"


def vi(text: str, *keys: str) -> Prompt:
    """A prompt by vi's rules after Escape and some keys."""
    asked = prompt(text)
    asked.obey(PromptOptions(vi=True, separators="."))
    return pressed(asked, "Escape", *keys)


@pytest.mark.parametrize(
    ("text", "keys", "wanted", "cursor"),
    [
        ("ab", ("h", "x"), "a", 1),
        ("ab", ("0", "$", "BSpace", "X"), "b", 0),
        ("ab", ("^", "l", "D"), "a", 1),
        ("ab", ("d", "p"), "", 0),
        ("one two", ("b", "i", "x", "Escape", "x"), "one xwo", 5),
        ("one.two three", ("0", "w"), "one.two three", 3),
        ("one.two three", ("0", "W"), "one.two three", 8),
        ("one.two three", ("0", "e"), "one.two three", 2),
        ("one.two three", ("0", "E"), "one.two three", 6),
        ("one.two three", ("B", "B"), "one.two three", 0),
        ("abc", ("0", "A", "d"), "abcd", 4),
        ("abc", ("I", "d"), "dabc", 1),
        ("abc", ("0", "a", "d"), "adbc", 2),
        ("abc", ("0", "s", "d"), "dbc", 1),
        ("abc", ("0", "C", "d"), "d", 1),
        ("abc", ("S", "d"), "d", 1),
        ("abc", ("z", "5", "F1"), "abc", 3),
        ("abc", ("Escape", "q"), "abcq", 4),
    ],
)
def test_keys_of_vis_command_mode(
    text: str, keys: tuple[str, ...], wanted: str, cursor: int
) -> None:
    edited = vi(text, *keys)
    assert (edited.text, edited.cursor) == (wanted, cursor)


def test_a_prompt_by_vis_rules_ends_by_enter_and_by_q() -> None:
    answers: list[str | None] = []
    for keys in (("Enter",), ("Escape", "Enter"), ("Escape", "q"), ("C-c",)):
        asked = Prompt(label=":", answer=answers.append, text="x", cursor=1, vi=True)
        pressed(asked, *keys)
    assert answers == ["x", "x", None, None]


def test_the_command_mode_ends_with_the_option() -> None:
    asked = vi("abc")
    asked.obey(PromptOptions())
    assert pressed(asked, "x").text == "abcx"
