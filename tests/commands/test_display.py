"""confirm-before: what it asks, and which keys mean yes. tmux has `-c` and `-y` since 3.4."""

from __future__ import annotations

import pytest

from tests.commands.test_overlays import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def says_yes(desk: Desk, flags: str, key: str) -> bool:
    """Whether a key runs the command."""
    desk.run(f"confirm-before {flags} 'display-message -p done'")
    assert desk.client.prompt is not None
    desk.client.prompt.answer(key)
    assert desk.client.prompt is None
    said, desk.asker.said = desk.asker.said, []
    return said == ["done"]


@pytest.mark.parametrize(
    ("flags", "yes", "no"),
    [
        ("", ("y", "Y"), ("n", "Enter", "x")),
        ("-y", ("y", "Enter", "KPEnter"), ("n", "Space")),
        ("-c x", ("x",), ("y", "X", "Enter")),
        ("-y -c x", ("x", "Enter"), ("y",)),
    ],
)
def test_only_the_confirming_keys_run_the_command(
    desk: Desk, flags: str, yes: tuple[str, ...], no: tuple[str, ...]
) -> None:
    assert [key for key in (*yes, *no) if says_yes(desk, flags, key)] == list(yes)


def test_the_question_names_the_confirming_key(desk: Desk) -> None:
    desk.run("confirm-before -c x kill-server")
    assert desk.client.prompt is not None
    assert desk.client.prompt.label == "Confirm 'kill-server'? (x/n) "


@pytest.mark.parametrize("key", ["yes", "''", "é", "' '"])
def test_a_confirming_key_is_one_printable_character(desk: Desk, key: str) -> None:
    desk.run(f"confirm-before -c {key} kill-server")
    assert (desk.asker.said, desk.client.prompt) == (["invalid confirm key"], None)
