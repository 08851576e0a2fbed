"""run-shell -E and the arguments behind its command, as tmux has them since 3.6 and 3.7."""

from __future__ import annotations

import pytest

from tests.end_to_end.world import World


@pytest.fixture
def later(aimux: World) -> World:
    """A server that says it is a later tmux: what commands print goes to who asked."""
    aimux.do("new-session", "-d", "-s", "work", "cat")
    aimux.do("set-option", "-s", "tmux-version", "3.7c")
    return aimux


def test_what_a_command_complains_of_is_shown_only_with_e(later: World) -> None:
    assert later.do("run-shell", "echo out; echo err >&2") == "out\n"
    assert later.do("run-shell", "-E", "echo out; echo err >&2") == "out\nerr\n"


def test_arguments_are_variables_of_the_command(later: World) -> None:
    assert later.do("run-shell", "echo #{1}-#{2}#{3}", "alpha", "be ta") == "alpha-be ta\n"


def test_arguments_are_not_expanded_themselves(later: World) -> None:
    assert later.do("run-shell", "echo '#{1}'", "#{session_name}") == "#{session_name}\n"


def test_tmux_3_3a_takes_no_arguments(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    refused = aimux.run("run-shell", "echo", "word")
    expected = "command run-shell: too many arguments (need at most 1)\n"
    assert (refused.returncode, refused.stderr) == (1, expected)
