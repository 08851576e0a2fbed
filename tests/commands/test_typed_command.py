"""Command lines that are still being typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.commands.table import COMMANDS
from aimux.commands.typed_command import Typed, typed_command

TABLE = tuple(COMMANDS.values())


def typed(text: str) -> Typed:
    return typed_command(text, len(text), TABLE)


@pytest.mark.parametrize(
    ("text", "word"),
    [("", ""), ("spl", "spl"), ("ls ; ki", "ki"), ("if x { sp", "sp"), ("a; ", "")],
)
def test_the_first_word_is_a_name(text: str, word: str) -> None:
    found = typed(text)
    assert (found.is_name, found.current.text) == (True, word)
    assert text.endswith(text[found.current.start :])


@pytest.mark.parametrize(
    ("text", "flag", "positional"),
    [
        ("split-window -t ", "t", ()),
        ("splitw -ht wo", "t", ()),
        ("splitw -h ", "", ()),
        ("splitw -t work -", "", ()),
        ("set -g mouse ", "", ("mouse",)),
        ("set -g mouse -", "", ("mouse",)),
        ("set -- -g ", "", ("-g",)),
        ("display 'a b' ", "", ("a b",)),
        ("splitw -twork ", "", ()),
    ],
)
def test_flags_and_words_are_told_apart(text: str, flag: str, positional: tuple[str, ...]) -> None:
    found = typed(text)
    assert (found.flag, found.positional) == (flag, positional)


def test_what_stands_behind_the_cursor_does_not_count() -> None:
    found = typed_command("set -g mouse off", 8, TABLE)
    assert (found.current.text, found.positional) == ("m", ())


def test_an_unknown_command_has_no_row() -> None:
    assert typed("nonsense -t ").row is None


@given(st.text(), st.integers(0, 50))
def test_any_text_is_taken_apart(text: str, cursor: int) -> None:
    typed_command(text, cursor, TABLE)
