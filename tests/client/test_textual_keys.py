"""tmux's key names and Textual's."""

from __future__ import annotations

import pytest
from textual import events

from aimux.client.textual_keys import event_of_character, event_of_key, key_of_event
from aimux.keys.names import parse_key_name

PAIRS = [
    ("C-q", "ctrl+q"),
    ("C-b", "ctrl+b"),
    ("Enter", "enter"),
    ("Tab", "tab"),
    ("BTab", "shift+tab"),
    ("Escape", "escape"),
    ("BSpace", "backspace"),
    ("Up", "up"),
    ("C-Up", "ctrl+up"),
    ("S-F5", "shift+f5"),
    ("PPage", "pageup"),
    ("DC", "delete"),
    ("M-x", "alt+x"),
    ("F1", "f1"),
]


@pytest.mark.parametrize(("name", "textual"), PAIRS)
def test_a_key_has_textuals_name_and_back(name: str, textual: str) -> None:
    event = event_of_key(parse_key_name(name))
    assert event.key == textual
    assert key_of_event(event).notation == name


@pytest.mark.parametrize(
    ("character", "textual"),
    [("a", "a"), ("é", "é"), ("(", "left_parenthesis"), ("-", "minus"), (" ", "space")],
)
def test_a_character_types_itself(character: str, textual: str) -> None:
    event = event_of_character(character)
    assert (event.key, event.character) == (textual, character)


def test_control_with_i_is_tab_as_in_tmux() -> None:
    assert key_of_event(events.Key("ctrl+i", None)).notation == "Tab"
