"""Tab at a prompt as tmux 3.3a has it; what is expected was read off tmux's own prompt."""

from __future__ import annotations

import pytest

from aimux.commands.tmux_completion import TmuxCompletion
from aimux.model.prompt import Prompt
from tests.commands.test_overlays import Desk


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("split", "split"),
        ("split-", "split-window "),
        ("select-w", "select-window "),
        ("ne", "ne"),
        ("new-s", "new-session "),
        ("set -g status-p", "set -g status-position "),
        ("select-layout even-h", "select-layout even-horizontal "),
        ("command-pal", "command-pal"),
        ("nothing-that", "nothing-that"),
        ("", ""),
    ],
)
def test_tab_puts_in_what_all_names_begin_with(typed: str, completed: str) -> None:
    prompt = Prompt(label=":", answer=lambda _: None, text=typed, cursor=len(typed))
    completion = TmuxCompletion(Desk().language)
    assert completion.press(prompt, "Tab")
    assert prompt.text == completed
    assert completion.rows(prompt) == ()
    assert not completion.press(prompt, "a")
