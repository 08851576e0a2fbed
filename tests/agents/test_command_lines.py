from __future__ import annotations

import pytest

from aimux.agents.command_lines import program_words
from aimux.agents.recognise import kind_started_by


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), []),
        (("claude", "--resume", "a b"), ["claude", "--resume", "a b"]),
        (("claude --resume 'a b'",), ["claude", "--resume", "a b"]),
        (("exec env A=1 B='x y' /opt/bin/claude",), ["/opt/bin/claude"]),
        (("cd /tmp && claude -p x;",), ["claude", "-p", "x"]),
        (("echo claude",), ["echo", "claude"]),
        (("echo 'not finished",), []),
    ],
)
def test_the_program_of_a_command(words: tuple[str, ...], found: list[str]) -> None:
    assert program_words(words) == found


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        (["claude"], "claude-code"),
        (["/usr/local/bin/codex", "resume"], "codex"),
        (["vim", "claude"], None),
        (["claude", "mcp"], None),
        ([], None),
    ],
)
def test_the_kind_of_agent_that_a_program_is(argv: list[str], name: str | None) -> None:
    kind = kind_started_by(argv)
    assert (None if kind is None else kind.name) == name
