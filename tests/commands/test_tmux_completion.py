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
        ("split-", "split-"),
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
    desk = Desk()
    completion = TmuxCompletion(desk.language, desk.world.state, desk.client)
    assert completion.press(prompt, "Tab")
    assert prompt.text == completed
    assert completion.rows(prompt) == ()
    assert not completion.press(prompt, "a")


def asked(desk: Desk, typed: str, kind: str = "command") -> Prompt:
    """A prompt in which Tab was pressed."""
    prompt = Prompt(label=":", answer=lambda _: None, text=typed, cursor=len(typed))
    TmuxCompletion(desk.language, desk.world.state, desk.client, kind).press(prompt, "Tab")
    return prompt


def labels(desk: Desk) -> list[str]:
    return [item.label.partition("#[")[0].rstrip() for item in desk.menu.items]


@pytest.fixture
def desk() -> Desk:
    """A server with the sessions work, alpha with two windows, and alps."""
    desk = Desk()
    desk.run("new-session -d -s alpha -n one ; new-window -d -t alpha -n two")
    desk.run("new-session -d -s alps")
    return desk


def test_names_that_fit_are_chosen_from_a_menu(desk: Desk) -> None:
    prompt = asked(desk, "select")
    assert labels(desk)[:3] == ["select-layout", "select-pane", "select-window"]
    assert (desk.menu.column, desk.menu.boxes[0].rows) == (0, 8)
    desk.press("Tab", "Enter")
    assert prompt.text == "select-pane"


def test_tab_closes_the_menu_from_its_last_line(desk: Desk) -> None:
    prompt = asked(desk, "set -g status-left")
    desk.press("Tab", "Tab", "Tab")
    assert desk.client.overlay is None
    assert prompt.text == "set -g status-left"


@pytest.mark.parametrize(
    ("typed", "kind", "listed", "chosen"),
    [
        ("switch-client -talp", "command", ["alpha:", "alps:"], "switch-client -talps:"),
        (
            "kill-window -talpha:",
            "command",
            ["alpha:0 (one)", "alpha:1 (two)"],
            "kill-window -talpha:1",
        ),
        ("alp", "target", ["alpha:", "alps:"], "alps:"),
        ("alpha:", "target", ["alpha:0 (one)", "alpha:1 (two)"], "alpha:1"),
    ],
)
def test_targets_are_chosen_from_a_menu(
    desk: Desk, typed: str, kind: str, listed: list[str], chosen: str
) -> None:
    prompt = asked(desk, typed, kind)
    assert (prompt.text, labels(desk)) == (typed, listed)
    desk.press("1")
    assert prompt.text == chosen


@pytest.mark.parametrize(
    ("typed", "kind", "completed"),
    [
        ("switch-client -sw", "command", "switch-client -swork:"),
        ("w", "target", "work:"),
        ("alpha:1", "target", "alpha:1"),
        ("", "window-target", "0"),
        ("nowhere:", "target", "nowhere:"),
    ],
)
def test_one_target_that_fits_is_put_in(desk: Desk, typed: str, kind: str, completed: str) -> None:
    assert asked(desk, typed, kind).text == completed
    assert desk.client.overlay is None


def test_the_word_that_the_cursor_is_in_is_completed(desk: Desk) -> None:
    prompt = Prompt(label=":", answer=lambda _: None, text="kill-ser foo", cursor=4)
    TmuxCompletion(desk.language, desk.world.state, desk.client).press(prompt, "Tab")
    assert (prompt.text, prompt.cursor) == ("kill-server  foo", 12)
