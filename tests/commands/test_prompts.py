"""command-prompt with the flags of tmux 3.4 to 3.7, and choosers that ask nothing."""

from __future__ import annotations

from tests.commands.test_overlays import Desk


def test_an_empty_prompt_ends_with_a_backspace_where_that_is_asked_for() -> None:
    desk = Desk()
    desk.run("command-prompt -e 'display-message -p %1'")
    prompt = desk.client.prompt
    assert prompt is not None
    prompt.insert("x")
    assert not prompt.press("BSpace")
    assert prompt.press("BSpace")
    assert desk.client.prompt is None
    assert desk.asker.said == []


def test_commas_are_literal_where_that_is_asked_for() -> None:
    desk = Desk()
    desk.run("command-prompt -l -p 'one, two' -I 'a,b' 'display-message -p %1'")
    prompt = desk.client.prompt
    assert prompt is not None
    assert (prompt.label, prompt.text) == ("one, two ", "a,b")
    prompt.press("Enter")
    assert desk.client.prompt is None


def test_a_chooser_kills_at_once_where_that_is_asked_for() -> None:
    desk = Desk()
    desk.run("new-window -d ; choose-tree -y ; send-keys j x")
    assert desk.client.prompt is None
    assert len(desk.world.state.windows) == 1
