"""The commands of menu items: expanded when the menu opens, and no more than words."""

from __future__ import annotations

import pytest

from aimux.commands.build import Language
from aimux.commands.menu_words import expanded_block

HOSTILE = '"; run-shell "touch x'
VALUES = {
    "#{pane_id}": "%3",
    "#{mouse_word}": HOSTILE,
    "#W": "#(touch x)",
}


def expand(text: str) -> str:
    for name, value in VALUES.items():
        text = text.replace(name, value)
    return text


def expanded(language: Language, text: str) -> list[tuple[str, tuple[str, ...]]]:
    block = expanded_block(language.read_string(text), expand)
    return [(command.name, command.arguments.texts()) for command in block]


def test_a_word_on_the_screen_stays_one_word(language: Language) -> None:
    text = 'copy-mode -q ; send-keys -l -- "#{q:mouse_word}"'
    assert expanded(language, text) == [("copy-mode", ()), ("send-keys", (HOSTILE,))]


@pytest.mark.parametrize(
    "text",
    [
        'command-prompt -I "#W" { rename-window -- "%%" }',
        "display-message '#W'",
        "run-shell 'echo #W'",
        "if-shell -F '#W' 'display hello'",
    ],
)
def test_what_a_command_expands_itself_is_left_to_it(language: Language, text: str) -> None:
    block = expanded_block(language.read_string(text), expand)
    assert "#W" in block.text
    assert "touch" not in block.text


def test_targets_are_always_expanded(language: Language) -> None:
    block = expanded_block(
        language.read_string('command-prompt { rename-window -t "#{pane_id}" -- "%%" }'), expand
    )
    assert block.text == 'command-prompt { rename-window -t "%3" "%%" }'


def test_blocks_within_are_expanded_too(language: Language) -> None:
    block = expanded_block(
        language.read_string('if-shell -F "#W" { send-keys "#{pane_id}" } { kill-pane }'), expand
    )
    assert block.text == 'if-shell -F "#W" { send-keys "%3" } { kill-pane }'
